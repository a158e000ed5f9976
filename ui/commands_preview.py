"""What would be stored of pages, and what each field rests on; nothing is stored."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from ingest.clean import clean
from ingest.report import Skipped
from ingest.sources import guarded, is_address, pages
from ingest.witnesses import witnesses
from qa.settings import Settings
from qa.types import Article, Page, now
from ui.lines import print_line
from ui.terminal import out, plain, print_article, print_fields, say

if TYPE_CHECKING:
    from ingest.web.client import Web

log = logging.getLogger(__name__)

FIELDS = ("id", "url", "title", "text", "publisher", "authors", "published", "modified", "section", "language")

Cleaned = tuple[Page | None, Article | Skipped]


def run_preview(settings: Settings, inputs: Sequence[str], url: str | None, *, as_json: bool) -> None:
    """Show what each input would bring, in their order."""
    with ExitStack() as stack:

        @cache
        def web() -> Web:
            from ingest.web.client import open_web  # only addresses need it

            opened = open_web(settings, keeps=False)
            stack.callback(opened.close)
            return opened

        for each in inputs:
            found = web().page(each) if is_address(each) else pages([each])
            for page, cleaned in _cleaned(each, guarded(each, found), url, settings.languages):
                if as_json:
                    print_line({"input": each, **as_values(cleaned)})
                else:
                    _print(page, cleaned, spaced=len(inputs) > 1)


def as_values(cleaned: Article | Skipped) -> dict[str, Any]:
    """An article under `article`, or why there is none under `skipped`, for JSON."""
    if isinstance(cleaned, Skipped):
        return {"skipped": {"reason": cleaned.reason, "message": cleaned.message}}
    return {"article": {name: getattr(cleaned, name) for name in FIELDS}}


def _cleaned(
    origin: str, found: Iterator[Page | Skipped], url: str | None, languages: Sequence[str]
) -> Iterator[Cleaned]:
    empty = True
    for each in found:
        empty = False
        page = replace(each, url=each.url or url) if isinstance(each, Page) else None
        yield page, (_clean(page, languages) if page else each)  # type: ignore[misc]
    if empty:
        yield None, Skipped(origin, "empty", "there is nothing in it")


def _clean(page: Page, languages: Sequence[str]) -> Article | Skipped:
    try:
        return clean(page, now(), languages)
    except Exception as error:  # one bad page never stops the rest
        log.warning("cleaning %s failed", page.origin, exc_info=True)
        return Skipped(page.origin, "error", f"{type(error).__name__}: {error}; please report it")


def _print(page: Page | None, cleaned: Article | Skipped, *, spaced: bool) -> None:
    console = out()
    if isinstance(cleaned, Skipped):
        say(console, f"{plain(cleaned.origin)}: skipped as {plain(cleaned.reason)}: {plain(cleaned.message)}")
    else:
        print_article(console, cleaned)
        console.print()
        say(console, "Why:", style="bold")
        print_fields(console, _said(witnesses(page, cleaned) if page else {}))
    if spaced:
        console.print()


def _said(found: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {name: ", ".join(each) or "found in the page itself" for name, each in found.items()}
