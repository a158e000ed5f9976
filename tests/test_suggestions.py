from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from qa.assistant import Assistant
from qa.catalogue import catalogue
from qa.records import ArticleRow
from qa.suggestions import suggestions
from qa.types import Passage, Saying


def passage(text: str, *said: tuple[str, str], title: str = "News of the harbour") -> Passage:
    spoken = [(who, words, text.index(words)) for who, words in said]
    sayings = tuple(Saying(who, "said", words, False, at, at + len(words)) for who, words, at in spoken)
    return Passage("a:0", "a", text, 0, len(text), title, said=sayings)


def asked(text: str, *said: tuple[str, str]) -> list[str]:
    return [each.question for each in suggestions([passage(text, *said)])]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Some 340 operations were put off.", "How many operations were put off?"),
        ("Four children are in hospital, one of them with burns.", "How many children are in hospital?"),
        ("The embankment was built in 1931.", "When was the embankment built?"),
        ("The new pier will be opened on Thursday, 3 May.", "When will the new pier be opened?"),
    ],
)
def test_a_count_or_a_day_is_asked_for(sentence: str, question: str) -> None:
    assert asked(sentence) == [question]


@pytest.mark.parametrize(
    "sentence", ["Two of them were found.", "The pier was not opened on Monday.", "Its doors were closed in May."]
)
def test_a_sentence_that_leans_on_others_gives_no_question(sentence: str) -> None:
    assert asked(sentence) == []


def test_what_somebody_said_is_asked_by_the_thing_that_the_article_speaks_of() -> None:
    text = "The harbour master Greta Solm said that the pier would hold. The pier is old. The rice is cheap, Solm said."
    words = ("harbour master Greta Solm", "the pier would hold")
    assert asked(text, words) == ["What did Greta Solm say about the pier?"]
    assert asked(text, ("Solm", "The rice is cheap")) == []
    assert asked(text, ("she", "the pier would hold")) == []


def test_every_suggestion_is_answered_from_where_it_was_made(desk: Assistant) -> None:
    answer = desk.suggest(desk.ask("What did France say about the launches?"))
    assert answer.abstained
    assert 1 <= len(answer.suggestions) <= 3
    assert not any(desk.ask(question).abstained for question in answer.suggestions)


def test_what_was_quoted_is_not_suggested(desk: Assistant) -> None:
    answer = desk.suggest(desk.ask("When was the embankment of Hollin Dam built?"))
    assert "1931" in answer.statements[0].text
    assert "When was the embankment built?" not in answer.suggestions


def test_an_abstention_says_what_was_searched(desk: Assistant) -> None:
    answer = desk.ask("What did France say about the launches?")
    assert answer.catalogue is not None
    assert answer.catalogue.articles == desk.index.count().articles
    assert "Le Passage" in answer.catalogue.publishers


def test_a_catalogue_counts_publishers_once_and_passes_over_missing_days() -> None:
    def row(number: int, publisher: str | None, published: datetime | None) -> ArticleRow:
        return ArticleRow(str(number), "T", publisher, (), published, None, 1, "d")

    found = catalogue([row(1, "Tide", datetime(2024, 5, 2, tzinfo=UTC)), row(2, "Tide", None), row(3, None, None)])
    assert (found.articles, found.publishers, found.first, found.last) == (
        3,
        ("Tide",),
        date(2024, 5, 2),
        date(2024, 5, 2),
    )
