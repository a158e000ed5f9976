from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.report import Skipped
from ingest.web.cache import Cache
from ingest.web.client import kind_of
from ingest.web.sitemaps import listed
from qa.types import Page
from tests.web import Reply, Server, article, read

NEWS = (
    "<news:news><news:publication><news:name>The Tower Times</news:name><news:language>en</news:language>"
    "</news:publication><news:publication_date>2022-11-07T10:00:00+01:00</news:publication_date>"
    "<news:title>A storm at the tower</news:title></news:news>"
)
XMLNS = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        for n in range(4):
            running.page(f"/{n}", f"storm{n}")
        yield running


def urlset(*entries: tuple[str, str]) -> bytes:
    urls = "".join(f"<url><loc>{url}</loc>{more}</url>" for url, more in entries)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {XMLNS}>{urls}</urlset>'.encode()


def day(number: int) -> str:
    return f"<lastmod>2022-11-{number:02}</lastmod>"


def origins(found: list[Page | Skipped], server: Server) -> list[str]:
    return [each.origin.removeprefix(server.url("")) for each in found if isinstance(each, Page)]


def reasons(found: list[Page | Skipped]) -> list[str]:
    return [each.reason for each in found if isinstance(each, Skipped)]


def test_a_sitemap_brings_its_pages_the_newest_first(server: Server) -> None:
    entries = [(server.url("/1"), day(3)), (server.url("/2"), day(5)), (server.url("/3"), "")]
    server.paths["/sitemap.xml"] = Reply(urlset(*entries))
    assert origins(read(server.url("/sitemap.xml")), server) == ["/2", "/1", "/3"]


def test_a_news_sitemap_says_when_and_by_whom_an_article_was_published(server: Server) -> None:
    server.paths["/news"] = Reply(urlset((server.url("/1"), NEWS)), headers={"Content-Type": "text/xml"})
    (page,) = read(server.url("/news"))
    assert isinstance(page, Page)
    assert page.hints == {
        "title": "A storm at the tower",
        "published": datetime(2022, 11, 7, 9, tzinfo=UTC),
        "publisher": "The Tower Times",
        "language": "en",
    }


def test_an_index_of_sitemaps_leads_to_their_pages(server: Server) -> None:
    index = f"<sitemapindex {XMLNS}>" + "".join(
        f"<sitemap><loc>{server.url(path)}</loc></sitemap>" for path in ("/one.xml", "/two.xml.gz", "/gone.xml")
    )
    server.paths["/index.xml"] = Reply(f"{index}</sitemapindex>".encode())
    server.paths["/one.xml"] = Reply(urlset((server.url("/1"), "")))
    server.paths["/two.xml.gz"] = Reply(gzip.compress(urlset((server.url("/2"), ""))))
    found = read(server.url("/index.xml"))
    assert (origins(found, server), reasons(found)) == (["/1", "/2"], ["not found"])


def test_an_index_that_lists_itself_comes_to_an_end(server: Server) -> None:
    index = f"<sitemapindex {XMLNS}><sitemap><loc>{server.url('/index.xml')}</loc></sitemap></sitemapindex>"
    server.paths["/index.xml"] = Reply(index.encode())
    assert origins(read(server.url("/index.xml")), server) == []
    assert len(server.requests("/index.xml")) == 2


def test_what_goes_beyond_the_limit_is_counted(server: Server) -> None:
    server.paths["/sitemap.xml"] = Reply(urlset(*((server.url(f"/{n}"), "") for n in range(4))))
    found = read(server.url("/sitemap.xml"), most=3)
    assert (len(origins(found, server)), reasons(found)) == (3, ["over the limit"])
    assert found[-1] == Skipped(
        server.url("/sitemap.xml"),
        "over the limit",
        "1 further pages are left out; NEWSDESK_FETCH_PAGES sets how many pages are read",
    )


def test_a_page_that_has_not_changed_since_yesterday_is_not_asked_for_again(server: Server, tmp_path: Path) -> None:
    for changed in (day(3), day(3), "<lastmod>2990-01-01</lastmod>"):
        server.paths["/sitemap.xml"] = Reply(urlset((server.url("/1"), changed)))
        assert origins(read(server.url("/sitemap.xml"), cache=Cache(tmp_path)), server) == ["/1"]
    assert len(server.requests("/1")) == 2


@pytest.mark.parametrize("text", ["<urlset>", f"<urlset {XMLNS}></urlset>", "<sitemapindex><sitemap><lo"])
def test_a_sitemap_without_pages_says_so(server: Server, text: str) -> None:
    server.paths["/sitemap.xml"] = Reply(text.encode())
    assert reasons(read(server.url("/sitemap.xml"))) == ["empty"]


def test_a_broken_sitemap_is_read_as_far_as_it_goes() -> None:
    text = urlset(("https://o.example/1", day(3))).decode().replace("</urlset>", "<url><loc>https://o.ex")
    assert next(each.url for each in listed(text)) == "https://o.example/1"


def test_a_sitemap_names_no_files_of_this_machine() -> None:
    text = '<!DOCTYPE u [<!ENTITY e SYSTEM "file:///etc/hostname">]><urlset><url><loc>http://o.example/&e;</loc></url></urlset>'
    assert all(each.url == "http://o.example/" for each in listed(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('<?xml version="1.0"?><!-- made by hand -->\n<urlset>', "urlset"),
        ('\ufeff<?xml version="1.0"?><rss version="2.0">', "rss"),
        ("<rdf:RDF>", "rdf"),
        ("<atom:feed>", "feed"),
        (article("storm").decode(), ""),
        ("<html><body>The &lt;rss> and the <feed> tag</body></html>", ""),
        ("<!-- " * 20_000, ""),
    ],
)
def test_feeds_and_sitemaps_are_told_by_their_first_element(text: str, kind: str) -> None:
    assert kind_of(text) == kind
