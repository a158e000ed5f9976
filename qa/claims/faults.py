"""Everything that a statement has wrong, held against its quotes, in the order in which an editor would ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from qa.claims.dates import Day, dates_in, unknown_dates
from qa.claims.misplaced import misplaced
from qa.claims.names import mixed_names, names_in, unknown_names
from qa.claims.numbers import Number, numbers_in, unknown_numbers
from qa.claims.opposites import turned_round
from qa.claims.order import reordered
from qa.claims.polarity import CUES, asserted, negated_otherwise, unattributed, unconditional
from qa.claims.quantifiers import overstated
from qa.claims.roles import misattributed, swapped
from qa.claims.words import Text, is_title, take_apart

FaultKind = Literal[
    "number",
    "date",
    "name",
    "quotation",
    "negation",
    "modality",
    "attribution",
    "speaker",
    "role",
    "opposite",
    "order",
    "quantifier",
]
QUOTED = re.compile(r"[“\"«]([^”\"»]+)[”\"»]")
OMITTED = re.compile(r"\[?(?:\.\.\.|…)\]?")
INVENTED: frozenset[FaultKind] = frozenset(("number", "date", "name", "quotation"))
"""Faults whose words are nowhere in the quotes."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Words of a statement, or of the quotes where the statement leaves them out, and what is wrong with them."""

    kind: FaultKind
    text: str


def faults_of(claim: str, evidence: str, published: Sequence[date] = (), near: str | None = None) -> list[Fault]:
    """The faults of a statement. `evidence` has a quote a line; `near` are those that the statement resembles most."""
    mine, whole = take_apart(claim), take_apart(evidence)
    close = whole if near is None else take_apart(near)
    found = [*_missing(mine, whole, close, published)]
    found += [Fault("quotation", words) for words in _misquoted(claim, evidence)]
    rules: tuple[tuple[FaultKind, Callable[[Text, Text], list[str]]], ...] = (
        ("negation", negated_otherwise),
        ("modality", asserted),
        ("attribution", unattributed),
        ("speaker", misattributed),
        ("role", swapped),
        ("opposite", turned_round),
        ("order", reordered),
        ("quantifier", overstated),
        ("modality", unconditional),
        ("name", mixed_names),
    )
    outside = take_apart(QUOTED.sub(" ", claim)) if '"' in claim or "“" in claim else mine
    for kind, rule in rules:
        found += [Fault(kind, words) for words in rule(outside if kind in UNQUOTED else mine, close)]
    return found


UNQUOTED: frozenset[FaultKind] = frozenset(("negation", "modality"))
"""Faults that words between quotation marks can't have: they are verbatim, or else misquoted."""


def _missing(claim: Text, evidence: Text, close: Text, published: Sequence[date]) -> list[Fault]:
    days, known_days = dates_in(claim.text), dates_in(evidence.text)
    numbers, known = _numbers(claim, days), _numbers(evidence, known_days)
    beside = _numbers(close, dates_in(close.text))
    plain = numbers_in(evidence.text)
    unknown = unknown_numbers(numbers, known)
    unknown = [number for number in unknown if number.value < 1000 or unknown_numbers([number], plain)]
    unknown = [number for number in unknown if not _counts_names(number, claim, close)]
    missing = [Fault("number", number.text) for number in unknown]
    missing += [Fault("number", number.text) for number in misplaced(numbers, beside, claim, close)]
    missing += [Fault("date", day.text) for day in unknown_dates(days, known_days, published)]
    return missing + [Fault("name", name) for name in unknown_names(claim, evidence)]


def _counts_names(number: Number, claim: Text, evidence: Text) -> bool:
    """Whether a number only counts who is named in the quotes: "the two leaders"."""
    small = number.text.lower() in ("two", "three") and claim.text[: number.start].lower().endswith("the ")
    return small and len(names_in(evidence)) >= number.value


def _numbers(text: Text, days: Sequence[Day]) -> list[Number]:
    return numbers_in(text.text, [(day.start, day.end) for day in days])


def _misquoted(claim: str, evidence: str) -> list[str]:
    known = _straight(evidence)
    lines = [_straight(line) for line in evidence.split("\n")]
    return [
        words
        for words in QUOTED.findall(claim)
        if _straight(words).strip(" ,.;:") not in known
        and not any(_shortened(words, line) for line in lines)
        and not any(_is_known_title(words, line) for line in evidence.split("\n"))
    ]


def _shortened(quoted: str, line: str) -> bool:
    """Whether a quotation with omissions ("a fine […] day") has its pieces in a line, and no denial is left out."""
    pieces = [_straight(piece).strip(" ,.;:") for piece in OMITTED.split(quoted)]
    if len(pieces) == 1 or not all(pieces):
        return False
    found = re.search(r"\b" + r"\b([^\"]*?)\b".join(map(re.escape, pieces)) + r"\b", line)
    return found is not None and not any(CUES["negation"].search(gap) for gap in found.groups())


def _is_known_title(quoted: str, line: str) -> bool:
    """Whether words between quotation marks are a title, and a quote has its parts, with their capitals, and no denial
    between them: “The Last Ferry: Part 2” for its “Part 2” of “The Last Ferry”."""
    if not is_title(quoted):
        return False
    places = [re.search(rf"\b{re.escape(part)}\b", line) for part in re.split(r"\s+[–—-]\s+|[:,;]\s+", quoted)]
    found = [place for place in places if place]
    between = line[min((p.start() for p in found), default=0) : max((p.end() for p in found), default=0)]
    return len(found) == len(places) and not CUES["negation"].search(between)


def _straight(text: str) -> str:
    plain = " ".join(text.translate(STRAIGHT).replace("&", " and ").split()).casefold()
    return re.sub(r"\s+(?=[,.;:!?])", "", plain)


STRAIGHT = str.maketrans("“”„‘’‚–—", "\"\"\"'''--")
