"""Mistyped words of a question, put right by the articles."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import ingest
from qa import Settings
from qa.assistant import Assistant
from qa.build import open_index
from qa.models import TransformerEmbedder
from qa.spelling import Spelling, is_english, slips
from qa.types import Page, now
from ui.understood import understood

BEFORE = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("How many were hurt in the collison of the Corvina?", "How many were hurt in the collision of the Corvina?"),
        ("how many were aboard the corvnia", "how many were aboard the Corvina"),
        ("What did the Corviina hit?", "What did the Corvina hit?"),
        ("What did the Corvima hit?", "What did the Corvina hit?"),
        ("Waht did the Corvina hit?", "What did the Corvina hit?"),
        ("What did the Harbour Courrier write?", "What did the Harbour Courier write?"),
    ],
)
def test_a_slip_of_the_fingers_is_put_right(desk: Assistant, typed: str, meant: str) -> None:
    assert desk.understand(typed).text == meant


@pytest.mark.parametrize(
    "question",
    [
        "How many were hurt when the Corvina collided?",  # "collided" is another form of a word that is there
        "Did anybody drink cordial aboard the Corvina?",  # an English word that no article has
        "What did Zbigniew Quarrington say?",  # a name that is like none here
        "Is the Corv1na safe, and what is corvima@example.com?",
        "コルヴィナ号はどうなりましたか",
        "¿?!",
    ],
)
def test_other_words_stay_as_they_are(desk: Assistant, question: str) -> None:
    assert desk.understand(question).text == question


def test_what_was_put_right_is_shown_and_answered(desk: Assistant) -> None:
    typed = "How many people were injured in the ferry colision?"
    answer = desk.ask(typed)
    assert understood(answer.query, typed) == ["How many people were injured in the ferry collision?"]
    assert answer.statements[0].text.startswith("Fourteen people were injured")


def test_a_word_is_put_right_by_what_was_published_by_then(desk: Assistant) -> None:
    assert desk.understand("What did the Corvima hit?", as_of=BEFORE).text == "What did the Corvima hit?"


def test_another_language_has_endings_that_are_no_slips(tmp_path: Path, embedder: TransformerEmbedder) -> None:
    text = (
        "Die alte Brücke über den Fluss ist seit dem Morgen gesperrt, teilte die Stadt mit. Der Verkehr wird über die "
        "Umgehungsstraße geleitet, und niemand weiß, wie lange das dauern wird. Die Feuerwehr prüft die Pfeiler."
    )
    body = f"<h1>Brücke gesperrt</h1><p>{text}</p><p>{text.replace('Morgen', 'Abend')}</p>"
    page = Page("a", f'<html lang="de"><title>Brücke gesperrt</title><body><article>{body}</article></body></html>')
    settings = Settings(home=tmp_path)
    ingest([page], settings=settings, embedder=embedder)
    with open_index(settings) as index:
        assert index.article(index.articles()[0].id).language == "de"
        assert Spelling(index)("Welche Brücken sind gesperrtt?", now()) == "Welche Brücken sind gesperrtt?"


def test_many_unknown_words_are_left_alone(desk: Assistant) -> None:
    hostile = " ".join(f"corvin{letter}{other}" for letter in "bcdfghjk" for other in "bcdfghjk") + " " + "x" * 100_000
    assert desk.understand(hostile).text == hostile


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=12), st.data())
def test_each_slip_can_be_undone(word: str, data: st.DataObject) -> None:
    for typed in data.draw(st.lists(st.sampled_from(list(slips(word))), max_size=5)):
        assert typed[0] == word[0]
        assert len(typed) < 5 or word in slips(typed)


@given(st.text())
def test_slips_of_any_word_are_others(word: str) -> None:
    found = list(slips(word[:20]))
    assert len(found) == len(set(found))
    assert word[:20] not in found


def test_the_dictionary_knows_english() -> None:
    assert is_english("spaniel")
    assert not is_english("corvina")
