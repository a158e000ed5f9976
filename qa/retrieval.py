"""Finding the passages for a query. A search is a function from a query and a number to hits, best first.

Bigger searches are made of smaller ones, so that each can be measured alone and swapped for another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from qa.embedder import Reading
from qa.index import Index
from qa.types import Hit, Query

Search = Callable[[Query, int], list[Hit]]

DAY = 86_400.0


@dataclass(frozen=True)
class DenseSearch:
    """Passages whose vectors lie nearest to the question's."""

    index: Index
    read_question: Callable[[str], Reading]

    def __call__(self, query: Query, k: int) -> list[Hit]:
        """The k best hits, scored by cosine."""
        return self.index.dense(query, self.read_question(query.text).vector, k)


@dataclass(frozen=True)
class HybridSearch:
    """Two searches, fused by score. `weight` is the share of the second one, `candidates` what each brings."""

    dense: Search
    lexical: Search
    weight: float = 0.6
    candidates: int = 50

    def __call__(self, query: Query, k: int) -> list[Hit]:
        """The k best of both."""
        n = max(k, self.candidates)
        return fuse((self.dense(query, n), 1 - self.weight), (self.lexical(query, n), self.weight))[:k]


@dataclass(frozen=True)
class RecentFirst:
    """A search whose scores, brought to 0…1, gain up to `weight` for being fresh at the moment of asking.

    The pull is soft: a passage that answers far better is not overtaken by a newer one. A query that names dates in its
    filters feels none of it.
    """

    search: Search
    weight: float = 0.4
    days: float = 30.0
    candidates: int = 50

    def __call__(self, query: Query, k: int) -> list[Hit]:
        """The k best hits, with recency counted."""
        hits = normalised(self.search(query, max(k, self.candidates)))
        if query.filters.since or query.filters.until:
            return hits[:k]
        gained = [
            replace(h, score=h.score + recency(h.passage.published, query.as_of, self.weight, self.days)) for h in hits
        ]
        return best_first(gained)[:k]


@dataclass(frozen=True)
class Diverse:
    """A search whose first places don't all go to one article."""

    search: Search
    most: int = 2
    among: int = 5
    candidates: int = 50

    def __call__(self, query: Query, k: int) -> list[Hit]:
        """The k best hits, at most `most` of an article among the first `among`."""
        return spread(self.search(query, max(k, self.candidates)), self.most, self.among)[:k]


def best_first(hits: Sequence[Hit]) -> list[Hit]:
    """Hits by falling score; equals by passage id, so that the order never depends on chance."""
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))


def normalised(hits: Sequence[Hit]) -> list[Hit]:
    """The hits with scores stretched to 0…1, best first; equal scores all become 1."""
    if not hits:
        return []
    low, high = min(h.score for h in hits), max(h.score for h in hits)
    width = high - low
    return best_first([replace(h, score=(h.score - low) / width if width else 1.0) for h in hits])


def fuse(*weighted: tuple[Sequence[Hit], float]) -> list[Hit]:
    """Lists of hits as one: the weighted sum of normalised scores, where a list that lacks a passage gives it 0.

    Scores, not ranks: reciprocal-rank fusion forgets by how much the first is better than the second, and measured
    lower on news questions (docs/architecture.md).
    """
    total: dict[str, float] = {}
    passages = {}
    for hits, weight in weighted:
        for hit in normalised(hits):
            passages[hit.passage.id] = hit.passage
            total[hit.passage.id] = total.get(hit.passage.id, 0.0) + weight * hit.score
    return best_first([Hit(passages[i], score) for i, score in total.items()])


def recency(published: datetime | None, as_of: datetime, weight: float, days: float) -> float:
    """What freshness adds to a score: `weight` for this very moment, less by 1/e every `days`; 0 without a date."""
    if published is None:
        return 0.0
    age = max(0.0, (as_of - published).total_seconds() / DAY)
    return weight * math.exp(-age / days)


def spread(hits: Sequence[Hit], most: int, among: int) -> list[Hit]:
    """The hits in order, save that no article has more than `most` of the first `among` while others are left."""
    first: list[Hit] = []
    later: list[Hit] = []
    for hit in hits:
        same = sum(h.passage.article_id == hit.passage.article_id for h in first)
        (first if len(first) < among and same < most else later).append(hit)
    return first + later
