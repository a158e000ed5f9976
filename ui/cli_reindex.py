"""`newsdesk reindex`: what can be typed. What is done then is in `ui/commands_reindex.py`, loaded when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from ui.cli_filters import Command

if TYPE_CHECKING:
    from qa.settings import Settings


def reindex_command(settings: Callable[[], Settings], common: Callable[[Command], Command]) -> click.Command:
    """The command. `settings` reads the settings; `common` adds the options of all commands."""

    @click.command()
    @common
    @click.option("--embedder", metavar="NAME", help="Embedding model to make it with; else the one it was made with.")
    @click.option("--again", is_flag=True, help="Make it again even if it would be the same.")
    @click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
    @click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
    def reindex(embedder: str | None, again: bool, quiet: bool, as_json: bool) -> None:
        """Make the collection again, with another embedder or after a new version of newsdesk asks for it.

        The old one stays in service until the new one is whole; so there must be room for both. When it is cut off,
        the same command goes on where it stopped.
        """
        from ui.commands_reindex import run_reindex

        run_reindex(settings(), embedder, again=again, quiet=quiet, as_json=as_json)

    return reindex
