"""Words that a statement takes from its question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.claims.borrowed import borrowed

PASSAGE = (
    "Vaccine trial ends\n"
    "The dengue vaccine prevented 71 per cent of infections, doctors in Kesh said. Children got it first."
)
MALARIA = "What did the malaria vaccine prevent?"


@pytest.mark.parametrize(
    ("claim", "question", "found"),
    [
        (
            "The malaria vaccine prevented 71 per cent of infections.",
            "What did the malaria vaccine prevent?",
            ["malaria"],
        ),
        ("The vaccine against malaria was given to children.", "Who got the malaria vaccine?", ["malaria"]),
        ("Pensioners got it first.", "Did pensioners get it first?", ["Pensioners"]),
        ("The dengue vaccine prevented 71 per cent of infections.", MALARIA, []),
        ("The vaccines were given to a child first.", "Did every child get vaccines?", []),
        ("The vaccine stopped 71 per cent of infections.", "How many infections were stopped?", []),
        ("The malaria vaccine prevented infections.", "How good was the vaccine?", []),
    ],
)
def test_nouns_that_only_the_question_has(claim: str, question: str, found: list[str]) -> None:
    assert borrowed(claim, question, PASSAGE) == found


@given(st.text(), st.text())
def test_nothing_is_borrowed_from_what_is_there(claim: str, question: str) -> None:
    assert borrowed(claim, question, f"{question}\n{claim}") == []
    assert borrowed(claim, "", question) == []
