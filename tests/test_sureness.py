"""What tells whether a collection answers a question, from what was read of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.features import Read, read_passage
from qa.lexical import STOPWORDS, Terms
from qa.matching import Question, take_apart
from qa.sentences import sentence_spans
from qa.sureness import ALONE, FAR, WHOLE, Place, best_place, whole
from qa.types import Passage
from tests.fakes import HashEmbedder

TERMS = Terms()
EMBEDDER = HashEmbedder()
HARBOUR = "The harbour was closed on Monday. Inés Falk paid 40 crowns for a boat."


def asked(text: str) -> Question:
    content = [term for term in TERMS(text) if term not in STOPWORDS]
    return take_apart(text, EMBEDDER.read([text])[0], TERMS, dict.fromkeys(content, 1.0))


def read(question: Question, text: str, title: str = "News") -> Read:
    reading = EMBEDDER.read([f"{title}\n{text}"])[0]
    passage = Passage("a:0", "a", text, 0, len(text), title)
    return read_passage(question, passage, reading, sentence_spans(text), TERMS, timely=0.5)


def told(text: str, passages: Sequence[tuple[str, str]], scores: Sequence[Sequence[float]]) -> dict[str, float]:
    """The values by name; passages are (article, text), with the scores of their sentences."""
    question = asked(text)
    reads = [read(question, passage) for _, passage in passages]
    values = whole(question, reads, [article for article, _ in passages], [np.asarray(own) for own in scores])
    return dict(zip(WHOLE, map(float, values), strict=True))


@pytest.mark.parametrize(
    ("scores", "place"),
    [
        ([[0.1, 0.3], [0.2]], Place(0, 1)),
        ([[], [0.2, 0.2]], Place(1, 0)),
        ([[0.2], [0.2]], Place(0, 0)),
    ],
)
def test_the_best_sentence_is_the_first_of_the_highest(scores: list[list[float]], place: Place) -> None:
    assert best_place([np.asarray(own) for own in scores]) == place


def test_a_sentence_leads_over_what_stands_elsewhere_and_not_over_its_neighbours() -> None:
    question = "Who paid for a boat?"
    assert told(question, [("a", HARBOUR)], [[1.0, 3.0]])["lead"] == ALONE
    assert told(question, [("a", HARBOUR), ("b", HARBOUR)], [[1.0, 3.0], [0.5, 2.0]])["lead"] == 1.0
    far = f"{'The quay is old. ' * (FAR // 16 + 1)}Inés Falk paid."
    count = len(sentence_spans(far))
    assert told(question, [("a", far)], [[*[0.0] * (count - 1), 3.0]])["lead"] == 3.0


def test_what_the_article_says_elsewhere_speaks_for_an_answer() -> None:
    question, scores = "When did Inés Falk close the harbour?", [[2.0], [1.0]]
    closed, named = "The harbour was closed on Monday.", "Inés Falk spoke."
    apart = told(question, [("a", closed), ("b", named)], scores)
    together = told(question, [("a", closed), ("a", named)], scores)
    assert together["names_in_article"] > apart["names_in_article"]
    assert together["matched_in_article"] > apart["matched_in_article"]
    assert together["gathered_in_article"] == 0.0 > apart["gathered_in_article"]


def test_a_number_of_the_question_has_to_be_found() -> None:
    there, missing = (told(f"Who paid {n} crowns for a boat?", [("a", HARBOUR)], [[0.0, 1.0]]) for n in (40, 90))
    assert there["numbers_found"] > missing["numbers_found"]


def test_a_word_that_nothing_matches_is_the_weakest() -> None:
    known, unknown = (told(f"Who paid for a {w}?", [("a", HARBOUR)], [[0.0, 1.0]]) for w in ("boat", "zeppelin"))
    assert known["weakest"] > unknown["weakest"]
    assert known["matched_in_article"] > unknown["matched_in_article"]


def test_the_kind_of_question_is_told() -> None:
    assert told("Was the harbour closed?", [("a", HARBOUR)], [[1.0, 0.0]])["asks_yes_or_no"] == 1.0
    assert told("When was the harbour closed?", [("a", HARBOUR)], [[1.0, 0.0]])["asks_yes_or_no"] == 0.0


@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip))
def test_whatever_is_asked_of_whatever_text_gives_finite_numbers(text: str, passage: str) -> None:
    question = asked(text)
    own = read(question, passage)
    if len(own.spans):
        values = whole(question, [own], ["a"], [np.arange(len(own.spans), dtype=float)])
        assert values.shape == (len(WHOLE),)
        assert np.isfinite(values).all()
