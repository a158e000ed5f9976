"""Which time a question asks about, held against the moment of asking. Pure rules for English.

"Last week" and "yesterday" are counted back from that moment; a month, a day or a weekday without its year is the
latest one, unless the question speaks of what is to come. An event ("since the election") is a time that only the
articles can date: its window has no ends. A window is soft, since what is said in March on a vote in May is often what
is asked for; it is hard only where the question itself speaks of when something was published, and names no other time.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from qa.types import Window
from qa.when_forms import FORMS, ONE, RULES, YEAR, Days, years_on

BETWEEN = re.compile(
    r"\b(?:between|from)\s+(?P<first>.+?)\s+(?:and|to|until|till|through)\s+(?P<second>.+)", re.IGNORECASE
)
SINCE = re.compile(
    r"\b(?:since|after|from|starting|following)\s+(?:the\s+(?:start|end|beginning)\s+of\s+)?$", re.IGNORECASE
)
UNTIL = re.compile(r"\b(?:before|until|till|up to|by|prior to)\s+(?:the\s+(?:start|end)\s+of\s+)?$", re.IGNORECASE)
INSIDE = re.compile(
    r"\b(?:in|on|during|over|for|of|at|around|about|throughout|early|late|within)\s+(?:the\s+)?$", re.IGNORECASE
)
LOOSE = frozenset({"word", "span", "past", "ago", "iso", "day", "weekday"})
"""Forms that name a time wherever they stand; months, seasons and years do only after a preposition, or with a year."""

IN_A_NAME = re.compile(r"\b[A-Z]\w+\s$")
"""Before a word with a capital: "USA Today"."""

AHEAD = re.compile(r"\b(?:will|going to|due|scheduled|planned|expected|upcoming|next)\b", re.IGNORECASE)
PUBLISHED = re.compile(
    r"\b(?:published|printed|posted|(?:articles?|reports?|stor(?:y|ies)|coverage|pieces?|"
    r"(?<!made )(?<!make )(?<!hit )headlines|"
    r"news)\s+(?:\w+\s+){0,3}?"
    r"(?:published\s+|dated\s+|printed\s+)?)(?:(?:in|on|from|since|between|before|after|during|until|"
    r"of)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
EVENT = re.compile(
    r"\b(?P<text>(?:since|before|after|during|until|ahead of|in the (?:run-up|wake) (?:to|of)|following)\s+"
    r"(?:the|his|her|its|their|\w+['’]s)\s+(?:[\w’'-]+\s+){0,3}?(?:election|elections|launch|vote|referendum|war|"
    r"invasion|pandemic|"
    r"attack|attacks|strike|strikes|match|final|game|summit|talks|meeting|crash|collision|fire|flood|floods|"
    r"earthquake|"
    r"storm|hurricane|trial|verdict|ruling|merger|takeover|ceasefire|truce|announcement|resignation|appointment|death|"
    r"funeral|wedding|coronation|inauguration|budget|closure|opening|explosion|blast|accident|disaster|outbreak|coup|"
    r"protests?|riots?|shooting|arrest|release|deal|agreement|conference|debate|hearing|inquiry|tournament|"
    r"world cup|olympics))\b"
    r"|\b(?P<then>at (?:the|that) time|back then|in those days|at that point|then)(?=\s*[?.,]|$)",
    re.IGNORECASE,
)
LATEST = re.compile(
    r"\b(?:latest|newest|most recent(?:ly)?|recent(?:ly)?|lately|so far|at the moment|at present|currently|right now|"
    r"these days|nowadays|up to now|as of now|today['’]s)\b",
    re.IGNORECASE,
)
RECENT = timedelta(days=14)
"""How far back "the latest" reaches."""


def when_asked(text: str, as_of: datetime) -> Window | None:
    """The time that a question asks about, as of a moment; `None` when it asks about none."""
    today = as_of.date()
    both = _between(text, today)
    found = both or _one(text, today)
    if found:
        return replace(found, hard=found.hard and not _one(text.replace(found.text, "", 1), today))
    event = EVENT.search(text)
    if event:
        return Window(event.group())
    latest = LATEST.search(text)
    return Window(latest.group(), today - RECENT, today) if latest else None


def _between(text: str, today: date) -> Window | None:
    span = BETWEEN.search(text)
    second = ONE.match(span["second"]) if span else None
    month = second and (second["d_month"] or second["m_month"])
    first = (
        ONE.match(f"{span['first']} {month}" if span["first"].isdigit() and month else span["first"]) if span else None
    )
    if not span or not first or not second:
        return None
    ends = _days(second, today, text)
    begins = _days(first, today, text, like=second)
    if not ends or not begins:
        return None
    if begins[0] > ends[1] and not re.search(YEAR, first.group()):
        begins = years_on(begins, -1)
    end = span.start("second") + second.end()
    if begins[0] > ends[1]:
        return None
    return Window(text[span.start() : end], begins[0], ends[1], _hard(text, span.start()))


def _one(text: str, today: date) -> Window | None:
    for match in ONE.finditer(text):
        before = text[: match.start()]
        if not _is_a_time(match, before):
            continue
        days = _days(match, today, text)
        if days:
            return _window(text, match, before, days, today)
    return None


def _is_a_time(match: re.Match[str], before: str) -> bool:
    form = _form(match)
    if form == "word" and IN_A_NAME.search(before) and match.group().istitle():
        return False
    if re.search(r"[\w-]$", before) or (
        form == "weekday" and re.search(r"\b(?:every|each|black|good)\s+$", before, re.I)
    ):
        return False
    if form in LOOSE:
        return form != "ago" or not re.search(r"\b(?:than|over|nearly|almost)\s+$", before, re.IGNORECASE)
    dated = (
        (match["mo_year"] or match["mo_which"] or match["mo_part"])
        if form == "month"
        else match["se_year"] or match["se_which"]
    )
    led = SINCE.search(before) or UNTIL.search(before) or INSIDE.search(before)
    if form == "month" and match.group().strip().lower() in ("may", "march") and not (dated or led):
        return False
    return bool(dated or led)


def _window(text: str, match: re.Match[str], before: str, days: Days, today: date) -> Window:
    hard = _hard(text, match.start())
    since, until = SINCE.search(before), UNTIL.search(before)
    if since:
        first = days[1] + timedelta(1) if re.match(r"after|following", since.group(), re.I) else days[0]
        return Window(text[since.start() : match.end()], first, None, hard)
    if until:
        last = days[1] if re.match(r"until|till|up|by", until.group(), re.I) else days[0] - timedelta(1)
        return Window(text[until.start() : match.end()], None, last, hard)
    led = re.search(r"\b(?:in|on|during|over)\s+(?:the\s+)?$", before, re.IGNORECASE)
    return Window(text[led.start() if led else match.start() : match.end()].strip(), *days, hard)


def _hard(text: str, at: int) -> bool:
    return bool(PUBLISHED.search(text[:at]))


def _form(match: re.Match[str]) -> str:
    return next(name for name in FORMS if match[f"{name}_form"])


def _days(match: re.Match[str], today: date, text: str, like: re.Match[str] | None = None) -> Days | None:
    """The days that a form stands for; where it has no year, that of `like`."""
    year = next((like[g] for g in ("d_year", "m_year", "mo_year", "year") if like and like[g]), None)
    try:
        return RULES[_form(match)](match, today, bool(AHEAD.search(text)), int(year) if year else None)
    except (ValueError, OverflowError):  # no such day
        return None
