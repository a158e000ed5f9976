"""The authors of an article: whom its page states, and whom it shows in a byline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from lxml.html import HtmlElement

from ingest.people import as_names, is_full_name, same_name
from ingest.places import is_around
from ingest.words import word_count

NAMED = re.compile(
    r"(?:^|[\s_-])(?:author|byline|contributor|writer)s?(?:[\s_-]+(?:name|link|title|url|text))*(?=$|\s)|"
    r"\bauthor_?name\b|\btype-author\b|\bp-author\b",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"comment|related|recommend|sidebar|widget-area|footer|menu", re.IGNORECASE)
BY = re.compile(
    r"^\W*(?:(?:words|story|report|article|post|text|written|posted|published|contributed|authored)\s+)?by\b[:\s]*",
    re.IGNORECASE,
)
AFTER_NAME = re.compile(
    r"\s+(?:on|in|at|for)\s.*$|\s*[|·•⋅,–—-]\s.*$|"
    r"\s*(?:\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.? \d).*$|"
    r"\s*(?:published|posted|updated)\b.*$",
    re.IGNORECASE,
)
NAME = re.compile(r"[^\W\d_][\w.’'()-]*(?:\s+\(?[^\W\d_][\w.’'()-]*){0,5}")
INITIALS = re.compile(r"[A-Z]{1,3}")
MOST_WORDS = 16
"""Words of a byline with all that stands in its line."""


def authors_of(
    stated: Sequence[tuple[str, ...]], guess: Callable[[], tuple[str, ...]], tree: HtmlElement, publisher: str | None
) -> tuple[str, ...]:
    """The authors by the best of the signals: those `stated`, best first, then the byline that the page shows, then
    those that a costly `guess` makes out.

    A first and a last name beat what may be the name of an account, and everyone beats the outlet itself.
    """
    known = [names for names in stated if any(re.search(r"[^\W\d]", name) for name in names)]
    people = [names for names in known if _are_people(names, publisher)]
    if people:
        return people[0]
    accounts = [names[0] for names in known]
    shown = shown_authors(tree)
    if _are_people(shown, publisher):
        return shown
    guessed = guess()
    guessed = () if guessed and any(same_name(guessed[0], account) for account in accounts) else guessed
    if _are_people(guessed, publisher):
        return guessed
    found = [names for names in (*known, shown, guessed) if names]
    return next((names for names in found if not same_name(names[0], publisher)), found[0] if found else ())


def shown_authors(tree: HtmlElement) -> tuple[str, ...]:
    """The first author that a byline on the page names."""
    for element in tree.iter(
        "a", "address", "button", "div", "h3", "h4", "h5", "h6", "li", "p", "span", "strong", "em"
    ):
        for words in _candidates(element):
            names = as_names(AFTER_NAME.sub("", words.strip()))
            if names and all(map(_is_name, names)) and not is_around(element, ELSEWHERE):
                return names
    return ()


def _is_name(name: str) -> bool:
    return bool(NAME.fullmatch(name)) and not INITIALS.fullmatch(name)


def _candidates(element: HtmlElement) -> Iterator[str]:
    """The words after a "by" that an element begins with, or the words of one that is there for an author's name."""
    opening = (element.text or "").strip()
    if BY.match(opening):
        words = _words(element) or ""
        behind = BY.sub("", words)
        parent = element.getparent()
        if not behind and parent is not None:
            behind = BY.sub("", _words(parent) or "")
        if behind and behind != words and (behind[0].isupper() or len(behind.split()) < 3):
            yield behind
    is_author = element.get("rel") == "author" or element.get("itemprop") == "author"
    if is_author or NAMED.search(element.get("class") or ""):
        words = _words(element) or ""
        if words:
            yield BY.sub("", words)


def _words(element: HtmlElement) -> str | None:
    """The words of an element, if they are as few as a byline has."""
    words: list[str] = []
    for piece in element.itertext():
        words += piece.split()
        if len(words) > MOST_WORDS:
            return None
    return " ".join(words)


def _are_people(names: Sequence[str], publisher: str | None) -> bool:
    return bool(names) and is_full_name(names[0]) and not same_name(names[0], publisher) and word_count(names[0]) <= 6
