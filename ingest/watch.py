"""Inputs that are read again: folders when something in them changes, addresses every so often.

The only file that knows watchfiles, which asks the system what changed instead of walking the folders.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

from ingest.sources import FEEDS, PAGES, ROWS, is_address, kind_of

TICK = 500
"""Thousandths of a second after which it is looked whether it is time to ask addresses again."""

Changes = set[tuple[Change, str]]


def rounds(
    inputs: Sequence[str], *, watched: bool, every: float | None, stop: Event | None = None
) -> Iterator[list[str]]:
    """What is to be read: at first all inputs, then without end what changed in the folders and files, if they are
    `watched`, and `every` so many seconds the rest; or all inputs, if they are not watched.

    The seconds count from the end of the round before. Ends when `stop` is set.
    """
    stop = stop or Event()
    paths = [Path(each).absolute() for each in inputs if watched and not is_address(each)]
    polled = [each for each in inputs if not watched or is_address(each)]
    changes = changed(paths, stop) if paths else ticks(stop)
    next(changes, None)  # from here on no change is missed, however long the first round takes
    yield list(inputs)
    due = _after(every)
    for found in changes:
        files = inputs_of(found, paths)
        timely = due is not None and time.monotonic() >= due
        if files or timely:
            yield [*files, *(polled if timely else [])]
        if timely:
            due = _after(every)


def changed(paths: Sequence[Path], stop: Event) -> Iterator[Changes]:
    """What changes in folders and files, in sets; an empty one when nothing did for a `TICK`."""
    return watch(
        *paths, watch_filter=_filter(paths), stop_event=stop, rust_timeout=TICK, yield_on_timeout=True,
    )  # fmt: skip


def ticks(stop: Event) -> Iterator[Changes]:
    """Empty sets, one at once and then one each `TICK`."""
    yield set()
    while not stop.wait(TICK / 1000):
        yield set()


def inputs_of(changes: Changes, paths: Sequence[Path]) -> list[str]:
    """What is to be read after changes: what is new or other, and the feeds that may describe it."""
    files = [Path(name) for change, name in sorted(changes, key=lambda each: each[1]) if change != Change.deleted]
    files = [file for file in files if file.exists()]
    roots = [root for root in paths if root.is_dir() and any(file.is_relative_to(root) for file in files)]
    feeds = [each for root in roots for each in sorted(root.rglob("*")) if kind_of(each) in FEEDS]
    return [str(each) for each in dict.fromkeys((*files, *feeds))]


def _filter(paths: Sequence[Path]) -> Callable[[Change, str], bool]:
    def admits(change: Change, name: str) -> bool:
        path = Path(name)
        inside = next((path.relative_to(root) for root in paths if path.is_relative_to(root)), Path(path.name))
        if any(part.startswith(".") for part in inside.parts):
            return False
        return kind_of(path) in PAGES | ROWS | FEEDS or path in paths or (change == Change.added and path.is_dir())

    return admits


def _after(every: float | None) -> float | None:
    return None if every is None else time.monotonic() + every
