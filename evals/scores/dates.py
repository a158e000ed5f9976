"""The dates in a text, as parts that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from evals.scores.numbers import Reading
from qa.types import MONTHS

_MONTH = rf"(?P<month>{'|'.join(f'{m[:3]}(?:{m[3:]})?' for m in MONTHS if m != 'September')}|Sept?(?:ember)?)\b\.?"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)\b"
_AFTER = r"(?:in|of|since|until|till|by|from|to|before|after|during|last|next|this|early|mid|late|every)"
FORMS = tuple(
    re.compile(form)
    for form in (
        r"\b(?P<year>\d{4})-(?P<number>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
        rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}(?:,?\s+{_YEAR})?",
        rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}(?:,?\s+{_YEAR})?",
        rf"\b{_MONTH},?\s+{_YEAR}",
        rf"(?i:\b{_AFTER}[\s-]+){_MONTH}",
        rf"\b(?!May\b|March\b|Mar\b|Jan\b){_MONTH}",
        r"\b(?P<weekday>(?i:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?\b",
        rf"(?<![\d.,]){_YEAR}(?![.,]\d)",
    )
)
"""The fullest first: what one form has read, the next don't read again. Months are capitalised; "May", "March" and
"Jan" are also verbs and names, and count alone only after a word like "in"."""

Parts = frozenset[tuple[str, Reading]]
"""What a date says: some of day, month, year and weekday."""


@dataclass(frozen=True, slots=True)
class Date:
    """A date in a text: `text[start:end]`, and what it says."""

    parts: Parts
    start: int
    end: int


def dates_in(text: str) -> list[Date]:
    """The dates in a text, in order: with a month's name, in ISO form, weekdays, and years from 1500 to 2099.

    A weekday is a date of its own, also beside another. Dates like 11/7/2022 are not read, since their order isn't
    known; nor are "yesterday" and the like.
    """
    dates: list[Date] = []
    for form in FORMS:
        for match in form.finditer(text):
            dates.append(Date(_parts(match), *match.span()))
            text = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
    return sorted(dates, key=lambda date: date.start)


def without_dates(text: str) -> str:
    """The text, as long as before, with a comma and spaces in the place of each date, to keep its neighbours apart."""
    for date in dates_in(text):
        text = text[: date.start] + "," + " " * (date.end - date.start - 1) + text[date.end :]
    return text


def _parts(match: re.Match[str]) -> Parts:
    said = {name: value for name, value in match.groupdict().items() if value}
    parts: dict[str, Reading] = {name: Fraction(said[name]) for name in ("day", "year") if name in said}
    if "month" in said:
        parts["month"] = next(
            Fraction(i) for i, month in enumerate(MONTHS, start=1) if month.startswith(said["month"][:3])
        )
    if "number" in said:
        parts["month"] = Fraction(said["number"])
    if "weekday" in said:
        parts["weekday"] = said["weekday"].casefold()
    return frozenset(parts.items())
