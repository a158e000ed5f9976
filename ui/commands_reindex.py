"""Making the collection again: how far it is, and what came of it."""

from __future__ import annotations

from dataclasses import asdict

from ingest.reindex import Reindexed, reindex
from qa.settings import Settings
from ui.progress import duration, shown
from ui.terminal import err, out, plain, print_json, say


def run_reindex(settings: Settings, embedder: str | None, *, again: bool, quiet: bool, as_json: bool) -> None:
    """Make the collection again with an embedder, by default its own. Raises what `reindex` raises."""
    with shown(err(), live=True, quiet=quiet) as show:
        done = reindex(settings=settings, embedder=embedder, again=again, progress=show)
    if as_json:
        print_json(asdict(done))
    else:
        say(out(), plain(summary(done)))


def summary(done: Reindexed) -> str:
    """`30 articles, 70 passages made again with b (before: a) in 4 s`."""
    if not done.changed:
        return f"Nothing to do: the collection is made with {done.embedder}, in today's form. Use --again to insist."
    before = f" (before: {done.before})" if done.before != done.embedder else ""
    resumed = f", {done.resumed} of them by a run that was cut off," if done.resumed else ""
    what = f"{done.articles} articles, {done.passages} passages"
    return f"{what} made again{resumed} with {done.embedder}{before} in {duration(done.seconds)}"
