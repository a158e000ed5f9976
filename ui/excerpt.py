"""The part of a passage that shows a quote where it stands: its sentence, and one on either side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.sentences import Span, sentence_spans


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an excerpt, quoted or not."""

    text: str
    quoted: bool = False


def excerpt(passage: str, quotes: Sequence[str]) -> list[Piece]:
    """The sentences of a passage around its quotes, in pieces; an ellipsis where it was cut.

    A quote that runs beyond the passage stands there alone, as it is.
    """
    spans = _merged([(start, start + len(quote)) for quote in quotes if (start := passage.find(quote)) >= 0])
    beyond = [quote for quote in dict.fromkeys(quotes) if quote not in passage]
    pieces = [piece for quote in beyond for piece in (Piece(quote, quoted=True), Piece(" "))]
    if not spans:
        return pieces[:-1]
    start, end = _window(passage, spans)
    if start > 0:
        pieces.append(Piece("… "))
    at = start
    for left, right in spans:
        pieces += [Piece(passage[at:left]), Piece(passage[left:right], quoted=True)]
        at = right
    pieces.append(Piece(passage[at:end].rstrip()))
    if end < len(passage):
        pieces.append(Piece(" …"))
    return [piece for piece in pieces if piece.text]


def _window(passage: str, spans: Sequence[Span]) -> Span:
    sentences = sentence_spans(passage)
    first, last = spans[0][0], spans[-1][1]
    inside = [i for i, (start, end) in enumerate(sentences) if start < last and end > first]
    return sentences[max(inside[0] - 1, 0)][0], sentences[min(inside[-1] + 1, len(sentences) - 1)][1]


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
