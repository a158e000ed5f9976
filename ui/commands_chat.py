"""The web chat, opened from the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from qa.assistant import Assistant
from qa.build import build_assistant
from qa.settings import Settings
from ui.terminal import out, say, working
from ui.web import serve


def run_chat(settings: Settings, port: int) -> None:
    """Serve the web chat until it is interrupted. Raises `PortTaken` when no port near `port` is free."""
    with working("Opening the collection…"):
        assistant = build_assistant(settings)
    open_chat(assistant, port)


def open_chat(assistant: Assistant, port: int, examples: Sequence[str] = ()) -> None:
    """Serve the web chat on the port, or the next free one, and say where it is; returns when it is interrupted."""
    with serve(assistant, port=port, examples=examples) as served, suppress(KeyboardInterrupt):
        if served.port != port:
            say(out(), f"Port {port} is taken; using {served.port}.")
        say(out(), f"Web chat: {served.address}  (stop it with Ctrl-C)")
        out().file.flush()
        served.wait()
