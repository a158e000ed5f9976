"""The names in a text: capitalised words that are more than the beginning of a sentence."""

from __future__ import annotations

import re
from itertools import dropwhile

from evals.scores.dates import without_dates
from evals.scores.numbers import VALUES
from evals.scores.text import words
from qa.patterns import NAME, SAYING
from qa.sentences import sentence_spans

INITIALS = re.compile(r"\b(?:[^\W\d_a-z]\.){2,}")
OPENING = re.compile(r"(?:[“«‘]|(?<!\S)[\"'(\[]|[:;]\s|[—–]\s?)\s*")
ORDINARY = frozenset(
    "a about above across after again against ago all almost along already also although always am among an and "
    "another any anyone anything are around as at away back be because been before behind being below beneath "
    "beside besides between beyond both but by can cannot could despite did do does done down during each earlier "
    "either else even ever every everybody everyone everything except few finally first for former from further "
    "had half has have he her here hers herself him himself his how however i if in indeed inside instead into is "
    "it its itself just last late later least less let like many maybe me meanwhile might mine more moreover most "
    "much must my myself near nearly neither never nevertheless next no nobody none nonetheless nor not nothing "
    "now of off often on once only onto or other others otherwise our ours out outside over own perhaps "
    "previously quite rather recently second she should similarly since so some somebody someone something "
    "sometimes soon still such than that the their theirs them then there thereafter therefore these they this "
    "those though through throughout thus till to today together tomorrow tonight too toward towards under unless "
    "unlike until up upon us usually very was we well were what whatever when whenever where whereas wherever "
    "whether which while who whoever whole whom whose why will with within without would yes yesterday yet you "
    "your yours".split()
) | frozenset(VALUES)
"""Words that are no names when a sentence begins with them."""
APOSTROPHE = re.compile("[’']")
NOT = re.compile("n[’']t$", re.IGNORECASE)
PLURAL = re.compile(r"[^siu]s$", re.IGNORECASE)
"""Not "Moss", "Davis" or "Marcus"."""
MANY = frozenset("police people men women children staff media parliament government management".split())
"""Words that, like plurals, say something without an article before them, and are no names."""


def names_in(text: str) -> list[str]:
    """The names in a text, in order: runs of capitalised words, "U.S." among them; dates and "I" are none.

    At the beginning of a sentence, a quotation or a clause behind a colon or dash, ordinary words aren't part of a
    name, and a capitalised word alone is a name only if it is in capitals, or in the singular with a possessive 's or a
    verb of saying behind it, as only names are without an article ("Ruiz said", but "Officials said"). So "Ruiz left."
    has no name: nothing tells Ruiz from an ordinary word there.
    """
    text = _closed_up(text)
    starts = {start + _marks(text[start:end]) for start, end in sentence_spans(text)}
    starts |= {match.end() for match in OPENING.finditer(text)}
    text = without_dates(text)
    return [name for match in NAME.finditer(text) if (name := _name(text, match, match.start() in starts))]


def words_for_names(text: str) -> set[str]:
    """All words that a name could be made of: those of the text, also where a space before a capital is missing."""
    capitalised = (match.group() for match in NAME.finditer(_closed_up(text)))
    return {word for stretch in (text, *capitalised) for word in words(stretch)}


def _closed_up(text: str) -> str:
    """The text with "US" for "U.S."."""
    return INITIALS.sub(lambda initials: initials.group().replace(".", ""), text)


def _name(text: str, match: re.Match[str], opens: bool) -> str:
    run = match.group().split()
    while run and _ordinary(run[-1]):
        del run[-1]
    if not opens:
        return " ".join(run)
    kept = list(dropwhile(_ordinary, run))
    alone = len(run) == len(kept) == 1 and not run[0].isupper()
    return "" if alone and not _stands_for_one(run[0], text[match.end() :]) else " ".join(kept)


def _ordinary(word: str) -> bool:
    """Whether it is an ordinary word, or begins with one as "It’s" does; in capitals it is something else: the WHO."""
    base = APOSTROPHE.split(word)[0]
    return (base.casefold() in ORDINARY and not (len(base) > 1 and base.isupper())) or NOT.search(word) is not None


def _stands_for_one(word: str, rest: str) -> bool:
    """Whether a capitalised word, alone at a beginning, is used as names are: who speaks, or who has something."""
    base, *ending = APOSTROPHE.split(word)
    many = PLURAL.search(base) is not None or base.casefold() in MANY
    return not many and (ending == ["s"] or SAYING.match(rest.lstrip()) is not None)


def _marks(sentence: str) -> int:
    return len(sentence) - len(sentence.lstrip(" \t\n\"'“‘«([…-–—"))
