"""How fast one host is asked: one request after the other, with a pause between, and not at all once it is silent."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from ingest.web.guard import NotFetched

LONGEST = 30.0
"""Seconds of pause that a site may ask for; more would hold up a run for hours."""

MOST_SILENCES = 3
"""Requests in a row without an answer, after which a host is left alone until the next run."""


class Pacer:
    """Keeps the pauses of all hosts. `clock` and `sleep` are those of `time`. Safe to share between threads."""

    def __init__(
        self, delay: float, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._delay = delay
        self._clock = clock
        self._sleep = sleep
        self._next: dict[str, float] = {}
        self._turns: dict[str, Lock] = {}
        self._silences: Counter[str] = Counter()
        self._lock = Lock()

    @contextmanager
    def turn(self, host: str, delay: float | None = None) -> Iterator[None]:
        """Wait for one's turn to ask a host, which asks for pauses of `delay` seconds itself, and have it."""
        with self._lock:
            own = self._turns.setdefault(host, Lock())
        with own:
            if self._silences[host] >= MOST_SILENCES:
                raise NotFetched("not reachable", f"{host!r} did not answer {MOST_SILENCES} times; try again later")
            if (wait := self._next.get(host, 0.0) - self._clock()) > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                self._next[host] = self._clock() + max(self._delay, min(delay or 0.0, LONGEST))

    def heard(self, host: str, answered: bool) -> None:
        """Note whether a host answered."""
        with self._lock:
            self._silences[host] = 0 if answered else self._silences[host] + 1
