"""How many an event has killed, hurt or otherwise befallen, and which report of it leads."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answers.differences import differences, newest_first, overtaken
from qa.answers.drafts import Draft, Stretch
from qa.answers.tolls import fates_in, tolls, updated
from qa.lexical import Terms
from qa.types import Passage

TERMS = Terms()


def told(text: str, article: str = "a", day: int = 4, title: str = "Storm Odette", around: str = "") -> Stretch:
    whole = f"{around}{text}"
    published = datetime(2024, 3, day, tzinfo=UTC)
    passage = Passage(f"{article}:0", article, whole, 0, len(whole), title, publisher=article, published=published)
    return Stretch(passage, len(around), len(whole))


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Three people died and eleven were missing on Thursday.", {"dead": 3, "missing": 11}),
        ("A blast killed at least 31 people and injured 120.", {"dead": 31, "hurt": 120}),
        ("The death toll has risen to 1,200.", {"dead": 1200}),
        ("The number of people known to have died in last week’s flood went up to seven.", {"dead": 7}),
        ("Police arrested 14 men; 60 households were evacuated.", {"arrested": 14, "displaced": 60}),
        ("Twenty-two passengers were hurt.", {"hurt": 22}),
        ("Two more people died.", {}),
        ("Another three were killed.", {}),
        ("Two of the injured were children.", {}),
        ("He was killed 5 days later.", {}),
        ("In 2009, when the river last rose, one person died.", {}),
        ("Some 20 people a year are killed on this road.", {}),
        ("A break could kill 50 people.", {}),
        ("Nobody has died.", {}),
        ("Six boats sank.", {}),
    ],
)
def test_the_tolls_of_a_sentence(text: str, figures: dict[str, int]) -> None:
    assert {fate: figure.value for fate, figure in tolls(told(text)).items()} == figures


@given(st.text())
def test_any_text_has_tolls_or_none(text: str) -> None:
    stretch = told(text)
    assert all(figure.text in stretch.text for figure in tolls(stretch).values())


def test_a_question_may_ask_for_a_toll() -> None:
    assert fates_in("How many people died in the end?") == {"dead"}
    assert fates_in("death toll latest") == {"dead"}
    assert fates_in("Who was hurt or is missing?") == {"hurt", "missing"}
    assert fates_in("How many boats sank?") == set()


ODETTE = "Storm Odette reached Lisle on Monday and Port Arne on Tuesday. "
EARLY = told("Four people were killed when the storm brought down a crane.", "Tide", 4, around=ODETTE)
LATE = told("A week after the storm, in which nine people died, the port of Lisle opened again.", "Lantern", 11,
            title="Lisle: ships return", around="Odette had also closed Port Arne. ")  # fmt: skip
ELSEWHERE = told("A storm off Kerrin killed seven people.", "Beacon", 11, title="Kerrin mourns")
DRAFTS = {name: Draft((stretch,)) for name, stretch in (("early", EARLY), ("late", LATE), ("elsewhere", ELSEWHERE))}


def test_two_reports_of_one_event_give_different_tolls_in_other_words() -> None:
    update = updated(EARLY, LATE, TERMS)
    assert update is not None
    assert [figure.value for figure in update.figures] == [4, 9]
    assert updated(EARLY, ELSEWHERE, TERMS) is None
    assert updated(EARLY, EARLY, TERMS) is None
    (found,) = differences((DRAFTS["early"], DRAFTS["late"]), TERMS)
    assert (found.newer, found.kind) == (1, "later")


@pytest.mark.parametrize(
    ("question", "leads"),
    [("How many people did the storm kill?", True), ("What did the storm bring down?", False)],
)
def test_a_later_toll_leads_where_it_is_asked_for(question: str, leads: bool) -> None:
    others = [(0.3, DRAFTS["elsewhere"]), (0.05, DRAFTS["late"])]
    assert overtaken(DRAFTS["early"], others, question, TERMS) == ([DRAFTS["late"]] if leads else [])
    ordered = newest_first([DRAFTS["early"], DRAFTS["late"]], question, TERMS)
    assert ordered[0] == DRAFTS["late" if leads else "early"]
