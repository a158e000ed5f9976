"""Follow-ups made to stand alone, examined against the way a person wrote them.

A folder has `canard.jsonl`, `cast.jsonl` or both, with `id`, `dataset`, `history` (the utterances before, earliest
first), `question` and `rewrite`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from evals.datasets.item_set import ItemSet, read_items
from evals.datasets.rows import Row, read_table, text_of
from evals.measures import Measure, Table, mean_of, within
from evals.results import Result
from evals.scores.rewriting import bleu_columns, bleu_statistics, corpus_bleu, token_f1, tokens
from qa.answer import Answer, Statement, Turn
from qa.errors import BadInput
from qa.question import stand_alone
from qa.types import Query

FAMILIES = ("canard", "cast")
USER_ONLY = frozenset({"cast2019", "cast2020"})
"""Datasets whose history has the user's utterances alone; in the others, user and system take turns."""

MOMENT = datetime(2026, 12, 31, tzinfo=UTC)
"""When the questions are asked: an answer has such a moment, but no rule of rewriting reads it."""

OURS = "ours"
COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A question, what was said before it, and how a person made it stand alone. Tags are the family and dataset."""

    id: str
    tags: tuple[str, ...]
    history: tuple[str, ...]
    question: str
    rewrite: str


def load_rewritings(folder: Path) -> ItemSet[Rewriting]:
    """The rewritings of a folder, broken lines in `problems`. Raises `BadInput` when there are none in it."""
    there = [family for family in FAMILIES if (folder / f"{family}.jsonl").is_file()]
    tables = [
        (read_table(folder, f"{family}.jsonl", "questions, the history before them and a rewrite"), family)
        for family in there or FAMILIES
    ]
    return read_items(*((table, partial(_rewriting, family=family)) for table, family in tables))


def turns_of(history: Sequence[str], *, user_only: bool) -> tuple[Turn, ...]:
    """A history as turns: each question as newsdesk understands it, what the system said as a statement.

    Unless they are the user's alone, utterances alternate, the user's first; a last one without a reply is a turn
    whose answer states nothing.
    """
    pairs = (
        [(said, "") for said in history] if user_only else list(zip(history[::2], [*history[1::2], ""], strict=False))
    )
    turns: tuple[Turn, ...] = ()
    for question, reply in pairs:
        statements = (Statement(reply, 1.0, ()),) if reply else ()
        turns = (*turns, Turn(question, Answer(Query(stand_alone(question, turns), MOMENT), statements)))
    return turns


def examine_rewriting(item: Rewriting) -> Result:
    """Make a question stand alone, and score that and the question as it was against the person's rewrite."""
    user_only = not USER_ONLY.isdisjoint(item.tags)
    understood = stand_alone(item.question, turns_of(item.history, user_only=user_only))
    changed = tokens(understood) != tokens(item.question)
    needed = tokens(item.rewrite) != tokens(item.question)
    scores: dict[str, float | None] = {
        **{f"of {family}": 1.0 for family in FAMILIES if family in item.tags},
        **bleu_statistics(OURS, understood, item.rewrite),
        **bleu_statistics(COPIED, item.question, item.rewrite),
        "token F1": token_f1(understood, item.rewrite),
        "copied token F1": token_f1(item.question, item.rewrite),
        "same as a person's": float(tokens(understood) == tokens(item.rewrite)),
        "changed": float(changed),
        "changed by a person": float(needed),
    }
    shown = {
        "question": item.question, "turns": list(item.history), "understood": understood, "gold": item.rewrite
    }  # fmt: skip
    return Result(item.id, item.tags, scores, {}, _wrong(changed, needed), shown)


def gained(table: Table) -> float | None:
    """By how much our corpus BLEU exceeds that of the questions as they were."""
    ours, copied = corpus_bleu(OURS)(table), corpus_bleu(COPIED)(table)
    return None if ours is None or copied is None else ours - copied


ALL = "rewriting"
OVER_ALL: tuple[Measure, ...] = (
    Measure("BLEU-4", ALL, corpus_bleu(OURS), bleu_columns(OURS)),
    Measure("BLEU-4 of copying", ALL, corpus_bleu(COPIED), bleu_columns(COPIED), ""),
    Measure("BLEU-4 gained", ALL, gained, (*bleu_columns(OURS), *bleu_columns(COPIED))),
    mean_of("token F1", ALL),
    mean_of("copied token F1", ALL, name="token F1 of copying", better=""),
    mean_of("same as a person's", ALL),
    mean_of("changed", ALL, better=""),
    mean_of("changed by a person", ALL, better=""),
)

REWRITING_MEASURES: tuple[Measure, ...] = tuple(
    within(f"of {family}", measure, named=family, group=family) for family in FAMILIES for measure in OVER_ALL
)
"""The figures over rewritings, for each family by itself: their dialogues differ too much to be averaged."""


def _rewriting(row: Row, family: str) -> Rewriting:
    history = row.get("history")
    if not isinstance(history, list) or not all(isinstance(said, str) for said in history):
        raise BadInput("history: it has to be a list of texts")
    return Rewriting(
        id=text_of(row, "id"),
        tags=(family, text_of(row, "dataset")),
        history=tuple(history),
        question=text_of(row, "question"),
        rewrite=text_of(row, "rewrite"),
    )


def _wrong(changed: bool, needed: bool) -> tuple[str, ...]:
    if needed and not changed:
        return ("left as it is, though it needs what was said before",)
    if changed and not needed:
        return ("rewritten, though it stands alone",)
    return ()
