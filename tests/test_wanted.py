from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.wanted import Wanted, wanted

EXAMPLES: dict[Wanted, list[str]] = {
    "fact": [
        "How many people were hurt in the ferry collision?", "When was the bridge closed?", "Who won the cup?",
        "Who is Ines Falk?", "What caused the leak?",
        "carrow bridge vehicles per day",
        "Which company makes the vaccine?",
        "Was it a fire or a flood?", "How many people did police say were hurt?",
    ],
    "statement": [
        "What did South Korea say about the ICBM?", "Who said that the dam was safe?",
        "How did the White House respond?",
        "What was the mayor’s reaction to the verdict?", "What does the union think of the offer?",
    ],
    "list": ["Which towns were flooded?", "List the countries that signed.", "Who else was arrested?",
             "Who were the scorers?"],
    "timeline": ["Give me a timeline of the strike.", "How did the crisis unfold?",
                 "What has happened since the vote?"],
    "summary": ["Summarise the article on the dam.", "What is COP27 about?", "Tell me about the wind farm.",
                "What happened to the ferry Corvina?", "What’s the latest on the strike?"],
    "comparison": ["How do the outlets differ on the number of dead?",
                   "Compare the Courier and the Chronicle on the flood.",
                   "Do the papers disagree about the cause?"],
    "yes or no": ["Did the mayor resign?", "And have the parts been ordered?", "Did the council deny it?",
                  "Can ships pass?"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "question"), [(kind, q) for kind, questions in EXAMPLES.items() for q in questions])
def test_the_kind_of_answer_is_told_by_the_question(kind: Wanted, question: str) -> None:
    assert wanted(question) == kind


@given(st.text())
def test_any_text_wants_some_kind_of_answer(text: str) -> None:
    assert wanted(text) in EXAMPLES
