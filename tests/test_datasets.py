"""The adapters of public question sets, on small folders of the same form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from evals.cases import Case, Earlier
from evals.datasets.mtragun import earlier, mtragun
from evals.datasets.multihop import multihop
from evals.datasets.question_set import QuestionSet, sample
from evals.datasets.realtimeqa import realtimeqa
from evals.datasets.registry import QUESTION_SETS
from evals.datasets.squad2 import squad2
from evals.datasets.store import store
from ingest import Report
from qa.errors import BadInput
from qa.index import Index
from tests.fakes import HashEmbedder

Row = Mapping[str, Any]

BODY = " ".join(f"Sentence {n} says that the harbour of Elmouth stays open all winter." for n in range(6))
"""72 words: more than an article needs."""

QUIZ: Row = {"id": "q1", "question": "What reopened?", "question_date": "2024-03-08", "answer": "The harbour",
             "quiz_source": "Gazette", "gold_docs": ["a"], "silver_docs": ["a", "b"]}  # fmt: skip
SQUAD: Row = {"id": "q1", "question": "Who built the pier?", "passage_id": "p1", "answerable": True,
              "answers": ["Ada Quill", "Quill", "Quill"]}  # fmt: skip
FACT: Row = {"id": "f1", "title": "Pier reopens", "author": "Ada Quill", "source": "The Gazette", "fact": "It is open.",
             "published_at": "2024-03-07T09:30:00+00:00", "url": "https://gazette.example/pier"}  # fmt: skip
HOP: Row = {"id": "h1", "question": "Which pier is open?", "type": "inference_query", "answer": "Elmouth",
            "evidence": [{"fact_id": "f1"}, {"fact_id": "f2"}, {"fact_id": "f1"}]}  # fmt: skip
TASK: Row = {"id": "c<::>2", "domain": "govt", "answerability": "ANSWERABLE", "multi_turn": ["Follow-up"],
             "history": [{"speaker": "user", "text": "Is it open?"}, {"speaker": "agent", "text": "Yes."}],
             "question": "Since when?", "contexts": [{"id": "c1", "title": None, "text": "Open since March."}],
             "reference_answer": "Since March."}  # fmt: skip


def folder_of(folder: Path, **tables: list[Row | str]) -> Path:
    """A data folder; a row that is a string is written as it is."""
    for name, rows in tables.items():
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def news(folder: Path, *questions: Row | str, **more: list[Row | str]) -> QuestionSet:
    corpus: list[Row | str] = [{"id": i, "title": f"Article {i}", "body": BODY} for i in "ab"]
    return realtimeqa(folder_of(folder, corpus=corpus, questions=list(questions), **more))


def squad(folder: Path, *questions: Row | str, neighbours: bool = True) -> QuestionSet:
    passages: list[Row | str] = [{"id": f"p{n}", "title": "Pier", "text": BODY} for n in (3, 1, 2)]
    return squad2(folder_of(folder, passages=passages, questions=list(questions)), neighbours=neighbours)


def hops(folder: Path, *queries: Row | str, facts: tuple[Row | str, ...] = (FACT, {**FACT, "id": "f2"})) -> QuestionSet:
    return multihop(folder_of(folder, facts=list(facts), queries=list(queries)))


def tasks(folder: Path, *rows: Row | str) -> QuestionSet:
    return mtragun(folder_of(folder, tasks=list(rows)))


def stored(asked: QuestionSet, folder: Path) -> tuple[set[str], Report]:
    embedder = HashEmbedder()
    with Index.open(folder / "home", embedder=embedder.name, create=True) as index:
        report = store(asked, folder / "work", index, embedder)
        return set(index.digests()), report


def gold_of(asked: QuestionSet) -> set[str]:
    return {name for case in asked.cases for group in case.gold for name in group}


def test_a_quiz_question_is_asked_at_the_end_of_its_day_and_the_linked_article_is_gold(tmp_path: Path) -> None:
    (case,) = news(tmp_path, QUIZ).cases
    assert (case.gold_articles, case.answers, case.tags) == (
        (("a",),),
        ("The harbour",),
        ("answerable", "gold", "Gazette"),
    )
    assert case.as_of is not None
    assert case.as_of.isoformat() == "2024-03-08T23:59:59+00:00"


def test_without_a_linked_article_any_that_has_the_answer_will_do(tmp_path: Path) -> None:
    (case,) = news(tmp_path, {**QUIZ, "gold_docs": []}).cases
    assert case.gold_articles == (("a", "b"),)
    assert "silver" in case.tags


@pytest.mark.parametrize(
    "change", [{"gold_docs": [], "silver_docs": []}, {"question": "All of these reopened, except ..."}]
)
def test_a_quiz_question_that_cannot_be_scored_is_left_out_without_a_problem(tmp_path: Path, change: Row) -> None:
    asked = news(tmp_path, QUIZ, {**QUIZ, "id": "q2", **change})
    assert [case.id for case in asked.cases] == ["q1"]
    assert asked.problems == ()


def test_questions_that_no_article_answers_come_along_where_they_are(tmp_path: Path) -> None:
    silent = {"id": "s1", "question": "Who won?", "question_date": "2024-03-08", "world_answer": "Rovers"}
    _, case = news(tmp_path, QUIZ, abstain=[silent]).cases
    assert (case.id, case.answerable, case.answers, case.tags) == ("s1", False, (), ("not in corpus",))


def test_broken_rows_are_named_by_file_and_line_and_the_rest_is_read(tmp_path: Path) -> None:
    asked = news(
        tmp_path,
        '{"id": "q0",',
        "[1]",
        "",
        {**QUIZ, "id": "q4", "question": " "},
        {**QUIZ, "id": "q5", "question_date": "8 March"},
        {**QUIZ, "id": "q6", "gold_docs": ["z"]},
        {**QUIZ, "id": "q7", "gold_docs": "a"},
        QUIZ,
        QUIZ,
    )
    assert [case.id for case in asked.cases] == ["q1"]
    assert [problem.split(": ")[0] for problem in asked.problems] == [
        f"questions.jsonl:{n}" for n in (1, 2, 4, 5, 6, 7, 9)
    ]
    assert asked.problems[4] == "questions.jsonl:6: gold_docs: there is no article 'z' in this data"
    assert asked.problems[6] == "questions.jsonl:9: the id 'q1' is taken"


def test_a_folder_in_which_no_question_can_be_asked_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"No question of questions\.jsonl .*questions\.jsonl:1: question: "):
        news(tmp_path, {**QUIZ, "question": None})


@pytest.mark.parametrize("name", sorted(QUESTION_SETS))
def test_a_missing_folder_and_a_missing_file_are_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match=r"No folder .*nowhere'\. Give the data folder that has \w+\.jsonl"):
        QUESTION_SETS[name](tmp_path / "nowhere")
    with pytest.raises(BadInput, match=r"Can't read \w+\.jsonl in .*: No such file or directory\. It is to have the"):
        QUESTION_SETS[name](tmp_path)


def test_the_hash_is_that_of_the_files_sums_in_their_order(tmp_path: Path) -> None:
    asked = news(tmp_path, QUIZ)
    sums = "".join(
        f"{hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()}  {name}\n"
        for name in ("corpus.jsonl", "questions.jsonl")
    )
    assert asked.sha256 == hashlib.sha256(sums.encode()).hexdigest()


def test_an_answerable_squad_question_is_asked_again_of_all_passages_but_its_own(tmp_path: Path) -> None:
    case, absent = squad(tmp_path, SQUAD).cases
    assert (case.gold_articles, case.answers, case.tags) == ((("p1",),), ("Ada Quill", "Quill"), ("answerable",))
    assert (absent.id, absent.answerable, absent.tags) == ("q1-absent", False, ("absent",))
    assert absent.filters.articles == ("p2", "p3")


def test_a_squad_question_made_to_look_answerable_has_no_gold(tmp_path: Path) -> None:
    (case,) = squad(tmp_path, {**SQUAD, "answerable": False, "answers": []}).cases
    assert (case.answerable, case.gold, case.tags) == (False, (), ("adversarial",))


def test_squad_without_neighbours_has_each_question_once(tmp_path: Path) -> None:
    assert [case.id for case in squad(tmp_path, SQUAD, neighbours=False).cases] == ["q1"]


def test_a_question_needs_each_of_its_facts_once(tmp_path: Path) -> None:
    (case,) = hops(tmp_path, HOP).cases
    assert (case.gold_articles, case.answers, case.tags) == ((("f1",), ("f2",)), ("Elmouth",), ("inference_query",))


@pytest.mark.parametrize("answer", ["Yes", "no", "Similar."])
def test_a_verdict_is_no_wording_that_a_quote_could_hold(tmp_path: Path, answer: str) -> None:
    (case,) = hops(tmp_path, {**HOP, "type": "comparison_query", "answer": answer}).cases
    assert (case.answers, case.answerable, case.tags) == ((), True, ("comparison_query", "verdict"))


def test_a_null_query_is_unanswerable(tmp_path: Path) -> None:
    (case,) = hops(tmp_path, {**HOP, "type": "null_query", "answer": "Insufficient information.", "evidence": []}).cases
    assert (case.answerable, case.gold, case.tags) == (False, (), ("null_query",))


def test_a_fact_is_an_article_whose_title_names_publisher_and_day(tmp_path: Path) -> None:
    asked = hops(tmp_path, HOP)
    assert asked.articles is not None
    row = json.loads(asked.articles(tmp_path / "work").read_text(encoding="utf-8").split("\n")[0])
    assert (row["title"], row["text"]) == ("Pier reopens (The Gazette, 7 March 2024)", "It is open.")


def test_broken_facts_and_evidence_without_its_fact_are_problems(tmp_path: Path) -> None:
    unknown = {**HOP, "id": "h2", "evidence": [{"fact_id": "f9"}]}
    facts = (FACT, {**FACT, "id": "f2", "fact": ""}, {**FACT, "id": "f2"}, FACT)
    asked = hops(tmp_path, unknown, HOP, {**HOP, "id": "h3", "evidence": []}, facts=facts)
    assert [case.id for case in asked.cases] == ["h1"]
    assert [problem.split(": ")[0] for problem in asked.problems] == [
        "facts.jsonl:2",
        "facts.jsonl:4",
        "queries.jsonl:1",
        "queries.jsonl:3",
    ]


def test_a_task_has_the_conversation_before_it_and_its_contexts_as_gold(tmp_path: Path) -> None:
    (case,) = tasks(tmp_path, TASK).cases
    assert case.turns == (Earlier(question="Is it open?", answer="Yes."),)
    assert (case.gold_articles, case.reference) == ((("c1",),), "Since March.")
    assert (case.tags, case.as_of) == (("answerable", "govt", "follow-up"), None)


@pytest.mark.parametrize("label", ["UNANSWERABLE", "UNDERSPECIFIED"])
def test_a_task_without_an_answer_has_no_gold_even_with_contexts(tmp_path: Path, label: str) -> None:
    (case,) = tasks(tmp_path, {**TASK, "answerability": label, "multi_turn": ["N/A"]}).cases
    assert (case.answerable, case.gold, case.reference) == (False, (), None)
    assert (case.tags, case.notes) == ((label.lower(), "govt"), "Since March.")


def test_contexts_with_one_text_are_copies_and_either_is_gold(tmp_path: Path) -> None:
    contexts = [{"id": i, "text": text} for i, text in [("c2", "Open."), ("c1", "Open."), ("c3", "Shut.")]]
    (case,) = tasks(tmp_path, {**TASK, "contexts": contexts}).cases
    assert case.gold_articles == (("c1", "c2"), ("c3",))


def test_a_context_that_is_broken_or_told_in_two_ways_is_a_problem(tmp_path: Path) -> None:
    other = {**TASK, "id": "t2", "contexts": [{"id": "c1", "text": "Open since May."}]}
    broken = {**TASK, "id": "t3", "contexts": [{"id": "c4"}]}
    odd = {**TASK, "id": "t4", "answerability": "MAYBE"}
    asked = tasks(tmp_path, TASK, other, broken, odd)
    assert [case.id for case in asked.cases] == ["c<::>2", "t2"]
    assert sorted(problem.split(": ")[0] for problem in asked.problems) == [f"tasks.jsonl:{n}" for n in (2, 3, 3, 4)]


def test_a_conversation_of_odd_order_becomes_pairs_of_question_and_answer() -> None:
    order = ["agent hello", "user one", "user two", "agent three", "agent four", "user five"]
    turns = earlier([{"speaker": each.split()[0], "text": each.split()[1]} for each in order])
    assert turns == (Earlier(question="one\ntwo", answer="three\nfour"), Earlier(question="five"))


@pytest.mark.parametrize(
    "made",
    [
        lambda folder: news(folder, QUIZ),
        lambda folder: squad(folder, SQUAD),
        lambda folder: hops(folder, HOP),
        lambda folder: tasks(folder, {**TASK, "contexts": [{"id": "a b/c", "text": "Open."}]}),
    ],
    ids=["realtimeqa", "squad2", "multihop", "mtragun"],
)
def test_every_gold_article_is_stored_under_its_id(tmp_path: Path, made: Callable[[Path], QuestionSet]) -> None:
    asked = made(tmp_path)
    ids, report = stored(asked, tmp_path)
    assert gold_of(asked) <= ids
    assert gold_of(asked)
    assert report.skipped == ()


def test_articles_that_are_no_pages_are_stored_word_for_word_and_once(tmp_path: Path) -> None:
    text = "Write <b>this</b>\n\n\nand <p>that</p>."
    asked = tasks(tmp_path, {**TASK, "contexts": [{"id": "c1", "text": text}]})
    embedder = HashEmbedder()
    with Index.open(tmp_path / "home", embedder=embedder.name, create=True) as index:
        first, second = (store(asked, tmp_path / "work", index, embedder) for _ in range(2))
        assert index.article("c1").text == "Write <b>this</b>\n\nand <p>that</p>."
    assert (len(first.added), first.passages) == (1, 1)
    assert (len(second.unchanged), second.passages, embedder.encoded) == (1, 0, 1)


def test_a_sample_is_the_same_each_time_keeps_the_order_and_is_part_of_a_larger_one() -> None:
    cases = [Case(id=str(n), question="Who?") for n in range(20)]
    small, large = sample(cases, 5), sample(cases, 9)
    assert small == sample(cases[::-1], 5)[::-1]
    assert (len(small), len(large)) == (5, 9)
    assert set(small) < set(large)
    assert [int(case.id) for case in large] == sorted(int(case.id) for case in large)
    assert sample(cases, None) == tuple(cases)


def test_a_sample_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="from 1"):
        squad(tmp_path, SQUAD).limited(0)
