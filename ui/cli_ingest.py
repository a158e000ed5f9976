"""`newsdesk ingest` and `newsdesk preview`: what can be typed. What is done then is loaded when it is needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ui.cli_filters import Command

if TYPE_CHECKING:
    from qa.settings import Settings

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
INPUTS = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
JSON = "Print JSON, for programs."

Decorator = Callable[[Command], Command]
allow_host_option = click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="HOST",
    help="Read this host though it is not on the public web; may be given again.",
)


def as_languages(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    """The languages of `en,de`. Raises `BadParameter` for what are none."""
    if value is None:
        return None
    languages = tuple(each.strip().lower() for each in value.split(",") if each.strip())
    wrong = next((each for each in languages if not re.fullmatch("[a-z]{2}", each)), None)
    if wrong:
        raise click.BadParameter(f"{wrong!r} is no language. Give two letters for each, like en,de.")
    return languages


languages_option = click.option(
    "--languages",
    callback=as_languages,
    metavar="LANGUAGES",
    help="Take only articles in these, like en,de; one that doesn't say is taken.",
)


def as_seconds(_: click.Context, __: click.Parameter, value: str | None) -> float | None:
    """The seconds of `30s`, `10m`, `2h` or `1d`. Raises `BadParameter` for other words."""
    if value is None:
        return None
    found = re.fullmatch(r"(\d+)\s*([smhd])", value.strip())
    if not found or not int(found[1]):
        raise click.BadParameter(f"{value!r} is no duration. Give one like 30s, 10m, 2h or 1d.")
    return float(int(found[1]) * UNITS[found[2]])


every_option = click.option(
    "--every",
    callback=as_seconds,
    metavar="TIME",
    help="Go on: read all again after 30s, 10m, 2h or 1d; with --watch, only the addresses.",
)


def ingest_command(
    settings: Callable[[], Settings], common: Decorator, is_verbose: Callable[[], bool]
) -> click.Command:
    """The command `ingest`. `settings` reads the settings, `common` adds the options of all commands."""

    @click.command()
    @common
    @click.argument("inputs", nargs=-1, metavar="INPUT...")
    @click.option("--skipped", is_flag=True, help="Read again, after an update, what was skipped; needs no INPUT.")
    @click.option("--watch", "watched", is_flag=True, help="Go on: read what changes in the folders, until Ctrl-C.")
    @every_option
    @languages_option
    @allow_host_option
    @click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
    @click.option("--json", "as_json", is_flag=True, help=JSON)
    def ingest(
        inputs: tuple[str, ...], skipped: bool, languages: tuple[str, ...] | None, hosts: tuple[str, ...], **how: Any
    ) -> None:
        """Read articles into the collection.

        INPUT is a file, a folder (read with all folders inside), an address on the web, or - for standard input: HTML,
        plain text, Markdown, JSON, JSONL, PDF, or a feed beside its pages; at an address, a page, a feed or a sitemap,
        whose articles are fetched. Articles that are there already are left as they are; changed ones are replaced.
        With -v, lists what was skipped and why.
        """
        if skipped == bool(inputs):
            raise click.UsageError("Give INPUTs to read, or --skipped alone.")
        from ui.commands_ingest import How, run_again, run_ingest

        told = How(verbose=is_verbose(), **how)
        if skipped:
            run_again(with_options(settings(), hosts, languages), told)
        else:
            run_ingest(with_options(settings(), hosts, languages), inputs, told)

    return ingest


def preview_command(settings: Callable[[], Settings], common: Decorator) -> click.Command:
    """The command `preview`."""

    @click.command()
    @common
    @INPUTS
    @click.option("--url", metavar="URL", help="Where the only INPUT, a file, came from.")
    @languages_option
    @allow_host_option
    @click.option("--json", "as_json", is_flag=True, help="Print JSON, a line for each article.")
    def preview(
        inputs: tuple[str, ...],
        url: str | None,
        languages: tuple[str, ...] | None,
        hosts: tuple[str, ...],
        as_json: bool,
    ) -> None:
        """Show what would be stored of each INPUT, and what it rests on, without storing it.

        INPUT is what `newsdesk ingest` reads.
        """
        from ui.commands_preview import run_preview

        if url and len(inputs) > 1:
            raise click.UsageError("--url says where one file came from. Give one INPUT.")
        run_preview(with_options(settings(), hosts, languages), inputs, url, as_json=as_json)

    return preview


def with_options(settings: Settings, hosts: tuple[str, ...], languages: tuple[str, ...] | None) -> Settings:
    """The settings with further hosts that may be read, and with the languages that are wanted, where that is said."""
    wanted = settings.languages if languages is None else languages
    return settings.model_copy(update={"allow_hosts": (*settings.allow_hosts, *hosts), "languages": wanted})
