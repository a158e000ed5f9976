"""The articles of a question set into an index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evals.datasets.question_set import QuestionSet
from ingest import Report, Stored, ingest
from ingest.fields import as_paragraphs, digest
from ingest.rows import line_pages
from ingest.split import split
from ingest.stated import stated_fields, stated_text
from qa.embedder import Embedder, passage_input
from qa.index import Index
from qa.records import Entry
from qa.types import Article, Page

TOGETHER = 64
"""Articles that are embedded and stored as one step."""


def store(asked: QuestionSet, work: Path, index: Index, embedder: Embedder) -> Report:
    """Store the articles of a set in an index; `work` is a folder for what has to be written first.

    Pages are ingested like any other. What are none are stored word for word: nothing is cleaned away, and nothing is
    too short. A set whose articles are stored already brings nothing.
    """
    if asked.articles is None:
        return Report()
    path = asked.articles(work)
    if asked.are_pages:
        return ingest([path], index=index, embedder=embedder)
    articles = articles_as_stated(path)
    stored = index.digests()
    fresh = [article for article in articles if stored.get(article.id) != digest(article)]
    passages = sum(_put(fresh[n : n + TOGETHER], index, embedder) for n in range(0, len(fresh), TOGETHER))
    changed = {article.id for article in fresh}
    rows = {article.id: Stored(article.id, article.title, path.name) for article in articles}
    return Report(
        added=tuple(row for i, row in rows.items() if i in changed and i not in stored),
        updated=tuple(row for i, row in rows.items() if i in changed and i in stored),
        unchanged=tuple(row for i, row in rows.items() if i not in changed),
        passages=passages,
    )


def articles_as_stated(path: Path) -> list[Article]:
    """The articles of a JSONL file as it states them; each row has an id, and no two the same."""
    with path.open("rb") as lines:
        pages = [found for found in line_pages(path.name, lines) if isinstance(found, Page)]
    return [_as_stated(page) for page in pages]


def _as_stated(page: Page) -> Article:
    text = as_paragraphs(stated_text(page.hints))
    return Article(**{"title": text.split("\n")[0][:100], **stated_fields(page.hints), "text": text})


def _put(articles: Sequence[Article], index: Index, embedder: Embedder) -> int:
    """Embed and store articles as one step; returns the number of their passages."""
    divided = [(article, split(article)) for article in articles]
    vectors = embedder.encode([passage_input(passage) for _, own in divided for passage in own])
    entries, start = [], 0
    for article, own in divided:
        entries.append(Entry(article, digest(article), own, vectors[start : start + len(own)]))
        start += len(own)
    with index.writing() as writer:
        writer.put(entries)
    return start
