"""Figures over results: a measure is a function of a table of scores, and the bootstrap says how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.results import Figure, Result

Column = NDArray[np.float64]
Table = Mapping[str, Column]
"""A column a score, a row a result; NaN where a score doesn't apply."""

RESAMPLES = 1000
SEED = 13


@dataclass(frozen=True)
class Measure:
    """A figure's name, the group it is shown in, and how it comes out of a table; `None` when it applies to no row.

    `needs` are the columns it reads; a row counts towards its `n` when it has all of them.
    """

    name: str
    group: str
    of: Callable[[Table], float | None]
    needs: tuple[str, ...]
    better: str = "higher"


def mean_of(score: str, group: str, *, name: str | None = None, better: str = "higher") -> Measure:
    """The mean of a score over the rows that have it."""

    def mean(table: Table) -> float | None:
        values = present(table, score)
        return float(values.mean()) if values.size else None

    return Measure(name or score, group, mean, (score,), better)


def percentile_of(score: str, percent: float, group: str, *, name: str) -> Measure:
    """A percentile of a score over the rows that have it (linear between neighbours); lower is better."""

    def percentile(table: Table) -> float | None:
        values = present(table, score)
        return float(np.percentile(values, percent)) if values.size else None

    return Measure(name, group, percentile, (score,), "lower")


def within(marked: str, measure: Measure, *, named: str, group: str) -> Measure:
    """A measure over the rows that have a value in the column `marked`; `None` where there is none."""

    def of(table: Table) -> float | None:
        if not present(table, marked).size:
            return None
        own = {name: table[name] for name in measure.needs if name in table}
        return measure.of(chosen(own, (table[marked] == table[marked]).nonzero()[0]))

    return Measure(f"{measure.name}, {named}", group, of, (*measure.needs, marked), measure.better)


def present(table: Table, *scores: str) -> NDArray[np.float64]:
    """The rows that have all these scores: (rows,) for one score, (rows, scores) for several."""
    if any(score not in table for score in scores):
        return np.zeros((0,) if len(scores) == 1 else (0, len(scores)))
    rows = np.stack([table[score] for score in scores], axis=1)
    rows = rows[~np.isnan(rows).any(axis=1)]
    return rows[:, 0] if len(scores) == 1 else rows


def table_of(results: Sequence[Result]) -> Table:
    """The scores of results as columns; seconds become columns named `seconds <stage>`."""
    rows = [{**r.scores, **{f"seconds {stage}": s for stage, s in r.seconds.items()}} for r in results]
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: np.asarray([_number(row.get(name)) for row in rows], dtype=np.float64) for name in names}


def figures_of(results: Sequence[Result], measures: Sequence[Measure]) -> tuple[Figure, ...]:
    """Every measure over the results; those that apply to no result are left out."""
    table = table_of(results)
    figures = (figure_of(table, measure) for measure in measures)
    return tuple(figure for figure in figures if figure.value is not None)


def figure_of(table: Table, measure: Measure) -> Figure:
    """A measure with its 95 % interval: the percentile bootstrap over rows (Efron & Tibshirani 1993, ch. 13).

    The same table gives the same interval: the resampling is seeded. A resample to which the measure doesn't apply is
    left out; the interval is the value alone when there is only one row.
    """
    value = measure.of(table)
    n = len(present(table, *measure.needs))
    if value is None:
        return Figure(measure.name, measure.group, None, None, None, n, measure.better)
    own = {name: table[name] for name in measure.needs if name in table}
    rows = len(next(iter(own.values())))
    random = np.random.default_rng(SEED)
    again = (measure.of(chosen(own, random.integers(0, rows, rows))) for _ in range(RESAMPLES))
    values = [v for v in again if v is not None]
    low, high = np.percentile(values, [2.5, 97.5]) if values else (value, value)
    return Figure(measure.name, measure.group, value, float(low), float(high), n, measure.better)


def chosen(table: Table, rows: NDArray[np.int64]) -> Table:
    """The rows of a table, in that order."""
    return {name: column[rows] for name, column in table.items()}


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)
