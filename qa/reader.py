"""Which sentences of the hits answer the query, and how surely."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qa.calibration import Calibration
from qa.embedder import Embedder, Reading, Vectors, passage_input
from qa.features import NAMES, sentence_features, take_apart
from qa.index import Index
from qa.sentences import Span, sentence_spans, trimmed
from qa.types import Hit, Passage, Query


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer. `start` and `end` are offsets into the article, without white space around.

    `rank` orders the sentences of one question; `answers` is the probability that this one answers it, 0 to 1;
    `near` is the cosine between the question and the passage.
    """

    passage: Passage
    start: int
    end: int
    rank: float
    answers: float
    near: float

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
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._read_question = read_question
        self._calibration = calibration

    def __call__(self, query: Query, hits: Sequence[Hit]) -> list[Evidence]:
        """Every sentence of the hits as evidence, the best first."""
        evidence = [
            found for passage, spans, rows in self.features(query, hits) for found in self._weigh(passage, spans, rows)
        ]
        return sorted(evidence, key=lambda e: (-e.rank, e.passage.id, e.start))

    def features(self, query: Query, hits: Sequence[Hit]) -> Iterator[tuple[Passage, list[Span], Vectors]]:
        """Each passage with its sentences, and a row of features a sentence: (len(spans), len(NAMES))."""
        content = self._index.content_terms(query.text)
        rarity = dict(zip(content, self._index.rarity(content), strict=True))
        question = take_apart(query.text, self._read_question(query.text), self._index.terms, rarity)
        passages = [hit.passage for hit in hits]
        for passage, reading in zip(passages, self._embedder.read([passage_input(p) for p in passages]), strict=True):
            spans = sentence_spans(passage.text)
            yield (
                passage,
                spans,
                sentence_features(question, passage.title, passage.text, reading, spans, self._index.terms),
            )

    def _weigh(self, passage: Passage, spans: Sequence[Span], rows: Vectors) -> list[Evidence]:
        ranks, answers = self._calibration.rank(rows), self._calibration.answer(rows)
        near = rows[:, NAMES.index("passage_cosine")]
        evidence = []
        for span, *scores in zip(spans, ranks, answers, near, strict=True):
            start, end = (passage.start + offset for offset in trimmed(passage.text, span))
            evidence.append(Evidence(passage, start, end, *map(float, scores)))
        return [e for e in evidence if e.end > e.start]
