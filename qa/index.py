"""The stored passages, searchable: Chroma is the truth, the lexical index follows it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Self

from qa.chroma import Chroma
from qa.copies import reports
from qa.embedder import Vectors
from qa.errors import HomeBusy, HomeNotUsable, NewsdeskError, NoIndex, NoSuchArticle
from qa.home import Home
from qa.lexical import Lexical
from qa.records import ArticleRow, Entry, broken, to_article, to_body, to_passage, to_row, where
from qa.types import Article, Hit, Passage, Query
from qa.versions import Record, Version, current

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much an index holds."""

    articles: int
    passages: int


class Index:
    """The passages of a home, searchable by vector and by word. Safe to share between threads.

    Other processes may write meanwhile: each call first looks whether they did, and then opens the stores again.
    """

    def __init__(self, home: Home, embedder: str) -> None:
        """Use `Index.open`."""
        self.home = home
        self.embedder = embedder
        self._lock = RLock()
        self._generation = home.generation()
        self._chroma = Chroma(home.chroma, embedder)
        self._stale: Chroma | None = None
        self._lexical = Lexical(home.lexical)
        self._reconcile()

    @classmethod
    def open(cls, folder: Path, *, embedder: str, create: bool = False) -> Self:
        """The index in a home, made where there is none if `create`.

        Raises `NoIndex` where there is none, `OtherEmbedder` when it was made with another embedder or passage
        format, `HomeNotUsable` when the folder can't be read or written.
        """
        home = Home(folder)
        if create:
            home.create()
        elif not home.chroma.exists():
            raise NoIndex(f"No index in {str(folder)!r} yet. Build one with: newsdesk ingest FOLDER")
        try:
            return cls(home, embedder)
        except NewsdeskError:
            raise
        except Exception as error:  # Chroma, SQLite, Tantivy and the disk each raise their own kinds
            raise HomeNotUsable(
                f"Can't open the index in {str(folder)!r}: {_first_line(error)} Check that the folder can be read and "
                "written and that the disk isn't full, or choose another home with --home or NEWSDESK_HOME."
            ) from error

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._lexical.close()
            self._chroma.close()
            if self._stale:
                self._stale.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def count(self) -> Counts:
        """How many articles and passages are stored."""
        chroma = self._fresh()
        return Counts(articles=len(chroma.firsts()), passages=chroma.count())

    def article(self, article_id: str, digest: str | None = None) -> Article:
        """A stored article, its text to the character, or its version of a digest. Raises `NoSuchArticle`."""
        records = self._records(article_id, digest)
        if not records:
            which = f"version {digest!r} of article" if digest else "article"
            raise NoSuchArticle(f"No {which} {article_id!r} here. See which there are with: newsdesk articles")
        return to_article([(text, data) for _, text, data in records])

    def versions(self, article_id: str) -> list[Version]:
        """The versions of an article: the old ones in the order in which they were replaced, then the newest."""
        chroma = self._fresh()
        return [*chroma.versions.of(article_id), *map(current, chroma.firsts_of([article_id]))]

    def articles(self) -> list[ArticleRow]:
        """Every stored article without its text: the newest first, those without a date last."""
        rows = [to_row(data) for data in self._fresh().firsts()]
        dated = sorted((r for r in rows if r.published), key=lambda r: (r.published, r.id), reverse=True)
        return dated + sorted((r for r in rows if not r.published), key=lambda r: r.id)

    def digests(self) -> dict[str, str]:
        """The digest of every stored article, by its id."""
        return {data["article_id"]: data["digest"] for data in self._fresh().firsts()}

    def resolve(self, prefix: str) -> str:
        """The one article whose id is, or begins with, `prefix`. Raises `NoSuchArticle` for none or several."""
        ids = self.digests()
        matches = [prefix] if prefix in ids else sorted(i for i in ids if prefix and i.startswith(prefix))
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise NoSuchArticle(f"{len(matches)} articles begin with {prefix!r}: {', '.join(matches[:4])}. Give more.")
        raise NoSuchArticle(f"No article {prefix!r} here. See which there are with: newsdesk articles")

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """Passages by id, in the order asked for, those of old versions too; unknown ones are left out."""
        chroma = self._fresh()
        by_id = {passage.id: passage for passage in chroma.passages(ids)}
        by_id |= {passage.id: passage for passage in chroma.versions.passages([i for i in ids if i not in by_id])}
        return [by_id[i] for i in ids if i in by_id]

    def passages_of(self, article_id: str, digest: str | None = None) -> list[Passage]:
        """The passages of an article, in order, or of its version of that digest; none where it is not stored."""
        return [to_passage(*record) for record in self._records(article_id, digest)]

    def reports(self, article_ids: Sequence[str] | None = None) -> dict[str, str]:
        """The report of each article, as told among these articles (default: all): copies of one report share its id.

        That is the id of the copy published first. Among all, it takes seconds where there are many.
        """
        chroma = self._fresh()
        return reports(map(to_body, chroma.firsts() if article_ids is None else chroma.firsts_of(article_ids)))

    def dense(self, query: Query, vector: Vectors, k: int) -> list[Hit]:
        """The k passages whose vectors are nearest to `vector` (dimensions,), scored by cosine.

        The conditions of the query are first tried on more neighbours than needed, since Chroma takes far longer with
        a wide condition than without one; only when too few are left is it asked with the condition.
        """
        chroma = self._fresh()
        total = chroma.count()
        ask = min(total, k * 4 if query.filters else k)
        hits = [hit for hit in chroma.nearest(vector, ask) if query.admits(hit.passage)]
        if len(hits) < k and ask < total:
            hits = chroma.nearest(vector, k, where(query))
        return hits[:k]

    def lexical(self, query: Query, k: int) -> list[Hit]:
        """The k passages with the best BM25 score for the words of the query."""
        self._fresh()
        scores = dict(self._lexical.search(query, k))
        found = (Hit(passage, scores[passage.id]) for passage in self.passages(list(scores)))
        return [hit for hit in found if query.admits(hit.passage)]

    def terms(self, text: str) -> list[str]:
        """The words of a text as the lexical index sees them: lower case, without accents, stemmed."""
        return self._lexical.terms(text)

    def content_terms(self, text: str) -> list[str]:
        """The terms of a text that carry meaning, each once."""
        return self._lexical.terms.content(text)

    def rarity(self, terms: Sequence[str]) -> list[float]:
        """The inverse document frequency of each term among the passages."""
        return self._lexical.rarity(terms)

    def _records(self, article_id: str, digest: str | None) -> list[Record]:
        chroma = self._fresh()
        records = chroma.records(article_id)
        if digest is None or (records and records[0][2]["digest"] == digest):
            return records
        return chroma.versions.records(article_id, digest)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Be the only writer. Raises `HomeBusy` when another process stays one, `HomeNotUsable` on a read-only home."""
        with self.home.locked(), self._lock:
            if self.home.generation() != self._generation:
                self._reopen(self.home.generation())
            try:
                yield Writer(self)
            finally:
                self._lexical.close()

    def _put(self, entries: Sequence[Entry]) -> None:
        with self._step():
            self._chroma.put(entries)
            self._lexical.remove(entry.article.id for entry in entries)
            self._lexical.add(passage for entry in entries for passage in entry.passages)

    def _remove(self, article_ids: Sequence[str]) -> None:
        missing = sorted(set(article_ids) - self.digests().keys())
        if missing:
            raise NoSuchArticle(f"No article {missing[0]!r} here; nothing was removed. See: newsdesk articles")
        with self._step():
            self._chroma.remove(article_ids)
            self._lexical.remove(article_ids)

    @contextmanager
    def _step(self) -> Iterator[None]:
        """One step of writing: both stores, or a home that the next one to open it puts in order."""
        if self.home.generation() % 2:  # a step before failed, here or in a process that died
            self._repair()
        with self.home.step() as number:
            yield
            self._lexical.commit()
            self._lexical.generation = self._generation = number

    def _repair(self) -> None:
        """After a writer that died half-way: drop articles that are not whole, and index the words again."""
        log.warning("a writer of %s was interrupted; putting the index in order", self.home.folder)
        with self.home.step() as number:
            self._chroma.delete(broken([(i, data) for page in self._chroma.pages() for i, _, data in page]))
            self._derive(number)

    def _derive(self, number: int) -> None:
        """Make the lexical index from what Chroma holds."""
        self._lexical.clear()
        for page in self._chroma.pages():
            self._lexical.add(to_passage(*record) for record in page)
        self._lexical.commit()
        self._lexical.close()
        self._lexical.generation = self._generation = number

    def _fresh(self) -> Chroma:
        """The records, opened again if another process has finished writing since.

        A Chroma client goes on answering from the graph it once loaded, without a word; only a new one sees the rest.
        """
        if self._is_behind():
            with self._lock:
                if self._is_behind():
                    self._reopen(self.home.generation())
        return self._chroma

    def _is_behind(self) -> bool:
        generation = self.home.generation()
        return generation != self._generation and generation % 2 == 0

    def _reopen(self, generation: int) -> None:
        if self._stale:  # the one before last: a thread that still read it would have been at it for two whole steps
            self._stale.close()
        self._stale, self._chroma = self._chroma, Chroma(self.home.chroma, self.embedder)
        self._lexical.reload()
        self._generation = generation

    def _reconcile(self) -> None:
        """Bring the lexical index in step with Chroma, unless somebody is writing right now."""
        if self._in_step(self._generation):
            return
        try:
            with self.home.locked(patience=0):
                if self.home.generation() % 2:
                    self._repair()
                elif not self._in_step(self.home.generation()):
                    log.info("making the lexical index of %s again", self.home.folder)
                    self._derive(self.home.generation())
        except HomeBusy:
            log.info("another process is writing to %s; reading what was there before", self.home.folder)

    def _in_step(self, generation: int) -> bool:
        whole = generation % 2 == 0 and self._lexical.generation == generation
        return whole and self._lexical.count() == self._chroma.count()


class Writer:
    """What may be done to an index under its lock. Every call is one step, which is repaired if it is cut off."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def put(self, entries: Sequence[Entry]) -> None:
        """Store articles; one that is stored already is replaced with all its passages."""
        if entries:
            self._index._put(entries)

    def remove(self, article_ids: Sequence[str]) -> None:
        """Take articles out. Raises `NoSuchArticle`, and then removes none."""
        if article_ids:
            self._index._remove(article_ids)


def _first_line(error: Exception) -> str:
    line = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return line if line.endswith(".") else line + "."
