from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.question import stand_alone
from qa.types import Answer, Query, Statement, Turn


def turn(question: str, *said: str) -> Turn:
    statements = tuple(Statement(text, 1.0, ()) for text in said)
    return Turn(question, Answer(Query(question, datetime(2022, 11, 14, tzinfo=UTC)), statements))


FERRY = "How many people were hurt in the ferry collision?"
FALK = "Twelve people were taken to hospital, harbour master Ines Falk said."


@pytest.mark.parametrize(
    ("before", "said", "asked", "understood"),
    [
        ("How many missiles did Pyongyang fire?", "", "And between which dates?",
         "Between which dates did Pyongyang fire missiles?"),
        ("How many missiles did Pyongyang fire?", "", "Where did they land?", "Where did the missiles land?"),
        ("What did South Korea say about the ICBM?", "", "And when was it fired?", "When was the ICBM fired?"),
        ("What did South Korea say about the ICBM?", "", "What about Japan?", "What did Japan say about the ICBM?"),
        ("What did South Korea say about the ICBM?", "", "And the United States?",
         "What did the United States say about the ICBM?"),
        ("What happened on Thursday?", "", "And on Friday?", "What happened on Friday?"),
        ("Why was the Carrow Bridge closed?", "", "For how long?", "For how long was the Carrow Bridge closed?"),
        ("Why was the Carrow Bridge closed?", "", "Who decided that?",
         "Who decided that (about the Carrow Bridge)?"),
        ("When were the drills extended?", "", "Why were they extended?", "Why were the drills extended?"),
        ("Who is Shin Jong-woo?", "", "What did he tell CNN?", "What did Shin Jong-woo tell CNN?"),
        (FERRY, FALK, "What did she say about it?", "What did Ines Falk say about the ferry collision?"),
        (FERRY, FALK, "What is her job?", "What is Ines Falk’s job?"),
        ("Why are rail workers on strike?", "", "When will it end?",
         "When will it end (about rail workers on strike)?"),
        (FERRY, FALK, "Was anyone killed?", "Was anyone killed (about the ferry collision)?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_made_to_stand_alone(before: str, said: str, asked: str, understood: str) -> None:
    assert stand_alone(asked, [turn(before, *filter(None, [said]))]) == understood


@pytest.mark.parametrize(
    "asked",
    [
        "Who won the county cup final?",
        "What did Mayor Brandvold say about the budget?",
        "Who decided that the bridge is unsafe?",
        "Tell me about the wind farm.",
        "Which company makes the vaccine?",
        "What is a ballistic missile?",
        "How many households were evacuated below the Hollin dam?",
    ],
)
def test_a_new_topic_stays_as_it_was_asked(asked: str) -> None:
    assert stand_alone(asked, [turn(FERRY, FALK)]) == asked


def test_follow_ups_build_on_the_question_as_it_was_understood() -> None:
    first = turn("What did South Korea say about the ICBM?")
    second = turn(stand_alone("What about Japan?", [first]))
    assert stand_alone("And the United States?", [first, second]) == "What did the United States say about the ICBM?"


def test_without_turns_only_white_space_is_tidied() -> None:
    assert stand_alone("  And   when was it fired? ") == "And when was it fired?"


@given(st.text(min_size=1), st.text(min_size=1), st.text())
def test_any_text_can_follow_any_other(before: str, asked: str, said: str) -> None:
    assert isinstance(stand_alone(asked, [turn(before, said)]), str)
