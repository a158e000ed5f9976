"""The stored passages, searchable: Chroma is the truth, the lexical index follows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from qa.copies import reports
from qa.current import Current, opening
from qa.embedder import Vectors
from qa.errors import NoIndex, NoSuchArticle
from qa.home import PATIENCE, Home, State
from qa.records import ArticleRow, Metadata, to_article, to_body, to_passage, to_row
from qa.stores import Stores
from qa.types import Article, Hit, Passage, Query
from qa.versions import Record, Version, current, is_older
from qa.writing import Writer


@dataclass(frozen=True, slots=True)
class Counts:
    """How much an index holds."""

    articles: int
    passages: int


class Index:
    """The passages of a home, searchable by vector and by word. Safe to share between threads.

    Other processes may write meanwhile: each call first looks whether they did, and then opens the stores again.
    """

    def __init__(self, stores: Stores) -> None:
        """Use `Index.open`."""
        self.home = stores.home
        self.embedder = stores.embedder
        self._current = Current(stores)

    @classmethod
    def open(cls, folder: Path, *, embedder: str | None, create: bool = False) -> Self:
        """The index in a home, made where there is none if `create`. With `None` it is taken as it is, to be read.

        Raises `NoIndex` where there is none, `OtherEmbedder` when it was made with another embedder or passage
        format, `HomeNotUsable` when the folder can't be read or written.
        """
        home = Home(folder)
        if create:
            home.create()
        elif not home.chroma.exists():
            raise NoIndex(f"No index in {str(folder)!r} yet. Build one with: newsdesk ingest FOLDER")
        with opening(folder):
            return cls(Stores(home, embedder, create=create))

    def close(self) -> None:
        """Let go of the files."""
        self._current.close()

    @property
    def stores(self) -> Stores:
        """The stores as they are open now."""
        return self._current.stores

    @contextmanager
    def writing(self, task: str = "writing", patience: float = PATIENCE) -> Iterator[Writer]:
        """Be the only writer; `task` is what others, who wait, are told.

        Raises `HomeBusy` when another process stays one for `patience` seconds, `HomeNotUsable` when the home can't be
        written.
        """
        with self._current.writing(task, patience):
            yield Writer(self._current)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def count(self) -> Counts:
        """How many articles and passages are stored."""
        return self._current.read(lambda stores: Counts(len(stores.chroma.firsts()), stores.chroma.count()))

    def state(self) -> State:
        """What the index is of: another value when it has changed."""
        return self._current.fresh().state

    def article(self, article_id: str, digest: str | None = None) -> Article:
        """A stored article, its text to the character, or its version of a digest. Raises `NoSuchArticle`."""
        records = self._records(article_id, digest)
        if not records:
            which = f"version {digest!r} of article" if digest else "article"
            raise NoSuchArticle(f"No {which} {article_id!r} here. See which there are with: newsdesk articles")
        return to_article([(text, data) for _, text, data in records])

    def versions(self, article_id: str) -> list[Version]:
        """The versions of an article: the old ones in the order in which they were replaced, then the newest."""
        old, firsts = self._current.read(lambda s: (s.chroma.versions.of(article_id), s.chroma.firsts_of([article_id])))
        newest = [current(data) for data in firsts]
        if newest and old and old[-1].digest == newest[0].digest:  # it was about to be replaced, and then was not
            old.pop()
        return [*old, *newest]

    def published_again(self, as_of: datetime) -> list[str]:
        """The ids of articles that were there by a moment, but whose newest version says that it came out later."""
        found = self._firsts(self._current.read(lambda stores: stores.chroma.versions.by(as_of)))
        return [row.id for row in map(to_row, found) if row.published is not None and row.published > as_of]

    def articles(self) -> list[ArticleRow]:
        """Every stored article without its text: the newest first, those without a date last."""
        rows = [to_row(data) for data in self._firsts(None)]
        dated = sorted((r for r in rows if r.published), key=lambda r: (r.published, r.id), reverse=True)
        return dated + sorted((r for r in rows if not r.published), key=lambda r: r.id)

    def digests(self, article_ids: Sequence[str] | None = None) -> dict[str, str]:
        """The digest of every stored article, or of those asked for that are stored, by id."""
        return {data["article_id"]: data["digest"] for data in self._firsts(article_ids)}

    def is_older(self, article: Article) -> bool:
        """Whether an article is, by its outlet's own times, an older version of the one that is stored."""
        return any(is_older(article, data) for data in self._firsts([article.id]))

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
        return self._current.read(lambda stores: stores.passages(ids))

    def passages_of(self, article_id: str, digest: str | None = None) -> list[Passage]:
        """The passages of an article, in order, or of its version of that digest; none where it is not stored."""
        return [to_passage(*record) for record in self._records(article_id, digest)]

    def reports(self, article_ids: Sequence[str] | None = None) -> dict[str, str]:
        """The report of each article, as told among these articles (default: all): copies of one report share its id.

        That is the id of the copy published first. Among all, it takes seconds where there are many.
        """
        return reports(map(to_body, self._firsts(article_ids)))

    def dense(self, query: Query, vector: Vectors, k: int) -> list[Hit]:
        """The k passages whose vectors are nearest to `vector` (dimensions,), scored by cosine."""
        return self._current.read(lambda stores: stores.dense(query, vector, k))

    def lexical(self, query: Query, k: int) -> list[Hit]:
        """The k passages with the best BM25 score for the words of the query."""

        def search(stores: Stores) -> list[Hit]:
            scores = dict(stores.lexical.search(query, k))
            return [Hit(passage, scores[passage.id]) for passage in stores.passages(list(scores))]

        return [hit for hit in self._current.read(search) if query.admits(hit.passage)]

    def carriers(self, query: Query, k: int) -> list[str]:
        """The ids of the articles that have the k best passages for the words of the query, the best first."""
        found = self._current.read(lambda stores: stores.lexical.search(query, k))
        return list(dict.fromkeys(passage_id.rpartition(":")[0] for passage_id, _ in found))

    def terms(self, text: str) -> list[str]:
        """The words of a text as the lexical index sees them: lower case, without accents, stemmed."""
        return self.stores.lexical.terms(text)

    def content_terms(self, text: str) -> list[str]:
        """The terms of a text that carry meaning, each once."""
        return self.stores.lexical.terms.content(text)

    def rarity(self, terms: Sequence[str]) -> list[float]:
        """The inverse document frequency of each term among the passages."""
        return self._current.read(lambda stores: stores.lexical.rarity(terms))

    def frequency(self, words: Sequence[str]) -> list[int]:
        """In how many titles and texts of passages each word stands, in any of its forms."""
        return self._current.read(lambda stores: stores.lexical.frequency(words))

    def _firsts(self, article_ids: Sequence[str] | None) -> list[Metadata]:
        """The metadata of the first passage of all articles, or of those of these that are stored."""
        return self._current.read(
            lambda stores: stores.chroma.firsts() if article_ids is None else stores.chroma.firsts_of(article_ids)
        )

    def _records(self, article_id: str, digest: str | None) -> list[Record]:
        def find(stores: Stores) -> list[Record]:
            records = stores.records(article_id)
            if digest is None or (records and records[0][2]["digest"] == digest):
                return records
            return stores.chroma.versions.records(article_id, digest)

        return self._current.read(find)
