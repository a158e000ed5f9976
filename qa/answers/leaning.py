"""Sentences that can't stand alone: what each needs of those around it."""

from __future__ import annotations

import re

from qa.patterns import SAYING
from qa.sentences import sentence_spans, trimmed
from qa.types import Passage

LEANS = re.compile(
    r"(?:he|she|they|it|his|her|their|its|this|that|these|those|both|neither|such|but|however|instead|"
    r"meanwhile|also|the (?:two|pair|former|latter|move|decision|statement|report))\b",
    re.IGNORECASE,
)
"""A sentence that begins so speaks of something in the sentence before it."""

ON_A_PERSON = re.compile(r"(?:he|she|his)\b|her\s+[a-z]+\b", re.IGNORECASE)
RETRACTS = re.compile(
    r"(?:that|this|it|which|the (?:claim|figure|report|number)) (?:was|is|were|turned out to be|proved) "
    r"(?:wrong|incorrect|false|untrue|not (?:true|so|correct|right)|mistaken|inaccurate|an error|a mistake)\b",
    re.IGNORECASE,
)
"""A sentence that begins so takes back the one before it, which must not be shown without it."""

HE_SAID = re.compile(rf"\b(?:he|she|they)\s+(?:also\s+)?{SAYING.pattern}", re.IGNORECASE)
QUOTED = re.compile(r"[“\"«][^”\"»]*(?:[”\"»]|$)")
AGENCY = r"(?:CNN(?: Business)?|Reuters|AP|AFP|UPI|PA|dpa|Xinhua|TASS|ANI|IANS|Bloomberg)"
DATELINE = re.compile(
    r"[A-Z][A-Z .’'-]{2,30}(?:,[^–—-]{2,40})?(?:\([A-Z][^)]{1,30}\))?\s+[–—-]{1,2}\s+(?=\S)"
    rf"|(?:[A-Z][^()\n–—]{{1,40}}\s)?(?:\({AGENCY}\)(?:\s*[–—-]{{1,2}})?|{AGENCY}\s+[–—-]{{1,2}})\s+(?=\S)"
)
"""The place, the day and the agency that open a report, as they are written: "LISLE, March 4 (Reuters) – "."""


def leans(sentence: str) -> bool:
    """Whether a sentence needs the one before it: it begins with a pronoun, or is a quotation whose speaker it doesn't
    name.
    """
    if not sentence.startswith(("“", '"', "«")):
        return bool(LEANS.match(sentence))
    around = QUOTED.sub(" ", sentence)
    return not SAYING.search(around) or bool(HE_SAID.search(around))


def leans_on_a_person(sentence: str) -> bool:
    """Whether all that such a sentence needs is who "he" or "she" is, or who is speaking."""
    return bool(ON_A_PERSON.match(sentence)) or not LEANS.match(sentence)


def begins(passage: Passage, start: int) -> int:
    """Where the words of a sentence begin: behind the place and the agency with which a report opens."""
    dateline = DATELINE.match(passage.text, start - passage.start)
    return passage.start + dateline.end() if dateline and start == 0 else start


def ends(passage: Passage, end: int) -> int:
    """Where a sentence ends, or the one behind it if that takes it back; offsets into the article."""
    rest = passage.text[end - passage.start :]
    spans = sentence_spans(rest)
    if not spans:
        return end
    first, last = trimmed(rest, spans[0])
    return end + last if RETRACTS.match(rest[first:last]) else end


def last_sentence(text: str) -> tuple[int, int]:
    """The last sentence of a text, without the white space around it."""
    return trimmed(text, sentence_spans(text)[-1])
