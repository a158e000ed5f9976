"""The figures of a sentence: how many of what. Pure rules for English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
WORDS = {word: n for n, word in enumerate(f"{SMALL} eighteen nineteen".split())} | {
    word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
FIGURE = re.compile(
    rf"(?<![\w.,:–-])(?P<money>[€£$])?(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\b(?:{'|'.join(WORDS)})\b)"
    rf"(?:\s+(?P<scale>{'|'.join(SCALES)})\b)?(?P<percent>\s*%|\s+per\s?cent\b)?(?P<after>(?:\s+[^\W\d_][\w’'-]*){{0,3}})",
    re.IGNORECASE,
)
PLURAL = re.compile(r"\w{2,}s|people|men|women|children", re.IGNORECASE)
NO_NOUN = frozenset(
    "of in on at by for to from and or but the a an his her its their was were is are had has as than with after"
    " who which that this yes".split()
)


GROWING = re.compile(
    r"\bnumber of (?P<unit>people|men|women|children|[a-z]+s)\b[^.;]{0,120}?\b(?:rose|risen|went up|gone up|climbed|"
    r"grown|grew|increased|fell|fallen|went down|gone down|stands|stood)\s+(?:to|at)\s+(?P<figure>[\w,]+)",
    re.IGNORECASE,
)
"""Where what is counted stands before its number."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts: a currency's sign, "%", or the noun in the plural; `text` is as it was written."""

    value: float
    unit: str
    text: str


def figures(text: str) -> Iterator[Figure]:
    """The figures of a text, in order; without those of which it isn't told what they count."""
    grown = GROWING.search(text)
    if grown and (match := FIGURE.match(text, grown.start("figure"))):
        yield Figure(_value(match), grown["unit"].casefold(), grown["figure"])
    for match in FIGURE.finditer(text):
        value = _value(match)
        noun = None if match["money"] or match["percent"] else _noun(match)
        unit = match["money"] or ("%" if match["percent"] else "") or (noun.group().casefold() if noun else "")
        end = noun.end() if noun else match.start("after")
        if unit:
            yield Figure(value, unit, text[match.start() : end])


def _value(match: re.Match[str]) -> float:
    number = match["number"].casefold().replace(",", "")
    value = WORDS[number] if number in WORDS else float(number)
    return value * (SCALES[match["scale"].casefold()] if match["scale"] else 1)


def _noun(match: re.Match[str]) -> re.Match[str] | None:
    for word in re.compile(r"\S+").finditer(match.string, match.start("after"), match.end("after")):
        if word.group().casefold() in NO_NOUN:
            return None
        if PLURAL.fullmatch(word.group()):
            return word
    return None
