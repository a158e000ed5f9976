"""The times that an article names, resolved against when it was published. Pure rules for the forms of English news.

By the custom of news, a bare weekday is the latest such day, today included, unless the sentence speaks of what is to
come; a date without a year is the nearest, the past preferred. Days are those of the zone of the publication time.
Without a publication time, only what names its year is resolved. "The following day", seasons and "recently" are left
alone, since nothing near them says surely which days they are; so are dates in figures, where the order of day and
month is anyone's guess.

dateparser 1.5, which parses dates of any language, was measured on the labelled expressions of the tests: of 60 single
days it finds 43 right, it finds dates in 11 of 16 sentences without any, and takes a hundred times as long.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from ingest.date_forms import FORM, NUMBERS, WEEKDAYS
from qa.sentences import Span, sentence_spans
from qa.types import MONTHS, Moment

Days = tuple[date, date]

AHEAD = re.compile(
    r"\b(?:will|would|won['’]t|shall|(?:could|may|can|must)(?! not)|(?<!had been )due|promises|scheduled|expected|"
    r"forecast|planned|plans? (?:to|for)|going to|(?:is|are|was|were|set) to|set for|until|starting|begins|deadline|"
    r"ahead of|['’]ll|vowed|promised|pledged)\b"
)
BACK = re.compile(
    r"\b(?:said|told|says|announced|reported|added|wrote|warned|after|following|when|since|before|which|who|confirmed|"
    r"showed|ruled|agreed|signed)\b"
)
AT_THE_START = re.compile(r"[\s“\"]*(?:(?:On|Early|Late|From|In)\s+)?")
COMING = re.compile(r"[^.;“\"]{0,60}?\b(?:will|is due|are due|is set|are set|is expected|are expected)\b")
PASSED = re.compile(r"[^.;“\"]{0,40}?\b(?:had|was|were|did)\b")
NO_DAY = re.compile(
    r"\b(?:[Ee]very|[Ee]ach|[Aa]ny|[Mm]ost|per|a|Black|Good|Super|Bloody|Ash|Cyber|Palm|Easter|Giving|Shrove)\s+$"
)
NO_DAY_AFTER = re.compile(r"s\b|-|\s+(?:Times|Mirror|Mail|Telegraph|Express|Post|Brunch|Night Live|Club|Island)\b")
ROUGHLY = re.compile(r"\b(?:than|over|nearly|almost|about|around|some|roughly|at least|up to)\s+$", re.IGNORECASE)

NAMED_DAYS = {
    date(2001, 9, 11): re.compile(
        r"(?:['’]s)?\s+(?:terror\w*\s+)?(?:attacks?|hijack\w+|victims|commission)\b", re.IGNORECASE
    ),
    date(2021, 1, 6): re.compile(
        r"(?:['’]s)?,?\s+(?:(?:U\.?S\.?\s+)?Capitol|insurrection\w*|riot\w*|(?:\w+\s+)?committee|"
        r"(?:attack|storming|siege|assault) (?:on|of|at) the (?:U\.?S\.?\s+)?Capitol)\b",
        re.IGNORECASE,
    ),
    date(2023, 10, 7): re.compile(
        r"(?:['’]s)?,?\s+(?:(?:Hamas|terror\w*)[\s-]+)+(?:led\s+)?(?:attacks?|assault|massacre)\b", re.IGNORECASE
    ),
}
"""Days that are spoken of for years without their year, by what then stands behind the day."""

FARTHEST = 300
"""Characters of a sentence beside a form that are looked at."""


def moments(text: str, published: datetime | None = None, spans: Sequence[Span] | None = None) -> tuple[Moment, ...]:
    """The times that a text names, in order, with offsets into it. `spans` are its sentences, if known already."""
    found = []
    sentences = sentence_spans(text) if spans is None else spans
    starts = [start for start, _ in sentences]
    today = published.date() if published else None
    for match in FORM.finditer(text):
        sentence = sentences[max(bisect_right(starts, match.start()) - 1, 0)]
        before = text[max(sentence[0], match.start() - FARTHEST) : match.start()]
        after = text[match.end() : min(sentence[1], match.end() + FARTHEST)]
        days = _days(match, before, after, today)
        if days:
            found.append(Moment(match[0], match.start(), match.end(), *days))
    return tuple(found)


def _days(match: re.Match[str], before: str, after: str, today: date | None) -> Days | None:
    """What a form stands for, between what the sentence has before and after it; `None` for what can't be told."""
    try:
        kind = match.lastgroup or ""
        if kind in DATED:
            return DATED[kind](match)
        if match["df_year"] or match["mf_year"]:
            return _span(match, int(match["df_year"] or match["mf_year"]))
        return RELATIVE[kind](match, before, after, today) if today else None
    except (ValueError, OverflowError):  # no such day
        return None


def _is_ahead(before: str, after: str) -> bool:
    """Whether a sentence speaks of a time to come: "will vote on Thursday", "On Thursday, they will vote"."""
    cue = max((found.end() for found in AHEAD.finditer(before)), default=None)
    if cue is not None and not BACK.search(before, cue):
        return not (before.lower().endswith("until ") and PASSED.match(after))
    return bool(AT_THE_START.fullmatch(before) and COMING.match(after))


def _iso(match: re.Match[str]) -> Days:
    day = date.fromisoformat(match["iso"])
    return day, day


def _month_of_year(match: re.Match[str]) -> Days:
    return _month(int(match["my_year"]), _month_number(match["my_month"]))


def _decade(match: re.Match[str]) -> Days:
    year = int(match["de_year"])
    return date(year, 1, 1), date(year + 99 if year % 100 == 0 and year < 2000 else year + 9, 12, 31)


def _year_named(match: re.Match[str]) -> Days:
    return _year(int(match[0]))


def _without_year(match: re.Match[str], before: str, after: str, today: date) -> Days | None:
    for day, spoken_of in NAMED_DAYS.items():
        if spoken_of.match(after) and _span(match, day.year) == (day, day) and day <= today:
            return day, day
    weekday = match["df_weekday"] or match["mf_weekday"]
    spans = [span for year in (today.year - 1, today.year, today.year + 1) if (span := _span(match, year))]
    if weekday:
        spans = [span for span in spans if span[0].weekday() == WEEKDAYS.index(weekday.lower())]
    return _nearest(spans, today, ahead=_is_ahead(before, after))


def _span(match: re.Match[str], year: int) -> Days | None:
    """The day, or the days from one to another, that a date names in a year; `None` where it has no such day."""
    form = "df" if match["df_day"] else "mf"
    month = _month_number(match[f"{form}_month"])
    days = [int(re.sub(r"\D", "", d)) for d in _both(match, form)]
    if days[0] > days[-1] or days[-1] > monthrange(year, month)[1]:
        return None
    return date(year, month, days[0]), date(year, month, days[-1])


def _both(match: re.Match[str], form: str) -> list[str]:
    ends = (match["df_from"], match["df_day"]) if form == "df" else (match["mf_day"], match["mf_to"])
    return [day for day in ends if day]


def _nearest(spans: Sequence[Days], today: date, *, ahead: bool) -> Days | None:
    """The span to come if the sentence says so; else the nearest, the future counting double."""
    future = min((span for span in spans if span[1] >= today), default=None)
    past = max((span for span in spans if span[0] <= today), default=None)
    if ahead and future:
        return future
    if past is None or future is None:
        return past or future
    return past if (today - past[1]).days <= 2 * max((future[0] - today).days, 0) or past[1] >= today else future


def _relative_month(match: re.Match[str], before: str, after: str, today: date) -> Days:
    which, month = match["rm_which"].lower(), _month_number(match["rm_month"])
    if which in ("last", "this past"):
        return _month(today.year - (month >= today.month), month)
    if which == "this":
        return _month(today.year, month)
    return _month(today.year + (month <= today.month), month)


def _bare_month(match: re.Match[str], before: str, after: str, today: date) -> Days | None:
    if re.match(r"\s+(?:\d|[A-Z][a-z]+\s+(?:said|told|was|is)\b)", after):
        return None
    month = _month_number(re.split(r"[ -]", match[0])[-1])
    if month == today.month:
        return _month(today.year, month)
    spans = [_month(year, month) for year in (today.year - 1, today.year, today.year + 1)]
    return _nearest(spans, today, ahead=bool(match["mo_until"]) or _is_ahead(before, after))


def _weekday(match: re.Match[str], before: str, after: str, today: date) -> Days | None:
    if NO_DAY.search(before) or NO_DAY_AFTER.match(after):
        return None
    which, week = (match["wd_which"] or "").lower(), match["wd_week"]
    day = WEEKDAYS.index(match["wd_day"].lower())
    back, on = (today.weekday() - day) % 7, (day - today.weekday()) % 7
    if week:
        monday = today - timedelta(today.weekday()) + timedelta({"last": -7, "next": 7, "this": 0}[week])
        shift = (monday + timedelta(day) - today).days
    elif which in ("last", "this past"):
        shift = -(back or 7)
    elif which == "next":
        shift = on or 7
    elif which or _is_ahead(before, after):
        shift = on
    else:
        shift = -back
    return (today + timedelta(shift),) * 2


def _relative_day(match: re.Match[str], before: str, after: str, today: date) -> Days | None:
    word = (match["rd_word"] or "").lower()
    if word == "today" and (
        re.match(r"['’]s\b", after) or not before.strip() or re.search(r"\b(?:of|USA)\s+$", before)
    ):
        return None  # "today" for nowadays
    shift = -1 if word == "yesterday" or match["rd_last"] else 1 if word == "tomorrow" else 0
    return (today + timedelta(shift),) * 2


def _relative_span(match: re.Match[str], before: str, after: str, today: date) -> Days | None:
    which = {"last": -1, "this": 0, "next": 1}[match["rs_which"].lower()]
    unit = match["rs_unit"]
    if unit == "weekend":
        latest = today - timedelta((today.weekday() - 5) % 7)
        over = today.weekday() < 5  # so that "last" is the latest, not the one before it
        return _days_from(latest + timedelta(7 * (which + over)), 2)
    if unit == "week":
        return _days_from(today - timedelta(today.weekday()) + timedelta(7 * which), 7)
    if unit == "month":
        return _month(*_shifted(today, which))
    return _year(today.year + which)


def _weekend(match: re.Match[str], before: str, after: str, today: date) -> Days:
    saturday = today - timedelta((today.weekday() - 5) % 7)
    return _days_from(saturday + timedelta(7 * (today.weekday() < 5 and _is_ahead(before, after))), 2)


def _ago(match: re.Match[str], before: str, after: str, today: date) -> Days | None:
    if ROUGHLY.search(before):
        return None
    count, unit = _count(match["ag_count"]), match["ag_unit"]
    if unit == "day":
        return (today - timedelta(count),) * 2
    if unit == "week":
        day = today - timedelta(7 * count)
        return _days_from(day - timedelta(day.weekday()), 7)
    return _month(*_shifted(today, -count)) if unit == "month" else _year(today.year - count)


def _past(match: re.Match[str], before: str, after: str, today: date) -> Days:
    count, unit = _count(match["pa_count"] or "a"), match["pa_unit"]
    if unit in ("day", "week"):
        return today - timedelta(count * (7 if unit == "week" else 1)), today
    year, month = _shifted(today, -count * (12 if unit == "year" else 1))
    return date(year, month, min(today.day, monthrange(year, month)[1])), today


DATED: Mapping[str, Callable[[re.Match[str]], Days | None]] = {
    "iso": _iso,
    "month_year": _month_of_year,
    "decade": _decade,
    "year": _year_named,
}
RELATIVE: Mapping[str, Callable[[re.Match[str], str, str, date], Days | None]] = {
    "day_first": _without_year,
    "month_first": _without_year,
    "relative_month": _relative_month,
    "month": _bare_month,
    "weekday": _weekday,
    "relative_day": _relative_day,
    "relative_span": _relative_span,
    "weekend": _weekend,
    "ago": _ago,
    "past": _past,
}


def _month_number(word: str) -> int:
    return next(n for n, month in enumerate(MONTHS, start=1) if month.startswith(word[:3]))


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def _days_from(first: date, count: int) -> Days:
    return first, first + timedelta(count - 1)


def _month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _year(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


def _shifted(day: date, months: int) -> tuple[int, int]:
    """The year and month that many months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1
