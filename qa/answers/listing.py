"""Lists that an article itself gives: a line that ends in a colon, and the lines behind it."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answers.drafts import Stretch
from qa.reader import Evidence

FEWEST = 3
LONGEST = 160
"""Lines longer than this are paragraphs."""


def items(evidence: Evidence) -> Sequence[Stretch]:
    """The lines of the list in which, or before which, a sentence stands; none where it stands in none."""
    passage = evidence.passage
    group: list[tuple[int, int]] = []
    place, opened, holds = 0, False, False
    for line in passage.text.split("\n"):
        start, end = place, place + len(line.rstrip())
        place += len(line) + 1
        if not line.strip():
            continue
        if line.rstrip().endswith(":") or end - start > LONGEST or not opened:
            if holds and len(group) >= FEWEST:
                break
            group, opened = [], line.rstrip().endswith(":")
            holds = opened and start <= evidence.start - passage.start < end
        else:
            group.append((start + len(line) - len(line.lstrip()), end))
            holds = holds or start <= evidence.start - passage.start < end
    if not holds or len(group) < FEWEST:
        return ()
    return [Stretch(passage, passage.start + start, passage.start + end) for start, end in group]
