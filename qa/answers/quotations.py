"""Where somebody's words begin and end in a text: what stands between quotation marks."""

from __future__ import annotations

from qa.sentences import sentence_spans, trimmed
from qa.types import Passage

LONGEST = 450
"""Characters beyond which a stretch isn't drawn out to the marks of its quotation."""


def inside(text: str, at: int) -> bool:
    """Whether an offset lies between quotation marks that were opened in its paragraph."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1 or before.count("«") > before.count("»")


def drawn_out(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """A stretch with the whole of each quotation that it begins or ends within, unless that is long."""
    text = passage.text
    first, last = start - passage.start, end - passage.start
    spans = [trimmed(text, span) for span in sentence_spans(text)]
    while inside(text, first):
        before = [span for span in spans if span[0] < first]
        if not before:
            return start, end
        first = before[-1][0]
    while inside(text, last):
        after = [span for span in spans if span[1] > last]
        if not after or "\n" in text[last : after[0][1]]:
            return start, end
        last = after[0][1]
    return (start, end) if last - first > LONGEST else (passage.start + first, passage.start + last)
