"""Loose values as users and pages have them, read into an article's fields. Pure."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from courlan import clean_url, extract_domain, normalize_url

from qa.types import Article

SPACES = re.compile(r"[^\S\n]+")
BREAK = re.compile(r"\n\s*\n\s*")
JOINERS = "\u200c\u200d"
"""Characters without a look of their own that Persian words and some emoji need inside them."""

LOOSE_JOINER = re.compile(rf"(?<!\S)[{JOINERS}]+|[{JOINERS}]+(?!\S)")


def first_of(row: Mapping[str, Any], keys: Iterable[str]) -> Any:
    """The first value among the keys that is not empty."""
    return next((row[key] for key in keys if row.get(key) not in (None, "", [], {})), None)


def as_text(value: Any) -> str | None:
    """A short text on one line, in NFC; a mapping gives its name; nothing for what is empty or no text."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    if not isinstance(value, str):
        return None
    return " ".join(_visible(value).split()) or None


def as_url(value: Any) -> str | None:
    """A web address in its canonical form: no fragment, no tracking parameters; nothing for what is none."""
    text = as_text(value)
    try:
        parts = urlsplit(text or "")
        if not text or parts.scheme not in ("http", "https") or not parts.hostname:
            return None
    except ValueError:
        return None
    try:
        return str(normalize_url(clean_url(text) or text, strict=False, trailing_slash=True)).split("#")[0]
    except (TypeError, ValueError):
        return text.split("#")[0]


def same_site(link: str, url: str) -> bool:
    """Whether a link, which may be relative, leads to the site that an address is of: the same registered domain."""
    there = urljoin(url, link)
    if urlsplit(there).netloc == urlsplit(url).netloc:
        return True
    domain = extract_domain(there)
    return domain is not None and domain == extract_domain(url)


def is_of_a_page(url: str | None) -> bool:
    """Whether an address leads further than to a site's front page."""
    parts = urlsplit(url or "")
    return bool(parts.path.strip("/") or parts.query)


def as_paragraphs(text: str) -> str:
    """A text as newsdesk stores it: NFC, paragraphs parted by one empty line, single spaces, no control characters."""
    text = _visible(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return BREAK.sub("\n\n", "\n".join(lines)).strip()


def article_id(url: str | None, title: str, text: str) -> str:
    """An id of 12 hexadecimal digits: of the canonical URL of a page where there is one, else of title and text.

    Addresses that differ in `http` and `https`, `www.` or a last slash are one.
    """
    return _hash(_identity(url) if url and is_of_a_page(url) else f"{title}\n{text}")[:12]


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


def _identity(url: str) -> str:
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"https://{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def _visible(text: str) -> str:
    """A text in NFC without what can't be seen: control characters, halves of surrogate pairs, loose joiners."""
    text = unicodedata.normalize("NFC", text)
    unseen = {ord(c) for c in set(text) if not c.isspace() and _is_unseen(c)}
    text = text.translate(dict.fromkeys(unseen)) if unseen else text
    return LOOSE_JOINER.sub("", text)


def _is_unseen(character: str) -> bool:
    return character not in JOINERS and unicodedata.category(character) in ("Cc", "Cf", "Cs")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
