"""The nouns: frozen values that every other file speaks in.

Nothing here reads, writes or imports anything beyond the standard library. Offsets are in characters of an
article's stored clean text; moments are timezone-aware; what is not known is `None`, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Literal

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """What a source yields: a page as it was found, before anything is read out of it.

    `hints` are fields that the source itself states (a JSONL row, a feed entry), by the names of `Article`'s fields.
    `origin` says where the page came from, for messages: a path, a path and line, or a URL.
    """

    origin: str
    content: bytes | str
    url: str | None = None
    media_type: Literal["html", "text", "markdown", "fields"] | None = None
    hints: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article. `id` comes from the canonical URL, or else from the content."""

    id: str
    title: str
    text: str
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    section: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """What an article lets somebody say: `words == article.text[start:end]`, quoted (`verbatim`) or reported.

    `speaker` is as the article has it, without "the"; of a pronoun, the one it stands for. `verb` is how it was said.
    """

    speaker: str
    verb: str
    words: str
    verbatim: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that an article names: `text == article.text[start:end]`, and its first and last day."""

    text: str
    start: int
    end: int
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article: `text == article.text[start:end]`, with what a citation shows.

    The passages of an article tile it: joined in order, their texts are the article's text. `said` and `moments` are
    what was found in it; each begins in the passage, and its offsets are those of the article.
    """

    id: str
    article_id: str
    text: str
    start: int
    end: int
    title: str
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    said: tuple[Saying, ...] = ()
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found; the higher the score, the better. Scores of different searches don't compare.

    `parts` are the places, from 0, of the parts of the question that it was found for, where that has several.
    """

    passage: Passage
    score: float
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles a question may be answered from. Empty means any.

    `since` and `until` are both inclusive and leave out articles without a date.
    """

    publishers: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    articles: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != ANYTHING


ANYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a question asks about, both inclusive, in its own words `text`; `None` for an open end.

    `hard` when the question itself says that nothing published outside them counts. With both ends open, it is a time
    that only the articles can date ("since the election").
    """

    text: str
    since: date | None = None
    until: date | None = None
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood: `text` stands alone, without the turns before it.

    `window` is the time it asks about, `speaker` whose words it asks for, `publishers` the outlets that it names. They
    pull what fits them forward and keep nothing out; only `filters` do.
    """

    text: str
    as_of: datetime
    filters: Filters = ANYTHING
    window: Window | None = None
    speaker: str | None = None
    publishers: tuple[str, ...] = ()

    def admits(self, passage: Passage) -> bool:
        """Whether the passage may answer: inside the filters, and not published after the moment of asking.

        A passage without a date is admitted unless the filters name dates.
        """
        filters, published = self.filters, passage.published
        return (
            (not filters.publishers or (passage.publisher or "").casefold() in map(str.casefold, filters.publishers))
            and (not filters.articles or passage.article_id in filters.articles)
            and (filters.since is None or (published is not None and published >= filters.since))
            and (filters.until is None or (published is not None and published <= filters.until))
            and (published is None or published <= self.as_of)
        )


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def day(moment: date | None) -> str:
    """A day, or a moment's, as readers write it, "7 November 2022"; nothing for none. The same in every locale."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}" if moment else ""
