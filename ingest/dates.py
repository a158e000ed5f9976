"""Publication dates that a text states in words. Pure; an unknown year stays unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone

from qa.types import MONTHS

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
YEARS_BACK = 10
"""A weekday and a day name a year only among so many: the same pair comes again after five, six or eleven years."""

_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|" \
         r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"  # fmt: skip
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)}),?\s+)?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
DAY = tuple(
    re.compile(rf"\b{_WEEKDAY}{order}{_YEAR}\b(?!\d)", re.IGNORECASE)
    for order in (rf"(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}", rf"{_MONTH}\s+{_DAY}")
)
ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?))?")
CLOCK = re.compile(
    r"\b(?P<hour>[0-2]?\d)[:.](?P<minute>[0-5]\d)\s*(?P<half>[ap]\.?m\b)?\.?\s*(?P<zone>UTC|GMT|BST|CET|EST|EDT|ET)?"
)
ZONES = {"BST": 1, "CET": 1, "EST": -5, "EDT": -4, "ET": -5}
TODAY = re.compile(r"\b(?:today|published(?: today)?)\s*(?:,|:|on|\()\s*", re.IGNORECASE)


def stated_date(lines: Sequence[str], body: str, now: datetime) -> datetime | None:
    """When an article says it was published: in one of the lines above it, or as "today (…)" in its body.

    A day without a year gets the year of the file's other dates if its weekday fits there; else the latest year up to
    `now` in which that day is that weekday, among the last `YEARS_BACK`. Without a weekday to check, it gets none:
    `None` then, as for no date at all. A date without a time of day is midnight, without a zone UTC.
    """
    text = "\n".join((*lines, body))
    for line in lines:
        if len(line.split()) <= 14:
            found = _read(line, text, now)
            if found:
                return found
    for mention in TODAY.finditer(body):
        found = _read(body[mention.end() : mention.end() + 40], text, now, at_start=True)
        if found:
            return found
    return None


def _read(stretch: str, text: str, now: datetime, *, at_start: bool = False) -> datetime | None:
    iso = ISO.search(stretch)
    if iso and not (at_start and iso.start()):
        return _at(_day(int(iso["year"]), int(iso["month"]), int(iso["day"])), stretch[iso.start() :])
    for pattern in DAY:
        match = pattern.search(stretch)
        if match and not (at_start and match.start()):
            return _at(_dated(match, text, now), stretch[match.end() :] if not at_start else "")
    return None


def _dated(match: re.Match[str], text: str, now: datetime) -> date | None:
    month = _month(match["month"])
    day = int(match["day"])
    weekday = _weekday(match["weekday"])
    if match["year"]:
        return _day(int(match["year"]), month, day)
    if weekday is None:
        return None
    latest = now.date() + timedelta(days=1)
    years = sorted(_years_in(text), reverse=True) + list(range(latest.year, latest.year - YEARS_BACK, -1))
    days = (_day(year, month, day) for year in years)
    return next((d for d in days if d and d <= latest and d.weekday() == weekday), None)


def _years_in(text: str) -> set[int]:
    return {int(m["year"]) for pattern in (*DAY, ISO) for m in pattern.finditer(text) if m["year"]}


def _month(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS, 1) if month.lower().startswith(name.lower()[:3]))


def _weekday(name: str | None) -> int | None:
    return None if name is None else WEEKDAYS.index(name.capitalize())


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _at(day: date | None, rest: str) -> datetime | None:
    if day is None:
        return None
    clock = CLOCK.search(rest[:30])
    if not clock:
        return datetime.combine(day, time(), UTC)
    hour, minute = int(clock["hour"]), int(clock["minute"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower().startswith("p") else 0)
    zone = timezone(timedelta(hours=ZONES[clock["zone"]])) if clock["zone"] in ZONES else UTC
    return datetime.combine(day, time(hour, minute), zone) if hour < 24 else datetime.combine(day, time(), UTC)
