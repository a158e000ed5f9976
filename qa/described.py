"""Somebody or something that a question names by what it did: "When did the mayor who closed the bridge resign?".

The first thing to find is who that was; the question is then asked again by that name. Pure rules for English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.answer_types import candidates, kind_of
from qa.patterns import NAME

DESCRIPTION = re.compile(
    r"(?<!\bis )(?<!\bwas )(?<!\bare )(?<!\bwere )\bthe (?P<noun>[a-z]+(?: [a-z]+)?) (?P<which>who|that|which) "
    r"(?P<did>(?:has |had )?[a-z]+ (?:(?:by|on|in|at|to|for|off) )?"
    rf"(?:(?:the|a|an|his|her|its|their) (?:[A-Z]\w+(?<!s) [a-z]+|{NAME.pattern}|[a-z]+)|{NAME.pattern}|[a-z]+))"
    r"(?=,? [a-z]|[?’'])"
)
NO_NAME = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z][a-z]+teen|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|"
    r"Twelve)s?"
)
WORD = re.compile(r"\w+")

BESIDE = 3
"""Characters, at most, between a name and the words that tell what its bearer did."""


@dataclass(frozen=True)
class Described:
    """A question before and behind the description in it, its noun, and the question that asks who or what that is."""

    before: str
    noun: str
    who: str
    behind: str

    def by_name(self, name: str) -> str:
        """The question with a name, and the noun, in the place of the description: "the mayor Odile Brandvold"."""
        return f"{self.before}the {self.noun} {name}{self.behind}"


def described(question: str) -> Described | None:
    """The description in a question, if it has one."""
    found = DESCRIPTION.search(question)
    if not found:
        return None
    asks = "Who" if found["which"] == "who" else f"Which {found['noun']}"
    return Described(question[: found.start()], found["noun"], f"{asks} {found['did']}?", question[found.end() :])


def named_in(question: str, sentence: str) -> str | None:
    """The name in a sentence that answers who or which: beside one of the question's own words, and none of them."""
    words = {word.casefold() for word in WORD.findall(question)}
    places = [m.span() for m in WORD.finditer(sentence) if m.group().casefold() in words]
    names = [
        (min((max(start - b, a - end, 0) for a, b in places), default=BESIDE + 1), start, sentence[start:end])
        for start, end, _ in candidates(question, kind_of(question), sentence)
        if NAME.fullmatch(sentence[start:end])
        and not NO_NAME.fullmatch(sentence[start:end])
        and not words & {word.casefold() for word in WORD.findall(sentence[start:end])}
    ]
    away, _, name = min(names, default=(BESIDE + 1, 0, None))
    return name if away <= BESIDE else None
