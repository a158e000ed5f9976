"""Whom "he" or "she" means in an article, where it leaves no doubt. Pure rules for English."""

from __future__ import annotations

import re

from qa.answers.quotations import inside
from qa.patterns import NAME, TIME
from qa.persons import HE, NO_PERSON, PERSONAL, SHE, SPEAKER, TITLES, Sex, people, sex_of
from qa.places import countries_in
from qa.sentences import sentence_spans
from qa.types import Passage

PRONOUN = re.compile(r"\b(?P<word>he|she|his|her)\b", re.IGNORECASE)
SENTENCES_BEFORE = 2
TITLED = re.compile(r"\b(?:Mrs?|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Prof|Professor|Judge|Captain)\b\.?\s+[^\W\d_a-z]")
OFFICES = "|".join(sorted(TITLES | {"Sen", "Rep", "Gov", "Gen", "Lt", "Col", "Sgt"}))
WHOSE = re.compile(r"\b(?:who|whose|whom)\b", re.IGNORECASE)
"""What a clause with these is about stands in the sentence itself."""

KIN = re.compile(
    r"['’]s?\s(?:\w+ )?(?:wife|husband|father|mother|son|daughter|brother|sister|lawyer|partner|widow|spokes\w+)\b"
)
"""After a name, these speak of somebody else."""

INITIALS = re.compile(r"J[A-Z]|[A-Z]J|(?:[A-Z]\.)+")
STRAY = frozenset("watch see read photo photos image images time police".split())
"""Words that begin a sentence or a caption with a capital, before a name or as if they were one."""

PLACING = re.compile(r"\b(?:in|at|near|across|outside|around|throughout|the)(?: [A-Z][\w’'-]*)*\s$", re.IGNORECASE)
"""What stands before places and things rather than before people."""


def pronoun(passage: Passage, start: int, end: int) -> re.Match[str] | None:
    """The first "he" or "she" outside quotation marks between two offsets into the article, if nobody that it may mean
    is named before it. The match counts from the first offset.
    """
    text = passage.text[start - passage.start : end - passage.start]
    for match in PRONOUN.finditer(text):
        if not inside(passage.text, start - passage.start + match.start()):
            words = text[: match.start()]
            return None if _names_somebody(words, passage.text) or _others(words, "", passage.text) else match
    return None


def antecedent(passage: Passage, at: int, sex: Sex) -> str | None:
    """Whom "he" or "she" means at an offset into the article, if what stands before leaves one person alone."""
    place = at - passage.start
    told = (s.speaker for s in passage.said if s.end <= at <= s.end + 30 or at < s.start <= at + 40)
    speaker = next((name for name in told if len(name.split()) > 1 and name[:1].isupper()), None)
    if speaker and not (HE if sex == "she" else SHE).search(speaker):
        name = people_named(speaker, passage)
        return name if _may_be(name, passage.text[:place], sex) else None
    before = [span for span in sentence_spans(passage.text) if span[1] <= place][-SENTENCES_BEFORE:]
    window = passage.text[before[0][0] : place] if before else ""
    named = people(window, passage.text)
    if len(named) != 1 or not _may_be(named[0], passage.text[:place], sex) or not _is_sure(named[0], passage.text, sex):
        return None
    since = window[window.rfind(named[0].split()[-1]) :]
    return None if _others(since, named[0], passage.text) else named[0]


def people_named(speaker: str, passage: Passage) -> str:
    """A speaker's name without office: that of a person in the passage, if it is one."""
    name = re.split(r"['’]s\s", speaker)[-1]
    known = people(passage.text, passage.text)
    return next((person for person in known if person.split()[-1] == name.split()[-1]), name)


def _names_somebody(words: str, text: str) -> bool:
    """Whether words of a text name a person, in full, by a title or by the last name of one in the text, or speak of
    one.
    """
    if people(". " + words, text) or TITLED.search(words) or WHOSE.search(words):
        return True
    return any(re.search(rf"\b{re.escape(person.split()[-1])}\b", words) for person in people(text, text))


def _may_be(name: str, before: str, sex: Sex) -> bool:
    """Whether nothing speaks against a name's being that of a person of one sex, after the text before."""
    words = name.split()
    if words[0].casefold() in STRAY or NO_PERSON.search(name):
        return False
    if any(word.isupper() and len(word) > 1 and not INITIALS.fullmatch(word) for word in words):
        return False
    if re.search(rf"\b(?:in|at|near|across|outside|around|throughout)\s+{re.escape(name)}\b(?!['’]s)", before):
        return False
    return _called(name, before) in (sex, None) and sex_of(name, [before]) in (sex, None)


def _is_sure(name: str, text: str, sex: Sex) -> bool:
    """Whether a name is surely a person's: one of several words, or one that a text speaks of as of a person."""
    if " " in name:
        return True
    own = re.escape(name)
    pronouns = "he|his|him|himself" if sex == "he" else "she|her|hers|herself"
    forms = (rf"\b(?:{OFFICES})\.?\s+{own}\b", rf"\b{own}\b(?:['’]s)?[^.!?\n]{{0,120}}\b(?:{pronouns}|who)\b")
    return (
        any(re.search(form, text) for form in forms)
        or any(name in (match["after"], match["before"]) for match in SPEAKER.finditer(text))
        or any(PERSONAL.match(text, match.end()) for match in re.finditer(rf"\b{own}\b", text))
    )


def _others(words: str, name: str, text: str) -> bool:
    """Whether words of a text may name somebody besides one, however unsure."""
    if KIN.search(words):
        return True
    for match in NAME.finditer(words):
        other = re.sub(r"['’]s?$", "", match.group())
        begins = not re.search(r"[^\s.!?“\"]\s+$", words[: match.start()])
        if begins and " " not in other and not re.search(rf"[a-z,]\s{re.escape(other)}\b", text):
            continue  # any word may begin a sentence
        known = other.isupper() or TIME.search(other) or NO_PERSON.search(other) or not countries_in(other)[1].strip()
        if not known and not PLACING.search(words[: match.start()]) and other.split()[-1] not in name.split():
            return True
    return False


def _called(name: str, text: str) -> Sex | None:
    """Whether a text gives somebody a title of one sex."""
    last = re.escape(name.split()[-1])
    if re.search(rf"\b(?:Mr|Sir|Lord|King|Prince)\b[^.]{{0,20}}{last}\b", text):
        return "he"
    return "she" if re.search(rf"\b(?:Mrs|Ms|Miss|Dame|Lady|Queen|Princess)\b[^.]{{0,20}}{last}\b", text) else None
