"""The pages that came from the web, kept so that a server need not send again what has not changed.

It is a cache of HTTP: what is in it could be fetched again at any time, and a run that is cut off leaves nothing wrong
behind, since an unchanged page comes out of here just as it once came from the server.
"""

from __future__ import annotations

import logging
import sqlite3
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

log = logging.getLogger(__name__)

NAME = "web.sqlite"
KEPT = 90 * 86_400
"""Seconds after which a page that nobody asked for is forgotten."""

TABLES = """
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS answers (
    url TEXT PRIMARY KEY, etag TEXT, modified TEXT, media_type TEXT NOT NULL, charset TEXT,
    content BLOB NOT NULL, at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS moved (url TEXT PRIMARY KEY, target TEXT NOT NULL, at REAL NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it came: from which address, with what a server needs to tell whether it has changed since."""

    url: str
    media_type: str
    content: bytes
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    at: float = 0.0


class Cache:
    """The kept pages: in a file of a folder, or for as long as the object lives. Safe to share between threads.

    What can't be kept is fetched again the next time; a broken file is begun anew.
    """

    def __init__(self, folder: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = Lock()
        self._file = folder / NAME if folder else None
        self._database = self._open()

    def get(self, url: str) -> Kept | None:
        """The page at an address, or where it had moved to."""
        rows = self._run(
            "SELECT url, media_type, content, charset, etag, modified, at FROM answers"
            " WHERE url = coalesce((SELECT target FROM moved WHERE url = ?), ?)",
            (url, url),
        )
        try:
            return next((Kept(r[0], r[1], zlib.decompress(r[2]), *r[3:]) for r in rows), None)
        except zlib.error:
            return None

    def put(self, kept: Kept, asked: str) -> None:
        """Keep a page that came when `asked` was asked for."""
        now = self._clock()
        packed = zlib.compress(kept.content, 6)
        self._run(
            "INSERT OR REPLACE INTO answers (url, media_type, content, charset, etag, modified, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (kept.url, kept.media_type, packed, kept.charset, kept.etag, kept.modified, now),
        )
        self._move(asked, kept.url, now)

    def touch(self, kept: Kept, asked: str) -> None:
        """Note that a page has just been found unchanged."""
        now = self._clock()
        self._run("UPDATE answers SET at = ? WHERE url = ?", (now, kept.url))
        self._move(asked, kept.url, now)

    def close(self) -> None:
        """Forget what is old, and close the file."""
        limit = (self._clock() - KEPT,)
        self._run("DELETE FROM answers WHERE at < ?", limit)
        self._run("DELETE FROM moved WHERE at < ?", limit)
        with self._lock:
            self._database.close()

    def _move(self, asked: str, target: str, now: float) -> None:
        if asked == target:
            self._run("DELETE FROM moved WHERE url = ?", (asked,))
        else:
            self._run("INSERT OR REPLACE INTO moved VALUES (?, ?, ?)", (asked, target, now))

    def _run(self, statement: str, values: tuple[object, ...]) -> list[Any]:
        try:
            with self._lock, self._database:
                return self._database.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            log.info("the kept pages can't be used: %s", error)
            return []

    def _open(self) -> sqlite3.Connection:
        try:
            if self._file:
                self._file.parent.mkdir(parents=True, exist_ok=True)
            return self._connected(self._file)
        except (OSError, sqlite3.OperationalError) as error:  # read-only, or held by another process
            log.info("the kept pages can't be used: %s", error)
        except sqlite3.DatabaseError as error:
            log.warning("the kept pages are broken and begun anew: %s", error)
            if self._file:
                self._file.unlink()
                return self._connected(self._file)
        return self._connected(None)

    def _connected(self, file: Path | None) -> sqlite3.Connection:
        database = sqlite3.connect(file or ":memory:", timeout=10, check_same_thread=False)
        database.executescript(TABLES)
        return database
