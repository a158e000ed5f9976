"""What a home's stores hold, read past the product: a search of near vectors is approximate, and so no inventory."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np

from qa.chroma import Chroma
from qa.embedder import Vectors
from qa.home import Home


def vectors_in(home: Path) -> dict[str, Vectors]:
    """The vector of every passage that the home's collection holds."""
    with closing(Chroma(Home(home).chroma)) as chroma:
        stored = chroma._collection.get(include=["embeddings"])
        return dict(zip(stored["ids"], map(np.asarray, stored["embeddings"]), strict=True))
