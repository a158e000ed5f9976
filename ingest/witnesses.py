"""What an article's fields rest on: which parts of its page, or of what its source says, state the same.

Told from the page and the article alone, so that it holds whatever way the cleaning came to its choice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from ingest.dates import as_moment
from ingest.decode import decode
from ingest.fields import as_text, as_url
from ingest.jsonld import JsonLd
from ingest.people import as_names
from ingest.stated import stated_fields
from qa.types import Article, Page

FIELDS = ("url", "title", "publisher", "authors", "published", "modified", "section", "language")
STATED = {
    "title": "headline",
    "publisher": "publisher",
    "authors": "author",
    "published": "datePublished",
    "modified": "dateModified",
    "section": "articleSection",
    "language": "inLanguage",
}
"""Where JSON-LD states a field."""

METAS = {
    "url": ("og:url",),
    "title": ("og:title", "twitter:title"),
    "publisher": ("og:site_name",),
    "authors": ("author", "article:author", "parsely-author", "sailthru.author"),
    "published": ("article:published_time", "date", "pubdate", "parsely-pub-date", "sailthru.date"),
    "modified": ("article:modified_time", "og:updated_time", "lastmod"),
    "section": ("article:section",),
    "language": ("og:locale",),
}
TAGS = {
    "url": (("link rel=canonical", "//link[@rel='canonical']/@href"),),
    "title": (("<title>", "//title"), ("<h1>", "//h1")),
    "authors": (("rel=author", "//*[@rel='author']"), ("itemprop=author", "//*[@itemprop='author']")),
    "published": (
        ("<time>", "//time/@datetime"),
        ("itemprop=datePublished", "//*[@itemprop='datePublished']/@content"),
    ),
    "language": (("<html lang>", "//html/@lang"),),
}
Signal = tuple[str, str, Any]
"""A field, what states it, and what that states."""


def witnesses(page: Page, article: Article) -> dict[str, list[str]]:
    """For each field that the article has, what states it; nothing for one that was read out of the text."""
    found: dict[str, list[str]] = {name: [] for name in FIELDS if getattr(article, name)}
    for field, label, value in _signals(page):
        if field in found and label not in found[field] and AGREES[field](value, getattr(article, field)):
            found[field].append(label)
    return found


def _signals(page: Page) -> Iterator[Signal]:
    if page.url:
        yield "url", "the address asked for", page.url
    for field, value in stated_fields(page.hints).items():
        yield field, "its row" if page.media_type == "fields" else "its source", value
    tree = _tree(page)
    if tree is not None:
        yield from _stated(tree)
        for field, paths in TAGS.items():
            for label, path in paths:
                for each in tree.xpath(path):
                    yield field, label, each.text_content() if isinstance(each, HtmlElement) else str(each)


def _stated(tree: HtmlElement) -> Iterator[Signal]:
    """What a page states for programs."""
    data = JsonLd(map(str, tree.xpath("//script[starts-with(@type, 'application/ld+json')]/text()")))
    for field, key in STATED.items():
        yield field, f"JSON-LD {key}", data.get(key)
    for field, names in METAS.items():
        for name in names:
            for value in tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name):
                yield field, f"meta {name}", str(value)


def _tree(page: Page) -> HtmlElement | None:
    content = decode(page.content) if isinstance(page.content, bytes) else page.content
    if page.media_type not in (None, "html") or not content or not content.strip():
        return None
    try:
        # lxml refuses a text that declares its encoding
        return document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", content))
    except (etree.LxmlError, ValueError):
        return None


def _same_words(value: Any, kept: str) -> bool:
    return (as_text(value) or "").casefold() == kept.casefold()


def _same_title(value: Any, kept: str) -> bool:
    """Whether a title is the kept one, perhaps with the outlet's name behind it."""
    return (as_text(value) or "").casefold().startswith(kept.casefold())


def _same_names(value: Any, kept: tuple[str, ...]) -> bool:
    names = {name.casefold() for name in as_names(value)}
    return bool(names & {name.casefold() for name in kept})


def _same_day(value: Any, kept: datetime) -> bool:
    moment = as_moment(value)
    return moment is not None and (moment == kept or moment.date() == kept.date())


def _same_language(value: Any, kept: str) -> bool:
    return (as_text(value) or "").casefold()[:2] == kept.casefold()[:2]


AGREES: dict[str, Callable[[Any, Any], bool]] = {
    "url": lambda value, kept: as_url(value) == kept,
    "title": _same_title,
    "publisher": _same_words,
    "authors": _same_names,
    "published": _same_day,
    "modified": _same_day,
    "section": _same_words,
    "language": _same_language,
}
