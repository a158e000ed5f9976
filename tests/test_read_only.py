"""A home that may be read but not written. Root, whom permissions do not stop, is tested without that privilege."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import COMMAND, ROOT

SETPRIV = shutil.which("setpriv")
OBEY = [SETPRIV or "", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]


@pytest.fixture
def read_only(samples_home: Path, tmp_path: Path) -> Iterator[Path]:
    home = tmp_path / "home"
    shutil.copytree(samples_home, home)
    every = [home, *home.rglob("*")]
    for path in every:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield home
    for path in every:
        path.chmod(0o755)


@pytest.mark.skipif(os.geteuid() == 0 and not SETPRIV, reason="permissions do not stop root, and setpriv is missing")
@pytest.mark.parametrize("command", [["status"], ["ingest", "ingest/samples/wire.jsonl"], ["remove", "0"]])
def test_a_read_only_home_is_one_clear_line(read_only: Path, command: list[str]) -> None:
    arguments = [*(OBEY if os.geteuid() == 0 else []), *COMMAND, "--home", str(read_only), *command]
    ran = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"newsdesk: Can't open the index in {str(read_only)!r}")
    assert ran.stderr.count("\n") == 1
