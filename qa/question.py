"""From a question and the turns before it to one that stands alone. Rules, no model.

A follow-up is read against the question before it, as that one was understood: a fragment takes the rest of that
question ("And between which dates?"), "what about X" puts X in the place of its like, a pronoun gives way to what it
stands for, and a short question that names nothing is told what it is about. Any other question is left as it is, so
that a new topic stays a new topic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.lexical import STOPWORDS
from qa.patterns import NAME, TIME, names_in
from qa.types import Turn

AUXILIARY = (
    r"(?:did|do|does|is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|didn['’]t|doesn['’]t|"
    r"don['’]t|isn['’]t|wasn['’]t|weren['’]t|hasn['’]t|won['’]t)"
)
LEAD = re.compile(r"^(?:(?:and|but|so|then|also|ok|okay|now|well)\b[\s,]*)+", re.IGNORECASE)
ABOUT = re.compile(r"^(?:what|how) about\s+(?P<what>.+)$", re.IGNORECASE)
PREPOSITION = re.compile(
    r"^(?:in|on|at|by|for|from|to|with|since|until|between|of|during|under|over)\s+", re.IGNORECASE
)
ASKING = re.compile(rf"(?:{PREPOSITION.pattern})?(?:what|which|who|whom|whose|when|where|why|how)\b", re.IGNORECASE)
ORDER = re.compile(r"^(?:tell|describe|explain|list|give|show|summari[sz]e|compare|name|find|please)\b", re.IGNORECASE)
SPLIT = re.compile(rf"^(?P<asked>.+?)\s+(?P<rest>{AUXILIARY}\b.+)$", re.IGNORECASE)
VERB = re.compile(
    rf"\b(?:(?i:{AUXILIARY})|[a-z]{{3,}}ed|said|says?|told|hit|won|lost|made|took|went|came|got|fell|rose|sank)\b"
)
OBJECT = re.compile(r"^(?:\w+\s+)?(?:how many|how much|what|which)\s+(?P<noun>.+)$", re.IGNORECASE)
PHRASE = re.compile(
    r"\b(?P<article>the|a|an)\s+(?!they\b|it\b|he\b|she\b)(?P<noun>(?:[\w’'-]+\s+){0,3}?[\w’'-]+)"
    r"(?=\s*(?:[?.,;:!)]|$|\b(?:in|on|at|of|to|by|for|from|with|after|before|during|since|over|under|about|and|or|that|"
    r"which|who|is|was|were|are|will|would|say|said|land|do|did|has|have|had|\w{3,}ed|\w{3,}ing)\b))",
    re.IGNORECASE,
)
PERSON = re.compile(r"\b(?P<case>he|him|his|she|her|hers)\b", re.IGNORECASE)
MANY = re.compile(r"\b(?P<case>they|them|their|theirs)\b", re.IGNORECASE)
THING = re.compile(r"\b(?P<case>it|its)\b", re.IGNORECASE)
POSSESSIVE = frozenset({"his", "hers", "their", "theirs", "its"})
POINTING = re.compile(
    r"\b(?:it|its|they|them|their|he|him|his|she|her|this|that|these|those|there|else|others?|more|still|again|any\w*|"
    r"some(?:one|thing|body)|people|happen(?:s|ed)?)\b",
    re.IGNORECASE,
)
"""Words by which a question that names nothing shows that it goes on with the one before it."""

TOLD = re.compile(r"\s*\(about (?P<topic>.+?)\)+$")
SPEAKER = re.compile(
    rf"(?:said|told|added|warned|asked|wrote|argued|replied)\s+(?P<after>{NAME.pattern})|"
    rf"(?P<before>{NAME.pattern})(?:,[^,.]{{1,80}},)?\s+(?:said|told|added|warned|says|wrote|argued|replied)"
)
MOST_WORDS_OF_A_FRAGMENT = 5
MOST_WORDS_OF_A_BARE_QUESTION = 3
LONGEST = 40
"""Words of a question before, beyond which it is no question to refer to."""


@dataclass(frozen=True)
class Mentions:
    """What a question mentions, for the next one to refer to. `topic` is what it was itself told it is about."""

    body: str
    topic: str | None
    names: list[str]
    things: list[str]
    counted: str | None

    @classmethod
    def of(cls, question: str) -> Mentions:
        """Take a question apart; `things` are its phrases with an article, those with "the" last."""
        told = TOLD.search(question)
        body = (question[: told.start()] if told else question).rstrip("?!. ")
        phrases = sorted(PHRASE.finditer(body), key=lambda match: match["article"].lower() == "the")
        parts = SPLIT.match(body)
        counted = OBJECT.match(parts["asked"]) if parts else None
        noun = (
            counted["noun"] if counted and not re.search(rf"\b{AUXILIARY}\b", counted["noun"], re.IGNORECASE) else None
        )
        return cls(
            body=body,
            topic=told["topic"] if told else None,
            names=names_in(body),
            things=[match.group() for match in phrases],
            counted=f"the {noun}" if noun else None,
        )

    def thing(self) -> str | None:
        """What "it" is."""
        return next(filter(None, (*self.things[-1:], self.counted, *self.names[-1:], self.topic)), None)

    def group(self) -> str | None:
        """Whom "they" are: what is counted, else whoever is named first."""
        return next(filter(None, (self.counted, *self.names[:1], *self.things[-1:], self.topic)), None)

    def about(self) -> str | None:
        """What the question is about: what it was told, a thing or a name, else all but how it asks."""
        definite = [thing for thing in self.things if thing.lower().startswith("the ")]
        parts = SPLIT.match(self.body)
        rest = re.sub(rf"^{AUXILIARY}\s+", "", parts["rest"], flags=re.IGNORECASE) if parts else ""
        plain = rest if rest and not POINTING.search(rest) and rest.lower() not in STOPWORDS else None
        return next(filter(None, (self.topic, *definite[-1:], *self.names[:1], plain)), None)


def stand_alone(question: str, turns: Sequence[Turn] = ()) -> str:
    """The question in a form that can be understood without the turns before it; white space is tidied."""
    asked = " ".join(question.split())
    if not turns:
        return asked
    last = turns[-1]
    before = Mentions.of(last.answer.query.text)
    if len(before.body.split()) > LONGEST:
        return asked
    bare = LEAD.sub("", asked)
    about = ABOUT.match(bare)
    if about:
        return _substitute(before, about["what"].rstrip("?!. "))
    if _is_fragment(bare):
        return _complete(bare, before)
    resolved = _resolve(bare, before, " ".join(s.text for s in last.answer.statements))
    topic = before.about()
    if topic and _goes_on(resolved):
        return _sentence(f"{resolved.rstrip('?!. ')} (about {topic})?")
    return asked if resolved == bare == asked else _sentence(resolved)


def _is_fragment(text: str) -> bool:
    """Whether a text asks without saying of what: an interrogative and no verb, or no more than a phrase."""
    words = text.rstrip("?!. ").split()
    if VERB.search(text) or ORDER.match(text):
        return False
    bare_question = ASKING.match(text) and not PREPOSITION.match(text)
    return 0 < len(words) <= (MOST_WORDS_OF_A_BARE_QUESTION if bare_question else MOST_WORDS_OF_A_FRAGMENT)


def _complete(fragment: str, before: Mentions) -> str:
    """The fragment with the rest of the question before: "between which dates" + "How many missiles did X fire?"."""
    phrase = fragment.rstrip("?!. ")
    if not ASKING.match(phrase):
        return _substitute(before, phrase)
    parts = SPLIT.match(before.body)
    if not parts:
        return _sentence(f"{phrase} {before.body}?")
    counted = OBJECT.match(parts["asked"])
    lost = f" {counted['noun']}" if counted else ""
    return _sentence(f"{phrase} {parts['rest']}{lost}?")


def _substitute(before: Mentions, phrase: str) -> str:
    """The question before, with the phrase in the place of its like: a time for a time, a name for a name."""
    body = before.body
    bare = PREPOSITION.sub("", phrase)
    time = TIME.search(body)
    if TIME.fullmatch(bare) and time:
        return f"{body[: time.start()]}{bare}{body[time.end() :]}?"
    if NAME.fullmatch(bare.removeprefix("the ")) and before.names:
        return f"{body.replace(before.names[0], bare, 1)}?"
    if re.match(r"(?:the|an?)\s", bare, re.IGNORECASE) and before.things:
        return f"{body.replace(before.things[-1], bare, 1)}?"
    return f"{body}, {phrase}?"


def _resolve(question: str, before: Mentions, said: str) -> str:
    """The question with its pronouns replaced by what they stand for, where that can be told."""
    for pattern, antecedent in (
        (PERSON, _person(before, said)),
        (MANY, before.group()),
        (THING, before.thing()),
    ):
        found = pattern.search(question)
        if found and antecedent and not _refers_within(question, found):
            word = f"{antecedent}’s" if _owns(question, found) else antecedent
            question = question[: found.start()] + word + question[found.end() :]
    return question


def _owns(question: str, found: re.Match[str]) -> bool:
    case = found["case"].lower()
    return case in POSSESSIVE or (case == "her" and re.match(r"\s+[a-z]", question[found.end() :]) is not None)


def _refers_within(question: str, found: re.Match[str]) -> bool:
    """Whether "its" or "their" belongs to something that the question itself has named before it."""
    named = [w for w in re.findall(r"\w+", question[: found.start()].lower()) if w not in STOPWORDS]
    return bool(named) and found["case"].lower() in POSSESSIVE


def _person(before: Mentions, said: str) -> str | None:
    """Who "he" or "she" is: a full name in the question before, else the answer's first speaker or full name."""
    speakers = [match["after"] or match["before"] for match in SPEAKER.finditer(said)]
    full = [name for name in before.names if " " in name]
    return next(iter((*full[-1:], *speakers[:1], *(name for name in names_in(said) if " " in name))), None)


def _goes_on(question: str) -> bool:
    """Whether a question names nothing of its own and points back."""
    content = [w for w in re.findall(r"\w+", question.lower()) if w not in STOPWORDS]
    named = names_in(question) or PHRASE.search(question) or re.search(r"\d", question)
    return len(content) <= 3 and not named and bool(POINTING.search(question))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
