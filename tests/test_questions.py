"""Questions put to the real assistant over the samples, and what their results say."""

from __future__ import annotations

import pytest

from evals.cases import parse_case
from evals.golden import Collection, question_of
from evals.question_measures import QUESTION_MEASURES, question_curves
from evals.questions import Examiner
from evals.results import Result
from evals.task import Task, run
from qa.assistant import Assistant

FERRY = "Collision “en pleine brume”: fourteen injured aboard the Corvina"
INJURED = "How many people were injured in the ferry collision?"
GOLD = {"gold_spans": [{"article": FERRY, "quote": "Fourteen people were injured"}], "answers": ["twelve", "fourteen"]}


@pytest.fixture(scope="module")
def collection(desk: Assistant) -> Collection:
    return Collection(desk.index)


@pytest.fixture(scope="module")
def examined(desk: Assistant, collection: Collection) -> dict[str, Result]:
    cases = [
        {"id": "right", "question": INJURED, **GOLD},
        {"id": "wrong", "question": INJURED, "gold_articles": [FERRY], "answers": ["ninety"]},
        {"id": "silent", "question": "What did the bishop of Averin say about vaccines?", "answerable": False},
        {"id": "spans only", "question": INJURED, "gold_spans": GOLD["gold_spans"]},
        {"id": "premise", "question": INJURED, "answerable": False, "tags": ["false premise"]},
        {
            "id": "follow-up",
            "question": "And when did it happen?",
            "turns": [INJURED],
            "rewrite": "When did the ferry collision happen?",
            "gold_articles": [FERRY],
        },
        {
            "id": "told",
            "question": "Who was he?",
            "turns": [{"question": "Who steered?", "answer": "Captain Jonas Berg steered the Corvina."}],
        },
    ]
    examine = Examiner(desk, collection)
    questions = [question_of(parse_case(case), collection, collection.newest_day) for case in cases]
    return {question.id: examine(question) for question in questions}


def test_a_right_answer_is_right_throughout(examined: dict[str, Result]) -> None:
    result = examined["right"]
    assert result.wrong == ()
    names = ("R@5", "gold in first", "span quoted", "quote exactness", "citation recall", "right", "CRAG")
    assert [result.scores[name] for name in names] == [1.0] * len(names)
    assert result.scores["abstained"] == 0.0


def test_an_answer_without_the_gold_wording_is_wrong_and_says_so(examined: dict[str, Result]) -> None:
    result = examined["wrong"]
    assert (result.scores["gold in first"], result.scores["right"], result.scores["CRAG"]) == (0.0, 0.0, -1.0)
    assert result.wrong == ("the first statement is not the answer",)


def test_abstaining_where_the_articles_are_silent_is_no_wrong(examined: dict[str, Result]) -> None:
    result = examined["silent"]
    assert result.wrong == ()
    assert (result.scores["abstained"], result.scores["CRAG"], result.scores["right if answered"]) == (1.0, 0.0, 0.0)
    assert result.scores["R@1"] is None
    assert result.scores["citation recall"] is None


def test_without_wordings_a_quoted_gold_span_is_right(examined: dict[str, Result]) -> None:
    assert examined["spans only"].scores["gold in first"] is None
    assert examined["spans only"].scores["right"] == 1.0


def test_answering_a_false_premise_counts_against_it(examined: dict[str, Result]) -> None:
    assert examined["premise"].scores["false premise caught"] == 0.0
    assert examined["premise"].wrong == ("answered, though the articles are silent",)
    assert examined["right"].scores["false premise caught"] is None


def test_a_follow_up_is_searched_as_understood_and_as_a_person_wrote_it(examined: dict[str, Result]) -> None:
    result = examined["follow-up"]
    assert result.shown["understood"] != "And when did it happen?"
    assert result.scores["follow-up R@5"] == result.scores["rewritten R@5"] == 1.0
    assert "follow-up R@5" not in examined["right"].scores


def test_a_turn_that_is_told_stands_as_the_answer(examined: dict[str, Result]) -> None:
    assert "Jonas Berg" in examined["told"].shown["understood"]


def test_every_stage_is_timed_and_together_they_are_the_whole(examined: dict[str, Result]) -> None:
    seconds = dict(examined["right"].seconds)
    whole = seconds.pop("all")
    assert set(seconds) == {"understand", "search", "read", "write"}
    assert sum(seconds.values()) == pytest.approx(whole, rel=0.01)


def test_what_is_shown_has_the_answer_and_the_gold_in_words(examined: dict[str, Result]) -> None:
    shown = examined["right"].shown
    assert shown["gold"]["articles"][0]["title"] == FERRY
    assert shown["gold"]["spans"][0]["quote"] == "Fourteen people were injured"
    assert shown["answer"]["statements"][0]["quotes"][0]["text"].startswith("Fourteen")


def test_two_runs_give_the_same_figures_to_the_last_digit(desk: Assistant, collection: Collection) -> None:
    cases = [{"id": "a", "question": INJURED, **GOLD}, {"id": "b", "question": "Who won?", "answerable": False}]
    questions = [question_of(parse_case(case), collection, collection.newest_day) for case in cases]
    one, two = (
        run(Task("hybrid", questions, Examiner(desk, collection), QUESTION_MEASURES, question_curves)) for _ in range(2)
    )
    assert [r.scores for r in one.results] == [r.scores for r in two.results]
    assert [r.shown for r in one.results] == [r.shown for r in two.results]
    assert [f for f in one.figures if f.group != "seconds"] == [f for f in two.figures if f.group != "seconds"]
    assert one.curves == two.curves


def test_a_judge_gives_a_second_opinion(desk: Assistant, collection: Collection) -> None:
    question = question_of(parse_case({"id": "a", "question": INJURED, **GOLD}), collection, collection.newest_day)
    harsh = Examiner(desk, collection, judge=lambda statement, quotes: False)(question)
    assert harsh.scores["judged citation recall"] == 0.0
    assert harsh.scores["citation recall"] == 1.0
