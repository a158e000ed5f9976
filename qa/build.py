"""Settings to working parts. The only code that knows all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from qa.assistant import Assistant, Write
from qa.calibration import load_calibration
from qa.catalogue import catalogue_of
from qa.embedder import Embedder, Reading
from qa.errors import BadInput
from qa.in_parts import ReadInParts, SearchInParts
from qa.index import Index
from qa.reader import Reader
from qa.remembering import Remembering
from qa.retrieval import AsOf, DenseSearch, Diverse, HybridSearch, RecentFirst, Rerank, Reranked, Search
from qa.retrieval_time import Pulled
from qa.settings import Settings
from qa.spelling import Spelling
from qa.writer import ExtractiveWriter

if TYPE_CHECKING:
    from qa.chat import BaseChatModel

QUESTIONS_KEPT = 256
"""Questions whose reading is kept: search and reading need the same one, and examples are asked often."""


def open_index(settings: Settings, *, create: bool = False) -> Index:
    """The index of the settings' home. Raises what `Index.open` raises."""
    return Index.open(settings.folder, embedder=settings.embedder, create=create)


def load_chat_of(settings: Settings) -> BaseChatModel | None:
    """The chat model that the settings name, if they name one. Raises `BadInput` or `ModelNotUsable`."""
    if not settings.llm:
        if settings.llm_url:
            raise BadInput(
                "A server for a chat model is given, but not which model. Name it with --llm or NEWSDESK_LLM."
            )
        return None
    from qa.chat import load_chat

    key = settings.llm_key.get_secret_value() if settings.llm_key else None
    return load_chat(settings.llm, settings.llm_url, key=key, timeout=settings.llm_timeout)


def build_searches(settings: Settings, index: Index, read_question: Callable[[str], Reading]) -> dict[str, Search]:
    """The searches by name, each usable alone: `dense`, `lexical`, `fused` (both, by score) and `hybrid`.

    `hybrid` is what an assistant uses unless told otherwise: fused, fresh articles first, or those of the time, the
    publisher and the speaker that are asked for, no report filling the top, and what has changed since the moment of
    asking as it read then.
    """
    dense = DenseSearch(index, read_question)
    fused: Search = HybridSearch(dense, index.lexical, settings.lexical_weight, settings.candidates)
    if settings.reranker:
        fused = Reranked(fused, _load_reranker(settings.reranker))
    recent = RecentFirst(fused, settings.recency_weight, settings.recency_days, settings.candidates)
    pulled = Pulled(recent, fused, candidates=settings.candidates)
    return {
        "dense": dense,
        "lexical": index.lexical,
        "fused": fused,
        "hybrid": AsOf(Diverse(pulled, index.reports, candidates=settings.candidates), index),
    }


def build_assistant(
    settings: Settings | None = None,
    *,
    index: Index | None = None,
    embedder: Embedder | None = None,
    search: str = "hybrid",
    chat: BaseChatModel | None = None,
) -> Assistant:
    """An assistant over the settings' home, or over an index, with an embedder and a chat model that are there already.

    `search` is a name that `build_searches` gives. Raises `NoIndex`, `OtherEmbedder`, `HomeNotUsable`, `ModelNotUsable`
    or `BadInput`.
    """
    settings = settings or Settings()
    index = index or open_index(settings)
    write = _writer(settings, index, chat)
    embedder = embedder or _load(settings.embedder)

    @lru_cache(maxsize=QUESTIONS_KEPT)
    def read_question(question: str) -> Reading:
        return embedder.read([question])[0]

    searches = build_searches(settings, index, read_question)
    if search not in searches:
        raise BadInput(f"There is no search {search!r}. There are: {', '.join(searches)}.")
    held = catalogue_of(index)
    return Assistant(
        index=index,
        search=SearchInParts(searches[search]),
        read=ReadInParts(Reader(index, Remembering(embedder), read_question, load_calibration())),
        write=write,
        passages_read=settings.passages_read,
        threshold=settings.answer_threshold,
        catalogue=held,
        spell=Spelling(index, lambda: held().publishers),
    )


def _writer(settings: Settings, index: Index, chat: BaseChatModel | None) -> Write:
    extractive = ExtractiveWriter(index.passages, index.terms, settings.max_statements)
    chat = chat or load_chat_of(settings)
    if chat is None:
        return extractive
    from qa.chat_writer import ChatWriter

    return ChatWriter(chat, extractive, settings.max_statements, settings.llm_timeout)


def _load_reranker(name: str) -> Rerank:
    from qa.models import load_reranker

    return load_reranker(name)


def _load(name: str) -> Embedder:
    from qa.models import load_embedder  # torch takes seconds to import

    return load_embedder(name)
