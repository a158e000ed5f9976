"""What a row of JSON, a feed or front matter states of its article, under any of the names that users give it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ingest.dates import as_moment
from ingest.fields import as_text, as_url, first_of, given_id
from ingest.people import as_names

TITLE_KEYS = ("title", "headline")
TEXT_KEYS = ("text", "body", "content")
URL_KEYS = ("url", "link", "canonical")
PUBLISHER_KEYS = ("publisher", "source")
AUTHOR_KEYS = ("authors", "author", "byline")
PUBLISHED_KEYS = ("published", "published_at", "date")


def stated_fields(row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that are stated, by `Article`'s names without the text; the empty and unreadable are left out."""
    fields = {
        "id": given_id(row.get("id")),
        "title": as_text(first_of(row, TITLE_KEYS)),
        "url": as_url(first_of(row, URL_KEYS)),
        "publisher": as_text(first_of(row, PUBLISHER_KEYS)),
        "authors": as_names(first_of(row, AUTHOR_KEYS)),
        "published": as_moment(first_of(row, PUBLISHED_KEYS)),
        "modified": as_moment(row.get("modified")),
        "section": as_text(row.get("section")),
        "language": as_text(row.get("language")),
    }
    return {name: value for name, value in fields.items() if value}


def stated_text(row: Mapping[str, Any]) -> str:
    """The article's text as it is stated; empty for none."""
    text = first_of(row, TEXT_KEYS)
    return text if isinstance(text, str) else ""
