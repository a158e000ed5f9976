"""Where statements give different figures for the same thing: which is newer, and that it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from qa.answer import Note
from qa.answers.drafts import Draft
from qa.answers.figures import Figure, figures
from qa.answers.same import Terms
from qa.answers.tolls import fates_in, updated
from qa.corrections import corrections
from qa.types import MONTHS, Passage, day

WITHOUT_MEANING = frozenset(
    "that with from have were been they their this which when after more than said some also".split()
)
TIMES_COUNTED = frozenset("years months weeks days hours minutes seconds times".split())
"""Of these, every sentence counts others."""

SHARED = 3
"""Least terms that two sentences share, beside the figures and what they count, to speak of the same thing."""

SHARE = 0.35
"""And the least part of the shorter one that these are."""

TIMES = re.compile(rf"\b(?:(?:1[5-9]|20)\d\d|{'|'.join(MONTHS)})\b")


OVERTAKING, OVERTAKING_A_TOLL = 0.1, 0.02
"""The rank, beside the best one's, from which a sentence with a later figure takes the first place; a toll is told by
its words, so that such a sentence needs less.
"""


class Difference(NamedTuple):
    """Two statements, by place, that differ in a figure; the first is the newer. `fate` is that of a toll."""

    newer: int
    older: int
    new: Figure
    old: Figure
    kind: Literal["later", "in conflict", "corrected"]
    fate: str | None = None

    def supersedes(self, asked: str) -> bool:
        """Whether the newer one takes the place of the older: a toll only where a question asks about it."""
        return self.kind != "in conflict" and (self.fate is None or self.fate in fates_in(asked))


def differences(drafts: Sequence[Draft], terms: Terms) -> Iterator[Difference]:
    """The pairs of statements from two articles that give different figures for one thing."""
    for one, other in combinations(range(len(drafts)), 2):
        first, second = drafts[one], drafts[other]
        if first.text or second.text or _source(first).article_id == _source(second).article_id:
            continue
        pair = _differing(_words(first), _words(second), terms)
        told = None if pair else updated(first.stretches[-1], second.stretches[-1], terms)
        found = pair or (told and told.figures)
        if found:
            swap = _age(first) < _age(second)
            newer, older = (other, one) if swap else (one, other)
            new, old = found[::-1] if swap else found
            yield Difference(newer, older, new, old, _kind(drafts[newer], drafts[older]), told.fate if told else None)


def overtaken(draft: Draft, others: Sequence[tuple[float, Draft]], asked: str, terms: Terms) -> list[Draft]:
    """What takes the place of a draft: of later reports, the best that has the newest figure, if there is one.

    `others` are drafts with their ranks beside the best one's, the best first; `asked` is the question.
    """
    newer = [
        (each, found)
        for rank, each in others
        for found in differences((draft, each), terms)
        if found.newer == 1 and found.supersedes(asked)
        if rank >= (OVERTAKING_A_TOLL if found.fate else OVERTAKING)
    ]
    if not newer:
        return []
    _, newest = max(newer, key=lambda each: _age(each[0]))
    return next([each] for each, found in newer if found.new.value == newest.new.value)


def newest_first(drafts: Sequence[Draft], asked: str, terms: Terms) -> list[Draft]:
    """The drafts with what is superseded behind what supersedes it; `asked` is the question."""
    order = list(range(len(drafts)))
    for found in differences(drafts, terms):
        newer, older = order.index(found.newer), order.index(found.older)
        if found.supersedes(asked) and older < newer:
            order.insert(older, order.pop(newer))
    return [drafts[n] for n in order]


def notes(drafts: Sequence[Draft], terms: Terms) -> tuple[Note, ...]:
    """What is to be said on the drafts: one note for each two articles that differ."""
    return tuple(
        Note(found.kind, _told(found, drafts), found.new.text, found.old.text, (found.newer, found.older))
        for found in differences(drafts, terms)
    )


def _told(found: Difference, drafts: Sequence[Draft]) -> str:
    new, old = (
        f"“{figure.text}” ({_named(_source(drafts[place]))})"
        for figure, place in ((found.new, found.newer), (found.old, found.older))
    )
    if found.kind == "in conflict":
        return f"The reports differ: {new}, {old}."
    return f"{'Corrected' if found.kind == 'corrected' else 'Later'}: {new}; before, {old}."


def _named(passage: Passage) -> str:
    return ", ".join(filter(None, (passage.publisher or passage.title, day(passage.published))))


def _differing(one: str, other: str, terms: Terms) -> tuple[Figure, Figure] | None:
    if not _same_subject(one, other, terms):
        return None
    first, second = (_alone(list(figures(text))) for text in (one, other))
    for unit in first.keys() & second.keys():
        if unit not in TIMES_COUNTED and first[unit].value != second[unit].value:
            return first[unit], second[unit]
    return None


def _same_subject(one: str, other: str, terms: Terms) -> bool:
    times = [set(TIMES.findall(text)) for text in (one, other)]
    if times[0] and times[1] and not times[0] & times[1]:
        return False
    bare = [
        {t for t in terms(_without_figures(text)) if len(t) > 3 and t not in WITHOUT_MEANING and not t.isdigit()}
        for text in (one, other)
    ]
    shared = len(bare[0] & bare[1])
    return shared >= SHARED and shared >= SHARE * min(map(len, bare))


def _without_figures(text: str) -> str:
    for figure in figures(text):
        text = text.replace(figure.text, " ")
    return text


def _alone(found: Sequence[Figure]) -> dict[str, Figure]:
    """The figures by unit, where the sentence has only one of it."""
    units = [figure.unit for figure in found]
    return {figure.unit: figure for figure in found if units.count(figure.unit) == 1}


def _kind(newer: Draft, older: Draft) -> Literal["later", "in conflict", "corrected"]:
    if _corrects(newer):
        return "corrected"
    dates = [source.published.date() if source.published else None for source in map(_source, (newer, older))]
    return "later" if None not in dates and dates[0] != dates[1] else "in conflict"


def _corrects(draft: Draft) -> bool:
    return any(
        note.start < s.end - s.passage.start and s.start - s.passage.start < note.end
        for s in draft.stretches
        for note in corrections(s.passage.text)
    )


def _age(draft: Draft) -> tuple[bool, float]:
    published = _source(draft).published
    return _corrects(draft), published.timestamp() if published else float("-inf")


def _source(draft: Draft) -> Passage:
    return draft.stretches[-1].passage


def _words(draft: Draft) -> str:
    return " ".join(stretch.text for stretch in draft.stretches)
