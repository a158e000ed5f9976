"""How far an ingest is: a live bar on a terminal, a line every ten seconds elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn
from rich.progress import Progress as Bar

from ui.terminal import plain

if TYPE_CHECKING:
    from ingest import Progress

EVERY = 10.0
"""Seconds between two lines where there is no terminal to draw on."""

Show = Callable[["Progress"], None]


@contextmanager
def shown(console: Console, *, live: bool, quiet: bool) -> Iterator[Show]:
    """A function to hand to `ingest`; what it is told appears on the console, unless `quiet`."""
    if quiet:
        yield lambda progress: None
    elif live and console.is_terminal:
        with _bar(console) as bar:
            task = bar.add_task("starting", total=None, figures="")
            yield lambda progress: bar.update(
                task,
                description=progress.stage,
                total=progress.passages_total,
                completed=progress.passages,
                figures=figures(progress),
            )
    else:
        yield Lines(lambda line: console.print(line, soft_wrap=True, highlight=False, markup=False))


def _bar(console: Console) -> Bar:
    return Bar(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=16),
        TextColumn("{task.fields[figures]}", markup=False),
        console=console,
        transient=True,
    )


class Lines:
    """Says a line when `EVERY` seconds of work have passed since the last one."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._last = 0.0

    def __call__(self, progress: Progress) -> None:
        """Hear how far the work is; the clock is `progress.seconds`."""
        if progress.seconds - self._last >= EVERY:
            self._last = progress.seconds
            self._say(f"{plain(progress.stage)}: {figures(progress)}")


def figures(progress: Progress) -> str:
    """`12 articles, 40 of 120 passages, 20/s, 4 s left`, as far as it is known."""
    total = progress.passages_total
    embedded = counted(progress.passages, "passage") if total is None else f"{progress.passages} of {total} passages"
    parts = [counted(progress.articles, "article"), embedded]
    seconds = progress.embedding_seconds or progress.seconds
    rate = progress.passages / seconds if seconds > 0 else 0.0
    if rate:
        parts.append(f"{rate:.0f}/s" if rate >= 1 else f"{rate:.1f}/s")
        if total is not None:
            parts.append(f"{duration((total - progress.passages) / rate)} left")
    return ", ".join(parts)


def counted(number: int, noun: str) -> str:
    """`1 article`, `2 articles`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def duration(seconds: float) -> str:
    """`8 s`, `3 min`, `2 h 5 min`: as exact as one wants to know it while waiting."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
