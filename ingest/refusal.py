"""Why a page is no article, by what was found on it. Pure; each reason comes with a message that says what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.words import word_count

Refusal = tuple[str, str]

STUB = ("paywall stub", "only the beginning is there; get the page as a subscriber sees it")
CONSENT = ("consent page", "it asks for consent to cookies; get the page after agreeing")
ERROR = ("error page", "it says that the site had no article to show; get the page again, or take it off the list")
INDEX = ("index page", "it lists articles; give the articles' own pages")
GALLERY = ("gallery page", "it shows pictures or a video with few words; there is no text to store")

WALL = re.compile(
    r"\bsubscri(?:be|ption|bers)\b.{0,60}\b(?:continue|read|unlock|access)|\b(?:subscribers|members) only\b|"
    r"\bonly (?:for|to) (?:subscribers|members)\b|\b(?:continue|keep) reading\b|"
    r"\balready a (?:member|subscriber)\b|\bto read the (?:full|rest)\b|\blog in to read\b|"
    r"\bunlock (?:this|the) (?:article|story)\b|\bexclusive to\b.{0,30}\bsubscribers\b",
    re.IGNORECASE | re.DOTALL,
)
COOKIES = re.compile(r"\b(?:cookies?|consent|privacy|partners|preferences)\b", re.IGNORECASE)
FAILED = re.compile(
    r"(?:(?:http )?(?:error )?(?:40[0-9]|410|429|50[0-4])\b.{0,40}|(?:the )?(?:page|article|story|content)[^.]{0,20}"
    r"(?:not|no longer|(?:can[’']?t|cannot|could not|couldn[’']t) be) (?:found|available|exists?).{0,30}|not found|"
    r"access (?:denied|to this page has been denied)|forbidden|unauthori[sz]ed|service unavailable|"
    r"bad gateway|gateway time-?out|internal server error|just a moment\W*|attention required\b.*|"
    r"are you (?:a )?(?:human|robot)\b.*|"
    r"(?:please )?(?:verify|confirm|prove) (?:that )?you(?: are|[’']re) (?:a )?(?:human|not a robot).*|"
    r"(?:oops|sorry)\W+(?:something went wrong|(?:this|that|the|we).{0,40}).*|too many requests|security check.*|"
    r"pardon our interruption\W*|robot or human\W*|page (?:removed|deleted|expired|unavailable))"
    r"(?:\s+[-|–—:·]\s+.{1,60})?",
    re.IGNORECASE,
)
CHALLENGE = re.compile(
    r"\bcaptcha\b|\bcloudflare ray id\b|\breference #[\d.a-f]+|\benable javascript and cookies\b|"
    r"\bchecking (?:if the site connection is secure|your browser)\b|\bunusual (?:traffic|activity)\b|"
    r"\byou don[’']t have permission to access\b|\bthe requested url\b.{0,80}\bnot found\b|"
    r"\bpage you (?:are|were) looking for\b|\bpage you requested\b",
    re.IGNORECASE,
)
CUT = re.compile(r"(?:…|\.\.\.+|\[…\]|[^.!?…”\"’')\]。」])\s*$")

WORDS_OF_STUB = 150
WORDS_OF_WALL = 100
WORDS_OF_NOTICE = 120
WORDS_OF_TEASERS = 250
WORDS_OF_GALLERY = 60
FEWEST_WORDS = 40
FEWEST_NOTICES = 4
FEWEST_TEASERS = 5
"""Headlines with a link in a page's main part, from which on it looks like a list of articles."""

FEWEST_PICTURES = 8
AROUND = 300
"""Characters before and after the end of a text within which a wall is this text's, not that of a teaser elsewhere."""

END = 40


@dataclass(frozen=True, slots=True)
class Look:
    """What tells an article from other pages: its titles, its text and all that is shown, and what the page states.

    `teasers` are headlines with a link in the main part, `pictures` those there.
    """

    titles: tuple[str, ...]
    text: str
    shown: str
    is_article: bool
    is_free: bool
    is_list: bool
    is_gallery: bool
    teasers: int
    pictures: int


def refusal_of(look: Look) -> Refusal | None:
    """Why a page is no article: a reason and a message; nothing when it is one."""
    words = word_count(look.text)
    if words < WORDS_OF_NOTICE and _failed(look):
        return ERROR
    if _is_stub(look, words):
        return STUB
    if words < WORDS_OF_NOTICE and not look.is_article and len(COOKIES.findall(look.text)) >= FEWEST_NOTICES:
        return CONSENT
    few = words < WORDS_OF_TEASERS
    if not look.is_article and look.teasers >= FEWEST_TEASERS and (few or look.is_list):
        return INDEX
    if words < WORDS_OF_GALLERY and (look.is_gallery or (not look.is_article and look.pictures >= FEWEST_PICTURES)):
        return GALLERY
    return None


def _failed(look: Look) -> bool:
    titled = any(FAILED.fullmatch(title.strip()) for title in look.titles)
    if look.is_article:
        return False
    return titled or bool(CHALLENGE.search(look.shown[:3000]) and word_count(look.text) < FEWEST_WORDS)


def _is_stub(look: Look, words: int) -> bool:
    """Whether only an article's beginning is there: it isn't free and is cut off, or it ends at a wall."""
    if not look.is_free and words < WORDS_OF_STUB and (words < FEWEST_WORDS or CUT.search(look.text)):
        return True
    return words < WORDS_OF_WALL and bool(WALL.search(_around_the_end(look.text, look.shown)))


def _around_the_end(text: str, shown: str) -> str:
    """What is shown where the text ends; all of it where the text's end isn't found there."""
    text, shown = " ".join(text.split()), " ".join(shown.split())
    at = shown.rfind(text[-END:])
    return shown if at < 0 else shown[max(0, at - AROUND) : at + END + AROUND]
