"""Stand-ins for what is slow or needs a network; everything else in the tests is real."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from qa.embedder import Reading, Vectors

DIMENSIONS = 64
WORD = re.compile(r"\w+")


def _direction(word: str) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(word.lower().encode()).digest()[:8], "big")
    vector = np.random.default_rng(seed).standard_normal(DIMENSIONS)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


class HashEmbedder:
    """An embedder that hashes words: texts that share words have similar vectors. It counts the texts it encoded."""

    def __init__(self, name: str = "hash") -> None:
        self.name = name
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        return (
            np.stack([reading.vector for reading in self.read(texts)])
            if texts
            else np.zeros((0, DIMENSIONS), np.float32)
        )

    def read(self, texts: Sequence[str]) -> list[Reading]:
        return [_read(text) for text in texts]


def _read(text: str) -> Reading:
    words = list(WORD.finditer(text))
    tokens = np.stack([_direction(w.group()) for w in words]) if words else np.zeros((0, DIMENSIONS), np.float32)
    total = tokens.sum(axis=0) + 1e-6
    return Reading(
        vector=np.asarray(total / np.linalg.norm(total), dtype=np.float32),
        tokens=tokens,
        spans=np.asarray([w.span() for w in words], dtype=np.int64).reshape(-1, 2),
    )
