"""Events in the order of their days, each under its day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from qa.answers import additions
from qa.answers.additions import WEEKDAY, within
from qa.answers.drafts import Stretch
from qa.types import MONTHS, Moment

LONGEST = timedelta(days=10)
"""A time longer than this dates no event."""

TO_COME = re.compile(r"\b(?:will|would|until|by|expected|due|planned|since|before|deadline|ago)\b", re.IGNORECASE)


ASIDE = re.compile(r"\b(?:which|who|whom|whose|after|when|where)\b[^,.;]{0,50}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """When something happened: its first and its last day."""

    since: date
    until: date

    @property
    def label(self) -> str:
        """As a timeline shows it: "3 March 2025" or "8–9 March 2025"."""
        first, last = self.since, self.until
        month = f"{MONTHS[first.month - 1]} {first.year}"
        if first == last:
            return f"{first.day} {month}"
        if (first.month, first.year) == (last.month, last.year):
            return f"{first.day}–{last.day} {month}"
        return f"{first.day} {MONTHS[first.month - 1]} – {last.day} {MONTHS[last.month - 1]} {last.year}"


def day_of(stretch: Stretch) -> Day | None:
    """The day of what a sentence tells: the narrowest time that it names outside asides, of several the first.

    Nothing where all it names is months or years, or where a word before the time makes it a limit.
    """
    named = [moment for moment in within(stretch) if _dates(moment, stretch)]
    if not named:
        return None
    best = min(named, key=lambda m: (_aside(m, stretch), m.until - m.since, m.start))
    return Day(best.since, best.until)


def _aside(moment: Moment, stretch: Stretch) -> bool:
    """Whether a time belongs to what is mentioned by the way."""
    return bool(ASIDE.search(stretch.text[: moment.start - stretch.start]))


def _dates(moment: Moment, stretch: Stretch) -> bool:
    before = stretch.text[max(0, moment.start - stretch.start - 12) : moment.start - stretch.start]
    if stretch.text[moment.end - stretch.start :].startswith(("’s", "'s")):
        return False
    if WEEKDAY.fullmatch(moment.text) and additions.TO_COME.search(stretch.text):
        return False
    return moment.until - moment.since < LONGEST and not TO_COME.search(before)
