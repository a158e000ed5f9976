from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from qa.answers.drafts import Draft, statements_of
from qa.answers.leaning import leans
from qa.lexical import Terms
from qa.reader import Evidence
from qa.types import Passage, Query
from qa.writer import ExtractiveWriter

TEXT = "The harbour master spoke on Monday. She said the pier was closed. Boats waited outside the harbour all day."


def a_passage(text: str = TEXT, article_id: str = "a", n: int = 0, start: int = 0, day: int = 7) -> Passage:
    published = datetime(2022, 11, day, tzinfo=UTC)
    return Passage(f"{article_id}:{n}", article_id, text, start, start + len(text), "Title", published=published)


def evidence(passage: Passage, sentence: str, rank: float = 0.9) -> Evidence:
    start = passage.start + passage.text.index(sentence)
    return Evidence(passage, start, start + len(sentence), rank, rank, 0.5)


def writing(*passages: Passage, most: int = 4) -> Callable[[Sequence[Evidence]], list[Draft]]:
    by_id = {passage.id: passage for passage in passages}

    def look_up(ids: Sequence[str]) -> list[Passage]:
        return [by_id[i] for i in ids if i in by_id]

    query = Query("Where did the boats wait?", datetime(2022, 11, 14, tzinfo=UTC))
    return lambda found: list(ExtractiveWriter(look_up, Terms(), most)(query, found))


def texts(drafts: Sequence[Draft]) -> list[str]:
    return [" ".join(stretch.text for stretch in draft.stretches) for draft in drafts]


def test_a_sentence_that_leans_on_the_one_before_brings_it_along() -> None:
    passage = a_passage()
    chosen = writing(passage)([evidence(passage, "She said the pier was closed.")])
    assert texts(chosen) == ["The harbour master spoke on Monday. She said the pier was closed."]


def test_the_sentence_before_may_end_another_passage() -> None:
    before = a_passage("It was foggy. The harbour master spoke on Monday. ")
    passage = a_passage("She said the pier was closed.", n=1, start=before.end)
    statements, citations = statements_of(
        writing(before, passage)([evidence(passage, "She said the pier was closed.")])
    )
    assert statements[0].text == "The harbour master spoke on Monday. She said the pier was closed."
    assert [(q.passage_id, q.number) for q in statements[0].quotes] == [("a:0", 1), ("a:1", 2)]
    assert [c.number for c in citations] == [1, 2]


def test_a_neighbour_nearly_as_good_as_the_best_sentence_stands_in_one_statement_with_it() -> None:
    passage = a_passage("The pier closed on Monday. Engineers had found cracks. Boats waited outside all day.")
    best = evidence(passage, "The pier closed on Monday.", 1.0)
    chosen = writing(passage)([best, evidence(passage, "Engineers had found cracks.", 0.4)])
    assert texts(chosen) == ["The pier closed on Monday. Engineers had found cracks."]
    assert texts(writing(passage)([best, evidence(passage, "Engineers had found cracks.", 0.3)])) == [best.text]
    assert texts(writing(passage)([best, evidence(passage, "Boats waited outside all day.", 0.4)])) == [best.text]


def test_a_sentence_is_shown_with_the_one_that_takes_it_back_and_what_is_right() -> None:
    passage = a_passage("On Tuesday we wrote that 340 boats had sunk. That was wrong. Twelve had.")
    chosen = writing(passage)([evidence(passage, "On Tuesday we wrote that 340 boats had sunk.")])
    assert texts(chosen) == [passage.text]


@pytest.mark.parametrize(
    ("sentence", "needs_another"),
    [
        ("He left.", True),
        ("“We were promised rest.", True),
        ("“We were promised rest,” said driver Ida Holm.", False),
        ("“We were promised rest,” he said.", True),
        ("“We were promised rest,” she also told the council.", True),
        ("The driver left.", False),
        ("Hearing this, the driver left.", False),
        ("That was wrong.", True),
    ],
)
def test_pronouns_and_quotations_without_a_speaker_lean(sentence: str, needs_another: bool) -> None:
    assert leans(sentence) is needs_another


def test_a_copy_of_what_is_said_already_is_left_out() -> None:
    one, copy = a_passage(), a_passage("Boats waited outside the harbour all the day.", "b")
    found = [evidence(one, "Boats waited outside the harbour all day."), evidence(copy, copy.text, 0.8)]
    assert texts(writing(one, copy)(found)) == ["Boats waited outside the harbour all day."]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "About 80 missiles were fired on Monday by the North.",
            "About 25 missiles were fired on Monday by the North.",
        ),
        ("The minister would resign on Monday, he wrote.", "The minister would not resign on Monday, he wrote."),
    ],
)
def test_another_figure_or_a_denial_is_no_copy(first: str, second: str) -> None:
    one, other = a_passage(first), a_passage(second, "b")
    assert len(writing(one, other)([evidence(one, first), evidence(other, second, 0.8)])) == 2


def test_the_best_comes_first_then_its_article_then_the_others_by_time() -> None:
    late, early = a_passage("The ferry was repaired at once.", "late", day=9), a_passage("Fog came in.", "early", day=1)
    own = a_passage()
    found = [
        evidence(own, "Boats waited outside the harbour all day."),
        evidence(late, late.text, 0.89),
        evidence(early, early.text, 0.88),
        evidence(own, "The harbour master spoke on Monday.", 0.87),
    ]
    assert texts(writing(own, late, early)(found)) == [
        "Boats waited outside the harbour all day.",
        "The harbour master spoke on Monday.",
        "Fog came in.",
        "The ferry was repaired at once.",
    ]


def test_much_weaker_sentences_and_those_beyond_the_most_are_left_out() -> None:
    passages = [a_passage(f"Word{n} alone stands here{n} today{n}.", f"a{n}") for n in range(6)]
    ranks = [0.9, 0.88, 0.86, 0.2, 0.1, 0.05]
    found = [evidence(passage, passage.text, rank) for passage, rank in zip(passages, ranks, strict=True)]
    assert len(writing(*passages)(found)) == 3
    assert len(writing(*passages, most=2)(found)) == 2


def test_no_evidence_makes_no_statement() -> None:
    assert statements_of(writing()([])) == ((), ())
