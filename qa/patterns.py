"""Words by which a sentence shows that it has a number, a time, a name or somebody's words in it, and questions ask."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["number", "time", "person", "place", "words", "other"]

NUMBER = re.compile(
    r"\d[\d,.]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|"
    r"millions?|billions?|half|twice|double|triple|no one|none|several)\b",
    re.IGNORECASE,
)
TIME = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b|\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b|\bmay\b(?=\s+\d|,)|\bin may\b|"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:today|yesterday|tomorrow|tonight|dawn|noon|midnight|century|"
    r"decade|morning|afternoon|evening|weekend)\b|\b(?:last|next|this) (?:week|month|year|summer|winter|spring|autumn|"
    r"may)\b|\b\d+ (?:minutes|hours|days|weeks|months|years)\b|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b",
    re.IGNORECASE,
)
NAME = re.compile(r"\b[^\W\d_a-zß-öø-ÿ][\w’'-]*(?:\s+[^\W\d_a-zß-öø-ÿ][\w’'-]*)*")
SAYING = re.compile(
    r"\b(?:said|says|saying|told|tells|added|adds|wrote|writes|asked|warned|warns|replied|insisted|argued|according|"
    r"announced|reported|claimed|explained|noted|called|stated|tweeted|recalled|believes?|denied|accused|condemned|"
    r"vowed|urged|described|confirmed|estimated|assessed|concluded|dismissed|blamed|praised)\b",
    re.IGNORECASE,
)
SAYING_OR_QUOTED = re.compile(rf"{SAYING.pattern}|[“”\"]", re.IGNORECASE)

KINDS: dict[Kind, str] = {
    "words": r"\b(?:what|how) (?:did|does|do|has|have|had|is|are|was|were) .*\b(?:say|said|saying|tell|told|claim|"
    r"claimed|argue|warn|warned|call|called|respond|responded|react|reacted|think|thought|describe|explain|reply|"
    r"announce|comment)\b",
    "time": r"\b(?:when|(?:what|which) (?:\w+ )?(?:years?|dates?|days?|months?|time|century|decade)|since what|"
    r"how long ago)\b",
    "number": r"\bhow (?:many|much|old|long|far|fast|big|large|tall|high|often|few|heavy|deep)\b|"
    r"\bwhat (?:\w+ )?(?:number|percentage|percent|share|price|cost|amount|age|score|rate)\b",
    "person": r"\b(?:who|whom|whose)\b",
    "place": r"\bwhere\b|\b(?:what|which) (?:\w+ )?(?:country|countries|city|cities|state|town|place|region|island|"
    r"continent|nation)\b",
}
"""By which words a question shows what it asks for; the first kind that matches counts."""


def kind_of(question: str) -> Kind:
    """What a question asks for, by its interrogative."""
    return next((kind for kind, asks in KINDS.items() if re.search(asks, question, re.IGNORECASE)), "other")


def names_in(text: str) -> list[str]:
    """Capitalised words and runs of them, save the first word of the text."""
    first = re.match(r"\W*\w+", text)
    found = (match.group() for match in NAME.finditer(text, first.end() if first else 0))
    return [name for name in found if name != "I"]
