"""Pages prepared in processes of their own, in the order in which they came, while the embedder has the cores.

The only file that knows loky: its processes need no main guard in a user's script, and outlive an ingest for the next.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from typing import Any, cast

from loky import get_reusable_executor

from ingest.prepare import Prepared, prepare
from ingest.report import Skipped
from qa.types import Page

WINDOW = 48
"""Pages that are prepared ahead of the embedder: more than it takes at once, so that it never waits for one."""

LARGEST_WINDOW = 40_000_000
"""Characters or bytes of the pages in the window, save that one page is always let in."""

TIME_LIMIT = 60.0
"""Seconds that a page may take, on cores that others use too."""

IDLE = 60.0
"""Seconds without work after which a process ends."""

TOO_SLOW = ("too slow", f"it took over {TIME_LIMIT:.0f} s to read; it is not what news pages look like")
BROKEN = ("error", "reading it made the process end; please report it")

Result = Prepared | Skipped


class Workers:
    """A queue of pages that are being prepared: first in, first out."""

    def __init__(self, languages: Sequence[str] = (), time_limit: float = TIME_LIMIT) -> None:
        self._languages = tuple(languages)
        self._time_limit = time_limit
        self._queue: deque[tuple[str, Page, Future[Result]]] = deque()
        self._size = 0

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def has_room(self) -> bool:
        """Whether another page may be put in."""
        return not self._queue or (len(self._queue) < WINDOW and self._size < LARGEST_WINDOW)

    @property
    def is_ready(self) -> bool:
        """Whether `take` would answer at once."""
        return bool(self._queue) and self._queue[0][2].done()

    def put(self, key: str, page: Page) -> None:
        """Let a page be prepared; `key` comes back with it."""
        self._queue.append((key, page, self._submit(page)))
        self._size += len(page.content)

    def wait(self, seconds: float) -> bool:
        """Whether the first page is prepared, after waiting for it so long at most."""
        try:
            self._queue[0][2].exception(seconds)
        except TimeoutError:
            return False
        return True

    def take(self) -> tuple[str, Page, Result]:
        """The first page, with what was made of it; waits for it as long as a page may take.

        One that takes longer, or ends its process, is skipped; those behind it are begun again.
        """
        key, page, future = self._queue.popleft()
        self._size -= len(page.content)
        try:
            result = future.result(self._time_limit)
        except TimeoutError:
            result = Skipped(page.origin, *TOO_SLOW)
            self._begin_again()
        except BrokenProcessPool:
            result = self._alone(page)
            self._begin_again()
        return key, page, result

    def _alone(self, page: Page) -> Result:
        """A page prepared with no other beside it, so that it is known which one ended the process."""
        try:
            return self._submit(page).result(self._time_limit)
        except TimeoutError:
            return Skipped(page.origin, *TOO_SLOW)
        except BrokenProcessPool:
            return Skipped(page.origin, *BROKEN)

    def _begin_again(self) -> None:
        _executor().shutdown(wait=True, kill_workers=True)
        waiting, self._queue = self._queue, deque()
        for key, page, future in waiting:
            done = future.done() and not future.cancelled() and not future.exception()
            self._queue.append((key, page, future if done else self._submit(page)))

    def _submit(self, page: Page) -> Future[Result]:
        return cast("Future[Result]", _executor().submit(prepare, page, self._languages))


def _executor() -> Any:
    """The processes, the same for every ingest: one for each core but one, which is the embedder's."""
    return get_reusable_executor(max(1, _cores() - 1), timeout=IDLE, initializer=_modest, reuse=True)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _modest() -> None:
    """In a process: let the embedder go first, and leave it to the ingest to be interrupted."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(10)
