"""The folder of a collection: who may write to it, and how readers learn that something changed.

One process writes at a time, by a lock. A counter in the file `generation` is odd while a step is being written and
even once it is whole: a reader that finds another even number opens the stores again; an odd number that nobody holds
the lock for tells that a writer died half-way.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from qa.errors import HomeBusy, HomeNotUsable

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds that a writer waits for another one."""


class Home:
    """The folder of a collection. `chroma` and `lexical` are the stores inside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.chroma = folder / "chroma"
        self.lexical = folder / "lexical"
        self._generation = folder / "generation"
        self._lock = FileLock(folder / "lock")

    def create(self) -> None:
        """Make the folder where it is missing. Raises `HomeNotUsable` when that can't be done."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HomeNotUsable(
                f"Can't make the home {str(self.folder)!r}: {error.strerror or error}. "
                "Choose another folder with --home or NEWSDESK_HOME."
            ) from error

    def generation(self) -> int:
        """The number of the last step; odd while one is being written, 0 before the first."""
        try:
            return int(self._generation.read_text())
        except (FileNotFoundError, ValueError):
            return 0

    @contextmanager
    def locked(self, patience: float = PATIENCE) -> Iterator[None]:
        """Be the only writer. Raises `HomeBusy` after `patience` seconds, `HomeNotUsable` on a read-only home."""
        try:
            self._lock.acquire(timeout=patience)
        except Timeout as error:
            raise HomeBusy(
                f"Another process is writing to {str(self.folder)!r}. Wait until it is done, then try again."
            ) from error
        except OSError as error:
            raise HomeNotUsable(
                f"Can't write to the home {str(self.folder)!r}: {error.strerror or error}. "
                "Make it writable, or choose another with --home or NEWSDESK_HOME."
            ) from error
        try:
            yield
        finally:
            self._lock.release()

    @contextmanager
    def step(self) -> Iterator[int]:
        """Write one step, under the lock; yields its number. A step that fails stays odd, to be repaired."""
        now = self.generation()
        begun = now + 1 if now % 2 == 0 else now
        self._write(begun)
        yield begun + 1
        self._write(begun + 1)

    def _write(self, number: int) -> None:
        fresh = self._generation.with_suffix(".new")
        fresh.write_text(str(number))
        os.replace(fresh, self._generation)
