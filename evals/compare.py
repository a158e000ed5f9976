"""Two evaluations of the same cases: which figures moved, whether by more than chance, and which cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evals.measures import SEED, Measure, Table, present, table_of
from evals.results import Evaluation, Result, Run

SHUFFLES = 2000


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before and after, over the cases that both have, and the p-value of a paired randomisation test."""

    name: str
    group: str
    before: float
    after: float
    p: float
    n: int
    better: str

    @property
    def gain(self) -> float:
        """By how much it got better; negative when it got worse."""
        return (self.before - self.after) if self.better == "lower" else (self.after - self.before)


@dataclass(frozen=True, slots=True)
class Moved:
    """A case that went otherwise: what was wrong before, and after."""

    case_id: str
    question: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two runs. `cases` is how many both have; `alone` how many only one of them has."""

    before: str
    after: str
    changes: tuple[Change, ...]
    better: tuple[Moved, ...]
    worse: tuple[Moved, ...]
    other: tuple[Moved, ...]
    cases: int
    alone: int

    def to_json(self) -> dict[str, Any]:
        """The comparison as values that `json.dumps` takes."""
        from dataclasses import asdict

        return asdict(self)


def pairs(before: Evaluation, after: Evaluation) -> list[tuple[Run, Run]]:
    """The runs to be compared: those of the same name; the first of each where no name is in both."""
    by_name = {run.name: run for run in before.runs}
    same = [(by_name[run.name], run) for run in after.runs if run.name in by_name]
    return same or [(before.runs[0], after.runs[0])] if before.runs and after.runs else []


def compare(before: Run, after: Run, measures: Sequence[Measure]) -> Comparison:
    """What changed from one run to another, over the cases that went without an error in both."""
    first, second = ({r.case_id: r for r in run.results if r.error is None} for run in (before, after))
    ids = [i for i in first if i in second]
    old, new = [first[i] for i in ids], [second[i] for i in ids]
    moved = [_moved(a, b) for a, b in zip(old, new, strict=True) if a.wrong != b.wrong]
    return Comparison(
        before.name,
        after.name,
        changes_of(old, new, measures),
        tuple(m for m in moved if len(m.after) < len(m.before)),
        tuple(m for m in moved if len(m.after) > len(m.before)),
        tuple(m for m in moved if len(m.after) == len(m.before)),
        len(ids),
        len(first.keys() ^ second.keys()),
    )


def changes_of(old: Sequence[Result], new: Sequence[Result], measures: Sequence[Measure]) -> tuple[Change, ...]:
    """Each measure that applies to both, before and after."""
    before, after = aligned(table_of(old), table_of(new))
    changes = []
    for measure in measures:
        values = measure.of(before), measure.of(after)
        if values[0] is not None and values[1] is not None:
            n = len(present(after, *measure.needs))
            p = p_value(before, after, measure)
            changes.append(Change(measure.name, measure.group, values[0], values[1], p, n, measure.better))
    return tuple(changes)


def p_value(before: Table, after: Table, measure: Measure) -> float:
    """How often a difference at least as large comes by chance, two-sided.

    Approximate randomisation (Noreen 1989; for system comparison: Yeh 2000): the two results of each case are swapped
    at random, and the figure taken again; (r + 1) / (shuffles + 1), seeded.
    """
    seen = _difference(before, after, measure)
    if not seen:
        return 1.0
    rows = len(next(iter(after.values())))
    random = np.random.default_rng(SEED)
    larger = 0
    for _ in range(SHUFFLES):
        swap = random.random(rows) < 0.5
        one = {name: np.where(swap, after[name], before[name]) for name in measure.needs}
        two = {name: np.where(swap, before[name], after[name]) for name in measure.needs}
        larger += abs(_difference(one, two, measure)) >= abs(seen) - 1e-12
    return (larger + 1) / (SHUFFLES + 1)


def aligned(before: Table, after: Table) -> tuple[Table, Table]:
    """Both tables with the columns of both; what one of them lacks is NaN throughout."""
    names = dict.fromkeys([*before, *after])
    rows = max((len(column) for column in (*before.values(), *after.values())), default=0)
    nothing = np.full(rows, np.nan)
    return {n: before.get(n, nothing) for n in names}, {n: after.get(n, nothing) for n in names}


def _difference(before: Table, after: Table, measure: Measure) -> float:
    one, two = measure.of(before), measure.of(after)
    return 0.0 if one is None or two is None else two - one


def _moved(before: Result, after: Result) -> Moved:
    return Moved(after.case_id, named(after.shown), before.wrong, after.wrong)


def named(shown: Mapping[str, Any]) -> str:
    """What a case is called when it is listed: its question, claim, title or address."""
    return next((str(shown[key]) for key in ("question", "claim", "title", "url") if shown.get(key)), "")
