"""What a reader should know of a cited article beyond its words: where else it ran, and whether it was corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from qa.answer import Citation, Nearest, Quote
from qa.corrections import corrections
from qa.errors import NoSuchArticle
from qa.index import Index
from qa.retrieval import copies_of
from qa.types import Article
from qa.versions import Version, version_of


class Articles(Protocol):
    """What is needed of an index to show what was quoted."""

    def article(self, article_id: str, digest: str | None = None) -> Article:
        """The article of that id, or its version of a digest. Raises `NoSuchArticle`."""

    def versions(self, article_id: str) -> list[Version]:
        """Its versions: the old ones in the order in which they were replaced, then the newest."""


def completed(citations: Sequence[Citation], index: Index, as_of: datetime) -> tuple[Citation, ...]:
    """Citations with their articles' copies, published up to a moment, and with the notes that correct them.

    The notes are those of the version that is cited.
    """
    versions = {(citation.article_id, version_of(citation.passage_id)) for citation in citations}
    copies = {article_id: copies_named(article_id, index, as_of) for article_id, _ in versions}
    notes = {version: _correction(*version, index) for version in versions}
    return tuple(
        replace(c, copies=copies[c.article_id], correction=notes[c.article_id, version_of(c.passage_id)])
        for c in citations
    )


def as_quoted(article_id: str, quotes: Sequence[Quote], index: Articles) -> tuple[Article, bool]:
    """An article as it reads where these quotes are from it, and whether that is an old version.

    It is the newest version that has each quote at its place: an answer of before a change may cite what is old now.
    Where none has, the newest of all. Raises `NoSuchArticle`.
    """
    digest = version_of(quotes[0].passage_id) if quotes else None
    if digest:
        return index.article(article_id, digest), True
    newest = index.article(article_id)
    if not _has(newest, quotes):
        for version in reversed(index.versions(article_id)[:-1]):
            old = index.article(article_id, version.digest)
            if _has(old, quotes):
                return old, True
    return newest, False


def copies_named(article_id: str, index: Index, as_of: datetime) -> tuple[Nearest, ...]:
    """The other articles, published up to a moment, that are copies of an article."""
    firsts = index.passages([f"{other}:0" for other in copies_of(article_id, index, as_of)])
    return tuple(Nearest(p.article_id, p.title, p.publisher, p.published, p.url) for p in firsts)


def _has(article: Article, quotes: Sequence[Quote]) -> bool:
    return all(article.text[quote.start : quote.end] == quote.text for quote in quotes)


def _correction(article_id: str, digest: str | None, index: Index) -> str | None:
    try:
        found = corrections(index.article(article_id, digest).text)
    except NoSuchArticle:
        return None
    return " ".join(" ".join(note.text.split()) for note in found) or None
