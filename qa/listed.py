"""Which of several things "the second one" is: of those an answer lists, cites, or a question leaves to choose from."""

from __future__ import annotations

import re

from qa.asked import Talk
from qa.patterns import NAME

ORDINALS = {"first": 0, "former": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "latter": -1, "last": -1}
ONE = re.compile(
    rf"\bthe (?P<which>{'|'.join(ORDINALS)})(?: (?:one|of (?:them|these|those)|(?P<piece>article|report|story|source|"
    r"citation)))\b|\bthe (?P<bare>former|latter)\b",
    re.IGNORECASE,
)
ITEM = rf"(?:the\s+)?{NAME.pattern}(?:\s+(?:of|for)\s+(?:the\s+)?{NAME.pattern})?"
LISTED = re.compile(rf"{ITEM}(?:,\s+{ITEM})*,?\s+(?:and|or)\s+{ITEM}")
BETWEEN = re.compile(r",\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+")


def of_those_listed(question: str, talk: Talk) -> str:
    """The question with "the second one" as the name or title that stands there, where the turn before tells."""
    found = ONE.search(question)
    if not found:
        return question
    listed = [f"“{title}”" for title in talk.cited] if found["piece"] else _listed(talk)
    place = ORDINALS[(found["which"] or found["bare"]).lower()]
    if len(listed) < 2 or place >= len(listed):
        return question
    item = f"the {found['piece'].lower()} {listed[place]}" if found["piece"] else listed[place]
    return question[: found.start()] + item + question[found.end() :]


def _listed(talk: Talk) -> list[str]:
    """The names listed in the latest answer, or else in its question."""
    for text in (talk.answered[-1], talk.understood[-1]):
        lists = [BETWEEN.split(match.group()) for match in LISTED.finditer(text)]
        if lists:
            return max(lists, key=len)
    return []
