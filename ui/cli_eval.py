"""`newsdesk eval`: what can be typed. What is done then is in `ui/commands_eval.py`, loaded when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.cli_filters import Command

if TYPE_CHECKING:
    from qa.settings import Settings

SEARCHES = ("dense", "lexical", "fused", "hybrid")
RUN = "run"
FILE = click.Path(path_type=Path)


class RunByDefault(click.Group):
    """A group in which whatever is no subcommand is meant for `run`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `run` in front where no subcommand is named."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = [RUN, *args]
        return super().parse_args(ctx, args)


Decorator = Callable[[Command], Command]


search_option = click.option(
    "--search",
    "searches",
    multiple=True,
    type=click.Choice(SEARCHES),
    help="Which search to measure; several are compared. Default: hybrid, as the product does.",
)
MEASURING = (
    click.option("--judge", metavar="MODEL", help="Also have this chat model judge the citations."),
    click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only cases with this tag, or one of these."),
    click.option("--limit", type=click.IntRange(1), metavar="N", help="Only N cases, always the same ones."),
    click.option("--work", type=FILE, metavar="DIR", help="Keep the indexes of public data here for the next time."),
    click.option(
        "--out",
        type=FILE,
        default=Path("newsdesk-eval"),
        show_default=True,
        metavar="DIR",
        help="Where results.json and report.html go.",
    ),
    click.option("--gate", type=FILE, metavar="FILE", help="Fail when a figure falls below its floor in this file."),
    click.option("-q", "--quiet", is_flag=True, help="Show no progress."),
    click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON, for programs."),
)


def measuring_options(command: Command) -> Command:
    """Add the options of `MEASURING` to a command, in their order."""
    for option in reversed(MEASURING):
        command = option(command)
    return command


def eval_command(settings: Callable[[], Settings], common: Decorator, llm: Decorator) -> click.Group:
    """The command and its subcommands.

    `settings` reads the settings; `common` adds the options of all commands, `llm` those of the chat model.
    """

    @click.group("eval", cls=RunByDefault, subcommand_metavar="[run] [DATA] [PATH] | compare A B | draft ANSWER")
    @common
    def group() -> None:
        """Measure how good the answers are.

        Without DATA, on the questions that come along; with the path of a JSONL file, on its questions about your
        collection; with a name, on public data in the folder PATH. See: newsdesk eval run --help
        """

    group.add_command(_run_command(settings, common, llm))
    group.add_command(_compare_command(common))
    group.add_command(_draft_command(common))
    return group


def _run_command(settings: Callable[[], Settings], common: Decorator, llm: Decorator) -> click.Command:
    @click.command(RUN)
    @common
    @click.argument("data", required=False)
    @click.argument("path", required=False, type=FILE)
    @search_option
    @llm
    @measuring_options
    def measure(**given: Any) -> None:
        """Measure on questions, pages or claims with known answers, and write a report.

        \b
        newsdesk eval                          the questions that come along
        newsdesk eval questions.jsonl          your own, about your collection
        newsdesk eval realtimeqa FOLDER        public data; also squad2, multihop, mtragun,
                                               article_extraction, wcxb_article, date_extraction,
                                               rewrite, wice
        newsdesk eval speech                   who said what, on sentences that come along

        Exits with 1 when a line or a case can't be used, a case fails, or a figure is below the gate.
        """
        from ui.commands_eval import Wanted, run_eval

        run_eval(settings(), Wanted(**given))

    return measure


def _compare_command(common: Decorator) -> click.Command:
    @click.command()
    @common
    @click.argument("before", type=FILE)
    @click.argument("after", type=FILE)
    @click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
    def compare(before: Path, after: Path, as_json: bool) -> None:
        """Say what got better and worse from one evaluation to another.

        BEFORE and AFTER are results files, or the folders they are in.
        """
        from ui.commands_eval import run_compare

        run_compare(before, after, as_json=as_json)

    return compare


def _draft_command(common: Decorator) -> click.Command:
    @click.command()
    @common
    @click.argument("answer", type=FILE)
    def draft(answer: Path) -> None:
        """Make the draft of a case out of an answer saved with `newsdesk ask --json`, as a line of JSONL."""
        from ui.commands_eval import run_draft

        run_draft(answer)

    return draft
