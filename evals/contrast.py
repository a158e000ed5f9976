"""The articles that `evals.joint` learns from: questions with passages, and with passages that differ by a sentence.

`data/reading.jsonl` has a line for each: `title`, `sentences`, `questions` (`q`, and in `in` the places of the
sentences each of which answers it; none where the article doesn't), and `edits`, a sentence for a question (by its
place, `q`) that is put behind the one `at` a place or replaces it (`how`): with it, the article answers the question
that it didn't answer, or no longer answers it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.split import split
from qa.embedder import passage_input, text_offset
from qa.errors import BadInput
from qa.sentences import Span, sentence_spans
from qa.types import Article, Passage

DATA = Path(__file__).with_name("data") / "reading.jsonl"


@dataclass(frozen=True)
class Pair:
    """A question, a passage with its sentences, and the places of those that answer."""

    question: str
    passage: str
    sentences: tuple[Span, ...]
    gold: tuple[int, ...]


@dataclass(frozen=True)
class Twin:
    """A passage with a sentence changed, so that it answers where it didn't, or no longer does.

    `origin` is the place of the passage that it was made of; of several that answer, the first.
    """

    origin: int
    pair: Pair


@dataclass(frozen=True)
class Asked:
    """A question, and the places of the sentences that answer it in each passage of its article."""

    text: str
    gold: tuple[tuple[int, ...], ...]
    twin: Twin | None = None


@dataclass(frozen=True)
class Told:
    """An article's passages as the embedder is given them, the sentences of each, and what is asked about it."""

    passages: tuple[str, ...]
    sentences: tuple[tuple[Span, ...], ...]
    asked: tuple[Asked, ...]

    def pair(self, asked: Asked, place: int) -> Pair:
        """A question, put to the passage at a place."""
        return Pair(asked.text, self.passages[place], self.sentences[place], asked.gold[place])


def read_articles(path: Path) -> list[Told]:
    """The articles of a JSONL file, divided into passages as they would be at ingest.

    Raises `BadInput` when there are none, or one is broken.
    """
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    articles = [_told(n, line) for n, line in enumerate(lines, 1) if line.strip()]
    if not articles:
        raise BadInput(f"There are no articles to learn from in {path}. Name a JSONL file with --data.")
    return articles


def _told(number: int, line: str) -> Told:
    try:
        return _read(json.loads(line))
    except (ValueError, KeyError, IndexError, TypeError, StopIteration) as error:
        raise BadInput(
            f"Line {number} is no article to learn from ({type(error).__name__}: {error}). It needs a title, "
            "sentences, and questions with the places of the sentences that answer; mend it or take it out."
        ) from error


def _read(row: dict[str, Any]) -> Told:
    text, places = "", []
    for n, sentence in enumerate(row["sentences"]):
        text += ("" if not n else " " if n % 2 else "\n\n") + sentence
        places.append((len(text) - len(sentence), len(text)))
    passages = split(Article(id="1", title=row["title"], text=text))
    edits = {edit["q"]: edit for edit in row.get("edits", [])}
    asked = []
    for n, question in enumerate(row["questions"]):
        wanted = [places[k] for k in question["in"]]
        gold = tuple(_answering(passage, wanted) for passage in passages)
        edit = edits.get(n)
        changed = _edited(passages, places[edit["at"]], edit) if edit else _without(passages, gold)
        twin = changed and _twin(question["q"], *changed, answers=not wanted)
        asked.append(Asked(question["q"], gold, twin))
    return Told(tuple(map(passage_input, passages)), tuple(map(_sentences, passages)), tuple(asked))


def _twin(question: str, origin: int, passage: Passage, new: Span, *, answers: bool) -> Twin | None:
    """A changed passage, in which what is new answers or nothing does; none when nothing is left of it."""
    gold = _answering(passage, [new]) if answers else ()
    sentences = _sentences(passage)
    return Twin(origin, Pair(question, passage_input(passage), sentences, gold)) if sentences else None


def _edited(passages: Sequence[Passage], place: Span, edit: dict[str, Any]) -> tuple[int, Passage, Span]:
    """The passage in which a sentence of the article stands, with another one behind it or instead of it; and where
    the new one stands in the article."""
    origin = next(k for k, passage in enumerate(passages) if passage.start <= place[0] < passage.end)
    passage = passages[origin]
    start, end = (at - passage.start for at in place)
    before = passage.text[:end] + " " if edit["how"] == "after" else passage.text[:start]
    text = before + edit["s"] + passage.text[end:]
    first = passage.start + len(before)
    return origin, replace(passage, text=text, end=passage.start + len(text)), (first, first + len(edit["s"]))


def _without(passages: Sequence[Passage], gold: Sequence[Sequence[int]]) -> tuple[int, Passage, Span] | None:
    """The first passage that answers, without the sentences that do; nothing is new in it."""
    origin = next((k for k, own in enumerate(gold) if own), None)
    if origin is None:
        return None
    passage = passages[origin]
    kept = [passage.text[a:b] for n, (a, b) in enumerate(sentence_spans(passage.text)) if n not in gold[origin]]
    text = "".join(kept)
    return origin, replace(passage, text=text, end=passage.start + len(text)), (0, 0)


def _answering(passage: Passage, wanted: Sequence[Span]) -> tuple[int, ...]:
    """The places of a passage's sentences that stand in stretches of its article."""
    spans = [(passage.start + a, passage.start + b) for a, b in sentence_spans(passage.text)]
    return tuple(n for n, span in enumerate(spans) if any(_overlap(span, other) for other in wanted))


def _sentences(passage: Passage) -> tuple[Span, ...]:
    """The sentences of a passage, in characters of what the embedder is given of it."""
    offset = text_offset(passage)
    return tuple((start + offset, end + offset) for start, end in sentence_spans(passage.text))


def _overlap(one: Span, other: Span) -> bool:
    """Whether two stretches share more than the white space between sentences."""
    return min(one[1], other[1]) - max(one[0], other[0]) > 2
