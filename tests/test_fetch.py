from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from ingest.web.cache import NAME, Cache
from ingest.web.fetch import Fetcher, Manners, retry_after
from ingest.web.guard import Guard, NotFetched
from ingest.web.pace import Pacer
from qa.types import Page
from tests.web import HERE, Answer, Reply, Server, article, fetcher, read, reason

HTML = {"Content-Type": "text/html"}


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        yield running


def drip(part: bytes, pause: float = 0.0) -> Iterator[bytes]:
    for _ in range(100_000):
        time.sleep(pause)
        yield part


def in_turn(*replies: Reply) -> Answer:
    """Replies to one request after the other; the last one stays."""
    left = list(replies)
    return lambda headers: left.pop(0) if len(left) > 1 else left[0]


def test_a_page_comes_with_its_address_and_under_the_name_of_newsdesk(server: Server) -> None:
    (page,) = read(server.page("/a", "storm"))
    assert isinstance(page, Page)
    assert (page.origin, page.url, page.media_type) == (server.url("/a"), server.url("/a"), "html")
    assert server.requests("/a")[0]["user-agent"] == "newsdesk/test"
    assert Manners().name.startswith("newsdesk/")


def test_a_page_that_moved_has_its_new_address(server: Server) -> None:
    server.page("/b", "storm")
    server.paths["/a"] = Reply(status=301, headers={"Location": "/b"})
    (page,) = read(server.url("/a"))
    assert isinstance(page, Page)
    assert (page.origin, page.url) == (server.url("/a"), server.url("/b"))


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(status=404), "not found"),
        (Reply(status=410), "not found"),
        (Reply(status=403), "no access"),
        (Reply(status=418), "server error"),
        (Reply(status=301), "server error"),
        (Reply(status=304), "server error"),
        (Reply(status=503), "server error"),
        (Reply(b"\x89PNG", headers={"Content-Type": "image/png"}), "other file"),
        (Reply(b"", headers=HTML), "empty"),
        (Reply(b"\0\0\0", headers=HTML), "binary file"),
        (Reply(b"x" * 200_001, headers=HTML), "too large"),
        (Reply(gzip.compress(b"x" * 10_000_000), headers={"Content-Encoding": "gzip"}), "too large"),
        (Reply(gzip.compress(b"x" * 20_000_001), headers={"Content-Type": "application/gzip"}), "too large"),
        (Reply(gzip.compress(article("storm"))[:-20], headers={"Content-Encoding": "gzip"}), "not reachable"),
        (Reply(b"x" * 50, headers={"Content-Encoding": "gzip"}), "not readable"),
        (Reply(b"x" * 50, headers={"Content-Encoding": "br"}), "not readable"),
    ],
)
def test_what_is_no_page_says_why(server: Server, reply: Reply, why: str) -> None:
    server.paths["/a"] = reply
    assert reason(server.url("/a")) == why


@pytest.mark.parametrize("packed", [gzip.compress(article("storm")), zlib.compress(article("storm"))])
def test_a_packed_page_is_unpacked(server: Server, packed: bytes) -> None:
    coding = "gzip" if packed.startswith(b"\x1f\x8b") else "deflate"
    server.paths["/a"] = Reply(packed, headers={**HTML, "Content-Encoding": coding})
    (page,) = read(server.url("/a"))
    assert isinstance(page, Page)
    assert page.content == article("storm").decode()


def test_a_page_without_end_is_left(server: Server) -> None:
    server.paths["/a"] = Reply(drip(b"x" * 10_000), headers=HTML)
    assert reason(server.url("/a")) == "too large"


def test_a_page_that_drips_is_left_after_its_time(server: Server) -> None:
    server.paths["/a"] = lambda headers: Reply(drip(b"x", 0.05), headers=HTML)
    begun = time.monotonic()
    assert reason(server.url("/a"), seconds=0.4) == "time-out"
    assert time.monotonic() - begun < 4  # three tries of 0.4 s


def test_a_page_that_does_not_come_is_left_after_its_time(server: Server) -> None:
    def late(headers: Mapping[str, str]) -> Reply:
        time.sleep(1.5)
        return Reply()

    server.paths["/a"] = late
    assert reason(server.url("/a"), seconds=0.3) == "time-out"


def test_a_page_whose_server_states_its_encoding_is_read_by_it(server: Server) -> None:
    body = article("žluťoučký").decode().encode("iso-8859-2")
    server.paths["/a"] = Reply(body, headers={"Content-Type": "text/html; charset=ISO-8859-2"})
    (page,) = read(server.url("/a"))
    assert isinstance(page, Page)
    assert "žluťoučký" in str(page.content)


def test_an_address_with_other_letters_is_asked_in_ascii(server: Server) -> None:
    server.page("/%C3%A9t%C3%A9?q=%C3%BC", "storm")
    assert isinstance(read(server.url("/été?q=ü#end"))[0], Page)


def test_a_page_is_asked_for_again_when_the_server_is_in_trouble(server: Server) -> None:
    server.paths["/a"] = in_turn(Reply(status=503), Reply(status=500), Reply(article("storm"), headers=HTML))
    pauses: list[float] = []
    assert isinstance(read(server.url("/a"), sleep=pauses.append)[0], Page)
    assert pauses == [1, 2]


def test_a_server_that_asks_for_patience_gets_it(server: Server) -> None:
    server.paths["/a"] = in_turn(Reply(status=429, headers={"Retry-After": "7"}), Reply(article("storm"), headers=HTML))
    pauses: list[float] = []
    assert isinstance(read(server.url("/a"), sleep=pauses.append)[0], Page)
    assert pauses == [7]


def test_a_server_that_asks_for_an_hour_is_left_for_the_next_run(server: Server) -> None:
    server.paths["/a"] = Reply(status=429, headers={"Retry-After": "3600"})
    assert reason(server.url("/a")) == "too many requests"
    assert len(server.requests("/a")) == 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("Thu, 01 Jan 1970 00:02:00 GMT", 20),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("soon", None),
        (None, None),
    ],
)
def test_patience_is_stated_in_seconds_or_as_a_moment(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, now=100) == seconds


@pytest.mark.parametrize(
    ("robots", "why"),
    [
        (Reply(b"User-agent: *\nDisallow: /"), "blocked by robots.txt"),
        (Reply(b"User-agent: newsdesk\nDisallow: /a\n\nUser-agent: *\nAllow: /"), "blocked by robots.txt"),
        (Reply(b"User-agent: other\nDisallow: /"), ""),
        (Reply(b"User-agent: *\nDisallow: /\nAllow: /a$"), ""),
        (Reply(status=403), ""),
        (Reply(status=503), "blocked by robots.txt"),
        (Reply(b"\xff\0<html>"), ""),
    ],
)
def test_a_site_says_what_may_be_read(server: Server, robots: Reply, why: str) -> None:
    server.paths["/robots.txt"] = robots
    (found,) = read(server.page("/a", "storm"))
    assert getattr(found, "reason", "") == why
    assert len(server.requests("/a")) == (0 if why else 1)


def test_robots_txt_is_asked_for_once(server: Server) -> None:
    client = fetcher()
    for name in ("/a", "/b"):
        client.fetch(server.page(name, "storm"))
    assert [path for path, _ in server.asked] == ["/robots.txt", "/a", "/b"]


def test_a_redirect_leads_past_no_robots_txt(server: Server) -> None:
    server.paths["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /b")
    server.page("/b", "storm")
    server.paths["/a"] = Reply(status=302, headers={"Location": "/b"})
    assert reason(server.url("/a")) == "blocked by robots.txt"


def test_a_site_that_asks_for_pauses_gets_them(server: Server) -> None:
    server.paths["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 7")
    pauses: list[float] = []
    client = fetcher(sleep=pauses.append)
    for name in ("/a", "/b"):
        client.fetch(server.page(name, "storm"))
    assert pauses == [pytest.approx(7, abs=4)]


def test_pauses_are_kept_for_each_host_and_are_never_endless() -> None:
    pauses: list[float] = []
    pacer = Pacer(2, clock=lambda: 100.0, sleep=pauses.append)
    for host, delay in [("a", None), ("b", 9999), ("a", None), ("b", None)]:
        with pacer.turn(host, delay):
            pass
    assert pauses == [2, 30]


def test_a_host_that_is_silent_is_not_asked_a_fourth_time() -> None:
    free = Server()  # which nobody runs
    free._server.server_close()
    client = fetcher()
    for _ in range(2):
        with pytest.raises(NotFetched, match="not reachable"):
            client.fetch(free.url("/a"))
    with pytest.raises(NotFetched, match="did not answer 3 times"):
        client.fetch(free.url("/b"))


def test_what_has_not_changed_is_not_sent_again(server: Server, tmp_path: Path) -> None:
    def answer(headers: Mapping[str, str]) -> Reply:
        if (
            headers.get("if-none-match") == '"1"'
            and headers.get("if-modified-since") == "Mon, 07 Nov 2022 10:00:00 GMT"
        ):
            return Reply(status=304)
        return Reply(
            article("storm"), headers={**HTML, "ETag": '"1"', "Last-Modified": "Mon, 07 Nov 2022 10:00:00 GMT"}
        )

    server.paths["/a"] = answer
    server.paths["/old"] = Reply(status=301, headers={"Location": "/a"})
    found = [read(server.url(path), cache=Cache(tmp_path)) for path in ("/a", "/a", "/old")]
    assert [page.content for (page,) in found if isinstance(page, Page)] == [article("storm").decode()] * 3
    assert ["if-none-match" in headers for headers in server.requests("/a")] == [False, True, True]


def test_kept_pages_that_are_broken_are_fetched_again(server: Server, tmp_path: Path) -> None:
    url = server.page("/a", "storm", ETag='"1"')
    (tmp_path / NAME).write_bytes(b"no database" * 500)
    assert isinstance(read(url, cache=Cache(tmp_path))[0], Page)
    assert isinstance(read(url, cache=Cache(tmp_path))[0], Page)
    assert ["if-none-match" in headers for headers in server.requests("/a")] == [False, True]


def test_a_page_that_nobody_asked_for_in_a_long_time_is_forgotten(server: Server, tmp_path: Path) -> None:
    url = server.page("/a", "storm", ETag='"1"')
    read(url, cache=Cache(tmp_path, clock=lambda: 0))
    Cache(tmp_path).close()
    assert Cache(tmp_path).get(url) is None


def test_where_nothing_can_be_kept_pages_come_all_the_same(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert isinstance(read(server.page("/a", "storm"), cache=Cache(tmp_path / "file"))[0], Page)


def test_a_fetcher_asks_this_machine_only_if_told_to(server: Server) -> None:
    with pytest.raises(NotFetched, match=f"--allow-host {HERE}"):
        Fetcher(guard=Guard()).fetch(server.page("/a", "storm"))
    assert server.asked == []
