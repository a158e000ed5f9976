"""Pages read ahead by a thread, while those before them are dealt with."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from threading import Condition, Thread
from typing import Self

from ingest.report import Skipped
from ingest.rows import Found

MOST = 128
"""Pages that are read ahead."""

LARGEST = 40_000_000
"""Characters or bytes that are read ahead, save that one page is always."""


class Ahead:
    """What an iterator of pages yields, in its order. With `threaded` false, it is read when it is taken."""

    def __init__(self, found: Iterator[Found], *, threaded: bool = True) -> None:
        self._found = found
        self._read: deque[Found] = deque()
        self._size = 0
        self._failed: BaseException | None = None
        self._is_over = self._is_stopped = False
        self._changed = Condition()
        self._thread = Thread(target=self._run, daemon=True) if threaded else None

    def __enter__(self) -> Self:
        if self._thread:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()
        if self._thread:
            self._thread.join(timeout=1.0)  # it may be waiting for a page on the web, and ends with the process

    @property
    def is_over(self) -> bool:
        """Whether everything has been taken."""
        with self._changed:
            return self._is_over and not self._read

    def take(self, patience: float) -> list[Found]:
        """What has been read so far, after waiting for something so many seconds at most.

        Raises what the iterator raised, after all that it yielded before.
        """
        if not self._thread:
            return self._take_one()
        with self._changed:
            self._changed.wait_for(lambda: self._read or self._is_over, patience)
            taken = list(self._read)
            self._read.clear()
            self._size = 0
            self._changed.notify_all()
            if not taken and self._failed:
                raise self._failed
            return taken

    def _take_one(self) -> list[Found]:
        for found in self._found:
            return [found]
        self._is_over = True
        return []

    def _run(self) -> None:
        try:
            for found in self._found:
                if not self._keep(found):
                    break
        except BaseException as error:
            self._failed = error
        finally:
            close = getattr(self._found, "close", None)
            if close and self._is_stopped:
                close()
            with self._changed:
                self._is_over = True
                self._changed.notify_all()

    def _keep(self, found: Found) -> bool:
        """Whether to go on, after putting a page with the others as soon as there is room."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopped or self._has_room)
            self._read.append(found)
            self._size += 0 if isinstance(found, Skipped) else len(found.content)
            self._changed.notify_all()
            return not self._is_stopped

    @property
    def _has_room(self) -> bool:
        return not self._read or (len(self._read) < MOST and self._size < LARGEST)
