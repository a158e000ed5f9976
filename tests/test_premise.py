from __future__ import annotations

from datetime import UTC, datetime

import pytest

from qa.assistant import Assistant
from qa.lexical import Terms
from qa.premise import contradicted, unreported

CUT = "The National Bank lowered its main interest rate to 3.5 per cent on Thursday."


def test_a_question_that_has_the_opposite_of_the_passage_is_contradicted() -> None:
    assert contradicted("Why did the National Bank raise its main rate?", CUT) == "raise"
    assert contradicted("Why did the National Bank lower its main rate?", CUT) is None


@pytest.mark.parametrize("question", ["Did the National Bank raise its main rate?", "Why did it not raise the rate?"])
def test_a_question_that_takes_nothing_for_granted_is_not_contradicted(question: str) -> None:
    assert contradicted(question, CUT) is None
    assert unreported(question.replace("raise", "remove"), [CUT], Terms()) is None


def test_north_and_south_in_names_are_no_opposites() -> None:
    assert contradicted("What did South Varn say about the dam?", "North Varn said the dam was safe.") is None


def test_a_verb_that_no_passage_has_is_named() -> None:
    assert unreported("Why did the National Bank remove its main rate?", [CUT], Terms()) == "remove"
    assert unreported("When was the rate lowered?", [CUT], Terms()) is None


def test_a_false_premise_is_told_with_what_the_articles_report(desk: Assistant) -> None:
    answer = desk.ask("Why did Carrow Bridge reopen early?")
    assert answer.abstained is not None
    assert answer.abstained.reason == "premise not in the articles"
    assert "They do not speak of “reopen”; they report: “" in answer.abstained.message


def test_a_moment_before_all_articles_is_told_with_their_first_day(desk: Assistant) -> None:
    answer = desk.ask("What did South Korea say about the ICBM?", as_of=datetime(2021, 1, 1, tzinfo=UTC))
    assert answer.abstained is not None
    assert answer.abstained.reason == "outside the dates"
    assert "The articles begin on 31 October 2022." in answer.abstained.message


def test_an_outlet_that_has_no_article_here_is_named(desk: Assistant) -> None:
    answer = desk.ask("What did the Guardian say about the ferry Corvina?")
    assert answer.abstained is not None
    assert answer.abstained.reason == "premise not in the articles"
    assert "None of them is by the Guardian." in answer.abstained.message
    assert answer.nearest
    assert desk.ask(
        "According to the Harbour Courier, who was injured when the ferry Corvina hit a dredger?"
    ).statements
