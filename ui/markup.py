"""HTML by construction: a string gets into an element through `element` or `joined`, and both escape it."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from datetime import datetime, time


class Html(str):
    """A string that is markup already; every other string is escaped when it becomes part of an element."""

    __slots__ = ()


def element(name: str, *children: str, **attributes: str | int | None) -> Html:
    """An element and its children. `data_turn=1` is written `data-turn="1"`, `class_` `class`; `None` is none."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{written}>{joined(children)}</{name}>")


def joined(parts: Iterable[str]) -> Html:
    """Parts side by side, those that are not markup escaped."""
    return Html("".join(part if isinstance(part, Html) else html.escape(part) for part in parts))


def hour(moment: datetime | None) -> str:
    """The time of day, `14:05 UTC`; nothing at midnight, which is how a date without a time is stored."""
    if not moment or moment.timetz().replace(tzinfo=None) == time():
        return ""
    zone = moment.strftime("%z")
    return f"{moment:%H:%M} " + ("UTC" if zone in ("", "+0000") else f"UTC{zone[:3]}:{zone[3:5]}")


def button(label: str | Sequence[str], does: str, **attributes: str | int | None) -> Html:
    """A button that the page's script listens to: `does` is what it triggers, the `data_…` what it is about."""
    children = [label] if isinstance(label, str) else label
    return element("button", *children, type="button", data_do=does, **attributes)
