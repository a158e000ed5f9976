"""Events in the order of their days, each under its day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from qa.answers import additions
from qa.answers.additions import WEEKDAY, within
from qa.answers.drafts import Stretch
from qa.types import MONTHS, Moment

MONTH, YEAR = timedelta(days=31), timedelta(days=366)
"""How long a time may be that dates an event, and one in a story of years."""

TO_COME = re.compile(r"\b(?:will|would|until|by|expected|due|planned|since|before|deadline|ago|still)\b", re.IGNORECASE)

ASIDE = re.compile(
    r"\b(?:which|who|whom|whose|after|when|where|since|following|including|before|despite)\b[^,.;]{0,50}$",
    re.IGNORECASE,
)
WIDE = timedelta(days=5)
"""A time from which on is no day: what it dates has to be told as what happened then, not by the way."""


@dataclass(frozen=True, slots=True)
class Day:
    """When something happened: its first and its last day."""

    since: date
    until: date

    @property
    def label(self) -> str:
        """As a timeline shows it: "3 March 2025", "8–9 March 2025", "March 2025" or "2025"."""
        first, last = self.since, self.until
        month = f"{MONTHS[first.month - 1]} {first.year}"
        if first.day == 1 and (last + timedelta(days=1)).day == 1:
            if (first.month, first.year) == (last.month, last.year):
                return month
            if (first.month, last.month, first.year) == (1, 12, last.year):
                return str(first.year)
        if first == last:
            return f"{first.day} {month}"
        if (first.month, first.year) == (last.month, last.year):
            return f"{first.day}–{last.day} {month}"
        return f"{first.day} {MONTHS[first.month - 1]} – {last.day} {MONTHS[last.month - 1]} {last.year}"


def day_of(stretch: Stretch, longest: timedelta = MONTH) -> Day | None:
    """The day of what a sentence tells: the narrowest time that it names outside asides, of several the first.

    Nothing where all it names takes `longest` or longer, lies behind the report, or stands after a word that makes it
    a limit.
    """
    named = [moment for moment in within(stretch) if _dates(moment, stretch, longest)]
    if not named:
        return None
    best = min(named, key=lambda m: (_aside(m, stretch), m.until - m.since, m.start))
    return Day(best.since, best.until)


def in_time(stretches: Sequence[Stretch]) -> list[Day | None]:
    """The day of each sentence; that only a year is named counts where what else is told lies years apart."""
    days = [day_of(stretch) for stretch in stretches]
    known = [day for day in days if day]
    if known and max(d.until for d in known) - min(d.since for d in known) > YEAR:
        return [day or day_of(stretch, YEAR) for day, stretch in zip(days, stretches, strict=True)]
    return days


def _aside(moment: Moment, stretch: Stretch) -> bool:
    """Whether a time belongs to what is mentioned by the way."""
    return bool(ASIDE.search(stretch.text[: moment.start - stretch.start]))


def _dates(moment: Moment, stretch: Stretch, longest: timedelta) -> bool:
    before = stretch.text[max(0, moment.start - stretch.start - 12) : moment.start - stretch.start]
    if stretch.text[moment.end - stretch.start :].startswith(("’s", "'s")):
        return False
    if WEEKDAY.fullmatch(moment.text) and additions.TO_COME.search(stretch.text):
        return False
    if moment.until - moment.since >= WIDE and (_aside(moment, stretch) or _is_to_come(moment, stretch)):
        return False
    return moment.until - moment.since < longest and not TO_COME.search(before)


def _is_to_come(moment: Moment, stretch: Stretch) -> bool:
    """Whether a time isn't over when a report tells of it, and may be one to come."""
    published = stretch.passage.published
    if published is None or moment.until < published.date():
        return False
    return moment.since > published.date() or bool(TO_COME.search(stretch.text))
