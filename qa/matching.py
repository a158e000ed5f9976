"""A question taken apart, and how well its words are matched: by meaning, token by token, or as they stand; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.answer_types import Kind, focus, kind_of
from qa.embedder import Reading, Vectors
from qa.patterns import names_in

Numbers = NDArray[np.float64]

Terms = Callable[[str], list[str]]

MEANS_NOTHING, MEANS_THE_SAME = 0.35, 0.8
"""Cosines of two tokens in context up to which they have nothing to do with each other, and from which they are as good
as the same word."""

WORD = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(frozen=True)
class Question:
    """A question taken apart once, to be held against many sentences.

    `rarity` has a number for each of its content `terms`. `words` are the tokens of each content word, `weights` its
    rarity; `token_weights` the rarity of each token's word.
    """

    text: str
    reading: Reading
    rarity: Mapping[str, float]
    words: tuple[NDArray[np.intp], ...]
    weights: Numbers
    token_weights: Numbers
    focus: NDArray[np.intp]
    names: frozenset[str]
    numbers: frozenset[str]
    kind: Kind


def take_apart(text: str, reading: Reading, terms: Terms, rarity: Mapping[str, float]) -> Question:
    """A question with its content terms, which are the keys of `rarity`."""
    words, weights = [], []
    token_weights = np.zeros(len(reading.spans))
    for word in WORD.finditer(text):
        weight = max((rarity.get(term, 0.0) for term in terms(word.group())), default=0.0)
        tokens = tokens_of(reading, *word.span())
        if weight > 0 and len(tokens):
            words.append(tokens)
            weights.append(weight)
            token_weights[tokens] = weight
    kind = kind_of(text)
    asked_of = focus(text, kind)
    return Question(
        text=text,
        reading=reading,
        rarity=rarity,
        words=tuple(words),
        weights=np.asarray(weights, dtype=np.float64),
        token_weights=token_weights,
        focus=tokens_of(reading, *asked_of) if asked_of else np.zeros(0, dtype=np.intp),
        names=frozenset({term for name in names_in(text) for term in terms(name)} & rarity.keys()),
        numbers=frozenset(re.findall(r"\d+", text)),
        kind=kind,
    )


def tokens_of(reading: Reading, start: int, end: int) -> NDArray[np.intp]:
    """Which tokens stand, even in part, between two characters of what was read."""
    return np.flatnonzero((reading.spans[:, 0] < end) & (reading.spans[:, 1] > start))


def weighed(values: Numbers, weights: Numbers) -> float:
    """The weighted mean; the plain one without weights, and 0 without values."""
    total = float(weights.sum())
    if total:
        return float((values * weights).sum() / total)
    return float(values.mean()) if values.size else 0.0


def covered(question: Question, present: frozenset[str] | set[str]) -> float:
    """The share of the question's content words that are present, weighed by rarity; 1 when it has none."""
    total = sum(question.rarity.values())
    return sum(r for term, r in question.rarity.items() if term in present) / total if total else 1.0


def share_missing(wanted: frozenset[str], present: frozenset[str] | set[str]) -> float:
    """The share of `wanted` that is not present; 0 when nothing is wanted."""
    return len(wanted - present) / len(wanted) if wanted else 0.0


def word_matches(question: Question, matches: Numbers) -> Numbers:
    """How well each word is matched, from the best match of each of the question's tokens."""
    return np.asarray([matches[tokens].mean() for tokens in question.words], dtype=np.float64)


def likeness(question: Question, matches: Numbers) -> float:
    """The share of the question's words that are matched, by their cosines, weighed by rarity; 1 without words."""
    if not question.words:
        return 1.0
    meant = (word_matches(question, matches) - MEANS_NOTHING) / (MEANS_THE_SAME - MEANS_NOTHING)
    return weighed(np.clip(meant, 0.0, 1.0), question.weights)


def best(similar: Vectors) -> Numbers:
    """The best match of each row, from cosines of (question's tokens, other tokens); 0 where there is none."""
    return (similar.max(axis=1) if similar.size else np.zeros(len(similar))).astype(np.float64)
