"""The stored records, in Chroma: the one source of truth. The only file that knows chromadb."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import chromadb
import chromadb.config
import chromadb.errors
import numpy as np

from qa.embedder import Vectors
from qa.errors import NoIndex
from qa.faults import StoreFailed, reason
from qa.records import Entry, Metadata, to_metadata, to_passage
from qa.types import Hit, Passage, now
from qa.versions import Record, Versions, replaced_by

PASSAGE_FORMAT = 2
"""Raise it when the way of splitting, what is found in a passage, or what the embedder is given of it changes."""

FILE = "chroma.sqlite3"
COLLECTION = "passages"
PAGE = 1000
"""Records fetched at once where all are needed."""

GRAPH = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200}
"""Of 50 nearest among 8,000 passages .9992 are found, with Chroma's 16 and 100 .9976; it costs a sixth of the time."""

_spelling = count(1)


class Chroma:
    """A collection of passages in a folder, as it was when this was made: other processes' later writes are not seen.

    `embedder` and `passage_format` are what it was made with.
    """

    def __init__(self, folder: Path, create_for: str | None = None) -> None:
        """Open a collection; where there is none, one is made for the embedder `create_for`, else raises `NoIndex`."""
        if create_for is None and not (folder / FILE).exists():
            raise NoIndex(_nothing(folder))
        # Chroma shares one system, and so one stale graph, between all clients of a path within a process, even after
        # close(); a spelling of the path that no other client has gives this one a system of its own.
        path = os.path.join(folder, *["."] * next(_spelling))
        settings = chromadb.config.Settings(anonymized_telemetry=False)
        self._client: Any = chromadb.PersistentClient(path, settings=settings)
        self.versions = Versions(self._client)
        self._collection: Any = self._open(folder, create_for)
        found = self._collection.metadata or {}
        self.embedder = str(found.get("embedder", ""))
        self.passage_format = int(found.get("passage_format", 0))

    def _open(self, folder: Path, create_for: str | None) -> Any:
        try:
            return self._client.get_collection(COLLECTION, embedding_function=None)
        except chromadb.errors.NotFoundError as error:
            if create_for is None:
                self.close()
                raise NoIndex(_nothing(folder)) from error
        return self._client.get_or_create_collection(
            COLLECTION,
            metadata={"embedder": create_for, "passage_format": PASSAGE_FORMAT},
            configuration={"hnsw": GRAPH},
            embedding_function=None,
        )

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()

    def count(self) -> int:
        """How many passages are stored."""
        return int(self._collection.count())

    def nearest(self, vector: Vectors, k: int, condition: dict[str, Any] | None = None) -> list[Hit]:
        """The k passages nearest to a vector (dimensions,), scored by cosine; `condition` is Chroma's `where`."""
        if k < 1:
            return []
        found = self._collection.query(
            query_embeddings=[vector],
            n_results=k,
            where=condition,
            include=["documents", "metadatas", "distances"],
        )
        columns = (found[name][0] for name in ("ids", "documents", "metadatas", "distances"))
        rows = zip(*columns, strict=True)  # a passage that another process has just removed has no metadata any more
        return [Hit(to_passage(i, text, data), 1.0 - d) for i, text, data, d in rows if data]

    def records(self, article_id: str) -> list[Record]:
        """The records of an article as (id, text, metadata), in order; while it is being replaced, of both versions."""
        found = self._collection.get(where={"article_id": article_id}, include=["documents", "metadatas"])
        return sorted(_rows(found), key=lambda record: int(record[2]["n"]))

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages of those ids that are stored, in any order."""
        if not ids:
            return []
        found = self._collection.get(ids=list(ids), include=["documents", "metadatas"])
        return [to_passage(*record) for record in _rows(found)]

    def firsts(self) -> list[Metadata]:
        """The metadata of the first passage of every article."""
        return list(self._collection.get(where={"n": 0}, include=["metadatas"])["metadatas"])

    def firsts_of(self, article_ids: Sequence[str]) -> list[Metadata]:
        """The metadata of the first passage of those articles that are stored."""
        ids = [f"{article_id}:0" for article_id in article_ids]
        return list(self._collection.get(ids=ids, include=["metadatas"])["metadatas"]) if ids else []

    def pages(self) -> Iterator[list[Record]]:
        """Every record, some at a time."""
        for offset in range(0, self.count(), PAGE):
            yield _rows(self._collection.get(limit=PAGE, offset=offset, include=["documents", "metadatas"]))

    def put(self, entries: Sequence[Entry]) -> None:
        """Store articles; the passages that one had before and has no more are taken out after the new are in.

        First of all, what the new text of an article replaces is kept as a version: a kill can't lose it.
        """
        with _storing():
            self._put(entries)

    def _put(self, entries: Sequence[Entry]) -> None:
        articles = {entry.article.id: entry.article for entry in entries}
        stored = self._collection.get(where={"article_id": {"$in": list(articles)}}, include=["documents", "metadatas"])
        self.versions.keep(replaced_by(articles, _rows(stored)), now())
        old = dict(zip(stored["ids"], stored["metadatas"], strict=True))
        passages = [passage for entry in entries for passage in entry.passages]
        metadata = [data for entry in entries for data in to_metadata(entry)]
        # Chroma keeps what a record had before and isn't told anew; what is told as None goes.
        metadata = [{**dict.fromkeys(old.get(p.id, ())), **data} for p, data in zip(passages, metadata, strict=True)]
        vectors = np.concatenate([entry.vectors for entry in entries])
        for part in self._parts(len(passages)):
            self._collection.upsert(
                ids=[p.id for p in passages[part]],
                documents=[p.text for p in passages[part]],
                metadatas=metadata[part],
                embeddings=vectors[part],
            )
        self.delete(sorted(old.keys() - {p.id for p in passages}))

    def keep(self, entry: Entry) -> None:
        """Keep an article as an old version, beside the one that is stored; one that is kept already stays as it is."""
        with _storing():
            if not self.versions.records(entry.article.id, entry.digest):
                ids, texts = [p.id for p in entry.passages], [p.text for p in entry.passages]
                self.versions.keep([list(zip(ids, texts, to_metadata(entry), strict=True))], now())

    def copy_rest(self, other: Chroma) -> None:
        """Take over, as it is, what another client has beside the passages."""
        with _storing():
            for theirs in other._client.list_collections():
                if theirs.name != COLLECTION:
                    with suppress(chromadb.errors.NotFoundError):
                        self._client.delete_collection(theirs.name)
                    ours = self._client.get_or_create_collection(theirs.name, embedding_function=None)
                    _copy(theirs, ours)

    def delete(self, ids: Sequence[str]) -> None:
        """Take records out."""
        with _storing():
            for part in self._parts(len(ids)):
                self._collection.delete(ids=list(ids[part]))

    def remove(self, article_ids: Sequence[str]) -> None:
        """Take articles out, with all their passages and versions."""
        with _storing():
            self._collection.delete(where={"article_id": {"$in": list(article_ids)}})
            self.versions.remove(article_ids)

    def _parts(self, total: int) -> Iterator[slice]:
        most = int(self._client.get_max_batch_size())
        return (slice(start, start + most) for start in range(0, total, most))


def _rows(found: Any) -> list[Record]:
    return list(zip(found["ids"], found["documents"], found["metadatas"], strict=True))


def _copy(theirs: Any, ours: Any) -> None:
    for offset in range(0, theirs.count(), PAGE):
        found = theirs.get(limit=PAGE, offset=offset, include=["documents", "metadatas", "embeddings"])
        ours.upsert(**{name: found[name] for name in ("ids", "documents", "metadatas", "embeddings")})


@contextmanager
def _storing() -> Iterator[None]:
    """Chroma tells of its files by `InternalError`; what is wrong with what it is given has errors of its own."""
    try:
        yield
    except chromadb.errors.InternalError as error:
        raise StoreFailed(reason(error)) from error


def _nothing(folder: Path) -> str:
    return f"No index in {str(folder.parent)!r} yet. Build one with: newsdesk ingest FOLDER"
