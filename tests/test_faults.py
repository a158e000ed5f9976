"""A disk that fills up, or is taken away, in the middle of an ingest: really so, in processes of their own."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ingest import ingest as read_in
from qa.errors import HomeNotUsable
from qa.faults import StoreFailed, is_fault, reported
from qa.index import Index
from qa.records import Entry
from tests.command import ROOT
from tests.fakes import HashEmbedder
from tests.test_index import an_entry
from tests.test_read_only import OBEY, SETPRIV

INGEST = """
import resource, signal, sys
from pathlib import Path
from ingest import ingest
from qa.errors import HomeNotUsable
from qa.index import Index
from tests.fakes import HashEmbedder

home, articles, largest = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Index.open(home, embedder="hash", create=True) as index:
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
    try:
        ingest([articles], index=index, embedder=HashEmbedder())
    except HomeNotUsable as error:
        print(error)
        sys.exit(1)
"""
WORDS = """
import resource, signal, sys
from pathlib import Path
from qa.faults import reported
from qa.lexical import Lexical
from tests.test_index import an_entry

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, resource.RLIM_INFINITY))
lexical = Lexical(Path(sys.argv[1]))
try:
    with reported(Path(sys.argv[1])):
        for n in range(400):
            lexical.add(an_entry(f"a{n}", " ".join(f"word{n * i}" for i in range(90))).passages)
        lexical.commit()
finally:
    lexical.close()
"""
TAKEN = """
import sys
from pathlib import Path
from qa.index import Index
from tests.test_index import an_entry

home = Path(sys.argv[1])
with Index.open(home, embedder="hash", create=True) as index, index.writing() as writer:
    writer.put([an_entry("a")])
    for path in [home, *home.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    writer.put([an_entry("b")])
"""


def python(code: str, *arguments: object, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    rows = (
        {
            "url": f"https://news.example/{n}",
            "title": f"Report {n}",
            "text": " ".join(f"Sentence {i} of report {n} is about matter {n * i}." for i in range(60)),
        }
        for n in range(80)
    )
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def holdings(home: Path) -> tuple[object, ...]:
    with Index.open(home, embedder="hash") as index:
        return sorted(index.digests().items()), index.count(), index.stores.lexical.count()


@pytest.mark.slow
def test_when_a_full_disk_has_room_again_the_same_ingest_ends_as_an_undisturbed_one(
    articles: Path, tmp_path: Path
) -> None:
    with Index.open(tmp_path / "undisturbed", embedder="hash", create=True) as index:
        read_in([articles], index=index, embedder=HashEmbedder())
    for largest in (400_000, 2_000_000):
        failed = python(INGEST, tmp_path / "home", articles, largest)
        assert failed.returncode == 1, failed.stderr
        assert "disk may be full" in failed.stdout
        assert "it goes on where it stopped." in failed.stdout
        assert failed.stdout.count("\n") == 1
    assert python(INGEST, tmp_path / "home", articles, -1).returncode == 0
    assert holdings(tmp_path / "home") == holdings(tmp_path / "undisturbed")


def test_a_full_disk_under_the_lexical_index_is_told_like_any_other(tmp_path: Path) -> None:
    failed = python(WORDS, tmp_path)
    assert "qa.errors.HomeNotUsable: Can't write to the home" in failed.stderr


@pytest.mark.skipif(os.geteuid() == 0 and not SETPRIV, reason="permissions do not stop root, and setpriv is missing")
def test_a_permission_that_is_taken_away_between_two_steps_is_one_clear_line(tmp_path: Path) -> None:
    home = tmp_path / "home"
    failed = python(TAKEN, home, before=tuple(OBEY) if os.geteuid() == 0 else ())
    for path in [home, *home.rglob("*")]:
        path.chmod(0o755)
    assert "qa.errors.HomeNotUsable: Can't write to the home" in failed.stderr.splitlines()[-1]
    assert set(Index.open(home, embedder="hash").digests()) == {"a"}


def test_a_bug_keeps_its_own_error(tmp_path: Path) -> None:
    good = an_entry("a")
    wrong = Entry(good.article, good.digest, good.passages, np.ones((2, 3), np.float32))
    with Index.open(tmp_path, embedder="hash", create=True) as index, index.writing() as writer:
        writer.put([an_entry("b")])
        with pytest.raises(Exception, match="dimension") as raised:
            writer.put([wrong])
        assert not isinstance(raised.value, HomeNotUsable)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EROFS, "Read-only file system"), True),
        (StoreFailed("disk I/O error"), True),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), False),
        (sqlite3.ProgrammingError("Cannot operate on a closed database."), False),
        (TypeError("no"), False),
    ],
)
def test_only_what_the_disk_does_is_told_as_such(error: Exception, told: bool) -> None:
    assert is_fault(error) is told


def test_the_error_of_the_library_is_the_cause(tmp_path: Path) -> None:
    database = tmp_path / "file"
    database.write_text("this is no database, but long enough to be taken for one" * 20)
    with pytest.raises(HomeNotUsable, match="file is not a database") as raised, reported(tmp_path):
        sqlite3.connect(database).execute("CREATE TABLE a (b)")
    assert isinstance(raised.value.__cause__, sqlite3.DatabaseError)
