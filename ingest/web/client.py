"""Addresses on the web as pages: an article, a feed or a sitemap, told by what comes, not by its address."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ingest.feeds import FeedEntry, entries_of
from ingest.markup import is_html
from ingest.pdf import is_pdf, pdf_page
from ingest.report import Skipped
from ingest.rows import LARGEST, Found, json_pages, text_of
from ingest.web.cache import Cache, Kept
from ingest.web.fetch import Fetcher, Manners
from ingest.web.guard import Guard, NotFetched
from ingest.web.sitemaps import Listed, listed
from ingest.web.wire import Limits, unpacked
from qa.settings import Settings
from qa.types import Page

MOST = 100
MOST_SITEMAPS = 20
RECHECK = 86_400.0
"""Seconds for which an article out of a feed or sitemap that states no later change is not asked for again."""

PACKED = b"\x1f\x8b"
ROOT = re.compile(
    r"\ufeff?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*<(?:\w+:)?(rss|feed|rdf|urlset|sitemapindex)\b",
    re.IGNORECASE | re.DOTALL,
)
LOOKED_AT = 20_000
NO_TEXT = re.compile(r"(?:image|video|audio|font)/|application/(?:zip|octet-stream|vnd\.|msword)")


class Web:
    """Reads addresses. `most` is how many articles one feed or sitemap may bring in a run, the newest first."""

    def __init__(self, fetcher: Fetcher, most: int = MOST) -> None:
        self._fetcher = fetcher
        self._most = most

    def page(self, url: str) -> Iterator[Found]:
        """The article at an address, or those of the feed or sitemap that is there; what fails, as skipped."""
        try:
            kept = self._fetcher.fetch(url)
        except NotFetched as error:
            yield Skipped(url, error.reason, error.message)
            return
        text = _text(url, kept)
        kind = kind_of(text) if isinstance(text, str) else ""
        if kind in ("rss", "feed", "rdf"):
            yield from self._feed(url, entries_of(str(text), kept.url))
        elif kind in ("urlset", "sitemapindex"):
            yield from self._sitemap(url, listed(str(text)))
        else:
            yield from _article(url, kept, text, {})

    def close(self) -> None:
        """Stop waiting for servers, and close what keeps the pages."""
        self._fetcher.close()

    def _feed(self, url: str, entries: list[FeedEntry]) -> Iterator[Found]:
        if not entries:
            yield Skipped(url, "empty", "the feed has no entries")
        for number, entry in enumerate(entries[: self._most], 1):
            yield from self._entry(f"{url}#{number}", entry)
        yield from _left_out(url, len(entries) - self._most, "entries")

    def _entry(self, origin: str, entry: FeedEntry) -> Iterator[Found]:
        """The page of an entry; its own text only where that is whole and the page can't be had."""
        if entry.url:
            found = list(self._linked(entry.url, entry.hints, entry.hints.get("modified")))
            if not entry.is_whole or not all(isinstance(each, Skipped) for each in found):
                yield from found
                return
        if entry.is_whole:
            yield Page(entry.url or origin, entry.content, entry.url, "html", entry.hints)
        else:
            yield Skipped(origin, "teaser only", "the entry has no link and no full text")

    def _sitemap(self, url: str, found: list[Listed]) -> Iterator[Found]:
        """The articles of a sitemap, and of those that it lists, as far as the bounds go."""
        if not found:
            yield Skipped(url, "empty", "the sitemap lists nothing, or is broken")
        further = [each for each in found if each.is_sitemap]
        articles = [each for each in found if not each.is_sitemap]
        read = 0
        for sitemap in further[:MOST_SITEMAPS]:
            if len(articles) >= self._most:
                break
            read += 1
            try:
                kept = self._fetcher.fetch(sitemap.url)
            except NotFetched as error:
                yield Skipped(sitemap.url, error.reason, error.message)
                continue
            text = _text(sitemap.url, kept)
            articles += [each for each in listed(text) if not each.is_sitemap] if isinstance(text, str) else []
        for article in articles[: self._most]:
            yield from self._linked(article.url, article.hints, article.changed)
        yield from _left_out(url, len(articles) - self._most, "pages")
        yield from _left_out(url, len(further) - read, "sitemaps")

    def _linked(self, url: str, hints: Any, changed: datetime | None) -> Iterator[Found]:
        """The article that a feed or a sitemap links to, asked for again when it says so, or once a day."""
        since = max(time.time() - RECHECK, changed.timestamp() if changed else 0.0)
        try:
            kept = self._fetcher.fetch(url, since=since)
        except NotFetched as error:
            yield Skipped(url, error.reason, error.message)
        else:
            yield from _article(url, kept, _text(url, kept), hints)


def open_web(settings: Settings, *, keeps: bool = True) -> Web:
    """The web as the settings say; unless it `keeps` what it fetched in the home, only for as long as it is open."""
    manners = Manners(settings.user_agent or "", settings.fetch_delay, Limits(settings.fetch_timeout))
    cache = Cache(settings.folder if keeps else None)
    return Web(Fetcher(manners, Guard(settings.allow_hosts), cache), settings.fetch_pages)


def kind_of(text: str) -> str:
    """The name of a feed's or sitemap's first element, in small letters; nothing for other texts."""
    root = ROOT.match(text[:LOOKED_AT])
    return root[1].lower() if root else ""


def _text(origin: str, kept: Kept) -> str | Skipped:
    data = kept.content
    if data.startswith(PACKED):
        try:
            data = b"".join(unpacked([data], "gzip", LARGEST))
        except NotFetched as error:
            return Skipped(origin, error.reason, error.message)
    if NO_TEXT.match(kept.media_type) and not is_pdf(data):
        return Skipped(origin, "other file", f"{kept.media_type} is no article")
    return _in_its_charset(data, kept.charset) or text_of(origin, data)


def _in_its_charset(data: bytes, charset: str | None) -> str | None:
    """The text by the encoding that the server states; nothing where that is UTF-8, unknown or wrong."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode(charset) if charset and "\0" not in data.decode(charset) else None
        except (LookupError, ValueError):
            return None
    return None


def _article(origin: str, kept: Kept, text: str | Skipped, hints: Any) -> Iterator[Found]:
    if is_pdf(kept.content):
        yield pdf_page(origin, kept.content, kept.url)
    elif isinstance(text, Skipped):
        yield text
    elif kept.media_type.endswith("json"):
        yield from json_pages(origin, text)
    elif kept.media_type == "text/markdown":
        yield Page(origin, text, kept.url, "markdown", hints)
    else:
        is_page = kept.media_type in ("text/html", "application/xhtml+xml") or is_html(text)
        yield Page(origin, text, kept.url, "html" if is_page else "text", hints)


def _left_out(url: str, number: int, what: str) -> Iterator[Skipped]:
    if number > 0:
        message = f"{number} further {what} are left out; NEWSDESK_FETCH_PAGES sets how many pages are read"
        yield Skipped(url, "over the limit", message)
