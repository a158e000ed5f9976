"""Where words stand in a text, and the text cut at their borders: pure functions behind every coloured stretch."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

Stretch = tuple[int, int]
"""Start and end in a text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, and what it is: `quote`, `gold`, both or neither. Joined in order, pieces are their text."""

    text: str
    kinds: tuple[str, ...] = ()


def pieces(text: str, **stretches: Iterable[Stretch]) -> tuple[Piece, ...]:
    """The text cut wherever a stretch begins or ends; each keyword names a kind."""
    known = {kind: list(places) for kind, places in stretches.items()}
    borders = sorted({0, len(text), *(border for places in known.values() for place in places for border in place)})
    cut = [(a, b, tuple(k for k, places in known.items() if _covered(places, a, b))) for a, b in pairwise(borders)]
    runs = (list(group) for _, group in groupby(cut, key=lambda part: part[2]))
    return tuple(Piece(text[run[0][0] : run[-1][1]], run[0][2]) for run in runs)


def _covered(places: Sequence[Stretch], start: int, end: int) -> bool:
    return any(a <= start and end <= b for a, b in places)


def wordings(text: str, wanted: Iterable[str]) -> list[Stretch]:
    """Every place of these wordings, as whole words, in any case and spacing."""
    found = []
    for wording in wanted:
        words = wording.split()
        if words:
            pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)"
            found += [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]
    return found


def quoted(text: str, quotes: Sequence[Mapping[str, Any]]) -> dict[int, Stretch]:
    """Where quotes of an article stand in a passage of it, by the quotes' places in the list; lost ones are left out.

    Quotes count from the start of the article, and the passage doesn't say where it begins. So each place of a quote's
    words proposes a beginning, and the one on which most quotes agree holds (of equals, the first). A quote that it
    doesn't explain is taken where its words first stand.
    """
    proposals = Counter(
        quote["start"] - place for quote in quotes for place in _places(text, quote["text"]) if quote["start"] >= place
    )
    beginning = max(proposals, key=lambda b: (proposals[b], b), default=0)
    found = {}
    for number, quote in enumerate(quotes):
        places = _places(text, quote["text"])
        if places:
            told = quote["start"] - beginning
            start = told if told in places else places[0]
            found[number] = (start, start + len(quote["text"]))
    return found


def _places(text: str, words: str) -> list[int]:
    """Every place of the words, those that overlap too."""
    return [match.start() for match in re.finditer(f"(?={re.escape(words)})", text)] if words else []
