"""Statements before their citations are numbered, and how they become statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.answer import Citation, Quote, Statement
from qa.types import Passage

MARK = "\ue000"
"""Stands in a text where something is added, until the white space is tidied; Unicode keeps it free for private use."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one passage that is to be quoted; offsets into the article."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The stretch, to the character."""
        return self.passage.text[self.start - self.passage.start : self.end - self.passage.start]


@dataclass(frozen=True, slots=True)
class Addition:
    """Words that are not the article's, to be put in square brackets `at` an offset into the article."""

    at: int
    words: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before its citations are numbered: what it quotes, and its words; without words, the quotes speak.

    `support` is what the check gave the words. `also` are stretches of other articles that say the same, `added` what
    is put into the quotes' words, and `label` is what the statement stands under.
    """

    stretches: tuple[Stretch, ...]
    text: str | None = None
    support: float = 1.0
    also: tuple[Stretch, ...] = ()
    added: tuple[Addition, ...] = ()
    label: str | None = None


def statements_of(drafts: Sequence[Draft]) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Statements and the citations they rest on, numbered from 1 in order of appearance, one number a passage."""
    numbers: dict[str, int] = {}
    cited: dict[str, Passage] = {}
    statements = []
    for draft in drafts:
        quotes = []
        for stretch in (*draft.stretches, *draft.also):
            passage = stretch.passage
            cited[passage.id] = passage
            number = numbers.setdefault(passage.id, len(numbers) + 1)
            quotes.append(Quote(passage.article_id, passage.id, stretch.start, stretch.end, stretch.text, number))
        text, added = (draft.text, ()) if draft.text else written(draft)
        statements.append(Statement(text, draft.support, tuple(quotes), added, draft.label))
    citations = tuple(
        Citation(numbers[p.id], p.article_id, p.id, p.title, p.publisher, p.authors, p.published, p.url, p.text)
        for p in cited.values()
    )
    return tuple(statements), citations


def written(draft: Draft) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words of what a draft quotes, with what is added to them, and where that stands."""
    words = [addition.words for stretch in draft.stretches for addition in _within(stretch, draft.added)]
    marked = " ".join(MARK.join(_pieces(stretch, draft.added)) for stretch in draft.stretches)
    first, *rest = " ".join(marked.split()).split(MARK)
    text, spans = first, []
    for addition, piece in zip(words, rest, strict=True):
        start = len(text)
        text += f" [{addition}]"
        spans.append((start, len(text)))
        text += piece
    return text, tuple(spans)


def _within(stretch: Stretch, added: Sequence[Addition]) -> list[Addition]:
    return sorted((a for a in added if stretch.start < a.at <= stretch.end), key=lambda a: a.at)


def _pieces(stretch: Stretch, added: Sequence[Addition]) -> Iterator[str]:
    at = stretch.start
    for addition in _within(stretch, added):
        yield stretch.text[at - stretch.start : addition.at - stretch.start].replace(MARK, "")
        at = addition.at
    yield stretch.text[at - stretch.start :].replace(MARK, "")
