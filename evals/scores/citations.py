"""Whether the cited words bear out the statements: citation scores in the form of ALCE (Gao et al. 2023, section 4.3).

ALCE judges whole passages; here the quotes are judged, since they are what newsdesk rests a statement on. All
statements count, even beside an abstention: whatever is shown must hold. What is added in brackets is no statement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qa.answer import Answer, Quote, Statement
from qa.grounding import SUPPORTED, support
from qa.versions import cited_as

Supports = Callable[[str, Sequence[str]], bool]
"""Whether these quotes, taken together, support a statement: newsdesk's own check, or a chat model as judge."""


def own_check(statement: str, quotes: Sequence[str]) -> bool:
    """newsdesk's own check, as a yes or no."""
    return support(statement, quotes) >= SUPPORTED


def citation_recall(answer: Answer, supports: Supports = own_check) -> float | None:
    """The share of the statements that their citations, taken together, support; `None` without statements.

    A statement without a quote isn't supported. Nor does a quote count under a number that the answer doesn't list for
    the quote's passage, since no reader could look it up.
    """
    supported = [_borne_out(statement.words, _cited(answer, statement), supports) for statement in answer.statements]
    return sum(supported) / len(supported) if supported else None


def citation_precision(answer: Answer, supports: Supports = own_check) -> float | None:
    """The share of the citations that are of use; `None` without any. A citation is one number in one statement.

    It is of use when the statement's citations together support the statement, and it does so alone, or the others
    without it don't. One that the answer doesn't list is of no use.
    """
    useful = [use for statement in answer.statements for use in _uses(answer, statement, supports)]
    return sum(useful) / len(useful) if useful else None


def quote_exactness(answer: Answer, texts: Mapping[str, str]) -> float | None:
    """The share of the quotes that are their article's text from start to end, to the character.

    `texts` are by what a quote is held to (`qa.versions.cited_as`): the id of its article, or of an old version of it.
    Not exact are an empty quote, offsets beyond the text, and an article that isn't there. `None` without quotes.
    """
    exact = [_exact(quote, texts.get(cited_as(quote), "")) for s in answer.statements for quote in s.quotes]
    return sum(exact) / len(exact) if exact else None


def _exact(quote: Quote, text: str) -> bool:
    return 0 <= quote.start < quote.end <= len(text) and text[quote.start : quote.end] == quote.text


def _cited(answer: Answer, statement: Statement) -> dict[int, list[str]]:
    """The texts of the statement's quotes by number: all its numbers, but only the quotes that the answer lists."""
    listed = {(c.number, c.passage_id, c.article_id) for c in answer.citations}
    cited: dict[int, list[str]] = {quote.number: [] for quote in statement.quotes}
    for quote in statement.quotes:
        if (quote.number, quote.passage_id, quote.article_id) in listed:
            cited[quote.number].append(quote.text)
    return cited


def _borne_out(text: str, cited: Mapping[int, Sequence[str]], supports: Supports) -> bool:
    quotes = [quote for quotes in cited.values() for quote in quotes]
    return bool(quotes) and supports(text, quotes)


def _uses(answer: Answer, statement: Statement, supports: Supports) -> list[bool]:
    cited = _cited(answer, statement)
    if not _borne_out(statement.words, cited, supports):
        return [False] * len(cited)
    return [bool(quotes) and _needed(statement.words, number, cited, supports) for number, quotes in cited.items()]


def _needed(text: str, number: int, cited: Mapping[int, Sequence[str]], supports: Supports) -> bool:
    others = {other: quotes for other, quotes in cited.items() if other != number and quotes}
    return not others or supports(text, cited[number]) or not _borne_out(text, others, supports)
