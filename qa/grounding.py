"""Does a quote support a statement? Pure functions: code, not a model, decides what may be shown.

Numbers, names and quoted words are what news gets wrong first, so each of them has to stand in the quotes; the rest is
judged by how many of the statement's words the quotes share. What else makes a statement false, from a "not" to a
change of speaker, is a fault too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from types import MappingProxyType

from qa.answer import Answer
from qa.claims.faults import Fault, FaultKind, faults_of
from qa.claims.overlap import nearest, overlap_of
from qa.claims.words import take_apart
from qa.types import Article
from qa.versions import cited_as

WORD = re.compile(r"\w+(?:[’']\w+)?")

SENTENCE_ENDS = re.compile(r"[.!?…—–\])”\"’]\s*[“\"‘]?$")
SUPPORTED = 0.5
"""The support from which on a statement may be shown."""

LEAST_SHARE = 0.6
"""The share of a statement's words from which on it is supported, if it has no fault: of the claims of WiCE without one
(Kamoi et al. 2023), those above are supported more often than not."""

FAULTY = 0.59
"""What is left of the share of a statement with a fault: less than `LEAST_SHARE`."""

MISCOUNTED = 0.5
"""What is left where a number or a date is wrong: of WiCE's supported claims 8 in 115 seem to have one, of the others
103 in 234, while other faults tell the two less well apart."""

MOST_NEAR = 3
"""Quotes that a statement is held against word by word: those that it shares most with."""

SAID_OF: dict[FaultKind, str] = {
    "number": "the number “{}” is not in the quotes, or is of something else there",
    "date": "the date “{}” is not in the quotes",
    "name": "the name “{}” is not in the quotes",
    "quotation": "“{}” is between quotation marks, but not in the quotes",
    "negation": "“{}” is denied in the statement or in the quotes, and not in the other",
    "modality": "“{}” is only possible, planned or suspected in the quotes",
    "attribution": "the quotes give it for somebody’s view: “{}”",
    "speaker": "“{}” is not the one who says so in the quotes",
    "role": "who does “{}” to whom is the other way round in the quotes",
    "opposite": "the quotes have the opposite of “{}”",
    "order": "“{}” is the other way round in the quotes",
    "quantifier": "“{}” says it of more than the quotes do",
}


def support(statement: str, quotes: Sequence[str], published: Sequence[date] = ()) -> float:
    """How far the quotes support the statement, 0 to 1; from `SUPPORTED` on it may be shown.

    It is 1 when the statement is made of the quotes' own words in their order, and 0 when there is no word in it or in
    them. Otherwise it grows with the share of the statement's content words that three of the quotes have, the
    rare ones counting more, and is under `SUPPORTED` when the statement has a fault. `published` are the days on which
    the quotes' articles came out.
    """
    evidence, claim = _plain(" ".join(quotes)), _plain(statement)
    if not WORD.search(claim) or not WORD.search(evidence):
        return 0.0
    if _verbatim(claim, quotes):
        return 1.0
    share = overlap_of(take_apart(claim), [_plain(quote) for quote in quotes])["best_three"]
    return _calibrated(share * _left_by(_faults(statement, quotes, published)))


def _left_by(found: Sequence[Fault]) -> float:
    """What is left of a statement's share of words, by its faults."""
    if any(fault.kind in ("number", "date") for fault in found):
        return MISCOUNTED
    return FAULTY if found else 1.0


def _calibrated(share: float) -> float:
    """A share of words as support: `SUPPORTED` at `LEAST_SHARE`, and even on both sides of it."""
    if share < LEAST_SHARE:
        return SUPPORTED * share / LEAST_SHARE
    return SUPPORTED + (1 - SUPPORTED) * (share - LEAST_SHARE) / (1 - LEAST_SHARE)


def faults(statement: str, quotes: Sequence[str], published: Sequence[date] = ()) -> list[str]:
    """What is wrong with a statement, held against its quotes: a line each, as its writer can be told."""
    if _verbatim(_plain(statement), quotes):
        return []
    return list(
        dict.fromkeys(SAID_OF[fault.kind].format(fault.text) for fault in _faults(statement, quotes, published))
    )


def _verbatim(claim: str, quotes: Sequence[str]) -> bool:
    """Whether a statement is made of the quotes' own words in their order, and doesn't begin within a sentence: what
    stands before it there might deny it."""
    lines = [_plain(quote) for quote in quotes]
    evidence = " ".join(lines)
    starts = {0, *accumulate(len(line) + 1 for line in lines)}
    places = (match.start() for match in re.finditer(re.escape(claim), evidence))
    return any(at in starts or SENTENCE_ENDS.search(evidence[:at]) for at in places)


def _faults(statement: str, quotes: Sequence[str], published: Sequence[date]) -> list[Fault]:
    claim, lines = _plain(statement), [_plain(quote) for quote in quotes]
    near = nearest(take_apart(claim), lines, MOST_NEAR)
    return faults_of(claim, "\n".join(lines), published, "\n".join(lines[place] for place in sorted(near)))


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
