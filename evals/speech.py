"""Sayings found in news sentences, examined against those that a person marked.

A file has rows with `id`, `half` (`tune`: seen while the rules were written; `hold`: not), `text` and `sayings`, a list
of `speaker`, `verb`, `words` and `verbatim`; an empty list where nobody says anything that has a clear speaker.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.datasets.item_set import ItemSet, read_items
from evals.datasets.rows import Row, read_table, text_of
from evals.measures import Measure, Table, present, within
from evals.results import Result
from ingest.speech.sayings import sayings
from qa.errors import BadInput
from qa.types import Saying

COMMITTED_SPEECH = Path(__file__).with_name("data") / "speech.jsonl"
HALVES = ("tune", "hold")
OVERLAP = 0.8
"""Share of all words, found or marked, that both have (intersection over union, in characters)."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A saying as a person marked it, from `start` to `end` of the sentence."""

    speaker: str
    verb: str
    words: str
    verbatim: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentences:
    """A sentence or a few, and what is said in them. Its tags are its half, and `silent` where nothing is."""

    id: str
    tags: tuple[str, ...]
    text: str
    marked: tuple[Marked, ...]


def load_speech(path: Path) -> ItemSet[Sentences]:
    """The sentences of a JSONL file, or of `speech.jsonl` in a folder; broken lines in `problems`. Or `BadInput`."""
    folder, name = (path, "speech.jsonl") if path.is_dir() else (path.parent, path.name)
    return read_items((read_table(folder, name, "sentences, and who says what in them"), _sentences))


def examine_speech(item: Sentences) -> Result:
    """Find the sayings, and count those that are right: the same speaker, and the same words but for `OVERLAP`."""
    found = sayings(item.text)
    right = [saying for saying in found if any(_same(saying, marked) for marked in item.marked)]
    missed = [marked for marked in item.marked if not any(_same(saying, marked) for saying in found)]
    forms = [marked.verbatim == saying.verbatim for saying in right for marked in item.marked if _same(saying, marked)]
    scores: dict[str, float | None] = {
        **{f"in {half}": 1.0 for half in HALVES if half in item.tags},
        "found": float(len(found)),
        "right": float(len(right)),
        "marked": float(len(item.marked)),
        "form right": float(sum(forms)),
    }
    wrong = [f"not marked: {_told(saying)}" for saying in found if saying not in right]
    wrong += [f"missed: {_told(marked)}" for marked in missed]
    shown = {"claim": item.text, "found": list(map(_told, found)), "gold": list(map(_told, item.marked))}
    return Result(item.id, item.tags, scores, {}, tuple(wrong), shown)


def share_of(part: str, whole: str) -> Callable[[Table], float | None]:
    """One sum over another: precision when the whole is what was found, recall when it is what was marked."""

    def share(table: Table) -> float | None:
        rows = present(table, part, whole)
        total = rows[:, 1].sum() if rows.size else 0.0
        return float(rows[:, 0].sum() / total) if total else None

    return share


def f1(table: Table) -> float | None:
    """The harmonic mean of precision and recall."""
    rows = present(table, "right", "found", "marked")
    total = rows[:, 1].sum() + rows[:, 2].sum() if rows.size else 0.0
    return float(2 * rows[:, 0].sum() / total) if total else None


OVER_A_HALF: Sequence[Measure] = (
    Measure("precision", "speech", share_of("right", "found"), ("right", "found")),
    Measure("recall", "speech", share_of("right", "marked"), ("right", "marked")),
    Measure("F1", "speech", f1, ("right", "found", "marked")),
    Measure("quoted or reported, told right", "speech", share_of("form right", "right"), ("form right", "right")),
)
SPEECH_MEASURES: tuple[Measure, ...] = tuple(
    within(f"in {half}", measure, named=half, group="speech") for half in HALVES for measure in OVER_A_HALF
)


def _same(saying: Saying, marked: Marked) -> bool:
    both = min(saying.end, marked.end) - max(saying.start, marked.start)
    either = max(saying.end, marked.end) - min(saying.start, marked.start)
    return _name(saying.speaker) == _name(marked.speaker) and both >= OVERLAP * either


def _name(speaker: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", speaker.casefold())


def _told(saying: Saying | Marked) -> str:
    return f"{saying.speaker} {saying.verb}: {saying.words}"


def _sentences(row: Row) -> Sentences:
    half, text, said = row.get("half"), text_of(row, "text"), row.get("sayings")
    if half not in HALVES:
        raise BadInput(f"half: {half!r} is none of {', '.join(HALVES)}")
    if not isinstance(said, list):
        raise BadInput("sayings: it has to be a list")
    marked: list[Marked] = []
    for each in said:
        marked.append(_marked(each, text, marked[-1].end if marked else 0))
    return Sentences(text_of(row, "id"), (half, *(() if marked else ("silent",))), text, tuple(marked))


def _marked(given: Any, text: str, since: int) -> Marked:
    if not isinstance(given, Mapping) or not isinstance(given.get("verbatim"), bool):
        raise BadInput("sayings: each has speaker, verb, words and verbatim (true or false)")
    words = text_of(given, "words")
    start = text.find(words, since)
    if start < 0:
        raise BadInput(f"sayings: the text has no {words!r}, or not in this order")
    return Marked(
        text_of(given, "speaker"), text_of(given, "verb"), words, given["verbatim"], start, start + len(words)
    )
