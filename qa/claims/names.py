"""Names in a statement that quotes don't have. Pure rules for English.

A surname stands for a full name, initials for what they abbreviate, a country for its people and the other way round.
A capital alone makes no name: the first word of a sentence has one too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from qa.claims.dates import MONTHS, WEEKDAYS
from qa.claims.numbers import SMALL_NUMBERS
from qa.claims.words import POSSESSIVE, Text, Word, is_common, stem
from qa.places import countries_in

TITLES = frozenset("mr mrs ms miss dr sir dame prof professor rev messrs jr sr st the a an i ii iii iv".split())
"""What may stand before a name, or not."""

ROLES = frozenset(
    """president minister prime secretary chancellor premier mayor governor senator congressman congresswoman judge
    justice general colonel captain major sergeant lieutenant admiral king queen prince princess pope bishop cardinal
    chief director chairman chairwoman spokesman spokeswoman spokesperson detective inspector superintendent
    commissioner councillor ambassador envoy coach manager leader founder head defence defense foreign finance interior
    treasurer engineer deputy vice acting former analyst lord lady baroness""".split()
)
"""Words for what somebody is, which the quotes may have with a small letter."""

CALENDAR = frozenset(MONTHS) | frozenset(WEEKDAYS)
BEHIND_PLURAL = re.compile(r"(?<=s) (?:are|were|have)\b")
BEHIND_PARTICIPLE = re.compile(r" (?:at|into|onto|through|his|her|its|their)\b")
LINKS = frozenset("of the and de la le van von der den del di da al bin for in on".split())
"""Small words inside a name."""


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words; `at_start` where it opens a sentence."""

    words: tuple[Word, ...]
    at_start: bool

    @property
    def text(self) -> str:
        """As written."""
        return " ".join(word.text for word in self.words)


def names_in(text: Text) -> list[Name]:
    """The runs of capitalised words of a text, in order."""
    found: list[Name] = []
    run: list[Word] = []
    for i, word in enumerate(text.words):
        between = text.text[text.words[i - 1].end : word.start] if i else ""
        if run and (not _named(word) or between.strip() not in ("", "-", ".")):
            found.append(_name(run, text))
            run = []
        if _named(word):
            run.append(word)
    return [*found, _name(run, text)] if run else found


def unknown_names(claim: Text, evidence: Text) -> list[str]:
    """The names of a statement, or their parts, that are not in its quotes."""
    known = _forms(evidence)
    low = {word.low for word in evidence.words}
    capitals = {bare(word) for word in evidence.words if word.capital}
    initials = _initials(evidence)
    unknown = []
    for name in names_in(claim):
        missing = [word for word in name.words if not _known(word, known, low, initials)]
        if len(name.words) == 1 and _is_of_things(name, claim):
            missing = [word for word in missing if not {bare(word).removesuffix("s"), f"{bare(word)}s"} & capitals]
        missing = [
            word
            for word in missing
            if not (name.at_start and word is name.words[0] and _opens(word, name, claim, evidence))
        ]
        if missing and not _spelled_out(name, known):
            unknown.append(" ".join(POSSESSIVE.sub("", word.text) for word in missing))
    return unknown


def mixed_names(claim: Text, evidence: Text) -> list[str]:
    """Names of a statement made of two names of the quotes: a first name of one and the surname of another."""
    pairs = {(bare(a), bare(b)) for name in names_in(evidence) for a, b in pairwise(name.words)}
    skipped = {(bare(a), bare(b)) for n in names_in(evidence) for i, a in enumerate(n.words) for b in n.words[i + 1 :]}
    firsts, seconds = {a for a, _ in pairs}, {b for _, b in pairs}
    mixed = []
    for name in names_in(claim):
        words = [word for word in name.words if bare(word) not in TITLES | ROLES | CALENDAR]
        for a, b in pairwise(words):
            pair = (bare(a), bare(b))
            if pair not in skipped and pair[0] in firsts and pair[1] in seconds and not countries_in(name.text)[0]:
                mixed.append(f"{a.text} {b.text}")
    return mixed


def bare(word: Word) -> str:
    """A name's word without accents, possessive and full stops, in small letters."""
    return _bare(word.text)


@lru_cache(maxsize=50_000)
def _bare(word: str) -> str:
    plain = unicodedata.normalize("NFKD", POSSESSIVE.sub("", word)).casefold().replace(".", "")
    return "".join(c for c in plain if not unicodedata.combining(c))


def _named(word: Word) -> bool:
    return word.capital and word.text != "I" and not word.text.startswith(("I'", "I’")) and word.text[0].isalpha()


def _name(run: Sequence[Word], text: Text) -> Name:
    before = text.text[: run[0].start].rstrip(" \n“\"‘'([")
    return Name(tuple(run), not before or before[-1] in ".!?:")


def _opens(word: Word, name: Name, claim: Text, evidence: Text) -> bool:
    """Whether a word has its capital only because it opens a sentence."""
    if is_common(POSSESSIVE.sub("", word.text)) or not word.content or set(word.low.split("-")) <= SMALL_NUMBERS:
        return True
    if len(name.words) > 1:
        return False
    behind = claim.text[word.end :]
    plain = {other.stem for other in evidence.words if not other.capital}
    if word.low.endswith("ing") and BEHIND_PARTICIPLE.match(claim.text, word.end):  # "Staring at the wall, she …"
        return not countries_in(word.text)[0] and (word.stem in plain or "," in behind)
    return (
        bool(BEHIND_PLURAL.match(claim.text, word.end)) and word.stem in plain
    )  # "Workshops are …", of a workshop in the quotes


def _is_of_things(name: Name, text: Text) -> bool:
    """Whether a name has an article before it, as few people's have: "the Olympics" for "the Olympic Games"."""
    return re.search(r"\bthe (?:\d+ )?$", text.text[: name.words[0].start], re.IGNORECASE) is not None


def _known(word: Word, known: frozenset[str], low: set[str], initials: set[str]) -> bool:
    plain = bare(word)
    if (
        plain in known
        or plain in TITLES
        or plain in CALENDAR
        or (plain.endswith("days") and plain[:-1] in CALENDAR)
        or plain in initials
    ):
        return True
    if plain in ROLES or is_common(word.text):
        return plain in low or word.stem in known
    return False


def _forms(evidence: Text) -> frozenset[str]:
    """What the words of names may be, to be known: those of the quotes, their stems, their countries' names."""
    forms = {bare(word) for word in evidence.words} | {word.stem for word in evidence.words}
    forms |= {part for word in evidence.words for part in re.split(r"[-’'&]", bare(word)) if len(part) > 2}
    for country in countries_in(evidence.text)[0]:
        forms |= _PEOPLES.get(country, frozenset())
    forms |= {form for pair in CONTINENTS if pair & forms for form in pair}
    return frozenset(forms)


def _initials(evidence: Text) -> set[str]:
    """The initials of the runs of capitalised words in a text, small words between them left out or not."""
    found = set()
    words = evidence.words
    for i, first in enumerate(words):
        if not first.capital:
            continue
        letters, every = "", ""
        for word in words[i : i + 7]:
            if not (word.capital or word.low in LINKS):
                break
            every += word.low[0]
            letters += word.low[0] if word.capital else ""
            found |= {letters, every} if len(letters) > 1 else set()
    return found


def _spelled_out(name: Name, known: frozenset[str]) -> bool:
    """Whether the quotes have the initials of a name instead: "United Nations" for their "UN"."""
    letters = "".join(word.low[0] for word in name.words if word.low not in LINKS)
    return len(letters) > 1 and letters in known


def _peoples() -> dict[str, frozenset[str]]:
    from qa.places import COUNTRIES

    found = {}
    for country, others in COUNTRIES.items():
        own = [other.replace(".", "") for other in others.split()]
        people = [other for other in own if other.replace("-", " ")[:3] == country[:3] or other in IRREGULAR_PEOPLES]
        words = {part for other in (country, *people) for part in other.replace("-", " ").split()}
        found[country] = frozenset(words | {stem(word) for word in words} | {f"{w}s" for w in people})
    return found


CONTINENTS = tuple(
    frozenset((place, people, f"{people}s"))
    for place, people in (
        ("africa", "african"), ("asia", "asian"), ("europe", "european"), ("america", "american"),
        ("antarctica", "antarctic"), ("england", "english"), ("scotland", "scottish"), ("wales", "welsh"),
        ("texas", "texan"), ("california", "californian"), ("london", "londoner"), ("paris", "parisian"),
    )
)  # fmt: skip
IRREGULAR_PEOPLES = frozenset(
    "french irish scottish english welsh filipino greek polish turkish "
    "dutch us usa america american british uk burmese danish spanish swiss thai congolese "
    "ivorian emirati malagasy salvadoran swazi".split()
)
_PEOPLES = _peoples()
