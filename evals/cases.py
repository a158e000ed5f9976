"""Cases: questions with what is known about their answers, in JSONL, one object a line.

    {"id": "ferry-injured", "question": "How many people were hurt?", "turns": ["What happened to the ferry?"],
     "rewrite": "How many people were hurt in the ferry collision?", "as_of": "2022-11-12",
     "gold_spans": [{"article": "Twelve hurt as ferry Corvina and dredger collide in fog", "quote": "Twelve people"}],
     "answers": ["twelve", "12"], "tags": ["follow-up"]}

Only `id` and `question` are required. An article is named by its id, its URL or its title.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from qa.errors import BadInput

COMMITTED = Path(__file__).with_name("data") / "samples.jsonl"
"""The cases over the bundled articles."""


def _moment(value: object) -> object:
    """A day without a time becomes its end; a time without a zone is UTC."""
    if isinstance(value, date) and not isinstance(value, datetime):
        value = value.isoformat()
    if isinstance(value, str):
        day_only = len(value) == len("2022-11-07")
        value = datetime.fromisoformat(value)
        value += timedelta(days=1) - timedelta(seconds=1) if day_only else timedelta()
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return value


def _group(value: object) -> object:
    return [value] if isinstance(value, str) else value


Moment = Annotated[datetime, BeforeValidator(_moment)]
Group = Annotated[tuple[str, ...], BeforeValidator(_group), Field(min_length=1)]
"""Articles that are copies of one report, or any of which would do; one name stands for itself."""


class Strict(BaseModel):
    """Frozen, and refusing keys that it doesn't know, so that a slip in a case doesn't pass in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Strict):
    """An exact stretch of an article, found by its words: the first place where they stand."""

    article: str
    quote: Annotated[str, Field(min_length=1)]


class Nugget(Strict):
    """One thing that a full answer says, in any of these wordings; `vital` when an answer without it is no good one."""

    texts: Group
    vital: bool = True


class Earlier(Strict):
    """An earlier exchange whose answer is given; without one, newsdesk is asked."""

    question: str
    answer: str | None = None


def _earlier(value: object) -> object:
    return {"question": value} if isinstance(value, str) else value


class Limits(Strict):
    """The filters of a question, in the form of an answer's `query.filters`."""

    publishers: tuple[str, ...] = ()
    since: Moment | None = None
    until: Moment | None = None
    articles: tuple[str, ...] = ()


class Case(Strict):
    """A question, and what is known about its answer. What isn't given isn't scored.

    `gold_articles` are the articles that are needed: one entry for each, in which copies of one report are grouped.
    `gold_spans` are stretches that answer; without `gold_articles`, their articles are gold. `answers` are wordings of
    the answer, each of which is right; `nuggets` the parts of a long one. `speaker` has the names of who said it.
    `rewrite` is the question as a person would make it stand alone. Without `as_of`, the question is asked on the day
    of the newest article. Unanswerable cases have no gold: the articles are silent, or the question is about
    something that they don't report.
    """

    id: Annotated[str, Field(min_length=1)]
    question: Annotated[str, Field(min_length=1)]
    turns: tuple[Annotated[Earlier, BeforeValidator(_earlier)], ...] = ()
    rewrite: str | None = None
    as_of: Moment | None = None
    filters: Limits = Limits()
    answerable: bool = True
    gold_articles: tuple[Group, ...] = ()
    gold_spans: tuple[Span, ...] = ()
    answers: tuple[str, ...] = ()
    nuggets: tuple[Nugget, ...] = ()
    reference: str | None = Field(default=None, description="An answer as a person would write it, for token F1.")
    speaker: Group | None = None
    tags: tuple[str, ...] = ()
    notes: str = ""

    @model_validator(mode="after")
    def _agree(self) -> Case:
        if not self.answerable and (self.gold_articles or self.gold_spans or self.answers or self.nuggets):
            raise ValueError("an unanswerable case has no gold_articles, gold_spans, answers or nuggets")
        return self

    @property
    def gold(self) -> tuple[tuple[str, ...], ...]:
        """The groups of articles that are needed, as they are named in the case."""
        return self.gold_articles or tuple((name,) for name in dict.fromkeys(span.article for span in self.gold_spans))


@dataclass(frozen=True, slots=True)
class Broken:
    """A line, or a case, that can't be used, and why. `line` counts from 1."""

    where: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.where}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The cases of a file, those of its lines that are none, and the SHA-256 of its bytes."""

    name: str
    cases: tuple[Case, ...]
    broken: tuple[Broken, ...]
    sha256: str
    lines: Mapping[str, int]


def read_cases(path: Path) -> CaseFile:
    """The cases of a JSONL file; a line that is none is named in `broken`, and the rest is read.

    Raises `BadInput` when the file can't be read, or holds no case at all.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(
            f"Can't read the cases {str(path)!r}: {error.strerror}. Give a JSONL file with one case a line."
        ) from error
    cases: dict[str, Case] = {}
    lines: dict[str, int] = {}
    broken: list[Broken] = []
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            case = parse_case(json.loads(line))
        except (ValueError, BadInput) as error:
            broken.append(Broken(path.name, number, why(error)))
            continue
        if case.id in cases:
            broken.append(Broken(path.name, number, f"the id {case.id!r} is taken by line {lines[case.id]}"))
            continue
        cases[case.id], lines[case.id] = case, number
    if not cases:
        first = f": {broken[0]}" if broken else ""
        raise BadInput(f"No case in {str(path)!r}{first}. A line looks like this: {EXAMPLE}")
    return CaseFile(path.name, tuple(cases.values()), tuple(broken), hashlib.sha256(data).hexdigest(), lines)


EXAMPLE = '{"id": "1", "question": "Who won?", "answers": ["Rovers"], "gold_articles": ["Rovers lift the cup"]}'


def parse_case(data: Any) -> Case:
    """A case from a JSON value. Raises `BadInput`, which says which field is wrong."""
    if not isinstance(data, Mapping):
        raise BadInput("a case is a JSON object")
    try:
        return Case.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise BadInput(f"{field}: {first['msg']}" if field else first["msg"]) from error


def why(error: Exception) -> str:
    """An error of reading a line, in one line."""
    if isinstance(error, json.JSONDecodeError):
        return f"this is not JSON: {error.msg} at character {error.pos + 1}"
    return " ".join(str(error).split())


def hash_of(cases: Sequence[Case]) -> str:
    """The SHA-256 of cases that were not read from one file: of their JSON, a line each."""
    digest = hashlib.sha256()
    for case in cases:
        digest.update(case.model_dump_json().encode("utf-8") + b"\n")
    return digest.hexdigest()
