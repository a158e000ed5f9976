"""What an evaluation leaves: a result a case, figures over them, and where they came from. JSON in and out."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qa.errors import BadInput

FORM = 1
"""The form of a results file; raised when an older reader would misread a newer file."""


@dataclass(frozen=True, slots=True)
class Result:
    """One case as it went.

    `scores` are by name; `None` where a score doesn't apply. `seconds` are by stage. `wrong` says what went wrong, one
    line each, none when all is well. `shown` is what a person needs to judge it, as JSON values: for a question
    `question`, `turns`, `understood`, `as_of`, `gold`, `answer` (an `Answer` as JSON); for a page `url`, `found` and
    `gold`.
    `error` is what stopped it, in one line; then there are no scores.
    """

    case_id: str
    tags: tuple[str, ...] = ()
    scores: Mapping[str, float | None] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()
    shown: Mapping[str, Any] = field(default_factory=dict)
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A score over all results it applies to (`n` of them), with the bounds of its 95 % bootstrap interval.

    `value` is `None` when it applies to none. `better` says which way is better; "" for what is merely stated.
    """

    name: str
    group: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    better: str = "higher"


@dataclass(frozen=True, slots=True)
class Run:
    """The results of one variant of the product (a search, a writer) over all cases, and the figures over them.

    `curves` are points to plot, by name: `risk_coverage` [[coverage, risk]…], `reliability` [[said, true, n]…].
    """

    name: str
    figures: tuple[Figure, ...]
    results: tuple[Result, ...]
    curves: Mapping[str, list[list[float]]] = field(default_factory=dict)

    def figure(self, name: str) -> Figure | None:
        """The figure of that name."""
        return next((figure for figure in self.figures if figure.name == name), None)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One evaluation: what was evaluated, on what, with what, and how it went.

    `dataset` names the data (`cases`, `realtimeqa`, …); `cases` has `name`, `sha256`, `count`; `made` is the moment, in
    ISO 8601; `problems` are lines and cases that couldn't be used, in one line each.
    """

    dataset: str
    runs: tuple[Run, ...]
    cases: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    commit: str | None = None
    made: str = ""
    seconds: float = 0.0
    problems: tuple[str, ...] = ()

    @property
    def errors(self) -> int:
        """How many results of all runs were stopped by an error."""
        return sum(result.error is not None for run in self.runs for result in run.results)

    def to_json(self) -> dict[str, Any]:
        """The evaluation as values that `json.dumps` takes."""
        return {"form": FORM, "errors": self.errors, **dataclasses.asdict(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Evaluation:
        """The evaluation that `to_json` was called on. Raises `KeyError` or `TypeError` for other data."""
        fields = {f.name: data[f.name] for f in dataclasses.fields(cls)}
        return cls(**{**fields, "runs": tuple(map(_run, data["runs"])), "problems": tuple(data["problems"])})


def save(evaluation: Evaluation, path: Path) -> None:
    """Write an evaluation as JSON. Raises `BadInput` when the file can't be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(evaluation.to_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"Can't write the results to {str(path)!r}: {error.strerror}.") from error


def load(path: Path) -> Evaluation:
    """An evaluation that `save` wrote. Raises `BadInput` when the file is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"Can't read the results {str(path)!r}: {error.strerror}.") from error
    except ValueError as error:
        raise BadInput(f"{str(path)!r} is not a results file: it is not JSON.") from error
    if not isinstance(data, dict) or "form" not in data or "runs" not in data:
        raise BadInput(f"{str(path)!r} is not a results file of newsdesk eval.")
    if data["form"] != FORM:
        raise BadInput(f"{str(path)!r} was written by another version of newsdesk. Make it again with: newsdesk eval")
    try:
        return Evaluation.from_json(data)
    except (KeyError, TypeError) as error:
        raise BadInput(f"{str(path)!r} is not a whole results file: {error}.") from error


def _run(data: Mapping[str, Any]) -> Run:
    results = tuple(Result(**{**r, "tags": tuple(r["tags"]), "wrong": tuple(r["wrong"])}) for r in data["results"])
    return Run(data["name"], tuple(Figure(**f) for f in data["figures"]), results, data["curves"])
