"""Both stores of a home as they were in one state: Chroma is the truth, the lexical index follows it."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from qa.chroma import PASSAGE_FORMAT, Chroma
from qa.embedder import Vectors
from qa.errors import OtherEmbedder
from qa.home import Home
from qa.lexical import Lexical
from qa.records import broken, to_passage, where
from qa.types import Hit, Passage, Query
from qa.versions import Record

log = logging.getLogger(__name__)

TRIES = 5
PAUSE = 0.05
"""How often, and after how many seconds, an article is looked at again that somebody is just replacing."""


class Stores:
    """The open stores. `state` is the one that they were opened in, or that the last step of their own led to."""

    def __init__(self, home: Home, embedder: str | None, *, create: bool = False) -> None:
        """Open those of a home; `None` takes them as they are, to be read.

        Raises `NoIndex` where there are none, unless `create`, and `OtherEmbedder` when they were made with another
        embedder or in another passage format.
        """
        self.home = home
        self.state = home.state()
        folder = home.folder / self.state.stores
        self.chroma = Chroma(folder / "chroma", embedder if create else None)
        if embedder is not None and (self.chroma.embedder, self.chroma.passage_format) != (embedder, PASSAGE_FORMAT):
            self.chroma.close()
            raise OtherEmbedder(_made_otherwise(home, self.chroma.embedder, embedder))
        self.embedder = self.chroma.embedder
        self.lexical = Lexical(folder / "lexical")

    def close(self) -> None:
        """Let go of the files."""
        self.lexical.close()
        self.chroma.close()

    def records(self, article_id: str) -> list[Record]:
        """The records of an article, in order, all of one version, even while another process replaces it.

        When that takes long, or its writer has died, they are those of the version that is being replaced.
        """
        for tried in range(TRIES):
            found = self.chroma.records(article_id)
            records = [record for record in found if record[2]["digest"] == found[0][2]["digest"]]
            if not records or is_whole(records):
                return records
            if tried < TRIES - 1:
                time.sleep(PAUSE)
        kept = (self.chroma.versions.records(article_id, v.digest) for v in self.chroma.versions.of(article_id)[::-1])
        return next((version for version in kept if is_whole(version)), [])

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """Passages by id, in the order asked for, those of old versions too; unknown ones are left out."""
        by_id = {passage.id: passage for passage in self.chroma.passages(ids)}
        by_id |= {passage.id: passage for passage in self.chroma.versions.passages([i for i in ids if i not in by_id])}
        return [by_id[i] for i in ids if i in by_id]

    def dense(self, query: Query, vector: Vectors, k: int) -> list[Hit]:
        """The k passages whose vectors are nearest to a vector.

        The conditions of the query are first tried on more neighbours than needed, since Chroma takes far longer with
        a wide condition than without one; only when too few are left is it asked with the condition.
        """
        total = self.chroma.count()
        ask = min(total, k * 4 if query.filters else k)
        hits = [hit for hit in self.chroma.nearest(vector, ask) if query.admits(hit.passage)]
        if len(hits) < k and ask < total:
            hits = self.chroma.nearest(vector, k, where(query))
        return hits[:k]

    def is_in_step(self) -> bool:
        """Whether the lexical index has what Chroma has."""
        whole = self.state.is_whole and self.lexical.generation == self.state.number
        return whole and self.lexical.count() == self.chroma.count()

    @contextmanager
    def step(self) -> Iterator[None]:
        """One step of writing, under the lock: what is done to both stores inside, and committed at its end."""
        try:
            with self.home.step(self.embedder) as done:
                yield
                self.lexical.commit()
                self.lexical.generation = done.number
                self.state = done
        except BaseException:
            self.lexical.close()  # it must not commit later what it was given now
            raise

    def repair(self) -> None:
        """After a writer that died half-way: drop articles that are not whole, and index the words again."""
        log.warning("a writer of %s was interrupted; putting the index in order", self.home.folder)
        with self.step():
            self.chroma.delete(broken([(i, data) for page in self.chroma.pages() for i, _, data in page]))
            self._derive()
        self.lexical.close()

    def derive(self) -> None:
        """Make the lexical index of a whole home again."""
        log.info("making the lexical index of %s again", self.home.folder)
        self._derive()
        self.lexical.commit()
        self.lexical.generation = self.state.number
        self.lexical.close()

    def _derive(self) -> None:
        self.lexical.clear()
        for page in self.chroma.pages():
            self.lexical.add(to_passage(*record) for record in page)


def is_whole(records: Sequence[Record]) -> bool:
    """Whether these records, in order, are all the passages of one version of an article."""
    return bool(records) and [data["n"] for _, _, data in records] == list(range(records[0][2]["passages"]))


def _made_otherwise(home: Home, found: str, embedder: str) -> str:
    """Why an index can't be used, and what to do."""
    if found == embedder:
        return (
            f"The index in {str(home.folder)!r} was made by another version of newsdesk. "
            "Make it again: newsdesk reindex"
        )
    return (
        f"The index in {str(home.folder)!r} was made with the embedder {found!r}, not {embedder!r}. Use that embedder "
        f"with NEWSDESK_EMBEDDER, or make the index again with this one: newsdesk reindex --embedder {embedder}"
    )
