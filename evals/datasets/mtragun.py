"""MTRAG-UN (IBM, mt-rag-benchmark): the last question of a conversation, labelled by whether it can be answered.

The folder has `tasks.jsonl` (id, domain, answerability, multi_turn, history, question, contexts, reference_answer); the
hash is of that. The contexts of all tasks together are the articles. No task has a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from evals.cases import Case, Earlier, parse_case
from evals.datasets.question_set import QuestionSet, read_cases_of
from evals.datasets.rows import (
    Row,
    Table,
    as_stored,
    hash_of_tables,
    read_table,
    rows_in,
    text_of,
    texts_of,
    write_rows,
)
from ingest.fields import as_text
from qa.errors import BadInput

ANSWERABLE = {"ANSWERABLE": True, "PARTIAL": True, "UNANSWERABLE": False, "UNDERSPECIFIED": False}
"""What a label means here: a part of an answer is one, and a question that has to be asked back gets none."""


def mtragun(folder: Path) -> QuestionSet:
    """The tasks with the conversation before them; tags are the label, the domain and the kinds of turn.

    Contexts with the same text under two ids are copies of each other, and either is gold. What a person replied is the
    reference of an answerable task, and a note on any other. Raises `BadInput` when the folder lacks the file.
    """
    tasks = read_table(folder, "tasks.jsonl", "the tasks with their history and contexts")
    contexts, problems = _contexts(tasks)
    cases, broken = read_cases_of((tasks, partial(_cases, contexts=contexts, copies=_copies(contexts))))
    return QuestionSet(
        name="mtragun",
        cases=cases,
        sha256=hash_of_tables((tasks,)),
        problems=(*broken, *problems),
        articles=lambda work: write_rows(work / "mtragun.jsonl", contexts.values()),
        are_pages=False,
    )


def earlier(history: Iterable[Row]) -> tuple[Earlier, ...]:
    """A conversation as pairs of a question and its answer.

    What one speaker says in several goes is joined; an agent's words before any question are left out, and a question
    that the agent doesn't answer stays without an answer. Raises `BadInput` for a speaker that is neither.
    """
    turns: list[tuple[list[str], list[str]]] = []
    for each in history:
        speaker, text = text_of(each, "speaker"), text_of(each, "text")
        if speaker not in ("user", "agent"):
            raise BadInput(f"history: {speaker!r} is no speaker; there are 'user' and 'agent'")
        if speaker == "user":
            if not turns or turns[-1][1]:
                turns.append(([], []))
            turns[-1][0].append(text)
        elif turns:
            turns[-1][1].append(text)
    return tuple(Earlier(question="\n".join(q), answer="\n".join(a) or None) for q, a in turns)


def _contexts(tasks: Table) -> tuple[Mapping[str, Row], tuple[str, ...]]:
    """The contexts of all tasks by id, and what is wrong with them."""
    found: dict[str, Row] = {}
    problems = []
    for line, row in tasks.rows:
        for context in row["contexts"] if isinstance(row.get("contexts"), list) else []:
            try:
                article = _article(context)
            except BadInput as error:
                problems.append(tasks.at(line, f"contexts: {error}"))
                continue
            if found.setdefault(article["id"], article)["text"] != article["text"]:
                problems.append(tasks.at(line, f"contexts: {article['id']!r} had another text before, which is kept"))
    return found, tuple(problems)


def _article(context: Any) -> Row:
    if not isinstance(context, Mapping):
        raise BadInput("a context is a JSON object")
    stated = {"id": text_of(context, "id"), "text": text_of(context, "text")}
    title = as_text(context.get("title"))
    return {**stated, "title": title} if title else stated


def _copies(contexts: Mapping[str, Row]) -> Mapping[str, Sequence[str]]:
    """For each context the ids, as they are stored, of those with its text: in order, its own among them."""
    by_text: dict[str, list[str]] = {}
    for i, context in contexts.items():
        by_text.setdefault(context["text"], []).extend(as_stored([i], contexts, "contexts"))
    return {i: sorted(by_text[context["text"]]) for i, context in contexts.items()}


def _cases(row: Row, contexts: Mapping[str, Row], copies: Mapping[str, Sequence[str]]) -> Iterator[Case]:
    label = text_of(row, "answerability")
    if label not in ANSWERABLE:
        raise BadInput(f"answerability: {label!r} is none of {', '.join(ANSWERABLE)}")
    case: dict[str, Any] = {
        "id": text_of(row, "id"),
        "question": text_of(row, "question"),
        "turns": earlier(rows_in(row, "history")),
        "answerable": ANSWERABLE[label],
        "tags": [label.lower(), text_of(row, "domain"), *_kinds(row)],
    }
    if not ANSWERABLE[label]:
        yield parse_case({**case, "notes": row.get("reference_answer") or ""})
        return
    gold = [text_of(each, "id") for each in rows_in(row, "contexts")]
    as_stored(gold, contexts, "contexts")
    groups = tuple(dict.fromkeys(tuple(copies[i]) for i in gold))
    yield parse_case({**case, "gold_articles": groups, "reference": row.get("reference_answer") or None})


def _kinds(row: Row) -> list[str]:
    return [kind.lower() for kind in texts_of(row, "multi_turn") if kind != "N/A"]
