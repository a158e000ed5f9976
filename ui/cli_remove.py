"""`newsdesk remove`: what can be typed. What is done then is in `ui/commands_remove.py`, loaded when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import click

from ui.cli_filters import Command, as_moment

if TYPE_CHECKING:
    from qa.settings import Settings


def remove_command(settings: Callable[[], Settings], common: Callable[[Command], Command]) -> click.Command:
    """The command. `settings` reads the settings; `common` adds the options of all commands."""

    @click.command()
    @common
    @click.argument("article_ids", nargs=-1, metavar="[ID...]")
    @click.option("--publisher", "publishers", multiple=True, metavar="NAME", help="All of this publisher; repeatable.")
    @click.option(
        "--older-than", callback=as_moment(), metavar="DATE", help="All published before this day; none without a date."
    )
    @click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
    @click.option("-y", "--yes", is_flag=True, help="Don't ask.")
    @click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
    def remove(
        article_ids: tuple[str, ...],
        publishers: tuple[str, ...],
        older_than: datetime | None,
        dry_run: bool,
        yes: bool,
        as_json: bool,
    ) -> None:
        """Take articles out of the collection.

        By ID, of which the first characters are enough; when one is unknown, nothing is removed. Or all of a publisher,
        or older than a date, or both: then it is asked first.
        """
        from ui.commands_remove import Chosen, run_remove

        if bool(article_ids) == bool(publishers or older_than):
            raise click.UsageError("Give either IDs, or --publisher or --older-than.")
        chosen = Chosen(article_ids, publishers, older_than)
        run_remove(settings(), chosen, dry_run=dry_run, yes=yes, as_json=as_json)

    return remove
