"""The calibration: models fitted on sentences whose right answers are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from evals.calibrate import folds_of, held_out, report, right_if_given
from evals.cases import parse_case
from evals.fitting import fit_choice, fit_odds
from evals.golden import Question
from evals.sentences import Sentences, answers, group_of
from qa import matching
from qa.features import NAMES, Read
from qa.remembering import Remembering
from qa.types import ANYTHING, Passage
from tests.fakes import HashEmbedder

INTERACTION = NAMES.index("interaction")


def question(
    number: int = 0, *, answer: str | None = "blue", tags: tuple[str, ...] = (), article: str = "a"
) -> Question:
    case = {"id": str(number), "question": f"Which colour is door {number}?", "tags": tags}
    known = {"answers": [answer], "gold_articles": [article]} if answer else {"answerable": False}
    report_of = {article: article} if answer else {}
    moment = datetime(2022, 11, 7, tzinfo=UTC)
    return Question(parse_case({**case, **known}), moment, ANYTHING, frozenset(report_of), report_of, ())


def outcomes(count: int = 40) -> list[Sentences]:
    """Questions with three sentences each: the one with the most interaction answers; every fourth has no answer."""
    random = np.random.default_rng(1)
    made = []
    for number in range(count):
        absent = number % 4 == 3
        rows = random.random((3, len(NAMES))).astype(np.float32) * 0.3
        rows[number % 3, INTERACTION] = 0.1 if absent else 0.9
        right = np.arange(3) == (-1 if absent else number % 3)
        read = Read([(0, 9), (10, 19), (20, 29)], rows, np.zeros((3, 0)), np.zeros(0), frozenset())
        asked = question(number, answer=None if absent else "blue", article=str(number))
        group = "news absent" if absent else "news answerable"
        made.append(Sentences(asked, group, taken_apart(asked), ["a"], [read], [right], [right]))
    return made


def taken_apart(asked: Question) -> matching.Question:
    text = asked.case.question
    return matching.take_apart(text, HashEmbedder().read([text])[0], str.split, {})


def test_the_models_learn_which_sentence_answers_and_how_surely() -> None:
    known = outcomes()
    right, sure = held_out(known, folds_of(known))
    absent = np.arange(len(known)) % 4 == 3
    assert right[~absent].all()
    assert sure[absent].max() < 0.5 < sure[~absent].min()


def test_with_the_passage_given_no_other_one_can_mislead() -> None:
    known = [o for o in outcomes() if o.is_answered]
    misled = []
    for o in known:
        rows = o.reads[0].rows.copy()
        rows[:, INTERACTION] = 0.95  # a passage of another article looks better still
        wrong = np.zeros(3, dtype=bool)
        other = replace(o.reads[0], rows=rows)
        mine = next(iter(o.question.report_of))
        misled.append(replace(o, articles=["other", mine], reads=[other, *o.reads], right=[wrong, *o.right],
                              wanted=[wrong, *o.wanted]))  # fmt: skip
    folds = folds_of(known)
    assert not held_out(misled, folds)[0].any()
    assert right_if_given(misled, folds, "news answerable") == 1.0
    assert right_if_given(misled, folds, "squad2 answerable") is None


def test_what_speaks_for_an_answer_never_counts_against_one() -> None:
    rows = np.asarray([[1.0, 0.0], [1.0, 1.0], [0.0, 0.0], [0.0, 1.0]] * 5)
    true = rows[:, 0] < 0.5  # the first feature speaks against it here
    free = fit_odds(rows, true, np.ones(20), ("sign", "trait"))
    held = fit_odds(rows, true, np.ones(20), ("sign", "trait"), never_below_zero=("sign",))
    assert free["weights"]["sign"] < 0
    assert "sign" not in held["weights"]


def test_the_choice_is_among_the_rows_of_one_group() -> None:
    rows = [np.asarray([[1.0], [0.0]]), np.asarray([[5.0], [4.0]])]
    wanted = [np.asarray([True, False]), np.asarray([True, False])]
    assert fit_choice(rows, wanted, np.ones(2), ["height"])["weights"]["height"] > 0


def test_the_report_counts_by_group() -> None:
    known = outcomes(8)
    right = np.asarray([i % 4 != 3 for i in range(8)])
    sure = np.where(right, 0.9, 0.1)
    squad = [replace(k, group=f"squad2 {kind}") for k, kind in zip(known, ("answerable", "absent", "adversarial"),
                                                                   strict=False)]  # fmt: skip
    figures = report([*known, *squad], np.append(right, [True, False, False]), np.append(sure, [0.9, 0.2, 0.95]), 0.5)
    assert figures["news answerable"] == {
        "questions": 6,
        "first_right": 1.0,
        "answered": 1.0,
        "right_when_answered": 1.0,
    }
    assert figures["news absent"]["answered"] == 0.0
    assert figures["AUC answerable against squad2 absent"] == 1.0
    assert figures["AUC answerable against squad2 adversarial"] == 0.0


def test_a_sentence_answers_when_it_has_the_wording_in_a_gold_article() -> None:
    gold, other = (Passage(f"{i}:0", i, "The door is blue.", 0, 17, "Doors") for i in ("a", "b"))
    asked = question()
    assert answers(asked, gold, "The door is blue.")
    assert not answers(asked, gold, "The door is bluest.")
    assert not answers(asked, other, "The door is blue.")


def test_a_group_is_told_by_the_data_and_the_tag() -> None:
    assert group_of("realtimeqa", question(tags=("answerable", "gold"))) == "news answerable"
    assert group_of("squad2", question(tags=("adversarial",), answer=None)) == "squad2 adversarial"


def test_no_text_is_read_twice() -> None:
    embedder = HashEmbedder()
    seen: list[str] = []

    class Counting(HashEmbedder):
        def read(self, texts):  # type: ignore[no-untyped-def]
            seen.extend(texts)
            return embedder.read(texts)

    remembering = Remembering(Counting(), kept=None)
    one, two, three = remembering.read(["a b", "c", "a b"])
    remembering.read(["c"])
    assert seen == ["a b", "c"]
    assert one is three
    assert two.vector.shape == one.vector.shape
