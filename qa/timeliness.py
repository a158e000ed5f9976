"""How well what is read fits the time that a question is about: the one that it names, else the present. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

from qa.retrieval_time import inside, is_gone
from qa.types import Passage, Query

AGEING = 10.0
"""Days behind the newest report that was found after which a report's freshness is down to 1/e."""

UNDATED = 0.5
"""What stands for the freshness of a report without a date."""


def timeliness(passages: Sequence[Passage], query: Query) -> list[float]:
    """For each passage, 0 to 1: how well it fits the time gone by that is asked about, else its freshness."""
    window = query.window
    if window and is_gone(window, query.as_of):
        return [inside(passage, window) for passage in passages]
    newest = max((passage.published for passage in passages if passage.published), default=None)
    return [_freshness(passage.published, newest) for passage in passages]


def _freshness(published: datetime | None, newest: datetime | None) -> float:
    return UNDATED if published is None or newest is None else math.exp(-(newest - published).days / AGEING)
