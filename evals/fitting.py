"""Two small fits: which of several to choose, and the odds of something. Both are linear, and return their weights."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from qa.matching import Numbers

SHRINKAGE = 0.003
"""What the square of a weight costs, for features brought to the same spread."""


def fit_choice(
    rows: Sequence[NDArray[Any]], wanted: Sequence[NDArray[np.bool_]], weights: Numbers, names: Sequence[str]
) -> dict[str, Any]:
    """Scores by which the wanted rows of each group get the largest share of the sum of e to the power of the scores.

    One array of rows, of which at least one is wanted, and one weight a group.
    """
    every, mean, spread = _levelled(np.concatenate(rows))
    right = np.concatenate(wanted).astype(np.float64)
    sizes = [len(own) for own in rows]
    group = np.repeat(np.arange(len(rows)), sizes)
    starts = np.cumsum([0, *sizes[:-1]])
    weights = weights / weights.sum()

    def loss(by: Numbers) -> tuple[float, Numbers]:
        scores = every @ by
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        total = np.add.reduceat(powers, starts)
        hit = np.add.reduceat(powers * right, starts) + 1e-12
        value = -(weights * np.log(hit / total)).sum() + SHRINKAGE * (by**2).sum()
        pull = (powers / total[group] - powers * right / hit[group]) * weights[group]
        return float(value), every.T @ pull + 2 * SHRINKAGE * by

    return _told(_least(loss, [(None, None)] * len(names)), mean, spread, names)


def fit_odds(
    rows: NDArray[Any],
    true: NDArray[np.bool_],
    weights: Numbers,
    names: Sequence[str],
    never_below_zero: Collection[str] = (),
) -> dict[str, Any]:
    """A logistic regression in which some features may only count in favour, one weight a row."""
    every, mean, spread = _levelled(rows)
    every = np.column_stack([every, np.ones(len(every))])
    weights = weights / weights.sum()

    def loss(by: Numbers) -> tuple[float, Numbers]:
        odds = every @ by
        value = (weights * np.logaddexp(0, np.where(true, -odds, odds))).sum()
        pull = every.T @ (weights * (1 / (1 + np.exp(-odds)) - true))
        shrunk = np.append(by[:-1], 0.0)
        return float(value + SHRINKAGE * (shrunk**2).sum()), pull + 2 * SHRINKAGE * shrunk

    bounds = [(0.0 if name in never_below_zero else None, None) for name in names]
    found = _least(loss, [*bounds, (None, None)])
    told = _told(found[:-1], mean, spread, names)
    return {**told, "bias": round(told["bias"] + float(found[-1]), 4)}


def _levelled(rows: NDArray[Any]) -> tuple[Numbers, Numbers, Numbers]:
    """Rows with mean 0 and spread 1 in every column, and what the means and spreads were."""
    every = rows.astype(np.float64)
    mean, spread = every.mean(axis=0), every.std(axis=0) + 1e-9
    return (every - mean) / spread, mean, spread


def _least(loss: Callable[[Numbers], tuple[float, Numbers]], bounds: Sequence[tuple[float | None, None]]) -> Numbers:
    found = minimize(loss, np.zeros(len(bounds)), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500})
    return np.asarray(found.x, dtype=np.float64)


def _told(by: Numbers, mean: Numbers, spread: Numbers, names: Sequence[str]) -> dict[str, Any]:
    """Weights for the features as they are."""
    weights = np.where(np.abs(by) < 1e-6, 0.0, by / spread)
    named = {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True) if weight}
    return {"bias": round(float(-(mean * weights).sum()), 4), "weights": named}
