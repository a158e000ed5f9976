from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scores.retrieval import ranking, retrieval_scores

NAMES = st.lists(st.sampled_from("abcdefghijklmnop"), max_size=14)
KEYS = ["R@1", "R@5", "RR@10", "nDCG@10"]


def test_copies_of_one_report_count_once_where_they_are_first_found() -> None:
    assert ranking(["y", "x", "z", "y"], {"x": "flood", "z": "flood"}) == ["y", "flood"]


def test_a_ranking_of_nothing_is_empty() -> None:
    assert ranking([], {"x": "flood"}) == []


def test_the_one_gold_article_at_the_second_place() -> None:
    # 1/2, and a gain discounted by log2(2 + 1) over the ideal one of 1
    scores = retrieval_scores(["x", "gold", "y"], ["gold"])
    assert scores == pytest.approx({"R@1": 0.0, "R@5": 1.0, "RR@10": 0.5, "nDCG@10": 1 / log2(3)})


def test_two_gold_articles_at_the_first_and_the_sixth_place() -> None:
    # nDCG: (1/log2(2) + 1/log2(7)) / (1/log2(2) + 1/log2(3))
    scores = retrieval_scores(["g", *"abcd", "h"], {"g", "h"})
    expected = {"R@1": 0.5, "R@5": 0.5, "RR@10": 1.0, "nDCG@10": (1 + 1 / log2(7)) / (1 + 1 / log2(3))}
    assert scores == pytest.approx(expected)


def test_what_stands_behind_the_tenth_place_counts_for_nothing() -> None:
    assert retrieval_scores([*"abcdefghij", "gold"], ["gold"]) == dict.fromkeys(KEYS, 0.0)


def test_the_order_given_is_the_order_scored_whatever_the_names() -> None:
    for first, second in ("ab", "ba", ("10", "9"), ("é", "e")):
        assert retrieval_scores([first, second], [first])["R@1"] == 1.0


def test_without_gold_nothing_applies() -> None:
    assert retrieval_scores(["x"], []) == retrieval_scores([], []) == dict.fromkeys(KEYS)


def test_nothing_ranked_scores_nothing() -> None:
    assert retrieval_scores([], ["gold"]) == dict.fromkeys(KEYS, 0.0)


def test_a_name_ranked_twice_counts_where_it_first_stands() -> None:
    assert retrieval_scores(["x", "x", "gold", "gold"], ["gold"])["RR@10"] == 0.5


def test_gold_named_twice_is_one() -> None:
    assert retrieval_scores(["gold"], ["gold", "gold"]) == dict.fromkeys(KEYS, 1.0)


@given(NAMES, NAMES.filter(bool))
def test_scores_lie_between_0_and_1_and_agree_with_their_definitions(ranked: list[str], gold: list[str]) -> None:
    scores = retrieval_scores(ranked, gold)
    order = list(dict.fromkeys(ranked))
    places = [order.index(name) + 1 for name in set(gold) if name in order]
    assert all(value is not None and 0.0 <= value <= 1.0 for value in scores.values())
    assert scores["R@5"] == pytest.approx(sum(place <= 5 for place in places) / len(set(gold)))
    assert scores["RR@10"] == pytest.approx(max((1 / place for place in places if place <= 10), default=0.0))
