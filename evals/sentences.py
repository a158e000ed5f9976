"""Questions with known answers, read sentence by sentence: what the calibration is fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.golden import Question
from evals.scores.text import contains
from qa.embedder import Embedder, Reading, Vectors
from qa.reader import Reader
from qa.retrieval import Search
from qa.types import Passage, Query

GROUPS = {
    ("squad2", "answerable"): "squad2 answerable",
    ("squad2", "adversarial"): "squad2 adversarial",
    ("squad2", "absent"): "squad2 absent",
    ("realtimeqa", "answerable"): "news answerable",
    ("realtimeqa", "not in corpus"): "news absent",
}
"""The group of a question, by its data and the tag that its adapter gives it."""


READ = 5
"""Passages read for a question, as an assistant does by default."""


@dataclass(frozen=True)
class Sentences:
    """The sentences of a question's hits: a row of features each, and whether it answers."""

    question: Question
    group: str
    rows: Vectors
    right: NDArray[np.bool_]


class Remembering:
    """An embedder that reads no text twice: many questions find the same passages."""

    def __init__(self, embedder: Embedder) -> None:
        self.name = embedder.name
        self._embedder = embedder
        self._readings: dict[str, Reading] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector a text, as the embedder gives it."""
        return self._embedder.encode(texts)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Each text with the vectors of its tokens."""
        fresh = list(dict.fromkeys(text for text in texts if text not in self._readings))
        self._readings.update(zip(fresh, self._embedder.read(fresh), strict=True))
        return [self._readings[text] for text in texts]


def sentences_of(question: Question, group: str, search: Search, reader: Reader) -> Sentences:
    """The sentences that an assistant would read for a question."""
    query = Query(question.case.question, question.as_of, question.filters)
    rows, right = [], []
    for passage, spans, features in reader.features(query, search(query, READ)):
        rows.append(features)
        right += [answers(question, passage, passage.text[start:end]) for start, end in spans]
    return Sentences(question, group, np.concatenate(rows), np.asarray(right, dtype=bool))


def answers(question: Question, passage: Passage, sentence: str) -> bool:
    """Whether a sentence has an answer's wording and stands in a gold article."""
    wordings = question.case.answers
    return passage.article_id in question.report_of and any(contains(sentence, wanted) for wanted in wordings)


def group_of(data: str, question: Question) -> str:
    """The group of a question of some data."""
    return next(GROUPS[data, tag] for tag in question.tags if (data, tag) in GROUPS)
