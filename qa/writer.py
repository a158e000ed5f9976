"""From evidence to statements. The extractive writer says nothing in its own words: it selects and quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qa.patterns import NUMBER, SAYING
from qa.reader import Evidence
from qa.sentences import sentence_spans, trimmed
from qa.types import Citation, Passage, Query, Quote, Statement

LEANS = re.compile(
    r"[\"“‘'«]?(?:he|she|they|it|his|her|their|its|this|that|these|those|both|neither|such|but|however|instead|"
    r"meanwhile|also|the (?:two|pair|former|latter|move|decision|statement|report))\b",
    re.IGNORECASE,
)
"""A sentence that begins so speaks of something in the sentence before it."""

RETRACTS = re.compile(
    r"(?:that|this|it|which|the (?:claim|figure|report|number)) (?:was|is|were|turned out to be|proved) "
    r"(?:wrong|incorrect|false|untrue|not (?:true|so|correct|right)|mistaken|inaccurate|an error|a mistake)\b",
    re.IGNORECASE,
)
"""A sentence that begins so takes back the one before it, which must not be shown without it."""

NOT = re.compile(r"\b(?:not|never|no|nobody|neither|nor)\b|n[’']t\b", re.IGNORECASE)
HE_SAID = re.compile(rf"\b(?:he|she|they)\s+(?:also\s+)?{SAYING.pattern}", re.IGNORECASE)
QUOTED = re.compile(r"[“\"«][^”\"»]*(?:[”\"»]|$)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one passage that is to be quoted; offsets into the article."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The stretch, to the character."""
        return self.passage.text[self.start - self.passage.start : self.end - self.passage.start]


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before its citations are numbered: what it quotes, and its words; without words, the quotes speak.

    `support` is what the check gave the words.
    """

    stretches: tuple[Stretch, ...]
    text: str | None = None
    support: float = 1.0


@dataclass(frozen=True)
class ExtractiveWriter:
    """One to `most` statements, each a sentence of an article, or two where the second leans on the first.

    `passages` looks passages up by id, for the sentence before a passage's first; `terms` gives the words by which two
    sentences are told to say the same. A further sentence must reach `share` of the best one's rank; the one right
    before or behind the best one need only reach `beside` of it, and is shown in one statement with it.
    """

    passages: Callable[[Sequence[str]], list[Passage]]
    terms: Callable[[str], list[str]]
    most: int = 4
    share: float = 0.5
    beside: float = 0.37
    alike: float = 0.8

    def __call__(self, query: Query, evidence: Sequence[Evidence]) -> Iterator[Draft]:
        """What each statement quotes, in the order of reading: the best first, then its article's, then by time."""
        chosen: list[tuple[Evidence, tuple[Stretch, ...]]] = []
        for candidate in evidence:
            if len(chosen) == self.most:
                break
            if not self.worthy(candidate, evidence[0]):
                continue
            stretches = self.whole(candidate)
            if not chosen:
                stretches = joined(stretches, self._neighbour(candidate, evidence))
            if not any(self._repeats(stretches, other) for _, other in chosen):
                chosen.append((candidate, stretches))
        yield from (Draft(stretches) for _, stretches in _in_order(chosen))

    def worthy(self, candidate: Evidence, best: Evidence) -> bool:
        """Whether a sentence answers well enough beside the best one."""
        return candidate.rank >= self.share * best.rank and candidate.answers >= self.share * best.answers

    def _neighbour(self, best: Evidence, evidence: Sequence[Evidence]) -> Evidence | None:
        """The better of the sentences right before and behind the best one, if it is good enough to stand with it."""

        def adjoins(other: Evidence) -> bool:
            first, second = sorted((best, other), key=lambda e: e.start)
            between = best.passage.text[first.end - best.passage.start : second.start - best.passage.start]
            return other.passage.id == best.passage.id and first.end <= second.start and not between.strip()

        near = (e for e in evidence if e is not best and e.rank >= self.beside * best.rank and adjoins(e))
        return next(near, None)

    def whole(self, evidence: Evidence) -> tuple[Stretch, ...]:
        """The sentence, with the one before it where it can't stand alone and the one behind it that takes it back."""
        passage, end = evidence.passage, _end(evidence)
        if not leans(evidence.text):
            return (Stretch(passage, evidence.start, end),)
        before = passage.text[: evidence.start - passage.start]
        if before.strip():
            start, _ = _last_sentence(before)
            return (Stretch(passage, passage.start + start, end),)
        article_id, _, n = passage.id.rpartition(":")
        earlier = self.passages([f"{article_id}:{int(n) - 1}"]) if n.isdigit() and int(n) else []
        last = [Stretch(p, p.start + a, p.start + b) for p in earlier for a, b in [_last_sentence(p.text)]]
        return (*last, Stretch(passage, evidence.start, end))

    def _repeats(self, one: tuple[Stretch, ...], other: tuple[Stretch, ...]) -> bool:
        if any(a.passage.article_id == b.passage.article_id and a.start < b.end and b.start < a.end
               for a in one for b in other):  # fmt: skip
            return True
        texts = [" ".join(s.text for s in stretches) for stretches in (one, other)]
        if _figures(texts[0]) != _figures(texts[1]):  # "12 dead" is no copy of "14 dead", nor "did" of "did not"
            return False
        first, second = (set(self.terms(text)) for text in texts)
        return len(first & second) >= self.alike * min(len(first), len(second))


def joined(stretches: tuple[Stretch, ...], neighbour: Evidence | None) -> tuple[Stretch, ...]:
    """The stretches with a sentence that adjoins the last of them."""
    if neighbour is None:
        return stretches
    *others, last = stretches
    start, end = min(last.start, neighbour.start), max(last.end, neighbour.end)
    return (*others, Stretch(last.passage, start, end))


def _figures(text: str) -> set[str]:
    """The numbers and negations of a text."""
    return {match.group().casefold() for match in (*NUMBER.finditer(text), *NOT.finditer(text))}


def leans(sentence: str) -> bool:
    """Whether a sentence needs the one before it: it begins with a pronoun, or is a quotation whose speaker it doesn't
    name.
    """
    if LEANS.match(sentence):
        return True
    around = QUOTED.sub(" ", sentence)
    return sentence.startswith(("“", '"', "«")) and (not SAYING.search(around) or bool(HE_SAID.search(around)))


def statements_of(drafts: Sequence[Draft]) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Statements and the citations they rest on, numbered from 1 in order of appearance, one number a passage."""
    numbers: dict[str, int] = {}
    cited: dict[str, Passage] = {}
    statements = []
    for draft in drafts:
        quotes = []
        for stretch in draft.stretches:
            passage = stretch.passage
            cited[passage.id] = passage
            number = numbers.setdefault(passage.id, len(numbers) + 1)
            quotes.append(Quote(passage.article_id, passage.id, stretch.start, stretch.end, stretch.text, number))
        text = draft.text or " ".join(" ".join(quote.text for quote in quotes).split())
        statements.append(Statement(text, draft.support, tuple(quotes)))
    citations = tuple(
        Citation(numbers[p.id], p.article_id, p.id, p.title, p.publisher, p.authors, p.published, p.url, p.text)
        for p in cited.values()
    )
    return tuple(statements), citations


def _in_order(
    chosen: Sequence[tuple[Evidence, tuple[Stretch, ...]]],
) -> list[tuple[Evidence, tuple[Stretch, ...]]]:
    if not chosen:
        return []
    first, rest = chosen[0], chosen[1:]
    article_id = first[0].passage.article_id

    def place(item: tuple[Evidence, tuple[Stretch, ...]]) -> tuple[bool, float, str, int]:
        passage = item[0].passage
        moment = passage.published.timestamp() if passage.published else float("inf")
        return (passage.article_id != article_id, moment, passage.article_id, item[0].start)

    return [first, *sorted(rest, key=place)]


def _end(evidence: Evidence) -> int:
    """Where a sentence ends, or the one behind it if that takes it back; an offset into the article."""
    offset = evidence.end - evidence.passage.start
    rest = evidence.passage.text[offset:]
    spans = sentence_spans(rest)
    if not spans:
        return evidence.end
    start, end = trimmed(rest, spans[0])
    return evidence.end + end if RETRACTS.match(rest[start:end]) else evidence.end


def _last_sentence(text: str) -> tuple[int, int]:
    return trimmed(text, sentence_spans(text)[-1])
