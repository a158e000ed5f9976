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
    "sentence_cosine",  # question against the mean of the sentence's tokens
    "meaning",  # late interaction of the question's words with the sentence, weighed by rarity
    "weakest",  # how well the passage matches that word of the question which it matches worst
    "passage_cosine",  # question against the passage
    "fits",  # +1: the sentence has what is asked for (a number, a time, a name, words said); -1: it lacks it
    "names_missing",  # share of the question's names that neither passage nor title has
    "numbers_missing",  # share of the question's numbers that neither has
)
"""The features of a sentence, in the order of `sentence_features`'s columns."""


@dataclass(frozen=True)
class Question:
    """A question taken apart once, to be held against many sentences.

    `weights` has a number a token of the reading, adding up to 1; `rarity` one a content term of `terms`.
    """

    text: str
    reading: Reading
    weights: Vectors
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
        weights=_token_weights(text, reading, terms, rarity),
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
        "weakest": _weakest(question, similar),
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
            **_match(question, similar[:, inside], reading.tokens[inside]),
        }
        rows.append([{**passage, **own}[name] for name in NAMES])
    return np.asarray(rows, dtype=np.float32).reshape(-1, len(NAMES))


def _match(question: Question, similar: Vectors, tokens: Vectors) -> dict[str, float]:
    """What the tokens of a sentence tell; `similar` is (question's tokens, sentence's tokens)."""
    if not similar.size:
        return {"interaction": 0.0, "meaning": 0.0, "sentence_cosine": 0.0}
    best = similar.max(axis=1)
    mean = tokens.mean(axis=0)
    return {
        "interaction": float(best.mean()),
        "meaning": float(best @ question.weights),
        "sentence_cosine": float(question.reading.vector @ mean / max(float(np.linalg.norm(mean)), 1e-12)),
    }


def _weakest(question: Question, similar: Vectors) -> float:
    counted = question.weights > 0
    return float(similar[counted].max(axis=1).min()) if similar.size and counted.any() else 0.0


def _token_weights(text: str, reading: Reading, terms: Terms, rarity: Mapping[str, float]) -> Vectors:
    """The rarity of the word that each token of a question belongs to, 0 for words without meaning; their sum is 1."""
    weights = np.zeros(len(reading.spans), dtype=np.float32)
    for word in re.finditer(r"\w+", text):
        rare = max((rarity.get(term, 0.0) for term in terms(word.group())), default=0.0)
        weights[(reading.spans[:, 0] >= word.start()) & (reading.spans[:, 0] < word.end())] = rare
    total = float(weights.sum())
    return weights / total if total else np.full_like(weights, 1 / max(1, len(weights)))
