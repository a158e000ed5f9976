"""How many people an event has killed, hurt or otherwise befallen, by a sentence; and whether two sentences tell it of
the same event, the one later than the other. Pure rules for English.

A toll is the figure of the news that most often grows: what is true on one day is superseded on the next, and told in
other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from qa.answers.drafts import Stretch
from qa.answers.figures import GROWING, Figure
from qa.answers.same import Terms
from qa.claims.dates import dates_in
from qa.claims.numbers import Number, numbers_in

FATES = {
    "dead": r"dead|died|dies|killed|deaths|fatalities|lost\s+their\s+lives|perished",
    "hurt": r"hurt|injured|wounded|injuries",
    "missing": r"missing|unaccounted\s+for",
    "ill": r"(?:fallen|fell|taken)\s+ill|sickened|infected|had\s+measles|cases|infections",
    "displaced": r"displaced|homeless|evacuated|made\s+to\s+leave",
    "arrested": r"arrested|detained|arrests",
}
"""What befalls people, by its words behind their number."""

BEFALLING = {
    "dead": r"kill(?:s|ed|ing)?|claim(?:s|ed|ing)\s+the\s+lives\s+of|deaths\s+of",
    "hurt": r"injur(?:es?|ed|ing)|wound(?:s|ed|ing)?|hurt(?:s|ing)?",
    "ill": r"infect(?:s|ed|ing)?|sicken(?:s|ed|ing)?",
    "displaced": r"displac(?:es?|ed|ing)|evacuat(?:es?|ed|ing)",
    "arrested": r"arrest(?:s|ed|ing)?|detain(?:s|ed|ing)?",
}
"""What befalls people, by its words in front of their number."""

BEHIND = re.compile(
    r"(?P<between>(?:\s+(?!and\b|but\b|while\b|than\b|the\b|of\b|more\b|others?\b|\d)[\w’'-]+){0,4}?)\s+(?:"
    + "|".join(f"(?P<{fate}>{words})" for fate, words in FATES.items())
    + r")\b",
    re.IGNORECASE,
)
IN_FRONT = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<{fate}>{words})" for fate, words in BEFALLING.items())
    + r")\s+(?:(?:at\s+least|about|around|some|more\s+than|nearly|almost|up\s+to|as\s+many\s+as)\s+)?$",
    re.IGNORECASE,
)
DEATH_TOLL = re.compile(r"\b(?:death\s+)?toll\b[^.;]{0,60}?\b(?:to|at|of|is|was|reach(?:es|ed))\s+$", re.IGNORECASE)
PART = re.compile(
    r"\s+(?:(?:\w+\s+)?others?|more|of|further|additional|minutes?|hours?|days?|weeks?|months?|years?|times)\b", re.I
)
ANOTHER = re.compile(r"\b(?:another|other|further|remaining|could|would|might|may|if|each|every)\s+(?:\w+\s+)?$", re.I)
ELSEWHEN = re.compile(
    r"(?<!\bfor )(?<!\bin )(?<!\bthan )\b(?:a|per|each|every)\s+(?:year|month|week|day)\b"
    r"(?!\s+(?:after|later|ago|earlier|before))|"
    r"\b(?:(?:last|previous)\s+year|since\s+\d{4})\b",
    re.IGNORECASE,
)
"""A rate, or the toll of something before."""

BEFALLS = re.compile(rf"\b(?:{'|'.join((*FATES.values(), *BEFALLING.values()))}|tolls?)\b", re.IGNORECASE)

TOGETHER = timedelta(days=60)
"""Between two reports of one event."""

NAMES_SHARED = 2
TERMS_SHARED = 1
"""Names that two passages share, and rare terms that two sentences do with their titles, to tell of the same event."""

CAPITALISED = re.compile(r"(?<=[\w,;:’”)] )[^\W\d_a-zß-öø-ÿ][^\W\d_]{2,}")
"""A name, or a part of one, inside a sentence."""

TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december people killed died dead injured hurt wounded missing number toll more".split()
)


class Update(NamedTuple):
    """Two figures for one fate, of two stretches."""

    fate: str
    figures: tuple[Figure, Figure]


def fates_in(text: str) -> set[str]:
    """What befalls people, as far as a question or a sentence speaks of it: the keys of `FATES`."""
    words = " ".join(found.group() for found in BEFALLS.finditer(text))
    found = {f for told in (FATES, BEFALLING) for f, form in told.items() if re.search(rf"\b(?:{form})\b", words, re.I)}
    return found | ({"dead"} if re.search(r"\btolls?\b", words, re.IGNORECASE) else set())


def tolls(stretch: Stretch) -> dict[str, Figure]:
    """The figures of a stretch by what befell the people counted; without a fate that has two, or parts of a whole."""
    text = stretch.text
    if not BEFALLS.search(text) or ELSEWHEN.search(text) or _of_another_year(stretch):
        return {}
    found = list(_told(text))
    fates = [fate for fate, _ in found]
    return {fate: figure for fate, figure in found if fates.count(fate) == 1}


def updated(one: Stretch, other: Stretch, terms: Terms) -> Update | None:
    """The figures for what befell people in the same event, if two stretches give different ones."""
    first = tolls(one)
    second = tolls(other) if first else {}
    for fate in first.keys() & second.keys():
        if first[fate].value != second[fate].value and _same_event(one, other, terms):
            return Update(fate, (first[fate], second[fate]))
    return None


def _told(text: str) -> Iterator[tuple[str, Figure]]:
    grown = GROWING.search(text)
    counts = [n for n in numbers_in(text, [(day.start, day.end) for day in dates_in(text)]) if n.kind == "count"]
    for number in counts:
        if grown and number.start == grown.start("figure"):
            fate = re.search(BEHIND, f" {text[grown.start() : number.start]}")
            if fate and fate.lastgroup:
                yield fate.lastgroup, Figure(number.value, "people", number.text)
        elif not PART.match(text, number.end) and not ANOTHER.search(text[: number.start]):
            yield from _befallen(text, number)


def _befallen(text: str, number: Number) -> Iterator[tuple[str, Figure]]:
    behind = BEHIND.match(text, number.end)
    if DEATH_TOLL.search(text[: number.start]):
        yield "dead", Figure(number.value, "people", number.text)
    elif behind and behind.lastgroup:
        yield behind.lastgroup, Figure(number.value, "people", text[number.start : behind.end()])
    elif (in_front := IN_FRONT.search(text[: number.start])) and in_front.lastgroup:
        yield in_front.lastgroup, Figure(number.value, "people", text[in_front.start() : number.end])


def _of_another_year(stretch: Stretch) -> bool:
    published = stretch.passage.published
    return published is not None and any(day.year not in (None, published.year) for day in dates_in(stretch.text))


def _same_event(one: Stretch, other: Stretch, terms: Terms) -> bool:
    moments = one.passage.published, other.passage.published
    if moments[0] is None or moments[1] is None or abs(moments[0] - moments[1]) > TOGETHER:
        return False
    whole = [f"{s.passage.title}\n{s.passage.text}" for s in (one, other)]
    known = {name for text in whole for name in CAPITALISED.findall(text) if name.casefold() not in TIMES}
    names = [name for name in known if all(re.search(rf"\b{re.escape(name)}\b", text, re.I) for text in whole)]
    words = [set(terms(f"{s.passage.title} {s.text}")) - TIMES for s in (one, other)]
    shared = [term for term in words[0] & words[1] if len(term) > 3 and not term.isdigit()]
    return len(names) >= NAMES_SHARED and len(shared) >= TERMS_SHARED
