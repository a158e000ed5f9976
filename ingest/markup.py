"""Markup in a text: whether there is any, and the text without it. Pure."""

from __future__ import annotations

import re
from html import unescape

PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b[^>]*>", re.IGNORECASE)
BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|blockquote|article|section|figure|table|tr|br)\b[^<>]*>", re.IGNORECASE
)
INLINE = re.compile(
    r"</?(?:a|abbr|b|cite|code|em|font|i|img|mark|q|s|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE
)
HIDDEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
FEWEST_TAGS = 3
"""Tags of blocks from which on a text is a piece of a page, and not one that mentions a tag."""

LOOKED_AT = 20_000


def is_html(text: str) -> bool:
    """Whether a text is a page or a piece of one."""
    start = text[:LOOKED_AT]
    begins = re.match(r"\s*<[a-zA-Z!]", start) and BLOCK.search(start)
    return bool(PAGE.search(start) or begins or len(BLOCK.findall(start)) >= FEWEST_TAGS)


def has_tags(text: str) -> bool:
    """Whether there are tags of HTML in a text."""
    return bool(PAGE.search(text) or BLOCK.search(text) or INLINE.search(text))


def as_page(text: str) -> str:
    """A piece of HTML as a page of its own; a page as it is."""
    return text if PAGE.search(text) else f"<html><body><article>{text}</article></body></html>"


def without_tags(text: str) -> str:
    """The words of a piece of HTML, its blocks as paragraphs."""
    text = BLOCK.sub("\n\n", HIDDEN.sub("", text))
    return unescape(INLINE.sub("", PAGE.sub("", re.sub(r"</(?:html|head|body)\s*>", "", text))))
