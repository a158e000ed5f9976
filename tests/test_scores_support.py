from __future__ import annotations

import numpy as np
import pytest

from evals.measures import Table
from evals.scores.support import balanced_accuracy, support_auroc, supported_f1


def table(supported: list[float], others: list[float]) -> Table:
    truth = [1.0] * len(supported) + [0.0] * len(others)
    return {"support": np.asarray([*supported, *others]), "supported": np.asarray(truth)}


def test_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    # .9 and .5 against .5 and .1: of four pairs three are right and one is a tie
    assert support_auroc(table([0.9, 0.5], [0.5, 0.1])) == pytest.approx(3.5 / 4)


def test_balanced_accuracy_weighs_both_kinds_alike() -> None:
    # 1 of 2 supported and 3 of 4 others are told right
    assert balanced_accuracy(0.5)(table([0.9, 0.4], [0.6, 0.1, 0.2, 0.3])) == pytest.approx((1 / 2 + 3 / 4) / 2)


def test_a_support_at_the_threshold_says_supported() -> None:
    assert balanced_accuracy(0.5)(table([0.5], [0.49])) == 1.0


def test_f1_is_of_the_supported_claims() -> None:
    # 1 found rightly, 1 wrongly, 1 missed: 2 / (2 + 1 + 1)
    assert supported_f1(0.5)(table([0.9, 0.4], [0.6, 0.1])) == pytest.approx(1 / 2)


def test_a_check_that_is_wrong_throughout_scores_zero() -> None:
    perverse = table([0.1, 0.2], [0.8, 0.9])
    assert (support_auroc(perverse), balanced_accuracy(0.5)(perverse), supported_f1(0.5)(perverse)) == (0.0, 0.0, 0.0)


def test_a_check_that_says_the_same_of_all_is_worth_a_coin() -> None:
    blind = table([1.0, 1.0], [1.0, 1.0])
    assert (support_auroc(blind), balanced_accuracy(0.5)(blind)) == (0.5, 0.5)
    assert supported_f1(0.5)(blind) == pytest.approx(2 / 3)  # precision 1/2, recall 1


@pytest.mark.parametrize("one_kind", [table([], []), table([0.9], []), table([], [0.9])])
def test_telling_apart_needs_claims_of_both_kinds(one_kind: Table) -> None:
    assert support_auroc(one_kind) is None
    assert balanced_accuracy(0.5)(one_kind) is None


def test_f1_needs_a_supported_claim() -> None:
    assert supported_f1(0.5)(table([], [0.9])) is None
    assert supported_f1(0.5)(table([0.9], [])) == 1.0
    assert supported_f1(0.5)({}) is None


def test_a_row_without_support_does_not_count() -> None:
    assert balanced_accuracy(0.5)(table([0.9, float("nan")], [0.1])) == 1.0
