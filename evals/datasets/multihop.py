"""MultiHop-RAG (Tang & Yang 2024): questions across news articles, with the sentences that are needed to answer them.

The folder has `facts.jsonl` (id, title, author, source, published_at, url, fact) and `queries.jsonl` (id, question,
type, answer, evidence with fact_id); the hash is over them in that order. The articles themselves are not there, so
each fact is an article of one sentence; its publisher and day stand in the title, since the questions name them.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import partial
from pathlib import Path

from evals.cases import Case, parse_case
from evals.datasets.question_set import QuestionSet, read_cases_of
from evals.datasets.rows import Row, as_stored, hash_of_tables, read_table, rows_in, text_of, write_rows
from ingest.dates import as_moment
from qa.errors import BadInput
from qa.types import day

VERDICTS = frozenset("yes no true false similar different consistent inconsistent before after".split())
"""Answers that judge and stand in no article, so that no quote can hold them; such a case is scored by its evidence."""

UNANSWERABLE = "null_query"


def multihop(folder: Path) -> QuestionSet:
    """The questions, each needing all its facts; tags are the type, and `verdict` where the answer is a judgement.

    Raises `BadInput` when the folder lacks a file.
    """
    facts = read_table(folder, "facts.jsonl", "the facts, each a sentence of an article")
    queries = read_table(folder, "queries.jsonl", "the questions with their evidence")
    rows: dict[str, Row] = {}
    problems = list(facts.problems)
    for line, row in facts.rows:
        try:
            article = _article(row)
        except BadInput as error:
            problems.append(facts.at(line, str(error)))
            continue
        if rows.setdefault(str(article["id"]), article) is not article:
            problems.append(facts.at(line, f"the id {article['id']!r} is taken"))
    cases, broken = read_cases_of((queries, partial(_cases, known=rows)))
    return QuestionSet(
        name="multihop",
        cases=cases,
        sha256=hash_of_tables((facts, queries)),
        problems=(*problems, *broken),
        articles=lambda work: write_rows(work / "multihop.jsonl", rows.values()),
        are_pages=False,
    )


def _article(row: Row) -> Row:
    """A fact as an article; its title is completed by what the questions call it by."""
    published = as_moment(row.get("published_at"))
    origin = ", ".join(part for part in (text_of(row, "source"), day(published)) if part)
    return {
        "id": text_of(row, "id"),
        "title": f"{text_of(row, 'title')} ({origin})",
        "authors": row.get("author"),
        "publisher": row["source"],
        "published": row.get("published_at"),
        "url": row.get("url"),
        "text": text_of(row, "fact"),
    }


def _cases(row: Row, known: Container[str]) -> Iterator[Case]:
    kind, answer = text_of(row, "type"), text_of(row, "answer")
    asked = {"id": text_of(row, "id"), "question": text_of(row, "question")}
    if kind == UNANSWERABLE:
        yield parse_case({**asked, "answerable": False, "tags": [kind]})
        return
    facts = as_stored((text_of(each, "fact_id") for each in rows_in(row, "evidence")), known, "evidence")
    if not facts:
        raise BadInput("evidence: a question that is not a null_query has some")
    verdict = answer.strip(" .").casefold() in VERDICTS
    yield parse_case({
        **asked,
        "gold_articles": [[fact] for fact in facts],
        "answers": [] if verdict else [answer],
        "tags": [kind, "verdict"] if verdict else [kind],
    })  # fmt: skip
