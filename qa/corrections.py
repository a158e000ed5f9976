"""Where an article corrects itself: the notes that an outlet adds when what it said before was wrong.

By rules, for English. Precision comes first: that a story "was updated with new information" takes nothing back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.sentences import sentence_spans, trimmed

OPENING = r"[\s(\[*_–—-]*"
LABEL = r"(?:editor[’']?s['’]?\s+note|note|update|updated)\s*:\s*"
ITEM = (
    r"(?:article|story|report|piece|post|page|column|headline|item|review|interview|obituary|caption|photo\s+caption|"
    r"newsletter|transcript|graphic|map|chart|video|podcast|blog|live\s*blog|dispatch|editorial|essay|version)"
)
CHANGED = r"(?:corrected|amended|clarified)"
REVISED = r"(?:updated|revised|edited|changed|modified)"
DATED = r"on\s+(?:\w+day,?\s+)?(?:\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
TO_CORRECT = r"to\s+(?:\w+ly\s+)?(?:correct|clarify|fix|remove|reflect\s+that|make\s+(?:it\s+)?clear)"
NOTE = re.compile(
    rf"{OPENING}(?:{LABEL})?(?:"
    r"(?:corrections?|clarifications?)(?:\s+and\s+clarifications?)?(?:\s*[,(–-][^:.\n]{1,30})?\s*:\s+\S|"
    rf"(?:in\s+)?(?:an?\s+(?:earlier|previous|original)|the\s+original)\s+version\s+of\s+(?:this|the\s+following)\s+{ITEM}\b|"
    rf"th(?:is|e\s+following)\s+{ITEM}(?:\s+and\s+(?:its\s+)?\w+)?\s+(?:was|were|has\s+been|have\s+been|is)\s+(?:since\s+)?"
    rf"(?:{CHANGED}\b|{REVISED}\s+(?:{DATED}|{TO_CORRECT}))"
    r")",
    re.IGNORECASE,
)
SUSPECT = re.compile(r"correct|clarif|amend|version|updated|revised|edited|changed|modified", re.IGNORECASE)
"""What every note has; most paragraphs have none of it and needn't be cut into sentences."""

PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Correction:
    """A note in which an article corrects itself: `text == article.text[start:end]`."""

    text: str
    start: int
    end: int


def corrections(text: str) -> tuple[Correction, ...]:
    """The notes of a text: each from its first sentence to the end of its paragraph, since a note gives its reasons."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[Correction]:
    for paragraph in PARAGRAPH.finditer(text):
        if not SUSPECT.search(paragraph.group()):
            continue
        for start, end in sentence_spans(paragraph.group()):
            if NOTE.match(paragraph.group(), start, end):
                first, last = trimmed(text, (paragraph.start() + start, paragraph.end()))
                yield Correction(text[first:last], first, last)
                break
