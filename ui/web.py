"""The web chat: a conversation on the left, the article that an answer rests on beside it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self, cast
from urllib.parse import quote as percent_encoded

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from qa.answer import Answer, Turn
from qa.citing import Articles, as_quoted
from qa.errors import NewsdeskError, PortTaken
from ui import panel, render
from ui.render import Exchange

logger = logging.getLogger(__name__)

# Gradio sums up its events with pandas after each one, for a dashboard that is off here; this keeps it from doing so.
os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")

HOST = "127.0.0.1"
PORTS_TRIED = 20
LONGEST_QUESTION = 2000
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

Exchanges = tuple[Exchange, ...]
Shown = tuple[Any, Any, Any]


class Assistant(Protocol):
    """What the chat needs of an assistant."""

    @property
    def index(self) -> Articles:
        """Where the articles are."""

    def stream(self, question: str, turns: Sequence[Turn] = ()) -> Iterator[Answer]:
        """Ever more complete answers."""

    def suggest(self, answer: Answer, *, going_on: Callable[[], bool]) -> Answer:
        """The answer with questions to ask next; none is sought any more once `going_on` says no."""


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
    desk = _Desk(assistant, examples)
    with gr.Blocks(title="newsdesk", analytics_enabled=False, fill_width=True) as page:
        exchanges, talk = gr.State(()), gr.State(_Talk())
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


@dataclass
class _Talk:
    """How far a page's session is: questions begun, and the one after which others to ask were last sought.

    It is changed in place, for what an event returns reaches those under way too late: each looks here whether its
    question is still the last one before it shows anything.
    """

    begun: int = 0
    sought: int = 0


class _Desk:
    """What the page's events do. Conversations are kept by the page's session, none here."""

    def __init__(self, assistant: Assistant, examples: Sequence[str]) -> None:
        self._assistant = assistant
        self._examples = examples

    def ask(self, question: str, exchanges: Exchanges, talk: _Talk) -> Iterator[Shown]:
        """The conversation as it grows, its exchanges, and the question box, which the first step empties."""
        turns = [Turn(item.question, item.answer) for item in exchanges if item.answer]
        yield from self._grown(question.strip(), exchanges, talk, turns, box="")

    def ask_again(self, exchanges: Exchanges, talk: _Talk, event: gr.EventData) -> Iterator[Shown]:
        """The same for a question that was edited, which is asked as it stands: nothing said before is read into it."""
        question = (_sent(event, "question") or "").strip()[:LONGEST_QUESTION]
        yield from self._grown(question, exchanges, talk, [], box=gr.skip())

    def _grown(
        self, question: str, exchanges: Exchanges, talk: _Talk, turns: Sequence[Turn], box: Any
    ) -> Iterator[Shown]:
        if not question:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        talk.begun += 1
        begun = talk.begun
        for item in self._exchange(question, turns):
            if talk.begun != begun:
                return
            grown = (*exchanges, item)
            yield render.conversation(grown), grown, box
            box = gr.skip()

    def suggest(self, exchanges: Exchanges, talk: _Talk) -> tuple[Any, Any]:
        """The conversation and its exchanges, with questions to ask next under the last answer.

        Without them where that fails, since the answer is there already, and where the reader has asked on meanwhile.
        """
        begun, last = talk.begun, exchanges[-1] if exchanges else None
        if last is None or last.busy or last.answer is None or talk.sought == begun:
            return gr.skip(), gr.skip()
        talk.sought = begun
        try:
            answer = self._assistant.suggest(last.answer, going_on=lambda: talk.begun == begun)
        except Exception:
            logger.exception("No suggestions for %r", last.question)
            return gr.skip(), gr.skip()
        if talk.begun != begun or not answer.suggestions:
            return gr.skip(), gr.skip()
        grown = (*exchanges[:-1], Exchange(last.question, answer))
        return render.conversation(grown), grown

    def start_afresh(self, talk: _Talk) -> tuple[str, Exchanges, str, str]:
        """An empty conversation, no exchanges, an empty question box, an empty panel."""
        talk.begun += 1
        return render.conversation((), self._examples), (), "", ""

    def open(self, exchanges: Exchanges, event: gr.EventData) -> str:
        """The article that a mark, a citation or a nearest article of the conversation opens."""
        answer = _answer_at(exchanges, _sent(event, "turn"))
        if answer is None:
            return panel.missing_article("This page's conversation is no longer held here. Ask the question again.")
        strong, faint = panel.quotes_under(answer, _sent(event, "number"), _sent(event, "statement"))
        article_id = strong[0].article_id if strong else str(_sent(event, "article"))
        try:
            shown, is_old = as_quoted(article_id, strong, self._assistant.index)
            return panel.article(shown, strong, faint, is_old=is_old)
        except NewsdeskError as error:
            return panel.missing_article(str(error), strong)

    def _exchange(self, question: str, turns: Sequence[Turn]) -> Iterator[Exchange]:
        yield Exchange(question, busy=True)
        answer = None
        try:
            for answer in self._assistant.stream(question, turns):
                yield Exchange(question, answer, busy=True)
        except NewsdeskError as error:
            yield Exchange(question, failure=str(error))
        except Exception:  # a bug: its traceback goes to the log, and the page doesn't hang
            logger.exception("The question %r failed", question)
            yield Exchange(question, failure="Something went wrong here. What it was is in the terminal's output.")
        else:
            yield Exchange(question, answer)


def _sent(event: gr.EventData, name: str) -> str | None:
    """What the page's script sent along under a name: a button's data attributes, as strings."""
    try:
        return str(getattr(event, name))
    except AttributeError:
        return None


def _answer_at(exchanges: Exchanges, turn: str | None) -> Answer | None:
    here = {str(place): item.answer for place, item in enumerate(exchanges)}
    return here.get(turn or "")


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
