"""Finding the passages for a query. A search is a function from a query and a number to hits, best first.

Bigger searches are made of smaller ones, so that each can be measured alone and swapped for another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from qa.embedder import Reading, passage_input
from qa.index import Index
from qa.types import Hit, Passage, Query, now
from qa.versions import closest, in_force

Search = Callable[[Query, int], list[Hit]]

Reports = Callable[[Sequence[str]], Mapping[str, str]]
"""The report of each of some articles; copies of one report share it."""

Rerank = Callable[[str, Sequence[str]], Sequence[float]]
"""How well each of some texts answers a question; the more, the better."""

DAY = 86_400.0
AT_PRESENT = timedelta(minutes=1)
CARRIERS = 50
"""Passages among which the copies of an article are looked for."""


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
class Reranked:
    """A search whose first `depth` hits are put in the order of a reranker; the others come behind, as they were."""

    search: Search
    rerank: Rerank
    depth: int = 20

    def __call__(self, query: Query, k: int) -> list[Hit]:
        """The k best hits, scored by the reranker; those behind its last one share the least score."""
        hits = self.search(query, max(k, self.depth))
        first, rest = hits[: self.depth], hits[self.depth :]
        scores = self.rerank(query.text, [passage_input(hit.passage) for hit in first])
        again = best_first([replace(hit, score=float(score)) for hit, score in zip(first, scores, strict=True)])
        return [*again, *(replace(hit, score=again[-1].score) for hit in rest)][:k]


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
    """A search whose first places don't all go to one report, and none to a second copy of it."""

    search: Search
    reports: Reports
    most: int = 2
    among: int = 5
    candidates: int = 50

    def __call__(self, query: Query, k: int) -> list[Hit]:
        """The k best hits, at most `most` of a report among the first `among`, all of them from its best copy."""
        hits = self.search(query, max(k, self.candidates))
        report_of = self.reports(list(dict.fromkeys(hit.passage.article_id for hit in hits)))
        return spread(hits, self.most, self.among, report_of)[:k]


@dataclass(frozen=True)
class AsOf:
    """A search whose hits read as they did at the moment of asking.

    An article that its outlet has changed since is found by what it says now; the passage is the one that comes closest
    in the version of that moment. Where no version that old is kept, it is the one of now.
    """

    search: Search
    index: Index
    candidates: int = 50

    def __call__(self, query: Query, k: int) -> list[Hit]:
        """The k best hits, each passage once."""
        hits = self.search(query, k)
        if query.as_of >= now() - AT_PRESENT:
            return hits
        again = self.index.published_again(query.as_of)
        if again:
            of_now = self.search(replace(query, as_of=now()), max(k, self.candidates))
            hits = slotted(hits, of_now, lambda hit: hit.passage.article_id in again)
        then: dict[str, Hit] = {}
        for hit in hits:
            passage = self._then(hit.passage, query.as_of)
            if query.admits(passage):
                then.setdefault(passage.id, replace(hit, passage=passage))
        return list(then.values())[:k]

    def _then(self, passage: Passage, as_of: datetime) -> Passage:
        versions = self.index.versions(passage.article_id)
        version = in_force(versions, as_of)
        if version is None or version == versions[-1]:
            return passage
        others = self.index.passages_of(passage.article_id, version.digest)
        return closest(passage, others) if others else passage


def slotted(hits: Sequence[Hit], others: Sequence[Hit], wanted: Callable[[Hit], bool]) -> list[Hit]:
    """The hits in order, with the wanted ones of another search before those that it ranks lower or doesn't have."""
    ranks = {hit.passage.id: n for n, hit in enumerate(others)}
    waiting = [hit for hit in others if wanted(hit)]
    merged: list[Hit] = []
    for hit in hits:
        while waiting and ranks[waiting[0].passage.id] < ranks.get(hit.passage.id, len(others)):
            merged.append(waiting.pop(0))
        merged.append(hit)
    return merged + waiting


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


def spread(hits: Sequence[Hit], most: int, among: int, report_of: Mapping[str, str]) -> list[Hit]:
    """The hits in order, save that no report has more than `most` of the first `among` while others are left.

    They are all from the copy that comes first: two copies would say the same twice.
    """
    first: list[Hit] = []
    later: list[Hit] = []
    copies: dict[str, str] = {}
    for hit in hits:
        article_id = hit.passage.article_id
        copy = copies.get(report_of.get(article_id, article_id), article_id)
        same = sum(h.passage.article_id == article_id for h in first)
        if len(first) < among and same < most and copy == article_id:
            first.append(hit)
            copies[report_of.get(article_id, article_id)] = article_id
        else:
            later.append(hit)
    return first + later


def copies_of(article_id: str, index: Index, as_of: datetime) -> list[str]:
    """The ids of the other articles, published up to a moment, that are copies of an article: found by its words."""
    words = " ".join(passage.text for passage in index.passages([f"{article_id}:0", f"{article_id}:1"]))
    report_of = index.reports(list(dict.fromkeys([article_id, *index.carriers(Query(words, as_of), CARRIERS)])))
    return sorted(i for i, report in report_of.items() if i != article_id and report == report_of.get(article_id))
