"""Measuring: an evaluation in figures, two of them compared, an answer as the draft of a case."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from qa.errors import BadInput, FellShort
from qa.settings import Settings
from ui.progress import EVERY, duration
from ui.terminal import err, out, plain, print_json, print_table, say

NEEDED = ("ir_measures", "jinja2", "matplotlib", "sacrebleu", "sklearn")
"""What the extra `eval` brings."""

RESULTS = "results.json"
REPORT = "report.html"
MOST_LISTED = 20


@dataclass(frozen=True)
class Wanted:
    """What was asked for on the command line."""

    data: str | None
    path: Path | None
    searches: tuple[str, ...]
    judge: str | None
    tags: tuple[str, ...]
    limit: int | None
    work: Path | None
    out: Path
    gate: Path | None
    quiet: bool
    as_json: bool


def run_eval(settings: Settings, wanted: Wanted) -> None:
    """Evaluate, print the figures, write the results and the report.

    Raises `FellShort` when a case couldn't be used or failed, or a figure is below the gate; all is written before.
    """
    _check_extra()
    from evals.evaluate import DATASETS, Options, evaluate
    from evals.gate import failures, read_gate
    from evals.report import write_report
    from evals.results import save

    dataset, path = _what(wanted, DATASETS)
    gate = read_gate(wanted.gate) if wanted.gate else {}
    options = Options(
        searches=wanted.searches or ("hybrid",),
        tags=wanted.tags,
        limit=wanted.limit,
        work=wanted.work,
        judge=_judge(wanted.judge, settings) if wanted.judge else None,
    )
    evaluation = evaluate(dataset, path, settings, options, Watched(quiet=wanted.quiet))
    save(evaluation, wanted.out / RESULTS)
    write_report(evaluation, wanted.out / REPORT)
    if wanted.as_json:
        print_json({**evaluation.to_json(), "runs": [_brief(run) for run in evaluation.runs]})
    else:
        print_figures(evaluation.runs)
        count, name = evaluation.cases["count"], evaluation.cases["name"]
        say(out(), f"\n{count} cases of {plain(name)} in {duration(evaluation.seconds)}.")
        say(out(), f"Report: {wanted.out / REPORT}")
        say(out(), f"Results: {wanted.out / RESULTS}")
    _finish(evaluation, failures(evaluation.runs[0], gate))


def run_compare(before: Path, after: Path, *, as_json: bool) -> None:
    """Print what changed between two evaluations. Raises `BadInput` when they can't be compared."""
    from evals.compare import compare, pairs
    from evals.evaluate import measures_of
    from evals.results import load

    old, new = (load(path / RESULTS if path.is_dir() else path) for path in (before, after))
    if old.dataset != new.dataset:
        raise BadInput(f"One is of {old.dataset!r}, the other of {new.dataset!r}. Compare two of the same data.")
    compared = [compare(a, b, measures_of(new.dataset)) for a, b in pairs(old, new)]
    if as_json:
        print_json([comparison.to_json() for comparison in compared])
        return
    if old.cases.get("sha256") != new.cases.get("sha256"):
        say(err(), "The cases are not the same; only those with the same ids are compared.")
    for comparison in compared:
        print_comparison(comparison)


def run_draft(path: Path) -> None:
    """Print the draft of a case. Raises `BadInput` when the file is no saved answer."""
    from evals.draft import draft, line_of, read_answer

    sys.stdout.write(line_of(draft(read_answer(path))) + "\n")


def print_figures(runs: Sequence[Any]) -> None:
    """Every figure of the first run with its interval, and beside it the values of the others."""
    first = runs[0]
    interval = "95 % interval" + (f" of {first.name}" if len(runs) > 1 else "")
    names = ["figure", "group", "cases", *(run.name for run in runs), interval]
    rows = []
    for figure in first.figures:
        values = [run.figure(figure.name) for run in runs]
        shown = [number(v.value if v else None, figure.group) for v in values]
        bounds = f"{number(figure.low, figure.group)} to {number(figure.high, figure.group)}"
        rows.append([figure.name, figure.group, str(figure.n), *shown, bounds])
    print_table(out(), names, rows)


def print_comparison(comparison: Any) -> None:
    """The figures that moved, and the cases that went better or worse."""
    say(out(), f"{plain(comparison.before)} → {plain(comparison.after)}, {comparison.cases} cases in both")
    moved = [change for change in comparison.changes if change.before != change.after]
    if moved:
        rows = [
            [c.name, str(c.n), number(c.before, c.group), number(c.after, c.group), _trend(c), f"{c.p:.3f}"]
            for c in moved
        ]
        print_table(out(), ["figure", "cases", "before", "after", "change", "p"], rows)
    else:
        say(out(), "No figure moved.")
    for word, cases in (("Better", comparison.better), ("Worse", comparison.worse), ("Otherwise", comparison.other)):
        if cases:
            say(out(), f"\n{word}: {len(cases)}")
        for case in cases[:MOST_LISTED]:
            say(out(), f"- {plain(case.case_id)}: {plain(case.question)}")
            say(out(), f"{_told(case.before)} → {_told(case.after)}", indent=2, style="dim")
        if len(cases) > MOST_LISTED:
            say(out(), f"- and {len(cases) - MOST_LISTED} more; --json has them all")


def number(value: float | None, group: str) -> str:
    """A figure as it is shown: seconds with their unit, all else with three places."""
    if value is None:
        return "-"
    if group == "seconds":
        return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"
    return f"{value:.3f}"


class Watched:
    """Shows how far an evaluation is: a bar on a terminal, a line now and then elsewhere."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet

    def __call__(self, what: str, items: Sequence[Any]) -> Iterable[Any]:
        """Pass the items on."""
        if self._quiet:
            return items
        return _bar(what, items) if err().is_terminal else _lines(what, items)


def _bar(what: str, items: Sequence[Any]) -> Iterator[Any]:
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err(), transient=True) as progress:
        yield from progress.track(items, description=what)


def _lines(what: str, items: Sequence[Any]) -> Iterator[Any]:
    import time

    last = time.monotonic()
    for n, item in enumerate(items):
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            say(err(), f"{plain(what)}: {n} of {len(items)}")
        yield item


def _what(wanted: Wanted, datasets: Sequence[str]) -> tuple[str, Path | None]:
    """The dataset and its path, from what was typed."""
    if wanted.data is None:
        return "cases", None
    if wanted.data in datasets:
        return wanted.data, wanted.path
    path = Path(wanted.data)
    if wanted.path is not None or not path.exists():
        raise BadInput(
            f"No data is called {wanted.data!r}, and no file. Give a JSONL file with cases, or one of: "
            f"{', '.join(datasets)}, each with its folder."
        )
    return "cases", path


def _finish(evaluation: Any, failed: Sequence[str]) -> None:
    errors = [f"{r.case_id}: {r.error}" for run in evaluation.runs for r in run.results if r.error is not None]
    for line in (*evaluation.problems, *errors, *failed)[:MOST_LISTED]:
        say(err(), plain(line))
    parts = [
        f"{len(evaluation.problems)} of the cases can't be used" if evaluation.problems else "",
        f"{len(errors)} failed" if errors else "",
        f"{len(failed)} figures are below the gate" if failed else "",
    ]
    if any(parts):
        raise FellShort(f"{', '.join(filter(None, parts))}; the others stand in the report.")


def _judge(model: str, settings: Settings) -> Any:
    from evals.judge import judge
    from qa.chat import load_chat

    key = settings.llm_key.get_secret_value() if settings.llm_key else None
    return judge(load_chat(model, settings.llm_url, key=key, timeout=settings.llm_timeout), settings.llm_timeout)


def _check_extra() -> None:
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise BadInput(f"newsdesk eval needs {', '.join(missing)}. Install them with: pip install 'newsdesk[eval]'")


def _brief(run: Any) -> dict[str, Any]:
    import dataclasses

    return {"name": run.name, "figures": [dataclasses.asdict(figure) for figure in run.figures]}


def _told(wrong: Sequence[str]) -> str:
    return plain("; ".join(wrong)) or "all right"


def _trend(change: Any) -> str:
    arrow = "" if not change.better else " better" if change.gain > 0 else " worse"
    sign = "+" if change.after > change.before else "-"
    return f"{sign}{number(abs(change.after - change.before), change.group)}{arrow}"
