"""An article out of plain text, as a reader's app shows it or a person saves it. Pure.

The text is taken as lines. The article's body is the longest run of lines that read like prose; what an app says around
it (slogans, sign-up boxes, related stories, captions) is recognised by its form and wording and left out; title,
publisher, section, author and date are sought in the lines above the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.dates import stated_date
from ingest.fields import BY, as_names, as_paragraphs
from qa.sentences import sentence_spans, trimmed

SECTIONS = frozenset(
    """world politics business sport sports local national uk us asia europe africa americas opinion comment culture
    arts science health technology tech money economy environment climate education travel lifestyle entertainment food
    music film books style media society weather crime law football news international middle east analysis
    features""".split()
)
OUTLET = re.compile(
    r"\b(?:times|post|news|mirror|gazette|courier|herald|tribune|guardian|telegraph|journal|wire|press|reuters|bbc|cnn|"
    r"independent|standard|daily|weekly|express|mail|chronicle|observer|star|echo|record|review|magazine|radio|today)\b",
    re.IGNORECASE,
)
APP = re.compile(
    r"^(?:sign (?:up|in)|log ?in|subscribe|register|start reading|keep reading|continue reading|read (?:more|next)|"
    r"share|follow us|download|get (?:the|our|all|\w+ for your) |become an? .*(?:reader|member|subscriber)|join |"
    r"you have read|related (?:stories|articles|news)|top stories|most (?:read|popular|opened)|popular (?:on|now)|"
    r"our picks|editor.?s |more (?:from|stories|on)|advertisement|sponsored|newsletter|take the app|"
    r"one (?:app|login|subscription|membership)|from our|all rights reserved|copyright|©|cookie|already (?:a|with)|"
    r"have an account|back again|comments?$)|\b(?:sign in|log ?in|sign up|subscribe now)(?: here)?\W*$|"
    r"\bfree (?:trial|story|article)\b|\b(?:days|weeks) (?:free|on)\b",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"\((?:[^()]*(?:/|\bimages?\b|\bphotos?\b|\bgetty\b|\breuters\b|\bafp\b|\bAP\b|\bEPA\b|\bpicture\b|\bvia\b)[^()]*)\)\W*$",
    re.IGNORECASE,
)
CAPTION = re.compile(r"^(?:(?:file )?(?:image|photo|picture)|caption|video|watch|listen)\s*[:|]", re.IGNORECASE)
ENDS = re.compile(r"[.!?…:;][”’\"'»)\]]*$|[.!?…]?[”\"»]\.?$")
PERSON = re.compile(r"^[^\W\d_][\w.’'-]*(?:\s+(?:(?:de|van|von|der|bin|al|and|&)\s+)*[^\W\d_][\w.’'-]*){1,7}$")
DATE_WORD = re.compile(r"\b(?:published|updated|posted|(?:19|20)\d\d)\b", re.IGNORECASE)
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
FEWEST_WORDS_OF_PROSE = 8
WIDEST_GAP = 2
"""Lines that are no prose (a heading, a caption) which a body may have between two paragraphs."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text; `block` numbers the stretches between empty lines."""

    text: str
    block: int

    @property
    def is_caption(self) -> bool:
        """Whether it describes a picture: it ends in a credit, or says what it is."""
        return bool(CREDIT.search(self.text) or CAPTION.match(self.text))

    @property
    def is_app(self) -> bool:
        """Whether the app is speaking."""
        return len(self.text.split()) <= 14 and bool(APP.search(self.text))

    @property
    def is_prose(self) -> bool:
        """Whether it reads like a sentence of an article."""
        words = len(self.text.split())
        long_enough = words >= FEWEST_WORDS_OF_PROSE or (words >= 3 and self.text[:1] in '“"‘')
        return long_enough and bool(ENDS.search(self.text)) and not self.is_caption and not self.is_app


def plain_fields(text: str, now: datetime) -> dict[str, Any]:
    """What a plain text says of its article, by `Article`'s field names; `None` or empty for what is not known."""
    lines = _lines(text)
    body = _body(lines)
    first = lines.index(body[0]) if body else len(lines)
    above = [line.text for line in lines[:first]]
    said = "\n\n".join(line.text for line in body)
    head = Head(above)
    return {
        "title": head.title or _opening(said),
        "text": said,
        "publisher": head.publisher,
        "section": head.section,
        "authors": head.authors,
        "published": stated_date(above, said, now),
    }


def markdown_fields(text: str, now: datetime) -> dict[str, Any]:
    """The same for Markdown: its first heading is the title, and no markup is left."""
    title = None
    paragraphs = []
    for kind, words in _markdown(FRONT_MATTER.sub("", text)):
        if kind == "h1" and title is None:
            title = words
        else:
            paragraphs.append(words)
    fields = plain_fields("\n\n".join(paragraphs), now)
    return {**fields, "title": title or fields["title"]}


def _markdown(text: str) -> Iterator[tuple[str, str]]:
    """The paragraphs and headings of a Markdown text as (tag, words)."""
    tag = "p"
    for token in MarkdownIt("commonmark", {"html": False}).parse(text):
        if token.type.endswith("_open"):
            tag = token.tag
        elif token.type == "inline":
            words = "".join(child.content if child.content else " " for child in token.children or () if _shows(child))
            if words.strip():
                yield tag, " ".join(words.split())


def _shows(token: Token) -> bool:
    return token.type in ("text", "code_inline", "softbreak", "hardbreak")


class Head:
    """What the lines above a body say: each line is used for one thing."""

    def __init__(self, above: Sequence[str]) -> None:
        lines = [line for line in above if not APP.search(line)]
        self.title = next((line for line in reversed(lines) if _is_headline(line)), None)
        rest = [line for line in lines if line != self.title]
        self.publisher = next((a for a, b in pairwise(rest) if a == b), None)
        self.section = next((line for line in rest if set(line.lower().split()) <= SECTIONS), None)
        rest = [line for line in rest if line not in (self.publisher, self.section)]
        if self.publisher is None:
            self.publisher = next((line for line in rest if len(line.split()) <= 4 and OUTLET.search(line)), None)
            rest = [line for line in rest if line != self.publisher]
        if self.publisher is None:
            parts = [part for line in above if BY.match(line) for part in line.split(", ")[1:]]
            self.publisher = next((part for part in parts if OUTLET.search(part)), None)
        self.authors = self._authors(rest, above)

    def _authors(self, rest: Sequence[str], above: Sequence[str]) -> tuple[str, ...]:
        by = next((line for line in above if BY.match(line) and len(line.split()) <= 10), None)
        people = (line for line in rest if PERSON.match(line) and line == _capitalised(line))
        named = by or next((line for line in people if not OUTLET.search(line)), None)
        return as_names(re.split(r"\s+[|·]\s+|,\s", named)[0] if named else None)


def _is_headline(line: str) -> bool:
    words = line.split()
    stops = re.search(r"[.;:,]$", line) and not re.search(r"\b[A-Z]\.[A-Z]\.$", line)
    is_date = DATE_WORD.search(line) and len(words) <= 7
    return 4 <= len(words) <= 30 and not (stops or is_date or BY.match(line))


def _lines(text: str) -> list[Line]:
    """The lines of a text; those of a paragraph that was wrapped at a column are joined again."""
    lines = []
    for number, block in enumerate(as_paragraphs(text).split("\n\n")):
        rows = block.split("\n")
        wrapped = len(rows) > 1 and all(50 <= len(row) <= 100 for row in rows[:-1]) and len(rows[-1]) <= 100
        lines += [Line(row, number) for row in ([" ".join(rows)] if wrapped else rows) if row]
    return lines


def _body(lines: Sequence[Line]) -> list[Line]:
    """The longest run of prose, by words; lines of a block in which the app speaks don't count."""
    app = {line.block for line in lines if line.is_app}
    mixed = {line.block for line in lines if line.is_prose and len(line.text.split()) >= 25}
    runs: list[list[Line]] = [[]]
    gap = 0
    for line in lines:
        if line.block in app - mixed or line.is_app:
            gap = WIDEST_GAP + 1
        elif line.is_prose or (runs[-1] and gap == 0 and ENDS.search(line.text) and not line.is_caption):
            if gap > WIDEST_GAP and runs[-1]:
                runs.append([])
            runs[-1].append(line)
            gap = 0
        elif not line.is_caption:
            gap += 1
    return max(runs, key=lambda run: sum(len(line.text.split()) for line in run))


def _opening(text: str) -> str:
    """A title for a text that has none: its first sentence, cut at a word at about 100 characters."""
    spans = sentence_spans(text)
    if not spans:
        return ""
    start, end = trimmed(text, spans[0])
    first = " ".join(text[start:end].split())
    return first if len(first) <= 100 else first[:100].rsplit(" ", 1)[0] + "…"


def _capitalised(line: str) -> str:
    small = {"de", "van", "von", "der", "bin", "al", "and", "&"}
    return " ".join(w if w in small else w[:1].upper() + w[1:] for w in line.split())
