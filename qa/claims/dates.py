"""Dates in a statement that quotes don't have. Pure.

"2 Nov" is "November 2, 2022" where the quote's article is of that year; a weekday is a date where it is known when the
article was published.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

MONTHS = {
    name: n
    for n, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: n
    for n, names in enumerate(
        ("monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thurs", "friday fri", "saturday sat",
         "sunday sun")
    )
    for name in names.split()
}  # fmt: skip
RELATIVE = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%:,]\d)\b"
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d|[.,]\d)"
FORM = re.compile(
    rf"(?P<iso>\b{_YEAR}-[01]\d-[0-3]\d)"
    rf"|\b(?P<d>{_DAY})(?:\s+of)?\s+(?P<m>{_MONTH})(?:,?\s+(?P<y>{_YEAR}))?"
    rf"|\b(?P<m2>{_MONTH})\s+(?:the\s+)?(?P<d2>{_DAY})(?:,?\s+(?P<y2>{_YEAR}))?"
    rf"|\b(?P<m3>{_MONTH}),?\s+(?:of\s+)?(?P<y3>{_YEAR})"
    rf"|\b(?P<decade>{_YEAR})s\b|\b(?P<y4>{_YEAR})\b(?:[-–/]\d\d(?![\d-]))?(?!\s*(?:%|per\b|people|metres|miles|km\b|tons|tonnes|dollars|homes|jobs))"
    r"|\b(?P<w>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?\b"
    r"|(?<!\b[Uu]ntil )\b(?P<m4>January|February|March|April|June|July|August|September|October|November|December"
    r"|(?<=[a-z] )May(?=[\s.,;’\']))\b"
    r"|\b(?P<r>today|tonight|yesterday|tomorrow)\b"
)


@dataclass(frozen=True, slots=True)
class Day:
    """What a text says of a date: any of its year, month, day and weekday; `word` where it counts from today."""

    text: str
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    decade: int | None = None
    word: str = ""


def dates_in(text: str) -> list[Day]:
    """The dates of a text, in order."""
    return [_day(match) for match in FORM.finditer(text)]


def unknown_dates(claimed: Sequence[Day], known: Sequence[Day], published: Sequence[date] = ()) -> list[Day]:
    """The dates of a statement that its quotes don't have, whose articles were `published` on these days.

    Each of a date's parts has to be in one date of the quotes, or to follow from it by the publication date; where that
    is not known, the year may stand elsewhere in the quotes.
    """
    every = [*known, *(day for other in known for day in _resolved(other, published))]
    if not published:
        every += [replace(other, year=year) for other in known if not other.year for year in sorted(_years(known))]
    return [day for day in claimed if not any(_fits(day, other, published) for other in every)]


def _years(days: Sequence[Day]) -> set[int]:
    """The years that a text names, any of which its days without a year may be of."""
    return {day.year for day in days if day.year}


def _fits(claimed: Day, known: Day, published: Sequence[date]) -> bool:
    if claimed.word or known.word:
        return claimed.word == known.word
    if claimed.decade is not None:
        return known.decade == claimed.decade or (known.year is not None and known.year // 10 * 10 == claimed.decade)
    if claimed.weekday is not None:
        return known.weekday == claimed.weekday
    parts = ((claimed.year, known.year), (claimed.month, known.month), (claimed.day, known.day))
    given = [(mine, other) for mine, other in parts if mine is not None]
    return bool(given) and all(mine == other for mine, other in given)


def _resolved(day: Day, published: Sequence[date]) -> list[Day]:
    """The days of the calendar that a date may be, in articles published on these days."""
    found = []
    if day.year and day.month and day.day:
        found += _whole(day, day.year)
    for today in published:
        if day.word:
            found.append(_of(day, today + timedelta(RELATIVE[day.word])))
        elif day.weekday is not None:
            back = (today.weekday() - day.weekday) % 7
            found += [_of(day, today + timedelta(shift)) for shift in (-back, 7 - back)]
        elif day.month and not day.year:
            years = (today.year - 1, today.year, today.year + 1)
            if day.day:
                near = [other for year in years for other in _whole(day, year)]
                found += [other for other in near if abs((_calendar(other) - today).days) < HALF_A_YEAR]
            else:
                near = [replace(day, year=year) for year in years]
                found += [o for o in near if abs((_calendar(replace(o, day=15)) - today).days) <= HALF_A_YEAR]
    return found


HALF_A_YEAR = 183


def _whole(day: Day, year: int) -> list[Day]:
    try:
        return [_of(day, date(year, day.month or 1, day.day or 1))]
    except ValueError:
        return []


def _of(day: Day, calendar: date) -> Day:
    return Day(day.text, day.start, day.end, calendar.year, calendar.month, calendar.day, calendar.weekday())


def _calendar(day: Day) -> date:
    return date(day.year or 1, day.month or 1, day.day or 1)


def _day(match: re.Match[str]) -> Day:
    said, span = match.group(), match.span()
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
        return Day(said, *span, year, month, day)
    if match["w"]:
        return Day(said, *span, weekday=WEEKDAYS[match["w"].lower()])
    if match["r"]:
        return Day(said, *span, word=match["r"].lower())
    if match["decade"]:
        return Day(said, *span, decade=int(match["decade"]))
    month_name = match["m"] or match["m2"] or match["m3"] or match["m4"]
    number, year_said = match["d"] or match["d2"], match["y"] or match["y2"] or match["y3"] or match["y4"]
    return Day(
        said,
        *span,
        year=int(year_said) if year_said else None,
        month=MONTHS[month_name.lower().rstrip(".")] if month_name else None,
        day=int(re.sub(r"\D", "", number)) if number else None,
    )
