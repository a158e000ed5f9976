"""An article out of an HTML page. The only file that knows trafilatura and htmldate."""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import urljoin

import trafilatura
from htmldate import find_date
from lxml.html import HtmlElement

from ingest.app import is_app, is_caption
from ingest.dates import as_moment
from ingest.fields import as_paragraphs, as_text, as_url, is_of_a_page
from ingest.jsonld import JsonLd
from ingest.people import as_names
from ingest.words import word_count

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports each page it can't read as an error
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

SUFFIX = r"\s+(?:\||-|–|—|·|:|»|//)\s+"
TEASERS = 5
"""Headlines with a link in a page's main part, from which on it looks like a list of articles."""

SUBSCRIBE = re.compile(
    r"\bsubscri(?:be|ption|bers)\b.{0,60}\b(?:continue|read|unlock|access|now|only)|\b(?:continue|keep) reading\b|"
    r"\balready a (?:member|subscriber)\b|\bto read the (?:full|rest)\b|\blog in to read\b",
    re.IGNORECASE | re.DOTALL,
)
ISO_DAY = re.compile(r"\s*\d{4}-\d\d")
CONSENT = re.compile(r"\b(?:cookies?|consent|privacy|partners|preferences)\b", re.IGNORECASE)


class Html:
    """A page taken apart once: its tree and what its metadata say."""

    def __init__(self, text: str, url: str | None = None) -> None:
        """Raises `ValueError` when there is no page in the text."""
        tree = trafilatura.load_html(text)
        if tree is None:
            raise ValueError("no HTML")
        self._source = text
        self._tree: HtmlElement = tree
        self._url = url
        self.stated = JsonLd(map(str, tree.xpath("//script[starts-with(@type, 'application/ld+json')]/text()")))

    def fields(self) -> dict[str, Any]:
        """What the page says of its article, by `Article`'s field names, `text` among them; `None` for the unknown."""
        found: Any = trafilatura.bare_extraction(
            self._source, url=self._url, with_metadata=True, include_comments=False, include_tables=True
        )
        publisher = self._publisher(found)
        title = self._title(found, publisher)
        return {
            "title": title,
            "text": _body(found.text if found else "", title),
            "url": self._address(),
            "publisher": publisher,
            "authors": as_names(self.stated.get("author")) or as_names(found.author if found else None),
            "published": self._published(),
            "modified": as_moment(self.stated.get("dateModified") or self._meta("article:modified_time")),
            "section": as_text(self.stated.get("articleSection")) or as_text(self._meta("article:section")),
            "language": self._language(),
        }

    def refusal(self, text: str) -> tuple[str, str] | None:
        """Why the page is no article, given the text found in it: a reason and a message; nothing when it is one."""
        words = word_count(text)
        is_article = bool(self.stated.article) or self._meta("og:type") == "article"
        if words < 150 and self.stated.get("isAccessibleForFree") in (False, "False", "false"):
            return "paywall stub", "only the beginning is there; get the page as a subscriber sees it"
        shown = " ".join(self._tree.text_content().split())
        if words < 100 and SUBSCRIBE.search(shown):
            return "paywall stub", "only the beginning is there; get the page as a subscriber sees it"
        if words < 120 and not is_article and len(CONSENT.findall(text)) >= 4:
            return "consent page", "it asks for consent to cookies; get the page after agreeing"
        if not is_article and self._teasers() >= TEASERS and (words < 250 or self.stated.lists):
            return "index page", "it lists articles; give the articles' own pages"
        return None

    def _title(self, found: Any, publisher: str | None) -> str | None:
        stated = as_text(self.stated.get("headline")) or as_text(self._meta("og:title"))
        title = stated or as_text(found.title if found else None) or as_text(self._tree.findtext(".//title"))
        return without_suffix(title, publisher) if title else None

    def _publisher(self, found: Any) -> str | None:
        """The outlet's name as it is stated or ends the title; else what trafilatura finds, which may be the host."""
        stated = as_text(self.stated.get("publisher")) or as_text(self._meta("og:site_name"))
        named = stated or suffix_of(as_text(self._tree.findtext(".//title")), self._tree)
        return named or as_text(found.sitename if found else None)

    def _published(self) -> Any:
        stated = self.stated.get("datePublished") or self._meta("article:published_time")
        times = self._tree.xpath("//time[@datetime][ancestor::article or @itemprop='datePublished']/@datetime")
        iso = (as_moment(each) for each in times if ISO_DAY.match(each))  # words stand with related stories more often
        moment = as_moment(stated) or next(filter(None, iso), None)
        if moment:
            return moment
        return as_moment(find_date(self._source, url=self._url, original_date=True, extensive_search=False))

    def _language(self) -> str | None:
        stated = self.stated.get("inLanguage") or self._tree.get("lang") or ""
        code = as_text(stated) or ""
        return code[:2].lower() if re.match(r"[a-zA-Z]{2}\b", code) else None

    def _meta(self, name: str) -> str | None:
        values = self._tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
        return str(values[0]) if values else None

    def _address(self) -> str | None:
        """The canonical address; the front page of a site is no article's."""
        links = [*map(str, self._tree.xpath("//link[@rel='canonical']/@href")), self._meta("og:url"), self._url]
        urls = (as_url(_absolute(link, self._url)) for link in links if link)
        return next((url for url in urls if is_of_a_page(url)), None)

    def _teasers(self) -> int:
        within = "not(ancestor::nav or ancestor::header or ancestor::footer or ancestor::aside)"
        return len(self._tree.xpath(f"//*[self::h2 or self::h3 or self::h4][.//a or parent::a][{within}]"))


def without_suffix(title: str, publisher: str | None) -> str:
    """A title without the outlet's name behind it."""
    if not publisher:
        return title
    return re.sub(rf"{SUFFIX}(?:the\s+)?{re.escape(publisher)}\s*$", "", title, flags=re.IGNORECASE).strip() or title


def suffix_of(title: str | None, tree: HtmlElement) -> str | None:
    """The outlet's name as the title's last part, when the page shows the rest of the title as its heading."""
    parts = re.split(SUFFIX, title or "")
    headings = {" ".join(h.text_content().split()).casefold() for h in tree.iter("h1", "h2")}
    headline = re.sub(rf"{SUFFIX}{re.escape(parts[-1])}$", "", title or "")
    return parts[-1].strip() if len(parts) > 1 and headline.casefold() in headings else None


def _body(text: str, title: str | None) -> str:
    lines = [line for line in text.split("\n") if line.strip() and not (is_app(line) or is_caption(line))]
    if lines and title and lines[0].strip().casefold() == title.casefold():
        lines = lines[1:]
    return as_paragraphs("\n\n".join(lines))


def _absolute(link: str, url: str | None) -> str | None:
    try:
        return urljoin(url or "", link)
    except ValueError:
        return None
