"""A results file goes both ways without loss, and what is none is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.results import Evaluation, Figure, Result, Run, load, save
from evals.task import Task, run
from qa.errors import BadInput

EVALUATION = Evaluation(
    dataset="cases",
    runs=(
        Run(
            "hybrid",
            (Figure("R@1", "retrieval", 0.5, 0.0, 1.0, 2),),
            (
                Result("a", ("fact",), {"R@1": 1.0, "token F1": None}, {"all": 0.2}, ("slow",), {"question": "Wo?"}),
                Result("b", error="RuntimeError: no"),
            ),
            {"risk_coverage": [[0.5, 0.0], [1.0, 0.5]]},
        ),
    ),
    cases={"name": "cases.jsonl", "sha256": "0" * 64, "count": 2},
    settings={"passages_read": 5},
    versions={"python": "3.11"},
    commit="abc",
    made="2022-11-07T00:00:00+00:00",
    seconds=1.5,
    problems=("cases.jsonl:3: broken",),
)


def test_what_is_saved_is_loaded_again(tmp_path: Path) -> None:
    save(EVALUATION, tmp_path / "deep" / "results.json")
    assert load(tmp_path / "deep" / "results.json") == EVALUATION


def test_the_file_counts_the_errors(tmp_path: Path) -> None:
    save(EVALUATION, tmp_path / "results.json")
    assert json.loads((tmp_path / "results.json").read_text())["errors"] == 1


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"form": 0, "runs": []}', '{"form": 1, "runs": [{}]}', '{"form": 1, "runs": 3}']
)
def test_another_file_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "other.json").write_text(text)
    with pytest.raises(BadInput, match=r"other\.json"):
        load(tmp_path / "other.json")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none\.json"):
        load(tmp_path / "none.json")


class Number:
    def __init__(self, value: int) -> None:
        self.id, self.tags, self.value = str(value), ("number",), value


def test_an_item_that_fails_becomes_an_error_and_the_rest_goes_on() -> None:
    task = Task("inverse", [Number(2), Number(0), Number(4)], lambda n: Result(n.id, scores={"x": 1 / n.value}), [])
    made = run(task)
    assert [result.scores.get("x") for result in made.results] == [0.5, None, 0.25]
    assert made.results[1].error == "ZeroDivisionError: division by zero"
    assert made.results[1].tags == ("number",)
