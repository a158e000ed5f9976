"""What became of each page, in a SQLite file beside the index: so that a page is cleaned once, a run that was killed
goes on where it stopped, and what is no article is kept, with the reason.

It is a memory, not the truth: what is stored is asked of the index. Without the file, everything is read again.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from qa.types import Page, now

FILE = "pages.sqlite"
SCHEMA = """
CREATE TABLE IF NOT EXISTS runs (id INTEGER PRIMARY KEY, inputs TEXT NOT NULL, finished INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS pages (
    key TEXT PRIMARY KEY, run INTEGER NOT NULL, origin TEXT NOT NULL, article_id TEXT, title TEXT, url TEXT,
    digest TEXT, kept TEXT, rank TEXT, reason TEXT, message TEXT, page BLOB, at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS pages_by_article ON pages (article_id);
CREATE INDEX IF NOT EXISTS pages_by_origin ON pages (origin);
"""
LARGEST_KEPT = 2_000_000
"""Characters or bytes of a page that is kept with the reason why it is no article; of a larger one the reason is."""

MOST_ASKED = 500
"""Keys in one question to SQLite."""

PATIENCE = 30.0
"""Seconds that a writer waits for another one's transaction."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a page: an article (`digest`), or what it is instead (`reason` and `message`).

    `kept` is the digest that the index has for the article since then: another one where another page's version won.
    `rank` orders the versions of an article within a run, as text.
    """

    origin: str
    article_id: str | None = None
    title: str | None = None
    url: str | None = None
    digest: str | None = None
    kept: str | None = None
    rank: str | None = None
    reason: str | None = None
    message: str | None = None

    def instead_of(self, kept: str, reason: str, message: str) -> Outcome:
        """The same of a version that gives way to another one, of which the digest is `kept`."""
        return replace(self, kept=kept, reason=reason, message=message)


@dataclass(frozen=True, slots=True)
class Best:
    """The best version of an article that a run has seen: how it ranks, its digest, and where it came from."""

    rank: str
    digest: str
    origin: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A page that is no article, since when it lies here, and why. `article_id` is the id that it would have had."""

    origin: str
    reason: str
    message: str
    url: str | None
    title: str | None
    article_id: str | None
    at: datetime


class Journal:
    """The journal of a home. Raises `sqlite3.Error` as SQLite does."""

    def __init__(self, folder: Path) -> None:
        """Open it, made where there is none; the folder has to be there."""
        self._db = sqlite3.connect(folder / FILE, timeout=PATIENCE, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(SCHEMA)
        self._run = 0

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, inputs: str) -> None:
        """Begin a run, or go on with the last one, if it had the same inputs and didn't come to its end."""
        last = self._db.execute("SELECT id, inputs, finished FROM runs ORDER BY id DESC LIMIT 1").fetchone()
        if last and last[1] == inputs and not last[2]:
            self._run = last[0]
        else:
            self._run = int(self._db.execute("INSERT INTO runs (inputs) VALUES (?)", (inputs,)).lastrowid or 0)

    def finish(self) -> None:
        """The run came to its end; runs before it are forgotten."""
        with self._db:
            self._db.execute("UPDATE runs SET finished = 1 WHERE id = ?", (self._run,))
            self._db.execute("DELETE FROM runs WHERE id < ?", (self._run,))

    def known(self, keys: Sequence[str]) -> dict[str, Outcome]:
        """What became of pages when they were last seen, by their keys."""
        found: dict[str, Outcome] = {}
        for part in _parts(keys):
            rows = self._db.execute(
                "SELECT key, origin, article_id, title, url, digest, kept, rank, reason, message FROM pages "
                f"WHERE key IN ({', '.join('?' * len(part))})",
                part,
            )
            found |= {key: Outcome(*values) for key, *values in rows}
        return found

    def best(self, article_id: str) -> Best | None:
        """The best of the versions of an article that this run has seen."""
        row = self._db.execute(
            "SELECT rank, digest, origin FROM pages WHERE article_id = ? AND run = ? AND digest IS NOT NULL "
            "ORDER BY rank DESC LIMIT 1",
            (article_id, self._run),
        ).fetchone()
        return Best(*row) if row else None

    def record(self, outcomes: Iterable[tuple[str, Page | None, Outcome]]) -> None:
        """Write down what became of pages, each under its key. What was known of the same origin is forgotten.

        The page of one that is no article is kept with it.
        """
        at = now().isoformat()
        with self._transaction():
            for key, page, outcome in outcomes:
                o = outcome
                body = packed(page) if page is not None and o.reason and not o.digest else None
                self._db.execute("DELETE FROM pages WHERE origin = ? AND key <> ?", (o.origin, key))
                self._db.execute(
                    "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (key, self._run, o.origin, o.article_id, o.title, o.url, o.digest, o.kept, o.rank, o.reason,
                     o.message, body, at),
                )  # fmt: skip

    def seen(self, keys: Sequence[str]) -> None:
        """Pages of which nothing has changed are in this run too."""
        with self._transaction():
            self._db.executemany("UPDATE pages SET run = ? WHERE key = ?", [(self._run, key) for key in keys])

    def won(self, article_id: str, digest: str, reason: str, message: str) -> None:
        """A version of an article takes the place of those that this run has seen before, for that reason."""
        self._db.execute(
            "UPDATE pages SET kept = ?, reason = ?, message = ? WHERE article_id = ? AND run = ? AND digest <> ?",
            (digest, reason, message, article_id, self._run, digest),
        )

    def skipped(self) -> list[Quarantined]:
        """The pages that are not in the index, the newest first, save those whose article has come since."""
        rows = self._db.execute(
            "SELECT origin, reason, message, url, title, article_id, at FROM pages AS own "
            "WHERE reason = 'same id' OR digest IS NULL AND (article_id IS NULL OR NOT EXISTS "
            "(SELECT 1 FROM pages WHERE article_id = own.article_id AND digest IS NOT NULL)) ORDER BY at DESC, origin"
        )
        return [
            Quarantined(origin, reason, message, url, title, article_id, datetime.fromisoformat(at))
            for origin, reason, message, url, title, article_id, at in rows
        ]

    def quarantine(self) -> list[Page]:
        """The pages that are no articles, as they were found, to be read again; those that were too large are not."""
        rows = self._db.execute("SELECT page FROM pages WHERE page IS NOT NULL ORDER BY at, origin")
        return [unpacked(body) for (body,) in rows]

    def forget(self, article_ids: Sequence[str]) -> None:
        """Articles are no longer stored; their pages will be read as if for the first time."""
        with self._transaction():
            self._db.executemany("DELETE FROM pages WHERE article_id = ?", [(i,) for i in article_ids])

    def _transaction(self) -> _Transaction:
        return _Transaction(self._db)


class _Transaction:
    """All or nothing; SQLite's own context manager begins none by itself."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        self._db.execute("ROLLBACK" if kind else "COMMIT")


def key_of(page: Page, languages: Sequence[str] = ()) -> str:
    """What tells a page from any other, and one reading of it from another: 32 hexadecimal digits.

    It changes with the page, with what its source says of it, with the languages wanted, and with newsdesk's own code.
    """
    content = page.content if isinstance(page.content, bytes) else page.content.encode("utf-8", "surrogatepass")
    said = json.dumps([page.url, page.media_type, page.hints, sorted(languages)], default=str, sort_keys=True)
    hashed = hashlib.sha256(rules().encode())
    for part in (said.encode("utf-8", "surrogatepass"), content):
        hashed.update(len(part).to_bytes(8, "big") + part)
    return hashed.hexdigest()[:32]


@lru_cache(maxsize=1)
def rules() -> str:
    """A hash of the code that cleans: with other rules, a page is read again."""
    hashed = hashlib.sha256()
    for name in ("trafilatura", "htmldate", "lxml"):
        hashed.update(f"{name} {version(name)}\n".encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        hashed.update(path.read_bytes())
    return hashed.hexdigest()


def packed(page: Page) -> bytes | None:
    """A page in few bytes; nothing for one that is too large to be kept."""
    if len(page.content) > LARGEST_KEPT:
        return None
    binary = isinstance(page.content, bytes)
    content = base64.b64encode(page.content).decode() if isinstance(page.content, bytes) else page.content
    fields = {"origin": page.origin, "content": content, "binary": binary, "url": page.url,
              "media_type": page.media_type, "hints": page.hints}  # fmt: skip
    return zlib.compress(json.dumps(fields, default=str).encode())


def unpacked(body: bytes) -> Page:
    """The page that was packed; moments in its hints are text now."""
    fields: dict[str, Any] = json.loads(zlib.decompress(body))
    if fields.pop("binary"):
        fields["content"] = base64.b64decode(fields["content"])
    return Page(**fields)


def _parts(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[n : n + MOST_ASKED] for n in range(0, len(keys), MOST_ASKED))
