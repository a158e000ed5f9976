"""Reading the values that a result shows: JSON of any form, in which anything may be missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from qa.types import day

LONGEST = 4000
"""Characters of one text that are shown, outside of answers: pages are long, and a report has many."""


def mapping(value: Any) -> Mapping[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def listed(value: Any) -> Sequence[Any]:
    """The value if it is a list; a single one as a list of it, none as an empty list."""
    return value if isinstance(value, list | tuple) else [] if value is None else [value]


def byline(known: Mapping[str, Any]) -> str:
    """Publisher, authors and day of an article, as far as they are known."""
    authors = ", ".join(map(str, listed(known.get("authors"))))
    return " · ".join(filter(None, (str(known.get("publisher") or ""), authors, day_of(known.get("published")))))


def day_of(moment: Any) -> str:
    """The day of an ISO 8601 moment as readers write it; what is no moment stays as it is."""
    try:
        return day(datetime.fromisoformat(moment)) if moment else ""
    except (TypeError, ValueError):
        return str(moment)


def spelled(key: object) -> str:
    """A key as a label: `who_said` becomes "Who said"."""
    words = str(key).replace("_", " ")
    return words[:1].upper() + words[1:]


def shorter(value: Any) -> Any:
    """A JSON value whose long texts are cut, each with how much is left out."""
    if isinstance(value, str) and len(value) > LONGEST:
        return f"{value[:LONGEST]} … ({len(value) - LONGEST:,} more characters)"
    if isinstance(value, Mapping):
        return {key: shorter(one) for key, one in value.items()}
    return [shorter(one) for one in value] if isinstance(value, list | tuple) else value
