"""Prepared articles into the index: embedded together, stored in steps."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping

import numpy as np

from ingest.prepare import Prepared
from qa.embedder import Embedder, Vectors, passage_input
from qa.index import Index
from qa.records import Entry

log = logging.getLogger(__name__)

STEP = 256
"""Passages that are stored as one step, at least; an article is never divided between steps. What a kill can cost."""

SLICE = 64
"""Passages that are embedded between two words on how far it is."""


class Storing:
    """Articles on their way into the index. `load` gives the embedder, once there is something to embed.

    `passages` are those stored so far, `seconds` what embedding took.
    """

    def __init__(self, index: Index, load: Callable[[], Embedder], tell: Callable[[int], None]) -> None:
        self._index = index
        self._load = load
        self._tell = tell
        self._embedder: Embedder | None = None
        self._waiting: dict[str, Prepared] = {}
        self.passages = 0
        self.seconds = 0.0

    def __len__(self) -> int:
        """How many passages are waiting."""
        return sum(len(each.passages) for each in self._waiting.values())

    @property
    def is_full(self) -> bool:
        """Whether there is enough for a step."""
        return len(self) >= STEP

    def put(self, prepared: Prepared) -> None:
        """Let an article wait for the next step; one of the same id gives way to it."""
        self._waiting.pop(prepared.article.id, None)
        self._waiting[prepared.article.id] = prepared
        self._embedder = self._embedder or self._load()  # the workers go on meanwhile

    def keep(self, prepared: Prepared) -> None:
        """Keep an article as an old version of the one that is stored."""
        with self._index.writing("ingest") as writer:
            writer.keep(entry_of(prepared, {}))

    def store(self) -> list[Prepared]:
        """Embed and store what is waiting, as one step; returns it."""
        together = list(self._waiting.values())
        vectors = self._embed(dict.fromkeys(passage_input(p) for each in together for p in each.passages))
        entries = [entry_of(each, vectors) for each in together]
        with self._index.writing("ingest") as writer:
            writer.put(entries)
        self.passages += len(self)
        self._waiting.clear()
        return together

    def _embed(self, texts: Iterable[str]) -> dict[str, Vectors]:
        """The vector of each text, which is embedded once; texts of like length go together."""
        embedder = self._embedder = self._embedder or self._load()
        ordered = sorted(texts, key=len, reverse=True)
        vectors: dict[str, Vectors] = {}
        for start in range(0, len(ordered), SLICE):
            part = ordered[start : start + SLICE]
            begun = time.perf_counter()
            vectors |= zip(part, embedder.encode(part), strict=True)
            self.seconds += time.perf_counter() - begun
            self._tell(self.passages + len(vectors))
        return vectors


def entry_of(prepared: Prepared, vectors: Mapping[str, Vectors]) -> Entry:
    """What is stored of an article, with the vectors of its passages' texts, as far as there are any."""
    found = [vectors[text] for text in map(passage_input, prepared.passages) if text in vectors]
    rows = np.stack(found) if found else np.zeros((0, 0), np.float32)
    return Entry(prepared.article, prepared.digest, prepared.passages, rows, prepared.signature)
