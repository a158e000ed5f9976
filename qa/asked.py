"""An earlier question taken apart, for the next one to refer to. Pure rules for English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import Turn
from qa.mentions import Phrase, phrases
from qa.persons import Said
from qa.places import countries_in

AUXILIARY = (
    r"(?:did|do|does|is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|didn['’]t|doesn['’]t|"
    r"don['’]t|isn['’]t|wasn['’]t|weren['’]t|hasn['’]t|won['’]t)"
)
SPLIT = re.compile(rf"^(?P<asked>.+?)\s+(?P<rest>{AUXILIARY}\b.+)$", re.IGNORECASE)
OBJECT = re.compile(r"^(?:\w+\s+)?(?:how many|how much|what|which)\s+(?P<noun>.+)$", re.IGNORECASE)
TOLD = re.compile(r"\s*\(about (?P<topic>.+?)\)+$")
PRONOUN = re.compile(r"\b(?:it|its|they|them|their|he|him|his|she|her|this|that|these|those)\b", re.IGNORECASE)
AGENTS = frozenset(
    """council government police ministry minister president mayor union company court board party parliament committee
    commission officials official authorities military army spokesman spokeswoman judge firm experts scientists analysts
    agency regulator opposition economists critics unions farmers residents campaigners spokesperson""".split()
)
"""Those who say, decide and do things in the news, and are seldom what a question is about."""

FIRST_WORD = re.compile(r"^\S+\s*")
PLACED = re.compile(r"\s+(?:on|at|of|between|in|near)\s+")
"""What ties a name to the thing before it: "the wind farm on Skerrow Ridge"."""

LATELY = 3
"""Turns whose answers a question may go on with."""

MOST_WORDS = 6
"""Words beyond which the rest of a question is too much to be told again."""


@dataclass(frozen=True)
class Asked:
    """An earlier question taken apart: `topic` is what it was told it is about, `before` what was asked before it."""

    body: str
    topic: str | None
    found: tuple[Phrase, ...]
    counted: str | None
    before: str

    @classmethod
    def of(cls, question: str, before: str = "") -> Asked:
        """Take a question apart; `before` are the questions before it."""
        question = question.rstrip("?!. ")
        told = TOLD.search(question)
        body = question[: told.start()] if told else question
        parts = SPLIT.match(body)
        counted = OBJECT.match(parts["asked"]) if parts else None
        noun = (
            counted["noun"] if counted and not re.search(rf"\b{AUXILIARY}\b", counted["noun"], re.IGNORECASE) else None
        )
        return cls(body, told["topic"] if told else None, phrases(body), noun, before.lower())

    def thing(self) -> str | None:
        """What "it" is: the one thing that stands out most, else what the question was told it is about."""
        one = [p for p in self.found if not p.many and self._weight(p) > 0]
        return self._best(one) or (None if not self.counted or one else f"the {self.counted}") or self.topic

    def many(self) -> str | None:
        """What "they" are: what is counted, else the things that stand out most."""
        if self.counted and not any(p.vague for p in phrases(f"see {self.counted}")[-1:]):
            return f"the {self.counted}"
        return self._best([p for p in self.found if p.many and self._weight(p) > 0])

    def group(self) -> str | None:
        """Who "they" are where nothing is many: who is named first."""
        return self._best([p for p in self.found if p.named][:1]) or self.topic

    def about(self) -> str | None:
        """What the question is about: what it was told, or what stands out most; nothing where it names nothing."""
        return self.topic or self._best([p for p in self.found if p.definite or p.named])

    def rest(self) -> str | None:
        """What a question that names nothing asks about: all but how it asks, else its first noun."""
        parts = SPLIT.match(self.body)
        rest = re.sub(rf"^{AUXILIARY}\s+", "", parts["rest"], flags=re.IGNORECASE) if parts else ""
        if re.match(r"(?:why|when|where)\s+(?:is|are|was|were)\b", self.body, re.IGNORECASE) and not PRONOUN.search(
            rest
        ):
            return rest if len(rest.split()) <= MOST_WORDS else None
        return self._best([p for p in self.found if not p.vague])

    def _best(self, among: Sequence[Phrase]) -> str | None:
        """The phrase that stands out most; of equals the first."""
        best = max(among, key=self._weight, default=None)
        return self._whole(best) if best else None

    def _weight(self, phrase: Phrase) -> float:
        """How much a phrase stands out: what a question is "about", then its subject; least a place or who speaks."""
        before = self.body[: phrase.start].rstrip().rsplit(" ", 1)[-1].lower()
        first = bool(self.found) and phrase == self.found[0]
        role = 6.0 if before in ("about", "regarding", "concerning") else 4.0 if first else 3.0
        if before in ("in", "at", "near", "from", "by", "for") and not first:
            role = 1.0 if phrase.named and before != "for" else 2.5
        agent = phrase.head in AGENTS or (phrase.named and bool(countries_in(phrase.bare)[0]))
        vague = phrase.vague and self._whole(phrase) == phrase.text
        new = before in ("any", "other", "some", "more", "many", "else")
        again = phrase.bare.lower() in self.before
        return role + 1.5 * phrase.definite + 1.0 * phrase.named + 3.0 * again - 4.0 * agent - 6.0 * vague - 2.0 * new

    def _whole(self, phrase: Phrase) -> str:
        """A phrase, or what it is of where it says little by itself: "serotonin" for "the role of serotonin"."""
        owner = re.match(r"(?P<who>.+?)['’]s?\s", phrase.text)
        if phrase.vague and owner:
            return owner["who"]
        if phrase.vague and re.match(r"\s+(?:of|for|in)\s+", self.body[phrase.end :]):
            return next((p.text for p in self.found if p.start >= phrase.end), phrase.text)
        after = next((p for p in self.found if p.start >= phrase.end), None)
        placed = after and after.named and PLACED.fullmatch(self.body[phrase.end : after.start])
        return self.body[phrase.start : after.end] if after and placed and phrase.definite else phrase.text


@dataclass(frozen=True)
class Talk:
    """What was said before a question, the earliest turn first; `earlier` are its questions, the latest first.

    `cited` are the titles that the latest answer cites, in their order; `read` the words of what the last few cite.
    """

    asked: tuple[str, ...]
    understood: tuple[str, ...]
    answered: tuple[str, ...]
    earlier: tuple[Asked, ...]
    cited: tuple[str, ...]
    read: frozenset[str]

    @classmethod
    def of(cls, turns: Sequence[Turn]) -> Talk:
        """What some turns said."""
        understood = tuple(turn.answer.query.text for turn in turns)
        taken = [Asked.of(text, " ".join(understood[:i])) for i, text in enumerate(understood)]
        answered = tuple(" ".join(s.text for s in turn.answer.statements) for turn in turns)
        cited = tuple(citation.title for citation in turns[-1].answer.citations)
        texts = [f"{c.title} {c.text}" for turn in turns[-LATELY:] for c in turn.answer.citations]
        read = frozenset(re.findall(r"\w+", " ".join((*texts, *answered[-LATELY:])).lower()))
        return cls(tuple(turn.question for turn in turns), understood, answered, tuple(reversed(taken)), cited, read)

    def topic(self) -> str | None:
        """What it is about: what the latest of its questions that says so is about."""
        about = next(filter(None, (each.about() for each in self.earlier)), None)
        return about or next(filter(None, (each.rest() for each in self.earlier)), None)

    def said(self) -> list[Said]:
        """Its turns, for people to be looked for; a question's first word has a capital without being a name."""
        asked, understood = ([FIRST_WORD.sub("", text) for text in texts] for texts in (self.asked, self.understood))
        return [Said(*texts) for texts in zip(asked, understood, self.answered, strict=True)]
