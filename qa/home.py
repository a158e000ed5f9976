"""The folder of a collection: who may write to it, and how readers learn that something changed.

One process writes at a time, by a lock. The file `generation` tells the state of the stores: its number is odd while a
step is being written and even once it is whole. A reader that finds another state opens the stores again; an odd number
that nobody holds the lock for tells that a writer died half-way.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from qa.errors import HomeBusy, HomeNotUsable
from qa.holder import Holder

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds that a writer waits for another one."""

UNSAID = 1.0
"""Seconds that it waits without a word: longer than a step takes, so that two who take turns say nothing."""

FILE = "generation"
STORES = "collection-"
"""A collection made again lies in a folder of this name and a number; the first one lies in the home itself."""


@dataclass(frozen=True, slots=True)
class State:
    """What the stores of a home were at a moment; readers open them again when it is another one.

    `number` counts the steps twice; it is odd while one is being written and 0 before the first. `home` is drawn by
    chance for each new home. `stores` is the folder of the stores within it. `embedder` made them.
    """

    number: int = 0
    home: str = ""
    stores: str = ""
    embedder: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether no step is under way."""
        return self.number % 2 == 0


class Home:
    """The folder of a collection."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = FileLock(folder / "lock")
        self._holder = folder / "writer.json"
        self._file = os.fspath(folder / FILE)
        self._last = (b"", State())

    @property
    def chroma(self) -> Path:
        """Where the records are now."""
        return self.folder / self.state().stores / "chroma"

    @property
    def lexical(self) -> Path:
        """Where the lexical index is now."""
        return self.folder / self.state().stores / "lexical"

    def create(self) -> None:
        """Make the folder where it is missing. Raises `HomeNotUsable` when that can't be done."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HomeNotUsable(
                f"Can't make the home {str(self.folder)!r}: {error.strerror or error}. "
                "Choose another folder with --home or NEWSDESK_HOME."
            ) from error

    def state(self) -> State:
        """The state that the last step left, or the one under way."""
        try:
            with open(self._file, "rb") as file:
                text = file.read()
        except OSError:
            return State()
        last, state = self._last
        if text != last:  # readers ask before every call
            state = _parsed(text)
            self._last = (text, state)
        return state

    def generation(self) -> int:
        """The number of the last step; odd while one is being written, 0 before the first."""
        return self.state().number

    @contextmanager
    def locked(self, task: str = "writing", patience: float = PATIENCE) -> Iterator[None]:
        """Be the only writer; `task` is what others are told meanwhile.

        Raises `HomeBusy` after `patience` seconds, `HomeNotUsable` on a read-only home.
        """
        again = self._lock.is_locked  # by this thread, which told what it is doing then
        try:
            self._acquire(patience)
        except OSError as error:
            raise HomeNotUsable(
                f"Can't write to the home {str(self.folder)!r}: {error.strerror or error}. "
                "Make it writable, or choose another with --home or NEWSDESK_HOME."
            ) from error
        try:
            if not again:
                with suppress(OSError):  # a full disk shows where it matters
                    Holder.here(task).write(self._holder)
            yield
        finally:
            if not again:
                with suppress(OSError):
                    self._holder.unlink()
            self._lock.release()

    def _acquire(self, patience: float) -> None:
        with suppress(Timeout):
            self._lock.acquire(timeout=min(patience, UNSAID))
            return
        if patience > UNSAID:
            log.warning("waiting for another process%s…", self._who())
        try:
            self._lock.acquire(timeout=max(0.0, patience - UNSAID))
        except Timeout as error:
            raise HomeBusy(
                f"Another process is writing to {str(self.folder)!r}{self._who()}. "
                "Wait until it is done, then try again."
            ) from error

    def _who(self) -> str:
        holder = Holder.read(self._holder)
        return f" ({holder})" if holder else ""

    @contextmanager
    def step(self, embedder: str) -> Iterator[State]:
        """Write one step, under the lock; yields the state it leads to. One that fails stays odd, to be repaired."""
        now = self.state()
        begun = now.number + 1 if now.is_whole else now.number
        done = State(begun + 1, now.home or secrets.token_hex(8), now.stores, embedder)
        self._write(replace(done, number=begun))
        yield done
        self._write(done)

    def staged(self) -> Home:
        """Where the collection is made again while the one here stays in service."""
        return Home(self.folder / f"{STORES}{_count(self.state().stores) + 1}")

    def put_in_service(self, staged: Home, number: int, embedder: str) -> None:
        """From now on the collection here is the staged one, which is whole; it takes one replaced file to say so."""
        state = self.state()
        self._write(State(number, state.home or secrets.token_hex(8), staged.folder.name, embedder))
        for own in (FILE, "lock", "writer.json"):
            with suppress(OSError):
                (staged.folder / own).unlink()

    def clear_out(self) -> None:
        """Take away the stores that have been replaced, as far as they can be; a staged collection stays."""
        count = _count(self.state().stores)
        if not count:
            return
        for old in (self.folder / "chroma", self.folder / "lexical", *self.folder.glob(f"{STORES}*")):
            if _count(old.name) < count:
                shutil.rmtree(old, ignore_errors=True)

    def _write(self, state: State) -> None:
        fresh = self.folder / f"{FILE}.new"
        fresh.write_text(json.dumps(asdict(state)), encoding="utf-8")
        os.replace(fresh, self.folder / FILE)


def _parsed(text: bytes) -> State:
    try:
        found = json.loads(text)
        return State(found) if isinstance(found, int) else State(**found)
    except (ValueError, TypeError):
        return State()


def _count(stores: str) -> int:
    """The number of a folder of stores; 0 for the first ones, which lie in the home."""
    number = stores.removeprefix(STORES)
    return int(number) if stores.startswith(STORES) and number.isdecimal() else 0
