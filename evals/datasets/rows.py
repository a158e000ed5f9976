"""Rows of JSONL files whose form is somebody else's: read with care, each broken one named by file and line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.cases import why
from ingest.fields import given_id
from qa.errors import BadInput

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """The objects of a file with their line numbers, from 1; the lines that are none; the SHA-256 of its bytes."""

    name: str
    rows: tuple[tuple[int, Row], ...]
    problems: tuple[str, ...]
    sha256: str

    def at(self, line: int, message: str) -> str:
        """What is wrong with a line, as one line: `questions.jsonl:12: …`."""
        return f"{self.name}:{line}: {message}"

    def texts(self, key: str) -> set[str]:
        """What the rows have under a key, where that is a text."""
        return {row[key] for _, row in self.rows if isinstance(row.get(key), str)}


def read_table(folder: Path, name: str, what: str) -> Table:
    """A JSONL file of a data folder. Raises `BadInput`, which says `what` was expected in it, when it can't be read."""
    path = folder / name
    try:
        data = path.read_bytes()
    except OSError as error:
        if not folder.is_dir():
            raise BadInput(f"No folder {str(folder)!r}. Give the data folder that has {name}: {what}.") from error
        raise BadInput(
            f"Can't read {name} in {str(folder)!r}: {error.strerror}. It is to have {what}, one JSON object a line; "
            "put it there, or give the folder that has it."
        ) from error
    rows, problems = [], []
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            rows.append((number, _object(line)))
        except (ValueError, RecursionError, BadInput) as error:
            problems.append(f"{name}:{number}: {why(error)}")
    return Table(name, tuple(rows), tuple(problems), hashlib.sha256(data).hexdigest())


def text_of(row: Row, key: str) -> str:
    """A text that a row has to have. Raises `BadInput`."""
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BadInput(f"{key}: it has to be a text that is not empty")
    return value


def texts_of(row: Row, key: str) -> tuple[str, ...]:
    """The texts of a list that a row may have, each once; none where there is no list. Raises `BadInput`."""
    value = row.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise BadInput(f"{key}: it has to be a list of texts")
    return tuple(dict.fromkeys(value))


def rows_in(row: Row, key: str) -> tuple[Row, ...]:
    """The objects of a list that a row may have; none where there is no list. Raises `BadInput`."""
    value = row.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        raise BadInput(f"{key}: it has to be a list of JSON objects")
    return tuple(value)


def flag_of(row: Row, key: str) -> bool:
    """A yes or no that a row has to have. Raises `BadInput`."""
    value = row.get(key)
    if not isinstance(value, bool):
        raise BadInput(f"{key}: it has to be true or false")
    return value


def as_stored(ids: Iterable[str], among: Container[str], key: str) -> tuple[str, ...]:
    """The ids of articles, each once, as ingest stores them: unsafe ones become a hash.

    Raises `BadInput` for one that is not `among` the articles of the data; `key` says where it was named.
    """
    ids = tuple(dict.fromkeys(ids))
    for each in ids:
        if each not in among:
            raise BadInput(f"{key}: there is no article {each!r} in this data")
    return tuple(given_id(each) or each for each in ids)


def write_rows(path: Path, rows: Iterable[Row]) -> Path:
    """Rows as a JSONL file, whose path is returned. Raises `BadInput` when it can't be written."""
    text = "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise BadInput(
            f"Can't write the articles to {str(path)!r}: {error.strerror}. Give a folder for them."
        ) from error
    return path


def hash_of_tables(tables: Sequence[Table]) -> str:
    """The SHA-256 of several files in their order: what `sha256sum FILE… | sha256sum` prints in their folder."""
    return hashlib.sha256("".join(f"{t.sha256}  {t.name}\n" for t in tables).encode("utf-8")).hexdigest()


def _object(line: str) -> Row:
    data = json.loads(line)
    if not isinstance(data, dict):
        raise BadInput("a row is a JSON object")
    return data
