"""From a question and the turns before it to one that stands alone. Rules, no model.

A follow-up is read against the question before it, as that one was understood: a fragment takes the rest of that
question ("And between which dates?"), "what about X" puts X in the place of its like, a pronoun gives way to what it
stands for, and a short question that names nothing is told what it is about. Any other question is left as it is, so
that a new topic stays a new topic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.lexical import STOPWORDS
from qa.patterns import NAME, TIME, names_in
from qa.types import Turn

AUXILIARY = (
    r"(?:did|do|does|is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|didn['’]t|doesn['’]t|"
    r"don['’]t|isn['’]t|wasn['’]t|weren['’]t|hasn['’]t|won['’]t)"
)
LEAD = re.compile(r"^(?:(?:and|but|so|then|also|ok|okay|now|well)\b[\s,]*)+", re.IGNORECASE)
ABOUT = re.compile(r"^(?:what|how) about\s+(?P<what>.+)$", re.IGNORECASE)
ASKING = re.compile(
    r"^(?:(?:in|on|at|by|for|from|to|with|since|until|between|of|during|under|over)\s+)?"
    r"(?:what|which|who|whom|whose|when|where|why|how)\b",
    re.IGNORECASE,
)
SPLIT = re.compile(rf"^(?P<asked>.+?)\s+(?P<rest>{AUXILIARY}\b.+)$", re.IGNORECASE)
VERB = re.compile(
    rf"\b(?:(?i:{AUXILIARY})|[a-z]{{3,}}ed|said|says?|told|hit|won|lost|made|took|went|came|got|fell|rose|sank)\b"
)
OBJECT = re.compile(r"^(?:\w+\s+)?(?:how many|how much|what|which)\s+(?P<noun>.+)$", re.IGNORECASE)
PHRASE = re.compile(
    r"\b(?:the|a|an)\s+(?P<noun>(?:[\w’'-]+\s+){0,3}?[\w’'-]+)"
    r"(?=\s*(?:[?.,;:!]|$|\b(?:in|on|at|of|to|by|for|from|with|after|before|during|since|over|under|about|and|or|that|"
    r"which|who|is|was|were|are|will|would|say|said|land|do|did|has|have|had|\w{3,}ed|\w{3,}ing)\b))",
    re.IGNORECASE,
)
PERSON = re.compile(r"\b(?P<case>he|him|his|she|her|hers)\b", re.IGNORECASE)
MANY = re.compile(r"\b(?P<case>they|them|their|theirs)\b", re.IGNORECASE)
THING = re.compile(r"\b(?P<case>it|its)\b", re.IGNORECASE)
MATTER = re.compile(r"\b(?:this|that|these|those)(?=\s*[?.!]*$)", re.IGNORECASE)
POSSESSIVE = frozenset({"his", "hers", "their", "theirs", "its"})
SPEAKER = re.compile(
    rf"(?:said|told|added|warned|asked|wrote|argued|replied)\s+(?P<after>{NAME.pattern})|"
    rf"(?P<before>{NAME.pattern})(?:,[^,.]{{1,80}},)?\s+(?:said|told|added|warned|says|wrote|argued|replied)"
)
MOST_WORDS_OF_A_FRAGMENT = 6


def stand_alone(question: str, turns: Sequence[Turn] = ()) -> str:
    """The question in a form that can be understood without the turns before it; white space is tidied."""
    asked = " ".join(question.split())
    if not turns:
        return asked
    last = turns[-1]
    before = last.answer.query.text
    bare = LEAD.sub("", asked)
    about = ABOUT.match(bare)
    if about:
        return _substitute(before, about["what"].rstrip("?!. "))
    if _is_fragment(bare):
        return _complete(bare, before)
    resolved = _resolve(bare, before, " ".join(s.text for s in last.answer.statements))
    if resolved != bare:
        return _sentence(resolved)
    if _names_nothing(bare) or MATTER.search(bare):
        return _with_topic(bare, before)
    return _sentence(bare) if bare != asked else asked


def _is_fragment(text: str) -> bool:
    """Whether a text asks without saying of what: an interrogative and no verb, or no more than a phrase."""
    words = text.rstrip("?!. ").split()
    return len(words) <= MOST_WORDS_OF_A_FRAGMENT and not VERB.search(text)


def _complete(fragment: str, before: str) -> str:
    """The fragment with the rest of the question before: "between which dates" + "How many missiles did X fire?"."""
    phrase = fragment.rstrip("?!. ")
    if not ASKING.match(phrase):
        return _substitute(before, phrase)
    parts = SPLIT.match(before.rstrip("?!. "))
    if not parts:
        return _sentence(f"{phrase} {before.rstrip('?!. ')}?")
    counted = OBJECT.match(parts["asked"])
    lost = f" {counted['noun']}" if counted else ""
    return _sentence(f"{phrase} {parts['rest']}{lost}?")


def _substitute(before: str, phrase: str) -> str:
    """The question before, with the phrase in the place of its like: a time for a time, a name for a name."""
    body = before.rstrip("?!. ")
    bare = re.sub(r"^(?:in|on|at|by|for|from|to|with)\s+", "", phrase, flags=re.IGNORECASE)
    time = TIME.search(body)
    if TIME.fullmatch(bare) and time:
        return f"{body[: time.start()]}{bare}{body[time.end() :]}?"
    names = names_in(body)
    if NAME.fullmatch(bare.removeprefix("the ")) and names:
        return f"{body.replace(names[0], bare, 1)}?"
    topic = list(PHRASE.finditer(body))
    if bare.lower().startswith(("the ", "a ", "an ")) and topic:
        return f"{body[: topic[-1].start()]}{bare}{body[topic[-1].end() :]}?"
    return f"{body}, {phrase}?"


def _resolve(question: str, before: str, said: str) -> str:
    """The question with its pronouns replaced by what they stand for, where that can be told."""
    for pattern, antecedent in (
        (PERSON, _person(before, said)),
        (MANY, _group(before)),
        (THING, _thing(before)),
    ):
        found = pattern.search(question)
        if found and antecedent:
            owner = found["case"].lower() in POSSESSIVE or (
                found["case"].lower() == "her" and re.match(r"\s+[a-z]", question[found.end() :]) is not None
            )
            word = f"{antecedent}’s" if owner else antecedent
            question = question[: found.start()] + word + question[found.end() :]
    return question


def _person(before: str, said: str) -> str | None:
    """Who "he" or "she" is: the last speaker of the answer, else a full name of the question or the answer."""
    speakers = [match["after"] or match["before"] for match in SPEAKER.finditer(said)]
    full = [name for text in (before, said) for name in names_in(text) if " " in name]
    asked = [name for name in names_in(before) if " " in name]
    candidates = [*asked[-1:], *(s for s in speakers[:1] if " " in s or not full), *full]
    return candidates[0] if candidates else None


def _group(before: str) -> str | None:
    """Whom "they" are: what the question before counts, else whoever it names first, else its last thing."""
    return _counted(before) or next(iter(names_in(before)), None) or _thing(before)


def _thing(before: str) -> str | None:
    """What "it" is: the last thing that the question before names with an article, else what it counts or names."""
    phrases = [match.group() for match in PHRASE.finditer(before)]
    candidates = [*phrases[-1:], _counted(before), *names_in(before)[-1:]]
    return next(filter(None, candidates), None)


def _counted(before: str) -> str | None:
    parts = SPLIT.match(before.rstrip("?!. "))
    counted = OBJECT.match(parts["asked"]) if parts else None
    return f"the {counted['noun']}" if counted else None


def _names_nothing(question: str) -> bool:
    content = [w for w in re.findall(r"\w+", question.lower()) if w not in STOPWORDS]
    return (
        len(content) <= 3 and not names_in(question) and not PHRASE.search(question) and not re.search(r"\d", question)
    )


def _with_topic(question: str, before: str) -> str:
    topic = [match.group() for match in PHRASE.finditer(before)][-1:] or names_in(before)[:1]
    return _sentence(f"{question.rstrip('?!. ')} (about {topic[0]})?") if topic else _sentence(question)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
