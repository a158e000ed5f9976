"""Two evaluations of the same cases, with values worked out by hand."""

from __future__ import annotations

import pytest

from evals.compare import compare, p_value, pairs
from evals.measures import Measure, mean_of, percentile_of, table_of
from evals.results import Evaluation, Result, Run

RIGHT = mean_of("right", "answers")
SLOW = percentile_of("seconds all", 50, "seconds", name="all, p50")


def run_of(*scores: float | None, name: str = "hybrid", first: int = 0) -> Run:
    results = [
        Result(str(n), scores={"right": score}, wrong=() if score else ("wrong",), shown={"question": f"Question {n}?"})
        for n, score in enumerate(scores, start=first)
    ]
    return Run(name, (), tuple(results))


def test_nothing_changed_is_certain_to_come_by_chance() -> None:
    comparison = compare(run_of(1, 0, 1), run_of(1, 0, 1), [RIGHT])
    assert comparison.changes[0].p == 1.0
    assert (comparison.better, comparison.worse, comparison.other) == ((), (), ())


def test_what_got_better_and_worse_is_told_case_by_case() -> None:
    comparison = compare(run_of(1, 0, 0), run_of(0, 1, 1), [RIGHT])
    assert [moved.question for moved in comparison.worse] == ["Question 0?"]
    assert [moved.case_id for moved in comparison.better] == ["1", "2"]
    assert comparison.changes[0].gain == pytest.approx(1 / 3)


def test_a_difference_in_all_of_ten_cases_is_hardly_chance() -> None:
    # Of 2^10 ways to swap, two give a difference as large: p = 2/1024, about 0.002.
    before, after = table_of(run_of(*[0] * 10).results), table_of(run_of(*[1] * 10).results)
    assert p_value(before, after, RIGHT) == pytest.approx(0.002, abs=0.003)


def test_a_difference_in_one_of_ten_cases_is_chance() -> None:
    # Swapped or not, the difference is as large each time.
    before, after = table_of(run_of(*[0] * 10).results), table_of(run_of(1, *[0] * 9).results)
    assert p_value(before, after, RIGHT) == 1.0


def test_only_cases_of_both_are_compared_and_the_others_counted() -> None:
    comparison = compare(run_of(0, 1, 1), run_of(1, 1, 1, first=1), [RIGHT])
    assert (comparison.cases, comparison.alone) == (2, 2)
    assert comparison.changes[0].before == comparison.changes[0].after == 1.0


def test_a_case_that_failed_in_one_is_not_compared() -> None:
    failed = Run("hybrid", (), (Result("0", error="RuntimeError: no"), *run_of(1, first=1).results))
    assert compare(run_of(1, 1), failed, [RIGHT]).cases == 1


def test_less_is_better_where_a_measure_says_so() -> None:
    quick, slow = (Run("hybrid", (), (Result("0", seconds={"all": s}),)) for s in (1.0, 2.0))
    assert compare(quick, slow, [SLOW]).changes[0].gain == -1.0


def test_a_measure_that_only_one_has_is_left_out() -> None:
    bare = Run("hybrid", (), (Result("0"),))
    assert compare(bare, run_of(1), [RIGHT]).changes == ()


def test_a_measure_over_several_scores_is_swapped_as_a_whole() -> None:
    both = Measure("both", "answers", lambda t: float((t["a"] * t["b"]).mean()), ("a", "b"))
    one, two = ([Result("0", scores={"a": x, "b": x})] for x in (0.0, 1.0))
    assert p_value(table_of(one), table_of(two), both) == 1.0  # one case: swapped or not, the difference is 1


def test_runs_of_the_same_name_are_compared_else_the_first_of_each() -> None:
    old = Evaluation("cases", (run_of(1, name="dense"), run_of(1, name="hybrid")))
    new = Evaluation("cases", (run_of(1, name="hybrid"),))
    other = Evaluation("cases", (run_of(1, name="lexical"),))
    assert [(a.name, b.name) for a, b in pairs(old, new)] == [("hybrid", "hybrid")]
    assert [(a.name, b.name) for a, b in pairs(old, other)] == [("dense", "lexical")]
    assert pairs(old, Evaluation("cases", ())) == []
