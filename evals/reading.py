"""Questions with known answers, read by newsdesk: one row of features a sentence, with whether it answers.

Adapters for the folders `squad2` (SQuAD 2.0) and `realtimeqa_*` (RealTime QA) of a data folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.embedder import Embedder, Reading, Vectors, passage_input
from qa.features import sentence_features, take_apart
from qa.index import Index
from qa.retrieval import Search
from qa.sentences import sentence_spans
from qa.types import Hit, Passage, Query, now

READ = 5
"""Passages read for a question, as an assistant does by default."""


@dataclass(frozen=True)
class Case:
    """A question, the strings that answer it and the articles that hold them; without strings it is unanswerable.

    The reader is not given the articles of `without`: so an answerable question becomes one that is not.
    """

    group: str
    question: str
    as_of: datetime
    answers: tuple[str, ...] = ()
    gold: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Outcome:
    """A case as it was read: a row of features for each sentence of its hits, and whether that sentence answers."""

    case: Case
    rows: Vectors
    right: NDArray[np.bool_]


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def squad_cases(folder: Path) -> list[Case]:
    """SQuAD 2.0: its questions as they are, and the answerable ones once more without the passage that answers."""
    cases = []
    for row in rows_of(folder / "questions.jsonl"):
        gold = frozenset([row["passage_id"]])
        answers = tuple(row["answers"]) if row["answerable"] else ()
        case = Case("squad2 answerable" if answers else "squad2 adversarial", row["question"], now(), answers, gold)
        cases.append(case)
        if answers:
            cases.append(replace(case, group="squad2 absent", answers=(), without=gold))
    return cases


def news_cases(folder: Path) -> list[Case]:
    """RealTime QA: the questions whose answer stands in articles found for them, and those known to have none."""
    cases = []
    for row in rows_of(folder / "questions.jsonl"):
        gold = frozenset([*row["gold_docs"], *row["silver_docs"]])
        if gold:
            cases.append(
                Case("news answerable", row["question"], _end_of(row["question_date"]), (row["answer"],), gold)
            )
    if (folder / "abstain.jsonl").exists():
        for row in rows_of(folder / "abstain.jsonl"):
            cases.append(Case("news absent", row["question"], _end_of(row["question_date"])))
    return cases


class Examiner:
    """Puts cases to a search and reads what it finds, as an assistant would; reads no passage twice."""

    def __init__(self, index: Index, embedder: Embedder, search: Search) -> None:
        self._index, self._embedder, self._search = index, embedder, search
        self._readings: dict[str, Reading] = {}

    def __call__(self, case: Case, question: Reading) -> Outcome:
        """The case as read. `question` is the embedder's reading of its text."""
        content = self._index.content_terms(case.question)
        rarity = dict(zip(content, self._index.rarity(content), strict=True))
        asked = take_apart(case.question, question, self._index.terms, rarity)
        found = self._search(Query(case.question, case.as_of), READ + 3 * len(case.without))
        hits = [hit for hit in found if hit.passage.article_id not in case.without][:READ]
        self._read(hits)
        rows, right = [], []
        for passage in (hit.passage for hit in hits):
            spans = sentence_spans(passage.text)
            reading = self._readings[passage.id]
            rows.append(sentence_features(asked, passage.title, passage.text, reading, spans, self._index.terms))
            right += [_answers(case, passage, passage.text[start:end]) for start, end in spans]
        return Outcome(case, np.concatenate(rows), np.asarray(right, dtype=bool))

    def _read(self, hits: Sequence[Hit]) -> None:
        fresh = [hit.passage for hit in hits if hit.passage.id not in self._readings]
        readings = self._embedder.read([passage_input(passage) for passage in fresh])
        self._readings.update(zip((passage.id for passage in fresh), readings, strict=True))


def _answers(case: Case, passage: Passage, sentence: str) -> bool:
    text = sentence.casefold()
    return passage.article_id in case.gold and any(answer.casefold() in text for answer in case.answers)


def _end_of(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T00:00:00+00:00") + timedelta(days=1)
