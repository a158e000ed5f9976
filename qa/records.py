"""How an article is stored: one record a passage, flat, so that a citation needs no second look-up."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qa.copies import Body, sign
from qa.embedder import Vectors
from qa.lexical import UNDATED
from qa.types import Article, Moment, Passage, Query, Saying

Metadata = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """An article ready to be stored. `digest` tells its content from any other; `vectors` has a row a passage.

    `signature` is that of its text (`qa.copies.sign`); without one it is made when the article is stored.
    """

    article: Article
    digest: str
    passages: tuple[Passage, ...]
    vectors: Vectors
    signature: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """A stored article without its text; `passages` is how many it has."""

    id: str
    title: str
    publisher: str | None
    authors: tuple[str, ...]
    published: datetime | None
    url: str | None
    passages: int
    digest: str


def to_metadata(entry: Entry) -> list[dict[str, Any]]:
    """The metadata of each passage of an entry, in order; what is not known is left out."""
    article = entry.article
    shared = {
        "article_id": article.id,
        "digest": entry.digest,
        "passages": len(entry.passages),
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "publisher_key": (article.publisher or "").casefold(),
        "authors": list(article.authors) or None,
        "published": article.published.isoformat() if article.published else None,
        "published_at": article.published.timestamp() if article.published else float(UNDATED),
        "modified": article.modified.isoformat() if article.modified else None,
        "section": article.section,
        "language": article.language,
    }
    known = {key: value for key, value in shared.items() if value is not None}
    signature = entry.signature or sign(article.text)
    first = {"signature": signature} if signature else {}
    return [
        {**known, "n": n, "start": p.start, "end": p.end, **_found(p), **({} if n else first)}
        for n, p in enumerate(entry.passages)
    ]


def to_passage(passage_id: str, text: str, data: Metadata) -> Passage:
    """The passage of a stored record."""
    return Passage(
        id=passage_id,
        article_id=data["article_id"],
        text=text,
        start=data["start"],
        end=data["end"],
        title=data["title"],
        url=data.get("url"),
        publisher=data.get("publisher"),
        authors=tuple(data.get("authors", ())),
        published=_moment(data.get("published")),
        said=_said(text, data) if "said" in data else (),
        moments=_moments(text, data) if "moments" in data else (),
    )


def to_article(records: Sequence[tuple[str, Metadata]]) -> Article:
    """The article of its records, given as (text, metadata) in any order; its text to the character."""
    ordered = sorted(records, key=lambda record: record[1]["n"])
    data = ordered[0][1]
    return Article(
        id=data["article_id"],
        title=data["title"],
        text="".join(text for text, _ in ordered),
        url=data.get("url"),
        publisher=data.get("publisher"),
        authors=tuple(data.get("authors", ())),
        published=_moment(data.get("published")),
        modified=_moment(data.get("modified")),
        section=data.get("section"),
        language=data.get("language"),
    )


def to_row(data: Metadata) -> ArticleRow:
    """The row of an article, from the metadata of any of its passages."""
    return ArticleRow(
        id=data["article_id"],
        title=data["title"],
        publisher=data.get("publisher"),
        authors=tuple(data.get("authors", ())),
        published=_moment(data.get("published")),
        url=data.get("url"),
        passages=data["passages"],
        digest=data["digest"],
    )


def to_body(data: Metadata) -> Body:
    """What tells an article's copies, from the metadata of its first passage."""
    return Body(data["article_id"], data.get("signature"), data.get("publisher"), _moment(data.get("published")))


def broken(records: Sequence[tuple[str, Metadata]]) -> list[str]:
    """The ids of records that belong to no whole article: of another digest than its first passage, or too few."""
    digests = {data["article_id"]: data["digest"] for _, data in records if data["n"] == 0}
    whole = [data["article_id"] for _, data in records if digests.get(data["article_id"]) == data["digest"]]
    present = Counter(whole)
    return sorted(
        record_id
        for record_id, data in records
        if digests.get(data["article_id"]) != data["digest"] or present[data["article_id"]] != data["passages"]
    )


def where(query: Query) -> dict[str, Any]:
    """What `query.admits` says, in Chroma's language."""
    filters = query.filters
    latest = min(query.as_of, filters.until or query.as_of)
    clauses: list[dict[str, Any]] = [{"published_at": {"$lte": latest.timestamp()}}]
    if filters.publishers:
        clauses.append({"publisher_key": {"$in": [name.casefold() for name in filters.publishers]}})
    if filters.articles:
        clauses.append({"article_id": {"$in": list(filters.articles)}})
    if filters.since or filters.until:
        earliest = filters.since.timestamp() if filters.since else UNDATED + 1.0
        clauses.append({"published_at": {"$gte": earliest}})
    return clauses[0] if len(clauses) == 1 else {"$and": clauses}


def _found(passage: Passage) -> dict[str, str]:
    """What was found in a passage, as JSON: Chroma's metadata are flat. Texts are kept only where they go beyond it."""
    said = [
        [s.speaker, s.verb, s.verbatim, s.start, s.end, *([s.words] if s.end > passage.end else [])]
        for s in passage.said
    ]
    named = [
        [m.start, m.end, m.since.isoformat(), m.until.isoformat(), *([m.text] if m.end > passage.end else [])]
        for m in passage.moments
    ]
    found = {"said": said, "moments": named}
    return {key: json.dumps(rows, ensure_ascii=False, separators=(",", ":")) for key, rows in found.items() if rows}


def _said(text: str, data: Metadata) -> tuple[Saying, ...]:
    offset = data["start"]
    return tuple(
        Saying(speaker, verb, beyond[0] if beyond else text[start - offset : end - offset], verbatim, start, end)
        for speaker, verb, verbatim, start, end, *beyond in json.loads(data["said"])
    )


def _moments(text: str, data: Metadata) -> tuple[Moment, ...]:
    offset, day = data["start"], date.fromisoformat
    return tuple(
        Moment(beyond[0] if beyond else text[start - offset : end - offset], start, end, day(since), day(until))
        for start, end, since, until, *beyond in json.loads(data["moments"])
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
