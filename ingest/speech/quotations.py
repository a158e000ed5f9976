"""What stands between quotation marks in a text, masked so that rules about sentences see none of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.sentences import Span

MASK = "\0"
"""Stands for each character that is quoted; offsets stay those of the text."""

PAIRED = re.compile(
    r"“[^“”\n]+”|(?<![\w\"])\"[^\"\s][^\"\n]*\"(?!\w)|"
    r"(?<![\w‘])‘[^‘\n]*?[.,!?…—]’(?!\w)|(?<![\w‘])‘[^‘’\n]+’(?!\w)"
)
UNCLOSED = re.compile(r"“(?=[^“”\0]*$)|(?<![\w\0])\"(?=[^\"\0]*$)")
QUOTE = re.compile(r"[“\"‘](?P<words>\0+)[”\"’]?")
CLOSED = re.compile(r"[“\"‘](?P<words>\0+)(?:[”\"’],?|,[”\"’])\s*$")
ALONE = re.compile(rf"\s*{QUOTE.pattern}\s*")
"""A quote in masked text; one with which a stretch ends; one that is all there is."""
GOES_ON = re.compile(r"\s*(?:(?:[”\"’],?|,)\s*)?[a-z]")


def masked(text: str) -> tuple[str, frozenset[int]]:
    """The text masked, and where paragraphs begin that go on with a quote left open by the one before."""
    pieces: list[str] = []
    unclosed: set[int] = set()
    open_before = False
    for paragraph in re.finditer(r"[^\n]*\n?", text.replace(MASK, " ")):
        line = PAIRED.sub(lambda m: m[0][0] + MASK * (len(m[0]) - 2) + m[0][-1], paragraph[0])
        rest = UNCLOSED.search(line)
        if paragraph[0].strip():
            if open_before and re.match(r"\s*[“\"]", paragraph[0]):
                unclosed.add(paragraph.start())
            open_before = rest is not None
        if rest:
            inner = len(line[rest.end() :].rstrip())
            line = line[: rest.end()] + MASK * inner + line[rest.end() + inner :]
        pieces.append(line)
    return "".join(pieces), frozenset(unclosed)


def units(masked_text: str, spans: Sequence[Span]) -> list[Span]:
    """Sentences, those joined that a quote holds together."""
    found: list[Span] = []
    for start, end in spans:
        inside = MASK in masked_text[start - 1 : start + 1] or GOES_ON.match(masked_text, start, end)
        if found and (inside or _ends_within(masked_text, found[-1])) and "\n" not in masked_text[start - 1 : start]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _ends_within(masked_text: str, unit: Span) -> bool:
    return masked_text[: unit[1]].rstrip(" ").endswith(MASK)
