"""Questions for what an outlet has on something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Answer
from qa.answers.topic import topic
from qa.assistant import Assistant
from qa.publishers import told_of
from qa.wanted import wanted

KNOWN = ("Daily Mirror", "Selmouth Evening Mail", "The Tide")


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("What did the Mirror say about the turbines?", "the turbines"),
        ("What does the Daily Mirror have to say on the strike?", "the strike"),
        ("What has The Tide reported on the dam?", "the dam"),
        ("What did the Evening Mail tell readers about fares?", "fares"),
        ("How did the Mirror cover the dam leak?", "the dam leak"),
        ("How does the Tide describe the ferry?", "the ferry"),
        ("What did the Mirror and the Tide report about the Corvina?", "the Corvina"),
        ("What does the Mirror's report on the vote say?", "the vote"),
        ("What was the Tide’s story on the tram about?", "the tram"),
        ("What's in the Mirror's story about the whales?", "the whales"),
        ("What does the article in the Tide say about whales?", "whales"),
        ("How do the Mirror and the Tide differ on the vote?", "the vote"),
        ("Compare the Mirror and the Tide on the vote.", "the vote"),
        ("What did the Mirror say about it?", None),
        ("What did the Mirror say caused the fire?", None),
        ("How many people did the Mirror say were hurt?", None),
        ("According to the Mirror, who won?", None),
        ("What did the minister say about the Mirror?", None),
        ("What did South Korea say about the ICBM?", None),
    ],
)
def test_what_outlets_are_asked_to_tell_of(question: str, about: str | None) -> None:
    assert told_of(question, KNOWN) == about


@given(st.text(), st.lists(st.text()))
def test_any_text_may_ask_or_not(text: str, known: list[str]) -> None:
    about = told_of(text, known)
    assert about is None or about in " ".join(text.split())


@pytest.mark.parametrize("hostile", ["what did the Mirror " * 5_000, "what the Mirror, " + "the Tide, " * 20_000])
def test_long_questions_are_read_at_once(hostile: str) -> None:
    assert told_of(hostile, KNOWN) is None


@pytest.mark.parametrize(
    ("outlets", "kind"), [((), "statement"), (KNOWN[:1], "summary"), (("Daily Mirror", "The Tide"), "comparison")]
)
def test_one_outlet_is_summed_up_and_several_compared(outlets: tuple[str, ...], kind: str) -> None:
    both = "the Mirror and the Tide" if len(outlets) > 1 else "the Mirror"
    question = f"What did {both} say about the turbines?"
    assert wanted(question, outlets) == kind
    assert topic(question, outlets) == ("the turbines" if outlets else question.rstrip("?"))


def sources(answer: Answer) -> set[str | None]:
    return {citation.publisher for citation in answer.citations}


@pytest.mark.parametrize(
    ("question", "publisher", "words"),
    [
        ("What did the Harbour Courier say about the ferry Corvina?", "The Harbour Courier", "Twelve people"),
        ("What did Le Passage report on the ferry?", "Le Passage", "Fourteen people"),
        ("How did the Gazette cover the turbines?", "Northfield Gazette", "eighteen wind turbines"),
    ],
)
def test_what_an_outlet_has_on_something_is_told_from_its_articles_alone(
    desk: Assistant, question: str, publisher: str, words: str
) -> None:
    answer = desk.ask(question)
    assert sources(answer) == {publisher}
    assert words in " ".join(statement.words for statement in answer.statements)


def test_an_outlet_that_has_nothing_on_something_is_said_to_have_nothing(desk: Assistant) -> None:
    answer = desk.ask("What does the Harbour Courier say about the turbines?")
    assert answer.abstained is not None
    assert answer.abstained.reason == "premise not in the articles"
    assert "None of those by The Harbour Courier is on this." in answer.abstained.message
    assert answer.nearest[0].publisher == "Northfield Gazette"


def test_of_several_outlets_each_is_heard_and_the_silent_one_named(desk: Assistant) -> None:
    both = desk.ask("What did the Harbour Courier and Le Passage report about the ferry?")
    assert [statement.label for statement in both.statements][:1] == ["Le Passage"]
    assert sources(both) == {"Le Passage", "The Harbour Courier"}
    one = desk.ask("What did the Courier and the Gazette say about the turbines?")
    assert sources(one) == {"Northfield Gazette"}
    assert one.unanswered == ("What does The Harbour Courier report about the turbines?",)
    assert both.unanswered == ()
