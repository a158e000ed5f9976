"""Does a quote support a statement? Pure functions: code, not a model, decides what may be shown.

Numbers, names and quoted words are what news gets wrong first, so each of them has to stand in the quotes; the rest is
judged by how many of the statement's words the quotes share.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from qa.types import Answer, Article
from qa.versions import cited_as

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
NAME = re.compile(r"\b[^\W\d_a-zß-öø-ÿ][\w’'-]+")
QUOTED = re.compile(r"[“\"«]([^”\"»]+)[”\"»]")
WORD = re.compile(r"\w+(?:[’']\w+)?")


def support(statement: str, quotes: Sequence[str]) -> float:
    """How far the quotes support the statement, 0 to 1: the share of its words that they contain.

    It is 0 when the statement has a number, a name or a quotation that the quotes have not, or no word at all; 1 when
    the statement is made of the quotes' own words in their order.
    """
    evidence = _plain(" ".join(quotes))
    claim = _plain(statement)
    words = WORD.findall(claim.casefold())
    if not words:
        return 0.0
    if claim in evidence:
        return 1.0
    if strangers(statement, quotes):
        return 0.0
    known = set(WORD.findall(evidence.casefold()))
    return sum(word in known for word in words) / len(words)


def strangers(statement: str, quotes: Sequence[str]) -> list[str]:
    """The numbers, names and quoted words of the statement that stand in none of the quotes, in order."""
    evidence = _plain(" ".join(quotes))
    claim = _plain(statement)
    numbers = [n for n in NUMBER.findall(claim) if n not in NUMBER.findall(evidence)]
    known = {word.casefold() for word in WORD.findall(evidence)}
    names = [name for name in NAME.findall(claim) if not set(WORD.findall(name.casefold())) <= known]
    quoted = [words for words in QUOTED.findall(claim) if words.strip(" ,.").casefold() not in evidence.casefold()]
    return numbers + names + quoted


def misquotes(
    answer: Answer, articles: Sequence[Article], versions: Mapping[str, Article] = MappingProxyType({})
) -> list[str]:
    """What is wrong with an answer's quotes, one line each; none when each is its article's text to the character.

    A quote from an old version is held to that one: `versions` has them, by their digest. Also wrong are a quote
    without a citation of its number and passage, and a statement without a quote.
    """
    texts = {article.id: article.text for article in articles}
    texts |= {f"{article.id}@{digest}": article.text for digest, article in versions.items()}
    cited = {(c.number, c.passage_id, c.article_id) for c in answer.citations}
    wrong = [f"a statement has no quote: {s.text[:60]!r}" for s in answer.statements if not s.quotes]
    for quote in (quote for statement in answer.statements for quote in statement.quotes):
        if texts.get(cited_as(quote), "")[quote.start : quote.end] != quote.text or not quote.text:
            wrong.append(f"not the article's words: {quote.text[:60]!r}")
        if (quote.number, quote.passage_id, quote.article_id) not in cited:
            wrong.append(f"no citation [{quote.number}] for {quote.passage_id!r}")
    return wrong


def _plain(text: str) -> str:
    return " ".join(text.split())
