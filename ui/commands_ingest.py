"""Reading articles into the collection: how far it is, and what came of it."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ingest import Report
from ingest import ingest as read_in
from ingest.journal import Journal
from ingest.sources import Input, is_address
from qa.build import open_index
from qa.embedder import Embedder, Joint, Reading, Vectors
from qa.errors import BadInput, NewsdeskError
from qa.settings import Settings
from ui.lines import print_line
from ui.progress import duration, shown
from ui.terminal import err, out, plain, print_json, print_table, say


@dataclass(frozen=True, slots=True)
class How:
    """How to ingest: what to show, and whether to go on, with what changes in folders or after so many seconds."""

    quiet: bool = False
    verbose: bool = False
    as_json: bool = False
    watched: bool = False
    every: float | None = None


class Lazy:
    """The embedder of that name, loaded when it is first needed and kept: an ingest that goes on needs it again."""

    def __init__(self, name: str) -> None:
        self.name = name

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector a text."""
        return self._model.encode(texts)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Each text with the vectors of its tokens."""
        return self._model.read(texts)

    def joint(self) -> Joint | None:
        """What reads questions and passages together."""
        return self._model.joint()

    @cached_property
    def _model(self) -> Embedder:
        from qa.models import load_embedder  # torch takes seconds to import

        return load_embedder(self.name)


def run_ingest(settings: Settings, inputs: Sequence[str], how: How) -> None:
    """Ingest what the inputs name, and say what came of it; over and over, if that is how.

    Raises `BadInput` when nothing could be read at all, or for inputs that can't be read again.
    """
    if how.watched or how.every:
        _go_on(settings, inputs, how)
        return
    report = _read_in(settings, _with_standard_input(inputs), how)
    if how.as_json:
        print_json(report.to_json())
    else:
        print_report(report, verbose=how.verbose)
    if not report.articles:
        raise BadInput(nothing_read(inputs, report))


def run_again(settings: Settings, how: How) -> None:
    """Read again the pages that were skipped, as they were found. Raises `NoIndex` where there is no home."""
    with open_index(settings) as index, Journal(index.home.folder) as journal:
        pages = journal.quarantine()
    report = _read_in(settings, pages, how)
    if how.as_json:
        print_json(report.to_json())
    else:
        print_report(report, verbose=how.verbose)


def check_again(inputs: Sequence[str], how: How) -> None:
    """Raise `BadInput` for inputs that can't be read again."""
    if "-" in inputs:
        raise BadInput(
            "Standard input can be read only once. With --watch and --every, give files, folders or addresses."
        )
    if how.watched and how.every is None and any(is_address(each) for each in inputs):
        raise BadInput("An address can't be watched. Say how often to read it, with --every 10m.")
    missing = [each for each in inputs if not is_address(each) and not Path(each).exists()]
    if missing:
        raise BadInput(f"There is no file or folder {missing[0]!r}. Check the path.")


def _go_on(settings: Settings, inputs: Sequence[str], how: How) -> None:
    """Ingest until the user ends it, with Ctrl-C or a request to terminate; what fails is read again."""
    check_again(inputs, how)
    from ingest.watch import rounds

    embedder = Lazy(settings.embedder)
    left: list[str] = []
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for number, these in enumerate(rounds(inputs, watched=how.watched, every=how.every)):
            these = list(dict.fromkeys((*left, *these)))
            try:
                report = _read_in(settings, these, how, embedder)
            except NewsdeskError as error:
                if not number:
                    raise
                left = these
                say(err(), f"newsdesk: {plain(str(error))}")
                continue
            left = []
            _tell(report, how, first=not number)
    except KeyboardInterrupt:
        say(err(), "Stopped.")


def _tell(report: Report, how: How, *, first: bool) -> None:
    """What came of a round: as a line of JSON, or in words if anything did."""
    if how.as_json:
        print_line(report.to_json())
    elif first or how.verbose or report.added or report.updated:
        print_report(report, verbose=how.verbose)
    sys.stdout.flush()


def _read_in(settings: Settings, inputs: Sequence[Input], how: How, embedder: Embedder | None = None) -> Report:
    with shown(err(), live=not how.verbose, quiet=how.quiet) as show:
        return read_in(inputs, settings=settings, embedder=embedder, progress=show)


def print_report(report: Report, *, verbose: bool) -> None:
    """What came of an ingest, in a line; when `verbose`, each skipped page in a table."""
    say(out(), summary(report))
    if report.skipped and not verbose:
        say(out(), "What was skipped, and why: newsdesk articles --skipped")
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
        return f"No article in {names}. Give HTML, text, Markdown, JSON or JSONL files, folders of them, or addresses."
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
