"""Slow sources, read at the same time and heard in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from queue import Full, Queue
from threading import Event, Lock, Thread
from typing import TypeVar

T = TypeVar("T")

AT_ONCE = 8
AHEAD = 32
"""Things that a source may have ready before they are asked for."""

END = object()


def abreast(sources: Sequence[Iterator[T]], at_once: int = AT_ONCE, ahead: int = AHEAD) -> Iterator[T]:
    """What the sources yield, source by source, while up to `at_once` of them are at work.

    A source must not raise. When nobody listens any more, they stop after what they are at.
    """
    queues: list[Queue[object]] = [Queue(ahead) for _ in sources]
    work = iter(list(zip(sources, queues, strict=True)))
    stop, lock = Event(), Lock()

    def run() -> None:
        while not stop.is_set():
            with lock:
                source, queue = next(work, (None, None))
            if source is None or queue is None:
                return
            try:
                for item in source:
                    if not _put(queue, item, stop):
                        return
            finally:
                _put(queue, END, stop)

    for _ in range(min(at_once, len(sources))):
        Thread(target=run, daemon=True).start()  # so that nothing waits for a slow server at the end
    try:
        for queue in queues:
            while (item := queue.get()) is not END:
                yield item  # type: ignore[misc]
    finally:
        stop.set()


def _put(queue: Queue[object], item: object, stop: Event) -> bool:
    while not stop.is_set():
        try:
            queue.put(item, timeout=0.2)
        except Full:
            continue
        return True
    return False
