"""Old versions of articles, in a collection of their own, so that no search has to leave them out.

What was cited stays readable after its article has changed: a version is kept passage by passage, as it was stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from qa.answer import Quote
from qa.records import Metadata, to_passage
from qa.types import Article, Passage

COLLECTION = "versions"
NOWHERE = [0.0]
"""The vector of every passage here: Chroma wants one, and nothing searches by it."""

DAWN = datetime.min.replace(tzinfo=UTC)

Record = tuple[str, str, Metadata]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an article. `replaced` is when another one took its place here; `None` while it is the newest.

    `published` and `modified` are what the outlet says.
    """

    digest: str
    title: str
    published: datetime | None
    modified: datetime | None
    replaced: datetime | None = None

    @property
    def since(self) -> datetime | None:
        """From when on the outlet had it so, as far as it says."""
        return self.modified or self.published


def in_force(versions: Sequence[Version], as_of: datetime) -> Version | None:
    """The one of an article's versions, in their order here, that was its newest at a moment; `None` where none was.

    The outlet's times say which, and of versions with the same time when each was replaced here. One without a time is
    as old as the one that it replaced.
    """
    if all(version.replaced is not None and version.replaced <= as_of for version in versions[:-1]):
        return versions[-1] if versions else None
    since: list[datetime] = []
    for version in versions:
        since.append(version.since or (since[-1] if since else DAWN))
    latest = max((moment for moment in since if moment <= as_of), default=None)
    found = [version for version, moment in zip(versions, since, strict=True) if moment == latest]
    return next((v for v in found if v.replaced is None or v.replaced > as_of), found[-1] if found else None)


def version_of(passage_id: str) -> str | None:
    """The digest of the old version that a passage is of; `None` for one of the newest."""
    _, _, rest = passage_id.partition("@")
    return rest.rpartition(":")[0] or None


def cited_as(quote: Quote) -> str:
    """What a quote is held to: the id of its article, or of an old version of it, `article@digest`."""
    digest = version_of(quote.passage_id)
    return f"{quote.article_id}@{digest}" if digest else quote.article_id


def is_older(article: Article, stored: Metadata) -> bool:
    """Whether an article is older than the stored one with this metadata: both say when they are from, the article
    earlier.
    """
    moment, other = article.modified or article.published, current(stored).since
    return moment is not None and other is not None and moment < other


def replaced_by(articles: Mapping[str, Article], records: Sequence[Record]) -> list[list[Record]]:
    """The stored versions that articles are about to replace: whole ones, with another text or title."""
    ordered = sorted(records, key=lambda record: (record[2]["article_id"], record[2]["n"]))
    stored = (list(own) for _, own in groupby(ordered, key=lambda record: record[2]["article_id"]))
    return [own for own in stored if _is_whole(own) and _differs(articles[own[0][2]["article_id"]], own)]


def closest(passage: Passage, others: Sequence[Passage]) -> Passage:
    """The passage of another version that shares the most words with a passage, by the share of their words."""
    words = _words(passage)

    def alike(other: Passage) -> tuple[float, int]:
        found = _words(other)
        return len(words & found) / max(1, len(words | found)), -abs(other.start - passage.start)

    return max(others, key=alike)


class Versions:
    """The old versions in a Chroma client; the collection is made when the first one is kept."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._found: Any = None
        self._known: dict[str, list[Version]] | None = None
        self._writes = 0

    def keep(self, versions: Sequence[Sequence[Record]], replaced: datetime) -> None:
        """Keep versions, each given as all its records. One that is kept already is kept once."""
        records = [record for version in versions for record in version]
        if not records:
            return
        self._found = self._client.get_or_create_collection(COLLECTION, embedding_function=None)
        most = int(self._client.get_max_batch_size())
        for start in range(0, len(records), most):
            part = records[start : start + most]
            self._found.upsert(
                ids=[_id(data) for _, _, data in part],
                documents=[text for _, text, _ in part],
                metadatas=[{**data, "replaced": replaced.isoformat()} for _, _, data in part],
                embeddings=[NOWHERE] * len(part),
            )
        self._forget()

    def of(self, article_id: str) -> list[Version]:
        """The old versions of an article, in the order in which they were replaced."""
        return list(self._all().get(article_id, ()))

    def by(self, as_of: datetime) -> list[str]:
        """The ids of articles of which there is an old version that was published by a moment, or has no date."""
        return [
            article_id
            for article_id, versions in self._all().items()
            if any(version.published is None or version.published <= as_of for version in versions)
        ]

    def records(self, article_id: str, digest: str) -> list[Record]:
        """The records of a version, in order; none where it isn't kept."""
        found = self._get(where={"$and": [{"article_id": article_id}, {"digest": digest}]})
        return sorted(found, key=lambda record: int(record[2]["n"]))

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages of old versions with those ids, in any order."""
        return [to_passage(*record) for record in self._get(ids=list(ids))] if ids else []

    def remove(self, article_ids: Sequence[str]) -> None:
        """Forget every version of articles."""
        if self._collection() and article_ids:
            self._found.delete(where={"article_id": {"$in": list(article_ids)}})
            self._forget()

    def _all(self) -> dict[str, list[Version]]:
        """The old versions by article, each article's in order; kept until this writes, since a search asks often.

        What other processes write is seen by a client that is opened afterwards.
        """
        known, writes = self._known, self._writes
        if known is None:
            known = {}
            for _, _, data in self._get(where={"n": 0}):
                known.setdefault(data["article_id"], []).append(_version(data))
            for versions in known.values():
                versions.sort(key=lambda version: (version.replaced, version.digest))
            self._known = known if writes == self._writes else None
        return known

    def _forget(self) -> None:
        self._writes += 1
        self._known = None

    def _get(self, **asked: Any) -> list[Record]:
        if not self._collection():
            return []
        found = self._found.get(**asked, include=["documents", "metadatas"])
        return list(zip(found["ids"], found["documents"], found["metadatas"], strict=True))

    def _collection(self) -> bool:
        if self._found is None:
            self._found = next((c for c in self._client.list_collections() if c.name == COLLECTION), None)
        return self._found is not None


def current(data: Metadata) -> Version:
    """The newest version, of the metadata of its first passage."""
    return _version(data)


def _version(data: Metadata) -> Version:
    moments = (data.get(key) for key in ("published", "modified", "replaced"))
    return Version(data["digest"], data["title"], *(m and datetime.fromisoformat(m) for m in moments))


def _id(data: Metadata) -> str:
    return f"{data['article_id']}@{data['digest']}:{data['n']}"


def _is_whole(records: Sequence[Record]) -> bool:
    data = records[0][2]
    return len(records) == data["passages"] and all(other["digest"] == data["digest"] for _, _, other in records)


def _differs(article: Article, records: Sequence[Record]) -> bool:
    return article.text != "".join(text for _, text, _ in records) or article.title != records[0][2]["title"]


def _words(passage: Passage) -> set[str]:
    return set(passage.text.casefold().split())
