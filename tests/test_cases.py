"""Cases as they are written in a file."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evals.cases import Case, parse_case, read_cases
from qa.errors import BadInput


def written(folder: Path, *lines: object) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_a_case_needs_an_id_and_a_question_alone() -> None:
    case = parse_case({"id": "a", "question": "Who won?"})
    assert case.answerable
    assert case.gold == ()


def test_a_day_means_its_end_and_a_time_without_a_zone_is_utc() -> None:
    moments = [parse_case({"id": "a", "question": "?", "as_of": t}).as_of for t in ("2022-11-07", "2022-11-07T18:30")]
    assert moments == [datetime(2022, 11, 7, 23, 59, 59, tzinfo=UTC), datetime(2022, 11, 7, 18, 30, tzinfo=UTC)]


def test_earlier_turns_are_questions_or_whole_exchanges() -> None:
    case = parse_case({"id": "a", "question": "?", "turns": ["Who won?", {"question": "Where?", "answer": "Here."}]})
    assert [(turn.question, turn.answer) for turn in case.turns] == [("Who won?", None), ("Where?", "Here.")]


def test_one_name_is_a_group_of_its_own_and_copies_share_one() -> None:
    case = parse_case({"id": "a", "question": "?", "gold_articles": ["one", ["two", "its copy"]]})
    assert case.gold == (("one",), ("two", "its copy"))


def test_without_gold_articles_the_articles_of_the_spans_are_gold_each_once() -> None:
    spans = [{"article": name, "quote": quote} for name, quote in (("one", "a"), ("two", "b"), ("one", "c"))]
    assert parse_case({"id": "a", "question": "?", "gold_spans": spans}).gold == (("one",), ("two",))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"question": "?"}, "id"),
        ({"id": "a", "question": ""}, "question"),
        ({"id": "a", "question": "?", "answer": "x"}, "answer"),
        ({"id": "a", "question": "?", "as_of": "soon"}, "as_of"),
        ({"id": "a", "question": "?", "gold_articles": [[]]}, "gold_articles"),
        ({"id": "a", "question": "?", "answerable": False, "answers": ["x"]}, "unanswerable"),
        (["a"], "object"),
    ],
)
def test_a_slip_is_named(wrong: object, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        parse_case(wrong)


def test_broken_lines_are_named_with_their_numbers_and_the_rest_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, {"id": "a", "question": "?"}, "{broken", "", {"id": "b"}, {"id": "c", "question": "?"})
    read = read_cases(path)
    assert [case.id for case in read.cases] == ["a", "c"]
    assert [broken.line for broken in read.broken] == [2, 4]
    assert str(read.broken[0]).startswith("cases.jsonl:2: this is not JSON")


def test_an_id_counts_once(tmp_path: Path) -> None:
    read = read_cases(written(tmp_path, {"id": "a", "question": "1"}, {"id": "a", "question": "2"}))
    assert [case.question for case in read.cases] == ["1"]
    assert "taken by line 1" in read.broken[0].message


def test_a_line_separator_inside_a_question_ends_no_line(tmp_path: Path) -> None:
    path = written(tmp_path, '{"id": "a", "question": "One\u2028two"}')
    assert read_cases(path).cases[0].question == "One\u2028two"


def test_a_file_without_a_case_says_what_a_line_looks_like(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match='"question": "Who won'):
        read_cases(written(tmp_path, "nothing"))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none\.jsonl"):
        read_cases(tmp_path / "none.jsonl")


def test_the_hash_is_of_the_bytes(tmp_path: Path) -> None:
    one = read_cases(written(tmp_path, {"id": "a", "question": "1"})).sha256
    two = read_cases(written(tmp_path, {"id": "a", "question": "2"})).sha256
    assert one != two
    assert len(one) == 64


def test_a_case_survives_json() -> None:
    case = parse_case({"id": "a", "question": "?", "as_of": "2022-11-07", "gold_articles": ["x"], "speaker": "Shin"})
    assert Case.model_validate_json(case.model_dump_json()) == case
