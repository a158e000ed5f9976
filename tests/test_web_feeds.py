from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.feeds import entries_of
from ingest.report import Skipped
from ingest.sources import pages
from ingest.web.cache import Cache
from ingest.web.client import Web
from qa.types import Page
from tests.web import HERE, Reply, Server, article, fetcher, read


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        yield running


def feed(*entries: tuple[str, str]) -> bytes:
    items = "".join(
        f"<item><title>News of {link}</title><link>{link}</link><pubDate>Mon, 07 Nov 2022 10:00:00 +0100</pubDate>"
        f"<description>Only a taste.</description>{more}</item>"
        for link, more in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Outlet</title>{items}</channel></rss>'.encode()


def whole(what: str) -> str:
    text = article(what).decode().replace("<html><body>", "").replace("</body></html>", "")
    return f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[{text}]]></content:encoded>'


def shown(found: list[Page | Skipped], server: Server) -> list[tuple[str, str]]:
    """Where each came from, and the article's subject or why there is none."""
    return [
        (
            each.origin.removeprefix(server.url("")),
            each.reason if isinstance(each, Skipped) else str(each.content).split("<h1>The ")[1].split(" of the")[0],
        )
        for each in found
    ]


def test_a_feed_brings_the_full_pages_of_its_entries_with_what_it_says_of_them(server: Server) -> None:
    links = [server.page(path, path.strip("/")) for path in ("/storm", "/calm", "/fog")]
    server.paths["/feed"] = Reply(
        feed(*((link, "") for link in links)), headers={"Content-Type": "application/rss+xml"}
    )
    found = read(server.url("/feed"))
    assert shown(found, server) == [("/storm", "storm"), ("/calm", "calm"), ("/fog", "fog")]
    assert isinstance(found[0], Page)
    assert found[0].hints["published"] == datetime(2022, 11, 7, 9, tzinfo=UTC)
    assert found[0].hints["publisher"] == "The Outlet"


def test_a_link_in_a_feed_may_be_relative(server: Server) -> None:
    server.page("/news/storm", "storm")
    server.paths["/news/feed"] = Reply(feed(("storm", "")))
    assert shown(read(server.url("/news/feed")), server) == [("/news/storm", "storm")]


def test_a_page_that_can_not_be_had_is_named_and_the_rest_comes(server: Server) -> None:
    server.page("/storm", "storm")
    server.paths["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /secret")
    links = ["/gone", "/secret", "http://10.0.0.1/a", "/storm"]
    server.paths["/feed"] = Reply(feed(*((link, "") for link in links)))
    assert shown(read(server.url("/feed")), server) == [
        ("/gone", "not found"),
        ("/secret", "blocked by robots.txt"),
        ("http://10.0.0.1/a", "private address"),
        ("/storm", "storm"),
    ]


def test_the_full_text_in_a_feed_stands_in_for_a_page_that_can_not_be_had(server: Server) -> None:
    server.page("/storm", "storm")
    server.paths["/feed"] = Reply(feed(("/gone", whole("fog")), ("/storm", whole("other"))))
    assert shown(read(server.url("/feed")), server) == [("/gone", "fog"), ("/storm", "storm")]


def test_an_entry_without_link_and_text_is_a_teaser(server: Server) -> None:
    server.paths["/feed"] = Reply(feed(("", "")))
    assert shown(read(server.url("/feed")), server) == [("/feed#1", "teaser only")]


def test_a_feed_without_end_is_read_as_far_as_the_limit(server: Server) -> None:
    links = [server.page(f"/{n}", f"storm{n}") for n in range(4)]
    server.paths["/feed"] = Reply(feed(*((link, "") for link in links)))
    assert shown(read(server.url("/feed"), most=2), server) == [
        ("/0", "storm0"),
        ("/1", "storm1"),
        ("/feed", "over the limit"),
    ]


@pytest.mark.parametrize("text", ["<rss>", "<rss", "<feed><entry>", "<rss><channel><item><link>\x01"])
def test_a_broken_feed_is_named(server: Server, text: str) -> None:
    server.paths["/feed"] = Reply(text.encode(), headers={"Content-Type": "application/xml"})
    assert all(isinstance(each, Skipped) for each in read(server.url("/feed")))
    assert read(server.url("/feed"))


def test_an_entry_is_asked_for_again_only_when_it_says_that_it_changed(server: Server, tmp_path: Path) -> None:
    link = server.page("/storm", "storm")
    for more in ("", "", '<updated xmlns="http://www.w3.org/2005/Atom">2990-01-01T00:00:00Z</updated>'):
        server.paths["/feed"] = Reply(feed((link, more)))
        assert shown(read(server.url("/feed"), cache=Cache(tmp_path)), server) == [("/storm", "storm")]
    assert len(server.requests("/feed")) == 3
    assert len(server.requests("/storm")) == 2


def test_several_addresses_come_in_their_order_beside_files(server: Server, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(article("calm"))
    links = [server.page(f"/{n}", f"storm{n}") for n in range(10)]
    found = list(pages([*links, str(tmp_path / "a.html"), links[0]], lambda: Web(fetcher())))
    assert [each.origin for each in found] == [str(tmp_path / "a.html"), *links]


def test_who_stops_listening_is_not_held_up(server: Server) -> None:
    links = [server.page(f"/{n}", f"storm{n}") for n in range(10)]
    listening = pages(links, lambda: Web(fetcher()))
    assert next(listening).origin == links[0]
    listening.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", ["ftp://o.example/a", "file:///etc/passwd", "gopher://x"])
def test_other_addresses_than_those_of_the_web_are_named(address: str) -> None:
    assert [getattr(each, "reason", "") for each in pages([address])] == ["bad address"]


def test_this_machine_is_not_read_unless_allowed(server: Server) -> None:
    assert [getattr(each, "reason", "") for each in pages([server.page("/a", "storm")])] == ["blocked port"]


def test_a_feed_that_begins_like_an_address_is_not_opened(server: Server, tmp_path: Path) -> None:
    entries_of(f"http://{HERE}:{server.port}/secret?<rss>")
    assert server.asked == []
