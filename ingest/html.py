"""An article out of an HTML page: its fields by the best of the signals for each."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement

from ingest.bylines import authors_of
from ingest.dateline import first_published, is_of_month, published_of, shown_near_heading
from ingest.dates import as_moment
from ingest.extract import Metadata, likely_day, load, metadata_of, text_of
from ingest.fields import as_paragraphs, as_text, as_url, is_of_a_page, same_site
from ingest.furniture import without_furniture
from ingest.jsonld import JsonLd
from ingest.people import as_names
from ingest.refusal import Look, Refusal, refusal_of
from ingest.titles import Titles, host_name, suffix_of, tidy, title_of

AUTHOR_TAGS = ("author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "citation_author")
ISO_DAY = re.compile(r"\s*\d{4}-\d\d")


class Html:
    """A page taken apart once: its tree and what its metadata say."""

    def __init__(self, text: str, url: str | None = None) -> None:
        """Raises `ValueError` when there is no page in the text."""
        tree = load(text)
        if tree is None:
            raise ValueError("no HTML")
        self._tree: HtmlElement = tree
        self._url = url
        self.stated = JsonLd(map(str, tree.xpath("//script[starts-with(@type, 'application/ld+json')]/text()")))

    def fields(self) -> dict[str, Any]:
        """What the page says of its article, by `Article`'s field names, `text` among them; `None` for the unknown."""
        titles = self._titles()
        publisher = self._publisher(titles)
        named = (publisher, self._meta("og:site_name"), host_name(self._url))
        title = title_of(titles, named) or tidy(self._found.title)
        authors = self._authors(publisher)
        lines = [line.strip() for line in text_of(self._tree, self._url).split("\n")]
        text = without_furniture(lines, (title, *titles.all(), *authors), authors)
        return {
            "title": title,
            "text": as_paragraphs("\n\n".join(text)),
            "url": self._address(),
            "publisher": publisher,
            "authors": authors,
            "published": self._published(),
            "modified": self._modified(),
            "section": as_text(self.stated.get("articleSection")) or as_text(self._meta("article:section")),
            "language": self._language(),
        }

    def refusal(self, text: str) -> Refusal | None:
        """Why the page is no article, given the text found in it: a reason and a message; nothing when it is one."""
        titles = self._titles().all()
        look = Look(
            titles=tuple(title for title in titles if title),
            text=text,
            shown=self._shown_text,
            is_article=bool(self.stated.article) or self._meta("og:type") == "article",
            is_free=self.stated.get("isAccessibleForFree") not in (False, "False", "false"),
            is_list=self.stated.lists,
            is_gallery=self.stated.shows or self._meta("og:type") in ("video", "video.other"),
            teasers=self._in_main("//*[self::h2 or self::h3 or self::h4][.//a or parent::a]"),
            pictures=self._in_main("//figure[.//img]"),
        )
        return refusal_of(look)

    @cached_property
    def _found(self) -> Metadata:
        return metadata_of(self._tree, self._url)

    @cached_property
    def _shown_text(self) -> str:
        return " ".join(self._tree.text_content().split())

    def _titles(self) -> Titles:
        return Titles(
            stated=as_text(self.stated.get("headline")),
            shared=as_text(self._meta("og:title")),
            window=as_text(self._tree.findtext(".//title")),
            headings=tuple(" ".join(heading.text_content().split()) for heading in self._tree.iter("h1")),
        )

    def _publisher(self, titles: Titles) -> str | None:
        """The outlet's name as it is stated or ends the title; else what trafilatura finds, which may be the host."""
        stated = (as_text(self.stated.get("publisher")), as_text(self._meta("og:site_name")))
        names = [name for each in stated if (name := tidy(each))]
        named = next((name for name in names if "." not in name or " " in name), None)
        ending = suffix_of(tidy(titles.window), map(str, map(tidy, titles.headings)))
        return named or ending or next(iter(names), None) or as_text(self._found.site)

    def _authors(self, publisher: str | None) -> tuple[str, ...]:
        metas = (as_names(self._metas(name)) for name in AUTHOR_TAGS)
        stated = (as_names(self.stated.get("author")), *metas)
        return authors_of(stated, lambda: as_names(self._found.authors), self._tree, publisher)

    def _published(self) -> datetime | None:
        marked = self._tree.xpath("//meta[@itemprop='datePublished']/@content")
        said = (self.stated.get("datePublished"), self._meta("article:published_time"), *map(str, marked))
        stated = next(filter(None, map(as_moment, said)), None)
        times = self._tree.xpath("//time[@datetime][ancestor::article or @itemprop='datePublished']/@datetime")
        iso = (as_moment(each) for each in times if ISO_DAY.match(each))  # words stand with related stories more often
        moment = stated or next(filter(None, iso), None)
        shown = shown_near_heading(self._tree)
        if moment is None and shown and shown.is_late:
            guessed = likely_day(self._tree, self._url)
            moment = as_moment(guessed) if is_of_month(guessed, self._url) else None
        published = first_published(self._shown_text) or published_of(moment, self._modified(), shown, self._url)
        return published or as_moment(likely_day(self._tree, self._url))

    def _modified(self) -> datetime | None:
        marked = self._tree.xpath("//meta[@itemprop='dateModified']/@content")
        said = (self.stated.get("dateModified"), self._meta("article:modified_time"), *map(str, marked))
        return next(filter(None, map(as_moment, said)), None)

    def _language(self) -> str | None:
        stated = self.stated.get("inLanguage") or self._tree.get("lang") or ""
        code = as_text(stated) or ""
        return code[:2].lower() if re.match(r"[a-zA-Z]{2}\b", code) else None

    def _meta(self, name: str) -> str | None:
        return next(iter(self._metas(name)), None)

    def _metas(self, name: str) -> list[str]:
        return list(map(str, self._tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)))

    def _address(self) -> str | None:
        """The canonical address; the front page of a site is no article's."""
        links = [*map(str, self._tree.xpath("//link[@rel='canonical']/@href")), self._meta("og:url")]
        if self._url:  # a copy may name another site's original, or anything: it has no say on that one's identity
            links = [*(link for link in links if link and same_site(link, self._url)), self._url]
        urls = (as_url(_absolute(link, self._url)) for link in links if link)
        return next((url for url in urls if is_of_a_page(url)), None)

    def _in_main(self, path: str) -> int:
        """How many elements of a kind are in the page's main part."""
        within = "not(ancestor::nav or ancestor::header or ancestor::footer or ancestor::aside)"
        return len(self._tree.xpath(f"{path}[{within}]"))


def _absolute(link: str, url: str | None) -> str | None:
    try:
        return urljoin(url or "", link)
    except ValueError:
        return None
