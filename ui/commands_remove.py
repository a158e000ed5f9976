"""Taking articles out of the collection."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import click

from ingest.journal import Journal
from qa.build import open_index
from qa.errors import BadInput
from qa.index import Index
from qa.records import ArticleRow
from qa.settings import Settings
from qa.types import Filters
from ui.commands_articles import check_publishers
from ui.terminal import out, plain, print_json, say, when

MOST_LISTED = 20


@dataclass(frozen=True)
class Chosen:
    """Which articles: by the beginnings of their ids, or those of all these publishers that are older than a moment."""

    ids: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    older_than: datetime | None = None


def run_remove(settings: Settings, chosen: Chosen, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Take articles out; those that were not named one by one only after asking.

    Raises `NoSuchArticle` or `BadInput`, and then takes none out.
    """
    with open_index(settings) as index:
        rows = rows_of(index, chosen)
        if rows and not dry_run and not chosen.ids and not yes:
            confirm(rows)
        if not dry_run:
            with index.writing() as writer:
                writer.remove([row.id for row in rows])
            with Journal(index.home.folder) as journal:
                journal.forget([row.id for row in rows])
    if as_json:
        print_json({"would remove" if dry_run else "removed": rows})
        return
    for row in rows[:MOST_LISTED]:
        say(out(), f"{'Would remove' if dry_run else 'Removed'} {row.id}  {plain(row.title)}")
    if len(rows) > MOST_LISTED:
        say(out(), f"and {len(rows) - MOST_LISTED} more; {len(rows)} in all.")
    if not rows:
        say(out(), "There is no such article.")


def rows_of(index: Index, chosen: Chosen) -> list[ArticleRow]:
    """The articles that are meant, in the order given or the newest first."""
    rows = index.articles()
    if chosen.ids:
        by_id = {row.id: row for row in rows}
        return [by_id[i] for i in dict.fromkeys(index.resolve(prefix) for prefix in chosen.ids)]
    check_publishers(Filters(publishers=chosen.publishers), rows)
    names = {name.casefold() for name in chosen.publishers}
    return [
        row
        for row in rows
        if (not names or (row.publisher or "").casefold() in names)
        and (chosen.older_than is None or (row.published is not None and row.published < chosen.older_than))
    ]


def confirm(rows: Sequence[ArticleRow]) -> None:
    """Ask whether to go on. Raises `BadInput` where nobody can be asked, and `click.Abort` for a no."""
    dated = [row.published for row in rows if row.published]
    span = f", {when(min(dated))} to {when(max(dated))}" if dated else ""
    what = f"{len(rows)} article{'s' if len(rows) != 1 else ''}{span}"
    if not sys.stdin.isatty():
        raise BadInput(f"This would remove {what}. Say that it is meant, with --yes, or see which with --dry-run.")
    click.confirm(f"Remove {what}?", abort=True, err=True)
