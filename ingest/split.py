"""An article as passages on sentence borders, each with who says what in it and the times it names. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeVar

from ingest.moments import moments
from ingest.speech.sayings import sayings
from ingest.words import WORD
from qa.sentences import Span, sentence_spans
from qa.types import Article, Moment, Passage, Saying

FEWEST_WORDS = 100
MOST_WORDS = 150
"""Words of a passage: enough to say what it is about, and with its title within the 256 tokens that the default model
reads. Beyond the fewest, a paragraph's end also ends the passage."""

SHORT_TAIL = 50
"""A last passage of fewer words is shared out with the one before it."""

ENDLESS = 300
"""Words after which a sentence is no sentence (a table, a list without stops) and is cut at white space."""

F = TypeVar("F", Saying, Moment)


def split(article: Article) -> tuple[Passage, ...]:
    """The passages of an article, which tile its text; none for an empty text. Ids are `<article id>:<n>`, from 0."""
    sentences = sentence_spans(article.text, article.language)
    units = [unit for span in sentences for unit in _bounded(article.text, span)]
    english = (article.language or "en").lower().startswith("en")  # the rules for what is in a passage know no other
    said = sayings(article.text, sentences) if english else ()
    named = moments(article.text, article.published, sentences) if english else ()
    return tuple(
        Passage(
            id=f"{article.id}:{n}",
            article_id=article.id,
            text=article.text[start:end],
            start=start,
            end=end,
            title=article.title,
            url=article.url,
            publisher=article.publisher,
            authors=article.authors,
            published=article.published,
            said=_within(said, (start, end)),
            moments=_within(named, (start, end)),
        )
        for n, (start, end) in enumerate(_pack(article.text, units))
    )


def _within(found: Sequence[F], span: Span) -> tuple[F, ...]:
    """Those, in order, that begin in a span."""
    first, last = (bisect_left(found, border, key=lambda each: each.start) for border in span)
    return tuple(found[first:last])


def _pack(text: str, units: Sequence[Span]) -> list[Span]:
    groups: list[list[Span]] = [[]]
    words = 0
    for unit in units:
        length = _words(text, unit)
        if words and words + length > MOST_WORDS:
            groups.append([])
            words = 0
        groups[-1].append(unit)
        words += length
        if words >= FEWEST_WORDS and "\n" in text[unit[0] : unit[1]].rstrip(" ")[-2:]:
            groups.append([])
            words = 0
    groups = [group for group in groups if group]
    if len(groups) > 1 and sum(_words(text, unit) for unit in groups[-1]) < SHORT_TAIL:
        tail = groups.pop()
        groups[-1:] = _share(text, groups[-1] + tail)
    return [(group[0][0], group[-1][1]) for group in groups]


def _share(text: str, units: list[Span]) -> list[list[Span]]:
    """The units as one passage if they fit, else as two of about the same length."""
    lengths = [_words(text, unit) for unit in units]
    total = sum(lengths)
    if total <= MOST_WORDS:
        return [units]
    cut = min(range(1, len(units)), key=lambda n: abs(sum(lengths[:n]) - total / 2))
    return [units[:cut], units[cut:]]


def _bounded(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    words = list(WORD.finditer(text, start, end))
    for n in range(ENDLESS, len(words), ENDLESS):
        yield start, words[n].start()
        start = words[n].start()
    yield start, end


def _words(text: str, span: Span) -> int:
    return sum(1 for _ in WORD.finditer(text, *span))
