from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.clean import clean
from ingest.report import Skipped
from ingest.rows import LARGEST
from qa.types import Article, Page
from tests.inputs import (
    HALVES,
    NOW,
    ROW,
    TEXT,
    articles,
    found,
    origins,
    skipped,
    write,
)


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
    assert "at character 11" in bad.message


def test_json_of_several_lines_that_is_none_says_on_which(tmp_path: Path) -> None:
    (bad,) = skipped(write(tmp_path, "a.json", '{\n "title": '))
    assert "line 2" in bad.message


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
