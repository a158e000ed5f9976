"""The web chat: a conversation on the left, the article that an answer rests on beside it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import quote as percent_encoded

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from qa.errors import PortTaken
from ui import panel, render
from ui.desk import LONGEST_QUESTION, Assistant, Desk, Talk

# Gradio sums up its events with pandas after each one, for a dashboard that is off here; this keeps it from doing so.
os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")

HOST = "127.0.0.1"
PORTS_TRIED = 20
HERE = Path(__file__).parent
SCRIPT = (HERE / "web.js").read_text(encoding="utf-8")
STYLE = (HERE / "web.css").read_text(encoding="utf-8")
THEME = gr.themes.Base(  # fonts that every system has: the page asks nothing of another host
    font=["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"],
    font_mono=["ui-monospace", "Menlo", "Consolas", "monospace"],
)

DRAWING = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='6' fill='#1f1d1a'/>"
    "<text x='16' y='38' text-anchor='middle' font-family='Georgia,serif' font-size='44' fill='#ffe08a'>“</text></svg>"
)
ICON = f'<link rel="icon" href="data:image/svg+xml,{percent_encoded(DRAWING)}">'


class Served:
    """A web chat that is being served, until it is closed or left as a context."""

    def __init__(self, server: uvicorn.Server, listening: socket.socket) -> None:
        self.port: int = listening.getsockname()[1]
        self.address = f"http://{HOST}:{self.port}"
        self._server = server
        self._thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Return when the chat is closed, or on Ctrl-C."""
        with contextlib.suppress(KeyboardInterrupt):
            while self._thread.is_alive():
                self._thread.join(timeout=1)  # a join without an end would not let Ctrl-C through everywhere

    def close(self) -> None:
        """Stop serving; open pages lose their connection."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # that open pages are cut off is no news
        self._server.should_exit = True
        self._thread.join(timeout=5)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def serve(assistant: Assistant, *, port: int = 7860, examples: Sequence[str] = ()) -> Served:
    """Serve the chat on this machine only, on the port or the next free one (0: any), and return at once.

    Raises `PortTaken` when none of `PORTS_TRIED` ports is free.
    """
    listening = _listening(port)
    # Where no event loop runs, Gradio makes some and never closes them; so the page is made in one that is closed.
    with ThreadPoolExecutor(1) as thread:
        app = thread.submit(asyncio.run, _app(assistant, examples, listening.getsockname()[1])).result()
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
    return Served(uvicorn.Server(config), listening)


async def _app(assistant: Assistant, examples: Sequence[str], port: int) -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    # A page of another site can have its name point here; only requests that name this machine are answered.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
    mounted = gr.mount_gradio_app(
        app,
        build(assistant, examples),
        path="/",
        server_name=HOST,
        server_port=port,
        footer_links=[],
        run_history=False,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        theme=THEME,
        css=STYLE,
        head=ICON,
    )
    return cast(FastAPI, mounted)


def build(assistant: Assistant, examples: Sequence[str] = ()) -> gr.Blocks:
    """The page, not yet served."""
    desk = Desk(assistant, examples)
    with gr.Blocks(title="newsdesk", analytics_enabled=False, fill_width=True) as page:
        exchanges, talk = gr.State(()), gr.State(Talk())
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk"):
                head = _html("head", render.head())
                conversation = _html("conversation", render.conversation((), examples))
                question = _question_box()
            beside = _html("panel", "", nothing_open=panel.no_article())
        shown = [conversation, exchanges, question]
        asked = _on(question.submit, desk.ask, [question, exchanges, talk], shown, trigger_mode="once")
        again = _on(conversation.again, desk.ask_again, [exchanges, talk], shown, trigger_mode="once")
        for told in (asked, again):
            _on(told.then, desk.suggest, [exchanges, talk], [conversation, exchanges], trigger_mode="multiple")
        _on(head.fresh, desk.start_afresh, [talk], [*shown, beside], cancels=[asked, again])
        opened = _on(conversation.open, desk.open, [exchanges], [beside], trigger_mode="always_last")
        opened.then(None, js="() => document.dispatchEvent(new Event('newsdesk:opened'))")
    return cast(gr.Blocks, page)


def _html(place: str, value: str, **props: Any) -> Any:
    """An HTML component of our own markup; Gradio's custom events on it have no static type."""
    template = "${value || nothing_open}" if props else "${value}"
    return gr.HTML(value, html_template=template, js_on_load=SCRIPT, apply_default_css=False, elem_id=place, **props)


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        label="Question",
        show_label=False,
        container=False,
        placeholder="Ask the articles",
        lines=1,
        max_lines=5,
        max_length=LONGEST_QUESTION,
        autofocus=True,
        submit_btn="Ask",
        elem_id="question",
        html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send"),
    )


def _on(event: Callable[..., Any], run: Callable[..., Any], inputs: Any, outputs: Any, **how: Any) -> Any:
    return event(run, inputs, outputs, show_progress="hidden", api_visibility="private", concurrency_limit=8, **how)


def _listening(port: int) -> socket.socket:
    last = min(port + PORTS_TRIED, 65535) if port else 0
    for candidate in range(port, last + 1):
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, candidate))
            listening.listen(128)
        except OSError:
            listening.close()
        else:
            return listening
    raise PortTaken(f"No port from {port} to {last} is free on {HOST}. Choose another with --port.")
