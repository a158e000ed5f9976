"""The gate: figures and their bounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.gate import failures, read_gate
from evals.question_measures import QUESTION_MEASURES
from evals.results import Figure, Run
from qa.errors import BadInput

RUN = Run(
    "hybrid",
    (
        Figure("R@1", "retrieval", 0.8, 0.7, 0.9, 10),
        Figure("calibration error", "abstention", 0.2, 0.1, 0.3, 10, "lower"),
    ),
    (),
)


def test_a_figure_at_its_bound_passes() -> None:
    assert failures(RUN, {"R@1": 0.8, "calibration error": 0.2}) == ()


def test_a_figure_below_its_floor_fails() -> None:
    assert failures(RUN, {"R@1": 0.81}) == ("R@1 is 0.8000, below 0.81",)


def test_a_figure_above_its_ceiling_fails_where_lower_is_better() -> None:
    assert failures(RUN, {"calibration error": 0.19}) == ("calibration error is 0.2000, above 0.19",)


def test_a_figure_that_is_not_there_fails_and_those_that_are_get_named() -> None:
    (line,) = failures(RUN, {"R@2": 0.1})
    assert "R@2" in line
    assert "calibration error" in line


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"R@1": "high"}', '{"R@1": true}', '{"R@1": NaN}'])
def test_what_is_no_gate_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "gate.json").write_text(text)
    with pytest.raises(BadInput, match=r"gate\.json"):
        read_gate(tmp_path / "gate.json")


def test_a_gate_is_read(tmp_path: Path) -> None:
    (tmp_path / "gate.json").write_text('{"R@1": 1, "MRR@10": 0.5}')
    assert read_gate(tmp_path / "gate.json") == {"R@1": 1.0, "MRR@10": 0.5}


def test_the_committed_gate_names_figures_that_there_are() -> None:
    gate = read_gate(Path(__file__).parents[1] / "evals" / "gate.json")
    assert gate.keys() <= {measure.name for measure in QUESTION_MEASURES}
    assert gate["quote exactness"] == 1.0
