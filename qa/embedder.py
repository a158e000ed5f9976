"""What newsdesk asks of an embedding model, and what a passage looks like to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.sentences import Span
from qa.types import Passage

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the model read it, in one pass.

    `vector` (dimensions,) stands for the whole text; `tokens` (n, dimensions) for its tokens, each of unit length;
    `spans` (n, 2) says where each token stands in the text, in characters. `early` (n + 2, dimensions), of the default
    embedder alone, are the states below the layers that read a question and a passage together (`qa.joint`), with
    those of the marks before and behind.
    """

    vector: Vectors
    tokens: Vectors
    spans: NDArray[np.int64]
    early: Vectors | None = None


Joint = Callable[[Reading, Sequence[tuple[Reading, Sequence[Span]]]], list[NDArray[np.float64]]]
"""Reads a question together with passages: each sentence's log-odds to answer, against that none of its passage does.

A passage comes with its sentences, in characters of what was read; there is one array a passage, of figures between
`LEAST_ODDS` and `MOST_ODDS`.
"""

LEAST_ODDS, MOST_ODDS = -12.0, 12.0
"""Log-odds beyond which sure is sure."""


class Embedder(Protocol):
    """Turns texts into unit vectors, so that a dot product is a cosine. Safe to share between threads."""

    @property
    def name(self) -> str:
        """The name that is stored with an index made by this model."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector a text: (len(texts), dimensions)."""

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Each text with the vectors of its tokens; what exceeds the model's window is not in it."""

    def joint(self) -> Joint | None:
        """What reads this embedder's readings of question and passages together; `None` for one that has it not."""


def cosines(one: Reading, other: Reading) -> Vectors:
    """The cosine of each token of one text with each of another: (tokens of the one, tokens of the other).

    Not by a matrix product: the threads that numpy starts for one get in the way of torch's, which costs far more.
    """
    found: Vectors = np.einsum("id,jd->ij", one.tokens, other.tokens)
    return found


def passage_input(passage: Passage) -> str:
    """A passage as the embedder is given it: the title in front, since a passage alone seldom says what it is about."""
    return f"{passage.title}\n{passage.text}"


def text_offset(passage: Passage) -> int:
    """Where the passage's own text begins in `passage_input`, in characters."""
    return len(passage.title) + 1
