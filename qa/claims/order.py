"""What stands in an order, told the other way round: before and after, more than, from here to there. Pure rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.claims.words import Text

TIME = re.compile(r"\b(?P<word>before|after|until)\b", re.IGNORECASE)
THAN = re.compile(
    r"\b(?P<word>(?:more|fewer|less)(?P<what>(?:\s+\w+){0,3}?)|\w{2,}(?:er|se))\s+than\b(?!\s+(?:\w+\s+)?\d)",
    re.IGNORECASE,
)
WAY = re.compile(r"\bfrom\s+(?P<first>[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)\s+to\s+(?=[A-Z])")
BE = r"(?:was|were|been|being|is|are|got)\s+(?:\w+ly\s+)?"
WON = re.compile(
    r"\b(?:beats?|(?<!was )(?<!were )(?<!been )defeat(?:s|ed)?|(?:won|wins)(?:\s+\d+[-–]\d+)?\s+against)\b"
)
LOST = re.compile(rf"\b(?:(?:lost|loses?)\b[^,.;]*?\s+to\b(?!\s+\d)|{BE}(?:beaten|defeated)\b[^,.;]*?\s+by\b)")
CLAUSE_ENDS = re.compile(r"[,;:.!?\"“”\n]|\s[–—]\s")


@dataclass(frozen=True, slots=True)
class Ordered:
    """Two sets of stems in an order, and the words that tell it; `kind` is what makes two of them comparable."""

    kind: str
    text: str
    first: frozenset[str]
    second: frozenset[str]


def reordered(claim: Text, evidence: Text) -> list[str]:
    """The words of a statement that tell an order which is the reverse of that in its quotes."""
    theirs = list(_orders(evidence))
    return [
        mine.text
        for mine in _orders(claim)
        for alike in [[other for other in theirs if other.kind == mine.kind]]
        if any(_crossed(mine, other) for other in alike) and not any(_straight(mine, other) for other in alike)
    ]


def _straight(mine: Ordered, other: Ordered) -> bool:
    return bool(mine.first & other.first - other.second) and bool(mine.second & other.second - other.first)


def _crossed(mine: Ordered, other: Ordered) -> bool:
    return bool(mine.first & other.second - other.first) and bool(mine.second & other.first - other.second)


def _orders(text: Text) -> Iterator[Ordered]:
    for match in TIME.finditer(text.text):
        here, there = _clauses(text, match)
        yield Ordered("time", match["word"], *((here, there) if match["word"].lower() == "after" else (there, here)))
    for match in THAN.finditer(text.text):
        before, after = _beside(text, match)
        if match["what"]:  # "more men than women"
            between = _stems(text, *match.span("what"))
            yield Ordered("more" if match["word"].lower().startswith("more") else "less", match.group(), between, after)
        yield Ordered(match["word"].lower(), match.group(), before, after)
    for match in WON.finditer(text.text):
        yield Ordered("win", match.group(), *_beside(text, match))
    for match in LOST.finditer(text.text):
        yield Ordered("win", match.group(), *reversed(_beside(text, match)))
    for match in WAY.finditer(text.text):
        end = CLAUSE_ENDS.search(text.text, match.end())
        rest = _stems(text, match.end(), end.start() if end else len(text.text))
        yield Ordered("way", match.group().strip(), _stems(text, *match.span("first")), rest)


def _clauses(text: Text, match: re.Match[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of the clause that a word opens, and those of the rest of its sentence."""
    own = next((w for w in text.words if w.start == match.start()), None)
    if own is None:
        return frozenset(), frozenset()
    end = CLAUSE_ENDS.search(text.text, match.end())
    limit = end.start() if end else len(text.text)
    here = _stems(text, match.end(), limit)
    rest = {w.stem for w in text.words if w.sentence == own.sentence and w.content and not own.start <= w.start < limit}
    return here, frozenset(rest - here)


def _beside(text: Text, match: re.Match[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The stems before and behind some words, as far as the clause goes."""
    starts = [end.end() for end in CLAUSE_ENDS.finditer(text.text, 0, match.start())]
    end = CLAUSE_ENDS.search(text.text, match.end())
    before = _stems(text, starts[-1] if starts else 0, match.start())
    return before, _stems(text, match.end(), end.start() if end else len(text.text))


def _stems(text: Text, start: int, end: int) -> frozenset[str]:
    return frozenset(w.stem for w in text.words if start <= w.start and w.end <= end and w.content)
