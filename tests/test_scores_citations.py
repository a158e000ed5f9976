from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scores.citations import citation_precision, citation_recall, own_check, quote_exactness
from qa.answer import Answer, Quote
from tests.answers import answer, quote

TEXTS = {"a": "Fog lay on the strait. Twelve people were hurt."}


def letters(statement: str, quotes: Sequence[str]) -> bool:
    """A judge easy to reckon with: every letter of the statement stands in some quote."""
    return set(statement) <= set("".join(quotes))


def test_the_own_check_wants_most_of_the_words_and_every_number() -> None:
    assert own_check("people were badly hurt", ["Twelve people were hurt."])
    assert not own_check("people felt badly yesterday", ["Twelve people were hurt."])
    assert not own_check("13 people were hurt", ["12 people were hurt."])
    assert not own_check("people were hurt", [])


@pytest.mark.parametrize(
    ("given", "recall", "precision"),
    [
        (answer(("ab", ["ab"])), 1.0, 1.0),
        (answer(("ab", ["cd"])), 0.0, 0.0),
        (answer(("ab", ["a", "b"])), 1.0, 1.0),  # only together: both are needed
        (answer(("ab", ["ab", "c"])), 1.0, 1 / 2),  # the second neither supports alone nor is missed
        (answer(("ab", ["ab", "ab"])), 1.0, 1.0),  # each supports alone
        (answer(("ab", ["a", "b", "a"])), 1.0, 1 / 3),  # without either "a" the other is left
        (answer(("ab", ["a", "c"])), 0.0, 0.0),  # together they don't: none is of use
        (answer(("ab", ["ab"]), ("cd", ["c"])), 1 / 2, 1 / 2),
        (answer(("ab", ["ab"]), ("cd", [])), 1 / 2, 1.0),  # one statement without a quote
        (answer(("ab", [])), 0.0, None),
        (answer(), None, None),
        (answer(abstained=True), None, None),
        (answer(("ab", ["cd"]), abstained=True), 0.0, 0.0),  # shown all the same
    ],
)
def test_citations_are_scored_as_alce_does(given: Answer, recall: float | None, precision: float | None) -> None:
    assert (citation_recall(given, letters), citation_precision(given, letters)) == (recall, precision)


def test_quotes_under_one_number_are_one_citation() -> None:
    shared = answer(("ab", [quote("a", number=1), quote("b", number=1), quote("c", number=2)]))
    assert (citation_recall(shared, letters), citation_precision(shared, letters)) == (1.0, 1 / 2)


def test_one_number_in_two_statements_is_two_citations() -> None:
    twice = answer(("ab", [quote("ab", number=1)]), ("cd", [quote("ab", number=1)]))
    assert citation_precision(twice, letters) == 1 / 2


def test_a_number_that_is_not_listed_supports_nothing_and_is_of_no_use() -> None:
    out_of_range = answer(("ab", [quote("ab", number=9)]), listed=[1])
    assert (citation_recall(out_of_range, letters), citation_precision(out_of_range, letters)) == (0.0, 0.0)


def test_an_unlisted_number_beside_a_good_one_counts_against_precision_alone() -> None:
    mixed = answer(("ab", [quote("ab", number=1), quote("ab", number=9)]), listed=[1])
    assert (citation_recall(mixed, letters), citation_precision(mixed, letters)) == (1.0, 1 / 2)


def test_a_number_listed_for_another_passage_counts_as_not_listed() -> None:
    elsewhere = Quote("a", "a:7", 0, 2, "ab", 1)
    given = answer(("c", [quote("c", number=1)]), ("ab", [elsewhere]))
    first_alone = Answer(given.query, given.statements, given.citations[:1])
    assert citation_recall(first_alone, letters) == 1 / 2


def test_without_a_judge_newsdesks_own_check_decides() -> None:
    given = answer(("Twelve people were hurt.", ["Twelve people were hurt."]), ("Ninety sank.", ["Fog lay."]))
    assert citation_recall(given) == citation_precision(given) == 1 / 2


def test_the_judge_is_never_asked_about_no_quotes() -> None:
    asked: list[Sequence[str]] = []

    def judge(statement: str, quotes: Sequence[str]) -> bool:
        asked.append(quotes)
        return True

    unlisted = quote("x", number=9)
    given = answer(("ab", []), ("cd", [unlisted]), ("ef", [quote("a", number=1), unlisted]), listed=[1])
    assert (citation_recall(given, judge), citation_precision(given, judge)) == (1 / 3, 1 / 3)
    assert all(asked)


@pytest.mark.parametrize(
    ("quoted", "exact"),
    [
        (quote("Fog lay", start=0), 1.0),
        (quote("hurt.", start=42), 1.0),
        (quote("fog lay", start=0), 0.0),
        (quote("Fog lay", start=1), 0.0),
        (quote("hurt.", start=42, end=99), 0.0),  # a slice past the end would read the same
        (quote("hurt.", start=-5, end=47), 0.0),
        (quote("", start=3), 0.0),
        (quote("Fog lay", article="unknown"), 0.0),
        (quote("", article="unknown"), 0.0),
    ],
)
def test_a_quote_is_exact_to_the_character_or_not_at_all(quoted: Quote, exact: float) -> None:
    assert len(TEXTS["a"]) == 47
    assert quote_exactness(answer(("Words.", [quoted])), TEXTS) == exact


def test_exactness_is_the_share_of_all_quotes() -> None:
    good, bad = quote("Fog"), quote("Dog")
    assert quote_exactness(answer(("One.", [good, bad]), ("Two.", [good]), ("Three.", [])), TEXTS) == 2 / 3


def test_exactness_does_not_apply_without_quotes() -> None:
    assert quote_exactness(answer(), TEXTS) is quote_exactness(answer(("Words.", [])), TEXTS) is None


LETTERS = st.text("abc", min_size=1, max_size=3)


@given(st.lists(st.tuples(LETTERS, st.lists(LETTERS, max_size=3)), max_size=3), st.sets(st.integers(1, 9)))
def test_citation_scores_lie_between_0_and_1(statements: list[tuple[str, list[str]]], listed: set[int]) -> None:
    given = answer(*statements, listed=listed)
    for score in (citation_recall(given, letters), citation_precision(given, letters)):
        assert score is None or 0.0 <= score <= 1.0
    assert (citation_recall(given, letters) is None) == (not statements)
