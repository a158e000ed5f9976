"""Numbers that the quotes have, but of something else: what a number counts, is part of, or only might be. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.claims.numbers import Number, comparable, same
from qa.claims.words import Text, contents

COMPARING = frozenset("down up from compared against versus".split())
"""Words that open a clause whose number is held beside the one before."""

AROUND = 45
"""Characters before and after a number in which to look for what it counts."""

EXPECTED = re.compile(
    r"\b(?:expect\w*|forecast\w*|predict\w*|project(?:ed|s|ion)|target\w*|hop(?:ed|ing) for)\b", re.IGNORECASE
)
AHEAD = 50
"""Characters before a number in which it may be said that it is expected."""

MOST_OWN = 0.0
"""What a number may share with its places in the quotes, at most, to be taken for misplaced."""

SCORE = re.compile(r"(?<![\d-])(\d{1,3})(?:[-–]| (?:votes )?to )(\d{1,3})(?![\d-])")


def misplaced(claimed: Sequence[Number], known: Sequence[Number], claim: Text, evidence: Text) -> list[Number]:
    """Numbers of a statement that the quotes have of something else, while they have another one of the same thing.

    "Seven voted against" is misplaced where the quotes say that seven voted for and four against.
    """
    wrong = []
    named = {word.stem for word in claim.words if word.capital and word.content}
    told = {word.sentence for word in evidence.words if word.capital and word.stem in named}
    known_scores = {score for score, place in _scores(evidence) if _sentence_at(evidence, place.start) in told}
    for number in claimed:
        if any(number.start in place and score in known_scores for score, place in _scores(claim)):
            continue  # "beat Berg 5–4": what the quotes say of the game may stand anywhere around it
        if _turned(number, known) or _only_expected(number, known, claim, evidence):
            wrong.append(number)
            continue
        mine = _near(number, claim, claimed)
        own = [_shared(mine, _near(other, evidence, known)) for other in known if same(number, other)]
        rival = [
            _shared(mine, _near(other, evidence, known))
            for other in known
            if comparable(number, other) and not same(number, other)
        ]
        if own and rival and max(rival) > max(own) and max(own) <= MOST_OWN:
            wrong.append(number)
    return wrong


def _turned(number: Number, known: Sequence[Number]) -> bool:
    """Whether a change ends with a number in a statement, and begins with it in the quotes, or the like."""
    steps = {other.step for other in known if same(number, other)}
    return bool(number.step and steps) and not steps & {number.step, ""}


def _only_expected(number: Number, known: Sequence[Number], claim: Text, evidence: Text) -> bool:
    """Whether a statement gives for fact what the quotes have for expected alone."""
    if EXPECTED.search(claim.text) or re.search(r"\b(?:will|would|could|may|might)\b", claim.text):
        return False
    before = [evidence.text[max(0, other.start - AHEAD) : other.start] for other in known if same(number, other)]
    return bool(before) and all(EXPECTED.search(re.split(r"[.;\n]\s", part)[-1]) for part in before)


def _scores(text: Text) -> list[tuple[tuple[str, str], range]]:
    """The scores of games and votes in a text, and where they stand."""
    return [((match[1], match[2]), range(*match.span())) for match in SCORE.finditer(text.text)]


def _sentence_at(text: Text, place: int) -> int | None:
    return next((word.sentence for word in text.words if word.start <= place < word.end), None)


def _shared(mine: dict[str, float], other: dict[str, float]) -> float:
    return sum(min(weight, other[root]) for root, weight in mine.items() if root in other)


def _near(number: Number, text: Text, numbers: Sequence[Number]) -> dict[str, float]:
    """What stands around a number in its clause: the stems, the nearer the more."""
    inside = [word for word in text.words if word.start < number.end and number.start < word.end]
    if not inside:
        return {}
    clauses, sentence = {inside[0].clause}, inside[0].sentence
    counted = {word.start for other in numbers for word in text.words if other.start <= word.start < other.end}
    near: dict[str, float] = {}
    told = [word for word in contents(text.words) if word.start not in counted and word.sentence == sentence]
    opening = next(word.low for word in text.words if word.clause == inside[0].clause)
    if opening in COMPARING:  # "…, down from 115": it is of what stands before
        clauses.add(inside[0].clause - 1)
    around = [word for word in told if word.clause in clauses]
    for word in around:
        gap = min(abs(word.start - number.end), abs(number.start - word.end))
        if gap <= AROUND:
            near[word.stem] = max(near.get(word.stem, 0.0), 1.0 if 0 <= word.start - number.end < 25 else 0.5)
    return near
