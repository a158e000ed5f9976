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
WESTERN = frozenset(
    "ÀÂÄÁÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕÚÙÛÜßÆØŒàâäáãåçéèêëíìîïñóòôöõúùûüæøœÿ‘’“”‚„«»‹›–—…•·€£©®™°§´¿¡ºª½\u00a0\u00ad"
)
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
    stated = _stated(data)
    if stated:
        return _acceptable(data.decode(stated, "replace"))
    forgiving = data.decode("utf-8", "replace")
    broken = forgiving.count("\ufffd")
    whole = sum(1 for c in forgiving if c > "\x7f") - broken
    if broken <= min(MOST_BROKEN * len(forgiving), 2 * whole):
        return forgiving
    return _by_its_look(data)


def _stated(data: bytes) -> str | None:
    """The encoding that a page states; not UTF-8, which it has been found not to be."""
    found = STATED.search(data[:SNIFFED])
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else "utf-8"
        "".encode(name)
    except (LookupError, ValueError):
        return None
    return None if name == "utf-8" else "cp1252" if name in ("iso8859-1", "ascii") else name


def _by_its_look(data: bytes) -> str | None:
    """Windows-1252 if only letters and signs of Western Europe come out, else what the frequency of letters says."""
    western = data.decode("cp1252", "replace")
    if all((c < "\x7f" and (c >= " " or c in "\t\n\r\f")) or c in WESTERN for c in western):
        return western
    best = from_bytes(data[:200_000]).best()
    return _acceptable(data.decode(best.encoding, "replace")) if best else None


def _acceptable(text: str) -> str | None:
    return text if text.count("\ufffd") <= MOST_BROKEN * max(1, len(text)) else None
