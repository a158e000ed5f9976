"""What an ingest did: values for programs and people."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Stored:
    """An article that is in the index now, and where it came from."""

    article_id: str
    title: str
    origin: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that is no article: a short reason to count by, and a message that says what to do.

    `article_id` is the id that the article would have had, as far as that is known.
    """

    origin: str
    reason: str
    message: str
    url: str | None = None
    article_id: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest is, after `seconds`. `stage` is "reading" or "embedding"; `articles` are those dealt with,
    `passages` those embedded, of about `passages_total`, where that can be told before the end; `embedding_seconds` is
    what that alone took.
    """

    stage: str
    articles: int
    passages: int
    passages_total: int | None
    seconds: float
    embedding_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """The end of an ingest: nothing that went in is missing from it."""

    added: tuple[Stored, ...] = ()
    updated: tuple[Stored, ...] = ()
    unchanged: tuple[Stored, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    passages: int = 0
    seconds: float = 0.0

    @property
    def articles(self) -> int:
        """How many articles were read, whether they changed anything or not."""
        return len(self.added) + len(self.updated) + len(self.unchanged)

    def to_json(self) -> dict[str, Any]:
        """The report as values that `json.dumps` takes."""
        return dataclasses.asdict(self)
