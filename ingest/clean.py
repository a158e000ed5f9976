"""A page as an article, or the reason why it is none."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from ingest.decode import decode
from ingest.fields import article_id, as_paragraphs, as_url, is_of_a_page
from ingest.markdown import markdown_fields
from ingest.markup import PAGE, as_page, has_tags, is_html, without_tags
from ingest.plain import plain_fields
from ingest.refusal import FEWEST_WORDS, Refusal
from ingest.report import Skipped
from ingest.stated import stated_fields, stated_text
from ingest.words import word_count
from qa.types import Article, Page

MOST_LOST = 0.2
"""Share of a fragment's words that may be furniture. When more are missing, the fragment was no HTML after all."""

EMPTY = ("empty", "there is nothing in it")
BINARY = ("binary file", "it holds no text; give HTML, text, Markdown, JSON or JSONL")
NO_TEXT = ("no article", "no article text was found in it")


def clean(page: Page, now: datetime, languages: Collection[str] = ()) -> Article | Skipped:
    """The article of a page, or why there is none. `now` bounds the years that a text's dates can mean.

    With `languages`, two letters each, an article that states another one is refused; one that states none is not.
    """
    content = decode(page.content) if isinstance(page.content, bytes) else page.content
    if content is None:
        return Skipped(page.origin, *BINARY)
    refusal = None
    if page.media_type == "fields":
        fields = _row(page.hints)
    elif not content.strip():
        return Skipped(page.origin, *EMPTY)
    else:
        fields, refusal = _found(content, page, now)
    text = fields.get("text") or ""
    refusal = refusal or _too_little(text) or _other_language(fields, languages)
    return _refused(page.origin, refusal, fields) if refusal else _article(fields, text)


def _too_little(text: str) -> Refusal | None:
    words = word_count(text)
    if not words:
        return NO_TEXT
    return ("too short", f"{words} words are no article; it takes {FEWEST_WORDS}") if words < FEWEST_WORDS else None


def _other_language(fields: Mapping[str, Any], wanted: Collection[str]) -> Refusal | None:
    language = (fields.get("language") or "")[:2].lower()
    if not wanted or not language or language in wanted:
        return None
    return "other language", f"it is in {language!r}; the languages wanted are: {', '.join(sorted(wanted))}"


def _refused(origin: str, refusal: Refusal, fields: Mapping[str, Any]) -> Skipped:
    """Why there is no article, with what is known of it: a later page of the same address takes its place."""
    url, title = fields.get("url"), fields.get("title")
    known = fields.get("id") or (article_id(url, "", "") if url and is_of_a_page(url) else None)
    return Skipped(origin, *refusal, url, known, title)


def _found(content: str, page: Page, now: datetime) -> tuple[dict[str, Any], tuple[str, str] | None]:
    """What a page says of itself, completed by what its source says of it; and why it is no article, if it isn't."""
    refusal = None
    if page.media_type == "html" or (page.media_type is None and is_html(content)):
        fields, refusal = _html(content, page.url)
    elif page.media_type == "markdown":
        fields = markdown_fields(content, now)
    else:
        fields = plain_fields(content, now)
    fields["url"] = fields.get("url") or as_url(page.url)
    return _completed(fields, stated_fields(page.hints)), refusal


def _html(content: str, url: str | None) -> tuple[dict[str, Any], tuple[str, str] | None]:
    """The fields of a page, or of a piece of one, of which no words may be lost."""
    from ingest.html import Html  # takes a second to import, and plain text needs none of it

    is_page = bool(PAGE.search(content))
    try:
        html = Html(as_page(content), url)
    except ValueError:
        return {}, NO_TEXT
    fields = html.fields()
    if is_page:
        return fields, html.refusal(fields["text"])
    everything = as_paragraphs(without_tags(content))
    if word_count(fields["text"]) < (1 - MOST_LOST) * word_count(everything):
        fields["text"] = everything
    return fields, None


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a row of JSON; HTML in its text is cleaned."""
    text = stated_text(row)
    fields = stated_fields(row)
    if not has_tags(text):
        return {**fields, "text": as_paragraphs(text)}
    if not is_html(text):
        return {**fields, "text": as_paragraphs(without_tags(text))}
    found, _ = _html(text, fields.get("url"))
    return {**found, **fields}


def _completed(fields: dict[str, Any], hints: Mapping[str, Any]) -> dict[str, Any]:
    """What a page says, and for what it doesn't, its source; a publisher that is but a host's name counts as none."""
    own = {name: value for name, value in fields.items() if value}
    publisher = own.get("publisher") or ""
    if "." in publisher and " " not in publisher and hints.get("publisher"):
        del own["publisher"]
    return {**hints, **own}


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
