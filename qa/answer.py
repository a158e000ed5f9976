"""What a question is answered with: statements, the quotes that they rest on, citations, or why there is no answer.

Like `qa.types`, frozen values; an answer goes to JSON and comes back from it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from qa.types import Filters, Query, Window
from qa.usage import Usage

Reason = Literal[
    "nothing indexed", "nothing near", "outside the dates", "near but silent", "premise not in the articles"
]  # fmt: skip
"""Why an answer abstains: the ways in which a collection can fail a question."""


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
    `unanswered` are those of several questions, asked in one, on which the articles are silent.
    `usage` is what a chat model took for it; nothing where none was asked.
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
    usage: Usage | None = None
    unanswered: tuple[str, ...] = ()

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
            usage=Usage(**data["usage"]) if data.get("usage") else None,
            unanswered=tuple(data.get("unanswered", ())),
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange of a conversation, which the caller keeps: what was asked, and what was answered."""

    question: str
    answer: Answer


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
