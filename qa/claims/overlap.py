"""How much of a statement's wording its quotes share: coverage by rarity, of the whole, of each clause, of pairs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from qa.claims.words import Rarity, Text, Word, rarity, take_apart

NAMES = (
    "coverage",  # share of the content words that the quotes have, weighed by rarity
    "best_quote",  # the same for the one quote that has most
    "best_three",  # the same for the three quotes that together have most
    "least_clause",  # the same for the clause that is covered least
    "pairs",  # share of neighbouring content words that stand in one quote together
    "rarest_missing",  # rarity of the rarest word that is missing, over that of the rarest of all
    "missing",  # how many content words are missing: log(1 + n)
    "length",  # how many content words there are: log(1 + n)
)
"""The columns of `overlap_of`."""

LEAST_CLAUSE = 2
"""Content words that make a clause."""


def overlap_of(claim: Text, quotes: Sequence[str], rare: Rarity = rarity) -> dict[str, float]:
    """`NAMES`, each with its figure."""
    words = [word for word in claim.words if word.content] or list(claim.words)
    weights = {word.stem: rare(word.stem) for word in words}
    each = [take_apart(quote).stems for quote in quotes]
    known = frozenset().union(*each)
    missing = [root for root in weights if root not in known]
    chosen = nearest(claim, quotes, 3, rare)
    three = frozenset().union(*(each[i] for i in chosen))
    return {
        "coverage": _share(words, weights, known),
        "best_quote": max((_share(words, weights, stems) for stems in each), default=0.0),
        "best_three": _share(words, weights, three),
        "least_clause": _least(words, weights, known),
        "pairs": _pairs(words, each),
        "rarest_missing": max((weights[root] for root in missing), default=0.0) / max([*weights.values(), 1e-9]),
        "missing": math.log1p(len(missing)),
        "length": math.log1p(len(weights)),
    }


def nearest(claim: Text, quotes: Sequence[str], most: int, rare: Rarity = rarity) -> list[int]:
    """The places of the quotes that together have most of a statement's words, each for what the ones before lack."""
    left = {word.stem: rare(word.stem) for word in claim.words if word.content}
    each = [take_apart(quote).stems for quote in quotes]
    chosen: list[int] = []
    while len(chosen) < min(most, len(quotes)):
        gains = [(sum(w for root, w in left.items() if root in stems), -i) for i, stems in enumerate(each)]
        gain, place = max(pair for pair in gains if -pair[1] not in chosen)
        if chosen and not gain:
            break
        chosen.append(-place)
        left = {root: weight for root, weight in left.items() if root not in each[-place]}
    return chosen


def _share(words: Sequence[Word], weights: dict[str, float], known: frozenset[str]) -> float:
    total = sum(weights[word.stem] for word in words)
    return sum(weights[word.stem] for word in words if word.stem in known) / total if total else 0.0


def _least(words: Sequence[Word], weights: dict[str, float], known: frozenset[str]) -> float:
    clauses: dict[int, list[Word]] = {}
    for word in words:
        clauses.setdefault(word.clause, []).append(word)
    long = [clause for clause in clauses.values() if len(clause) >= LEAST_CLAUSE] or [list(words)]
    return min(_share(clause, weights, known) for clause in long)


def _pairs(words: Sequence[Word], each: Sequence[frozenset[str]]) -> float:
    pairs = [(a.stem, b.stem) for a, b in pairwise(words) if a.clause == b.clause]
    if not pairs:
        return 1.0
    return sum(any(a in stems and b in stems for stems in each) for a, b in pairs) / len(pairs)
