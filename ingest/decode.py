"""Bytes to text, whatever they are; nothing here raises. Pure."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
STATED = re.compile(rb"""(?:<meta[^>]+charset|<\?xml[^>]+encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
SNIFFED = 4096
MOST_BROKEN = 0.02
"""Share of characters that may be unreadable; more of them, and the text is not worth keeping."""


def decode(data: bytes) -> str | None:
    """The text of some bytes: by their byte-order mark, else as UTF-8, as they state themselves, or as it looks.

    Bytes that fit nowhere become U+FFFD. `None` when the bytes are no text (they hold NULs) or too much is unreadable.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _acceptable(data.decode(encoding, "replace"))
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    stated = STATED.search(data[:SNIFFED])
    if stated:
        try:
            return _acceptable(data.decode(stated[1].decode("ascii"), "replace"))
        except (LookupError, ValueError):
            pass
    forgiving = data.decode("utf-8", "replace")
    if forgiving.count("\ufffd") <= MOST_BROKEN * len(forgiving):
        return forgiving
    best = from_bytes(data[:200_000]).best()
    return _acceptable(data.decode(best.encoding, "replace")) if best else None


def _acceptable(text: str) -> str | None:
    return text if text.count("\ufffd") <= MOST_BROKEN * max(1, len(text)) else None
