"""What a sentence needs to be understood, in square brackets: who "she" is, which day "Thursday" is, who is speaking.

Only what is sure, and never between quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from qa.answers.antecedents import antecedent, people_named, pronoun
from qa.answers.drafts import Addition, Stretch
from qa.answers.quotations import inside
from qa.types import MONTHS, Moment

TO_COME = re.compile(r"\b(?:will|would be|to be|is to|are to|was to|were to|due)\b")
"""In a sentence with these, whether a weekday is the last or the next is not sure."""

LIMIT = re.compile(r"\b(?:until|by|next|from|since|for|every|the following|the previous)\s+$", re.IGNORECASE)
"""Before a weekday, these leave open which one it is, or that it is one day."""

WEEKDAY = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+(?:morning|afternoon|evening|night))?|yesterday|today|tomorrow|"
    r"last night|tonight)",
    re.IGNORECASE,
)


def additions(stretches: Sequence[Stretch]) -> tuple[Addition, ...]:
    """What is to be added to the stretches of one statement: a person, the speaker, a day, each once."""
    found: list[Addition] = []
    for stretch in stretches[:1]:
        found.extend(_person(stretch) or _speaker(stretch))
    known: set[date] = set()
    for stretch in stretches:
        found.extend(_days(stretch, known))
    return tuple(found)


def _person(stretch: Stretch) -> list[Addition]:
    match = pronoun(stretch.passage, stretch.start, stretch.end)
    if match is None:
        return []
    word = match["word"].casefold()
    name = antecedent(stretch.passage, stretch.start + match.start(), "he" if word in ("he", "his") else "she")
    if name is None or name.split()[-1] in stretch.text:
        return []
    possessive = word == "his" or (word == "her" and match.start() == 0)
    if word == "her" and not possessive:
        return []  # "told her" and "her boat" look alike
    return [Addition(stretch.start + match.end(), f"{name}’s" if possessive else name)]


def _speaker(stretch: Stretch) -> list[Addition]:
    """Who is speaking, behind a quotation that doesn't say it."""
    text = stretch.text
    if not text.startswith(("“", '"', "«")) or not text.endswith(("”", '"', "»")) or len(re.findall('[”"»]', text)) > 2:
        return []
    names = {s.speaker for s in stretch.passage.said if s.verbatim and stretch.start <= s.start < stretch.end}
    name = names.pop() if len(names) == 1 else ""
    if not name[:1].isupper() or name.split()[-1] in text:
        return []
    return [Addition(stretch.end, people_named(name, stretch.passage))]


def _days(stretch: Stretch, known: set[date]) -> Iterable[Addition]:
    passage = stretch.passage
    for moment in within(stretch):
        if moment.since != moment.until:
            continue
        if not WEEKDAY.fullmatch(moment.text) or inside(passage.text, moment.start - passage.start):
            continue
        if moment.since in known or not passage.published or _unsure(moment, stretch):
            continue
        known.add(moment.since)
        day = f"{moment.since.day} {MONTHS[moment.since.month - 1]}"
        same = moment.since.year == passage.published.year
        yield Addition(moment.end, day if same else f"{day} {moment.since.year}")


def _unsure(moment: Moment, stretch: Stretch) -> bool:
    """Whether a weekday had better be left alone: it is to come, or another day is named beside it."""
    if re.match(r"['’]s|-", stretch.text[moment.end - stretch.start :]):
        return True
    dated = any(m.text[:1].isdigit() or m.text[-1:].isdigit() for m in within(stretch))
    before = stretch.text[: moment.start - stretch.start]
    return dated or bool(TO_COME.search(stretch.text) or LIMIT.search(before))


def within(stretch: Stretch) -> list[Moment]:
    """The times that a stretch names."""
    return [m for m in stretch.passage.moments if stretch.start <= m.start and m.end <= stretch.end]
