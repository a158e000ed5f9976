"""What a question asks for, by its interrogative, and where a sentence has something of that kind. English rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from qa.patterns import NAME, SAYING

Kind = Literal[
    "score", "clock", "year", "when", "money", "percent", "age", "duration", "length", "number", "words", "reason",
    "person", "place", "name", "yes or no", "how", "other",
]  # fmt: skip
Group = Literal["number", "time", "words", "reason", "name", "yes or no", "how", "other"]

COUNT = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?|"
    r"billions?|half|thirds?|quarters?|twice|double|triple|none|several|no one|nobody|both|single"
)
MONTH = r"(?:jan|febr)uary|march|april|june|july|august|(?:septem|octo|novem|decem)ber"
PAY = (
    r"cost|pay|pays|paid|earn|earned|worth|price|raised?|spend|spent|fined?|owed?|lose|lost|made?|charged?|give|given|"
    r"get|donat\w+|sold|sell|buy|bought|steal|stole\w*|budget"
)
TELL = (
    r"say|said|saying|tell|told|claim|claimed|argued?|warn|warned|call|called|respond|responded|react|reacted|think|"
    r"thought|described?|explain|explained|reply|replied|announced?|comment|promised?|admit|admitted|put it|make of|"
    r"justify|defend|answer"
)
AUXILIARY = (
    r"did|do|does|is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|isn|aren|wasn|weren|hasn|"
    r"haven|didn|doesn|don|won|can"
)


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(forms), re.IGNORECASE)


ASKS: Mapping[Kind, re.Pattern[str]] = {
    "score": _any(
        r"\b(?:what|final) .{0,30}\bscore\b", r"\bby how (?:many|much)\b.*\b(?:w[io]n|los[et]|beat)", r"^score\b"
    ),
    "clock": _any(r"\b(?:what|which) time\b", r"\bat what hour\b"),
    "year": _any(r"\b(?:what|which) years?\b", r"\bhow long ago\b"),
    "when": _any(
        r"\bwhen\b", r"\b(?:what|which) (?:\w+ )?(?:dates?|days?|months?|century|decade|season|era|period)\b",
        r"\b(?:since|by) (?:what|when)\b", r"\bhow (?:soon|recently)\b", r"\bdate of\b",
    ),
    "money": _any(
        rf"\bhow much\b.*\b(?:{PAY})\b", r"\bhow much money\b", r"\bprofit\b", r"\bcost\b",
        r"\b(?:what|which|total|the) (?:\w+ ){0,2}(?:price|cost|fine|salary|budget|fee|payoff|payout|profits?|revenue|"
        r"earnings|value|bill|wage|net worth)\b",
    ),
    "percent": _any(
        r"\b(?:what|which) (?:\w+ ){0,2}(?:percentage|percent|per cent|share|proportion|rate|fraction|interest)\b",
        r"\binflation\b", r"\binterest rate\b", r"\bturnout\b",
    ),
    "age": _any(r"\bhow old\b", r"\b(?:what|which) age\b", r"\bage of\b"),
    "duration": _any(
        r"\bhow long\b(?! is (?:the|a) (?:river|bridge|road|tunnel|wall|coast))", r"\bfor how (?:long|many)\b",
        r"\bhow many (?:seconds|minutes|hours|days|weeks|months|years|decades)\b",
    ),
    "length": _any(
        r"\bhow (?:far|tall|high|deep|wide|big|large|heavy|fast|hot|cold|strong|long)\b",
        r"\bhow much (?:rain|snow|water|weight)\b",
        r"\bwhat (?:\w+ )?(?:height|depth|length|distance|weight|size|speed|temperature|magnitude|area)\b",
    ),
    "number": _any(r"\bhow (?:many|much|often|few)\b", r"\b(?:what|which) (?:\w+ )?(?:number|amount|figure)\b",
                   r"\bnumber of\b", r"\btoll\b"),
    "words": _any(
        rf"\b(?:what|how) (?:did|does|do|has|have|had|is|are|was|were)\b.*\b(?:{TELL})\b", r"\baccording to\b",
        r"\bwhat .{0,20}\b(?:reaction|response|view|opinion|comment|verdict|explanation|excuse|advice|message)\b",
    ),
    "reason": _any(
        r"\bwhy\b", r"\bhow come\b", r"\breasons?\b", r"\bcauses?\b",
        r"\bwhat (?:made|makes|caused|causes|prompted|led|drove|triggered|set off|was behind|is behind|lay behind)\b",
        r"\bwhat(?:'s|’s| is| was) (?:the )?(?:behind|purpose|motive)\b", r"\bwhat .*\bfor\?",
    ),
    "person": _any(r"\b(?:who|whom|whose)\b"),
    "place": _any(
        r"\bwhere\b", r"\b(?:what|which) (?:\w+ )?(?:country|countries|city|cities|state|town|village|place|region|"
        r"island|continent|nation|county|street|venue|stadium|port|province|district|river|area|location)\b",
    ),
    "name": _any(r"\bwhich\b", r"\bwhat (?:is|was|were|are) (?:the )?names?\b", r"\bnames? of\b",
                 r"\b(?:called|named|known as|nickname\w*)\b"),
    "yes or no": _any(rf"^(?:and |but |so )?(?:{AUXILIARY})(?:['’]t)?\b"),
    "how": _any(r"^how\b", r"\bhow (?:did|do|does|is|are|was|were)\b"),
}  # fmt: skip
"""By which words a question shows what it asks for; the first kind that matches counts."""

GROUPS: Mapping[Kind, Group] = {
    "clock": "time", "year": "time", "when": "time", "person": "name", "place": "name", "name": "name",
    "words": "words", "reason": "reason", "yes or no": "yes or no", "how": "how", "other": "other",
}  # fmt: skip
"""The group of each kind; the kinds that are not here are of numbers."""

YEAR = r"\b(?:1\d|20)\d\d\b|\b\d{3,4}s?\b"
DIGITS = r"\d[\d,.]*"
NUMBER = _any(rf"{DIGITS}(?:\s?(?:million|billion|bn|m|thousand)\b)?", rf"\b(?:{COUNT})\b")
CLOCK = (
    r"\b\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\b|\b\d{1,2}[.:]\d\d\b|\b(?:noon|midnight|dawn|dusk)\b|"
    r"\b(?:half past|quarter (?:past|to)) \w+|\bo[’']clock\b"
)
DAY = (
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|"
    rf"\b(?:{MONTH})\b(?: \d+)?|"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:in|since|until|by|late|early|mid) (?:may|fall)\b|\bmay \d+\b|"
    r"\b(?:spring|summer|autumn|winter)\b"
)
RELATIVE = (
    r"\b(?:today|yesterday|tomorrow|tonight|overnight|morning|afternoon|evening|weekend|century|centuries|decades?|"
    r"1\d{2}0s|era|age)\b|\b(?:last|next|this) (?:night|week|weekend|month|year|summer|winter|spring|autumn|season)\b|"
    r"\b(?:minutes|hours|days|weeks|months|years|decades|moments) (?:ago|later|before|after|earlier)\b"
)
REASON = _any(
    r"\b(?:because|since|as a result|due to|owing to|thanks to|in order|so that|so as|caused?|after|for fear|reasons?|"
    r"why|blam\w+|put .{1,40} down to|attribut\w+|followed|prompt\w+|led to|result\w* (?:in|of|from)|in protest|over|"
    r"which means|mean(?:s|t) that|motiv\w+|allow\w*|purpose|intended|designed|(?:by|for|from) \w+ing|had been|"
    r"in response|therefore|thus|given|on account|on the grounds?)\b", r"\bto [a-z]{3,}\b", r"[;:]",
)  # fmt: skip
SPOKEN = _any(
    SAYING.pattern, r"[“”\"]",
    r"\b(?:thinks?|thought|hopes?|hoped|wants?|wanted|promised|apologi[sz]ed|admitted|pleaded|demanded|calls?|"
    r"complained|joked|spoke)\b",
)  # fmt: skip
HUMAN = re.compile(
    r"\b(?:[a-z]+(?:er|or|ist|ian|man|men|woman|women|ants?|ents?)|people|child|children|son|daughter|mother|father|"
    r"brother|sister|wife|husband|judge|police|king|queen|team|company|army|council|court|officials?|crew|staff)s?\b"
)
FINDS: Mapping[Kind, re.Pattern[str]] = {
    "score": _any(
        r"\b\d{1,3}\s?[–—-]\s?\d{1,3}\b", r"\b\w+[- ](?:nil|all)\b", r"\bby \w+ (?:goals|points|votes) to \w+"
    ),
    "clock": _any(CLOCK),
    "year": _any(YEAR),
    "when": _any(DAY, YEAR, CLOCK, RELATIVE),
    "money": _any(
        rf"[$€£¥]\s?{DIGITS}(?:\s?(?:million|billion|trillion|bn|m|thousand)\b)?",
        rf"\b{DIGITS}\s?(?:(?:million|billion|trillion|thousand) )?(?:dollars?|euros?|pounds?|cents?|pence|yen|yuan|"
        r"rupees?|francs?|crowns?)\b",
    ),
    "percent": _any(
        rf"{DIGITS}\s?(?:%|per ?cent|percentage points?|points?)", r"\b(?:half|majority|most|quarter|thirds?)\b"
    ),
    "age": _any(r"\baged? \d+", r"\b\d{1,3}[- ]years?[- ]old", r", \d{1,3},", r"\bof \d\d\b", r"\b\d{2,3}\b"),
    "duration": _any(
        rf"\b(?:{DIGITS}|an?|{COUNT})(?:[ -](?:and a half|or \w+|to \w+|more|hundred|thousand))?[ -](?:seconds?|"
        r"minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|fortnights?|seasons?)\b",
        r"\b(?:since|until|till) \w+", r"\bovernight\b",
    ),
    "length": _any(
        rf"\b(?:{DIGITS}|{COUNT})[ -]?(?:m|km|kilomet(?:re|er)s?|met(?:re|er)s?|cm|mm|centimet(?:re|er)s?|"
        r"millimet(?:re|er)s?|miles?|feet|foot|ft|inch(?:es)?|knots|km/h|mph|kilos?|kg|kilograms?|grams?|tonnes?|tons?|"
        r"lit(?:re|er)s?|degrees|acres?|hectares?|°)",
    ),
    "number": NUMBER,
    "words": SPOKEN,
    "reason": REASON,
    "person": NAME,
    "place": re.compile(
        r"\b(?:in|at|near|from|to|of|on|off|around|outside|beneath|under|behind|inside|between|into|across|along)\s+"
        r"(?:(?:the|an?|his|her|their|its)\s+)?[\w’'-]+(?:\s+[^\W\d_a-zß-öø-ÿ][\w’'-]*)*",
        re.IGNORECASE,
    ),
    "name": NAME,
}  # fmt: skip
"""What each kind of answer looks like; the kinds that are not here can't be told by their look."""

ELSE: Mapping[Kind, re.Pattern[str]] = {
    **dict.fromkeys(("money", "percent", "duration", "length", "clock", "score", "year", "age"), NUMBER),
    "person": HUMAN,
    "place": NAME,
}
"""What may do where a sentence has none of the first."""

FOCUS = re.compile(
    r"\b(?:how (?:many|much)|which|what)\s+(?P<what>(?:[\w’'-]+\s+){0,2}?[\w’'-]+)(?=\s+(?:did|do|does|is|are|was|were|"
    r"has|have|had|will|would|can|could|should|may|might|must|in|on|at|of|from|for|to|by|with|who|that|got|\w+ed)\b|\?|$)",
    re.IGNORECASE,
)
COUNTED: frozenset[Kind] = frozenset(
    ("number", "name", "person", "place", "when", "other", "percent", "money", "length", "duration")
)
NO_NAMES = frozenset(
    """the a an this that these those he she it they we i you his her its their our my in on at by for from to with
    after before during since when while as but and or if so not no there here one two three four five six seven eight
    nine ten some many most all both each every either neither another such what who how why where yet still then now
    also only even just more however although though despite according asked under over about between among""".split()
)  # fmt: skip
WORD = re.compile(r"\w+")


def kind_of(question: str) -> Kind:
    """What a question asks for."""
    return next((kind for kind, asks in ASKS.items() if asks.search(question)), "other")


def group_of(kind: Kind) -> Group:
    """The group of a kind."""
    return GROUPS.get(kind, "number")


def focus(question: str, kind: Kind) -> tuple[int, int] | None:
    """Where a question names what it counts or chooses among ("boats" of "how many fishing boats"); offsets into it."""
    found = FOCUS.search(question) if kind in COUNTED else None
    return (found.end("what") - len(found["what"].split()[-1]), found.end("what")) if found else None


def candidates(question: str, kind: Kind, sentence: str) -> list[tuple[int, int, float]]:
    """Where a sentence has, beyond the question's own words, what is asked for: (start, end, 1); .5 for what may do."""
    asked = set(WORD.findall(question.casefold()))
    for finds, strength in ((FINDS, 1.0), (ELSE, 0.5)):
        pattern = finds.get(kind)
        matches = pattern.finditer(sentence) if pattern else ()
        found = [m.span() for m in matches if not _known(m.group(), asked) and not _opens(kind, m, sentence)]
        if found:
            return [(start, end, strength) for start, end in found]
    return []


def fits(kind: Kind, found: Sequence[tuple[int, int, float]]) -> float:
    """1 or .5 when a sentence has what is asked for, -1 when it lacks it, 0 when that can't be told by its look."""
    if kind not in FINDS:
        return 0.0
    return max((strength for _, _, strength in found), default=-1.0)


def _known(found: str, asked: set[str]) -> bool:
    """Whether the question has these words itself."""
    words = set(WORD.findall(found.casefold()))
    return bool(words) and words <= asked


def _opens(kind: Kind, match: re.Match[str], sentence: str) -> bool:
    """Whether this is but the first word of a sentence, in a capital that makes no name."""
    return (
        kind in ("person", "name")
        and match.group().casefold() in NO_NAMES
        and not sentence[: match.start()].strip(" “\"'‘")
    )
