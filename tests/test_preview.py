from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ingest.witnesses import witnesses
from qa.types import Article, Page
from tests.command import ROWS, Newsdesk, run
from tests.web import HERE, Server, article

STATED = """<html lang="en"><head><title>Storm at the tower - The Tower Times</title>
<meta property="og:title" content="Storm at the tower"><meta property="og:site_name" content="The Tower Times">
<meta name="author" content="Jane Doe"><meta property="article:published_time" content="2022-11-07T10:00:00Z">
<link rel="canonical" href="https://tower.example/storm">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Storm at the tower",
"author": {"name": "Jane Doe"}, "datePublished": "2022-11-07T10:00:00Z", "dateModified": "2022-11-09"}</script>
</head><body><article><h1>Storm at the tower</h1>BODY</article></body></html>"""
FIELDS = {"id", "url", "title", "text", "publisher", "authors", "published", "modified", "section", "language"}


@pytest.fixture
def newsdesk(capsys: pytest.CaptureFixture[str]) -> Newsdesk:
    return partial(run, capsys)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        yield running


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "storm.html"
    path.write_text(STATED.replace("BODY", article("storm").decode().split("</h1>")[1]))
    return path


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_each_input_is_a_line_of_json_in_the_order_given(newsdesk: Newsdesk, tmp_path: Path, page: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    ran = newsdesk("preview", "--json", tmp_path / "empty.txt", page, tmp_path / "gone.html")
    empty, storm, gone = lines(ran.out)
    assert [line["input"] for line in (empty, storm, gone)] == [
        str(tmp_path / name) for name in ("empty.txt", "storm.html", "gone.html")
    ]
    assert (empty["skipped"]["reason"], gone["skipped"]["reason"]) == ("empty", "not found")
    assert storm["article"].keys() == FIELDS
    assert storm["article"]["published"] == "2022-11-07T10:00:00+00:00"
    assert storm["article"]["authors"] == ["Jane Doe"]
    assert "skipped" not in storm
    assert ran.code == 0


def test_an_input_with_several_articles_is_as_many_lines(newsdesk: Newsdesk, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)))
    found = lines(newsdesk("preview", "--json", path).out)
    assert [line["article"]["title"] for line in found] == [row["title"] for row in ROWS]
    assert {line["input"] for line in found} == {str(path)}


def test_a_file_may_be_said_to_come_from_an_address(newsdesk: Newsdesk, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(article("storm"))
    ran = newsdesk("preview", "--json", tmp_path / "a.html", "--url", "https://tower.example/storm")
    assert lines(ran.out)[0]["article"]["url"] == "https://tower.example/storm"
    assert newsdesk("preview", tmp_path, tmp_path / "a.html", "--url", "https://tower.example/").code == 2


def test_a_packed_page_is_read(newsdesk: Newsdesk, tmp_path: Path, page: Path) -> None:
    (tmp_path / "packed.html.gz").write_bytes(gzip.compress(page.read_bytes()))
    whole, packed = lines(newsdesk("preview", "--json", page, tmp_path / "packed.html.gz").out)
    assert packed["article"] == whole["article"]


def test_a_folder_without_anything_says_so(newsdesk: Newsdesk, tmp_path: Path) -> None:
    (found,) = lines(newsdesk("preview", "--json", tmp_path).out)
    assert found["skipped"]["reason"] == "empty"


def test_an_address_is_previewed_and_nothing_is_written(newsdesk: Newsdesk, server: Server, tmp_path: Path) -> None:
    url = server.page("/storm", "storm")
    home = tmp_path / "home"
    ran = newsdesk("preview", "--json", url, server.url("/gone"), "--allow-host", HERE, "--home", home)
    storm, gone = lines(ran.out)
    assert storm["article"]["url"] == url
    assert gone["skipped"]["reason"] == "not found"
    assert not home.exists()


def test_without_json_it_says_what_each_field_rests_on(newsdesk: Newsdesk, page: Path) -> None:
    ran = newsdesk("preview", page)
    told = dict(line.split(maxsplit=1) for line in ran.out.split("Why:\n")[1].splitlines() if line)
    assert told["authors"] == "JSON-LD author, meta author"
    assert "link rel=canonical" in told["url"]


def test_what_would_not_be_stored_is_told_with_its_reason(newsdesk: Newsdesk, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Short news\n\nThe storm is over, and the keeper of the tower says so.")
    ran = newsdesk("preview", tmp_path / "a.txt")
    assert "skipped as too short" in ran.out
    assert ran.code == 0


def test_a_field_rests_on_all_that_agree_with_it_and_on_nothing_else() -> None:
    kept = Article("1", "Storm at the tower", "Text.", publisher="The Tower Times", section="City")
    html = STATED.replace("BODY", "")
    found = witnesses(Page("a", html, hints={"publisher": "the tower times", "title": "Calm"}), kept)
    assert found == {
        "title": ["JSON-LD headline", "meta og:title", "<title>", "<h1>"],
        "publisher": ["its source", "meta og:site_name"],
        "section": [],
    }


@pytest.mark.parametrize("content", ["", "<", "\0", b"\xff\xfe\0", '<?xml version="1.0" encoding="utf-8"?><html/>'])
def test_a_page_that_can_not_be_taken_apart_has_no_witnesses(content: str | bytes) -> None:
    assert witnesses(Page("a", content), Article("1", "Storm", "Text.")) == {"title": []}
