from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scores.dates import dates_in, without_dates
from evals.scores.fidelity import date_fidelity, name_fidelity, number_fidelity
from evals.scores.names import names_in
from evals.scores.numbers import numbers_in
from qa.answer import Answer
from tests.answers import answer

SCORERS = [number_fidelity, date_fidelity, name_fidelity]
Scorer = Callable[[Answer], float | None]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("12 and twelve", [12, 12]),
        ("1,250 or 1250.5", [1250, Fraction("1250.5")]),
        ("9.6 per cent, 9,6 Prozent", [Fraction("9.6"), Fraction("9.6")]),
        ("2.5 million, a million, two hundred thousand", [2_500_000, 1_000_000, 200_000]),
        ("two hundred and five and twelve", [205, 12]),
        ("twenty-one, two dozen, a hundred", [21, 24, 100]),
        ("one thousand two hundred and three", [1203]),
        ("nineteen eighty-four", [19, 84]),
        ("between 5 and 7 million", [5, 7_000_000]),
        ("a 3-2 win", [3, 2]),
        ("the 38th, the third", [38, 3]),
        ("the first, 1st, second, 2nd", []),
        ("no one saw one another", []),
        ("someone weightone often", []),
        ("zero", [0]),
        ("", []),
    ],
)
def test_numbers_are_read_in_digits_and_words(text: str, values: list[int | Fraction]) -> None:
    assert numbers_in(text) == [frozenset({value}) for value in values]


def test_short_scales_leave_two_readings_and_sizes_without_an_amount_are_themselves() -> None:
    assert numbers_in("5m") == [frozenset({5, 5_000_000})]
    assert numbers_in("hundreds of thousands") == [frozenset({"hundreds"}), frozenset({"thousands"})]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("7 November 2022", [{"day": 7, "month": 11, "year": 2022}]),
        ("Nov. 7, 2022", [{"day": 7, "month": 11, "year": 2022}]),
        ("2022-11-07T10:00", [{"day": 7, "month": 11, "year": 2022}]),
        ("the 7th of November", [{"day": 7, "month": 11}]),
        ("Monday, September 30th", [{"weekday": "monday"}, {"day": 30, "month": 9}]),
        ("in May 2021 or mid-May", [{"month": 5, "year": 2021}, {"month": 5}]),
        ("Theresa May may march in March.", [{"month": 3}]),
        ("from 1914 to 2014", [{"year": 1914}, {"year": 2014}]),
        ("1,914 or 2014.5 or 123456 or 11/7/22", []),
        ("yesterday, Decade, Marchand", []),
        ("", []),
    ],
)
def test_dates_are_read_in_parts(text: str, dates: list[dict[str, int | str]]) -> None:
    assert [dict(date.parts) for date in dates_in(text)] == dates


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Corvina hit Ana Ruiz’s boat.", ["Corvina", "Ana Ruiz’s"]),
        ("Yesterday Ruiz left the U.S. She went to NATO.", ["Ruiz", "US", "NATO"]),
        ("The WHO and the US met.", ["WHO", "US"]),
        ("Ruiz said so. Davis and Moss said so. Moss says so.", ["Ruiz", "Moss", "Moss"]),
        ("Japan’s boats left. It’s late, but I’m here. Don’t go. Women’s boats left.", ["Japan’s"]),
        ("Officials said so. Police said so. He said so.", []),
        ("Ruiz left. Boats left.", []),
        ("“Nobody was warned,” Ruiz said. “Boats left.”", ["Ruiz"]),
        ("In November Moss left. On Monday I left.", ["Moss"]),
        ("nobody", []),
        ("", []),
    ],
)
def test_names_are_capitalised_words_that_do_not_merely_begin_a_sentence(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("statement", "quote", "fidelity"),
    [
        ("12 were hurt.", "Twelve people were hurt.", 1.0),
        ("2,500,000 people", "2.5 million people", 1.0),
        ("$5m", "five million dollars", 1.0),
        ("13 of 90 were hurt.", "12 of 90 were hurt.", 1 / 2),
        ("96 per cent", "9.6 per cent", 0.0),
        ("5 people", "5 million people", 0.0),
        ("12 people", "120 people", 0.0),
        ("7 were hurt.", "They were hurt on 7 November.", 0.0),
        ("It cost $2,000.", "It cost $2000.", 1.0),
        ("They were hurt on 8 November 2022.", "Nothing.", None),
        ("They were hurt.", "Twelve were hurt.", None),
    ],
)
def test_numbers_are_held_by_value(statement: str, quote: str, fidelity: float | None) -> None:
    assert number_fidelity(answer((statement, [quote]))) == fidelity


@pytest.mark.parametrize(
    ("statement", "quote", "fidelity"),
    [
        ("On 7 November they met.", "They met on November 7, 2022.", 1.0),
        ("On 8 November they met.", "They met on November 7, 2022.", 0.0),
        ("They met in November 2022.", "They met on 2022-11-07.", 1.0),
        ("On 7 November 2022 they met.", "They met on November 7.", 0.0),
        ("On 7 November 2022 they met.", "On November 7 they spoke of 8 November 2022.", 0.0),
        ("They met on Tuesday, 7 November.", "They met on Monday, November 7.", 1 / 2),
        ("They met in 2021.", "They met on 7 November 2022.", 0.0),
        ("It cost 1900 euros.", "It cost 1,900 euros.", 1.0),
        ("12 met.", "They met on Monday.", None),
    ],
)
def test_dates_are_held_by_their_parts(statement: str, quote: str, fidelity: float | None) -> None:
    assert date_fidelity(answer((statement, [quote]))) == fidelity


@pytest.mark.parametrize(
    ("statement", "quote", "fidelity"),
    [
        ("The boat belongs to Ana Ruiz.", "Ana Ruiz’s boat", 1.0),
        ("Moss said so.", "Ruiz said so.", 0.0),
        ("The boat of Ana Moss", "Ana Ruiz’s boat", 0.0),
        ("Then Ruiz met Moss in the US.", "In the U.S., Ruiz met nobody.", 2 / 3),
        ("They met in May.", "Nothing.", None),
        ("Then Ruiz left.", "It ended.Ruiz left.", 1.0),
        ("They met.", "Ruiz and Moss met.", None),
    ],
)
def test_names_are_held_word_by_word(statement: str, quote: str, fidelity: float | None) -> None:
    assert name_fidelity(answer((statement, [quote]))) == fidelity


@pytest.mark.parametrize("scorer", SCORERS)
def test_a_statement_is_held_to_its_own_quotes(scorer: Scorer) -> None:
    fact, other = "In Paris 12 met on Monday.", "Nothing was said."
    assert scorer(answer((fact, [other, fact]), (other, [other]))) == 1.0
    assert scorer(answer((fact, [other]), (other, [fact]))) == 0.0


@pytest.mark.parametrize("scorer", SCORERS)
def test_a_statement_without_a_quote_holds_nothing(scorer: Scorer) -> None:
    assert scorer(answer(("In Paris 12 met on Monday.", []))) == 0.0


@pytest.mark.parametrize("scorer", SCORERS)
def test_without_statements_fidelity_does_not_apply(scorer: Scorer) -> None:
    assert scorer(answer()) is scorer(answer(abstained=True)) is scorer(answer(("", []))) is None


@pytest.mark.parametrize("scorer", SCORERS)
def test_a_statement_beside_an_abstention_is_held_to_its_quotes_too(scorer: Scorer) -> None:
    assert scorer(answer(("In Paris 12 met on Monday.", ["Nothing."]), abstained=True)) == 0.0


WORDS = (
    "On 7 November 2022 Ana Ruiz said twenty-one of 2.5 million 1,900 in May and the U.S. Monday 5m hundred dozens “ ” "
    ". May 1st The third Nov. 2022-11-07 , no one another thousand 1.2.3 Police: NATO’s — 1999"
).split()
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


@given(SENTENCES | st.text())
def test_a_statement_that_is_its_quote_is_faithful(text: str) -> None:
    assert all(scorer(answer((text, [text]))) in (None, 1.0) for scorer in SCORERS)


@given(SENTENCES | st.text(), SENTENCES | st.text())
def test_fidelity_lies_between_0_and_1(statement: str, quote: str) -> None:
    scores = [scorer(answer((statement, [quote]))) for scorer in SCORERS]
    assert all(score is None or 0.0 <= score <= 1.0 for score in scores)


@given(SENTENCES | st.text())
def test_taking_out_dates_keeps_the_length_and_leaves_none(text: str) -> None:
    assert len(without_dates(text)) == len(text)
    assert not dates_in(without_dates(text))
