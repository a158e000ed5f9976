"""The text of a page's article, and the day that a page shows. The only file that knows trafilatura and htmldate."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, NamedTuple

import trafilatura
from htmldate import find_date
from lxml.html import HtmlElement
from trafilatura.metadata import extract_metadata

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports each page it can't read as an error
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

APART = re.compile(
    r"(?:^|[\s_])(?:[\w-]+-)?(?:related(?:-\w+)?|recirc\w*|newsletters?(?:-\w+)?|read-?more|most-?(?:read|popular)|"
    r"also-?(?:read|like)|recommend(?:ed|ations?)|trending|article-?tools|disclaimer|affiliate-\w+|copyright|sponsored|"
    r"author-?(?:bio|box|card)|about-?(?:the-?)?author|sign-?up(?:-\w+)?|toc|table-of-contents|keypoints|"
    r"(?:rollover|tooltip|hover|popover)(?:-\w+)*-(?:block|box|card|content|text|body|popup))(?=$|[\s_])",
    re.IGNORECASE,
)
"""Classes that sites give to what stands beside an article or inside it without being part of it."""

BLOCKS = frozenset({"div", "section", "ul", "ol", "p", "form", "dialog", "span", "blockquote", "nav"})
TEXTS = ("p", "li", "td")
CLOSING = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
LINKING = ("p", "li")
BEGIN, END = "\u2e24", "\u2e25"
"""Half brackets of editions of old texts, as marks: trafilatura would drop characters that can't be seen."""

MARKED = re.compile(f"{BEGIN}[^{BEGIN}{END}]*{END}")
WORD = re.compile(r"\w")
MOST_APART = 0.2
"""Share of a page's text from which on an element is its article, whatever its class says."""

FULLER = 1.08
"""How much longer a text that was taken with less care has to be, so that paragraphs must have been missing."""

COMMON = 0.85
"""Share of the careful text that must be in the fuller one, so that both are the same article."""


class Metadata(NamedTuple):
    """What a page says of its article in one way or another, as words."""

    authors: str | None
    site: str | None
    title: str | None


def load(text: str) -> HtmlElement | None:
    """The tree of a page; nothing when there is none in the text. What follows a closed body belongs to it, as in
    browsers; lxml would lose it.
    """
    tree: HtmlElement | None = trafilatura.load_html(CLOSING.sub("", text))
    return tree


def text_of(tree: HtmlElement, url: str | None) -> str:
    """The text of a page's article, a line for each paragraph; empty for none. The tree stays as it is.

    Trafilatura reads a page twice: with care, and so that nothing is missed. The second reading counts where it has
    the first one's paragraphs and more: careful rules lose whole parts of pages that were built from nested boxes.
    """
    marked = with_marks(deepcopy(tree))
    careful = _read(marked, url, full=False)
    return "\n".join(completed(careful, _read(marked, url, full=True)))


def metadata_of(tree: HtmlElement, url: str | None) -> Metadata:
    """What trafilatura finds beside the text."""
    found: Any = extract_metadata(deepcopy(tree), url, {"original_date": True, "extensive_search": False})
    return Metadata(found.author or None, found.sitename or None, found.title or None)


def likely_day(tree: HtmlElement, url: str | None) -> str | None:
    """The day of publication that htmldate makes out, in ISO form; none where it is but a year."""
    day: str | None = find_date(deepcopy(tree), url=url, original_date=True, extensive_search=True)
    return None if day and day.endswith("-01-01") else day


def with_marks(tree: HtmlElement) -> HtmlElement:
    """A tree in which the texts that stand apart from the article are marked; it is changed.

    Taken out, they would be missed by what weighs the parts of a page against each other.
    """
    apart = [e for e in tree.iter("figcaption", *BLOCKS) if e.tag == "figcaption" or APART.search(e.get("class") or "")]
    total = _text_length(tree) if apart else 0
    for paragraph in tree.iter(*LINKING):
        if _is_link(paragraph):
            _mark(paragraph)
    for element in apart:
        if _text_length(element) <= MOST_APART * total and not _holds_article(element):
            _mark(element)
    return tree


def _mark(apart: HtmlElement) -> None:
    for element in apart.iter():
        if isinstance(element.tag, str) and element.tag not in ("script", "style"):
            element.text = _marked(element.text)
        if element is not apart:
            element.tail = _marked(element.tail)


def _marked(text: str | None) -> str | None:
    return f"{BEGIN}{text}{END}" if text and text.strip() and BEGIN not in text else text


def _is_link(paragraph: HtmlElement) -> bool:
    """Whether a paragraph is a link to something else, and nothing more."""
    links = [link for link in paragraph.iter("a") if link.get("href")]
    if len(links) != 1:
        return False
    words, linked = (" ".join(each.text_content().split()) for each in (paragraph, links[0]))
    return bool(linked) and words == linked and len(words.split()) >= 4 and not words.endswith((".", "!", "?", "”"))


def _text_length(element: HtmlElement) -> int:
    return sum(len(each.text_content()) for each in element.iter(*TEXTS))


def _holds_article(element: HtmlElement) -> bool:
    return next(element.iter("h1", "article", "main"), None) is not None


def _read(tree: HtmlElement, url: str | None, *, full: bool) -> list[str]:
    """The lines of a tree's article without what is marked."""
    found: Any = trafilatura.bare_extraction(
        tree, url=url, include_comments=False, include_tables=True, fast=full, favor_recall=full
    )
    text = MARKED.sub("", found.text) if found else ""
    return [line for line in text.split("\n") if WORD.search(line)]


def completed(careful: Sequence[str], full: Sequence[str]) -> Sequence[str]:
    """The lines of a text with those inside it that only the fuller text has; not with what is around it there."""
    known = {line.strip() for line in careful if line.strip()}
    common = [number for number, line in enumerate(full) if line.strip() in known]
    if not common or sum(len(full[number]) for number in common) < COMMON * sum(map(len, careful)):
        return careful
    inner = full[common[0] : common[-1] + 1]
    return inner if sum(map(len, inner)) > FULLER * sum(map(len, careful)) else careful
