"""Questions with known answers, read sentence by sentence: what the calibration is fitted on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.golden import Question
from evals.scores.text import contains
from qa import matching
from qa.assistant import Assistant
from qa.features import Read
from qa.matching import Numbers
from qa.reader import Reader
from qa.sureness import best_place
from qa.types import Passage

GROUPS = {
    ("squad2", "answerable"): "squad2 answerable",
    ("squad2", "adversarial"): "squad2 adversarial",
    ("squad2", "absent"): "squad2 absent",
    ("realtimeqa", "answerable"): "news answerable",
    ("realtimeqa", "not in corpus"): "news absent",
}
"""The group of a question, by its data and the tag that its adapter gives it."""

DESK = {True: "desk answerable", False: "desk unanswerable"}
"""The groups of the development cases that come along."""

JOINED = 1.0
"""A neighbour whose score is at most so much less than the best sentence's is shown in one statement with it."""

READ = 8
"""Passages read for a question, as an assistant does by default."""


@dataclass(frozen=True)
class Sentences:
    """What an assistant would read for a question, a passage at a time, and which sentences answer.

    `right` has the wording of an answer, in an article that has it; `wanted` stands in a gold span besides, where such
    a span is known and any sentence in it has the wording.
    """

    question: Question
    group: str
    asked: matching.Question
    articles: Sequence[str]
    reads: Sequence[Read]
    right: Sequence[NDArray[np.bool_]]
    wanted: Sequence[NDArray[np.bool_]]

    @property
    def is_answered(self) -> bool:
        """Whether any sentence that was read answers."""
        return any(own.any() for own in self.right)


def sentences_of(
    question: Question, group: str, assistant: Assistant, reader: Reader, without: Collection[str] = ()
) -> Sentences:
    """The sentences that an assistant would read for a question, were there not the articles `without`."""
    query = assistant.understand(question.case.question, filters=question.filters, as_of=question.as_of)
    hits = [hit for hit in assistant.search(query, READ + 4 * bool(without)) if hit.passage.article_id not in without][
        :READ
    ]
    asked, passages, reads = reader.features(query, hits)
    right, wanted = [], []
    for passage, read in zip(passages, reads, strict=True):
        own = [not without and answers(question, passage, passage.text[a:b]) for a, b in read.spans]
        meant = [in_a_span(question, passage, a, b) for a, b in read.spans]
        right.append(np.asarray(own, dtype=bool))
        wanted.append(np.asarray(own, dtype=bool) & np.asarray(meant, dtype=bool))
    if not any(own.any() for own in wanted):
        wanted = right
    return Sentences(question, group, asked, [p.article_id for p in passages], reads, right, wanted)


def answers(question: Question, passage: Passage, sentence: str) -> bool:
    """Whether a sentence has an answer's wording and stands in a gold article."""
    wordings = question.case.answers
    return passage.article_id in question.report_of and any(contains(sentence, wanted) for wanted in wordings)


def in_a_span(question: Question, passage: Passage, start: int, end: int) -> bool:
    """Whether a stretch of a passage overlaps a gold span of its article; also where the article has none."""
    spans = [(a, b) for article, a, b in question.spans if article == passage.article_id]
    return not spans or any(a < passage.start + end and passage.start + start < b for a, b in spans)


def first_right(sentences: Sentences, scores: Sequence[Numbers]) -> bool:
    """Whether the first statement answers: the best sentence, or the better of its neighbours if that joins it."""
    place = best_place(scores)
    own, right = scores[place.read], sentences.right[place.read]
    beside = [i for i in (place.sentence - 1, place.sentence + 1) if 0 <= i < len(own)]
    joined = [i for i in beside if own[i] >= own[place.sentence] - JOINED]
    shown = [place.sentence, *sorted(joined, key=lambda i: -float(own[i]))[:1]]
    return bool(right[shown].any())


def group_of(data: str, question: Question) -> str:
    """The group of a question of some data."""
    if data == "desk":
        return DESK[question.case.answerable]
    return next(GROUPS[data, tag] for tag in question.tags if (data, tag) in GROUPS)
