from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest

from tests.inputs import (
    HALVES,
    HTML,
    MARKED,
    a_feed,
    articles,
    found,
    origins,
    skipped,
    whole,
    write,
)


def test_a_feed_lends_its_metadata_to_the_page_beside_it(tmp_path: Path) -> None:
    write(tmp_path, "feed.xml", a_feed(("storm", ""), ("calm", "")))
    write(tmp_path, "storm.html", HTML)
    write(tmp_path, "news/calm.html", HTML)
    both = articles(tmp_path)
    assert [article.url for article in both] == ["https://o.example/news/calm", "https://o.example/news/storm"]
    assert {article.published for article in both} == {datetime(2022, 11, 7, 9, tzinfo=UTC)}


def test_a_feed_alone_brings_the_pages_beside_it(tmp_path: Path) -> None:
    feed = write(tmp_path, "feed.xml", a_feed(("storm", "")))
    write(tmp_path, "storm.html", HTML)
    write(tmp_path, "other.html", HTML)
    assert origins(found(feed), tmp_path) == ["storm.html"]


def test_an_entry_with_its_whole_text_is_an_article(tmp_path: Path) -> None:
    (article,) = articles(write(tmp_path, "feed.xml", a_feed(("storm", whole(MARKED)))))
    assert (article.title, article.text, article.url) == (
        "From the feed",
        "\n\n".join(HALVES),
        "https://o.example/news/storm",
    )


def test_an_entry_that_is_only_a_teaser_is_named(tmp_path: Path) -> None:
    (teaser,) = skipped(write(tmp_path, "feed.xml", a_feed(("storm", "<description>It blew.</description>"))))
    assert teaser.reason == "teaser only"
    assert "https://o.example/news/storm" in teaser.message


def test_an_entry_does_not_claim_to_have_been_modified(tmp_path: Path) -> None:
    write(tmp_path, "storm.html", HTML)
    (article,) = articles(write(tmp_path, "feed.xml", a_feed(("storm", ""))))
    assert article.modified is None


def test_an_atom_feed_is_read_too(tmp_path: Path) -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Outlet</title><entry><title>From the feed</title>'
        '<link href="https://o.example/news/storm"/><published>2022-11-07T10:00:00+01:00</published>'
        f'<content type="html">{escape(MARKED)}</content></entry></feed>'
    )
    (article,) = articles(write(tmp_path, "feed.atom", feed))
    assert (article.text, article.published) == ("\n\n".join(HALVES), datetime(2022, 11, 7, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    "damage", ["<rss><channel><item>", "<rss", '<rss version="2.0"><channel><item><link>\x01</link>']
)
def test_a_broken_feed_breaks_nothing(tmp_path: Path, damage: str) -> None:
    write(tmp_path, "feed.xml", damage)
    write(tmp_path, "storm.html", HTML)
    assert len(found(tmp_path)) == 1


@pytest.mark.parametrize("link", ["http://[bad", "https://o.example/*", "https://o.example/a[b", ""])
def test_a_feed_with_a_strange_link_stops_nothing(tmp_path: Path, link: str) -> None:
    feed = a_feed(("storm", "")).replace("https://o.example/news/storm", link)
    write(tmp_path, "feed.xml", feed)
    write(tmp_path, "storm.html", HTML)
    assert origins(found(tmp_path), tmp_path) == ["storm.html"]
    assert [each.reason for each in skipped(tmp_path)] == ["teaser only"]
