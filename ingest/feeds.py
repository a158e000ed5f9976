"""RSS and Atom: what a feed says of its entries. The only file that knows feedparser."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import feedparser

from ingest.fields import as_text, as_url
from ingest.people import as_names

FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed: its link, what it states of the article, and its text as HTML, whole or a teaser."""

    url: str | None
    hints: Mapping[str, Any]
    content: str
    is_whole: bool

    @property
    def slug(self) -> str:
        """The last part of the link's path that names the article, without an ending."""
        path = re.sub(r"/(?:index\.\w+)?$", "", urlsplit(self.url or "").path)
        return re.sub(r"\.x?html?$", "", path.rsplit("/", 1)[-1])


def is_feed(text: str) -> bool:
    """Whether a text looks like a feed."""
    return bool(FEED.search(text[:2000]))


def entries_of(text: str, url: str = "") -> list[FeedEntry]:
    """The entries of the feed at `url`, in its order; none for a text that is no feed."""
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    # feedparser would open a text that begins like an address or a path; a stream it just reads
    feed = feedparser.parse(BytesIO(text.encode("utf-8", "replace")), response_headers=headers)
    publisher = as_text(feed.feed.get("title"))
    return [_entry(each, publisher) for each in feed.entries]


def _entry(each: Any, publisher: str | None) -> FeedEntry:
    whole = next((part.value for part in each.get("content", []) if part.get("value")), "")
    url = as_url(each.get("link"))
    hints = {
        "title": as_text(each.get("title")),
        "url": url,
        "publisher": publisher,
        "authors": as_names([author.get("name") for author in each.get("authors", [])] or each.get("author")),
        "published": _moment(each, "published_parsed"),
        "modified": _moment(each, "updated_parsed"),
    }
    return FeedEntry(url, {k: v for k, v in hints.items() if v}, whole or each.get("summary", ""), bool(whole))


def _moment(entry: Any, key: str) -> datetime | None:
    parsed = entry[key] if key in entry else None  # noqa: SIM401 - feedparser's get() answers with a similar key
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
