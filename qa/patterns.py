"""Words by which a text shows that it has a number, a time, a name or somebody's words in it, or speaks to software."""

from __future__ import annotations

import re

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

ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\s+(?:(?:all|any|every|each|the|your|these|those|of|my|previous|"
    r"prior|earlier|above|preceding|other|existing|system)\s+)*(?:instructions?|prompts?)\b"
    r"|\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:your rules|(?:the|all|everything|what is) above|"
    r"said before)\b"
    r"|\b(?:tell|inform|assure|convince) (?:the|your) (?:user|reader)s?\b"
    r"|\b(?:system prompt|as an ai|you are (?:now )?an? (?:ai|assistant|language model|chatbot))\b"
    r"|\b(?:do not|don[’']t|never) (?:mention|reveal|cite|quote)\b"
    r"|^(?:assistant|system|user)\s*:",
    re.IGNORECASE,
)
"""A sentence that speaks to software: some pages carry one, for whoever reads them with a model. It answers nothing."""


def names_in(text: str) -> list[str]:
    """Capitalised words and runs of them, save the first word of the text."""
    first = re.match(r"\W*\w+", text)
    found = (match.group() for match in NAME.finditer(text, first.end() if first else 0))
    return [name for name in found if name != "I"]
