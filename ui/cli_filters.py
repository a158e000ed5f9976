"""Which articles a command is about, as typed: publishers and dates into `Filters`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from functools import wraps
from typing import Any

import click

from qa.types import Filters

Command = Callable[..., None]
MomentOf = Callable[[click.Context, click.Parameter, str | None], datetime | None]


def moment(text: str, *, end_of_day: bool = False) -> datetime:
    """An ISO day or ISO time as a moment, in UTC unless it says otherwise.

    A day alone is its first moment, or its last with `end_of_day`. Raises `ValueError` for anything else.
    """
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        when = datetime.fromisoformat(text.strip())
        return when if when.tzinfo else when.replace(tzinfo=UTC)
    return datetime.combine(day, time.max if end_of_day else time.min, tzinfo=UTC)


def filters_of(publishers: Sequence[str], since: datetime | None, until: datetime | None) -> Filters:
    """The filters that were asked for. Raises `ValueError` when no moment lies between the two dates."""
    if since and until and since > until:
        raise ValueError(f"--since ({since:%Y-%m-%d}) is after --until ({until:%Y-%m-%d}); swap them.")
    return Filters(publishers=tuple(dict.fromkeys(publishers)), since=since, until=until)


def as_moment(*, end_of_day: bool = False) -> MomentOf:
    """A callback that makes a moment of what was typed; what is none is a usage error."""

    def callback(context: click.Context, parameter: click.Parameter, value: str | None) -> datetime | None:
        try:
            return None if value is None else moment(value, end_of_day=end_of_day)
        except ValueError as error:
            raise click.BadParameter(
                f"{value!r} is no date. Write a day, 2022-11-07, or a time, 2022-11-07T18:30.", context, parameter
            ) from error

    return callback


def filter_options(command: Command) -> Command:
    """Add `--publisher`, `--since` and `--until` to a command, which is given them as one argument, `filters`."""

    @click.option("--publisher", "publishers", multiple=True, metavar="NAME", help="Only this publisher; repeatable.")
    @click.option("--since", callback=as_moment(), metavar="DATE", help="Only articles of this day or later.")
    @click.option(
        "--until", callback=as_moment(end_of_day=True), metavar="DATE", help="Only articles of this day or earlier."
    )
    @wraps(command)
    def with_filters(
        *, publishers: tuple[str, ...], since: datetime | None, until: datetime | None, **others: Any
    ) -> None:
        try:
            filters = filters_of(publishers, since, until)
        except ValueError as error:
            raise click.UsageError(str(error), click.get_current_context()) from error
        command(filters=filters, **others)

    return with_filters
