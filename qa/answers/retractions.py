"""A correction beats what it corrects: where an article takes back what another said, it is quoted in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.answers.drafts import Draft, Stretch
from qa.answers.leaning import ends
from qa.answers.same import Terms, overlaps
from qa.reader import Evidence
from qa.sentences import sentence_spans, trimmed

SHARE = 0.5
"""How much of a statement's words the sentence that is taken back must have."""

CLAIM_SHARE = 0.6
"""Or how much of what the sentence says to have been said must be in the statement, which may say more than that."""

CLAIM = re.compile(
    r"\b(?:wrote|said|reported|stated|claimed|printed|gave|told)\b.{0,40}?\bthat\s+(?P<claim>.+)", re.DOTALL
)
LEAST = 4
"""Words of such a claim."""


def corrected(drafts: Sequence[Draft], evidence: Sequence[Evidence], terms: Terms) -> list[Draft]:
    """The drafts, each that an article takes back replaced with where it does so; a correction stands there once, and
    whole.
    """
    notes = [e for e in evidence if ends(e.passage, e.end) > e.end]
    kept: list[Draft] = []
    for draft in drafts:
        note = next((e for e in notes if _takes_back(e, draft, terms)), None)
        new = replace(draft, stretches=(_whole(note),), also=()) if note else draft
        if not any(overlaps(new.stretches, other.stretches) for other in kept):
            kept.append(new)
    return kept


def _takes_back(note: Evidence, draft: Draft, terms: Terms) -> bool:
    last = draft.stretches[-1].passage
    if note.passage.article_id == last.article_id:
        return overlaps(draft.stretches, [Stretch(note.passage, note.start, note.end)])
    if last.published and note.passage.published and note.passage.published < last.published:
        return False
    said = set(terms(draft.stretches[-1].text))
    claim = CLAIM.search(note.text)
    claimed = set(terms(claim["claim"])) if claim else set()
    whole = len(said & set(terms(note.text))) >= SHARE * len(said)
    return whole or (len(claimed) >= LEAST and len(said & claimed) >= CLAIM_SHARE * len(claimed))


def _whole(note: Evidence) -> Stretch:
    """What was said, that it was wrong, and the sentence behind that, which says what is right."""
    end = ends(note.passage, note.end)
    rest = note.passage.text[end - note.passage.start :]
    spans = [trimmed(rest, span) for span in sentence_spans(rest)[:1]]
    return Stretch(note.passage, note.start, end + spans[0][1] if spans else end)
