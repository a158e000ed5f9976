"""Figures over results, with values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.measures import figure_of, figures_of, mean_of, percentile_of, present, table_of
from evals.results import Result

MEAN = mean_of("R@1", "retrieval")


def results(*scores: float | None) -> list[Result]:
    return [Result(str(n), scores={"R@1": score}) for n, score in enumerate(scores)]


def test_a_mean_leaves_out_where_a_score_does_not_apply() -> None:
    figure = figure_of(table_of(results(1.0, None, 0.0, 1.0)), MEAN)
    assert figure.value == pytest.approx(2 / 3)
    assert figure.n == 3


def test_without_a_row_there_is_no_figure() -> None:
    assert figures_of(results(None, None), [MEAN]) == ()
    assert figures_of([], [MEAN]) == ()
    assert figure_of(table_of(results(None)), MEAN).value is None


def test_the_interval_of_equal_scores_is_the_value_itself() -> None:
    figure = figure_of(table_of(results(0.5, 0.5, 0.5)), MEAN)
    assert (figure.low, figure.value, figure.high) == (0.5, 0.5, 0.5)


def test_the_interval_of_a_share_is_close_to_the_normal_one() -> None:
    figure = figure_of(table_of(results(*[1.0] * 50, *[0.0] * 50)), MEAN)
    # the standard error of a share of one half among 100 is 0.05; 1.96 of them on either side
    assert figure.low == pytest.approx(0.402, abs=0.02)
    assert figure.high == pytest.approx(0.598, abs=0.02)


def test_the_same_scores_give_the_same_interval() -> None:
    table = table_of(results(1.0, 0.0, 1.0, 0.25))
    assert figure_of(table, MEAN) == figure_of(table, MEAN)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_the_interval_lies_within_the_scores(scores: list[float]) -> None:
    figure = figure_of(table_of(results(*scores)), MEAN)
    assert figure.low is not None
    assert figure.high is not None
    assert min(scores) - 1e-9 <= figure.low <= figure.high <= max(scores) + 1e-9


def test_a_percentile_is_linear_between_neighbours() -> None:
    timed = [Result(str(n), seconds={"all": seconds}) for n, seconds in enumerate((1.0, 2.0, 3.0, 4.0))]
    median = figure_of(table_of(timed), percentile_of("seconds all", 50, "seconds", name="all, p50"))
    assert median.value == 2.5
    assert median.better == "lower"


def test_rows_need_all_of_the_scores_asked_for() -> None:
    table = {"a": np.asarray([1.0, np.nan, 3.0]), "b": np.asarray([1.0, 2.0, np.nan])}
    assert present(table, "a", "b").tolist() == [[1.0, 1.0]]
    assert present(table, "a", "c").shape == (0, 2)
