"""Writing to an index: whole steps, both stores together, under the lock of the home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from qa.chroma import PASSAGE_FORMAT
from qa.current import Current
from qa.errors import NoSuchArticle
from qa.faults import reported
from qa.records import Entry
from qa.stores import Stores


class Writer:
    """What may be done to an index under its lock. Every call is one step, which is repaired if it is cut off.

    Each raises `HomeNotUsable` when the disk is full, read-only or broken: the next opening, or step, puts it in order.
    """

    def __init__(self, current: Current) -> None:
        self._current = current

    def put(self, entries: Sequence[Entry]) -> None:
        """Store articles; one that is stored already is replaced with all its passages. Of two with one id in a call
        the last is stored, as if it had come in a call of its own.
        """
        last = list({entry.article.id: entry for entry in entries}.values())
        if not last:
            return
        with self._step() as stores:
            stores.chroma.put(last)
            stores.lexical.remove(entry.article.id for entry in last)
            stores.lexical.add(passage for entry in last for passage in entry.passages)

    def keep(self, entry: Entry) -> None:
        """Keep an article as an old version of the one that is stored under its id; its vectors aren't needed."""
        with self._step() as stores:
            stores.chroma.keep(entry)

    def remove(self, article_ids: Sequence[str]) -> None:
        """Take articles out, with their versions. Raises `NoSuchArticle`, and then removes none."""
        if not article_ids:
            return
        stored = {data["article_id"] for data in self._current.stores.chroma.firsts()}
        missing = sorted(set(article_ids) - stored)
        if missing:
            raise NoSuchArticle(f"No article {missing[0]!r} here; nothing was removed. See: newsdesk articles")
        with self._step() as stores:
            stores.chroma.remove(article_ids)
            stores.lexical.remove(article_ids)

    def complete(self, other: Stores) -> None:
        """Take over what other stores have beside the passages: the old versions."""
        with self._step() as stores:
            stores.chroma.copy_rest(other.chroma)

    def give_way_to(self, made: Stores) -> None:
        """Put stores that were made beside these, and are whole, in their place. Readers open those from now on.

        They are closed; the index of this writer must be closed next.
        """
        home = self._current.stores.home
        with reported(home.folder):
            number = home.state().number + 2
            made.lexical.generation = number
            made.close()
            home.put_in_service(made.home, number, made.embedder)
            home.clear_out()

    @contextmanager
    def _step(self) -> Iterator[Stores]:
        """One step of writing: both stores, or a home that the next one to open it puts in order."""
        stores = self._current.stores
        with reported(stores.home.folder):
            if not stores.home.state().is_whole:  # a step before failed, here or in a process that died
                stores.repair()
            with stores.step():
                yield stores


def is_up_to_date(stores: Stores, embedder: str) -> bool:
    """Whether stores are what this version of newsdesk makes with an embedder."""
    return (stores.embedder, stores.chroma.passage_format) == (embedder, PASSAGE_FORMAT)
