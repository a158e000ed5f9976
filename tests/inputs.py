"""Files to ingest, and what is found in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from ingest.clean import clean
from ingest.report import Skipped
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
