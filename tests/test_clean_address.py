from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.clean import clean
from ingest.report import Skipped
from qa.types import Article, Page

NOW = datetime(2024, 5, 6, tzinfo=UTC)
TEXT = " ".join(f"On day {n} the keeper wrote {n * 7} words in his book." for n in range(9))


def address(canonical: str, url: str | None) -> str | None:
    head = f'<title>The tower</title><link rel="canonical" href="{canonical}">'
    html = f"<html><head>{head}</head><body><article><h1>The tower</h1><p>{TEXT}</p></article></body></html>"
    article = clean(Page("tower.html", html, url, "html"), NOW)
    assert isinstance(article, Article)
    return article.url


@pytest.mark.parametrize(
    ("canonical", "url", "expected"),
    [
        ("https://o.co.uk/tower", "https://amp.o.co.uk/tower?amp=1", "https://o.co.uk/tower"),
        ("/tower", "https://o.example/amp/tower", "https://o.example/tower"),
        ("https://other.example/tower", "https://o.example/copy", "https://o.example/copy"),
        ("https://a.co.uk/tower", "https://b.co.uk/copy", "https://b.co.uk/copy"),
        ("https://o.example/tower", None, "https://o.example/tower"),
        ("https://o.example/tower", "http://127.0.0.1:8000/tower", "http://127.0.0.1:8000/tower"),
        ("http://127.0.0.1:8000/tower", "http://127.0.0.1:8000/tower?print", "http://127.0.0.1:8000/tower"),
    ],
)
def test_a_page_has_the_address_that_its_own_site_gives_it(canonical: str, url: str | None, expected: str) -> None:
    assert address(canonical, url) == expected


def test_what_is_no_article_has_the_id_that_its_article_would_have() -> None:
    rows = ({"title": "The tower", "url": "https://o.example/tower", "text": text} for text in ("Too short.", TEXT))
    short, whole = (clean(Page("row", "", media_type="fields", hints=row), NOW) for row in rows)
    assert isinstance(short, Skipped)
    assert isinstance(whole, Article)
    assert (short.article_id, short.url, short.title) == (whole.id, whole.url, whole.title)
