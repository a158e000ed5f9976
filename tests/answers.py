"""Answers in few words: `answer(("Twelve were hurt.", ["Twelve people were hurt."]))`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from qa.answer import Abstention, Answer, Citation, Quote, Statement
from qa.types import Query

ABSTAINED = Abstention("near but silent", "The articles don't say.")


def quote(text: str, number: int = 1, article: str = "a", start: int = 0, end: int | None = None) -> Quote:
    """A quote that ends where its text does, unless told otherwise; a number stands for one passage."""
    end = start + len(text) if end is None else end
    return Quote(article, f"{article}:{number}", start, end, text, number)


def answer(
    *statements: tuple[str, Sequence[str | Quote]],
    listed: Collection[int] | None = None,
    abstained: bool = False,
) -> Answer:
    """An answer of these statements. Quotes that are mere words are numbered as they come, from 1.

    It lists the citations of all its quotes, or of those whose number is in `listed`.
    """
    made: list[Statement] = []
    for text, quotes in statements:
        first = 1 + sum(len(statement.quotes) for statement in made)
        numbered = (quote(q, n) if isinstance(q, str) else q for n, q in enumerate(quotes, start=first))
        made.append(Statement(text, 1.0, tuple(numbered)))
    citations = {q.passage_id: _citation(q) for s in made for q in s.quotes if listed is None or q.number in listed}
    return Answer(
        Query("What happened?", datetime(2022, 11, 12, tzinfo=UTC)),
        statements=tuple(made),
        citations=tuple(citations.values()),
        abstained=ABSTAINED if abstained else None,
    )


def _citation(quoted: Quote) -> Citation:
    return Citation(
        quoted.number, quoted.article_id, quoted.passage_id, "Title", None, (), None, None, f"… {quoted.text} …"
    )
