"""Sitemaps: the addresses that a site lists, with what a news sitemap says of them. Pure.

The form is that of sitemaps.org and of Google's news sitemaps: two small vocabularies, read with lxml. The kept
libraries for it fetch on their own, past the guards, or don't go with this project's licence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lxml import etree

from ingest.dates import as_moment
from ingest.fields import as_text

SITEMAP = re.compile(r"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
LOOKED_AT = 5000


@dataclass(frozen=True, slots=True)
class Listed:
    """An address in a sitemap: when it last changed, and what else is stated of its article.

    `is_sitemap` for one that leads to a further sitemap.
    """

    url: str
    changed: datetime | None = None
    hints: Mapping[str, Any] = field(default_factory=dict)
    is_sitemap: bool = False


def is_sitemap(text: str) -> bool:
    """Whether a text looks like a sitemap or an index of sitemaps."""
    return bool(SITEMAP.search(text[:LOOKED_AT]))


def listed(text: str) -> list[Listed]:
    """The addresses of a sitemap, the newest first, those without a date last; as far as a broken one can be read."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        # it is text already, whatever encoding it declares
        root = etree.fromstring(DECLARATION.sub("", text).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    found = _entries(root) if root is not None else iter(())
    unique = list({each.url: each for each in found}.values())
    dated = [each for each in unique if each.changed]
    dated.sort(key=lambda each: each.changed.timestamp() if each.changed else 0.0, reverse=True)
    return dated + [each for each in unique if not each.changed]


def _entries(root: Any) -> Iterator[Listed]:
    for element in root:
        name = _name(element)
        if name not in ("url", "sitemap"):
            continue
        own = _texts(element)
        if url := as_text(own.get("loc")):
            hints = _news(element)
            yield Listed(url, as_moment(own.get("lastmod")) or hints.get("published"), hints, name == "sitemap")


def _news(element: Any) -> dict[str, Any]:
    """What a news sitemap says of an article; nothing in other sitemaps."""
    news = _inside(element, "news")
    stated, outlet = _texts(news), _texts(_inside(news, "publication"))
    hints = {
        "title": as_text(stated.get("title")),
        "published": as_moment(stated.get("publication_date")),
        "publisher": as_text(outlet.get("name")),
        "language": as_text(outlet.get("language")),
    }
    return {name: value for name, value in hints.items() if value}


def _inside(element: Any, name: str) -> Any:
    return next((each for each in element if _name(each) == name), ())


def _texts(element: Any) -> dict[str, str]:
    """The texts of the elements right inside another one, by their names without namespace."""
    return {_name(each): (each.text or "").strip() for each in element if _name(each)}


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
