"""Loose values as users and pages have them, read into an article's fields. Pure."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from courlan import clean_url, normalize_url

from qa.types import Article

TITLE_KEYS = ("title", "headline")
TEXT_KEYS = ("text", "body", "content")
PUBLISHER_KEYS = ("publisher", "source")
AUTHOR_KEYS = ("authors", "author", "byline")
PUBLISHED_KEYS = ("published", "published_at", "date")

NOT_A_NAME = re.compile(r"https?:|www\.|@|^(?:staff|editors?|admin|newsroom|agency|agencies)\b", re.IGNORECASE)
BY = re.compile(r"^\s*(?:words\s+)?by[:\s]+", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r"\s*(?:;|\||,(?!\s*(?:jr|sr|ii+)\b)|\band\b|&)\s*", re.IGNORECASE)
SPACES = re.compile(r"[^\S\n]+")
BREAK = re.compile(r"\n\s*\n\s*")


def first_of(row: Mapping[str, Any], keys: Iterable[str]) -> Any:
    """The first value among the keys that is not empty."""
    return next((row[key] for key in keys if row.get(key) not in (None, "", [], {})), None)


def as_text(value: Any) -> str | None:
    """A short text on one line, in NFC; a mapping gives its name; nothing for what is empty or no text."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str):
        return None
    return " ".join(unicodedata.normalize("NFC", value).split()) or None


def as_names(value: Any) -> tuple[str, ...]:
    """Names of people, each once: from a byline ("By A and B"), a list, or mappings with a name."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, list | tuple):
        return tuple(dict.fromkeys(name for each in value for name in as_names(each)))
    text = as_text(value)
    if not text:
        return ()
    names = (name.strip(" .,") for name in BETWEEN_NAMES.split(BY.sub("", text)))
    return tuple(dict.fromkeys(name for name in names if name and not NOT_A_NAME.search(name)))


def as_moment(value: Any) -> datetime | None:
    """A moment with a time zone, from ISO 8601, RFC 2822, seconds since 1970 or a date; UTC where no zone is stated."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        try:
            return datetime.fromtimestamp(value, UTC)
        except (OverflowError, OSError, ValueError):
            return None
    text = as_text(value)
    if not text:
        return None
    for read in (datetime.fromisoformat, _rfc2822):
        try:
            moment = read(text)
        except (ValueError, TypeError, IndexError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _rfc2822(text: str) -> datetime:
    from email.utils import parsedate_to_datetime

    return parsedate_to_datetime(text)


def as_url(value: Any) -> str | None:
    """A web address in its canonical form: no fragment, no tracking parameters; nothing for what is none."""
    text = as_text(value)
    if not text or urlsplit(text).scheme not in ("http", "https"):
        return None
    cleaned = clean_url(text)
    try:
        return str(normalize_url(cleaned or text, strict=False, trailing_slash=True)).split("#")[0]
    except (TypeError, ValueError):
        return text.split("#")[0]


def as_paragraphs(text: str) -> str:
    """A text as newsdesk stores it: NFC, paragraphs parted by one empty line, single spaces, no control characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(c for c in text if c == "\n" or c == "\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    lines = (SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return BREAK.sub("\n\n", "\n".join(lines)).strip()


def article_id(url: str | None, title: str, text: str) -> str:
    """An id of 12 hexadecimal digits: of the canonical URL where there is one, else of title and text."""
    return _hash(url or f"{title}\n{text}")[:12]


def given_id(value: Any) -> str | None:
    """An id that a source states, in safe characters; an unsafe one is replaced by its hash."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else as_text(value)
    if not text:
        return None
    return text if re.fullmatch(r"[A-Za-z0-9][\w.-]{0,63}", text, re.ASCII) else _hash(text)[:12]


def digest(article: Article) -> str:
    """A hash of everything that an article says of itself: two articles with the same one are the same."""
    known = {name: getattr(article, name) for name in Article.__slots__}
    return _hash(json.dumps(known, default=str, sort_keys=True, ensure_ascii=False))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
