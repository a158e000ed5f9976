"""The question as it was understood, as the terminal and the web chat show it. Pure."""

from __future__ import annotations

from datetime import date

from qa.types import MONTHS, Filters, Query, Window, day


def understood(query: Query, asked: str) -> list[str]:
    """What was understood, in parts to be set side by side; nothing where that is just what was asked.

    The first part is the question; then come its time, whose words it asks for, whose articles, and the filters.
    """
    more = [*_time(query), *_whose(query), *_limits(query.filters)]
    told = bool(_time(query) or query.publishers or _limits(query.filters))
    return [query.text, *more] if told or bare(query.text) != bare(asked) else []


def bare(question: str) -> str:
    """A question without what doesn't change its meaning: capitals, spaces, the mark at its end."""
    return " ".join(question.casefold().split()).rstrip("?!. ")


def days(window: Window) -> str:
    """A window as readers write it: "1–30 November 2022", "from 3 March 2024"; its own words where it has no days."""
    since, until = window.since, window.until
    if since and until:
        return span(since, until)
    if since:
        return f"from {_day(since)}"
    return f"until {_day(until)}" if until else window.text


def span(since: date, until: date) -> str:
    """The days from one to another, as readers write them."""
    if since == until:
        return _day(since)
    if (since.year, since.month) == (until.year, until.month):
        return f"{since.day}–{_day(until)}"
    if since.year == until.year:
        return f"{since.day} {MONTHS[since.month - 1]} – {_day(until)}"
    return f"{_day(since)} – {_day(until)}"


def _day(when: date) -> str:
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def _time(query: Query) -> list[str]:
    window, filters = query.window, query.filters
    named = window and (window.since or window.until) and not (window.hard and (filters.since or filters.until))
    return [days(window)] if window and named else []


def _whose(query: Query) -> list[str]:
    said = [f"said by {query.speaker}"] if query.speaker else []
    return [*said, *([f"by {' or '.join(query.publishers)}"] if query.publishers else [])]


def _limits(filters: Filters) -> list[str]:
    limits = []
    if filters.publishers:
        limits.append("only " + " or ".join(filters.publishers))
    if filters.since:
        limits.append(f"from {day(filters.since)}")
    if filters.until:
        limits.append(f"until {day(filters.until)}")
    return limits
