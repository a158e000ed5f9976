"""Which words beside a verb of saying report what was said, as (start, end) in a sentence. Pure."""

from __future__ import annotations

import re

from ingest.speech.verbs import DENYING, FREE, PROMISING, QUOTING, THAT
from qa.sentences import Span

NO_CLAUSE = re.compile(
    r"(?:goodbye|farewell|hello|yes|so|as|mass|sorry|thanks|whether|how|who|what|why|when|where|which|if|of|to|about|"
    r"against|for|with|by|from|on|in|at|a\s+(?:word|prayer|few|lot)|"
    r"and|or|but|while|than|this|be|is|was|were|are)\b",
    re.IGNORECASE,
)
SUBJECT = re.compile(r"(?:he|she|it|they|we|the|a|an|his|her|its|their|there|this|these|those|all|both)\b|[A-Z\d]")
FINITE = re.compile(
    r"\b(?:was|were|is|are|has|had|have|would|will|could|can|may|might|should|must|did|does|do)\b|n['’]t\b"
)
NOT_BEFORE_ITS_VERB = re.compile(r"\b(?:that|which|who|whose|whom|whether|if|how|when|where|what|as|about|to)\b|,")
OBJECT_QUOTED = re.compile(
    r"\s+(?!(?:for|on|upon|in|off)\b)[^,;:\0]{2,60}?\s+(?:as\s+)?(?:an?\s+)?[“\"‘](?P<words>\0+)[”\"’]\W*$"
)
"""`called the plan “…”`, `described him as “…”`, up to the end of the sentence."""

GOES_ON = re.compile(rf",\s*(?:\w+ly\s+)?(?:to\b|[\w’']+(?:ed|s)\b|{FINITE.pattern})")
ASIDES = re.compile(
    r"\s*(?:,\s*(?:(?:a|an|the|who|which|whose|one)\s[^,.;]+(?=,\s*(?:he|she|they|it|the|a|an|[A-Z])\b)|"
    r"[a-z]+\s(?:of|at|for|and)\s[^,.;]+|\d+)(?=,))?\s*,\s*(?P<clause>.+)$",
    re.DOTALL,
)
"""What follows "According to Vale", with what is said of Vale left out."""


def reported(sentence: str, verb: str, start: int, end: int) -> tuple[Span, bool] | None:
    """The words after a verb that are not a quotation from their start, and whether they are verbatim all the same."""
    rest = sentence[start:end]
    if verb in QUOTING:
        quoted = OBJECT_QUOTED.match(rest)
        return ((start + quoted.start("words"), start + quoted.end("words")), True) if quoted else None
    that = THAT.match(rest)
    begin = start + (that.end() if that else len(rest) - len(rest.lstrip()))
    words = clause(sentence, begin, end) if that or _is_report(verb, sentence[begin:end]) else None
    return (words, False) if words else None


def clause(sentence: str, start: int, end: int) -> Span | None:
    """A stretch up to a semicolon, without white space around it and the stop at its end; of two words or more."""
    semicolon = sentence.find(";", start, end)
    stretch = sentence[start : semicolon if semicolon > start else end]
    kept = stretch.strip().rstrip(" \t\n.,;!?")
    begin = start + len(stretch) - len(stretch.lstrip())
    return (begin, begin + len(kept)) if len(kept.split()) >= 2 else None


def after_asides(sentence: str, start: int) -> Span | None:
    """The clause after "According to Vale", without what may be said of Vale."""
    found = ASIDES.match(sentence, start)
    return clause(sentence, found.start("clause"), len(sentence)) if found else None


def goes_on(rest: str) -> bool:
    """Whether a reported sentence goes on after an attribution in its midst: `, will last until Friday.`"""
    return bool(GOES_ON.match(rest))


def _is_report(verb: str, words: str) -> bool:
    """Whether words without "that" before them are what was said, not a thing that somebody announced or claimed."""
    if verb in PROMISING:
        return bool(re.match(r"to\s+[a-z]", words))
    if verb in DENYING and re.match(r"(?!during|following)[a-z]{2,}ing\s", words):
        return True
    if NO_CLAUSE.match(words) or len(words.split()) < 3:
        return False
    if SUBJECT.match(words) and verb in FREE:
        return True
    finite = FINITE.search(words)
    known = SUBJECT.match(words) or verb in FREE
    return bool(known and finite and not NOT_BEFORE_ITS_VERB.search(words, 0, finite.start()))
