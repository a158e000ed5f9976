from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.publishers import outlet_missing, publishers_asked
from qa.speakers import likeness, speaker_asked, speaker_in, speaks
from qa.types import Saying


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did South Korea say about the ICBM?", "South Korea"),
        ("How many people did police say were hurt?", "police"),
        ("What was Falk's response to the claim?", "Falk"),
        ("Did the mayor deny the charge?", "mayor"),
        ("What reasons did the council give for closing it?", "council"),
        ("What has Ines Falk since said about it?", "Ines Falk"),
        ("How many jobs will go, according to the union?", "union"),
        ("How did the White House respond?", "White House"),
        ("Who said that the bridge is safe?", None),
        ("What did he say?", None),
        ("What do the articles say about the dam?", None),
        ("Why did the bridge close?", None),
    ],
)
def test_whose_words_are_asked_for_is_told_by_the_question(question: str, speaker: str | None) -> None:
    assert speaker_asked(question) == speaker


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("South Korea", "South Korean Joint Chiefs of Staff"),
        ("South Korea", "Seoul’s military"),
        ("the South Korean military", "Seoul’s Joint Chiefs of Staff"),
        ("Washington", "American officials"),
        ("US", "White House"),
        ("Ines Falk", "Falk"),
        ("Falk", "harbour master Ines Falk"),
        ("the United Nations", "UN spokesman"),
        ("Mayor Brandvold", "Brandvold"),
        ("police", "Detective Sergeant Ann Poole"),
    ],
)
def test_one_speaker_has_many_names(asked: str, named: str) -> None:
    assert likeness(asked, named) >= 0.6


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("South Korea", "North Korea"),
        ("South Korea", "South Korean pop singer"),
        ("Ines Falk", "Peter Falk"),
        ("Mayor Brandvold", "Mayor Olsen"),
        ("police", "a baker"),
    ],
)
def test_others_are_not_taken_for_the_speaker(asked: str, named: str) -> None:
    assert likeness(asked, named) <= 0.3


def test_a_saying_counts_for_who_says_it() -> None:
    said = [Saying(speaker, "said", "It failed.", False, 0, 10) for speaker in ("residents", "Seoul’s military")]
    assert [speaks("South Korea", saying) for saying in said] == [0.0, 0.9]
    assert speaker_in("South Korea", said) == 0.9
    assert speaker_in("South Korea", []) == 0.0


@given(st.text(), st.text())
def test_any_two_names_have_a_likeness(one: str, other: str) -> None:
    assert 0.0 <= likeness(one, other) <= 1.0


KNOWN = ["Harbour Courier", "Daily Mirror", "The Guardian", "BBC News", "Halvern Chronicle", "Time"]


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What did the Mirror say about the flood?", ("Daily Mirror",)),
        ("According to the Guardian, how many died?", ("The Guardian",)),
        ("How did the Courier and the Chronicle report the vote?", ("Halvern Chronicle", "Harbour Courier")),
        ("Which Guardian article is about phones?", ("The Guardian",)),
        ("Who won, according to Time?", ("Time",)),
        ("Why was the BBC fined?", ()),
        ("What did the captain tell the Guardian?", ()),
        ("What time did it happen?", ()),
    ],
)
def test_a_publisher_is_named_as_an_outlet_not_as_news(question: str, named: tuple[str, ...]) -> None:
    assert publishers_asked(question, KNOWN) == named


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What did the Washington Post say about the flood?", "the Washington Post"),
        ("Did Fox News report the fire?", "Fox News"),
        ("According to Reuters, who won?", "Reuters"),
        ("According to the Guardian, who won?", None),
        ("What did Halvern report?", None),
        ("What did the captain tell the Washington Post?", None),
        ("What did the Post Office say?", None),
        ("What did Daniel Post say?", None),
        ("What good news did the mayor report?", None),
        ("What did the Evening Star report?", None),
    ],
)
def test_an_outlet_that_is_not_there_is_told_from_one_that_is(question: str, missing: str | None) -> None:
    assert outlet_missing(question, KNOWN, ["As the Evening Star reported, the flood came at night."]) == missing


@given(st.text(), st.lists(st.text(), max_size=4))
def test_any_names_of_publishers_will_do(question: str, known: list[str]) -> None:
    assert set(publishers_asked(question, known)) <= set(known)
