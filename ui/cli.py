"""The `newsdesk` command: what can be typed. What is done then is in `ui/commands_….py`, loaded when it is needed."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from qa.errors import BadInput, NewsdeskError
from qa.types import Filters
from ui.cli_eval import eval_command
from ui.cli_filters import Command, as_moment, filter_options
from ui.cli_ingest import ingest_command, preview_command
from ui.cli_reindex import reindex_command
from ui.cli_remove import remove_command

if TYPE_CHECKING:
    from qa.settings import Settings

PORT = 7860
HOME = "newsdesk.home"
VERBOSE = "newsdesk.verbose"
LLM = "newsdesk.llm"
INTERRUPTED = 130
ROOMS = ("qa", "ingest", "ui")
"""The packages whose log is shown; other libraries' is not."""

QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1",
    "TRANSFORMERS_VERBOSITY": "error",
}
"""What keeps libraries from writing on the terminal, or to their makers. The user's own values win."""


class ToStandardError(logging.Handler):
    """Writes the log on what is standard error at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record as a line."""
        click.echo(f"{record.name}: {self.format(record)}", err=True)


class InOrder(click.Group):
    """Lists its commands in the order in which one needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, as they were added."""
        return list(self.commands)


def common_options(command: Command) -> Command:
    """Add `--home` and `--verbose`, which are accepted both before and after a command's name."""

    def keep_home(context: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value is not None:
            context.meta[HOME] = value

    def be_verbose(context: click.Context, _: click.Parameter, value: bool) -> None:
        if value:
            context.meta[VERBOSE] = True
            for name in ROOMS:
                logging.getLogger(name).setLevel(logging.INFO)

    home = click.option(
        "--home",
        type=click.Path(path_type=Path),
        callback=keep_home,
        expose_value=False,
        metavar="DIR",
        help="Folder of the collection; else NEWSDESK_HOME, else ~/.newsdesk.",
    )
    verbose = click.option(
        "-v", "--verbose", is_flag=True, callback=be_verbose, expose_value=False, help="Say more about what is done."
    )
    return home(verbose(command))


def llm_options(command: Command) -> Command:
    """Add `--llm` and `--llm-url`: the chat model that writes."""

    def keep(context: click.Context, option: click.Parameter, value: str | None) -> None:
        if value is not None and option.name is not None:
            context.meta.setdefault(LLM, {})[option.name] = value

    llm = click.option(
        "--llm",
        callback=keep,
        expose_value=False,
        metavar="MODEL",
        help="Chat model that writes the answers: openai:NAME, anthropic:NAME, ollama:NAME.",
    )
    url = click.option(
        "--llm-url", callback=keep, expose_value=False, metavar="URL", help="OpenAI-compatible server that has it."
    )
    return llm(url(command))


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
port_option = click.option(
    "--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help="Port of the web chat."
)


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="newsdesk")
@common_options
def cli() -> None:
    """Ask a collection of news articles, and see the exact words that answer."""


@cli.command()
@common_options
@port_option
@click.option("--no-chat", is_flag=True, help="Stop after the answer; don't open the web chat.")
def demo(port: int, no_chat: bool) -> None:
    """Try it on the articles that come along.

    Indexes them once, into a collection of their own (the folder `demo` in the home, or DIR), asks a question and
    opens the web chat.
    """
    from ui.demo import run_demo

    home = click.get_current_context().meta.get(HOME)
    run_demo(_settings(), None if no_chat else port, own_home=home is None)


cli.add_command(ingest_command(lambda: _settings(), common_options, lambda: _is_verbose()))
cli.add_command(preview_command(lambda: _settings(), common_options))


@cli.command()
@common_options
@click.argument("question", nargs=-1, required=True, metavar="QUESTION")
@click.option(
    "--as-of",
    callback=as_moment(end_of_day=True),
    metavar="DATE",
    help="Answer as at the end of this day, or at this time; else now.",
)
@filter_options
@llm_options
@json_option
def ask(question: tuple[str, ...], as_of: datetime | None, filters: Filters, as_json: bool) -> None:
    """Answer a question, and show the words that it rests on.

    A DATE is a day, 2022-11-07, or a time, 2022-11-07T18:30, in UTC unless it says otherwise.
    """
    from ui.commands_ask import run_ask

    words = " ".join(question).strip()
    if not words:
        raise click.UsageError('The question is empty. Ask, say: newsdesk ask "What happened on Monday?"')
    run_ask(_settings(), words, as_of, filters, as_json=as_json)


@cli.command()
@common_options
@port_option
@llm_options
def chat(port: int) -> None:
    """Open the web chat on this machine."""
    from ui.commands_chat import run_chat

    run_chat(_settings(), port)


@cli.command()
@common_options
@filter_options
@click.option("--skipped", is_flag=True, help="List what was read and is not in the collection, with the reason.")
@click.option("--reason", metavar="REASON", help="With --skipped: only what was skipped as this.")
@json_option
def articles(filters: Filters, skipped: bool, reason: str | None, as_json: bool) -> None:
    """List the articles, the newest first."""
    if skipped:
        from ui.commands_skipped import run_skipped

        if filters:
            raise click.UsageError("--skipped lists what is no article; publishers and dates don't go with it.")
        run_skipped(_settings(), reason, as_json=as_json)
        return
    if reason:
        raise click.UsageError("--reason goes with --skipped.")
    from ui.commands_articles import run_articles

    run_articles(_settings(), filters, as_json=as_json)


@cli.command()
@common_options
@click.argument("article_id", metavar="ID")
@click.option("--version", "version", metavar="DIGEST", help="Show it as it read before it was replaced.")
@json_option
def show(article_id: str, version: str | None, as_json: bool) -> None:
    """Show an article, with its copies and versions. The first characters of its ID, and of a DIGEST, are enough."""
    from ui.commands_articles import run_show

    run_show(_settings(), article_id, version, as_json=as_json)


cli.add_command(remove_command(lambda: _settings(), common_options))
cli.add_command(reindex_command(lambda: _settings(), common_options))


@cli.command()
@common_options
@json_option
def status(as_json: bool) -> None:
    """Say what the collection holds."""
    from ui.commands_articles import run_status

    run_status(_settings(), as_json=as_json)


cli.add_command(eval_command(lambda: _settings(), common_options, llm_options))


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command. Exits with 0, 1 (an error that the user can mend), 2 (wrong usage) or 130 (interrupted)."""
    _quieten()
    try:
        code = cli.main(arguments, prog_name="newsdesk", standalone_mode=False) or 0
        sys.stdout.flush()
    except click.Abort:
        code = INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except NewsdeskError as error:
        code = _complain(error)
    except BrokenPipeError:
        # The reader has left; what is still buffered must not raise again when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)


def _is_verbose() -> bool:
    return bool(click.get_current_context().meta.get(VERBOSE))


def _settings() -> Settings:
    from pydantic import ValidationError

    from qa.settings import Settings

    context = click.get_current_context()
    given: dict[str, Any] = {"home": context.meta[HOME]} if HOME in context.meta else {}
    given |= context.meta.get(LLM, {})
    for name, meant in Settings.misspelt(os.environ):
        click.echo(f"newsdesk: {name} is no setting; is {meant} meant?", err=True)
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = "NEWSDESK_" + "_".join(map(str, first["loc"])).upper()
        raise BadInput(f"The setting {name} can't be used: {first['msg']} (it is {first['input']!r}).") from error


def _complain(error: NewsdeskError) -> int:
    from ui.terminal import plain

    click.echo(plain(f"newsdesk: {error}"), err=True)
    return 1


def _quieten() -> None:
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")
    for name in ROOMS:
        logger = logging.getLogger(name)
        logger.handlers = [ToStandardError()]
        logger.setLevel(logging.NOTSET)
    if not logging.getLogger().handlers:
        logging.getLogger().addHandler(logging.NullHandler())


if __name__ == "__main__":
    main()
