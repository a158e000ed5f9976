from __future__ import annotations

import pytest

from qa.answer_types import Kind, candidates, fits, focus, kind_of


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        ("number", "How many boats were lost?"),
        ("money", "How much did the new pier cost?"),
        ("percent", "What share of the homes was insured?"),
        ("age", "How old is the ferry?"),
        ("duration", "How long will the bridge be shut?"),
        ("length", "How high was the wave?"),
        ("when", "When did the mayor resign?"),
        ("year", "In which year was the dam built?"),
        ("clock", "At what time did the gates open?"),
        ("score", "What was the final score?"),
        ("words", "What did the mayor say about the bridge?"),
        ("reason", "Why was the bridge shut?"),
        ("person", "Who found the cracks?"),
        ("place", "Where did the ferry sink?"),
        ("yes or no", "Did the mayor resign?"),
    ],
)
def test_a_question_shows_what_it_asks_for(kind: Kind, question: str) -> None:
    assert kind_of(question) == kind


@pytest.mark.parametrize(
    ("question", "answers", "lacks"),
    [
        ("How much did the new pier cost?", "The pier cost €41 million.", "The pier was opened by the mayor."),
        ("When did the mayor resign?", "She stepped down on 3 March.", "She stepped down with regret."),
        ("Who found the cracks?", "Ravi Lindqvist saw them first.", "The cracks were seen at once."),
        ("How long will it be shut?", "It stays shut for six weeks.", "It stays shut to lorries."),
    ],
)
def test_a_sentence_has_what_is_asked_for_or_lacks_it(question: str, answers: str, lacks: str) -> None:
    kind = kind_of(question)
    assert fits(kind, candidates(question, kind, answers)) == 1.0
    assert fits(kind, candidates(question, kind, lacks)) < 1.0


def test_what_the_question_says_itself_is_no_answer() -> None:
    question = "Who beat Selmouth Town?"
    assert candidates(question, "person", "Selmouth Town lost.") == []
    [(start, end, _)] = candidates(question, "person", "Selmouth Town lost to Athletic.")
    assert "Selmouth Town lost to Athletic."[start:end] == "Athletic"


def test_the_focus_is_what_a_question_counts() -> None:
    question = "How many fishing boats were lost?"
    found = focus(question, kind_of(question))
    assert found is not None
    assert question[slice(*found)] == "boats"
