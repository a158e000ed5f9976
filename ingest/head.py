"""What the lines above an article's text say of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.app import ENDS, is_app
from ingest.dates import is_date_line
from ingest.people import BY, as_names
from ingest.words import word_count

SECTIONS = frozenset(
    """world politics business sport sports local national uk us asia europe africa americas opinion comment culture
    arts science health technology tech money economy environment climate education travel lifestyle entertainment food
    music film books style media society weather crime law football news international middle east analysis
    features""".split()
)
OUTLET = re.compile(
    r"\b(?:times|post|news|mirror|gazette|courier|herald|tribune|guardian|telegraph|journal|wire|press|reuters|bbc|cnn|"
    r"independent|standard|daily|weekly|express|mail|chronicle|observer|star|echo|record|review|magazine|radio|today)\b",
    re.IGNORECASE,
)
PERSON = re.compile(r"^[^\W\d_][\w.’'-]*(?:\s+(?:(?:de|van|von|der|bin|al|and|&)\s+)*[^\W\d_][\w.’'-]*){1,7}$")
STOPS = re.compile(r"[.;:,。]$")
INITIALS = re.compile(r"\b[A-Z]\.[A-Z]\.$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text; `block` numbers the stretches between empty lines."""

    text: str
    block: int


class Head:
    """What the lines above a text say: each line is used for one thing."""

    def __init__(self, above: Sequence[Line], *, title: str | None = None) -> None:
        lines = [line.text for line in above if not is_app(line.text)]
        self.title = title or next((line for line in reversed(lines) if _is_headline(line)), None)
        rest = [line for line in lines if line != self.title]
        self.publisher = next((a for a, b in pairwise(rest) if a == b), None)
        self.section = next((line for line in rest if set(line.lower().split()) <= SECTIONS), None)
        rest = [line for line in rest if line not in (self.publisher, self.section)]
        if self.publisher is None:
            self.publisher = next((line for line in rest if len(line.split()) <= 4 and OUTLET.search(line)), None)
            rest = [line for line in rest if line != self.publisher]
        if self.publisher is None:
            parts = [part for line in lines if BY.match(line) for part in line.split(", ")[1:]]
            self.publisher = next((part for part in parts if OUTLET.search(part)), None)
        if self.title is None:
            self.title = _lone(above, rest)
            rest = [line for line in rest if line != self.title]
        self.authors = self._authors(rest, lines)
        self.dated = [line for line in lines if line != self.title]

    def _authors(self, rest: Sequence[str], lines: Sequence[str]) -> tuple[str, ...]:
        by = next((line for line in lines if BY.match(line) and len(line.split()) <= 10 and line != self.title), None)
        people = (line for line in rest if PERSON.match(line) and line == _capitalised(line))
        named = by or next((line for line in people if not OUTLET.search(line)), None)
        return as_names(re.split(r"\s+[|·]\s+|,\s", named)[0] if named else None)


def _is_headline(line: str) -> bool:
    stops = STOPS.search(line) and not INITIALS.search(line)
    return 4 <= word_count(line) <= 30 and not (stops or is_date_line(line) or BY.match(line))


def _lone(above: Sequence[Line], rest: Sequence[str]) -> str | None:
    """A short title: the last line above a text, if it stands between empty lines and is nothing else."""
    if not above or above[-1].text not in rest or any(line.block == above[-1].block for line in above[:-1]):
        return None
    line = above[-1].text
    return None if STOPS.search(line) or is_date_line(line) or BY.match(line) else line


def is_head_line(line: str) -> bool:
    """Whether a line below a title is a byline or a date."""
    return bool(word_count(line) <= 14 and (BY.match(line) or is_date_line(line)) and not ENDS.search(line))


def _capitalised(line: str) -> str:
    small = {"de", "van", "von", "der", "bin", "al", "and", "&"}
    return " ".join(w if w in small else w[:1].upper() + w[1:] for w in line.split())
