"""An embedder that reads no text twice while it remembers it: questions after one another find the same passages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from qa.embedder import Embedder, Joint, Reading, Vectors

KEPT = 64
"""Readings that an assistant remembers: 50 MB at most with the default embedder, twice 384 numbers a token."""


class Remembering:
    """An embedder with the last `kept` readings at hand; `None` for all."""

    def __init__(self, embedder: Embedder, kept: int | None = KEPT) -> None:
        self.name = embedder.name
        self._embedder = embedder
        self._kept = kept
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector a text, as the embedder gives it."""
        return self._embedder.encode(texts)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Each text with the vectors of its tokens."""
        with self._lock:
            known = {text: self._readings[text] for text in texts if text in self._readings}
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        known |= zip(fresh, self._embedder.read(fresh), strict=True)
        with self._lock:
            for text in texts:
                self._readings[text] = known[text]
                self._readings.move_to_end(text)
            while self._kept is not None and len(self._readings) > self._kept:
                self._readings.popitem(last=False)
        return [known[text] for text in texts]

    def joint(self) -> Joint | None:
        """What reads questions and passages together, as the embedder has it."""
        return self._embedder.joint()
