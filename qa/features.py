"""What tells an answering sentence from others: a few numbers for each sentence of a passage, all pure.

The first is late interaction (Khattab & Zaharia 2020, ColBERT): each token of the question is matched with the token of
the sentence that is nearest to it in context, and the cosines are averaged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qa.embedder import Reading, Vectors
from qa.patterns import NAME, NUMBER, SAYING_OR_QUOTED, TIME, Kind, kind_of, names_in
from qa.sentences import Span

Terms = Callable[[str], list[str]]

NAMES = (
    "interaction",  # late interaction with the sentence
    "sentence_coverage",  # share of the question's words in the sentence, weighed by rarity
    "passage_coverage",  # the same for the passage with its title
    "passage_cosine",  # question against the passage
    "fits",  # +1: the sentence has what is asked for (a number, a time, a name, words said); -1: it lacks it
    "names_missing",  # share of the question's names that neither passage nor title has
    "numbers_missing",  # share of the question's numbers that neither has
)
"""The features of a sentence, in the order of `sentence_features`'s columns."""


@dataclass(frozen=True)
class Question:
    """A question taken apart once, to be held against many sentences. `rarity` has a number for each of its `terms`."""

    text: str
    reading: Reading
    terms: Sequence[str]
    rarity: Sequence[float]
    names: frozenset[str]
    numbers: frozenset[str]
    kind: Kind


def take_apart(text: str, reading: Reading, terms: Terms, rarity: Mapping[str, float]) -> Question:
    """A question with its content terms, which are the keys of `rarity`."""
    content = list(rarity)
    names = {term for name in names_in(text) for term in terms(name)} & set(content)
    return Question(
        text=text,
        reading=reading,
        terms=content,
        rarity=[rarity[term] for term in content],
        names=frozenset(names),
        numbers=frozenset(re.findall(r"\d+", text)),
        kind=kind_of(text),
    )


def coverage(question: Question, present: set[str]) -> float:
    """The share of the question's content words that are present, weighed by rarity; 1 when it has none."""
    total = sum(question.rarity)
    if not total:
        return 1.0
    return sum(r for term, r in zip(question.terms, question.rarity, strict=True) if term in present) / total


def fits(question: Question, sentence: str) -> float:
    """+1 when the sentence has, beyond the question's own, what is asked for; -1 when it lacks it; 0 when unasked."""
    if question.kind == "other":
        return 0.0
    pattern = {"number": NUMBER, "time": TIME, "words": SAYING_OR_QUOTED}.get(question.kind, NAME)
    known = question.text.casefold()
    return 1.0 if any(m.group().casefold() not in known for m in pattern.finditer(sentence)) else -1.0


def interaction(similar: Vectors) -> float:
    """Late interaction, from the cosines of (question's tokens, sentence's tokens); 0 when there are none."""
    return float(similar.max(axis=1).mean()) if similar.size else 0.0


def share_missing(wanted: frozenset[str], present: set[str]) -> float:
    """The share of `wanted` that is not present; 0 when nothing is wanted."""
    return len(wanted - present) / len(wanted) if wanted else 0.0


def sentence_features(
    question: Question, title: str, text: str, reading: Reading, spans: Sequence[Span], terms: Terms
) -> Vectors:
    """One row of `NAMES` a sentence: (len(spans), len(NAMES)).

    `spans` are the sentences of `text`; `reading` is of the title, a line break and the text. A sentence that lies
    beyond the model's window gets 0 for all that its tokens would tell.
    """
    offset = len(title) + 1
    similar = question.reading.tokens @ reading.tokens.T
    around = set(terms(title)) | set(terms(text))
    passage = {
        "passage_coverage": coverage(question, around),
        "passage_cosine": float(question.reading.vector @ reading.vector),
        "names_missing": share_missing(question.names, around),
        "numbers_missing": share_missing(question.numbers, set(re.findall(r"\d+", f"{title} {text}"))),
    }
    rows = []
    for start, end in spans:
        inside = (reading.spans[:, 0] >= start + offset) & (reading.spans[:, 0] < end + offset)
        own = {
            "sentence_coverage": coverage(question, set(terms(text[start:end]))),
            "fits": fits(question, text[start:end]),
            "interaction": interaction(similar[:, inside]),
        }
        rows.append([{**passage, **own}[name] for name in NAMES])
    return np.asarray(rows, dtype=np.float32).reshape(-1, len(NAMES))
