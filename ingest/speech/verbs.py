"""Verbs of saying, and what may stand between one and what is said: whom it is said to, where and when. Pure."""

from __future__ import annotations

import re

FREE = frozenset("said says say".split())
"""Verbs that a clause of any form may follow without "that"."""

CLAIMING = frozenset(
    """added adds acknowledged acknowledges admitted admits alleged alleges announced announces argued argues boasted
    cautioned claimed claims complained complains conceded concedes concluded confirmed confirms contended declared
    declares denied denies disclosed emphasised emphasized estimated estimates explained explains insisted insists
    maintained maintains noted notes observed pledged predicted predicts promised recalled recalls remarked replied
    replies reported reports responded revealed stated stressed stresses suggested suggests told tells testified
    tweeted vowed warned warns wrote writes""".split()
)
QUOTING = frozenset(
    "asked asks joked shouted cried whispered called calls described describes quipped continued began dubbed".split()
)
"""Verbs that make a saying with a quotation alone."""

PROMISING = frozenset("vowed pledged promised".split())
DENYING = frozenset("denied denies".split())
TELLING = frozenset("told tells".split())
CITING = frozenset("reported reports".split())
"""Verbs of those who pass on what others do or say: no pronoun stands for them."""

GOING_ON = frozenset("adding saying".split())
ACCORDING = re.compile(r"according to", re.IGNORECASE)

VERB = re.compile(rf"\b(?:{'|'.join(sorted(FREE | CLAIMING | QUOTING | GOING_ON))}|[Aa]ccording to)\b")
BEFORE_VERB = re.compile(
    r"\s+(?:(?:has|have|had)\s+)?(?:(?:also|later|then|again|once|earlier|previously|since|still|further|simply|only|"
    r"both|now|itself|himself|herself|themselves|long|[a-z]+ly)\s+){0,2}$"
)
DAY = (
    r"(?:(?:on|late|early|late on|early on|last|this)\s+)?"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today)"
    r"(?:\s+(?:morning|afternoon|evening|night))?|at the time|afterwards|earlier|later|on \d{1,2} [A-Z][a-z]+|"
    r"on [A-Z][a-z]+ \d{1,2}"
)
PLACE = (
    r"(?:in|at|during|after|through|via|on|by)\s+(?:(?:a|an|the|his|her|their|its)\s+)?(?:[\w’'-]+\s+){0,4}?(?:statement|"
    r"interviews?|speech|letter|e-?mail|post|tweet|briefing|conference|court|hearing|address|order|report|message|video|"
    r"note|broadcast|parliament|media|television|radio|Twitter|Facebook|Telegram|X|call|meeting|inquiry|rally|filing|"
    r"telephone|phone|blog)(?:\s+(?:to|with|on)\s+(?!that\b)[^,.;:\0]{1,40}?(?=\s*[,.:;]|\s+that\b))?"
)
WHOM = (
    r"(?:(?:the|a|an|his|her|their|its)\s+)?(?:[\w’'-]+\s+){0,2}?(?:reporters|journalists|lawmakers|members|court|inquiry|"
    r"parliament|chamber|officers|police|council|agency|committee|staff|supporters|residents|fans|viewers|conference|"
    r"newspaper|investigators|jury|senators|MPs|delegates|shareholders|investors|workers|voters|listeners|judge|"
    r"assembly|congress|broadcaster|radio|media|audience|crowd|families|relatives|hearing|meeting|magazine|programme)"
    r"(?:\s+(?:in|at|outside)\s+(?:[Tt]he\s+)?[A-Z][\w’-]+)?|(?:me|us|him|her|them|you)\b|"
    r"(?:the\s+)?[A-Z][\w’'&-]*(?:\s+[A-Z][\w’'&-]*){0,4}(?:\s+(?:TV|radio|news|newspaper|agency|magazine))?"
)
TAIL = re.compile(rf"(?:\s+(?:{DAY}|{PLACE}))*")
TOLD_WHOM = re.compile(rf"\s+(?:{WHOM})(?=\s|[,.:;])")
THAT = re.compile(r"\s*,?\s+that\s+")


def tail(text: str, verb: re.Match[str]) -> int:
    """Where that ends which comes between a verb and what is said: "told reporters on Monday"."""
    whom = TOLD_WHOM.match(text, verb.end()) if verb[0] in TELLING else None
    found = TAIL.match(text, whom.end() if whom else verb.end())
    return found.end() if found else verb.end()
