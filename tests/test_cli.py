from __future__ import annotations

import importlib.metadata
import os
import pty
import re
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.command import COMMAND, ROOT, Newsdesk, run
from ui.cli import cli

COMMANDS = ["demo", "ingest", "preview", "ask", "chat", "articles", "show", "remove", "reindex", "status", "eval"]


@pytest.fixture
def newsdesk(capsys: pytest.CaptureFixture[str]) -> Newsdesk:
    return partial(run, capsys)


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, ui.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    heavy = {"torch", "chromadb", "gradio", "langchain_core", "trafilatura", "numpy", "pydantic", "rich", "tantivy"}
    assert not heavy & set(loaded.split())


def test_the_commands_are_listed_in_the_order_of_use(newsdesk: Newsdesk) -> None:
    listed = re.findall(r"^  ([a-z]+)  ", newsdesk("--help").out, re.MULTILINE)
    assert listed == list(cli.commands) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_within_80_columns(newsdesk: Newsdesk, command: str) -> None:
    ran = newsdesk(command, "--help")
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "--home DIR" in ran.out


def test_the_version_is_that_of_the_package(newsdesk: Newsdesk) -> None:
    assert newsdesk("--version").out == f"newsdesk, version {importlib.metadata.version('newsdesk')}\n"


@pytest.mark.parametrize(
    "arguments", [["articles"], ["show", "x"], ["remove", "x"], ["status"], ["ask", "Who?"], ["chat"]]
)
def test_an_empty_home_says_how_to_begin(newsdesk: Newsdesk, tmp_path: Path, arguments: list[str]) -> None:
    ran = newsdesk("--home", tmp_path / "none", *arguments)
    assert ran.code == 1
    assert re.fullmatch(r"newsdesk: No index .* newsdesk ingest FOLDER\n", ran.err)
    assert not (tmp_path / "none").exists()


def test_a_setting_that_makes_no_sense_is_one_clear_line(newsdesk: Newsdesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_PASSAGES_READ", "many")
    ran = newsdesk("status")
    assert ran.code == 1
    assert re.fullmatch(r"newsdesk: The setting NEWSDESK_PASSAGES_READ can't be used: .*'many'.*\n", ran.err)


def test_ctrl_c_leaves_quietly_with_130(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()  # a terminal to read from: then the command says that it waits
    with subprocess.Popen(
        [*COMMAND, "ingest", "-", "--home", tmp_path], cwd=ROOT, stdin=theirs, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        assert process.stderr.readline() == "Reading standard input; end it with Ctrl-D.\n"
        process.send_signal(signal.SIGINT)
        assert process.stderr.read().strip() == ""
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 130


def test_a_variable_that_looks_like_a_setting_is_named_with_the_one_that_is_meant(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NEWSDESK_PASAGES_READ", "3")
    monkeypatch.setenv("NEWSDESK_DEPLOYMENT", "blue")
    ran = run(capsys, "status", "--home", tmp_path)
    assert "NEWSDESK_PASAGES_READ is no setting; is NEWSDESK_PASSAGES_READ meant?" in ran.err
    assert "NEWSDESK_DEPLOYMENT" not in ran.err
