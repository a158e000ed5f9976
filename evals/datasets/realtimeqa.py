"""RealTime QA (Kasai et al. 2023): weekly news quizzes, and the articles that a web search gave for their questions.

The folder has `corpus.jsonl` (id, title, body, …), `questions.jsonl` (id, question, question_date, answer, gold_docs,
silver_docs, quiz_source) and maybe `abstain.jsonl`: questions that no article of the corpus answers. The hash is over
them in that order.

A question without gold and silver articles is left out: whether the corpus answers it is not known. So is one that ends
in "except", as in the data's own scoring of answers in free words.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import partial
from pathlib import Path

from evals.cases import Case, parse_case
from evals.datasets.question_set import QuestionSet, read_cases_of
from evals.datasets.rows import Row, Table, as_stored, hash_of_tables, read_table, text_of, texts_of

EXCEPT = re.compile(r"\bexcept\W*$", re.IGNORECASE)


def realtimeqa(folder: Path) -> QuestionSet:
    """The quiz questions, each asked at the end of its day. Raises `BadInput` when the folder lacks a file.

    The article that the quiz's editors linked is gold; where none is known, any article that has the answer's words
    and was found for the question is (tag `silver`).
    """
    corpus = read_table(folder, "corpus.jsonl", "the articles")
    questions = read_table(folder, "questions.jsonl", "the questions with their gold_docs and silver_docs")
    silent = _silent_table(folder)
    known = corpus.texts("id")
    cases, problems = read_cases_of((questions, partial(_answerable, known=known)), *((t, _silent) for t in silent))
    return QuestionSet(
        name="realtimeqa",
        cases=cases,
        sha256=hash_of_tables((corpus, questions, *silent)),
        problems=(*corpus.problems, *problems),
        articles=lambda _: folder / corpus.name,
    )


def _silent_table(folder: Path) -> tuple[Table, ...]:
    if not (folder / "abstain.jsonl").exists():
        return ()
    return (read_table(folder, "abstain.jsonl", "questions that no article answers"),)


def _answerable(row: Row, known: Container[str]) -> Iterator[Case]:
    question = text_of(row, "question")
    key = "gold_docs" if texts_of(row, "gold_docs") else "silver_docs"
    gold = as_stored(texts_of(row, key), known, key)
    if gold and not EXCEPT.search(question):
        source = row.get("quiz_source")
        yield parse_case({
            "id": text_of(row, "id"),
            "question": question,
            "as_of": text_of(row, "question_date"),
            "gold_articles": [gold],
            "answers": [text_of(row, "answer")],
            "tags": ["answerable", key.removesuffix("_docs"), *([source] if source else [])],
        })  # fmt: skip


def _silent(row: Row) -> Iterator[Case]:
    yield parse_case({
        "id": text_of(row, "id"),
        "question": text_of(row, "question"),
        "as_of": text_of(row, "question_date"),
        "answerable": False,
        "tags": ["not in corpus"],
    })  # fmt: skip
