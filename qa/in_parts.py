"""Search and reading, part by part, for a question that has several: each part is in few articles, the whole in none.

A sentence that answers one part looks like a poor answer to the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.parts import parts_of
from qa.reader import Evidence
from qa.retrieval import Search
from qa.types import Hit, Query


@dataclass(frozen=True)
class SearchInParts:
    """A search for the whole question and for each of its parts, whose hits take turns."""

    search: Search

    def __call__(self, query: Query, k: int) -> list[Hit]:
        """The k best hits; as many again for each part beyond the first."""
        parts = parts_of(query.text)
        if len(parts) == 1:
            return self.search(query, k)
        found = [self.search(query, k)]
        for place, part in enumerate(parts):
            hits = self.search(replace(query, text=part), k)
            found.append([replace(hit, parts=(place,)) for hit in hits])
        return in_turn(found)[: k * len(parts)]


@dataclass(frozen=True)
class ReadInParts:
    """A reading, for each part of the question, of what was found for it.

    A sentence that was read for several counts for the one that it answers best.
    """

    read: Callable[[Query, Sequence[Hit]], list[Evidence]]

    def __call__(self, query: Query, hits: Sequence[Hit]) -> list[Evidence]:
        """Every sentence of the hits as evidence, the likeliest to answer first."""
        parts = parts_of(query.text)
        if len(parts) == 1:
            return self.read(query, hits)
        best: dict[tuple[str, int], Evidence] = {}
        for place, part in enumerate(parts):
            own = [hit for hit in hits if place in hit.parts]
            for found in self.read(replace(query, text=part), own):
                key = (found.passage.id, found.start)
                if key not in best or found.answers > best[key].answers:
                    best[key] = replace(found, part=place)
        return sorted(best.values(), key=lambda e: (-e.answers, e.passage.id, e.start))


def in_turn(lists: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The first of each list, then the second of each, and so on; each passage once, with all its parts."""
    turns = [hit for n in range(max(map(len, lists), default=0)) for own in lists for hit in own[n : n + 1]]
    taken: dict[str, Hit] = {}
    for hit in turns:
        before = taken.get(hit.passage.id, hit)
        taken[hit.passage.id] = replace(before, parts=tuple(dict.fromkeys((*before.parts, *hit.parts))))
    return list(taken.values())
