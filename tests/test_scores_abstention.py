from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from evals.measures import Column, Table
from evals.scores import abstention
from evals.scores.abstention import area_under_risk, auroc, calibration_error, crag, reliability, risk_coverage

NAN = float("nan")
PAIRS = st.lists(
    st.tuples(st.integers(0, 4).map(lambda n: n / 4), st.sampled_from([0.0, 1.0])), min_size=1, max_size=12
)


def column(*values: float) -> Column:
    return np.asarray(values, dtype=np.float64)


def sureness(*pairs: tuple[float, float]) -> Table:
    sure, right = zip(*pairs, strict=True) if pairs else ((), ())
    return {"sure": column(*sure), "right if answered": column(*right)}


def columns(table: Table) -> tuple[Column, Column]:
    return table["sure"], table["right if answered"]


def decisions(answerable: list[float], abstained: list[float]) -> Table:
    return {"answerable": column(*answerable), "abstained": column(*abstained)}


@pytest.mark.parametrize(
    ("table", "precision", "recall", "f1"),
    [
        # Two of three abstentions were due, two of four unanswerable cases were seen: 2 * 2 / (4 + 3).
        (decisions([0, 0, 0, 0, 1, 1], [1, 1, 0, 0, 1, 0]), 2 / 3, 1 / 2, 4 / 7),
        (decisions([0, 1], [1, 0]), 1.0, 1.0, 1.0),
        (decisions([0, 1], [0, 1]), 0.0, 0.0, 0.0),
        (decisions([1, 1], [1, 0]), 0.0, None, 0.0),
        (decisions([0, 1], [0, 0]), None, 0.0, 0.0),
        (decisions([1, 1], [0, 0]), None, None, None),
        (decisions([0, 0, NAN], [1, NAN, 1]), 1.0, 1.0, 1.0),  # only the first row has both
        (decisions([], []), None, None, None),
        ({"answerable": column(0, 1)}, None, None, None),
        ({}, None, None, None),
    ],
)
def test_abstaining_is_scored_as_a_search_for_the_unanswerable(
    table: Table, precision: float | None, recall: float | None, f1: float | None
) -> None:
    found = (abstention.precision(table), abstention.recall(table), abstention.f1(table))
    assert found == (precision, recall, f1)


@pytest.mark.parametrize(
    ("answerable", "abstained", "right", "score"),
    [
        (True, False, 1.0, 1.0),
        (True, False, 0.0, -1.0),
        (True, False, 0.5, 1.0),
        (True, False, 0.4, -1.0),
        (True, False, None, None),
        (True, False, NAN, None),
        (True, True, None, 0.0),
        (True, True, 1.0, 0.0),
        (False, True, None, 0.0),
        (False, False, None, -1.0),
        (False, False, 1.0, -1.0),
    ],
)
def test_crag_rewards_right_answers_and_punishes_wrong_ones(
    answerable: bool, abstained: bool, right: float | None, score: float | None
) -> None:
    assert crag(answerable, abstained, right) == score


def test_the_curve_answers_the_surest_first() -> None:
    curve = risk_coverage(column(0.2, 0.9, 0.5, 0.7), column(0, 1, 1, 0))
    assert curve == [[0.25, 0.0], [0.5, 0.5], [0.75, pytest.approx(1 / 3)], [1.0, 0.5]]


def test_the_curve_answers_ties_together_and_leaves_out_rows_with_gaps() -> None:
    curve = risk_coverage(column(0.5, 0.9, NAN, 0.5, 0.1), column(0, 1, 1, 1, NAN))
    assert curve == [[pytest.approx(1 / 3), 0.0], [1.0, pytest.approx(1 / 3)]]


def test_no_cases_make_no_curve() -> None:
    assert risk_coverage(column(), column()) == risk_coverage(column(NAN), column(1)) == []
    assert reliability(column(), column()) == reliability(column(NAN), column(1)) == []


@pytest.mark.parametrize(
    ("pairs", "area"),
    [
        ([(0.9, 1), (0.5, 0)], 1 / 4),  # risks 0, 1/2
        ([(0.5, 1), (0.9, 0)], 3 / 4),  # risks 1, 1/2
        ([(0.5, 1), (0.5, 0)], 1 / 2),  # either order, as likely: (1/4 + 3/4) / 2
        ([(0.9, 1), (0.5, 1), (0.5, 0)], 7 / 36),  # risks 0, (1/2) / 2, 1/3: (0 + 1/4 + 1/3) / 3
        ([(0.9, 1), (0.5, 1)], 0.0),
        ([(0.9, 0)], 1.0),
        ([(0.9, 1), (0.5, 0), (NAN, 0), (0.7, NAN)], 1 / 4),
        ([(NAN, NAN)], None),
        ([], None),
    ],
)
def test_the_area_is_the_mean_risk_over_all_coverages(pairs: list[tuple[float, float]], area: float | None) -> None:
    assert area_under_risk(sureness(*pairs)) == (None if area is None else pytest.approx(area))


def test_the_area_of_ties_is_the_mean_over_their_orders() -> None:
    ties, below = [1.0, 0.0, 0.0], (0.2, 1.0)
    orders = [[(0.9 - i / 100, right) for i, right in enumerate(order)] for order in itertools.permutations(ties)]
    areas = [area_under_risk(sureness(*order, below)) for order in orders]
    tied = area_under_risk(sureness(*((0.9, right) for right in ties), below))
    assert tied == pytest.approx(sum(area for area in areas if area is not None) / len(orders))


@given(PAIRS, st.data())
def test_the_order_of_the_rows_does_not_matter(pairs: list[tuple[float, float]], data: st.DataObject) -> None:
    one, other = sureness(*pairs), sureness(*data.draw(st.permutations(pairs)))
    assert area_under_risk(one) == area_under_risk(other)
    assert risk_coverage(*columns(one)) == risk_coverage(*columns(other))
    assert auroc(one, truth="right if answered") == auroc(other, truth="right if answered")
    assert calibration_error(one) == pytest.approx(calibration_error(other))


@given(PAIRS)
def test_curves_and_areas_lie_between_0_and_1_and_end_at_the_share_of_wrong_answers(
    pairs: list[tuple[float, float]],
) -> None:
    table = sureness(*pairs)
    curve, area, error = risk_coverage(*columns(table)), area_under_risk(table), calibration_error(table)
    assert curve[-1] == [1.0, pytest.approx(sum(1 - right for _, right in pairs) / len(pairs))]
    assert all(0.0 <= value <= 1.0 for point in curve for value in point)
    assert area is not None
    assert error is not None
    assert 0.0 <= area <= 1.0
    assert 0.0 <= error <= 1.0
    assert sum(n for _, _, n in reliability(*columns(table))) == len(pairs)


@pytest.mark.parametrize(
    ("sure", "answerable", "area"),
    [
        ([0.9, 0.8, 0.3, 0.1], [1, 1, 0, 0], 1.0),
        ([0.9, 0.3, 0.8, 0.1], [1, 1, 0, 0], 3 / 4),  # three of four pairs in order
        ([0.5, 0.5], [1, 0], 1 / 2),
        ([0.1, 0.9, NAN, 0.5], [1, 0, 1, NAN], 0.0),
        ([0.1, 0.9], [1, 1], None),
        ([0.1, 0.9], [0, 0], None),
        ([], [], None),
    ],
)
def test_auroc_is_the_share_of_pairs_in_order(sure: list[float], answerable: list[float], area: float | None) -> None:
    assert auroc({"sure": column(*sure), "answerable": column(*answerable)}) == area


@given(PAIRS.filter(lambda pairs: len({right for _, right in pairs}) == 2))
def test_auroc_is_that_of_scikit_learn(pairs: list[tuple[float, float]]) -> None:
    sure, right = columns(sureness(*pairs))
    assert auroc(sureness(*pairs), truth="right if answered") == pytest.approx(roc_auc_score(right, sure))


def test_auroc_reads_the_columns_it_is_told() -> None:
    table = {"said": column(0.2, 0.7), "true": column(0, 1)}
    assert (auroc(table, "said", "true"), auroc(table)) == (1.0, None)


def test_bins_state_what_was_said_and_what_was_true() -> None:
    points = reliability(column(0.12, 0.18, 0.95, 1.0, NAN, 0.3), column(0, 1, 1, 1, 1, NAN))
    assert points == [[pytest.approx(0.15), 0.5, 2.0], [pytest.approx(0.975), 1.0, 2.0]]


def test_a_border_belongs_to_the_bin_above_it_and_1_to_the_last() -> None:
    said = [point[0] for point in reliability(column(*(n / 10 for n in range(11))), column(*[1.0] * 11))]
    assert said == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.95])


def test_the_number_of_bins_can_be_chosen() -> None:
    assert reliability(column(0.1, 0.9), column(0, 1), bins=1) == [[0.5, 0.5, 2.0]]


@pytest.mark.parametrize(
    ("pairs", "error"),
    [
        # |0.15 - 0.5| for two of three cases, |0.9 - 1| for the third.
        ([(0.12, 0), (0.18, 1), (0.9, 1)], (2 * 0.35 + 0.1) / 3),
        ([(1.0, 1), (0.0, 0)], 0.0),
        ([(1.0, 0)], 1.0),
        ([(1.0, 0), (NAN, 1)], 1.0),
        ([(NAN, 1)], None),
        ([], None),
    ],
)
def test_the_calibration_error_weighs_bins_by_their_cases(
    pairs: list[tuple[float, float]], error: float | None
) -> None:
    assert calibration_error(sureness(*pairs)) == (None if error is None else pytest.approx(error))
