"""The nouns: frozen values that every other file speaks in.

Nothing here reads, writes or imports anything beyond the standard library. Offsets are in characters of an
article's stored clean text; moments are timezone-aware; what is not known is `None`, never a guess.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Literal

Reason = Literal[
    "nothing indexed", "nothing near", "outside the dates", "near but silent", "premise not in the articles"
]  # fmt: skip
"""Why an answer abstains: the four ways in which a collection can fail a question."""


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
    """A passage that a search found; the higher the score, the better. Scores of different searches don't compare."""

    passage: Passage
    score: float


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


@dataclass(frozen=True, slots=True)
class Quote:
    """An exact stretch of an article: `text == article.text[start:end]`, cited under `number`."""

    article_id: str
    passage_id: str
    start: int
    end: int
    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of an answer, and the quotes it rests on. `support` is what the check gave it, 0 to 1.

    `added` says where the text is ours, in square brackets: (start, end) of each stretch, with the space before it.
    `label` is what it stands under: the day in a timeline, the outlet in a comparison.
    """

    text: str
    support: float
    quotes: tuple[Quote, ...]
    added: tuple[tuple[int, int], ...] = ()
    label: str | None = None

    @property
    def words(self) -> str:
        """The text without what was added to it: what the quotes must bear out."""
        ends = [0, *(end for _, end in self.added)]
        starts = [*(start for start, _ in self.added), len(self.text)]
        return "".join(self.text[end:start] for end, start in zip(ends, starts, strict=True))


@dataclass(frozen=True, slots=True)
class Nearest:
    """An article close to the question, shown when it answers nothing and as further reading when others do."""

    article_id: str
    title: str
    publisher: str | None
    published: datetime | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited passage, under the number that the reader sees.

    `copies` are the other articles that are copies of the cited one; `correction` is the note in which its outlet
    corrects it, in its words.
    """

    number: int
    article_id: str
    passage_id: str
    title: str
    publisher: str | None
    authors: tuple[str, ...]
    published: datetime | None
    url: str | None
    text: str
    copies: tuple[Nearest, ...] = ()
    correction: str | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a collection holds: how many articles, whose, and the first and the last day of publication."""

    articles: int
    publishers: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What we add on the statements of an answer: that reports give different figures or days.

    `newer` and `older` are the two in the articles' words; `statements` are their places among the statements, from 0.
    "later" when the newer one was published on another day, else "in conflict"; "corrected" when it corrects the older.
    """

    kind: Literal["later", "in conflict", "corrected"]
    text: str
    newer: str
    older: str
    statements: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why there is no answer: a reason for programs, a message for people."""

    reason: Reason
    message: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: statements with their evidence, or the reason for having none. `seconds` is the time it took.

    Where there is none, `catalogue` says what was searched. `suggestions` are questions that the articles answer.
    It is the only thing that the terminal, the web chat, the API and the evals read.
    """

    query: Query
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    abstained: Abstention | None = None
    nearest: tuple[Nearest, ...] = ()
    seconds: float = 0.0
    catalogue: Catalogue | None = None
    suggestions: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The answer as values that `json.dumps` takes; moments become ISO 8601 strings."""
        return {f.name: _plain(getattr(self, f.name)) for f in dataclasses.fields(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Answer:
        """The answer that `to_json` was called on. Raises `KeyError` or `TypeError` when `data` is not of its form."""
        query, filters = data["query"], data["query"]["filters"]
        return cls(
            query=Query(
                text=query["text"],
                as_of=datetime.fromisoformat(query["as_of"]),
                filters=Filters(
                    publishers=tuple(filters["publishers"]),
                    since=_moment(filters["since"]),
                    until=_moment(filters["until"]),
                    articles=tuple(filters["articles"]),
                ),
                window=_window(query.get("window")),
                speaker=query.get("speaker"),
                publishers=tuple(query.get("publishers", ())),
            ),
            statements=tuple(map(_statement, data["statements"])),
            citations=tuple(
                Citation(
                    **{
                        **c,
                        "authors": tuple(c["authors"]),
                        "published": _moment(c["published"]),
                        "copies": tuple(map(_nearest, c.get("copies", ()))),
                    }
                )
                for c in data["citations"]
            ),
            abstained=Abstention(**data["abstained"]) if data["abstained"] else None,
            nearest=tuple(map(_nearest, data["nearest"])),
            seconds=data["seconds"],
            catalogue=_catalogue(data.get("catalogue")),
            suggestions=tuple(data.get("suggestions", ())),
            notes=tuple(Note(**{**n, "statements": tuple(n["statements"])}) for n in data.get("notes", ())),
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange of a conversation, which the caller keeps: what was asked, and what was answered."""

    question: str
    answer: Answer


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def day(moment: date | None) -> str:
    """A day, or a moment's, as readers write it, "7 November 2022"; nothing for none. The same in every locale."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}" if moment else ""


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _window(data: Mapping[str, Any] | None) -> Window | None:
    if data is None:
        return None
    since, until = (None if data[end] is None else date.fromisoformat(data[end]) for end in ("since", "until"))
    return Window(data["text"], since, until, data["hard"])


def _statement(data: Mapping[str, Any]) -> Statement:
    quotes = tuple(Quote(**quote) for quote in data["quotes"])
    added = tuple((start, end) for start, end in data.get("added", ()))
    return Statement(data["text"], data["support"], quotes, added, data.get("label"))


def _catalogue(data: Mapping[str, Any] | None) -> Catalogue | None:
    if data is None:
        return None
    first, last = (None if data[end] is None else date.fromisoformat(data[end]) for end in ("first", "last"))
    return Catalogue(data["articles"], tuple(data["publishers"]), first, last)


def _nearest(data: Mapping[str, Any]) -> Nearest:
    return Nearest(**{**data, "published": _moment(data["published"])})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return value
