from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.grounding import strangers, support

QUOTE = "South Korean officers said the missile, fired on November 3, “did not fly normally” after 760 km."


def test_a_statement_in_the_quotes_own_words_is_wholly_supported() -> None:
    assert support("the missile, fired on November 3, “did not fly normally”", [QUOTE]) == 1.0


def test_white_space_does_not_matter() -> None:
    assert support("One sentence. Another.", ["One\n\n sentence.", "Another."]) == 1.0


@pytest.mark.parametrize(
    ("statement", "stranger"),
    [
        ("The missile flew 900 km.", "900"),
        ("Officers of Japan said the missile did not fly normally.", "Japan"),
        ("South Korean officers said the missile “crashed at once”.", "crashed at once"),
    ],
)
def test_a_number_name_or_quotation_that_is_not_quoted_supports_nothing(statement: str, stranger: str) -> None:
    assert stranger in strangers(statement, [QUOTE])
    assert support(statement, [QUOTE]) == 0.0


def test_other_words_are_supported_by_the_share_that_the_quotes_have() -> None:
    assert support("the missile never did fly", [QUOTE]) == pytest.approx(4 / 5)


def test_nothing_supports_nothing() -> None:
    assert support("", [QUOTE]) == support("Words.", []) == support("…", ["…"]) == 0.0


@given(st.text(), st.lists(st.text()))
def test_support_lies_between_0_and_1(statement: str, quotes: list[str]) -> None:
    assert 0.0 <= support(statement, quotes) <= 1.0


@given(st.text(alphabet="abc AB19.,“”\n", min_size=1).filter(lambda t: any(c.isalnum() for c in t)), st.text())
def test_any_stretch_of_a_quote_is_supported_by_it(statement: str, rest: str) -> None:
    assert support(statement, [statement + " " + rest]) == 1.0
