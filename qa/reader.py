"""Which sentences of the hits answer the query, and how surely."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from qa.calibration import Calibration
from qa.embedder import LEAST_ODDS, Embedder, Reading, passage_input, text_offset
from qa.features import NAMES, Read, read_passage, with_joint
from qa.index import Index
from qa.matching import Numbers, Question, take_apart
from qa.patterns import ORDERS
from qa.sentences import Span, sentence_spans, trimmed
from qa.sureness import whole
from qa.timeliness import timeliness
from qa.types import Hit, Passage, Query

TOGETHER = 4
"""Passages, the likeliest to answer by what was read apart, that are read together with the question. With all eight,
answers are no better, and take longer. The sentences of the others get the least odds."""

LAST = -50.0
"""The score of a sentence that must not lead an answer: below all others."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer. `start` and `end` are offsets into the article, without white space around.

    `rank` orders the sentences of one question: 1 for the best, and 0.5 for one that is half as likely to answer.
    `answers` is the probability that this one answers it, 0 to 1; `near` is the cosine between question and passage.
    `part` is the place of the part of the question that it answers, from 0 (`qa.parts`).
    """

    passage: Passage
    start: int
    end: int
    rank: float
    answers: float
    near: float
    part: int = 0

    @property
    def text(self) -> str:
        """The sentence, to the character."""
        return self.passage.text[self.start - self.passage.start : self.end - self.passage.start]


class Reader:
    """Reads passages with the embedder's token vectors. Holds nothing of one question for the next."""

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        read_question: Callable[[str], Reading],
        calibration: Calibration,
        together: int = TOGETHER,
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._read_question = read_question
        self._joint = embedder.joint()
        self._apart = calibration.apart or calibration
        self._calibration = calibration if self._joint else self._apart
        self._together = together

    def __call__(self, query: Query, hits: Sequence[Hit]) -> list[Evidence]:
        """Every sentence of the hits as evidence, the best first."""
        question, passages, reads = self.features(query, hits)
        scores = [scored(passage, read, self._calibration) for passage, read in zip(passages, reads, strict=True)]
        if not any(len(own) for own in scores):
            return []
        articles = [passage.article_id for passage in passages]
        sure = self._calibration.sure(whole(question, reads, articles, scores))
        most = max(float(own.max()) for own in scores if len(own))
        evidence = [
            found
            for passage, read, own in zip(passages, reads, scores, strict=True)
            for found in _weighed(passage, read, np.exp(own - most), sure)
        ]
        return sorted(evidence, key=lambda e: (-e.rank, e.passage.id, e.start))

    def features(self, query: Query, hits: Sequence[Hit]) -> tuple[Question, list[Passage], list[Read]]:
        """The question taken apart, the passages, and what was read in each of them."""
        content = self._index.content_terms(query.text)
        rarity = dict(zip(content, self._index.rarity(content), strict=True))
        question = take_apart(query.text, self._read_question(query.text), self._index.terms, rarity)
        passages = [hit.passage for hit in hits]
        readings = self._embedder.read([passage_input(passage) for passage in passages])
        reads = [
            read_passage(question, p, reading, sentence_spans(p.text), self._index.terms, timely)
            for p, reading, timely in zip(passages, readings, timeliness(passages, query), strict=True)
        ]
        return question, passages, self._read_together(question, passages, readings, reads)

    def _read_together(
        self, question: Question, passages: Sequence[Passage], readings: Sequence[Reading], reads: Sequence[Read]
    ) -> list[Read]:
        if self._joint is None:
            return list(reads)
        scores = [scored(passage, read, self._apart) for passage, read in zip(passages, reads, strict=True)]
        chosen = likeliest(scores, self._together)
        told = self._joint(question.reading, [(readings[n], _in_input(passages[n], reads[n].spans)) for n in chosen])
        known = dict(zip(chosen, told, strict=True))
        return [with_joint(read, known.get(n, LEAST_ODDS)) for n, read in enumerate(reads)]


def likeliest(scores: Sequence[Numbers], most: int) -> list[int]:
    """The places of so many passages, in their order, whose best sentences have the highest scores."""
    best = {n: float(own.max()) for n, own in enumerate(scores) if len(own)}
    return sorted(sorted(best, key=lambda n: -best[n])[:most])


def _in_input(passage: Passage, spans: Sequence[Span]) -> list[Span]:
    """Sentences of a passage, in characters of what the embedder is given of it."""
    offset = text_offset(passage)
    return [(start + offset, end + offset) for start, end in spans]


def scored(passage: Passage, read: Read, calibration: Calibration) -> Numbers:
    """The score of each sentence of a passage, by which one is e times likelier than another to answer."""
    scores = calibration.rank(read.rows)
    for i, (start, end) in enumerate(read.spans):
        sentence = passage.text[start:end].strip()
        if ORDERS.search(sentence) or _only_asks(sentence):
            scores[i] = LAST
    return scores


def _only_asks(sentence: str) -> bool:
    """Whether a sentence asks something, and not in the words of somebody who is quoted."""
    return sentence.endswith("?") and not re.search(r"[“”\"«»]", sentence)


def _weighed(passage: Passage, read: Read, ranks: Numbers, sure: float) -> Iterator[Evidence]:
    near = read.rows[:, NAMES.index("passage_cosine")]
    for span, rank, cosine in zip(read.spans, ranks, near, strict=True):
        start, end = trimmed(passage.text, span)
        if end > start:
            yield Evidence(
                passage, passage.start + start, passage.start + end, float(rank), sure * float(rank), float(cosine)
            )
