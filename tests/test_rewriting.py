from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.measures import figures_of
from evals.results import Result
from evals.rewriting import REWRITING_MEASURES, Rewriting, examine_rewriting, load_rewritings, turns_of
from qa.errors import BadInput
from tests.conftest import SHARED

FIRST = "When was the Corvina launched?"
ROW = {
    "id": "c2",
    "dataset": "canard_dev",
    "history": [FIRST, "It was launched in 1902."],
    "question": "Where did it land?",
    "rewrite": "Where did the Corvina land?",
}


def folder_of(tmp_path: Path, **files: list[dict[str, Any] | str]) -> Path:
    for name, rows in files.items():
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def item(question: str, rewrite: str, *history: str, dataset: str = "canard_dev") -> Rewriting:
    return Rewriting(
        "1", (dataset[:6] if dataset.startswith("canard") else "cast", dataset), history, question, rewrite
    )


def figures(*results: Result) -> dict[str, float | None]:
    return {figure.name: figure.value for figure in figures_of(results, REWRITING_MEASURES)}


def test_rewritings_are_loaded_from_both_files(tmp_path: Path) -> None:
    loaded = load_rewritings(folder_of(tmp_path, canard=[ROW], cast=[{**ROW, "id": "t1", "dataset": "cast2019"}]))
    assert [(r.id, r.tags) for r in loaded.items] == [("c2", ("canard", "canard_dev")), ("t1", ("cast", "cast2019"))]
    assert loaded.problems == ()
    assert len(loaded.sha256) == 64


def test_one_of_the_files_is_enough(tmp_path: Path) -> None:
    assert len(load_rewritings(folder_of(tmp_path, cast=[ROW])).items) == 1


def test_broken_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    rows: list[dict[str, Any] | str] = ["{", {**ROW, "history": "none"}, {**ROW, "rewrite": ""}, ROW, ROW]
    loaded = load_rewritings(folder_of(tmp_path, canard=rows))
    assert [r.id for r in loaded.items] == ["c2"]
    assert [problem.split(": ")[:2] for problem in loaded.problems] == [
        ["canard.jsonl:1", "this is not JSON"],
        ["canard.jsonl:2", "history"],
        ["canard.jsonl:3", "rewrite"],
        ["canard.jsonl:5", "the id 'c2' is taken"],
    ]


def test_a_folder_without_the_files_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"No folder .*nowhere.* Give the data folder"):
        load_rewritings(tmp_path / "nowhere")
    with pytest.raises(BadInput, match=r"Can't read canard.jsonl"):
        load_rewritings(tmp_path)
    with pytest.raises(BadInput, match=r"No line of canard.jsonl can be used; is it empty"):
        load_rewritings(folder_of(tmp_path, canard=[]))


def test_utterances_alternate_between_the_user_and_the_system() -> None:
    first, second = turns_of([FIRST, "It was launched in 1902.", "Where did it land?"], user_only=False)
    assert [s.text for s in first.answer.statements] == ["It was launched in 1902."]
    assert (second.question, second.answer.statements) == ("Where did it land?", ())


def test_a_history_of_the_user_alone_has_turns_without_statements() -> None:
    turns = turns_of([FIRST, "Where did it land?"], user_only=True)
    assert [(turn.question, turn.answer.statements) for turn in turns] == [(FIRST, ()), ("Where did it land?", ())]


def test_an_earlier_question_is_understood_as_newsdesk_understands_it() -> None:
    _, second = turns_of([FIRST, "Where did it land?"], user_only=True)
    assert second.answer.query.text == "Where did the Corvina land?"


def test_a_question_rewritten_like_a_persons_is_right() -> None:
    result = examine_rewriting(item("Where did it land?", "Where did the Corvina land?", FIRST, "In 1902."))
    told = figures(result)
    assert result.shown["understood"] == "Where did the Corvina land?"
    assert told["BLEU-4, canard"] == pytest.approx(100)
    assert told["BLEU-4 of copying, canard"] == 0.0  # "Where did it land ?" shares no run of three
    assert (told["token F1, canard"], told["same as a person's, canard"], told["changed, canard"]) == (1.0, 1.0, 1.0)
    assert told["token F1 of copying, canard"] == pytest.approx(8 / 11)  # 4 tokens of 5 and of 6
    assert result.wrong == ()


def test_the_families_have_figures_of_their_own() -> None:
    results = (
        examine_rewriting(item("Where did it land?", "Where did the Corvina land?", FIRST, "In 1902.")),
        examine_rewriting(item("Who is on it?", "Who is on the Corvina?", dataset="cast2019")),
    )
    told = figures(*results)
    assert (told["changed, canard"], told["changed, cast"]) == (1.0, 0.0)
    assert "changed" not in told


def test_the_user_alone_speaks_in_some_datasets() -> None:
    history = (FIRST, "Who built the Merlin?")
    alone = examine_rewriting(item("Where is it now?", "Where is the Merlin now?", *history, dataset="cast2020"))
    both = examine_rewriting(item("Where is it now?", "Where is the Merlin now?", *history, dataset="cast2021"))
    assert alone.shown["understood"] == "Where is the Merlin now?"
    assert both.shown["understood"] == "Where is the Corvina now?"


def test_what_went_wrong_is_said() -> None:
    left = examine_rewriting(item("Where did it land?", "Where did the Corvina land?"))
    undue = examine_rewriting(item("Where did it land?", "Where did it land?", FIRST, "In 1902."))
    assert left.wrong == ("left as it is, though it needs what was said before",)
    assert undue.wrong == ("rewritten, though it stands alone",)


def test_copying_the_question_scores_as_published() -> None:
    folder = SHARED / "data" / "rewrite"
    if not folder.exists():
        pytest.skip("the data set rewrite is not part of the project, and not beside it here")
    loaded = load_rewritings(folder)
    copying = [m for m in REWRITING_MEASURES if "of copying" in m.name]
    results = [examine_rewriting(each) for each in loaded.items]
    told = {figure.name: figure.value for figure in figures_of(results, copying)}
    assert (len(loaded.items), loaded.problems) == (942, ())
    assert told["BLEU-4 of copying, canard"] == pytest.approx(35.7, abs=0.05)
    assert told["BLEU-4 of copying, cast"] == pytest.approx(54.1, abs=0.05)
    assert told["token F1 of copying, canard"] == pytest.approx(0.710, abs=0.0005)
    assert told["token F1 of copying, cast"] == pytest.approx(0.798, abs=0.0005)
