"""The open stores of a home, which are opened again when another process has written to it.

A Chroma client goes on answering from the graph it once loaded, without a word; only a new one sees the rest.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import TypeVar

from qa.errors import HomeBusy, HomeNotUsable, NewsdeskError, OtherEmbedder
from qa.faults import reason, reported
from qa.home import PATIENCE
from qa.stores import Stores

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0
"""Seconds between two looks whether the writer of an unfinished step is still alive."""

LOOK_AGAIN = 60.0
"""Seconds until the next one where a dead writer's step could not be put in order."""

LONGEST_WAIT = 1.0
"""Seconds that a reader waits for another thread of its process before it goes on with what is open."""

T = TypeVar("T")


class Current:
    """The `stores` of a home as they are now: each call looks first whether others have written. Safe to share between
    threads.
    """

    def __init__(self, stores: Stores) -> None:
        """Begin with these; they are put in order if need be, unless somebody is writing right now."""
        self.stores = stores
        self._home = stores.home
        self._embedder = stores.embedder
        self._stale: Stores | None = None
        self._lock = RLock()
        self._next_look = 0.0
        self._reconcile()

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self.stores.close()
            if self._stale:
                self._stale.close()

    @contextmanager
    def writing(self, task: str, patience: float = PATIENCE) -> Iterator[None]:
        """Be the only writer; `task` is what others, who wait, are told.

        Raises `HomeBusy` when another process stays one for `patience` seconds, `HomeNotUsable` when the home can't be
        written.
        """
        with self._home.locked(task, patience), self._lock:
            if self._home.state() != self.stores.state:
                self._reopen()
            self._home.clear_out()
            try:
                yield
            finally:
                self.stores.lexical.close()

    def read(self, ask: Callable[[Stores], T]) -> T:
        """What the stores answer; asked again when they were replaced under the question."""
        stores = self.fresh()
        try:
            return ask(stores)
        except NewsdeskError:
            raise
        except Exception:  # each store has its own way of saying that its files are gone
            again = self.fresh()
            if again is stores:
                raise
            return ask(again)

    def fresh(self) -> Stores:
        """The stores, opened again if another process has finished writing since, or died while it wrote."""
        state = self._home.state()
        if state == self.stores.state and state.is_whole:
            return self.stores
        if not state.is_whole:
            self._look_after()
        elif self._lock.acquire(timeout=LONGEST_WAIT):  # this index may be writing, in another thread
            try:
                if self._home.state() != self.stores.state:
                    self._reopen()
            finally:
                self._lock.release()
        return self.stores

    def _look_after(self) -> None:
        """A step is under way: if its writer has died, put the home in order; if that can't be, at least read it."""
        if time.monotonic() < self._next_look or not self._lock.acquire(blocking=False):
            return
        self._next_look = time.monotonic() + LOOK_EVERY
        try:
            with self._home.locked("repair", patience=0), reported(self._home.folder):
                if self._home.state() != self.stores.state:
                    self._reopen()
                if not self.stores.state.is_whole:
                    self.stores.repair()
        except HomeBusy:
            log.debug("a step of %s is being written", self._home.folder)
        except HomeNotUsable as error:
            log.warning("%s can't be put in order, and is read as it is: %s", self._home.folder, error)
            self._next_look = time.monotonic() + LOOK_AGAIN
            with suppress(HomeNotUsable):
                if self._home.state() != self.stores.state:
                    self._reopen()
        finally:
            self._lock.release()

    def _reopen(self) -> None:
        try:
            with opening(self._home.folder):
                stores = Stores(self._home, self._embedder)
        except OtherEmbedder as error:
            raise OtherEmbedder(
                f"The index in {str(self._home.folder)!r} has been made again, with another embedder than "
                f"{self._embedder!r}, since it was opened here. Start this command again."
            ) from error
        if self._stale:  # the ones before last: a thread that still read them would have been at it for two whole steps
            self._stale.close()
        self._stale, self.stores = self.stores, stores

    def _reconcile(self) -> None:
        """Bring the lexical index in step with Chroma, unless somebody is writing right now."""
        if self.stores.is_in_step():
            return
        try:
            with self._home.locked("repair", patience=0):
                if self._home.state() != self.stores.state:
                    self._reopen()
                if not self.stores.state.is_whole:
                    self.stores.repair()
                elif not self.stores.is_in_step():
                    self.stores.derive()
        except HomeBusy:
            log.info("another process is writing to %s; reading what was there before", self._home.folder)


@contextmanager
def opening(folder: Path) -> Iterator[None]:
    """Whatever opening the stores of a folder raises, as `HomeNotUsable`."""
    try:
        yield
    except NewsdeskError:
        raise
    except Exception as error:  # Chroma, SQLite, Tantivy and the disk each raise their own kinds
        raise HomeNotUsable(
            f"Can't open the index in {str(folder)!r}: {reason(error)} Check that the folder can be read and "
            "written and that the disk isn't full, or choose another home with --home or NEWSDESK_HOME."
        ) from error
