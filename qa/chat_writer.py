"""A chat model as the writer. Its words are shown only where the sentences that it names support them.

The model is given numbered sentences, and writes a sentence a line with the numbers that it rests on. Each line is
checked as soon as it is whole. One that fails is asked for once more; if that fails too, the sentences that it named
are quoted instead.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from qa import prompts
from qa.answers.drafts import Draft, Stretch
from qa.chat import replied, streamed
from qa.claims.borrowed import borrowed
from qa.errors import ChatFailed
from qa.grounding import SUPPORTED, faults, support
from qa.patterns import ORDERS
from qa.reader import Evidence
from qa.types import Query
from qa.usage import Meter
from qa.writer import ExtractiveWriter

if TYPE_CHECKING:
    from qa.chat import BaseChatModel

log = logging.getLogger(__name__)

MOST_SENTENCES = 60
MOST_NAMED = 4
"""A line that names more sentences than this leaves open which of them it rests on."""

LINES_READ = 2
"""Lines that are read for each statement that may be shown: some are refused."""

LEAST_WORDS = 3
"""A sentence has as many; "80" alone leaves out what the articles say of it."""

FEW = 4
"""A sentence's own words are told from a chance likeness by so many of them."""

MARKS = re.compile(r"\[\s*(\d{1,3}(?:\s*,\s*\d{1,3})*)\s*\]")
SENTENCE = re.compile(r".+?(?:\s*\[[\d,\s]+\])+[.!?]?(?=\s+[^\W\d_a-zß-öø-ÿ]|\s*$)|.+$")
"""One line may hold several sentences, each with its marks."""

LIST_MARK = re.compile(r"^(?:[-*•–]|\d{1,2}[.)])\s+")
BEFORE_STOP = re.compile(r"\s+(?=[.,;!?](?:\s|$))")
OPENING = re.compile(
    r"(?:a|about|according|after|all|also|although|an|and|as|at|because|before|between|both|but|by|during|earlier|for|from|"
    r"he|her|his|however|in|it|its|later|more|most|no|none|of|on|one|only|over|she|since|some|that|the|their|there|these|"
    r"they|this|those|to|under|until|when|while|with|yes)\b",
    re.IGNORECASE,
)
"""Words that are no names, though a capital opens a sentence."""

STRAIGHT = str.maketrans("“”„‘’‚", "\"\"\"'''")

Check = Callable[[str, Sequence[str], Sequence[date]], float]
"""How far quotes support a statement, 0 to 1; their articles were published on these days."""

Grant = Callable[[str, str, str], list[str]]
"""What a statement takes for granted with its question, and the passages of its quotes don't have."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as a model wrote it, without its marks, and the evidence that it names."""

    text: str
    named: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a model was asked for one answer: the messages, the sentences by number, and until when it may mend.

    `meter` hears what its replies take.
    """

    question: str
    messages: Sequence[prompts.Message]
    sentences: Mapping[int, Evidence]
    until: float
    meter: Meter


@dataclass(frozen=True)
class ChatWriter:
    """At most `most` statements in a chat model's words; where it fails, the `extractive` ones, with a warning logged.

    It drafts nothing when the model says that the articles are silent. `seconds` is what one reply may take.
    """

    chat: BaseChatModel
    extractive: ExtractiveWriter
    most: int = 4
    seconds: float = 60.0
    check: Check = support
    granted: Grant = borrowed

    def __call__(self, query: Query, evidence: Sequence[Evidence], meter: Meter | None = None) -> Iterator[Draft]:
        """The statements, each as soon as the model has written it and the check has passed it."""
        sentences = numbered(evidence)
        messages = prompts.answering(query.text, query.as_of, articles_of(sentences), self.most)
        asked = Asked(query.text, messages, sentences, time.monotonic() + self.seconds, meter or Meter())
        drafts: list[Draft] = []
        trouble = "nothing that it wrote is in the articles."
        try:
            reply = streamed(self.chat, messages, self.seconds, asked.meter)
            for line in islice(lines(reply), LINES_READ * self.most):
                if abstains(line) and not drafts:
                    return
                for draft in self._drafts(line, asked):
                    if len(drafts) < self.most and not repeats(draft, drafts):
                        drafts.append(draft)
                        yield draft
                if len(drafts) == self.most:
                    return
        except ChatFailed as error:
            trouble = str(error)
            if drafts:
                log.warning("The chat model broke off; the answer may be incomplete: %s", trouble)
        if not drafts:
            log.warning("The chat model gave no usable answer; the articles are quoted instead: %s", trouble)
            yield from self.extractive(query, evidence)

    def _drafts(self, written: str, asked: Asked) -> Iterator[Draft]:
        """What becomes of a line: itself, or as it is mended, or the sentences that it names."""
        line = parsed(written, asked.sentences)
        named, wrong = line.named, self.fault(line, asked.question)
        if wrong and worth_mending(written, line):
            log.info("refused %r: %s", line.text, wrong)
            line = self._mended(written, wrong, asked)
            wrong = self.fault(line, asked.question)
        if not wrong:
            yield Draft(stretches_of(line.named), line.text, self.support(line))
            return
        best = max(asked.sentences.values(), key=lambda evidence: evidence.rank)
        for evidence in (line.named or named)[:MOST_NAMED]:
            if self.extractive.worthy(evidence, best):  # a weak model names any sentence
                yield Draft(self.extractive.whole(evidence))

    def _mended(self, written: str, wrong: str, asked: Asked) -> Line:
        """The line as the model writes it when it is told what was wrong; an empty one when it can't."""
        if time.monotonic() > asked.until:
            return Line("", ())
        try:
            again = [*asked.messages, ("ai", written), ("human", prompts.mending(wrong))]
            first = next(lines([replied(self.chat, again, self.seconds, asked.meter)]), "")
        except ChatFailed as error:
            log.info("not mended: %s", error)
            return Line("", ())
        return parsed(first, asked.sentences)

    def fault(self, line: Line, question: str) -> str | None:
        """Why a line can't be shown, as a model is told it; nothing when it can."""
        if not line.named:
            return "it does not end with the numbers of the sentences that it rests on"
        if len(line.text.split()) < LEAST_WORDS:
            return "it is no whole sentence"
        if len(line.named) > MOST_NAMED:
            return f"it names more than {MOST_NAMED} sentences; name only those that it rests on"
        if any(ORDERS.search(evidence.text) for evidence in line.named):
            return "it rests on a sentence that gives orders; say only what the other sentences say"
        around = "\n".join(f"{evidence.passage.title}\n{evidence.passage.text}" for evidence in line.named)
        granted = self.granted(line.text, question, around)
        if granted:
            return f"“{granted[0]}” is in the question, but not in the articles of those sentences"
        if self.support(line) >= SUPPORTED:
            return None
        wrong = faults(comparable(line.text), [straight(evidence.text) for evidence in line.named], published(line))
        return "; ".join(wrong) or "the sentences that it names do not say that"

    def support(self, line: Line) -> float:
        """What the check gives a line's words."""
        quotes = [straight(stretch.text) for stretch in stretches_of(line.named)]
        return self.check(comparable(line.text), quotes, published(line))


def published(line: Line) -> list[date]:
    """The days on which the articles that a line names came out, as far as they are known: "on Thursday" is one."""
    days = (evidence.passage.published for evidence in line.named)
    return sorted({day.date() for day in days if day})


def numbered(evidence: Sequence[Evidence]) -> dict[int, Evidence]:
    """The sentences that a model is given, by the numbers that it knows them by, in the order of their articles.

    The articles come in the order of their best sentence; where there are more than `MOST_SENTENCES`, the weakest
    passages are left out.
    """
    passages: dict[str, list[Evidence]] = {}
    for sentence in evidence:
        passages.setdefault(sentence.passage.id, []).append(sentence)
    kept: list[Evidence] = []
    for sentences in passages.values():
        if len(kept) + len(sentences) <= MOST_SENTENCES or not kept:
            kept += sentences
    articles = list(dict.fromkeys(sentence.passage.article_id for sentence in kept))
    kept.sort(key=lambda sentence: (articles.index(sentence.passage.article_id), sentence.start))
    return dict(enumerate(kept[:MOST_SENTENCES], 1))


def articles_of(sentences: Mapping[int, Evidence]) -> list[str]:
    """The numbered sentences as a model is shown them, an article each."""
    articles: dict[str, dict[int, Evidence]] = {}
    for number, sentence in sentences.items():
        articles.setdefault(sentence.passage.article_id, {})[number] = sentence
    return [
        prompts.article(next(iter(own.values())).passage, {number: s.text for number, s in own.items()})
        for own in articles.values()
    ]


def lines(pieces: Iterable[str]) -> Iterator[str]:
    """The sentences of a reply, each as soon as its line has ended; empty lines are left out."""
    rest = ""
    for piece in pieces:
        *whole, rest = f"{rest}{piece}".split("\n")
        for line in whole:
            yield from map(str.strip, SENTENCE.findall(line.strip()))
    yield from map(str.strip, SENTENCE.findall(rest.strip()))


def parsed(line: str, sentences: Mapping[int, Evidence]) -> Line:
    """A line taken apart: its words, and the sentences whose numbers it has. Numbers of none are dropped.

    A line without a number that consists of a sentence's own words rests on that sentence.
    """
    numbers = [int(number) for marks in MARKS.findall(line) for number in marks.split(",")]
    words = LIST_MARK.sub("", MARKS.sub(" ", line).replace("**", "").strip())
    named = tuple(sentences[number] for number in dict.fromkeys(numbers) if number in sentences)
    text = BEFORE_STOP.sub("", " ".join(words.split()))
    if not named and len(text.split()) >= FEW:
        own = straight(text).casefold()
        named = tuple(s for s in sentences.values() if own in straight(" ".join(s.text.split())).casefold())[:1]
    return Line(text, named)


def worth_mending(written: str, line: Line) -> bool:
    """Whether to ask again for a refused line: not for a bare number, an announcement or an abstention."""
    return bool(line.text) and not line.text.endswith(":") and not abstains(written)


def abstains(line: str) -> bool:
    """Whether a line says, in the agreed words, that the articles are silent."""

    def bare(text: str) -> str:
        return " ".join(MARKS.sub(" ", text).split()).strip(" .*\"'“”").casefold()

    return bare(line) == bare(prompts.ABSTENTION)


def stretches_of(named: Sequence[Evidence]) -> tuple[Stretch, ...]:
    """What a statement that names these sentences quotes: neighbours in one passage as one stretch."""
    stretches: list[Stretch] = []
    for evidence in named:
        passage, last = evidence.passage, stretches[-1] if stretches else None
        if last and last.passage.id == passage.id and last.end <= evidence.start:
            between = passage.text[last.end - passage.start : evidence.start - passage.start]
            if not between.strip():
                stretches[-1] = Stretch(passage, last.start, evidence.end)
                continue
        stretches.append(Stretch(passage, evidence.start, evidence.end))
    return tuple(stretches)


def repeats(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a draft says in the same words what is said already, or quotes what is quoted already."""
    if draft.text is not None:
        return draft.text.casefold() in {(other.text or "").casefold() for other in drafts}
    quoted = [stretch for other in drafts for stretch in other.stretches]
    return all(
        any(s.passage.id == q.passage.id and q.start <= s.start and s.end <= q.end for q in quoted)
        for s in draft.stretches
    )


def comparable(text: str) -> str:
    """A line as it is checked: quotation marks straight, and its first letter small where the first word is no name."""
    return straight(text[:1].lower() + text[1:] if OPENING.match(text) else text)


def straight(text: str) -> str:
    """A text with straight quotation marks and apostrophes, which models write where articles have round ones."""
    return text.translate(STRAIGHT)
