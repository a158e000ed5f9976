from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.claims import CLAIM_MEASURES, Claim, examine_claim, load_claims
from evals.measures import figures_of
from qa.errors import BadInput
from tests.conftest import SHARED

EVIDENCE = ("Lowmere lies on the coast.", "The lighthouse was built in 1871.", "It has a red roof.")
ROW: dict[str, Any] = {
    "id": "1",
    "claim": "The lighthouse was built in 1871.",
    "label": "supported",
    "supporting_sentences": [[1], [0, 1]],
    "evidence": list(EVIDENCE),
}


def folder_of(tmp_path: Path, *rows: dict[str, Any] | str) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    (tmp_path / "claims.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def claim(text: str, label: str = "supported") -> Claim:
    return Claim(text, (label,), text, EVIDENCE)


def test_a_claim_is_loaded_with_the_first_sentences_that_support_it(tmp_path: Path) -> None:
    loaded = load_claims(folder_of(tmp_path, ROW))
    assert loaded.items == (Claim("1", ("supported",), ROW["claim"], EVIDENCE, (EVIDENCE[1],)),)
    assert loaded.problems == ()


def test_broken_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    rows = (
        "[]",
        {**ROW, "label": "maybe"},
        {**ROW, "evidence": "all of it"},
        {**ROW, "supporting_sentences": [[3]]},
        {**ROW, "supporting_sentences": 1},
        ROW,
    )
    loaded = load_claims(folder_of(tmp_path, *rows))
    assert [item.id for item in loaded.items] == ["1"]
    assert [problem.split(": ")[:2] for problem in loaded.problems] == [
        ["claims.jsonl:1", "a row is a JSON object"],
        ["claims.jsonl:2", "label"],
        ["claims.jsonl:3", "evidence"],
        ["claims.jsonl:4", "supporting_sentences"],
        ["claims.jsonl:5", "supporting_sentences"],
    ]


def test_a_folder_without_claims_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"No folder .*nowhere.* Give the data folder that has claims.jsonl"):
        load_claims(tmp_path / "nowhere")
    with pytest.raises(BadInput, match=r"Can't read claims.jsonl .*claims with a label and evidence"):
        load_claims(tmp_path)


def test_a_claim_in_the_evidences_own_words_is_supported() -> None:
    result = examine_claim(claim("The lighthouse was built in 1871."))
    assert result.scores == {"support": 1.0, "supported": 1.0}
    assert result.wrong == ()


def test_a_page_says_in_which_year_a_day_was(tmp_path: Path) -> None:
    evidence = ["(meta data) PUBLISHED DATETIME: 2018-05-10 08:00", "The keeper died on May 7."]
    dated = {**ROW, "claim": "The keeper died on May 7, 2018.", "evidence": evidence}
    undated = {**dated, "id": "2", "evidence": ["(meta data) PUBLISHED DATETIME: yesterday", evidence[1]]}
    items = load_claims(folder_of(tmp_path, dated, undated)).items
    assert [examine_claim(item).wrong == () for item in items] == [True, False]


def test_a_supported_claim_that_the_check_refuses_is_told_with_what_the_evidence_lacks() -> None:
    [line] = examine_claim(claim("The lighthouse was built in 1902.")).wrong
    assert line.endswith(": the date “1902” is not in the quotes")


def test_a_claim_that_only_looks_supported_is_told() -> None:
    # 5 of its 6 words stand in the evidence, but what it says does not
    [line] = examine_claim(claim("The lighthouse has a blue roof.", "partially_supported")).wrong
    assert line == "taken for supported (0.76)"


def test_the_figures_tell_supported_claims_from_all_others() -> None:
    results = [
        examine_claim(claim("The lighthouse was built in 1871.")),  # 1.00
        examine_claim(claim("The lighthouse was built in the 1870s.")),  # 0.40
        examine_claim(claim("The lighthouse has a blue roof.", "partially_supported")),  # 0.81
        examine_claim(claim("Ships ran aground on its reef every winter.", "not_supported")),  # 0.00
    ]
    told = {figure.name: figure.value for figure in figures_of(results, CLAIM_MEASURES)}
    # 1.00 is above both others; 0.40 is above the one and below the other: 3 of 4 pairs
    assert told == {"AUROC supported": 0.75, "balanced accuracy": 0.5, "F1 supported": 0.5}


def test_the_public_claims_are_all_read() -> None:
    folder = SHARED / "data" / "wice"
    if not folder.exists():
        pytest.skip("the data set wice is not part of the project, and not beside it here")
    loaded = load_claims(folder)
    labels = [item.tags[0] for item in loaded.items]
    assert loaded.problems == ()
    assert [labels.count(label) for label in ("supported", "partially_supported", "not_supported")] == [115, 191, 43]
    assert 0 <= (examine_claim(loaded.items[0]).scores["support"] or 0) <= 1
