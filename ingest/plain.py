"""An article out of plain text, as a reader's app shows it or a person saves it. Pure.

The text is taken as lines. The article's body is the longest stretch of prose, with the lists and headings inside it;
what an app says around it (slogans, sign-up boxes, related stories, captions) is left out; title, publisher, section,
author and date are sought in the lines above the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ingest.app import ENDS, begins_list, is_app, is_caption
from ingest.dates import stated_date
from ingest.fields import as_paragraphs
from ingest.head import Head, Line
from ingest.words import word_count
from qa.sentences import sentence_spans, trimmed

FEWEST_WORDS_OF_PROSE = 8
WORDS_OF_PARAGRAPH = 25
"""Words of a line, or of a stretch of prose, that no app spends on its slogans."""

WORDS_AFTER_LIST = 60
"""The same where other articles are listed in between, each perhaps with a teaser."""

BULLET = re.compile(r"(?:[-*•–·▪]|\d{1,2}[.)])\s")
WIDEST_GAP = 2
"""Lines that are no prose (a heading) between two paragraphs of a body, however short its stretches are."""


def plain_fields(text: str, now: datetime) -> dict[str, Any]:
    """What a plain text says of its article, by `Article`'s field names; `None` or empty for what is not known."""
    lines = _lines(text)
    body = _body(lines)
    first = lines.index(body[0]) if body else len(lines)
    said = "\n\n".join(line.text for line in body)
    head = Head(lines[:first])
    return {
        "title": head.title or opening(said),
        "text": said,
        "publisher": head.publisher,
        "section": head.section,
        "authors": head.authors,
        "published": stated_date(head.dated, said, now),
    }


def opening(text: str) -> str:
    """A title for a text that has none: its first sentence, cut at a word at about 100 characters."""
    spans = sentence_spans(text)
    if not spans:
        return ""
    start, end = trimmed(text, spans[0])
    first = " ".join(text[start:end].split())
    return first if len(first) <= 100 else first[:100].rsplit(" ", 1)[0] + "…"


@dataclass
class Stretch:
    """Prose in one piece. `gap` is what stands between it and the stretch before; to be one body with that, both must
    have `needs` words.
    """

    gap: list[Line] = field(default_factory=list)
    needs: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def words(self) -> int:
        """How many words its lines have."""
        return sum(word_count(line.text) for line in self.lines)


def _lines(text: str) -> list[Line]:
    """The lines of a text; those of a paragraph that was wrapped at a column are joined again."""
    lines = []
    for number, block in enumerate(as_paragraphs(text).split("\n\n")):
        rows = block.split("\n")
        wrapped = len(rows) > 1 and all(50 <= len(row) <= 100 for row in rows[:-1]) and len(rows[-1]) <= 100
        lines += [Line(row, number) for row in ([" ".join(rows)] if wrapped else rows) if row]
    return lines


def _is_prose(line: str) -> bool:
    """Whether a line reads like a sentence of an article."""
    words = word_count(line)
    long_enough = words >= FEWEST_WORDS_OF_PROSE or (words >= 3 and line[:1] in '“"‘')
    return long_enough and _stops(line) and not is_caption(line)


def _stops(line: str) -> bool:
    return bool(ENDS.search(line)) or line.endswith((":", ";", "”", "»", '"'))


def _body(lines: Sequence[Line]) -> list[Line]:
    """The stretch of the most words, after those were joined that only a list, a heading or a prompt divides."""
    joined = [Stretch()]
    for each in _stretches(lines):
        last = joined[-1]
        if last.lines and min(last.words, each.words) >= each.needs:
            last.lines += [*each.gap, *each.lines]
        else:
            joined.append(each)
    return max(joined, key=lambda stretch: stretch.words).lines


def _stretches(lines: Sequence[Line]) -> list[Stretch]:
    """The prose in its pieces, in order, without captions and the blocks in which the app speaks."""
    app = {line.block for line in lines if is_app(line.text)}
    app -= {line.block for line in lines if _is_prose(line.text) and word_count(line.text) >= WORDS_OF_PARAGRAPH}
    found: list[Stretch] = []
    ahead = Stretch()
    for line in lines:
        follows = bool(found) and ahead == Stretch() and (_stops(line.text) or bool(BULLET.match(line.text)))
        if begins_list(line.text):
            ahead = Stretch(needs=WORDS_AFTER_LIST)
        elif line.block in app or is_app(line.text):
            ahead.needs = max(ahead.needs, WORDS_OF_PARAGRAPH)
        elif is_caption(line.text):
            continue
        elif follows:
            found[-1].lines.append(line)
        elif _is_prose(line.text):
            ahead.lines.append(line)
            found.append(ahead)
            ahead = Stretch()
        else:
            ahead.gap.append(line)
            wide = len(ahead.gap) > WIDEST_GAP
            ahead.needs = max(ahead.needs, WORDS_OF_PARAGRAPH if wide else 0)
    return found
