"""An evaluation as one HTML page that asks nothing of any server: figures, plots, and every case."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.report.cases import OUTCOMES, Outcome, case_views, outcome
from evals.results import Evaluation, Figure, Run
from qa.errors import BadInput
from qa.types import day

HERE = Path(__file__).parent

GROUPS: Mapping[str, tuple[str, str]] = {
    "retrieval": ("Retrieval", "Whether the search finds the reports that hold the answer, and how high up."),
    "answers": ("Answers", "Whether the words that answer are in what newsdesk said."),
    "citations": ("Citations", "Whether the quotes bear out the statements, and whether every quote is needed."),
    "fidelity": ("Fidelity", "Whether words, numbers, dates and names are those of the articles."),
    "abstention": ("Abstention", "Whether newsdesk keeps silent when the articles do, and only then."),
    "follow-ups": ("Follow-ups", "Whether a question that leans on earlier ones is understood as a person would."),
    "chat model": ("Chat model", "What a chat model took for an answer, as its provider counts, where it tells."),
    "seconds": ("Seconds", "How long a case takes, by stage: the median (p50), and what one in twenty exceeds (p95)."),
    "text": ("Text", "Whether the text of a page is read as a person would read it."),
    "fields": ("Fields", "Whether title, author and day of a page are those that a person reads."),
    "speech": ("Speech", "Whether those who say something are found, with their words."),
    "rewriting": ("Rewriting", "Whether a follow-up is put so that it stands alone."),
    "support": ("Support", "Whether the check tells statements that are borne out from those that are not."),
}
"""Titles of groups of figures, and what they tell in a line."""

SAID: Mapping[Outcome, tuple[str, str]] = {
    "right": ("✓", "right"),
    "wrong": ("✗", "wrong"),
    "abstained": ("○", "abstained, though there is an answer"),
    "error": ("!", "stopped by an error"),
}
"""The sign and the words for each outcome."""

CONTROLS = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)} - {0x09, 0x0A}, "\ufffd")
"""What can't stand in a page: control characters, and halves of characters."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one run. `bar` is its interval and `at` its value, in percent of the row's scale; `change` is against
    the first run, and `turn` whether that is better or worse.
    """

    value: str
    interval: str = ""
    n: int = 0
    bar: tuple[float, float] | None = None
    at: float | None = None
    best: bool = False
    change: str = ""
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure across the runs."""

    name: str
    better: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that belong together."""

    title: str
    about: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """How many cases of a tag each run got right, of how many; no pair where it has none."""

    name: str
    cells: tuple[tuple[int, int] | None, ...]


def write_report(evaluation: Evaluation, path: Path) -> None:
    """Write the report of an evaluation. Raises `BadInput` when the file can't be written."""
    page = render_report(evaluation)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"Can't write the report to {str(path)!r}: {error.strerror}.") from error


def render_report(evaluation: Evaluation) -> str:
    """The report of an evaluation: the same evaluation gives the same page."""
    from evals.report.plots import plots  # matplotlib takes a while to import

    runs = evaluation.runs
    script = (HERE / "page.js").read_text(encoding="utf-8")
    cases = case_views(runs)
    page: str = _template().render(
        evaluation=evaluation,
        made=_moment(evaluation.made),
        lead=lead(runs),
        tallies=[(run.name, len(run.results), _tally(run)) for run in runs],
        groups=figure_groups(runs),
        plots=plots(runs),
        by_tag=tags(runs),
        cases=cases,
        tag_places={name: n for n, name in enumerate(dict.fromkeys(tag for case in cases for tag in case.tags))},
        said=SAID,
        style=(HERE / "page.css").read_text(encoding="utf-8"),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode(),
    )
    return page.lstrip()


def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # the report alone needs it

    surroundings = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    surroundings.filters |= {"score": score, "took": _took}
    surroundings.tests |= {"text": lambda value: isinstance(value, str)}
    return surroundings.get_template("page.html")


def _finalize(value: object) -> object:
    """Any value on its way into the page; what is markup already, and so escaped, stays as it is."""
    return value if hasattr(value, "__html__") else str(value).translate(CONTROLS)


def lead(runs: Sequence[Run]) -> str:
    """The first sentence of the report: how many cases went right."""
    told = [(run.name, _tally(run)["right"], len(run.results)) for run in runs if run.results]
    if not told:
        return "Nothing was evaluated."
    (name, right, count), *others = told
    first = f"{name} is right on {right} of {count} cases"
    rest = (f"{name} on {right}" + (f" of {n}" if n != count else "") for name, right, n in others)
    return ", ".join([first, *rest]) + "."


def _tally(run: Run) -> dict[str, int]:
    counted = Counter(outcome(result) for result in run.results)
    withheld = sum(outcome(r) == "right" and bool(r.scores.get("abstained")) for r in run.results)
    return {**{kind: counted[kind] for kind in OUTCOMES}, "withheld": withheld}


def figure_groups(runs: Sequence[Run]) -> list[Group]:
    """The figures of all runs by group, in the order in which they first come."""
    known = [{(figure.group, figure.name): figure for figure in run.figures} for run in runs]
    keys = dict.fromkeys(key for figures in known for key in figures)
    groups = dict.fromkeys(group for group, _ in keys)
    found = []
    for group in groups:
        rows = [[figures.get(key) for figures in known] for key in keys if key[0] == group]
        title, about = GROUPS.get(group, (group[:1].upper() + group[1:], ""))
        found.append(Group(title, about, tuple(_row(row, _scale(rows, row)) for row in rows)))
    return found


def _scale(rows: Iterable[Sequence[Figure | None]], row: Sequence[Figure | None]) -> tuple[float, float]:
    """Where a row's bars begin and end: 0 to 1 for shares, -1 to 1 where there are losses, else to the group's end."""
    own = _reach(row)
    if (row and any(figure and figure.group == "seconds" for figure in row)) or max(own, default=0) > 1:
        return 0.0, max((edge for other in rows for edge in _reach(other)), default=1.0) or 1.0
    return min(0.0, -1.0 if min(own, default=0) < 0 else 0.0), 1.0


def _reach(row: Sequence[Figure | None]) -> list[float]:
    return [edge for figure in row if figure for edge in (figure.low, figure.value, figure.high) if edge is not None]


def _row(row: Sequence[Figure | None], scale: tuple[float, float]) -> Row:
    first = next(figure for figure in row if figure is not None)
    values = [figure.value for figure in row if figure and figure.value is not None]
    choose = {"higher": max, "lower": min}.get(first.better)
    best = choose(values) if choose and len(set(values)) > 1 else None
    base = row[0].value if row[0] else None
    cells = (_cell(figure, scale, best, base if n else None) for n, figure in enumerate(row))
    return Row(first.name, first.better, tuple(cells))


def _cell(figure: Figure | None, scale: tuple[float, float], best: float | None, base: float | None) -> Cell:
    if figure is None or figure.value is None:
        return Cell("–", n=figure.n if figure else 0)
    value, low, high, shown = figure.value, figure.low, figure.high, _shown(figure.group)
    start, end = scale

    def percent(edge: float) -> float:
        return round(min(100.0, max(0.0, 100 * (edge - start) / (end - start))), 2)

    change = 0.0 if base is None else value - base
    gain = {"higher": change, "lower": -change}.get(figure.better, 0.0)
    return Cell(
        value=shown(value),
        interval=f"{shown(low)} – {shown(high)}" if low is not None and high is not None else "",
        n=figure.n,
        bar=(percent(low), percent(high)) if low is not None and high is not None else None,
        at=percent(value),
        best=best is not None and value == best,
        change=f"{'+' if change > 0 else '−'}{shown(abs(change))}" if change else "",
        turn="better" if gain > 0 else "worse" if gain < 0 else "",
    )


def _shown(group: str) -> Any:
    return _took if group == "seconds" else score


def tags(runs: Sequence[Run]) -> list[Tag]:
    """How each tag went, worst first: by the share of all runs that is right, then the larger, then by name."""
    counted: dict[str, list[list[int]]] = {}
    for n, run in enumerate(runs):
        for result in run.results:
            for tag in dict.fromkeys(result.tags):
                right_of = counted.setdefault(tag, [[0, 0] for _ in runs])[n]
                right_of[0] += outcome(result) == "right"
                right_of[1] += 1

    def worst(tag: str) -> tuple[float, int, str]:
        right, count = (sum(column) for column in zip(*counted[tag], strict=True))
        return right / count, -count, tag

    pairs = {tag: tuple((right, n) if n else None for right, n in counted[tag]) for tag in sorted(counted, key=worst)}
    return [Tag(tag, cells) for tag, cells in pairs.items()]


def score(value: float | None) -> str:
    """A score with three digits; a dash for none."""
    return "–" if value is None else f"{value:.3f}".replace("-", "−")


def _took(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    return f"{seconds:.3f} s" if seconds < 1 else f"{seconds:.2f} s" if seconds < 100 else f"{seconds:.0f} s"


def _moment(made: str) -> str:
    try:
        moment = datetime.fromisoformat(made)
    except ValueError:
        return made
    zone = " UTC" if moment.tzinfo else ""
    moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return f"{day(moment)}, {moment:%H:%M}{zone}"
