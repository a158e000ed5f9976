"""The adapters on the real folders, which lie outside the project; counts are those that the folders' READMEs give."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evals.datasets.question_set import QuestionSet
from evals.datasets.registry import QUESTION_SETS
from evals.datasets.store import store
from qa.index import Index
from tests.conftest import SHARED
from tests.fakes import HashEmbedder


def question_set(name: str, folder: str) -> QuestionSet:
    path = SHARED / "data" / folder
    if not path.is_dir():
        pytest.skip(f"{folder} is not part of the project, and not beside it here")
    return QUESTION_SETS[name](path)


def tags_of(asked: QuestionSet) -> Counter[str]:
    return Counter(tag for case in asked.cases for tag in case.tags)


def test_the_quiz_questions_with_linked_articles_are_all_there() -> None:
    asked = question_set("realtimeqa", "realtimeqa_gold")
    assert (len(asked.cases), tags_of(asked)["gold"], asked.problems) == (42, 42, ())


def test_the_quiz_questions_of_2026_with_an_answer_and_without_are_all_there() -> None:
    asked = question_set("realtimeqa", "realtimeqa_2026")
    tags = tags_of(asked)
    assert (len(asked.cases), tags["silver"], tags["not in corpus"], asked.problems) == (76 + 54, 76, 54, ())


def test_the_squad_questions_are_all_there_the_answerable_ones_twice() -> None:
    asked = question_set("squad2", "squad2")
    assert tags_of(asked) == {"answerable": 927, "absent": 927, "adversarial": 1927 - 927}
    assert asked.problems == ()
    assert {len(case.filters.articles) for case in asked.cases if "absent" in case.tags} == {204 - 1}


def test_the_questions_across_articles_are_all_there() -> None:
    asked = question_set("multihop", "multihop")
    tags = tags_of(asked)
    assert (len(asked.cases), asked.problems) == (200, ())
    kinds = [tags[f"{kind}_query"] for kind in ("inference", "comparison", "temporal", "null")]
    assert kinds == [64, 62, 46, 28]


def test_the_conversations_are_all_there() -> None:
    asked = question_set("mtragun", "mtragun")
    tags = tags_of(asked)
    assert (len(asked.cases), asked.problems) == (160, ())
    labels = [tags[label] for label in ("answerable", "partial", "unanswerable", "underspecified")]
    assert labels == [85, 16, 32, 27]


@pytest.mark.parametrize(
    ("name", "count"),
    [("multihop", 238), ("squad2", 204), pytest.param("mtragun", 361, marks=pytest.mark.slow)],
)
def test_every_article_is_stored_and_every_gold_one_is_among_them(tmp_path: Path, name: str, count: int) -> None:
    asked, embedder = question_set(name, name), HashEmbedder()
    with Index.open(tmp_path / "home", embedder=embedder.name, create=True) as index:
        report = store(asked, tmp_path, index, embedder)
        ids = set(index.digests())
    assert (len(ids), report.skipped) == (count, ())
    assert {name for case in asked.cases for group in case.gold for name in group} <= ids
