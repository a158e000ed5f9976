"""A plain LangChain pipeline, as a yardstick: what one would write in an afternoon, on the same articles and embedder.

`RecursiveCharacterTextSplitter` with 1,000 characters and 200 overlap, `Chroma` with its defaults, the four nearest
chunks as context. It knows no dates, fuses nothing and never abstains.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from evals.golden import Collection, Question
from evals.results import Result
from evals.scores import retrieval
from evals.scores.text import contains
from qa.embedder import Embedder

CONTEXT = 4
DEEP = 50
AT_ONCE = 4000
"""Texts handed to Chroma in one call; it takes 5,461."""


class _Embeddings(Embeddings):
    """newsdesk's embedder as LangChain has it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector a text."""
        return [list(map(float, vector)) for vector in self._embedder.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self.embed_documents([text])[0]


class PlainPipeline:
    """Articles in chunks, and the nearest of them to a question."""

    def __init__(self, collection: Collection, embedder: Embedder) -> None:
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        articles = [collection.article(article_id) for article_id in collection.rows]
        documents = [Document(article.text, metadata={"article_id": article.id}) for article in articles]
        chunks = splitter.split_documents(documents)
        self._store = Chroma(f"plain-{uuid4().hex}", _Embeddings(embedder))  # in memory, shared by name in a process
        for start in range(0, len(chunks), AT_ONCE):
            self._store.add_documents(chunks[start : start + AT_ONCE])

    def __call__(self, question: Question) -> Result:
        """Which articles the nearest chunks are from, and whether the context has the answer."""
        chunks = self._store.similarity_search(question.case.question, k=DEEP)
        ranked = retrieval.ranking([chunk.metadata["article_id"] for chunk in chunks], question.report_of)
        context = [chunk.page_content for chunk in chunks[:CONTEXT]]
        answers = question.case.answers
        scores = {
            **retrieval.retrieval_scores(ranked, question.gold),
            "gold in first": _holds(context[:1], answers),
            "gold in any": _holds(context, answers),
        }
        return Result(question.id, question.tags, scores)


def _holds(texts: Sequence[str], answers: Sequence[str]) -> float | None:
    if not answers:
        return None
    return float(any(contains(text, wanted) for text in texts for wanted in answers))
