"""The figures of a sentence: how many of what. Pure rules for English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.claims.dates import dates_in
from qa.claims.numbers import Number, numbers_in

AFTER = re.compile(r"(?:\s+[^\W\d_][\w’'-]*){1,3}")
"""The words after a number, in which to look for what it counts."""

PLURAL = re.compile(r"\w{2,}s|people|men|women|children", re.IGNORECASE)
NO_NOUN = frozenset(
    "of in on at by for to from and or but the a an his her its their was were is are had has as than with after"
    " who which that this yes".split()
)

GROWING = re.compile(
    r"\bnumber of (?P<unit>people|men|women|children|[a-z]+s)\b[^.;]{0,120}?\b(?:rose|risen|went up|gone up|climbed|"
    r"grown|grew|increased|fell|fallen|went down|gone down|stands|stood)\s+(?:to|at)\s+(?P<figure>[\w,-]+)",
    re.IGNORECASE,
)
"""Where what is counted stands before its number."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts: a currency's name, "%", or the noun in the plural; `text` is as it was written."""

    value: float
    unit: str
    text: str


def figures(text: str) -> Iterator[Figure]:
    """The figures of a text, in order; without those of which it isn't told what they count."""
    numbers = numbers_in(text, [(day.start, day.end) for day in dates_in(text) if day.day or day.month or day.year])
    grown = GROWING.search(text)
    for number in numbers:
        if grown and number.start == grown.start("figure"):
            yield Figure(number.value, grown["unit"].casefold(), number.text)
        elif number.kind in ("money", "percent"):
            yield Figure(number.value, number.unit or "%", number.text)
        elif number.kind == "count" and (noun := _noun(number, text)):
            yield Figure(number.value, noun.group().casefold(), text[number.start : noun.end()])


def _noun(number: Number, text: str) -> re.Match[str] | None:
    after = AFTER.match(text, number.end)
    for word in re.compile(r"\S+").finditer(text, number.end, after.end() if after else number.end):
        if word.group().casefold() in NO_NOUN:
            return None
        if PLURAL.fullmatch(word.group()):
            return word
    return None
