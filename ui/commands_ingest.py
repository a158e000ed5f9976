"""Reading articles into the collection: how far it is, and what came of it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from ingest import Report
from ingest import ingest as read_in
from qa.errors import BadInput
from qa.settings import Settings
from ui.progress import duration, shown
from ui.terminal import err, out, plain, print_json, print_table, say


def run_ingest(settings: Settings, inputs: Sequence[str], *, quiet: bool, verbose: bool, as_json: bool) -> None:
    """Ingest what the inputs name, and say what came of it. Raises `BadInput` when nothing could be read at all."""
    with shown(err(), live=not verbose, quiet=quiet) as show:
        report = read_in(_with_standard_input(inputs), settings=settings, progress=show)
    if as_json:
        print_json(report.to_json())
    else:
        print_report(report, verbose=verbose)
    if not (report.added or report.updated or report.unchanged):
        raise BadInput(nothing_read(inputs, report))


def print_report(report: Report, *, verbose: bool) -> None:
    """What came of an ingest, in a line; when `verbose`, each skipped page in a table."""
    say(out(), summary(report))
    if verbose and report.skipped:
        out().print()
        rows = [[page.reason, page.origin, page.message] for page in report.skipped]
        print_table(out(), ["skipped as", "where", "why"], rows)


def summary(report: Report) -> str:
    """`3 added, 0 updated, 1 unchanged, 2 skipped (1 empty, 1 stub) in 4 s`."""
    parts = [
        f"{len(report.added)} added",
        f"{len(report.updated)} updated",
        f"{len(report.unchanged)} unchanged",
        f"{len(report.skipped)} skipped" + _reasons(report),
    ]
    return f"{', '.join(parts)} in {duration(report.seconds)}"


def nothing_read(inputs: Sequence[str], report: Report) -> str:
    """Why there is nothing: the message of the only skipped page, or how many there were."""
    names = " ".join(map(repr, inputs))
    if not report.skipped:
        return f"No article in {names}. Give HTML, text, Markdown, JSON or JSONL files, or folders of them."
    if len(report.skipped) == 1:
        page = report.skipped[0]
        where = "" if page.origin in inputs else f" {page.origin!r}:"
        return f"No article in {names}:{where} {page.message.rstrip('.')}."
    return f"No article in {names}: {len(report.skipped)} skipped{_reasons(report)}. List them with -v."


def _reasons(report: Report) -> str:
    counted = Counter(plain(page.reason) for page in report.skipped).most_common()
    return f" ({', '.join(f'{number} {reason}' for reason, number in counted)})" if counted else ""


def _with_standard_input(inputs: Sequence[str]) -> Sequence[str]:
    if "-" in inputs and sys.stdin.isatty():
        say(err(), "Reading standard input; end it with Ctrl-D.")
    return inputs
