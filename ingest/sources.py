"""Where articles come from: files, folders, standard input, rows of JSON, entries of feeds."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from ingest.clean import BINARY, EMPTY, is_html
from ingest.decode import decode
from ingest.feeds import FeedEntry, entries_of, is_feed
from ingest.report import Skipped
from qa.types import Page

LARGEST = 20_000_000
"""Bytes of a page or a row. The largest of 480 news pages looked at has 2 MB; what is ten times that is no article."""

PAGES = frozenset({".html", ".htm", ".xhtml", ".txt", ".text", ".md", ".markdown"})
ROWS = frozenset({".json", ".jsonl", ".ndjson"})
FEEDS = frozenset({".xml", ".rss", ".atom"})
MARKDOWN = frozenset({".md", ".markdown"})

Input = str | Path | Page
Found = Page | Skipped


def pages(inputs: Sequence[Input]) -> Iterator[Found]:
    """The pages of files, folders (recursively, in order of name, without hidden files), `-` and pages as they are.

    Whatever can't be read is yielded as skipped, with the reason. An entry of a feed lends its metadata to the page
    that lies beside the feed under the last part of its link; without one, it is a page itself if it has the text.
    """
    files: list[Path] = []
    for each in inputs:
        if isinstance(each, Page):
            yield each
        elif str(each) == "-":
            yield from _stream(sys.stdin.buffer)
        else:
            found, skipped = _files(Path(each))
            files += found
            yield from skipped
    files = list(dict.fromkeys(files))
    hints, orphans = _feeds([path for path in files if path.suffix.lower() in FEEDS])
    for path in dict.fromkeys((*files, *hints)):
        if path.suffix.lower() not in FEEDS:
            yield from _file(path, hints.get(path))
    yield from orphans


def _files(path: Path) -> tuple[list[Path], list[Skipped]]:
    if not path.exists():
        return [], [Skipped(str(path), "not found", "there is no such file or folder; check the path")]
    if not path.is_dir():
        return [path], []
    inside = sorted(p for p in path.rglob("*") if p.is_file() and not _is_hidden(p.relative_to(path)))
    known = [p for p in inside if p.suffix.lower() in PAGES | ROWS | FEEDS]
    others = [Skipped(str(p), "other file", "its name ends like no article's") for p in inside if p not in set(known)]
    return known, others


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _feeds(paths: Iterable[Path]) -> tuple[dict[Path, FeedEntry], list[Found]]:
    """Which page files the entries of feeds describe, and what is to be said of the other entries."""
    described: dict[Path, FeedEntry] = {}
    others: list[Found] = []
    for path in paths:
        text = _read(path)
        if isinstance(text, Skipped):
            others.append(text)
        elif not is_feed(text):
            others.append(Skipped(str(path), "other file", "it is XML, but no RSS or Atom feed"))
        else:
            for number, entry in enumerate(entries_of(text), 1):
                beside = sorted(path.parent.rglob(f"{entry.slug}.*htm*")) if entry.slug else []
                if beside:
                    described[beside[0]] = entry
                else:
                    others.append(_entry(f"{path}:{number}", entry))
    return described, others


def _entry(origin: str, entry: FeedEntry) -> Found:
    if entry.is_whole:
        return Page(origin, f"<article>{entry.content}</article>", entry.url, "html", entry.hints)
    return Skipped(origin, "teaser only", f"the feed has no full text; save the page at {entry.url} beside it")


def _file(path: Path, entry: FeedEntry | None) -> Iterator[Found]:
    suffix = path.suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        yield from _jsonl(path)
        return
    text = _read(path)
    if isinstance(text, Skipped):
        yield text
    elif suffix == ".json":
        yield from _json(str(path), text)
    elif suffix in MARKDOWN:
        yield Page(str(path), text, media_type="markdown")
    else:
        hints, url = (entry.hints, entry.url) if entry else ({}, None)
        yield Page(str(path), text, url, "html" if is_html(text) else "text", hints)


def _read(path: Path) -> str | Skipped:
    try:
        if path.stat().st_size > LARGEST:
            return Skipped(str(path), "too large", f"no article has over {LARGEST // 1_000_000} MB")
        data = path.read_bytes()
    except OSError as error:
        return Skipped(str(path), "not readable", f"{error.strerror or error}; check its permissions")
    return _text(str(path), data)


def _text(origin: str, data: bytes) -> str | Skipped:
    if not data.strip():
        return Skipped(origin, *EMPTY)
    text = decode(data)
    return Skipped(origin, *BINARY) if text is None else text


def _stream(stream: BinaryIO) -> Iterator[Found]:
    """Standard input: rows of JSON, a feed, a page or a text, whichever it looks like."""
    origin = "standard input"
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        yield Skipped(origin, "too large", f"over {LARGEST // 1_000_000} MB; put it in a file")
        return
    text = _text(origin, data)
    if isinstance(text, Skipped):
        yield text
    elif is_feed(text):
        yield from (_entry(f"{origin}:{n}", entry) for n, entry in enumerate(entries_of(text), 1))
    elif text.lstrip()[:1] in ("{", "["):
        yield from _json(origin, text) if _parses(text) else _rows(origin, enumerate(text.splitlines(), 1))
    else:
        yield Page(origin, text, media_type="html" if is_html(text) else "text")


def _jsonl(path: Path) -> Iterator[Found]:
    try:
        with path.open("rb") as lines:
            numbered = ((n, _text(f"{path}:{n}", line)) for n, line in enumerate(_bounded(lines), 1) if line.strip())
            yield from _rows(str(path), numbered)
    except OSError as error:
        yield Skipped(str(path), "not readable", f"{error.strerror or error}; check its permissions")


def _bounded(lines: BinaryIO) -> Iterator[bytes]:
    """Lines of a file; of one that is too long only the beginning, which then is no JSON."""
    while line := lines.readline(LARGEST):
        yield line
        while line and not line.endswith(b"\n"):
            line = lines.readline(LARGEST)


def _rows(origin: str, lines: Iterable[tuple[int, str | Skipped]]) -> Iterator[Found]:
    for number, line in lines:
        where = f"{origin}:{number}"
        if isinstance(line, Skipped):
            yield line
        elif line.strip():
            try:
                yield _row(where, json.loads(line))
            except ValueError as error:
                yield Skipped(where, "broken JSON", f"{error}; mend the line")


def _json(origin: str, text: str) -> Iterator[Found]:
    try:
        data = json.loads(text)
    except ValueError as error:
        yield Skipped(origin, "broken JSON", f"{error}; mend the file")
        return
    rows = data.get("articles", data) if isinstance(data, dict) else data
    if isinstance(rows, list):
        yield from (_row(f"{origin}:{number}", row) for number, row in enumerate(rows, 1))
    else:
        yield _row(origin, rows)


def _row(origin: str, row: Any) -> Found:
    if isinstance(row, dict):
        return Page(origin, "", media_type="fields", hints=row)
    return Skipped(origin, "no article", "it is no JSON object; an article is one, with a title and a text")


def _parses(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
