"""The README can't lie: its commands are accepted, its Python runs, its tables and figures are those of the code."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from qa import Settings
from qa.assistant import Assistant
from ui.cli import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^(?:\$ )?(newsdesk .+?)(?:\s+#.*)?$", README, re.MULTILINE)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_is_accepted_as_it_stands(line: str) -> None:
    _, name, *arguments = shlex.split(line)
    command = cli.get_command(click.Context(cli), name)
    assert command is not None, f"there is no command {name}"
    command.make_context(name, arguments)


def test_the_first_screen_has_two_lines_that_are_complete_in_themselves() -> None:
    demo, tests = blocks("sh")[:2]
    assert demo.strip().startswith("python3 -m venv")
    assert demo.strip().endswith("newsdesk demo")
    assert tests.strip().endswith("python -m pytest")


@pytest.mark.slow
def test_the_python_runs_and_prints_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ingest").symlink_to(ROOT / "ingest")
    monkeypatch.chdir(tmp_path)
    (code,) = blocks("python")
    exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert all(said.strip() in printed for said in re.findall(r"\)  # (.+)$", code, re.MULTILINE))


def test_the_table_of_settings_is_that_of_the_code() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(.+?)` \| (.+?) \|$", README, re.MULTILINE)
    fields = Settings.model_fields
    assert [row[0] for row in rows] == list(fields)
    for name, default, description in rows:
        stated = fields[name].default
        assert description == fields[name].description
        assert default == (f"{stated:g}" if isinstance(stated, float) else str(stated))


def test_the_shown_answer_is_the_real_one(desk: Assistant) -> None:
    shown = re.search(r'^\$ newsdesk ask "(.+?)"\n(.+?)\n\n', README, re.MULTILINE | re.DOTALL)
    assert shown
    answer = desk.ask(shown[1])
    lines = [f"{s.text} " + "".join(f"[{q.number}]" for q in s.quotes) for s in answer.statements]
    assert shown[2].split("\n") == lines
