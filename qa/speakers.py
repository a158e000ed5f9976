"""Whose words a question asks for, and whether a saying is theirs. Pure rules for English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from qa.places import countries_in
from qa.types import Saying

SAY = (
    r"say|said|saying|tell|told|claim|claimed|argue|argued|warn|warned|respond|responded|react|reacted|think|thought|"
    r"believe|believed|describe|described|explain|explained|reply|replied|announce|announced|comment|commented|admit|"
    r"admitted|deny|denied|accuse|accused|promise|promised|blame|blamed|criticise|criticised|criticize|criticized|"
    r"write|written|insist|estimate|estimated|suggest|suggested|conclude|concluded|confirm|confirmed|predict|predicted|"
    r"propose|proposed|recommend|recommended|advise|advised|declare|declared|state|stated|call for|called for|put it"
)
OPINION = (
    r"response|reaction|view|views|opinion|statement|statements|comments?|explanation|verdict|advice|account|version|"
    r"position|stance|claims?|message|reply|answer|words|assessment|prediction|warning|reasons?|argument"
)
WHO = (
    r"(?!(?:it|they|he|she|you|we|i|this|that|there|people|anyone|someone|somebody|anybody|others|the\s+(?:articles?|"
    r"reports?|papers?|stor(?:y|ies)|news|press))\b)(?P<who>(?:[^\s?,;:]+\s+){0,6}?[^\s?,;:]+?)"
)
AUXILIARY = r"(?:did|does|do|has|have|had|was|were|is|are|would|will)(?:n['’]t)?"
BETWEEN = r"(?:\s+(?:not|also|ever|actually|since|initially|first|later|then|publicly|already|really|have|has|had))*"

ASKED = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\baccording\s+to\s+{WHO}(?=\s*(?:[?,;:.]|$|\b(?:how|what|when|where|who|why|which|is|was|were|did|does|in|"
        r"on|about|after)\b))",
        rf"\bwhat\s+(?:is|was|are|were)\s+{WHO}['’]s?\s+(?:\w+\s+)?(?:{OPINION})\b",
        rf"\bwhat\s+(?:{OPINION})\s+(?:did|does|has|have)\s+{WHO}\s+(?:give|given|make|made|issue|offer|express)\b",
        rf"\b{AUXILIARY}\s+{WHO}{BETWEEN}\s+(?:{SAY})\b",
        rf"\b(?:in|from)\s+{WHO}['’]s?\s+(?:own\s+)?(?:words|opinion|view|account)\b",
        rf"\b(?:quotes?|statements?|comments?|words|remarks)\s+(?:of|by|from)\s+{WHO}(?=\s*(?:[?,;.]|$|\b(?:about|on|after|"
        r"in)\b))",
    )
)
"""The forms of a question that asks for somebody's words; the first that matches counts."""

NOBODY = re.compile(r"^(?:who|whom|whose|what|which|how|why|when|where|not|many|much|no one|nobody)\b", re.IGNORECASE)
WRITING = re.compile(
    r"\b(?:data|analys[ie]s|stud(?:y|ies)|reports?|surveys?|polls?|figures|statistics|research|index|estimates?|rules?|"
    r"law|plans?|schedule|article|articles|media|rumou?rs?)$",
    re.IGNORECASE,
)
TITLES = frozenset(
    "mr mrs ms dr sir dame lord lady the a an of for in and to its his her their s prof professor".split()
)
STATES = frozenset(
    """government military army ministry minister officials official president spokesman spokeswoman spokesperson prime
    foreign defence defense brass chiefs chief joint staff navy air force police authorities state leader leaders
    parliament cabinet embassy ambassador diplomat diplomats premier chancellor regime intelligence general king queen
    administration department secretary envoy national security""".split()
)
"""Words beside a country's name with which a speaker speaks for the country."""

LIKE: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "police officer officers constable sergeant detective superintendent inspector sheriff commissioner",
        "government minister ministers ministry premier cabinet officials official administration",
        "military army brass general navy commander chiefs soldiers troops",
        "council councillor councillors mayor",
        "hospital doctor doctors surgeon nurse medics",
        "union unions organiser",
        "company firm spokesman spokeswoman spokesperson executive boss",
        "court judge judges justice magistrate",
        "scientists scientist researchers researcher study experts expert academics professor",
        "experts expert analysts analyst specialists specialist researcher professor",
        "residents resident neighbours neighbour locals villagers villager",
        "witnesses witness onlookers onlooker bystander passenger",
        "officials official authorities spokesman spokeswoman spokesperson",
        "family relatives relative mother father son daughter brother sister widow",
        "prosecutors prosecutor prosecution", "firefighters fire brigade",
    )
)  # fmt: skip


def speaker_asked(question: str) -> str | None:
    """Whose words a question asks for, as it names them, without "the"; `None` when it asks for nobody's."""
    for form in ASKED:
        for found in form.finditer(question):
            who = re.sub(r"^(?:the|a|an)\s+", "", found["who"], flags=re.IGNORECASE).strip(" ’'“”\"")
            if who and not NOBODY.match(who) and not WRITING.search(who) and re.search(r"\w", who):
                return who
    return None


def speaks(speaker: str, saying: Saying) -> float:
    """How surely a saying is of the speaker asked about, 0 to 1.

    1 when all the words asked for are in its speaker ("Falk" for "harbour master Ines Falk"), .9 for a family name
    alone, a country's military or government for the country, an acronym, .6 for one of its like ("detective" for "the
    police"), .3 for a country's people at large; 0 for anybody else.
    """
    return likeness(speaker, saying.speaker)


def likeness(asked: str, named: str) -> float:
    """What `speaks` says of two names."""
    countries, rest_asked = countries_in(asked)
    others, rest_named = countries_in(named)
    wanted, given = _words(rest_asked), _words(rest_named)
    if countries:
        if not countries & others:
            return 0.0
        if not wanted - STATES:
            return _for_the_country(wanted, given)
    if not wanted or not given:
        return 0.9 if _acronym(asked, named) else 0.0
    if wanted <= given:
        return 1.0
    if _acronym(asked, named):
        return 0.9
    if given <= wanted and _last(rest_asked) in given:
        return 0.9
    return 0.6 if any(wanted & like and given & like for like in LIKE) and not _two_people(asked, named) else 0.0


def speaker_in(speaker: str, said: Iterable[Saying]) -> float:
    """How surely the speaker says something among some sayings, 0 to 1."""
    return max((speaks(speaker, saying) for saying in said), default=0.0)


def _for_the_country(wanted: set[str], given: set[str]) -> float:
    if wanted & given or (not wanted and (not given or given & STATES)):
        return 0.9 if given else 1.0
    if wanted and any(wanted & like and given & like for like in LIKE):
        return 0.9
    return 0.3


def _two_people(asked: str, named: str) -> bool:
    """Whether both are names of people, so that what they have in common is no more than an office."""
    return _capitals(asked) > 0 and _capitals(named) > 0


def _capitals(name: str) -> int:
    return len(re.findall(r"\b[^\W\d_a-z]\w+", name))


def _acronym(one: str, other: str) -> bool:
    return _initials(one) in _tokens(other) or _initials(other) in _tokens(one)


def _initials(name: str) -> str:
    initials = "".join(re.findall(r"\b[A-Z](?=\w)", name)).lower()
    return initials if len(initials) > 1 else "\0"


def _last(name: str) -> str:
    tokens = _tokens(name)
    return tokens[-1] if tokens else ""


def _words(name: str) -> set[str]:
    return set(_tokens(name)) - TITLES


def _tokens(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.replace(".", "")).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.findall(r"\w+", re.sub(r"['’]s\b", "", plain))
