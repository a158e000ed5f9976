from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest

from ingest.clean import clean
from ingest.report import Skipped
from ingest.rows import LARGEST
from ingest.sources import pages
from qa.types import Article, Page

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TEXT = " ".join(
    f"On day {day} the keeper of the light wrote {day * 7} words in the book of the tower." for day in range(9)
)
ROW = {"title": "The book of the tower", "text": TEXT}
HTML = f"<html><body><article><h1>The book of the tower</h1><p>{TEXT}</p></article></body></html>"
HALVES = [" ".join(TEXT.split()[:80]), " ".join(TEXT.split()[80:])]
MARKED = "".join(f"<p>{half}</p>" for half in HALVES)
ENTRY = (
    "<item><title>From the feed</title><link>https://o.example/news/{name}</link>"
    "<pubDate>Mon, 07 Nov 2022 10:00:00 +0100</pubDate><author>Jane Doe</author>{more}</item>"
)


def write(folder: Path, name: str, content: str | bytes = "") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def a_feed(*entries: tuple[str, str]) -> str:
    items = "".join(ENTRY.format(name=name, more=more) for name, more in entries)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Outlet</title>{items}</channel></rss>'


def whole(text: str) -> str:
    return f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[{text}]]></content:encoded>'


def found(*inputs: str | Path | Page) -> list[Page]:
    return [each for each in pages(inputs) if isinstance(each, Page)]


def skipped(*inputs: str | Path | Page) -> list[Skipped]:
    return [each for each in pages(inputs) if isinstance(each, Skipped)]


def articles(*inputs: str | Path | Page) -> list[Article]:
    cleaned = [clean(page, NOW) for page in found(*inputs)]
    return [each for each in cleaned if isinstance(each, Article)]


def origins(each: Sequence[Page | Skipped], folder: Path) -> list[str]:
    return [one.origin.replace(f"{folder}/", "") for one in each]


def test_a_folder_is_read_recursively_in_order_and_without_hidden_files(tmp_path: Path) -> None:
    for name in ["b.html", "a/z.html", "a/b/c.txt", ".git/d.html", "a/.e.txt", "f.md"]:
        write(tmp_path, name, HTML if name.endswith("html") else TEXT)
    assert origins(found(tmp_path), tmp_path) == ["a/b/c.txt", "a/z.html", "b.html", "f.md"]
    assert not skipped(tmp_path)


def test_a_file_that_is_given_twice_is_read_once(tmp_path: Path) -> None:
    page = write(tmp_path, "a.html", HTML)
    assert len(found(page, tmp_path, str(page))) == 1


def test_a_page_is_passed_on_as_it_is() -> None:
    page = Page("here", HTML)
    assert found(page) == [page]


def test_files_that_are_no_articles_are_named_and_not_lost(tmp_path: Path) -> None:
    write(tmp_path, "photo.png", b"\x89PNG\r\n\x1a\n\0\0")
    write(tmp_path, "notes.txt", b"\0\1\2" * 100)
    write(tmp_path, "empty.html")
    write(tmp_path, "sitemap.xml", "<urlset></urlset>")
    assert {Path(each.origin).name: bool(each.message) for each in skipped(tmp_path)} == dict.fromkeys(
        ["photo.png", "notes.txt", "empty.html", "sitemap.xml"], True
    )
    assert {Path(each.origin).name: each.reason for each in skipped(tmp_path)}["notes.txt"] == "binary file"
    assert not found(tmp_path)


@pytest.mark.parametrize("name", ["missing", "missing.html", "no/such/folder/"])
def test_what_does_not_exist_is_skipped_by_name(tmp_path: Path, name: str) -> None:
    page = write(tmp_path, "a.html", HTML)
    (missing,) = skipped(tmp_path / name, page)
    assert (missing.reason, Path(missing.origin).name) == ("not found", Path(name).name)
    assert len(found(tmp_path / name, page)) == 1


def test_an_empty_folder_has_nothing(tmp_path: Path) -> None:
    assert list(pages([tmp_path])) == []


def test_a_page_of_fifty_megabytes_is_not_even_read(tmp_path: Path) -> None:
    page = tmp_path / "large.html"
    with page.open("wb") as file:
        file.truncate(50_000_000)  # a hole: reading it would show as NULs, and so as a binary file
    assert [each.reason for each in skipped(page)] == ["too large"]


def test_a_line_that_is_too_long_does_not_stop_the_lines_after_it(tmp_path: Path) -> None:
    good = json.dumps(ROW).encode()
    path = write(tmp_path, "a.jsonl", good + b"\n" + b"x" * (LARGEST + 10) + b"\n" + good + b"\n")
    assert origins(found(path), tmp_path) == ["a.jsonl:1", "a.jsonl:3"]
    assert origins(skipped(path), tmp_path) == ["a.jsonl:2"]


def test_one_bad_line_is_skipped_by_number_and_the_rest_goes_in(tmp_path: Path) -> None:
    path = write(tmp_path, "wire.jsonl", "\n".join([json.dumps(ROW), "", "{bad", json.dumps(ROW), "7", '"text"']))
    assert origins(found(path), tmp_path) == ["wire.jsonl:1", "wire.jsonl:4"]
    assert origins(skipped(path), tmp_path) == ["wire.jsonl:3", "wire.jsonl:5", "wire.jsonl:6"]


def test_a_line_of_another_encoding_is_skipped_and_the_rest_goes_in(tmp_path: Path) -> None:
    path = write(tmp_path, "wire.jsonl", json.dumps(ROW).encode() + b"\n\xff\xfe\0\x01\n" + json.dumps(ROW).encode())
    assert len(found(path)) == 2
    assert origins(skipped(path), tmp_path) == ["wire.jsonl:2"]


@pytest.mark.parametrize("data", [ROW, [ROW], {"articles": [ROW]}])
def test_json_is_one_article_or_a_list_of_them(tmp_path: Path, data: Any) -> None:
    (article,) = articles(write(tmp_path, "a.json", json.dumps(data, indent=1)))
    assert (article.title, article.text) == (ROW["title"], TEXT)


def test_json_that_is_none_says_where(tmp_path: Path) -> None:
    (bad,) = skipped(write(tmp_path, "a.json", '{"title": '))
    assert bad.reason == "broken JSON"
    assert "line 1" in bad.message


@pytest.mark.parametrize(
    ("keys", "field", "value"),
    [
        ({"body": TEXT, "text": ""}, "text", TEXT),
        ({"content": TEXT, "text": None}, "text", TEXT),
        ({"source": "The Outlet"}, "publisher", "The Outlet"),
        ({"publisher": {"name": "The Outlet"}}, "publisher", "The Outlet"),
        ({"byline": "By Jane Doe and John Roe"}, "authors", ("Jane Doe", "John Roe")),
        ({"authors": [{"name": "Jane Doe"}, "John Roe", "desk@o.example"]}, "authors", ("Jane Doe", "John Roe")),
        ({"author": "Jane Doe; John Roe"}, "authors", ("Jane Doe", "John Roe")),
        ({"author": "Staff"}, "authors", ()),
        ({"published": "2022-11-07T06:45:00Z"}, "published", datetime(2022, 11, 7, 6, 45, tzinfo=UTC)),
        ({"published_at": "2022-11-07"}, "published", datetime(2022, 11, 7, tzinfo=UTC)),
        ({"date": "Mon, 07 Nov 2022 06:45:00 GMT"}, "published", datetime(2022, 11, 7, 6, 45, tzinfo=UTC)),
        ({"date": 1667803500}, "published", datetime(2022, 11, 7, 6, 45, tzinfo=UTC)),
        ({"date": 1667803500000}, "published", datetime(2022, 11, 7, 6, 45, tzinfo=UTC)),
        ({"date": "2022-11-07T06:45:00.000Z"}, "published", datetime(2022, 11, 7, 6, 45, tzinfo=UTC)),
        ({"date": "7 November 2022"}, "published", datetime(2022, 11, 7, tzinfo=UTC)),
        ({"date": "November 7, 2022"}, "published", datetime(2022, 11, 7, tzinfo=UTC)),
        ({"date": "Nov 7 2022"}, "published", datetime(2022, 11, 7, tzinfo=UTC)),
        ({"date": 0}, "published", None),
        ({"date": "yesterday"}, "published", None),
        ({"author": "Jane Doe, Political Editor"}, "authors", ("Jane Doe",)),
        ({"author": "jane@o.example (Jane Doe)"}, "authors", ("Jane Doe",)),
        ({"author": "Jane \udfffDoe"}, "authors", ("Jane Doe",)),
        ({"title": "a \0 b\x1b\ud800"}, "title", "a b"),
        ({"url": "http://[bad"}, "url", None),
        ({"url": "https://o.example/a?utm_medium=x#b"}, "url", "https://o.example/a"),
        ({"url": "a/b.html"}, "url", None),
        ({"id": "d001a3d218ca9"}, "id", "d001a3d218ca9"),
        ({"id": 88213}, "id", "88213"),
        ({"urgency": 2, "desk": {"name": "x"}, "tags": ["y"]}, "section", None),
    ],
)
def test_a_row_may_name_its_fields_in_several_ways(keys: dict[str, Any], field: str, value: object) -> None:
    article = clean(Page("a.jsonl:1", "", media_type="fields", hints={**ROW, **keys}), NOW)
    assert isinstance(article, Article)
    assert getattr(article, field) == value


def test_an_id_that_could_do_harm_is_replaced_always_by_the_same() -> None:
    def id_of(given: str) -> str:
        article = clean(Page("a.jsonl:1", "", media_type="fields", hints={**ROW, "id": given}), NOW)
        assert isinstance(article, Article)
        return article.id

    assert id_of("a/b:1 ") == id_of("a/b:1 ") != id_of("a/b:2")
    assert id_of("../../etc").isalnum()


@pytest.mark.parametrize("row", [{}, {"title": "x"}, {"text": ""}, {"text": 7}, {"text": "Too short."}])
def test_a_row_without_an_article_says_so(row: dict[str, Any]) -> None:
    assert isinstance(clean(Page("a.jsonl:1", "", media_type="fields", hints=row), NOW), Skipped)


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


@pytest.mark.parametrize(
    ("content", "titles"),
    [
        (HTML, ["The book of the tower"]),
        (f"The book of the tower\n\n{TEXT}", ["The book of the tower"]),
        (json.dumps(ROW), ["The book of the tower"]),
        (json.dumps([ROW, ROW]), ["The book of the tower"] * 2),
        (json.dumps(ROW) + "\n" + json.dumps(ROW), ["The book of the tower"] * 2),
        (a_feed(("storm", whole(MARKED))), ["From the feed"]),
        ("", []),
        ("\0\0\0", []),
    ],
)
def test_standard_input_is_read_by_its_content(
    monkeypatch: pytest.MonkeyPatch, content: str, titles: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    read = list(pages(["-"]))
    cleaned = [clean(page, NOW) for page in read if isinstance(page, Page)]
    assert [article.title for article in cleaned if isinstance(article, Article)] == titles
    assert all(isinstance(each, Skipped) for each in read) or titles


def test_lines_of_json_on_standard_input_may_be_more_than_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    line = json.dumps({**ROW, "notes": "x" * (LARGEST // 3)}).encode() + b"\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line * 4)))
    assert [each.origin for each in found("-")] == [f"standard input:{n}" for n in (1, 2, 3, 4)]


def test_a_json_file_may_hold_lines_of_json(tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", "\n".join([json.dumps(ROW), "{bad", json.dumps(ROW)]))
    assert origins(found(path), tmp_path) == ["a.json:1", "a.json:3"]
    assert origins(skipped(path), tmp_path) == ["a.json:2"]


def test_json_that_is_nested_too_deep_is_skipped(tmp_path: Path) -> None:
    path = write(tmp_path, "deep.jsonl", "[" * 100_000 + "\n" + json.dumps(ROW))
    assert [each.reason for each in skipped(path)] == ["broken JSON"]
    assert len(found(path)) == 1


@pytest.mark.parametrize("link", ["http://[bad", "https://o.example/*", "https://o.example/a[b", ""])
def test_a_feed_with_a_strange_link_stops_nothing(tmp_path: Path, link: str) -> None:
    feed = a_feed(("storm", "")).replace("https://o.example/news/storm", link)
    write(tmp_path, "feed.xml", feed)
    write(tmp_path, "storm.html", HTML)
    assert origins(found(tmp_path), tmp_path) == ["storm.html"]
    assert [each.reason for each in skipped(tmp_path)] == ["teaser only"]


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b"])
def test_a_path_that_can_be_none_is_skipped(name: str) -> None:
    assert [each.reason for each in skipped(name)] == ["not readable"]


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{HALVES[0]} {HALVES[1]}</p>",
        f"<article><p>{HALVES[0]} {HALVES[1]}</p></article>",
        f"{HALVES[0]}<br><br>{HALVES[1]}",
        f"{HALVES[0]} The <p> tag was first. {HALVES[1]}",
        f"{HALVES[0]} <em>{HALVES[1]}</em>",
    ],
)
def test_html_in_a_row_loses_its_tags_and_no_words(text: str) -> None:
    article = clean(Page("a.jsonl:1", "", media_type="fields", hints={**ROW, "text": text}), NOW)
    assert isinstance(article, Article)
    assert all(half in article.text for half in HALVES)
    assert not any(tag in article.text for tag in ("<br", "</p>", "<em"))


@pytest.mark.parametrize("url", ["http://o.example/u", "https://www.o.example/u/", "https://o.example/u"])
def test_an_article_is_one_whatever_way_its_site_is_written(url: str) -> None:
    first, second = (
        clean(Page("a.jsonl:1", "", media_type="fields", hints={**ROW, "url": each}), NOW)
        for each in (url, "https://o.example/u")
    )
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.id, first.url) == (second.id, url)
