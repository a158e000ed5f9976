"""SQuAD 2.0 (Rajpurkar et al. 2018): questions on paragraphs of an encyclopaedia, half of them made to look answerable.

The folder has `passages.jsonl` (id, title, text) and `questions.jsonl` (id, question, passage_id, answerable, answers);
the hash is over them in that order. Every question is asked of all passages, not of its own alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from evals.cases import Case, parse_case
from evals.datasets.question_set import QuestionSet, read_cases_of
from evals.datasets.rows import Row, as_stored, flag_of, hash_of_tables, read_table, text_of, texts_of
from qa.errors import BadInput


def squad2(folder: Path, *, neighbours: bool = True) -> QuestionSet:
    """The questions as they are: tags `answerable` and `adversarial`. Raises `BadInput` when the folder lacks a file.

    With `neighbours`, every answerable one is asked once more of all passages but its own (tag `absent`, id
    `<id>-absent`): then the nearest passages are about the same thing, and silent.
    """
    passages = read_table(folder, "passages.jsonl", "the passages")
    questions = read_table(folder, "questions.jsonl", "the questions with their passage_id")
    ids = sorted(passages.texts("id"))
    known = dict(zip(ids, as_stored(ids, ids, "id"), strict=True))
    cases, problems = read_cases_of((questions, partial(_cases, known=known, neighbours=neighbours)))
    return QuestionSet(
        name="squad2",
        cases=cases,
        sha256=hash_of_tables((passages, questions)),
        problems=(*passages.problems, *problems),
        articles=lambda _: folder / passages.name,
    )


def _cases(row: Row, known: Mapping[str, str], neighbours: bool) -> Iterator[Case]:
    case_id, question = text_of(row, "id"), text_of(row, "question")
    own = text_of(row, "passage_id")
    gold = as_stored([own], known, "passage_id")
    if not flag_of(row, "answerable"):
        yield parse_case({"id": case_id, "question": question, "answerable": False, "tags": ["adversarial"]})
        return
    answers = texts_of(row, "answers")
    if not answers:
        raise BadInput("answers: an answerable question has at least one")
    yield parse_case({
        "id": case_id, "question": question, "gold_articles": [gold], "answers": answers, "tags": ["answerable"],
    })  # fmt: skip
    others = tuple(stored for stored in known.values() if stored not in gold)
    if neighbours and others:
        yield parse_case({
            "id": f"{case_id}-absent",
            "question": question,
            "filters": {"articles": others},
            "answerable": False,
            "tags": ["absent"],
        })  # fmt: skip
