"""The sentences that carry an article or a topic."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from qa.answers.same import Terms
from qa.reader import Evidence

LEAD = 0.5
"""What the first sentence of an article gets beside what it shares with the others; the next ones get less."""


def carrying(evidence: Sequence[Evidence], terms: Terms) -> list[Evidence]:
    """The sentences, what carries most first."""
    order = zip(weights(evidence, terms), evidence, strict=True)
    return [e for _, e in sorted(order, key=lambda each: -each[0])]


def weights(evidence: Sequence[Evidence], terms: Terms) -> list[float]:
    """How much each sentence carries: what it shares with the others in rare words, how near the lead it stands, and
    how well it fits the question.
    """
    words = [set(terms(e.text)) for e in evidence]
    count = Counter(word for each in words for word in each)
    rarity = {word: math.log(1 + len(words) / n) for word, n in count.items()}
    shared = [sum(rarity[w] for w in each if count[w] > 1) / math.sqrt(len(each) or 1) for each in words]
    most = max(shared, default=0.0) or 1.0
    best = max((e.rank for e in evidence), default=0.0) or 1.0
    return [
        s / most + LEAD / (1 + e.start / 150) + max(0.0, e.rank) / best for e, s in zip(evidence, shared, strict=True)
    ]
