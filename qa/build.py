"""Settings to working parts. The only code that knows all of them."""

from __future__ import annotations

from functools import lru_cache

from qa.assistant import Assistant
from qa.calibration import load_calibration
from qa.embedder import Embedder, Reading
from qa.index import Index
from qa.reader import Reader
from qa.retrieval import DenseSearch, Diverse, HybridSearch, RecentFirst
from qa.settings import Settings
from qa.writer import ExtractiveWriter

QUESTIONS_KEPT = 256
"""Questions whose reading is kept: search and reading need the same one, and examples are asked often."""


def open_index(settings: Settings, *, create: bool = False) -> Index:
    """The index of the settings' home. Raises what `Index.open` raises."""
    return Index.open(settings.folder, embedder=settings.embedder, create=create)


def build_assistant(
    settings: Settings | None = None, *, index: Index | None = None, embedder: Embedder | None = None
) -> Assistant:
    """An assistant over the settings' home, or over an index and with an embedder that are already there.

    Raises `NoIndex`, `OtherEmbedder`, `HomeNotUsable` or `ModelNotUsable`.
    """
    settings = settings or Settings()
    index = index or open_index(settings)
    embedder = embedder or _load(settings.embedder)

    @lru_cache(maxsize=QUESTIONS_KEPT)
    def read_question(question: str) -> Reading:
        return embedder.read([question])[0]

    hybrid = HybridSearch(
        DenseSearch(index, read_question), index.lexical, settings.lexical_weight, settings.candidates
    )
    return Assistant(
        index=index,
        search=Diverse(
            RecentFirst(hybrid, settings.recency_weight, settings.recency_days, settings.candidates),
            candidates=settings.candidates,
        ),
        read=Reader(index, embedder, read_question, load_calibration()),
        write=ExtractiveWriter(index.passages, index.terms, settings.max_statements),
        passages_read=settings.passages_read,
        threshold=settings.answer_threshold,
    )


def _load(name: str) -> Embedder:
    from qa.models import load_embedder  # torch takes seconds to import

    return load_embedder(name)
