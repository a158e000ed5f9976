"""A page as an article, or the reason why it is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ingest.decode import decode
from ingest.fields import (
    AUTHOR_KEYS,
    PUBLISHED_KEYS,
    PUBLISHER_KEYS,
    TEXT_KEYS,
    TITLE_KEYS,
    article_id,
    as_moment,
    as_names,
    as_paragraphs,
    as_text,
    as_url,
    first_of,
    given_id,
)
from ingest.plain import markdown_fields, plain_fields
from ingest.report import Skipped
from qa.types import Article, Page

FEWEST_WORDS = 40
HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p|h1)\b[^>]*>", re.IGNORECASE)
EMPTY = ("empty", "there is nothing in it")
BINARY = ("binary file", "it holds no text; give HTML, text, Markdown, JSON or JSONL")
NO_TEXT = ("no article", "no article text was found in it")


def clean(page: Page, now: datetime) -> Article | Skipped:
    """The article of a page, or why there is none. `now` bounds the years that a text's dates can mean."""
    content = decode(page.content) if isinstance(page.content, bytes) else page.content
    if content is None:
        return Skipped(page.origin, *BINARY)
    if page.media_type == "fields":
        fields, refusal = _stated(page.hints, now), None
    elif not content.strip():
        return Skipped(page.origin, *EMPTY)
    else:
        fields, refusal = _found(content, page, now)
    text = fields.get("text") or ""
    if refusal:
        return Skipped(page.origin, *refusal)
    words = len(text.split())
    if not words:
        return Skipped(page.origin, *NO_TEXT)
    if words < FEWEST_WORDS:
        return Skipped(page.origin, "too short", f"{words} words are no article; it takes {FEWEST_WORDS}")
    return _article(fields, text)


def is_html(text: str) -> bool:
    """Whether a text is a page or a piece of one."""
    return bool(HTML.search(text[:20_000]))


def _found(content: str, page: Page, now: datetime) -> tuple[dict[str, Any], tuple[str, str] | None]:
    """What a page says of itself, completed by what its source says of it."""
    refusal = None
    if page.media_type == "html" or (page.media_type is None and is_html(content)):
        from ingest.html import Html  # takes a second to import, and plain text needs none of it

        try:
            html = Html(content, page.url)
        except ValueError:
            return {}, NO_TEXT
        fields = html.fields()
        refusal = html.refusal(fields["text"])
    elif page.media_type == "markdown":
        fields = markdown_fields(content, now)
    else:
        fields = plain_fields(content, now)
    fields["url"] = fields.get("url") or as_url(page.url)
    return _completed(fields, page.hints), refusal


def _stated(row: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The fields of a row of JSON, under any of the names that users give them; HTML in its text is cleaned."""
    text = first_of(row, TEXT_KEYS)
    text = text if isinstance(text, str) else ""
    stated: dict[str, Any] = {
        "id": given_id(row.get("id")),
        "title": as_text(first_of(row, TITLE_KEYS)),
        "url": as_url(row.get("url")),
        "publisher": as_text(first_of(row, PUBLISHER_KEYS)),
        "authors": as_names(first_of(row, AUTHOR_KEYS)),
        "published": as_moment(first_of(row, PUBLISHED_KEYS)),
        "modified": as_moment(row.get("modified")),
        "section": as_text(row.get("section")),
        "language": as_text(row.get("language")),
    }
    if is_html(text):
        found, _ = _found(text, Page("", text, stated["url"], "html"), now)
        return {**found, **{name: value for name, value in stated.items() if value}}
    return {**stated, "text": as_paragraphs(text)}


def _completed(fields: dict[str, Any], hints: Mapping[str, Any]) -> dict[str, Any]:
    return {**hints, **{name: value for name, value in fields.items() if value}}


def _article(fields: Mapping[str, Any], text: str) -> Article:
    title = fields.get("title") or text.split("\n")[0][:100]
    url = fields.get("url")
    return Article(
        id=fields.get("id") or article_id(url, title, text),
        title=title,
        text=text,
        url=url,
        publisher=fields.get("publisher"),
        authors=tuple(fields.get("authors") or ()),
        published=fields.get("published"),
        modified=fields.get("modified"),
        section=fields.get("section"),
        language=fields.get("language"),
    )
