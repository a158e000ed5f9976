"""The small models behind reading: which sentence answers, and whether it does.

Their coefficients lie beside this file in `calibration.json`, written by `python -m evals.calibrate DATA`, which says
there on what they were fitted and how well they did on questions that were held out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.features import NAMES
from qa.sureness import WHOLE

FILE = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True)
class Linear:
    """A weighted sum of features."""

    weights: NDArray[np.float64]
    bias: float

    def __call__(self, rows: NDArray[Any]) -> NDArray[np.float64]:
        """The sum for each row: (n, features) to (n,)."""
        return np.asarray(rows.astype(np.float64) @ self.weights + self.bias, dtype=np.float64)

    @classmethod
    def from_json(cls, data: Mapping[str, Any], names: Sequence[str]) -> Linear:
        """From `{"bias": …, "weights": {feature: …}}`; a feature that is not named has no weight."""
        return cls(np.asarray([data["weights"].get(name, 0.0) for name in names]), float(data["bias"]))


@dataclass(frozen=True)
class Calibration:
    """`rank` orders the sentences of a question: by its differences, one is e times likelier than another to answer.

    `answer` gives the log-odds that the best one does, with what stands beside it. `apart` are those two without what
    reading together tells: they choose what is read together, and serve where the embedder can't.
    """

    rank: Linear
    answer: Linear
    apart: Calibration | None = None

    def sure(self, whole: NDArray[np.float64]) -> float:
        """The probability that the best sentence answers, from the values of `sureness.WHOLE`."""
        return float(1.0 / (1.0 + np.exp(-self.answer(whole[None, :])[0])))


def load_calibration(path: Path = FILE) -> Calibration:
    """The calibration in a file of the form that `evals.calibrate` writes."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return replace(_from_json(data), apart=_from_json(data["apart"]))


def _from_json(data: Mapping[str, Any]) -> Calibration:
    return Calibration(Linear.from_json(data["rank"], NAMES), Linear.from_json(data["answer"], WHOLE))
