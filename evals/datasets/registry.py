"""Which question sets there are, by the name that a command takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from evals.datasets.mtragun import mtragun
from evals.datasets.multihop import multihop
from evals.datasets.question_set import QuestionSet
from evals.datasets.realtimeqa import realtimeqa
from evals.datasets.squad2 import squad2

QUESTION_SETS: Mapping[str, Callable[[Path], QuestionSet]] = MappingProxyType(
    {"realtimeqa": realtimeqa, "squad2": squad2, "multihop": multihop, "mtragun": mtragun}
)
"""The adapters: each is given a data folder, and raises `BadInput` when that is none of its kind."""
