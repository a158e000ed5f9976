"""Inputs to index: read, cleaned in worker processes, told apart from what is known, embedded, stored; all at once.

The embedder is what takes long. Everything else is done beside it: a thread reads, processes prepare, and this one
embeds whenever there is enough; what is in between is bounded, however much comes in.
"""

from __future__ import annotations

import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.ahead import Ahead
from ingest.intake import Intake
from ingest.journal import Journal, key_of
from ingest.report import Progress, Report, Skipped
from ingest.rows import Found
from ingest.sources import Input, count_pages, guarded, pages
from ingest.storing import SLICE, Storing
from ingest.workers import Workers
from qa.build import open_index
from qa.embedder import Embedder
from qa.faults import reported
from qa.index import Index
from qa.settings import Settings
from qa.types import Page

if TYPE_CHECKING:
    from ingest.web.client import Web

Tell = Callable[[Progress], None]

AT_ONCE = 0.0
SOON = 0.05
"""Seconds to wait for a page or an article when there is nothing else to do."""


def ingest(
    inputs: Sequence[Input],
    *,
    settings: Settings | None = None,
    index: Index | None = None,
    embedder: Embedder | None = None,
    progress: Tell | None = None,
) -> Report:
    """Read articles into the settings' home, or into an index that is open.

    Inputs are paths of files and folders, `-` for standard input, and pages. An article that is stored already as it is
    changes nothing, and when that goes for all of them no model is loaded. What is no article is in the report's
    `skipped`, with the reason; only what concerns the home or the model raises a `NewsdeskError`. A run that was cut
    off is resumed by calling this again with the same inputs.
    """
    begun = time.perf_counter()
    settings = settings or Settings()
    with ExitStack() as stack:
        if index is None and settings.folder.exists():  # what is wrong with it shows before the work
            index = stack.enter_context(open_index(settings, create=True))
        found = guarded("the inputs", pages(inputs, lambda: _web(settings)))
        ahead = stack.enter_context(Ahead(found, threaded="-" not in map(str, inputs)))
        first = _up_to_a_page(ahead)
        if all(isinstance(each, Skipped) for each in first):
            return Report(skipped=tuple(e for e in first if isinstance(e, Skipped)), seconds=_since(begun))
        index = index or stack.enter_context(open_index(settings, create=True))
        stack.enter_context(_journal_errors(index.home.folder))
        journal = stack.enter_context(Journal(index.home.folder))
        journal.begin("\n".join(each.origin if isinstance(each, Page) else str(each) for each in inputs))
        run = _Run(index, journal, settings, lambda: embedder or _load(settings), _Clock(progress, inputs, begun))
        run(ahead, first)
        journal.finish()
        return run.report(_since(begun))


class _Clock:
    """Tells how far a run is; of all passages as many as there would be if the pages to come had as many on average."""

    def __init__(self, tell: Tell | None, inputs: Sequence[Input], begun: float) -> None:
        self._tell = tell
        self._begun = begun
        self._pages = count_pages(inputs) if tell else None

    def __call__(self, intake: Intake, passages: int, known: int, embedding: float) -> None:
        """So many passages are embedded, in so many seconds, of those `known` from the pages that are done with."""
        if self._tell is None:
            return
        total = round(known * max(1.0, self._pages / intake.pages)) if self._pages and intake.pages else None
        stage = "embedding" if known else "reading"
        self._tell(Progress(stage, intake.articles, passages, total, _since(self._begun), embedding))


class _Run:
    """One ingest, from pages as they come to the last step of storing."""

    def __init__(
        self, index: Index, journal: Journal, settings: Settings, load: Callable[[], Embedder], clock: _Clock
    ) -> None:
        self._index = index
        self._intake = Intake(index, journal)
        self._languages = settings.languages
        self._workers = Workers(settings.languages)
        self._backlog: deque[tuple[str, Page]] = deque()
        self._clock = clock
        self._storing = Storing(index, load, self._tell)

    def __call__(self, ahead: Ahead, first: Sequence[Found]) -> None:
        """Go through all pages."""
        self._take_in(first)
        while self._store_if_full() or self._next_article(AT_ONCE) or self._next_pages(ahead):
            pass

    def report(self, seconds: float) -> Report:
        """The account, at the end."""
        return self._intake.report(self._storing.passages, seconds)

    def _next_pages(self, ahead: Ahead) -> bool:
        """Whether there was something left to do: pages to take in, else to wait for, else the last ones to store."""
        idle = not self._workers and not self._storing
        if not self._backlog:
            taken = ahead.take(SOON if idle else AT_ONCE)
            if taken:
                self._take_in(taken)
                return True
        if len(self._storing) >= SLICE or (self._storing and not self._workers):  # nobody waits for more
            self._store()
            return True
        if self._workers:
            self._next_article(SOON)
            return True
        return not ahead.is_over

    def _take_in(self, found: Sequence[Found]) -> None:
        for each in found:
            if isinstance(each, Skipped):
                self._intake.skip(each)
        pages_found = [(key_of(each, self._languages), each) for each in found if isinstance(each, Page)]
        self._backlog += self._intake.sort_out(pages_found)
        self._fill()
        self._tell(self._storing.passages)

    def _fill(self) -> None:
        while self._backlog and self._workers.has_room:
            self._workers.put(*self._backlog.popleft())

    def _next_article(self, patience: float) -> bool:
        """Whether a page came from the workers, which is dealt with."""
        if not self._workers or not self._workers.wait(patience):
            return False
        key, page, prepared = self._workers.take()
        self._fill()
        if isinstance(prepared, Skipped):
            self._intake.skip(prepared, key, page)
            return True
        decision = self._intake.decide(key, page, prepared)
        if decision == "store":
            self._storing.put(prepared)
        elif decision == "keep as old":
            self._storing.keep(prepared)
        return True

    def _store_if_full(self) -> bool:
        if self._storing.is_full:
            self._store()
            return True
        return False

    def _store(self) -> None:
        self._intake.stored(self._storing.store())
        self._tell(self._storing.passages)

    def _tell(self, passages: int) -> None:
        known = self._storing.passages + len(self._storing)
        self._clock(self._intake, passages, known, self._storing.seconds)


def _up_to_a_page(ahead: Ahead) -> list[Found]:
    """What is found up to the first page, and what came with it."""
    found: list[Found] = []
    while not ahead.is_over and all(isinstance(each, Skipped) for each in found):
        found += ahead.take(SOON)
    return found


@contextmanager
def _journal_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        with reported(folder):
            raise error


def _since(begun: float) -> float:
    return time.perf_counter() - begun


def _web(settings: Settings) -> Web:
    from ingest.web.client import open_web  # only addresses need it

    return open_web(settings)


def _load(settings: Settings) -> Embedder:
    from qa.models import load_embedder  # torch takes seconds to import

    return load_embedder(settings.embedder)
