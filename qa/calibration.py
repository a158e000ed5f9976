"""The two small logistic models behind reading: which sentence answers, and whether it does.

Their coefficients lie beside this file in `calibration.json`, written by `python -m evals.calibrate DATA`, which says
there on what they were fitted and how well they did on questions that were held out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.embedder import Vectors
from qa.features import NAMES

FILE = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True)
class Logistic:
    """A logistic regression over `features.NAMES`."""

    weights: NDArray[np.float64]
    bias: float

    def __call__(self, rows: Vectors) -> NDArray[np.float64]:
        """The probability of each row: (n, len(NAMES)) to (n,)."""
        return np.asarray(1.0 / (1.0 + np.exp(-(rows @ self.weights + self.bias))), dtype=np.float64)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Logistic:
        """From `{"bias": …, "weights": {feature: …}}`; a feature that is not named has no weight."""
        return cls(np.asarray([data["weights"].get(name, 0.0) for name in NAMES]), float(data["bias"]))


@dataclass(frozen=True)
class Calibration:
    """`rank` orders sentences; `answer` is the probability that the best one really answers."""

    rank: Logistic
    answer: Logistic


def load_calibration(path: Path = FILE) -> Calibration:
    """The calibration in a file of the form that `evals.calibrate` writes."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Calibration(Logistic.from_json(data["rank"]), Logistic.from_json(data["answer"]))
