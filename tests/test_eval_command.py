"""`newsdesk eval`, as it is typed."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from evals.results import Evaluation, Result, Run, load, save
from tests.command import Newsdesk, run

FERRY = "Twelve hurt as ferry Corvina and dredger collide in fog"
CASES = [
    {
        "id": "ferry",
        "question": "How many people were injured in the ferry collision?",
        "gold_spans": [{"article": FERRY, "quote": "Twelve people were injured"}],
        "answers": ["twelve", "fourteen"],
        "tags": ["number"],
    },
    {"id": "silent", "question": "What did the bishop of Averin say about vaccines?", "answerable": False},
]


@pytest.fixture
def newsdesk(capsys: pytest.CaptureFixture[str]) -> Newsdesk:
    return partial(run, capsys)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, CASES)), encoding="utf-8")
    return path


def test_my_questions_about_my_collection(
    newsdesk: Newsdesk, questions: Path, samples_home: Path, tmp_path: Path
) -> None:
    ran = newsdesk(
        "--home", samples_home, "eval", questions, "--search", "hybrid", "--search", "lexical", "--out", tmp_path
    )
    assert ran.code == 0
    assert "gold in first statement" in ran.out
    assert "2 cases of questions.jsonl" in ran.out
    evaluation = load(tmp_path / "results.json")
    assert [made.name for made in evaluation.runs] == ["hybrid", "lexical"]
    assert evaluation.cases["count"] == 2
    assert "<html" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_what_cannot_be_used_is_named_by_line_and_fails_but_the_rest_is_measured(
    newsdesk: Newsdesk, questions: Path, samples_home: Path, tmp_path: Path
) -> None:
    lost = json.dumps({"id": "lost", "question": "?", "gold_articles": ["Nowhere"]})
    questions.write_text(questions.read_text() + f"\n{{broken\n{lost}\n")
    ran = newsdesk("--home", samples_home, "eval", questions, "--out", tmp_path, "--tag", "number", "-q")
    assert ran.code == 1
    assert "questions.jsonl:3: this is not JSON" in ran.err
    assert "Traceback" not in ran.err
    assert load(tmp_path / "results.json").cases["count"] == 1
    ran = newsdesk("--home", samples_home, "eval", questions, "--out", tmp_path, "-q")
    assert "questions.jsonl:4: no article 'Nowhere'" in ran.err
    assert "2 of the cases can't be used" in ran.err
    assert load(tmp_path / "results.json").cases["count"] == 2


def test_the_gate_decides_the_exit_code(
    newsdesk: Newsdesk, questions: Path, samples_home: Path, tmp_path: Path
) -> None:
    gate = tmp_path / "gate.json"
    given = ("--home", samples_home, "eval", questions, "--out", tmp_path, "--gate", gate, "-q")
    gate.write_text('{"quote exactness": 1, "all, p50": 60}')
    assert newsdesk(*given).code == 0
    gate.write_text('{"quote exactness": 1.1}')
    ran = newsdesk(*given)
    assert ran.code == 1
    assert "quote exactness is 1.0000, below 1.1" in ran.err
    assert (tmp_path / "results.json").exists()


def test_json_has_the_figures_and_no_cases(
    newsdesk: Newsdesk, questions: Path, samples_home: Path, tmp_path: Path
) -> None:
    ran = newsdesk("--home", samples_home, "eval", questions, "--out", tmp_path, "--limit", 1, "--json", "-q")
    printed = json.loads(ran.out)
    assert printed["cases"]["count"] == 1
    assert {figure["group"] for figure in printed["runs"][0]["figures"]} >= {"abstention", "seconds"}
    assert "results" not in printed["runs"][0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("nothing.jsonl",), "No data is called 'nothing.jsonl'"),
        (("realtimeqa",), "newsdesk eval realtimeqa FOLDER"),
        (("realtimeqa", "no-such-folder"), "no-such-folder"),
        (("article_extraction", "no-such-folder"), "no-such-folder"),
        (("--gate", "no-such-gate.json"), "no-such-gate.json"),
        (("compare", "no-such-a.json", "no-such-b.json"), "no-such-a.json"),
        (("draft", "no-such-answer.json"), "no-such-answer.json"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(newsdesk: Newsdesk, typed: tuple[str, ...], said: str) -> None:
    ran = newsdesk("eval", *typed)
    assert ran.code == 1
    assert said in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_two_evaluations_are_compared_case_by_case(newsdesk: Newsdesk, tmp_path: Path) -> None:
    for name, right in (("before", 0.0), ("after", 1.0)):
        result = Result(
            "a", scores={"gold in first": right}, wrong=() if right else ("abstained",), shown={"question": "Who?"}
        )
        save(Evaluation("cases", (Run("hybrid", (), (result,)),), {"sha256": "1"}), tmp_path / name / "results.json")
    ran = newsdesk("eval", "compare", tmp_path / "before", tmp_path / "after" / "results.json")
    as_json = newsdesk("eval", "compare", tmp_path / "before", tmp_path / "after", "--json")
    assert ran.code == 0
    assert "+1.000 better" in ran.out
    assert "Better: 1" in ran.out
    assert "a: Who?" in ran.out
    assert json.loads(as_json.out)[0]["cases"] == 1
    assert (
        json.loads(newsdesk("eval", "compare", tmp_path / "before", tmp_path / "after", "--json").out)[0]["cases"] == 1
    )


def test_evaluations_of_other_data_are_not_compared(newsdesk: Newsdesk, tmp_path: Path) -> None:
    for name in ("cases", "wice"):
        save(Evaluation(name, ()), tmp_path / f"{name}.json")
    ran = newsdesk("eval", "compare", tmp_path / "cases.json", tmp_path / "wice.json")
    assert ran.code == 1
    assert "Compare two of the same data" in ran.err


def test_a_saved_answer_becomes_a_case_that_is_asked_again(
    newsdesk: Newsdesk, samples_home: Path, tmp_path: Path
) -> None:
    question = "How many people were injured in the ferry collision?"
    answer = newsdesk("--home", samples_home, "ask", question, "--as-of", "2022-11-12", "--json")
    (tmp_path / "answer.json").write_text(answer.out, encoding="utf-8")
    drafted = newsdesk("eval", "draft", tmp_path / "answer.json")
    assert drafted.code == 0
    (tmp_path / "drafted.jsonl").write_text(drafted.out, encoding="utf-8")
    ran = newsdesk("--home", samples_home, "eval", tmp_path / "drafted.jsonl", "--out", tmp_path, "--json", "-q")
    figures = {figure["name"]: figure["value"] for figure in json.loads(ran.out)["runs"][0]["figures"]}
    assert ran.code == 0
    assert figures["gold span quoted first"] == 1.0


def test_an_abstention_becomes_an_unanswerable_case(newsdesk: Newsdesk, samples_home: Path, tmp_path: Path) -> None:
    answer = newsdesk("--home", samples_home, "ask", "Who won the Nobel Prize in chemistry?", "--json")
    (tmp_path / "answer.json").write_text(answer.out, encoding="utf-8")
    case = json.loads(newsdesk("eval", "draft", tmp_path / "answer.json").out)
    assert case["answerable"] is False
    assert "gold_spans" not in case


def test_the_report_is_of_the_collection_that_was_asked_alone(
    newsdesk: Newsdesk, questions: Path, samples_home: Path, tmp_path: Path
) -> None:
    newsdesk("--home", samples_home, "eval", questions, "--out", tmp_path, "-q")
    assert str(samples_home) not in (tmp_path / "results.json").read_text(encoding="utf-8")
