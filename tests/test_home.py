"""Who may write to a home, and what others are told meanwhile."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.errors import HomeBusy, HomeNotUsable
from qa.holder import Holder
from qa.home import Home, State
from tests.command import ROOT

HOLD = """
import sys
from pathlib import Path
from qa.home import Home

with Home(Path(sys.argv[1])).locked("ingest"):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process, which writes to the home until it is told to end."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    process.stdout.readline()
    yield process
    process.kill()
    process.communicate()


def test_whoever_is_refused_is_told_who_writes(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    busy = rf"\(ingest, process {holder.pid}, since \d\d:\d\d\). Wait until it is done"
    with pytest.raises(HomeBusy, match=busy), Home(tmp_path).locked(patience=0):
        pass


def test_whoever_waits_is_told_once_for_whom(
    tmp_path: Path, holder: subprocess.Popen[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(HomeBusy), Home(tmp_path).locked(patience=1.3):
        pass
    (told,) = [record.getMessage() for record in caplog.records]
    assert told.startswith(f"waiting for another process (ingest, process {holder.pid}, since ")


def test_whoever_waits_long_enough_writes_next(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    assert holder.stdin
    holder.stdin.write("\n")
    holder.stdin.flush()
    with Home(tmp_path).locked("repair"):
        assert json.loads((tmp_path / "writer.json").read_text())["pid"] == os.getpid()
    assert not (tmp_path / "writer.json").exists()


def test_a_writer_that_was_killed_is_named_no_more(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait(timeout=30)
    assert (tmp_path / "writer.json").exists()
    assert Holder.read(tmp_path / "writer.json") is None
    with Home(tmp_path).locked(patience=0):
        pass


@pytest.mark.parametrize("text", ["", "[]", '{"pid": 1}', '{"task": "a", "pid": 1, "since": "noon"}'])
def test_a_damaged_note_of_the_writer_says_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "note").write_text(text)
    assert Holder.read(tmp_path / "note") is None


def test_a_step_is_odd_while_it_lasts_and_stays_so_when_it_fails(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.step("hash") as done:
        assert (home.generation(), done.number) == (1, 2)
    with pytest.raises(KeyboardInterrupt), home.step("hash"):
        raise KeyboardInterrupt
    assert home.generation() == 3
    with home.step("hash"):
        pass
    assert home.state() == State(4, done.home, "", "hash")


def test_every_new_home_has_an_identity_of_its_own(tmp_path: Path) -> None:
    states = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        with Home(tmp_path / name).step("hash") as done:
            states.append(done)
    assert states[0].number == states[1].number
    assert states[0] != states[1]


@pytest.mark.parametrize(("text", "number"), [("6", 6), ("", 0), ("{", 0), ('{"unknown": 1}', 0)])
def test_the_state_of_an_older_or_damaged_home_can_be_read(tmp_path: Path, text: str, number: int) -> None:
    (tmp_path / "generation").write_text(text)
    assert Home(tmp_path).state() == State(number)


def test_a_home_that_can_not_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeNotUsable, match="Choose another folder"):
        Home(tmp_path / "file" / "home").create()


def test_stores_that_were_replaced_are_cleared_out_and_those_in_the_making_stay(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for name in ("chroma", "lexical", "collection-1", "collection-2", "collection-3", "other"):
        (tmp_path / name).mkdir()
    home.clear_out()
    assert len(list(tmp_path.iterdir())) == 6
    home.put_in_service(Home(tmp_path / "collection-2"), 8, "hash")
    home.clear_out()
    assert {path.name for path in tmp_path.iterdir()} == {"collection-2", "collection-3", "other", "generation"}
    assert home.staged().folder.name == "collection-3"
