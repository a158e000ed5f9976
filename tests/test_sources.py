from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from ingest.clean import clean
from ingest.report import Skipped
from ingest.sources import pages
from qa.types import Article, Page
from tests.inputs import (
    HTML,
    MARKED,
    NOW,
    ROW,
    TEXT,
    a_feed,
    found,
    origins,
    skipped,
    whole,
    write,
)


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


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b"])
def test_a_path_that_can_be_none_is_skipped(name: str) -> None:
    assert [each.reason for each in skipped(name)] == ["not readable"]
