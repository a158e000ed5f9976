"""Scores of a support check as a classifier: claims that their evidence supports against all others."""

from __future__ import annotations

from collections.abc import Callable

from evals.measures import Table, present
from evals.scores.abstention import auroc

SUPPORT_COLUMNS = ("support", "supported")


def support_auroc(table: Table) -> float | None:
    """The chance that a supported claim is given more support than another one, ties counting half.

    `None` unless there are claims of both kinds.
    """
    return auroc(table, *SUPPORT_COLUMNS)


def balanced_accuracy(threshold: float) -> Callable[[Table], float | None]:
    """The mean of the share of the supported claims, and of the others, that are told right (Brodersen et al. 2010).

    A support of at least `threshold` says supported. `None` unless there are claims of both kinds.
    """

    def balanced(table: Table) -> float | None:
        tp, fp, fn, tn = _counts(table, threshold)
        if not tp + fn or not fp + tn:
            return None
        return (tp / (tp + fn) + tn / (fp + tn)) / 2

    return balanced


def supported_f1(threshold: float) -> Callable[[Table], float | None]:
    """F1 of finding the supported claims: 2TP / (2TP + FP + FN). A support of at least `threshold` says supported.

    0 when claims are supported and none of them is found; `None` when no claim is supported.
    """

    def f1(table: Table) -> float | None:
        tp, fp, fn, _ = _counts(table, threshold)
        return 2 * tp / (2 * tp + fp + fn) if tp + fn else None

    return f1


def _counts(table: Table, threshold: float) -> tuple[int, int, int, int]:
    """True and false positives, false and true negatives."""
    support, supported = present(table, *SUPPORT_COLUMNS).T
    said, true = support >= threshold, supported > 0
    return int((said & true).sum()), int((said & ~true).sum()), int((~said & true).sum()), int((~said & ~true).sum())
