"""Of how many a statement says something, against its quotes: "all passengers" for "most passengers". Pure rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.claims.words import Text

WHOLE, MORE, LESS = 3, 2, 1
"""All of them; the most of them, or nearly all; some of them."""

QUANTIFIER = re.compile(
    r"\b(?:(?P<more>(?:almost|nearly|virtually|not) (?:all|every(?:one|body)?|each)|all but (?:\w+ )?|"
    r"every(?:one|body) (?:but|except)|most|the majority)|"
    r"(?P<less>some|several|a few|one of|two of|three of|half|part|a third|a quarter)|"
    r"(?P<whole>all|every(?:one|body)?|each|both))\b(?P<of>\s+of)?(?:\s+(?:the|its|his|her|their|these|those|our|two|three))*",
    re.IGNORECASE,
)
NOUN = 3
"""Content words behind a quantifier among which its noun is."""


@dataclass(frozen=True, slots=True)
class Quantified:
    """A quantifier, how much it says, and the stems among which is what it is of."""

    text: str
    size: int
    of: frozenset[str]


def overstated(claim: Text, evidence: Text) -> list[str]:
    """The quantifiers of a statement that say more than all those of the same thing in the quotes."""
    theirs = list(_quantified(evidence))
    wrong = []
    for mine in _quantified(claim):
        sizes = [other.size for other in theirs if mine.of & other.of]
        if mine.size == WHOLE and sizes and max(sizes) < WHOLE:
            wrong.append(mine.text)
    return wrong


def _quantified(text: Text) -> Iterator[Quantified]:
    for match in QUANTIFIER.finditer(text.text):
        size = MORE if match["more"] else LESS if match["less"] else WHOLE
        behind = [w for w in text.words if w.start >= match.end() and w.content and not w.text[0].isdigit()]
        clause = behind[0].clause if behind else -1
        of = frozenset(w.stem for w in behind[:NOUN] if w.clause == clause)
        if re.match(r"(?:\w+ )?every(?:one|body)", match.group(), re.IGNORECASE):
            of |= {"everyone"}
        yield Quantified(match.group().strip(), size, of)
