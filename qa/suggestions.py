"""Questions that a passage may answer, made of its own sentences. Pure rules for English.

What somebody said becomes "What did … say about …?", a counted subject "How many …?", and what was done on a day "When
was …?". Other sentences give none: a question that reads badly is worse than one less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from qa.mentions import OF_SOMETHING, Phrase, phrases
from qa.patterns import NUMBER, SAYING, TIME
from qa.sentences import sentence_spans, trimmed
from qa.types import Passage, Saying

COUNTED = re.compile(
    rf"^(?:(?:about|at least|some|nearly|almost|around|more than|up to|only|another|a further) )?(?:{NUMBER.pattern})"
    r"(?: and a half)? (?:of the )?(?P<what>(?:[a-z][a-z-]+ ){0,2}(?:[a-z-]+s|people|men|women|children)) (?P<rest>"
    r"(?:were|was|are|have|had|will|died|drowned|voted|took part|attended)\b(?! not\b)"
    r"(?:(?! and )[^,.;:()“”\"—–]){3,70})",
    re.IGNORECASE,
)
DONE = re.compile(
    r"^(?P<what>The (?:[\w’'-]+ ){0,4}[\w’'-]+) (?P<verb>was|were|will be) (?P<done>(?!not\b|also\b|still\b|already\b)"
    r"\w+(?:ed|en|un|ld|lt|nt|ut)\b[^,.;:()“”\"—–]{0,50}?) (?:(?:early |late )?(?:on|in|at|since|until|by) )(?P<when>"
    r"[^,.;:]{3,40})"
)
OPEN = re.compile(
    r"\b(?:it|its|they|them|their|he|him|his|she|her|this|that|these|those|there|here|we|our|us|i|my)\b", re.I
)
"""Words that mean nothing without the sentence before."""

NAMED_AFTER_A_ROLE = re.compile(
    r"(?:[a-z][\w’'-]*\s+){1,4}(?P<name>(?:[^\W\d_a-zß-öø-ÿ][\w’'-]*\s+)+[^\W\d_a-zß-öø-ÿ][\w’'-]*)"
)
MOST_WORDS_OF_A_SPEAKER = 5
MOST_WORDS_OF_A_TOPIC = 5
FEWEST_MENTIONS = 2
"""Times that an article has to name what a question about it is about, the words themselves counted."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question, and the stretch of an article from which it was made: where its answer should be found."""

    question: str
    article_id: str
    start: int
    end: int

    def overlaps(self, article_id: str, start: int, end: int) -> bool:
        """Whether it was made of a stretch that this one shares characters with."""
        return article_id == self.article_id and start < self.end and self.start < end


def suggestions(passages: Sequence[Passage]) -> list[Suggestion]:
    """Questions for these passages of one article, each once: one of each passage, then a second, and so on."""
    article = "\n".join([*(passages[0].title for _ in passages[:1]), *(passage.text for passage in passages)])
    found = {
        each.question.casefold(): each for each in in_turn([_of_passage(passage, article) for passage in passages])
    }
    return list(found.values())


def in_turn(lists: Sequence[Sequence[Suggestion]]) -> list[Suggestion]:
    """The first of each list, then the second of each, and so on."""
    return [each for row in zip_longest(*lists) for each in row if each is not None]


def _of_passage(passage: Passage, article: str) -> list[Suggestion]:
    said = list(_asked_of_speech(passage, article))
    told = list(_asked_of_sentences(passage))
    return in_turn([told, said])


def _asked_of_speech(passage: Passage, article: str) -> Iterator[Suggestion]:
    for saying in passage.said:
        speaker, topic = _speaker(saying.speaker, article), _topic(saying, article)
        if speaker and topic:
            question = f"What did {speaker} say about {topic}?"
            yield Suggestion(question, passage.article_id, saying.start, saying.end)


def _speaker(name: str, article: str) -> str | None:
    """Who spoke, as the subject of a question; nothing for one who isn't named. A role before a full name goes."""
    if OPEN.search(name) or not re.search(r"[^\W\d_a-zß-öø-ÿ]", name):
        return None
    named = NAMED_AFTER_A_ROLE.fullmatch(name)
    name = named["name"] if named else name
    if len(name.split()) > MOST_WORDS_OF_A_SPEAKER:
        return None
    the = re.search(rf"\bthe {re.escape(name)}\b", article, re.IGNORECASE)
    if the:
        return f"the {name}"
    return name if name[:1].isupper() else None


def _topic(saying: Saying, article: str) -> str | None:
    """What the words are about: a name or a thing in them of which the article speaks elsewhere too."""
    own = {word.lower() for word in saying.speaker.split()}
    found = [p for p in phrases(f"see {saying.words}") if _can_be_asked_about(p, own, article)]
    if not found:
        return None
    best = max(found, key=lambda p: (p.named, len(p.bare), -p.start))
    return f"the {best.bare}" if best.definite and best.text.lower().startswith("the ") else best.text


def _can_be_asked_about(phrase: Phrase, speaker: set[str], article: str) -> bool:
    words = phrase.bare.lower().split()
    return (
        (phrase.named or phrase.definite)
        and len(words) <= MOST_WORDS_OF_A_TOPIC
        and not speaker & set(words)
        and not OPEN.search(phrase.text)
        and not (len(words) == 1 and phrase.head in OF_SOMETHING)
        and not TIME.search(phrase.text)
        and not NUMBER.fullmatch(phrase.bare)
        and not phrase.bare.endswith(("’s", "'s"))
        and not re.search(r"[^\w\s’'&.-]", phrase.text)
        and len(re.findall(rf"\b{re.escape(phrase.bare)}\b", article, re.IGNORECASE)) >= FEWEST_MENTIONS
    )


def _asked_of_sentences(passage: Passage) -> Iterator[Suggestion]:
    for span in sentence_spans(passage.text):
        start, end = trimmed(passage.text, span)
        sentence = passage.text[start:end]
        question = _how_many(sentence) or _when(sentence)
        if question and not OPEN.search(question):
            yield Suggestion(question, passage.article_id, passage.start + start, passage.start + end)


def _how_many(sentence: str) -> str | None:
    found = COUNTED.match(sentence)
    return f"How many {found['what']} {_before_saying(found['rest'])}?" if found else None


def _when(sentence: str) -> str | None:
    found = DONE.match(sentence)
    if not found or (not TIME.match(found["when"]) and not TIME.search(found["when"])):
        return None
    what = found["what"][:1].lower() + found["what"][1:]
    if found["verb"] == "will be":
        return f"When will {what} be {found['done']}?"
    return f"When {found['verb']} {what} {found['done']}?"


def _before_saying(rest: str) -> str:
    """The rest of a clause without a time at its end, which a question needn't give away."""
    said = SAYING.search(rest)
    rest = rest[: said.start()] if said else rest
    return re.sub(r"\s+(?:when|while|after|before|as)\s.*$", "", rest).strip()
