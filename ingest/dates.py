"""When something was published: as values say it, and as a text's words say it. Pure; what is unknown stays unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any

from ingest.fields import as_text
from ingest.people import BY
from qa.types import MONTHS

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
YEARS_BACK = 10
"""A weekday and a day name a year only among so many: the same pair comes again after five, six or eleven years."""

EARLIEST_YEAR = 1000
"""Earlier moments stand for "none" in the programs that write them."""

MILLISECONDS = 1e11
"""Seconds since 1970 that are more than this, the year 5138, are thousandths of seconds."""

_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|" \
         r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"  # fmt: skip
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join((*WEEKDAYS, *(name[:3] for name in WEEKDAYS)))}),?\s+)?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
DAY = tuple(
    re.compile(rf"\b{_WEEKDAY}{order}{_YEAR}\b(?!\d)", re.IGNORECASE)
    for order in (rf"(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}", rf"{_MONTH}\s+{_DAY}")
)
ZONES = {
    "BST": 1, "CEST": 2, "CET": 1, "EEST": 3, "EET": 2, "EDT": -4, "EST": -5, "ET": -5, "CDT": -5, "CST": -6,
    "MDT": -6, "MST": -7, "PDT": -7, "PST": -8, "PT": -8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11,
}  # fmt: skip
_ZONE = rf"(?:UTC|GMT|{'|'.join(ZONES)})\b"
ISO = re.compile(
    r"\b(?P<stamp>(?P<year>(?:19|20)\d\d)-[01]\d-[0-3]\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?"
    rf"(?:\s?(?:Z\b|[+-]\d\d:?\d\d\b))?)?)(?:\s(?P<zone>{_ZONE}))?"
)
CLOCK = re.compile(
    r"(?:\bat\s+)?\b(?P<hour>[0-2]?\d)[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?\s*(?P<half>[ap]\.?m\b\.?)?\s*"
    rf"(?P<zone>{_ZONE}|[+-]\d\d:?\d\d\b)?",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"\b(?P<late>(?:last )?(?:updated|modified))\b(?: on| at)?:?|"
    r"\b(?:first )?(?:published|posted|issued|date)\b(?: on| at)?:?|\btoday\b",
    re.IGNORECASE,
)
DATED = re.compile(r"(?:^|[,|·•–—:;(/\0-])\s*\0\s*(?:$|[,|·•–—:;()/\0-])")
TODAY = re.compile(r"\btoday\s*\(\s*", re.IGNORECASE)
MOST_WORDS = 14
"""Words of a line that says when and by whom something was written."""


def as_moment(value: Any) -> datetime | None:
    """A moment with a time zone: from ISO 8601, RFC 2822, a day in words with its year, or (thousandths of) seconds
    since 1970; UTC where no zone is stated.
    """
    if isinstance(value, datetime):
        return _zoned(value)
    if isinstance(value, bool) or not value:
        return None
    if isinstance(value, int | float):
        return _since_1970(value)
    text = as_text(value)
    if not text:
        return None
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return _since_1970(int(text))
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return _zoned(read(text))
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    dated = next((m for m in _mentions(text[:60]) if m["year"]), None)
    return _moment(dated, text[dated.end() :]) if dated else None


def stated_date(lines: Sequence[str], body: str, now: datetime) -> datetime | None:
    """When an article says it was published: in a line above it that is for that, or as "today (…)" in its body.

    A day without a year gets the year of the file's other dates if its weekday fits there; else the latest year up to
    `now` in which that day is that weekday, among the last `YEARS_BACK`. Without a weekday to check, it gets none:
    `None` then, as for no date at all. A date without a time of day is midnight, without a zone UTC.
    """
    text = "\n".join((*lines, body))
    found = [each for line in lines if is_date_line(line) for each in _labelled(line, text, now)]
    if found:
        return next((moment for moment, is_late in found if not is_late), found[0][0])
    for mention in TODAY.finditer(body):
        stretch = body[mention.end() : mention.end() + 40]
        first = next(_mentions(stretch), None)
        moment = _moment(first, "", text, now) if first and not first.start() else None
        if moment:
            return moment
    return None


def dated_words(line: str) -> date | None:
    """The day that a line of few words names with its year; of several, the first."""
    moment = next((found for m in _mentions(line) if m["year"] and (found := _moment(m, ""))), None)
    return moment.date() if moment else None


def is_date_line(line: str) -> bool:
    """Whether a line is there to say when something was written: a date alone, or set off from a few other words."""
    mentions = list(_mentions(line))
    if not mentions or len(line.split()) > MOST_WORDS:
        return False
    for mention in reversed(mentions):
        line = f"{line[: mention.start()]}\0{line[mention.end() :]}"
    return bool(BY.match(line) or DATED.search(LABEL.sub("", CLOCK.sub("", line)).strip()))


def _labelled(line: str, text: str, now: datetime) -> Iterator[tuple[datetime, bool]]:
    """The dates of a line, and of each whether it is only that of the last change."""
    end = 0
    for mention in _mentions(line):
        labels = list(LABEL.finditer(line, end, mention.start()))
        end = mention.end()
        moment = _moment(mention, line[end:], text, now)
        if moment:
            yield moment, bool(labels and labels[-1]["late"])


def _mentions(stretch: str) -> Iterator[re.Match[str]]:
    """The days that a stretch of text names, in order."""
    found = sorted((m for pattern in (ISO, *DAY) for m in pattern.finditer(stretch)), key=lambda m: m.start())
    end = 0
    for each in found:
        if each.start() >= end:
            yield each
            end = each.end()


def _moment(mention: re.Match[str], rest: str, text: str = "", now: datetime | None = None) -> datetime | None:
    """The moment of a mention, with the time of day in the `rest` behind it."""
    if mention.re is ISO:
        try:
            moment = datetime.fromisoformat(mention["stamp"].replace(" ", "T", 1).replace(" ", ""))
            return _zoned(moment if moment.tzinfo else moment.replace(tzinfo=_zone(mention["zone"] or "")))
        except ValueError:
            return None
    day = _dated(mention, text, now)
    return _at(day, rest) if day else None


def _dated(match: re.Match[str], text: str, now: datetime | None) -> date | None:
    month = next(n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(match["month"].lower()[:3]))
    day = int(match["day"])
    if match["year"]:
        return _day(int(match["year"]), month, day)
    if match["weekday"] is None or now is None:
        return None
    weekday = next(n for n, name in enumerate(WEEKDAYS) if name.startswith(match["weekday"].capitalize()))
    latest = now.date() + timedelta(days=1)
    stated = {int(m["year"]) for pattern in (*DAY, ISO) for m in pattern.finditer(text) if m["year"]}
    years = sorted(stated, reverse=True) + list(range(latest.year, latest.year - YEARS_BACK, -1))
    days = (_day(year, month, day) for year in years)
    return next((d for d in days if d and d <= latest and d.weekday() == weekday), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _at(day: date, rest: str) -> datetime:
    clock = CLOCK.search(rest[:30])
    if not clock:
        return datetime.combine(day, time(), UTC)
    hour, minute = int(clock["hour"]), int(clock["minute"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower().startswith("p") else 0)
    return datetime.combine(day, time(hour, minute) if hour < 24 else time(), _zone(clock["zone"] or ""))


def _zone(name: str) -> timezone:
    if name[:1] in ("+", "-"):
        minutes = int(name[1:3]) * 60 + int(name[-2:])
        return timezone(timedelta(minutes=-minutes if name[0] == "-" else minutes)) if minutes < 24 * 60 else UTC
    return timezone(timedelta(hours=ZONES[name.upper()])) if name.upper() in ZONES else UTC


def _zoned(moment: datetime) -> datetime | None:
    if moment.year < EARLIEST_YEAR:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _since_1970(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds / 1000 if abs(seconds) > MILLISECONDS else seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
