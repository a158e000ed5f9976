from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.evaluate import evaluate
from evals.measures import figures_of
from evals.speech import COMMITTED_SPEECH, HALVES, SPEECH_MEASURES, Sentences, examine_speech, load_speech
from qa.errors import BadInput
from qa.settings import Settings

SAYING = {"speaker": "the mayor", "verb": "said", "words": "the quay was safe", "verbatim": False}
ROW: dict[str, Any] = {"id": "1", "half": "hold", "text": "The mayor said the quay was safe.", "sayings": [SAYING]}


def loaded(tmp_path: Path, *rows: dict[str, Any]) -> tuple[tuple[Sentences, ...], tuple[str, ...]]:
    (tmp_path / "speech.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = load_speech(tmp_path)
    return found.items, found.problems


def test_the_committed_sentences_are_whole_enough_and_in_two_halves() -> None:
    found = load_speech(COMMITTED_SPEECH)
    assert not found.problems
    assert len(found.items) >= 150
    assert sum("silent" in item.tags for item in found.items) >= 40
    sizes = [sum(half in item.tags for item in found.items) for half in HALVES]
    assert abs(sizes[0] - sizes[1]) <= 10


def test_on_the_half_never_looked_at_nearly_all_that_is_found_is_right() -> None:
    figures = {f.name: f.value for f in figures_of(list(map(examine_speech, _committed())), SPEECH_MEASURES)}
    assert (figures["precision, hold"] or 0) >= 0.95
    assert (figures["recall, hold"] or 0) >= 0.9


def test_a_saying_is_right_whatever_the_article_before_its_speaker(tmp_path: Path) -> None:
    (item,), _ = loaded(tmp_path, ROW)
    result = examine_speech(item)
    assert (result.scores["right"], result.scores["found"], result.scores["marked"]) == (1, 1, 1)
    assert result.wrong == ()


def test_another_speaker_or_half_of_the_words_is_wrong_and_missed(tmp_path: Path) -> None:
    rows = (
        {**ROW, "sayings": [{**SAYING, "speaker": "the harbour master"}]},
        {**ROW, "id": "2", "sayings": [{**SAYING, "words": "the quay"}]},
    )
    for item in loaded(tmp_path, *rows)[0]:
        result = examine_speech(item)
        assert (result.scores["right"], len(result.wrong)) == (0, 2)


def test_precision_and_recall_are_over_all_sayings_of_a_half(tmp_path: Path) -> None:
    # Two sentences, one saying found in each, one of the two right; two are marked: 1/2 and 1/2. None is in "tune".
    rows = (ROW, {**ROW, "id": "2", "sayings": [{**SAYING, "speaker": "police"}]})
    results = [examine_speech(item) for item in loaded(tmp_path, *rows)[0]]
    figures = {figure.name: figure.value for figure in figures_of(results, SPEECH_MEASURES)}
    assert figures == {
        "precision, hold": 0.5, "recall, hold": 0.5, "F1, hold": 0.5, "quoted or reported, told right, hold": 1.0
    }  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"half": "other"},
        {"sayings": "none"},
        {"sayings": [{**SAYING, "verbatim": "no"}]},
        {"sayings": [{**SAYING, "words": "not in the text"}]},
        {"text": ""},
    ],
)
def test_a_broken_row_is_named_and_the_rest_is_read(tmp_path: Path, change: dict[str, Any]) -> None:
    items, problems = loaded(tmp_path, {**ROW, "id": "2", **change}, ROW)
    assert [item.id for item in items] == ["1"]
    assert [problem.split(": ")[0] for problem in problems] == ["speech.jsonl:1"]


def test_a_file_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"nothing\.jsonl"):
        load_speech(tmp_path / "nothing.jsonl")


def test_without_a_path_the_committed_sentences_are_evaluated() -> None:
    evaluation = evaluate("speech", None, Settings())
    assert evaluation.cases["count"] == len(_committed())
    assert evaluation.errors == 0


def _committed() -> tuple[Sentences, ...]:
    return load_speech(COMMITTED_SPEECH).items
