"""A search that is pulled towards what the question names: its time, its publishers, its speaker."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, datetime

from qa.retrieval import Search, best_first, normalised
from qa.speakers import speaker_in
from qa.types import Hit, Passage, Query, Window

PRESENT = 7
"""Days before the moment of asking within which a window still ends in the present."""

LATE = 3
"""Days after a window in which what happened in it is still reported."""

FADING = 14.0
"""Days outside a window after which its pull is down to 1/e."""


@dataclass(frozen=True)
class Pulled:
    """Searches with the passages that fit the question brought forward.

    `fresh` prefers what is new, `plain` does not: a question about a time gone by is put to the second. Their scores,
    0 to about 1, gain up to `time` for the window, `publisher` and `speaker` where the query names them; a query that
    names none of these feels nothing of it.
    """

    fresh: Search
    plain: Search
    time: float = 0.2
    publisher: float = 0.3
    speaker: float = 0.1
    candidates: int = 50

    def __call__(self, query: Query, k: int) -> list[Hit]:
        """The k best hits, with what fits counted."""
        window = query.window if query.window and (query.window.since or query.window.until) else None
        if not (window or query.publishers or query.speaker):
            return self.fresh(query, k)
        n = max(k, self.candidates)
        hits = normalised(self.plain(query, n)) if window and is_gone(window, query.as_of) else self.fresh(query, n)
        return best_first([replace(hit, score=hit.score + self._gain(hit.passage, query, window)) for hit in hits])[:k]

    def _gain(self, passage: Passage, query: Query, window: Window | None) -> float:
        outlets = {name.casefold() for name in query.publishers}
        return (
            (self.time * inside(passage, window) if window else 0.0)
            + self.publisher * ((passage.publisher or "").casefold() in outlets)
            + (self.speaker * speaker_in(query.speaker, passage.said) if query.speaker else 0.0)
        )


def inside(passage: Passage, window: Window) -> float:
    """How well a passage fits a window, 0 to 1: it speaks of a time in it, or was published in it or soon after."""
    named = max((_overlap(moment.since, moment.until, window) for moment in passage.moments), default=0.0)
    if passage.published is None:
        return named
    day = passage.published.date()
    early = (window.since - day).days if window.since else 0
    late = (day - window.until).days - LATE if window.until else 0
    return max(named, math.exp(-max(early, late, 0) / FADING))


def _overlap(since: date, until: date, window: Window) -> float:
    """The share of a named time that lies in the window: a day of it wholly, a year hardly."""
    first, last = max(since, window.since or since), min(until, window.until or until)
    return max(0, (last - first).days + 1) / ((until - since).days + 1)


def is_gone(window: Window, as_of: datetime) -> bool:
    """Whether a window lies in the past, so that what is new is none the better for it."""
    return window.until is not None and (as_of.date() - window.until).days > PRESENT
