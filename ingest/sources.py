"""Where articles come from: files, folders, standard input, rows of JSON, entries of feeds, addresses on the web."""

from __future__ import annotations

import gzip
import logging
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from ingest.feeds import FeedEntry, entries_of, is_feed
from ingest.markup import is_html
from ingest.report import Skipped
from ingest.rows import LARGEST, Found, bounded, is_row, json_pages, line_pages, text_of
from ingest.web.abreast import abreast
from qa.types import Page

if TYPE_CHECKING:
    from ingest.web.client import Web

log = logging.getLogger(__name__)

WEB_PAGES = frozenset({".html", ".htm", ".xhtml"})
PAGES = WEB_PAGES | {".txt", ".text", ".md", ".markdown", ".pdf"}
LINES = frozenset({".jsonl", ".ndjson"})
ROWS = LINES | {".json"}
FEEDS = frozenset({".xml", ".rss", ".atom"})
PACKED = ".gz"
MARKDOWN = frozenset({".md", ".markdown"})

UNREADABLE = (OSError, EOFError, zlib.error)
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

Input = str | Path | Page
"""A path, an address on the web (as a string), `-` for standard input, or a page."""


def pages(inputs: Sequence[Input], connect: Callable[[], Web] | None = None) -> Iterator[Found]:
    """The pages of files, folders (recursively, in order of name, without hidden files), `-` and pages as they are;
    after them those of addresses, for which `connect` opens the web; without it, nothing fetched is kept.

    Whatever can't be read is yielded as skipped, with the reason. An entry of a feed lends its metadata to the page
    that lies beside the feed under the last part of its link; without one, it is a page itself if it has the text.
    """
    files: list[Path] = []
    urls = list(dict.fromkeys(each for each in inputs if isinstance(each, str) and is_address(each)))
    for each in inputs:
        if isinstance(each, Page):
            yield each
        elif isinstance(each, str) and is_address(each):
            continue
        elif str(each) == "-":
            yield from guarded("standard input", _stream(sys.stdin.buffer))
        else:
            found, skipped = _files(Path(each))
            files += found
            yield from skipped
    files = list(dict.fromkeys(files))
    hints: dict[Path, FeedEntry] = {}
    orphans: list[Found] = []
    for path in files:
        if kind_of(path) in FEEDS:
            orphans += guarded(_name(path), _feed(path, hints))
    for path in dict.fromkeys((*files, *hints)):
        if kind_of(path) not in FEEDS:
            yield from guarded(_name(path), _file(path, hints.get(path)))
    yield from orphans
    if urls:
        yield from _addresses(urls, connect)


def count_pages(inputs: Sequence[Input]) -> int | None:
    """About how many pages the inputs hold; `None` where that shows only by reading them."""
    if any(isinstance(each, str) and (each == "-" or is_address(each)) for each in inputs):
        return None
    files = {file for each in inputs if not isinstance(each, Page) for file in _files(Path(each))[0]}
    try:
        rows = sum(_count_lines(file) for file in files)
    except UNREADABLE:
        return None
    return rows + sum(isinstance(each, Page) for each in inputs)


def _count_lines(path: Path) -> int:
    if kind_of(path) in FEEDS:
        return 0
    if kind_of(path) not in LINES:
        return 1
    with _opened(path) as lines:
        return sum(block.count(b"\n") for block in iter(lambda: lines.read(1 << 20), b""))


def is_address(text: str) -> bool:
    """Whether an input is an address on the web rather than a path."""
    return bool(ADDRESS.match(text))


def _addresses(urls: Sequence[str], connect: Callable[[], Web] | None) -> Iterator[Found]:
    web = (connect or _default_web)()
    try:
        yield from abreast([guarded(url, web.page(url)) for url in urls])
    finally:
        web.close()


def _default_web() -> Web:
    from ingest.web.client import open_web  # what it takes to fetch is loaded when there is something to fetch
    from qa.settings import Settings

    return open_web(Settings(), keeps=False)


def guarded(origin: str, found: Iterable[Found]) -> Iterator[Found]:
    """What is found, up to an unexpected error; that is logged, and named in place of the rest."""
    try:
        yield from found
    except Exception as error:  # one bad input never stops the others
        log.warning("reading %s failed", origin, exc_info=True)
        yield Skipped(origin, "error", f"{type(error).__name__}: {error}; please report it")


def kind_of(path: Path) -> str:
    """A file's ending in small letters, without that of gzip behind it."""
    return Path(path.stem if path.suffix.lower() == PACKED else path.name).suffix.lower()


def _name(path: Path) -> str:
    """A path as text that can be printed, whatever bytes its name has."""
    return os.fsencode(path).decode("utf-8", "replace")


def _files(path: Path) -> tuple[list[Path], list[Skipped]]:
    try:
        path.stat()
        if not path.is_dir():
            return [path], []
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not _is_hidden(p.relative_to(path)))
    except (FileNotFoundError, NotADirectoryError):
        return [], [Skipped(_name(path), "not found", "there is no such file or folder; check the path")]
    except (OSError, ValueError) as error:
        return [], [Skipped(_name(path)[:200], "not readable", f"{_said(error)}; check the path and its permissions")]
    known = [p for p in inside if kind_of(p) in PAGES | ROWS | FEEDS]
    others = [Skipped(_name(p), "other file", "its name ends like no article's") for p in inside if p not in set(known)]
    return known, others


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _feed(path: Path, described: dict[Path, FeedEntry]) -> Iterator[Found]:
    """What is to be said of a feed's entries; those that describe a page file beside it go into `described`."""
    text = _read(path)
    if isinstance(text, Skipped):
        yield text
        return
    if not is_feed(text):
        yield Skipped(_name(path), "other file", "it is XML, but no RSS or Atom feed")
        return
    beside: dict[str, Path] = {}
    for page in sorted(path.parent.rglob("*")):
        if kind_of(page) in WEB_PAGES:
            beside.setdefault(page.name.split(".")[0], page)
            beside.setdefault(page.stem, page)
    for number, entry in enumerate(entries_of(text), 1):
        if entry.slug in beside:
            described[beside[entry.slug]] = entry
        else:
            yield _entry(f"{_name(path)}:{number}", entry)


def _entry(origin: str, entry: FeedEntry) -> Found:
    if entry.is_whole:
        return Page(origin, entry.content, entry.url, "html", entry.hints)
    where = (
        f"save the page at {entry.url} beside it, or give the feed's own address"
        if entry.url
        else "save the article's page beside it"
    )
    return Skipped(origin, "teaser only", f"the feed has no full text; {where}")


def _file(path: Path, entry: FeedEntry | None) -> Iterator[Found]:
    suffix = kind_of(path)
    if suffix in LINES:
        yield from _lines(path)
        return
    if suffix == ".pdf":
        yield _pdf(path)
        return
    text = _read(path)
    if isinstance(text, Skipped):
        yield text
    elif suffix == ".json":
        yield from json_pages(_name(path), text)
    elif suffix in MARKDOWN:
        yield Page(_name(path), text, media_type="markdown")
    else:
        hints, url = (entry.hints, entry.url) if entry else ({}, None)
        yield Page(_name(path), text, url, "html" if is_html(text) else "text", hints)


def _pdf(path: Path) -> Found:
    from ingest.pdf import pdf_page  # its library takes a while to load

    data = _bytes(path)
    return data if isinstance(data, Skipped) else pdf_page(_name(path), data)


def _lines(path: Path) -> Iterator[Found]:
    try:
        with _opened(path) as lines:
            yield from line_pages(_name(path), bounded(lines))
    except UNREADABLE as error:
        yield Skipped(_name(path), "not readable", f"{_said(error)}; check its permissions")


def _read(path: Path) -> str | Skipped:
    data = _bytes(path)
    return data if isinstance(data, Skipped) else text_of(_name(path), data)


def _bytes(path: Path) -> bytes | Skipped:
    try:
        with _opened(path) as file:
            data = b"" if path.stat().st_size > LARGEST else file.read(LARGEST + 1)
            if len(data) > LARGEST or path.stat().st_size > LARGEST:
                return Skipped(_name(path), "too large", f"no article has over {LARGEST // 1_000_000} MB")
            return data
    except UNREADABLE as error:
        return Skipped(_name(path), "not readable", f"{_said(error)}; check its permissions")


def _opened(path: Path) -> BinaryIO:
    """A file, unpacked if its ending says that it is packed."""
    return cast(BinaryIO, gzip.open(path)) if path.suffix.lower() == PACKED else path.open("rb")


def _said(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)


def _stream(stream: BinaryIO) -> Iterator[Found]:
    """Standard input: rows of JSON, a feed, a page or a text, whichever it looks like. Lines of JSON have no limit."""
    origin = "standard input"
    first = next(bounded_lines := bounded(stream), b"")
    line = text_of(origin, first)
    if isinstance(line, str) and is_row(line):
        yield from line_pages(origin, chain([first], bounded_lines))
        return
    data = first + stream.read(LARGEST)
    if len(data) > LARGEST:
        yield Skipped(origin, "too large", f"over {LARGEST // 1_000_000} MB; put it in a file")
        return
    text = text_of(origin, data)
    if isinstance(text, Skipped):
        yield text
    elif is_feed(text):
        yield from (_entry(f"{origin}:{n}", entry) for n, entry in enumerate(entries_of(text), 1))
    elif text.lstrip()[:1] in ("{", "["):
        yield from json_pages(origin, text)
    else:
        yield Page(origin, text, media_type="html" if is_html(text) else "text")
