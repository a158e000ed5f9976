"""Whether two statements say the same, by their words; and which figures they give."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.answers.drafts import Stretch
from qa.patterns import NUMBER

NOT = re.compile(r"\b(?:not|never|no|nobody|neither|nor)\b|n[’']t\b", re.IGNORECASE)
Terms = Callable[[str], list[str]]


def overlaps(one: Sequence[Stretch], other: Sequence[Stretch]) -> bool:
    """Whether two statements quote the same words of one article."""
    return any(
        a.passage.article_id == b.passage.article_id and a.start < b.end and b.start < a.end for a in one for b in other
    )


def alike(one: Sequence[Stretch], other: Sequence[Stretch], terms: Terms, share: float = 0.8) -> bool:
    """Whether two statements say the same: most words of the shorter, with the same numbers and negations."""
    texts = [" ".join(s.text for s in stretches) for stretches in (one, other)]
    if _figures(texts[0]) != _figures(texts[1]):  # "12 dead" is no copy of "14 dead", nor "did" of "did not"
        return False
    first, second = (set(terms(text)) for text in texts)
    return len(first & second) >= share * min(len(first), len(second))


def _figures(text: str) -> set[str]:
    """The numbers and negations of a text."""
    return {match.group().casefold() for match in (*NUMBER.finditer(text), *NOT.finditer(text))}
