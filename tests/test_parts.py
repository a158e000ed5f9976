from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.assistant import Assistant
from qa.in_parts import ReadInParts, SearchInParts, in_turn
from qa.parts import MOST_PARTS, clauses_of, parts_of, questions_in
from qa.publishers import outlet_missing, publishers_asked, without_outlets
from qa.reader import Evidence
from qa.remembering import Remembering
from qa.types import Hit, Passage, Query
from tests.fakes import HashEmbedder

QUERY = Query("Who closed the bridge over the sound, and when will it open again?", datetime(2024, 3, 6, tzinfo=UTC))
LONG = (
    "Which company, founded by two sisters in a harbour town, was fined for dumping oil off the northern coast while "
    "its rival built a wind farm with thirty turbines near the southern lighthouse?"
)


def passage(name: str) -> Passage:
    return Passage(f"{name}:0", name, f"Text of {name}.", 0, len(name) + 9, f"Title {name}")


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("Who won the cup and how many goals fell?", ("Who won the cup?", "How many goals fell?")),
        ("What does the bridge cost? Who pays?", ("What does the bridge cost?", "Who pays?")),
        ("Was the bridge closed and did the mayor go?", ("Was the bridge closed?", "Did the mayor go?")),
        ("Who won the cup? Who won the cup? Who won the cup?", ("Who won the cup?",)),
        ("How and why was the bridge closed?", ()),
        ("Which bank failed and was rescued by the state?", ()),
        ("What did Norway and Sweden say about the fish?", ()),
        ("Did the court rule before the vote or after it?", ()),
        ("Why?", ()),
    ],
)
def test_joined_questions_are_told_from_one_with_an_and_in_it(text: str, questions: tuple[str, ...]) -> None:
    assert questions_in(text) == questions


def test_a_further_question_is_told_whom_it_is_about() -> None:
    assert parts_of(QUERY.text)[1] == "When will the bridge open again?"


def test_a_long_question_has_clauses_that_each_say_what_is_asked_for() -> None:
    founded, fined, rival = clauses_of(LONG)
    assert founded == "Which company, founded by two sisters in a harbour town?"
    assert fined == "Which company was fined for dumping oil off the northern coast?"
    assert rival.startswith("Which company its rival built a wind farm")
    assert clauses_of("Which company was fined?") == ()


@given(
    st.text(max_size=300) | st.lists(st.sampled_from([*LONG.split(), "and who", "?", ", while", "of"])).map(" ".join)
)
def test_every_text_has_few_parts(text: str) -> None:
    assert 1 <= len(parts_of(text)) <= MOST_PARTS


def test_the_hits_of_whole_and_parts_take_turns_and_know_their_parts() -> None:
    a, b, c = (Hit(passage(name), 1.0) for name in "abc")
    turns = in_turn([[a, b], [Hit(c.passage, 1.0, (0,)), Hit(a.passage, 1.0, (0,))], [Hit(b.passage, 1.0, (1,))]])
    assert [(hit.passage.article_id, hit.parts) for hit in turns] == [("a", (0,)), ("c", (0,)), ("b", (1,))]


def test_each_part_is_searched_for_and_read_in_what_was_found_for_it() -> None:
    asked: list[str] = []
    read: list[tuple[str, list[str]]] = []

    def search(query: Query, k: int) -> list[Hit]:
        asked.append(query.text)
        return [Hit(passage(f"{query.text[:4]}-{n}"), 1.0) for n in range(k)]

    def reading(query: Query, hits: object) -> list[Evidence]:
        assert isinstance(hits, list)
        read.append((query.text[:4], [hit.passage.article_id for hit in hits]))
        return [Evidence(hit.passage, 0, 4, 1.0, 0.5 if query.text.startswith("When") else 0.2, 0.5) for hit in hits]

    hits = SearchInParts(search)(QUERY, 2)
    evidence = ReadInParts(reading)(QUERY, hits)
    assert asked == [QUERY.text, *parts_of(QUERY.text)]
    assert len(hits) == 4
    assert [name for name, _ in read] == ["Who ", "When"]
    assert all(article.startswith("When-") for article in read[1][1])
    assert [e.part for e in evidence] == sorted((e.part for e in evidence), reverse=True)


def test_a_question_of_one_part_is_searched_and_read_as_it_is() -> None:
    query = Query("Who closed the bridge?", QUERY.as_of)
    hits = [Hit(passage("a"), 1.0)]
    assert SearchInParts(lambda asked, k: hits if asked is query else [])(query, 5) is hits
    evidence = [Evidence(passage("a"), 0, 4, 1.0, 1.0, 1.0)]
    assert ReadInParts(lambda asked, _: evidence if asked is query else [])(query, hits) is evidence


def test_both_questions_are_answered_in_the_order_asked(desk: Assistant) -> None:
    answer = desk.ask("Who won the Regional Cup, and how many people were injured in the ferry collision?")
    first, *_, last = (statement.words for statement in answer.statements)
    assert "Northfield Rovers" in first
    assert "injured" in last
    assert answer.unanswered == ()


def test_a_question_on_which_the_articles_are_silent_is_named(desk: Assistant) -> None:
    answer = desk.ask("Why was Carrow Bridge closed and who paid for the moon landing?")
    assert "cracks" in answer.statements[0].words
    assert answer.unanswered == ("Who paid for the moon landing?",)


def test_where_neither_is_answered_the_assistant_abstains(desk: Assistant) -> None:
    answer = desk.ask("Who wrote the opera Tosca and who paid for the moon landing?")
    assert answer.abstained is not None
    assert answer.unanswered == ()


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("What did the mayor say, according to the Mirror?", "What did the mayor say?"),
        ("According to the Daily Mirror, who closed the bridge?", "Who closed the bridge?"),
        ("Which firm, as reported by the Tide and the Mirror, builds ferries?", "Which firm builds ferries?"),
        ("What did the Mirror say about the bridge?", "What did the Mirror say about the bridge?"),
        ("What was said by the Mirror?", "What was said by the Mirror?"),
        ("What did the Tide say caused the fire?", "What caused the fire?"),
        ("How many people did the Mirror report were hurt?", "How many people were hurt?"),
        ("Did the Mirror say that the dam broke?", "Did the Mirror say that the dam broke?"),
        ("Who broke the mirror?", "Who broke the mirror?"),
    ],
)
def test_a_source_that_is_named_is_not_read_for(question: str, bare: str) -> None:
    assert without_outlets(question, ("Daily Mirror", "The Tide")) == bare


def test_an_outlet_that_covered_something_is_named_as_one() -> None:
    assert publishers_asked("Which fire was covered by The Tide?", ("The Tide", "Daily Mirror")) == ("The Tide",)


def test_a_long_and_hostile_question_is_read_at_once() -> None:
    """One that took minutes would end the test: pytest's timeout is the bound."""
    outlets = [
        f"The {place} {kind}" for place in ("Northern", "Tide", "Coastal") for kind in ("Mirror", "Post", "News")
    ]
    for text in (
        "a" * 50_000,
        "According to the Tide and " * 80,
        "did x, " * 2_000,
        " " * 50_000 + "who?",
        "and who " * 5_000,
    ):
        publishers_asked(text, outlets)
        without_outlets(text, outlets)
        outlet_missing(text, outlets, [])
        parts_of(text)


def test_what_was_read_is_remembered_for_a_while() -> None:
    counted: list[str] = []

    class Counting(HashEmbedder):
        def read(self, texts):  # type: ignore[no-untyped-def]
            counted.extend(texts)
            return super().read(texts)

    remembering = Remembering(Counting(), kept=2)
    first, second, again = remembering.read(["one", "two", "one"])
    assert first is again
    assert remembering.read(["two"])[0] is second
    remembering.read(["three"])
    remembering.read(["one"])
    assert counted == ["one", "two", "three", "one"]
