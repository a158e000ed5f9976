from __future__ import annotations

import json
import re
import subprocess
from functools import partial
from pathlib import Path

import pytest

from tests.command import COMMAND, ROOT, ROWS, Newsdesk, run


@pytest.fixture
def newsdesk(capsys: pytest.CaptureFixture[str]) -> Newsdesk:
    return partial(run, capsys)


def test_ingest_ends_with_what_was_added_and_what_was_skipped_for_which_reason(
    newsdesk: Newsdesk, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_text(json.dumps(ROWS[0]))
    (folder / "empty.txt").write_text("")
    first = newsdesk("ingest", folder, "--home", tmp_path / "home")
    assert first.code == 0
    assert re.match(r"1 added, 0 updated, 0 unchanged, 1 skipped \(1 .+\) in \d+ s\n", first.out)
    again = newsdesk("ingest", folder, "--home", tmp_path / "home", "-v")
    assert again.out.startswith("0 added, 0 updated, 1 unchanged, 1 skipped")
    assert "empty.txt" in again.out


def test_ingest_as_json_is_the_report_alone(newsdesk: Newsdesk, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(ROWS[0]))
    ran = newsdesk("ingest", tmp_path / "a.jsonl", "--home", tmp_path / "home", "--json", "--quiet")
    assert ran.err == ""
    assert [stored["title"] for stored in json.loads(ran.out)["added"]] == [ROWS[0]["title"]]


def test_ingest_reads_standard_input(tmp_path: Path) -> None:
    ran = subprocess.run(
        [*COMMAND, "ingest", "-", "--quiet", "--home", tmp_path / "home"],
        cwd=ROOT,
        input=json.dumps(ROWS[1]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("1 added")


@pytest.mark.parametrize("name", ["missing", "empty.txt", "folder"])
def test_an_input_without_any_article_is_one_clear_line(newsdesk: Newsdesk, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "folder").mkdir()
    ran = newsdesk("ingest", tmp_path / name, "--home", tmp_path / "home")
    assert ran.code == 1
    assert re.fullmatch(rf"newsdesk: .*{name}.*\n", ran.err)


@pytest.mark.parametrize("where", ["file", "/proc/newsdesk"])
def test_a_home_that_can_not_be_used_is_one_clear_line(newsdesk: Newsdesk, tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("not a folder")
    (tmp_path / "a.jsonl").write_text(json.dumps(ROWS[0]))
    ran = newsdesk("ingest", tmp_path / "a.jsonl", "--home", tmp_path / where)
    assert ran.code == 1
    assert re.fullmatch(r"newsdesk: .*--home or NEWSDESK_HOME\.\n", ran.err)
