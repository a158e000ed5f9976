"""What "it", "they", "he" and "she" stand for in a follow-up. Pure rules for English, no model."""

from __future__ import annotations

import re

from qa.asked import Talk
from qa.mentions import phrases
from qa.patterns import NAME
from qa.persons import Sex, full_names, person

PERSON = re.compile(r"\b(?P<case>he|him|his|she|her|hers)\b", re.IGNORECASE)
MANY = re.compile(r"\b(?P<case>they|them|their|theirs)\b", re.IGNORECASE)
THING = re.compile(r"\b(?P<case>it|its)\b(?!['’]s\b)", re.IGNORECASE)
CLAUSE = re.compile(r"\b(?:and|that|when|if|because|while|before|after|since|until|where|why|who)\b|,", re.IGNORECASE)
PEOPLE = frozenset("mayor chief boss king queen wife husband mother father son daughter brother sister pope".split())
DO_IT = re.compile(r"\b(?:do|did|done|doing) it(?:\s*[?.!,]|\s*$|\s+(?:on|for|in|again|at|with|to)\b)", re.IGNORECASE)
NOT_A_PERSON = re.compile(r"\b(?:it|its|they|them|their|theirs)\b", re.IGNORECASE)
POSSESSIVE = frozenset({"his", "hers", "their", "theirs", "its"})
SHE = frozenset({"she", "her", "hers"})


def resolved(question: str, talk: Talk) -> str:
    """The question with its pronouns replaced by what they stand for, where that can be told."""
    question = _with_people(question, talk)
    for pattern in (MANY, THING):
        found = pattern.search(question)
        if found and not DO_IT.search(question) and not _refers_within(question, found):
            antecedent = _antecedent(pattern, talk)
            question = _replaced(question, found, None if antecedent and antecedent in question else antecedent)
    return question


def speaks_of_things(question: str) -> bool:
    """Whether a pronoun for things or for many is in the question."""
    return bool(NOT_A_PERSON.search(question))


def put(question: str, what: str) -> str:
    """The question with what was named before it in the place of its first such pronoun."""
    return NOT_A_PERSON.sub(
        lambda found: owner(what) if found.group().lower() in POSSESSIVE else what, question, count=1
    )


def in_full(question: str, talk: Talk) -> str:
    """The question with the first family name that stands alone in it as the conversation has it in full."""
    known = full_names(" ".join((*talk.understood, *talk.answered)))
    for phrase in NAME.finditer(question):
        name = re.sub(r"['’]s?$", "", phrase.group())
        after_the = question[: phrase.start()].lower().endswith("the ")
        full = known.get(name) if phrase.start() and len(name) > 2 and not after_the else None
        if full:
            return question[: phrase.start()] + full + question[phrase.start() + len(name) :]
    return question


def owner(name: str) -> str:
    """A name in the possessive."""
    return f"{name}'" if name.endswith("s") and len(name) > 3 and name.islower() else f"{name}'s"


def _with_people(question: str, talk: Talk) -> str:
    """The question with "he" and "she" as who they are; two of them are two people, the one acted on named lately."""
    found = [match for match in PERSON.finditer(question) if not _refers_within(question, match)]
    taken: list[str] = []
    both = len({_sex(match) for match in found}) > 1
    for match in reversed(found) if both else found[:1]:
        who = person(talk.said(), None if both else _sex(match), taken)
        question = _replaced(question, match, who)
        taken += [who] if who else []
    return question


def _antecedent(pattern: re.Pattern[str], talk: Talk) -> str | None:
    lately = talk.earlier[:3]
    if pattern is MANY:
        many = next(filter(None, (each.many() for each in lately)), None)
        return many or next(filter(None, (each.group() for each in lately)), None)
    return next(filter(None, (each.thing() for each in lately)), None)


def _sex(found: re.Match[str]) -> Sex:
    return "she" if found["case"].lower() in SHE else "he"


def _replaced(question: str, found: re.Match[str], antecedent: str | None) -> str:
    if not antecedent:
        return question
    word = owner(antecedent) if _owns(question, found) else antecedent
    if word.islower() and word.count(" ") == 0 and question[: found.start()].lower().endswith(" of "):
        word = f"the {word}"
    return question[: found.start()] + word + question[found.end() :]


def _owns(question: str, found: re.Match[str]) -> bool:
    case = found["case"].lower()
    return case in POSSESSIVE or (case == "her" and re.match(r"\s+[a-z]", question[found.end() :]) is not None)


def _refers_within(question: str, found: re.Match[str]) -> bool:
    """Whether a pronoun belongs to something that the question itself has named before it."""
    case = found["case"].lower()
    own = [p for p in phrases(question) if p.end <= found.start()]
    if not own or (case not in POSSESSIVE and not CLAUSE.search(question, own[-1].end, found.start())):
        return False
    if PERSON.fullmatch(case):
        return any(p.named or p.head in PEOPLE or re.search(r"(?:er|or|ist|man|ent)$", p.head) for p in own)
    return any(p.many or p.named for p in own) if MANY.fullmatch(case) else any(not p.many for p in own)
