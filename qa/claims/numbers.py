"""Numbers in a statement that quotes don't have: counts, amounts, shares, times of day, ordinals. Pure.

A number is the same in digits and in words ("twenty-three", "1.2 million" and "1,200,000", "9.6m"). What is said to be
about a number may be off by as much as rounding explains; "more than" may not stand for "fewer than".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["count", "percent", "points", "money", "ordinal", "time"]
Bound = Literal["", "about", "over", "under"]

ONES = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SMALL_NUMBERS = frozenset((*ONES, *TENS))
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0, "k": 1e3,
    "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12,
}  # fmt: skip
ORDINALS = {
    word: float(n)
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(), 1
    )
}  # fmt: skip
PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
FACTORS = {"twice": 2.0, "double": 2.0, "doubled": 2.0, "tripled": 3.0, "triple": 3.0, "thrice": 3.0}

_SMALL = "|".join(sorted([*ONES, *TENS], key=len, reverse=True))
_SMALL_MANY = "|".join([*list(ONES)[2:], *TENS])
_SCALE = "hundred|thousand|million|billion|trillion|dozen"
_WORDS = (
    rf"(?:(?:{_SMALL})(?:[- ](?:{'|'.join(list(ONES)[1:10])}))?|(?<=\ba )(?:{_SCALE})|(?<=\bA )(?:{_SCALE}))"
    rf"(?:[ -](?:{_SCALE}))*(?:\s+and\s+(?:{_SMALL})(?:-(?:{_SMALL}))?(?=\s)|\s+(?<=hundred )(?:{_SMALL}))?"
)
NUMBER = re.compile(
    r"(?P<clock>\b(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w)|\b(?:[01]?\d|2[0-3]):[0-5]\d\b)"
    r"|(?P<sign>[€$£¥]|\b(?:US|A|C|HK)\$)?(?P<digits>(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.])\d+(?:\.\d+)?)"
    r"(?:(?P<th>st|nd|rd|th)\b|[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|dozen|(?:bn|mn|tn|m|k)\b))?"
    rf"|(?P<part>\b(?:(?:a|one|two|three|four)[- ])?(?:half|thirds?|quarters?|fifths?|tenths?)(?=\s+(?:of|the|its|his|"
    r"her|their|as|a|an)\b|[.,;]|$))"
    rf"|(?P<ordinal>\b(?:(?:{'|'.join(TENS)})-)?(?:{'|'.join(ORDINALS)})\b)"
    rf"|(?P<words>\b{_WORDS}\b)|(?P<factor>\b(?:{'|'.join(FACTORS)})\b)",
    re.IGNORECASE,
)
ONE_IN = re.compile(rf"\bone in (?:every )?((?!1\b|0)\d{{1,3}}|{_SMALL_MANY})\b", re.IGNORECASE)
QUARTER = re.compile(
    r"\b(?:first|second|third|fourth|last|latest|this|next|final|fiscal|holiday|the|each|every)\s+$", re.IGNORECASE
)
"""What makes a quarter a part of the year."""

PERCENT = re.compile(r"\s?(?:%|per\s?cent\b|(?P<points>(?:percentage|basis) points?)\b|pct\b)", re.IGNORECASE)
MEASURE = re.compile(
    r"[\s-]?(?:(?P<year>years?)|(?P<month>months?)|(?P<week>weeks?)|(?P<day>days?)|(?P<hour>hours?)|(?P<minute>minutes?)|"
    r"(?P<second>seconds?)|(?P<kilometre>kilomet(?:re|er)s?|km)|(?P<metre>met(?:re|er)s?)|(?P<mile>miles?)|"
    r"(?P<foot>feet|foot)|(?P<inch>inch(?:es)?)|(?P<acre>acres?)|(?P<hectare>hectares?|ha)|(?P<tonne>tonnes?|tons?)|"
    r"(?P<kilo>kilo(?:gram)?s?|kg))\b",
    re.IGNORECASE,
)
STEP = re.compile(
    r"\b(from|to|by)\s+(?:(?:a|an|about|around|nearly|almost|some|only|just|record)\s+)*[€$£¥]?$", re.IGNORECASE
)
"""What tells where a change begins, where it ends or how large it is, before a number."""

MONEY = re.compile(
    r"\s?(?:(?P<euro>euros?|€)|(?P<dollar>(?:US |American |Australian |Canadian )?dollars?|\$)|(?P<pound>pounds? "
    r"sterling|£)|(?P<yen>yen|¥)|(?P<won>won)|(?P<cent>cents|pence))\b",
    re.IGNORECASE,
)
SIGNS = {"€": "euro", "$": "dollar", "£": "pound", "¥": "yen"}
_BOUNDING: tuple[tuple[Bound, str], ...] = (
    ("over", r"more than|over|above|at least|upwards? of|exceed\w*|no fewer than|no less than|in excess of"),
    ("under", r"less than|fewer than|under|below|at most|up to|no more than|nearly|almost|close to|just short of"),
    ("about", r"about|around|roughly|approximately|some|an estimated|estimated|circa|nearly|almost|close to"),
)
BOUNDS: dict[Bound, re.Pattern[str]] = {
    bound: re.compile(rf"\b(?:{words})\s+(?:(?:a|an|the|some|by|of|to)\s+)?[€$£¥]?$", re.IGNORECASE)
    for bound, words in _BOUNDING
}  # fmt: skip
NEARLY = re.compile(r"\b(?:nearly|almost|close to|just short of)\s+(?:(?:a|the)\s+)?[€$£¥]?$", re.IGNORECASE)
ROUNDING = 0.06
"""How far from a number "about" it may be, as a share of it."""

AT_LEAST = 0.5
"""What "more than" a number may at least be a part of: few would call 300 "more than 80"."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text; `step` is what stands before one that a change begins or ends with."""

    text: str
    value: float
    kind: Kind
    unit: str
    bound: Bound
    start: int
    end: int
    step: str = ""


def numbers_in(text: str, masked: Sequence[tuple[int, int]] = ()) -> list[Number]:
    """The numbers of a text, in order, save those in the `masked` stretches, which are dates."""
    found = [_one_in(match) for match in ONE_IN.finditer(text)]
    masked = [*masked, *((number.start, number.end) for number in found)]
    for match in NUMBER.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in masked):
            continue
        number = _number(match, text)
        if number:
            step = STEP.search(text[max(0, match.start() - 30) : match.start()])
            found.append(replace(number, step=step[1].lower() if step else ""))
    return sorted(found, key=lambda number: number.start)


def _one_in(match: re.Match[str]) -> Number:
    """ "One in five" as a percentage."""
    said = match[1].lower()
    of = float(said) if said.isdigit() else float(ONES.get(said, 0) or TENS[said])
    return Number(match.group(), 100 / of, "percent", "", "", *match.span())


def unknown_numbers(claimed: Sequence[Number], known: Sequence[Number]) -> list[Number]:
    """The numbers of a statement that are none of those in its quotes."""
    return [number for number in claimed if not any(same(number, other) for other in known)]


def same(claimed: Number, known: Number) -> bool:
    """Whether a number may stand for the other one."""
    if not comparable(claimed, known) or {claimed.bound, known.bound} == {"over", "under"}:
        return False
    if claimed.value == known.value:
        return not (claimed.bound in ("over", "under") and known.bound == "" and claimed.kind != "time")
    low, high = sorted((claimed.value, known.value))
    if claimed.bound == "about":
        return high - low <= ROUNDING * high and _digits(claimed.value) <= _digits(known.value)
    if claimed.bound == "over":
        return known.bound != "under" and known.value > claimed.value >= AT_LEAST * known.value
    return claimed.bound == "under" and known.bound != "over" and known.value < claimed.value <= 1.1 * known.value


def _digits(value: float) -> int:
    """How many digits of a number count: 2 for 1,400."""
    return len(f"{value:.6g}".replace(".", "").strip("0")) if value < 1e6 else len(f"{value:.0f}".rstrip("0"))


def comparable(one: Number, other: Number) -> bool:
    """Whether two numbers may be of the same kind of thing."""
    return one.kind == other.kind and (not one.unit or not other.unit or one.unit == other.unit)


def _number(match: re.Match[str], text: str) -> Number | None:
    before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() : match.end() + 30]
    said = match.group()
    if match["clock"]:
        return Number(said, _minutes(said), "time", "", "", *match.span())
    bound: Bound = "about" if NEARLY.search(before) else next((b for b, p in BOUNDS.items() if p.search(before)), "")
    if match["ordinal"] or match["th"]:
        digits = match["digits"]
        rank = float(digits.replace(",", "")) if digits else _ordinal(said)
        return Number(said, rank, "ordinal", "", "", *match.span())
    if match["part"] and said.lower().startswith("quarter") and QUARTER.search(before):
        return None
    value = _value(match)
    if value is None or (said.lower() == "one" and (before.lower().endswith("no ") or not re.match(r"[\s-]\w", after))):
        return None
    percent, money = PERCENT.match(after), MONEY.match(after)
    if percent or match["part"]:
        share = value if percent else 100 * value
        kind: Kind = "points" if percent and percent["points"] else "percent"
        return Number(said + (percent.group() if percent else ""), share, kind, "", bound, *match.span())
    if match["sign"] or money:
        unit = (
            SIGNS[match["sign"][-1]] if match["sign"] else next(k for k, v in (money or match).groupdict().items() if v)
        )
        end = match.end() + (money.end() if money else 0)
        return Number(said + (money.group() if money else ""), value, "money", unit, bound, match.start(), end)
    measure = MEASURE.match(after)
    unit = next((name for name, found in measure.groupdict().items() if found), "") if measure else ""
    return Number(said, value, "count", unit, bound, *match.span())


def _value(match: re.Match[str]) -> float | None:
    said = match.group().lower()
    if match["digits"]:
        return float(match["digits"].replace(",", "")) * SCALES.get((match["scale"] or "").lower(), 1.0)
    if match["part"]:
        pieces = re.split(r"[- ]", said)
        return (ONES.get(pieces[0], 1) if len(pieces) > 1 else 1) * PARTS[pieces[-1].rstrip("s")]
    if match["factor"]:
        return FACTORS[said]
    return _spelled(said)


def _spelled(said: str) -> float | None:
    """The value of a number in words."""
    total, part = 0.0, 0.0
    for word in re.split(r"[-\s]+", said):
        if word in ONES or word in TENS:
            part += ONES.get(word, 0) or TENS.get(word, 0)
        elif word in ("hundred", "dozen"):
            part = (part or 1) * SCALES[word]
        elif word in SCALES:
            total, part = total + (part or 1) * SCALES[word], 0.0
        elif word != "and":
            return None
    return total + part


def _ordinal(said: str) -> float:
    ten, _, one = said.lower().rpartition("-")
    return TENS.get(ten, 0) + ORDINALS[one]


def _minutes(said: str) -> float:
    """A time of day, in minutes since midnight."""
    hour, minute = (int(part or 0) for part in re.match(r"(\d+)(?:[:.](\d+))?", said).groups())  # type: ignore[union-attr]
    half = re.search(r"([ap])\.?m", said, re.IGNORECASE)
    if half:
        hour = hour % 12 + 12 * (half[1].lower() == "p")
    return float(60 * hour + minute)
