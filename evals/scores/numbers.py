"""The numbers in a text, in digits or in words, as values that can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction


def _count(words: str, start: int = 1, step: int = 1) -> dict[str, int]:
    return {word: start + step * i for i, word in enumerate(words.split())}


DIGITS = _count("one two three four five six seven eight nine")
TEENS = _count("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10)
TENS = _count("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
TIMES = {"dozen": 12, "hundred": 100}
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
VALUES = {"zero": 0, **DIGITS, **TEENS, **TENS, **TIMES, **SCALES}
ORDINALS = _count("third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth", 3)
"""From the third on: "first" is mostly an adverb, "second" also a time."""
SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
VAGUE = ("tens", "dozens", "hundreds", "thousands", "millions", "billions", "trillions")
"""Sizes without an amount; each is equal to itself alone."""


def _any(words: Sequence[str] | dict[str, int]) -> str:
    return rf"(?:{'|'.join(sorted(words, key=len, reverse=True))})\b"


FIGURE = r"\d+(?:[.,]\d+)*"
GAP = r"[\s‑-]+"
BELOW_100 = rf"(?:{_any(TENS)}(?:{GAP}{_any(DIGITS)})?|{_any({**DIGITS, **TEENS, 'zero': 0})})"
BELOW_1000 = rf"(?:(?:(?:{BELOW_100}|{FIGURE}){GAP})?{_any(TIMES)}(?:{GAP}(?:and\s+)?{BELOW_100})?|{BELOW_100})"
AMOUNT = (
    rf"(?:(?:{BELOW_1000}|{FIGURE}){GAP})?{_any(SCALES)}(?:{GAP}(?:and\s+)?{BELOW_1000}(?:{GAP}{_any(SCALES)})?)*"
    rf"|{BELOW_1000}|{FIGURE}"
)
NUMBER = re.compile(
    rf"\b(?P<vague>{_any(VAGUE)})|\b(?P<ordinal>{_any(ORDINALS)})|(?P<nth>\d+)(?:st|nd|rd|th)\b|"
    rf"(?P<figure>{FIGURE})(?P<short>{_any(SHORT)})|(?<!\bno\s)(?P<amount>(?:\b|(?=\d))(?:{AMOUNT}))(?!\s+another\b)",
    re.IGNORECASE,
)
PART = re.compile(rf"{FIGURE}|{_any(VALUES)}", re.IGNORECASE)
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")

Reading = Fraction | str
Number = frozenset[Reading]
"""One number in all its readings: "5m" is 5 (metres) or 5,000,000."""


def numbers_in(text: str) -> list[Number]:
    """The numbers in a text, in order.

    "2.5 million", "2,500,000" and "2.5m" share a value, as do "twelve" and "12", "third" and "3rd". "First", "second",
    "1st", "2nd", "no one" and "one another" are none. "Hundreds", "thousands" and so on are each equal to themselves.
    """
    numbers = (_number(match) for match in NUMBER.finditer(text))
    return [number for number in numbers if number]


def _number(match: re.Match[str]) -> Number:
    if match["vague"]:
        return frozenset({match["vague"].casefold()})
    if match["ordinal"]:
        return frozenset({Fraction(ORDINALS[match["ordinal"].casefold()])})
    if match["nth"]:
        return frozenset({Fraction(match["nth"])} if int(match["nth"]) not in (1, 2) else ())
    if match["figure"]:
        value = _value(match["figure"])
        scaled = [] if isinstance(value, str) else [value * SHORT[match["short"].casefold()]]
        return frozenset({value, *scaled})
    return frozenset({_amount(PART.findall(match["amount"]))})


def _amount(parts: Sequence[str]) -> Reading:
    if len(parts) == 1:
        return _value(parts[0])
    total = group = Fraction(0)
    for part in parts:
        value = _value(part)
        if isinstance(value, str):
            return " ".join(parts)
        if value in SCALES.values() and part.isalpha():
            total, group = total + (group or 1) * value, Fraction(0)
        elif value in TIMES.values() and part.isalpha():
            group = (group or 1) * value
        else:
            group += value
    return total + group


def _value(part: str) -> Reading:
    """What a figure or a word says; the figure itself where it is no decimal number, as in "1.2.3"."""
    if part.casefold() in VALUES:
        return Fraction(VALUES[part.casefold()])
    plain = part.replace(",", "") if THOUSANDS.fullmatch(part) else part.replace(",", ".")
    return Fraction(plain) if plain.count(".") <= 1 else part
