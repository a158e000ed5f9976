from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.measures import Table, table_of
from evals.results import Result
from evals.scores.cleaning import (
    SHINGLE_COLUMNS,
    has_first_author,
    identical,
    missing_lines,
    same_day,
    same_title,
    shingle_f1,
    shingle_precision,
    shingle_recall,
    shingle_shares,
    shingles,
    snippets_in,
    word_scores,
)

GOLD = "The heron left the pond at dawn"  # 7 words, so 4 shingles


def table(*pages: tuple[str, str]) -> Table:
    shares = [shingle_shares(found, gold) for found, gold in pages]
    return table_of([Result(str(i), scores=dict(zip(SHINGLE_COLUMNS, s, strict=True))) for i, s in enumerate(shares)])


def test_shingles_are_runs_of_four_words_with_their_number_and_case() -> None:
    assert shingles("a b c d, a b c d") == {
        ("a", "b", "c", "d"): 2, ("b", "c", "d", "a"): 1, ("c", "d", "a", "b"): 1, ("d", "a", "b", "c"): 1
    }  # fmt: skip
    assert shingles("A b c d") != shingles("a b c d")


def test_a_text_of_few_words_is_one_shingle_and_one_of_none_has_none() -> None:
    assert shingles("Ducks, too") == {("Ducks", "too"): 1}
    assert not shingles(" … !")


def test_the_shares_of_a_page_add_up_to_one_whatever_its_length() -> None:
    # "at dusk" for "at dawn": 3 of 4 shingles agree, 1 is only found, 1 only gold
    assert shingle_shares("The heron left the pond at dusk", GOLD) == pytest.approx((3 / 5, 1 / 5, 1 / 5))


def test_a_shingle_found_twice_is_right_once() -> None:
    # found: abcd, bcda, cdab, dabc, abcd; gold: abcd
    assert shingle_shares("a b c d a b c d", "a b c d") == pytest.approx((1 / 5, 4 / 5, 0))


@pytest.mark.parametrize(
    ("found", "gold", "shares"),
    [("", "", (0, 0, 0)), ("", GOLD, (0, 0, 1)), (GOLD, "", (0, 1, 0)), (GOLD, GOLD, (1, 0, 0))],
)
def test_the_shares_of_empty_and_equal_texts(found: str, gold: str, shares: tuple[float, ...]) -> None:
    assert shingle_shares(found, gold) == shares


def test_precision_leaves_out_pages_without_found_text_and_recall_counts_them() -> None:
    pages = table((GOLD, GOLD), ("", GOLD))
    assert (shingle_precision(pages), shingle_recall(pages)) == (1.0, 0.5)
    assert shingle_f1(pages) == pytest.approx(2 / 3)  # 2 · 1 · ½ / (1 + ½)


def test_recall_leaves_out_pages_without_gold_text_and_precision_counts_them() -> None:
    pages = table((GOLD, GOLD), (GOLD, ""))
    assert (shingle_precision(pages), shingle_recall(pages)) == (0.5, 1.0)


def test_f1_is_of_the_means_not_the_mean_of_f1s() -> None:
    # precision 1 and 1/4, mean 5/8; recall 1/4 and 1, mean 5/8; the mean of the pages' F1 would be 2/5
    half = "The heron left the"
    assert shingle_f1(table((half, GOLD), (GOLD, half))) == pytest.approx(5 / 8)


def test_f1_of_pages_without_any_agreement_is_zero() -> None:
    assert shingle_f1(table(("Wholly other words stand here", GOLD))) == 0.0


@pytest.mark.parametrize("pages", [(), (("", ""),), (("", GOLD),)])
def test_there_is_no_f1_where_precision_or_recall_is_of_no_page(pages: tuple[tuple[str, str], ...]) -> None:
    assert shingle_f1(table(*pages)) is None


def test_identical_texts_have_the_same_words_in_order_and_case() -> None:
    assert identical("The pond, at dawn.", "The pond\n\nat dawn") == 1.0
    assert identical("the pond at dawn", "The pond at dawn") == 0.0
    assert identical("at dawn The pond", "The pond at dawn") == 0.0
    assert identical("", "…") == 1.0


def test_word_scores_are_of_bags_of_words_in_lower_case() -> None:
    # found {the: 2, pond: 1}, gold {pond: 1, the: 1, heron: 2}: 2 agree of 3 found and of 4 gold
    assert word_scores("the the pond", "Pond, THE heron heron") == pytest.approx((2 / 3, 1 / 2, 4 / 7))


@pytest.mark.parametrize(
    ("found", "gold", "each"), [("", "", 1.0), ("", "pond", 0.0), ("pond", "", 0.0), ("heron", "pond", 0.0)]
)
def test_word_scores_of_empty_and_unlike_texts(found: str, gold: str, each: float) -> None:
    assert word_scores(found, gold) == (each, each, each)


@given(st.text(alphabet="ab c\n"), st.text(alphabet="ab c\n"))
def test_swapping_the_texts_swaps_precision_and_recall(one: str, other: str) -> None:
    there, back = word_scores(one, other), word_scores(other, one)
    assert (there.precision, there.recall) == (back.recall, back.precision)
    assert there.f1 == pytest.approx(back.f1)


def test_snippets_are_found_whatever_their_case() -> None:
    assert snippets_in("Share this. The heron left.", ["the HERON", "Subscribe"]) == 0.5
    assert snippets_in("The heron left.", []) is None


def test_titles_are_the_same_but_for_white_space() -> None:
    assert same_title(" Heron  leaves\u00a0pond ", "Heron leaves pond") == 1.0
    assert same_title("Heron Leaves Pond", "Heron leaves pond") == 0.0
    assert same_title("Heron leaves pond | The Reed", "Heron leaves pond") == 0.0
    assert same_title(None, "Heron leaves pond") == 0.0


def test_the_first_author_is_contained_whatever_the_case() -> None:
    assert has_first_author(["By Ada Reed", "Tom Moss"], ["ADA REED", "Una Fen"]) == 1.0
    assert has_first_author(["Tom Moss"], ["Ada Reed", "Tom Moss"]) == 0.0
    assert has_first_author(["Ada Reed", "Tom Moss"], ["Ada Reed, Tom Moss"]) == 1.0
    assert has_first_author([], ["Ada Reed"]) == 0.0
    assert has_first_author(["Ada Reed"], []) is None


def test_a_day_is_the_one_where_the_article_was_published() -> None:
    late = datetime(2024, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert same_day(late, date(2024, 3, 1)) == 1.0
    assert same_day(late.astimezone(UTC), date(2024, 3, 1)) == 0.0
    assert same_day(None, date(2024, 3, 1)) == 0.0


def test_missing_lines_are_those_with_less_than_half_of_their_shingles_elsewhere() -> None:
    text = f"{GOLD}\n\nSubscribe to our letter for more herons\nIn brief\nThe heron left the pond yesterday evening"
    # of the last line's 4 shingles, 2 are gold's
    assert missing_lines(text, f"In brief: {GOLD}") == ["Subscribe to our letter for more herons"]


def test_a_short_line_is_missing_unless_it_stands_there_as_it_is() -> None:
    assert missing_lines("Pond life\nLife", "On pond life") == ["Pond life", "Life"]
    assert missing_lines("pond life", "On pond life") == []
