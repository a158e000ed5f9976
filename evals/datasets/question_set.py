"""A question set: cases, and the articles that they are asked of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evals.cases import Case, why
from evals.datasets.rows import Row, Table
from qa.errors import BadInput

Reader = Callable[[Row], Iterable[Case]]
"""The cases of a row, none for one that isn't asked; raises `BadInput` for one that can't be used."""


@dataclass(frozen=True)
class QuestionSet:
    """Cases and the articles they are asked of.

    `sha256` is of the files read, in the order that the adapter states (see `hash_of_tables`); `problems` are one line
    each, for rows that can't be used. `articles` is given a folder to write to and returns what is to be stored: for a
    public set a JSONL file, whose ids are those of the cases' `gold_articles`; it is `None` where the cases are about
    articles that are stored already. Where `are_pages` is false, they are passages and single sentences, some of them
    shorter than ingest takes an article to be; `store` stores either kind.
    """

    name: str
    cases: tuple[Case, ...]
    sha256: str
    problems: tuple[str, ...]
    articles: Callable[[Path], Path] | None = None
    are_pages: bool = True

    def limited(self, limit: int | None) -> QuestionSet:
        """The set with at most `limit` of its cases, chosen by `sample`."""
        return replace(self, cases=sample(self.cases, limit))


def sample(cases: Sequence[Case], limit: int | None) -> tuple[Case, ...]:
    """The cases whose ids have the lowest SHA-256, `limit` of them, in the order they had; all of them for `None`.

    So it is the same sample each time, and a larger one holds every smaller one. Raises `BadInput` for less than one.
    """
    if limit is None:
        return tuple(cases)
    if limit < 1:
        raise BadInput(f"A sample of {limit} cases is none. Give a number from 1.")
    chosen = {case.id for case in sorted(cases, key=_by_hash)[:limit]}
    return tuple(case for case in cases if case.id in chosen)


def read_cases_of(*read: tuple[Table, Reader]) -> tuple[tuple[Case, ...], tuple[str, ...]]:
    """The cases of tables, each with its reader, and what is wrong with their lines.

    Of two cases with one id, the first is kept. Raises `BadInput` when there is no case at all.
    """
    cases: dict[str, Case] = {}
    problems: list[str] = []
    for table, reader in read:
        problems += table.problems
        for line, row in table.rows:
            try:
                _take(reader(row), cases)
            except BadInput as error:
                problems.append(table.at(line, why(error)))
    if not cases:
        names = " or ".join(table.name for table, _ in read)
        raise BadInput(f"No question of {names} can be asked{': ' + problems[0] if problems else '; is it empty?'}")
    return tuple(cases.values()), tuple(problems)


def _take(found: Iterable[Case], cases: dict[str, Case]) -> None:
    for case in found:
        if case.id in cases:
            raise BadInput(f"the id {case.id!r} is taken")
        cases[case.id] = case


def _by_hash(case: Case) -> str:
    return hashlib.sha256(case.id.encode("utf-8")).hexdigest()
