"""An article out of Markdown. Pure; the only file that knows markdown-it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import takewhile
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.app import is_app, is_caption
from ingest.dates import stated_date
from ingest.fields import as_paragraphs
from ingest.head import Head, Line, is_head_line
from ingest.markup import without_tags
from ingest.plain import opening
from ingest.stated import stated_fields

FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
STATEMENT = re.compile(r"^(\w+)[ \t]*:[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)


def markdown_fields(text: str, now: datetime) -> dict[str, Any]:
    """What a Markdown text says of its article, by `Article`'s field names: its front matter, its first heading, the
    byline and date under it. All the rest is the article's text, without markup.
    """
    matter = FRONT_MATTER.match(text)
    stated = stated_fields(_statements(matter[1])) if matter else {}
    blocks = list(_blocks(text[matter.end() :] if matter else text))
    heading = next((n for n, (tag, _) in enumerate(blocks) if tag == "h1"), None)
    title = blocks.pop(heading)[1] if heading is not None else None
    above = [words for _, words in blocks[:heading]] if heading is not None and _is_head(blocks[:heading]) else []
    below = [words for _, words in blocks[len(above) :]]
    head_lines = [*above, *takewhile(is_head_line, below)]
    body = [words for words in below[len(head_lines) - len(above) :] if not (is_app(words) or is_caption(words))]
    said = as_paragraphs("\n\n".join(body))
    head = Head([Line(as_paragraphs(line), number) for number, line in enumerate(head_lines)], title=title or "")
    found = {
        "title": title or opening(said),
        "text": said,
        "publisher": head.publisher,
        "section": head.section,
        "authors": head.authors,
        "published": stated_date(head.dated, said, now),
    }
    return {**found, **stated}


def _statements(matter: str) -> dict[str, Any]:
    """The simple `key: value` lines of front matter; lists of one line lose their brackets."""
    found = {key.lower(): value.strip("[]").strip() for key, value in STATEMENT.findall(matter)}
    return {key: re.sub(r"(?:^|(?<=, ))[\"']|[\"'](?=$|,)", "", value) for key, value in found.items()}


def _is_head(blocks: list[tuple[str, str]]) -> bool:
    """Whether what stands above a heading are a few short lines rather than a text."""
    return all(tag == "p" and len(words.split()) <= 14 for tag, words in blocks)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """The paragraphs, headings and items of a Markdown text as (tag, words)."""
    tag = "p"
    for token in MarkdownIt("commonmark").parse(text):
        if token.type.endswith("_open"):
            tag = token.tag
        words = _words(token)
        if words.strip():
            yield tag, " ".join(words.split())


def _words(token: Token) -> str:
    if token.type == "inline":
        shown = ("text", "code_inline", "softbreak", "hardbreak")
        return "".join(child.content or " " for child in token.children or () if child.type in shown)
    if token.type == "html_block":
        return without_tags(token.content)
    return token.content if token.type in ("fence", "code_block") else ""
