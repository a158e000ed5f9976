"""Rows of JSON as pages: an object, a list of them, or one on each line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from ingest.clean import BINARY, EMPTY
from ingest.decode import decode
from ingest.report import Skipped
from qa.types import Page

LARGEST = 20_000_000
"""Bytes of a page or a row. The largest of 480 news pages looked at has 2 MB; what is ten times that is no article."""

Found = Page | Skipped


def text_of(origin: str, data: bytes) -> str | Skipped:
    """The text of some bytes, or why there is none."""
    if not data.strip():
        return Skipped(origin, *EMPTY)
    text = decode(data)
    return Skipped(origin, *BINARY) if text is None else text


def json_pages(origin: str, text: str) -> Iterator[Found]:
    """The articles of a JSON text: one object, a list, a list under `articles`, or one object on each line."""
    data, error = parsed(text)
    if error and is_row(text.lstrip().split("\n", 1)[0]):
        yield from _rows(origin, enumerate(text.split("\n"), 1))
    elif error:
        yield Skipped(origin, "broken JSON", f"{error}; mend the file")
    else:
        rows = data.get("articles", data) if isinstance(data, dict) else data
        if isinstance(rows, list):
            yield from (_page(f"{origin}:{number}", row) for number, row in enumerate(rows, 1))
        else:
            yield _page(origin, rows)


def line_pages(origin: str, lines: Iterable[bytes]) -> Iterator[Found]:
    """The articles of lines of JSON; nothing for empty ones."""
    yield from _rows(origin, ((n, text_of(f"{origin}:{n}", line)) for n, line in enumerate(lines, 1) if line.strip()))


def bounded(lines: BinaryIO) -> Iterator[bytes]:
    """Lines of a file; of one that is too long only the beginning, which then is no JSON."""
    while line := lines.readline(LARGEST):
        yield line
        while line and not line.endswith(b"\n"):
            line = lines.readline(LARGEST)


def is_row(line: str) -> bool:
    """Whether a line is a JSON object of its own that holds no list of articles."""
    data, _ = parsed(line) if line.lstrip().startswith("{") else (None, None)
    return isinstance(data, dict) and "articles" not in data


def parsed(text: str) -> tuple[Any, str | None]:
    """The value of a JSON text, and what is wrong with it."""
    try:
        return json.loads(text), None
    except json.JSONDecodeError as error:
        return None, str(error) if "\n" in text.strip() else f"{error.msg} at character {error.colno}"
    except ValueError as error:  # a number of too many digits
        return None, str(error)
    except RecursionError:
        return None, "it is nested too deep"


def _rows(origin: str, lines: Iterable[tuple[int, str | Skipped]]) -> Iterator[Found]:
    for number, line in lines:
        where = f"{origin}:{number}"
        if isinstance(line, Skipped):
            yield line
        elif line.strip():
            row, error = parsed(line)
            yield Skipped(where, "broken JSON", f"{error}; mend the line") if error else _page(where, row)


def _page(origin: str, row: Any) -> Found:
    if isinstance(row, dict):
        return Page(origin, "", media_type="fields", hints=row)
    return Skipped(origin, "no article", "it is no JSON object; an article is one, with a title and a text")
