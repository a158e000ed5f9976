"""Whether it abstains when it should, and is as sure as it is right. Measures over a table: a row a case, 1 for yes.

Columns: `answerable`, `abstained`; `sure`, the probability said to be that of answering rightly; `right if answered`. A
row counts where it has all the columns that a measure reads.
"""

from __future__ import annotations

import math

import numpy as np

from evals.measures import Column, Table, present


def precision(table: Table) -> float | None:
    """The share of the abstentions that were on unanswerable cases; `None` when nothing abstained."""
    held, _, abstained = _counts(table)
    return held / abstained if abstained else None


def recall(table: Table) -> float | None:
    """The share of the unanswerable cases on which it abstained; `None` when there are none."""
    held, wanted, _ = _counts(table)
    return held / wanted if wanted else None


def f1(table: Table) -> float | None:
    """2TP / (2TP + FP + FN), an abstention being the positive; `None` when nothing abstained nor should have."""
    held, wanted, abstained = _counts(table)
    return 2 * held / (wanted + abstained) if wanted + abstained else None


def crag(answerable: bool, abstained: bool, right: float | None) -> float | None:
    """The score of CRAG (Yang et al. 2024) for one case: 1 for a right answer, 0 for an abstention, −1 for a wrong one.

    An answer to an unanswerable case is wrong, whatever `right` says; an answer is right from one half on. `None` when
    an answerable case is answered and nobody knows whether rightly.
    """
    if abstained:
        return 0.0
    if not answerable:
        return -1.0
    if right is None or math.isnan(right):
        return None
    return 1.0 if right >= 0.5 else -1.0


def risk_coverage(sure: Column, right: Column) -> list[list[float]]:
    """The risk–coverage curve (El-Yaniv & Wiener 2010): [coverage, risk] for answering only the surest cases.

    Coverage is the share of the cases answered, risk the share of those that are wrong. Cases that are equally sure are
    answered together, so that their order doesn't matter; the surest come first. Empty without cases.
    """
    sure, wrong = _by_falling_confidence(sure, right)
    last = np.flatnonzero(np.append(sure[1:] != sure[:-1], True)) if sure.size else np.zeros(0, dtype=np.int64)
    return [[float((k + 1) / sure.size), float(wrong[: k + 1].mean())] for k in last]


def area_under_risk(table: Table) -> float | None:
    """AURC (Geifman et al. 2019): the mean, over k = 1…n, of the risk of answering the k surest cases; lower is better.

    Among equally sure cases it is the expected value over their orders: each counts with their share of wrong ones.
    `None` without cases.
    """
    rows = present(table, "sure", "right if answered").reshape(-1, 2)
    sure, wrong = _by_falling_confidence(rows[:, 0], rows[:, 1])
    if not sure.size:
        return None
    _, group = np.unique(sure, return_inverse=True)
    expected = (np.bincount(group, wrong) / np.bincount(group))[group]
    return float((np.cumsum(expected) / np.arange(1, sure.size + 1)).mean())


def auroc(table: Table, sure: str = "sure", truth: str = "answerable") -> float | None:
    """The chance that a true case is surer than a false one, ties counting half (Hanley & McNeil 1982).

    `None` unless there are both true and false cases.
    """
    rows = present(table, sure, truth).reshape(-1, 2)
    true = rows[:, 1] > 0
    n = float(true.sum())
    if n in (0, len(rows)):
        return None
    # By ranks, ties sharing their mean rank: the bootstrap asks a thousand times, and roc_auc_score takes milliseconds.
    _, group, sizes = np.unique(rows[:, 0], return_inverse=True, return_counts=True)
    ranks = (np.cumsum(sizes) - (sizes - 1) / 2)[group]
    return float((ranks[true].sum() - n * (n + 1) / 2) / (n * (len(rows) - n)))


def reliability(sure: Column, right: Column, bins: int = 10) -> list[list[float]]:
    """[mean said, share true, n] of each bin that has cases; the bins part 0…1 evenly.

    A border belongs to the bin above it, 1 to the last. Empty without cases.
    """
    rows = _whole(sure, right)
    index = np.clip(np.floor(rows[:, 0] * bins), 0, bins - 1)
    filled = (rows[index == i] for i in range(bins))
    return [[float(bin_[:, 0].mean()), float(bin_[:, 1].mean()), float(len(bin_))] for bin_ in filled if len(bin_)]


def calibration_error(table: Table) -> float | None:
    """ECE (Naeini et al. 2015): how far said and true are apart in ten even bins, each weighed by its cases.

    `None` without cases.
    """
    rows = present(table, "sure", "right if answered").reshape(-1, 2)
    points = reliability(rows[:, 0], rows[:, 1])
    return sum(n * abs(said - true) for said, true, n in points) / len(rows) if points else None


def _counts(table: Table) -> tuple[float, float, float]:
    """How many cases are unanswerable and abstained on, unanswerable, abstained on."""
    rows = present(table, "answerable", "abstained").reshape(-1, 2)
    unanswerable, abstained = rows[:, 0] == 0, rows[:, 1] > 0
    return float((unanswerable & abstained).sum()), float(unanswerable.sum()), float(abstained.sum())


def _whole(sure: Column, right: Column) -> Column:
    rows = np.stack([sure, right], axis=1)
    return rows[~np.isnan(rows).any(axis=1)]


def _by_falling_confidence(sure: Column, right: Column) -> tuple[Column, Column]:
    """How sure, and how wrong, the surest first."""
    rows = _whole(sure, right)
    rows = rows[np.argsort(-rows[:, 0], kind="stable")]
    return rows[:, 0], 1.0 - rows[:, 1]
