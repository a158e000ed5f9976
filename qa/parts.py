"""Questions that ask more than one thing, or name what they ask of by what it did. Pure rules for English."""

from __future__ import annotations

import re

from qa.answer import Answer, Turn
from qa.lexical import STOPWORDS
from qa.question import stand_alone
from qa.types import Query, now

WORDS = r"who|whose|what|when|where|why|how|which"
AUXILIARIES = r"did|does|do|is|are|was|were|has|have|had|will|would|can|could|should"
SUBJECT = r"(?:the|an?|any|this|that|these|those|his|her|its|their|he|she|it|they|there|[A-Z]\w*)"
ASKS = rf"(?:(?i:{WORDS})\b|(?i:{AUXILIARIES})\s+{SUBJECT}\b)"
"""How a question begins. An auxiliary without a subject behind it goes on with what was asked: "and was fined"."""

AND_ASKS = re.compile(rf"(?:[,;?]\s*|\s)(?:and|but|or)\s+(?:also\s+)?(?={ASKS})|\?\s+(?={ASKS})")
"""Between two questions: "Who won the cup, and how many goals did they score?"."""

BEGINS = re.compile(rf"^(?:[^,]{{3,40}},\s+)?(?:(?:in|on|at|by|for|from|to|with)\s+)?{ASKS}")
CLAUSE = re.compile(
    r"(?:,|;|:)?\s+(?:while|whereas|unlike|compared (?:to|with)|as well as|but)\s+|[,;]\s+|"
    rf"\s+and\s+(?=(?:{WORDS}|{AUXILIARIES}|that|also|the (?:report|article|second|other|latter))\b)",
    re.IGNORECASE,
)
HEAD = re.compile(
    r"\bwho(?:\s+(?:is|was|are|were)\s+the\s+[a-z]+)?|\b(?:which|what)(?:\s+(?:is|was|are|were)\s+the)?"
    r"(?:\s+(?!is\b|was\b|has\b|that\b|who\b|[a-z]+ed\b)[\w-]+){1,3}",
    re.IGNORECASE,
)
"""What a long question asks for: "Which company"."""

INTERROGATIVE = re.compile(rf"\b(?:{WORDS})\b", re.IGNORECASE)
AND = re.compile(r"^(?:and|or|but|also|is also|simultaneously)\s+", re.IGNORECASE)
LEAST_OF_A_QUESTION, LEAST_OF_A_FURTHER_ONE = 2, 1
LEAST_OF_A_CLAUSE = 5
"""Content words that a part has to have, to be searched for alone."""

LONG = 13
"""Content words from which on a question is read clause by clause."""

MOST_PARTS = 4


def parts_of(text: str) -> tuple[str, ...]:
    """What a question is searched and read for, part by part: the questions that it joins, or else, where it is long,
    its clauses; the whole where it is neither."""
    joined = questions_in(text)
    if not joined:
        return clauses_of(text) or (text,)
    alone = [joined[0]]
    for question in joined[1:MOST_PARTS]:
        alone.append(stand_alone(question, [Turn(alone[0], Answer(Query(alone[0], now())))]))
    return tuple(alone)


def content(text: str) -> int:
    """How many words of a text carry what it is about."""
    return sum(1 for word in re.findall(r"\w+", text) if len(word) > 1 and word.lower() not in STOPWORDS)


def questions_in(text: str) -> tuple[str, ...]:
    """The questions that a text joins, each once and with its question mark; nothing where it asks one."""
    parts = [part.strip(" ,.;?") for part in AND_ASKS.split(text)]
    if len(parts) < 2 or not all(BEGINS.match(part) and content(part) >= LEAST_OF_A_FURTHER_ONE for part in parts):
        return ()
    if content(parts[0]) < LEAST_OF_A_QUESTION:
        return ()
    return tuple(dict.fromkeys(f"{part[:1].upper()}{part[1:]}?" for part in parts))


def clauses_of(text: str) -> tuple[str, ...]:
    """The clauses of a long question, each with the words that say what is asked for; nothing for a short one."""
    if content(text) < LONG:
        return ()
    merged: list[str] = []
    for clause in CLAUSE.split(text.rstrip("?!. ")):
        if merged and content(merged[-1]) < LEAST_OF_A_CLAUSE:
            merged[-1] += f", {clause}"
        else:
            merged.append(clause)
    if len(merged) > 1 and content(merged[-1]) < LEAST_OF_A_CLAUSE:
        last = merged.pop()
        merged[-1] += f", {last}"
    if len(merged) < 2:
        return ()
    head = HEAD.search(text)
    return tuple(f"{_headed(clause, head.group() if head else '')}?" for clause in merged[:MOST_PARTS])


def _headed(clause: str, head: str) -> str:
    """A clause with the words that say what is asked for, where it has none."""
    return clause if not head or INTERROGATIVE.search(clause) else f"{head} {AND.sub('', clause)}"
