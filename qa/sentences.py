"""Where sentences begin and end. The only file that knows sentencex.

sentencex (Wikimedia, MIT) is kept up, needs no model, follows abbreviations and quotation marks in many languages, and
prefers to leave two sentences together over cutting one in half, which suits quoting.
"""

from __future__ import annotations

from itertools import accumulate, pairwise

import sentencex

Span = tuple[int, int]


def sentence_spans(text: str, language: str | None = None) -> list[Span]:
    """The sentences of a text as (start, end), in characters; together they tile it.

    White space belongs to the sentence before it (at the very start, to the first); a paragraph break always ends a
    sentence. `language` is an ISO 639-1 code, English when unknown. An empty text has no sentences.
    """
    pieces: list[str] = sentencex.segment(language or "en", text)
    ends = list(accumulate(map(len, pieces)))
    starts = [end - len(piece) for piece, end in zip(pieces, ends, strict=True) if piece.strip()]
    borders = [0, *starts[1:], len(text)]
    return [(start, end) for start, end in pairwise(borders) if end > start]


def trimmed(text: str, span: Span) -> Span:
    """The span without the white space around it; offsets stay those of the text."""
    start, end = span
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), end - len(stretch) + len(stretch.rstrip())
