"""newsdesk for LangChain programs: a retriever and a runnable. The only file that knows langchain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig

from qa.answer import Answer
from qa.assistant import Assistant
from qa.types import Hit, Query, now


class NewsdeskRetriever(BaseRetriever):
    """Passages as LangChain documents, by the assistant's own search.

    The metadata of each holds what a citation needs: `article_id`, `passage_id`, `start` and `end` (characters of the
    article), `title`, `publisher`, `authors`, `published` (ISO 8601), `url` and `score`.
    """

    search: Callable[[Query, int], list[Hit]]
    k: int = 5

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(hit) for hit in self.search(Query(query, now()), self.k)]


class NewsdeskRunnable(Runnable[str | dict[str, Any], Answer]):
    """The assistant as a runnable: `invoke` gives the answer, `stream` ever more complete ones.

    Its input is a question, or the arguments of `Assistant.ask`: `{"question": …, "turns": …, "as_of": …}`.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    def invoke(self, input: str | dict[str, Any], config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """The answer to a question. Raises what `Assistant.ask` raises."""
        return self._call_with_config(lambda given: self.assistant.ask(**_arguments(given)), input, config, **kwargs)

    def stream(
        self, input: str | dict[str, Any], config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Answer]:
        """The answer as it comes about; the last one is what `invoke` gives."""
        yield from self.assistant.stream(**_arguments(input))


def as_retriever(assistant: Assistant, k: int = 5) -> NewsdeskRetriever:
    """A retriever that finds what the assistant would read."""
    return NewsdeskRetriever(search=assistant.search, k=k)


def as_runnable(assistant: Assistant) -> NewsdeskRunnable:
    """The assistant as a runnable."""
    return NewsdeskRunnable(assistant)


def _arguments(given: str | dict[str, Any]) -> dict[str, Any]:
    return {"question": given} if isinstance(given, str) else given


def _document(hit: Hit) -> Document:
    passage = hit.passage
    return Document(
        page_content=passage.text,
        id=passage.id,
        metadata={
            "article_id": passage.article_id,
            "passage_id": passage.id,
            "start": passage.start,
            "end": passage.end,
            "title": passage.title,
            "publisher": passage.publisher,
            "authors": list(passage.authors),
            "published": passage.published.isoformat() if passage.published else None,
            "url": passage.url,
            "score": hit.score,
        },
    )
