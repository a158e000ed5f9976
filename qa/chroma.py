"""The stored records, in Chroma: the one source of truth. The only file that knows chromadb."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import chromadb
import chromadb.config
import numpy as np

from qa.embedder import Vectors
from qa.errors import OtherEmbedder
from qa.records import Entry, Metadata, to_metadata, to_passage
from qa.types import Hit, Passage, now
from qa.versions import Record, Versions, replaced_by

PASSAGE_FORMAT = 2
"""Raise it when the way of splitting, what is found in a passage, or what the embedder is given of it changes."""

COLLECTION = "passages"
PAGE = 1000
"""Records fetched at once where all are needed."""

_spelling = count(1)


class Chroma:
    """A collection of passages in a folder, as it was when this was made: other processes' later writes are not seen.

    Raises `OtherEmbedder` when the collection was made with another embedder or passage format.
    """

    def __init__(self, folder: Path, embedder: str) -> None:
        # Chroma shares one system, and so one stale graph, between all clients of a path within a process, even after
        # close(); a spelling of the path that no other client has gives this one a system of its own.
        path = os.path.join(folder, *["."] * next(_spelling))
        settings = chromadb.config.Settings(anonymized_telemetry=False)
        self._client: Any = chromadb.PersistentClient(path, settings=settings)
        self.versions = Versions(self._client)
        made_with = {"embedder": embedder, "passage_format": PASSAGE_FORMAT}
        self._collection: Any = self._client.get_or_create_collection(
            COLLECTION, metadata=made_with, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )
        found = self._collection.metadata or {}
        if any(found.get(key) != value for key, value in made_with.items()):
            self.close()
            raise OtherEmbedder(_made_otherwise(folder.parent, found, embedder))

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
        """The records of an article as (id, text, metadata), in order.

        While a longer version is being replaced, what is left of it has another digest, and is no part of the article.
        """
        found = self._collection.get(where={"article_id": article_id}, include=["documents", "metadatas"])
        rows = sorted(_rows(found), key=lambda record: int(record[2]["n"]))
        return [record for record in rows if record[2]["digest"] == rows[0][2]["digest"]]

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
        articles = {entry.article.id: entry.article for entry in entries}
        stored = self._collection.get(where={"article_id": {"$in": list(articles)}}, include=["documents", "metadatas"])
        self.versions.keep(replaced_by(articles, _rows(stored)), now())
        old = set(stored["ids"])
        passages = [passage for entry in entries for passage in entry.passages]
        metadata = [data for entry in entries for data in to_metadata(entry)]
        vectors = np.concatenate([entry.vectors for entry in entries])
        for part in self._parts(len(passages)):
            self._collection.upsert(
                ids=[p.id for p in passages[part]],
                documents=[p.text for p in passages[part]],
                metadatas=metadata[part],
                embeddings=vectors[part],
            )
        self.delete(sorted(old - {p.id for p in passages}))

    def delete(self, ids: Sequence[str]) -> None:
        """Take records out."""
        for part in self._parts(len(ids)):
            self._collection.delete(ids=list(ids[part]))

    def remove(self, article_ids: Sequence[str]) -> None:
        """Take articles out, with all their passages and versions."""
        self._collection.delete(where={"article_id": {"$in": list(article_ids)}})
        self.versions.remove(article_ids)

    def _parts(self, total: int) -> Iterator[slice]:
        most = int(self._client.get_max_batch_size())
        return (slice(start, start + most) for start in range(0, total, most))


def _rows(found: Any) -> list[Record]:
    return list(zip(found["ids"], found["documents"], found["metadatas"], strict=True))


def _made_otherwise(home: Path, found: Mapping[str, Any], embedder: str) -> str:
    """Why an index can't be used, and what to do."""
    if found.get("embedder") == embedder:
        return (
            f"The index in {str(home)!r} was made by another version of newsdesk. Ingest the articles again into a new "
            "home: newsdesk --home NEW ingest FOLDER"
        )
    return (
        f"The index in {str(home)!r} was made with the embedder {found.get('embedder')!r}, not {embedder!r}. Use that "
        "embedder with NEWSDESK_EMBEDDER, or ingest the articles again into a new home: newsdesk --home NEW ingest "
        "FOLDER"
    )
