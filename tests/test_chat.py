from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from qa import Settings, build_assistant
from qa.assistant import Assistant
from qa.build import load_chat_of
from qa.chat import load_chat, replied, streamed
from qa.errors import BadInput, ChatFailed, ModelNotUsable
from qa.usage import Meter, Usage
from tests.command import Newsdesk, run
from tests.fakes import QueuedChat

QUESTION = "How many people were injured in the ferry collision?"


class Server(ThreadingHTTPServer):
    """A server with OpenAI's protocol that says "Twelve people."; a model's name says how it misbehaves."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}/v1"
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(request)
        self.server.keys.append(self.headers["Authorization"])
        if request["model"] == "busy":
            self.send_error(429)
            return
        if request["model"] == "plain" and "stream_options" in request:
            self.send_error(400, "Unknown field: stream_options")
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        if request["model"] == "stuck":
            time.sleep(1)
        for piece in ("Twelve ", "people."):
            choice = {"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}
            said = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
            self.wfile.write(f"data: {json.dumps(said)}\n\n".encode())
        if request.get("stream_options", {}).get("include_usage"):
            counts = {"prompt_tokens": 31, "completion_tokens": 5, "total_tokens": 36}
            said = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": []}
            self.wfile.write(f"data: {json.dumps({**said, 'usage': counts})}\n\n".encode())
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def server() -> Iterator[Server]:
    pytest.importorskip("langchain_openai")
    with Server() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def newsdesk(capsys: pytest.CaptureFixture[str]) -> Newsdesk:
    return partial(run, capsys)


def test_a_server_with_openais_protocol_is_asked_by_its_address(server: Server) -> None:
    chat = load_chat("local", server.url)
    assert list(filter(None, streamed(chat, [("human", "How many?")], 10))) == ["Twelve ", "people."]
    (request,) = server.asked
    assert (request["model"], request["temperature"], request["messages"][0]["content"]) == ("local", 0, "How many?")
    assert request.get("max_tokens") or request["max_completion_tokens"]


def test_a_server_is_asked_for_its_counts_and_one_that_refuses_is_asked_without(server: Server) -> None:
    meter = Meter()
    assert replied(load_chat("local", server.url), [("human", "How many?")], 10, meter) == "Twelve people."
    assert meter.usage == Usage(1, 31, 5)
    assert replied(load_chat("plain", server.url), [("human", "How many?")], 10, meter) == "Twelve people."
    assert meter.usage == Usage(2)  # what the second took is not known


def test_what_the_replies_took_is_added_up_with_what_they_cost() -> None:
    meter = Meter()
    assert meter.usage is None
    chat = QueuedChat(replies=["Twelve people.", "Twelve."], took=(900, 6, 0.25))
    for _ in range(2):
        replied(chat, [("human", "How many?")], 10, meter)
    assert meter.usage == Usage(2, 1800, 12, 0.5)


def test_nothing_is_told_of_a_reply_that_was_broken_off() -> None:
    meter = Meter()
    chat = QueuedChat(replies=["Twelve people."], took=(900, 6, 0.25))
    next(streamed(chat, [("human", "How many?")], 10, meter))
    assert meter.usage == Usage(1)


@pytest.mark.parametrize(("key", "sent"), [(None, "Bearer none"), ("mine", "Bearer mine")])
def test_a_key_of_a_provider_is_not_sent_to_another_server(
    server: Server, monkeypatch: pytest.MonkeyPatch, key: str | None, sent: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    replied(load_chat("openai:local", server.url, key=key), [("human", "How many?")], 10)
    assert server.keys == [sent]
    assert server.asked[0]["model"] == "local"


def test_a_name_with_a_colon_is_a_name_at_a_server(server: Server) -> None:
    replied(load_chat("qwen:7b", server.url), [("human", "How many?")], 10)
    assert server.asked[0]["model"] == "qwen:7b"


@pytest.mark.parametrize("model", ["busy", "stuck"])
def test_a_server_that_is_busy_or_stuck_is_one_error(server: Server, model: str) -> None:
    with pytest.raises(ChatFailed, match=r"\.$"):
        replied(load_chat(model, server.url, timeout=0.3), [("human", "How many?")], 0.3)


def test_a_dead_server_leaves_the_quoted_answer_and_a_warning(
    desk: Assistant, samples_home: Path, embedder: Any, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("langchain_openai")
    settings = Settings(home=samples_home, llm="local", llm_url="http://127.0.0.1:9/v1")
    answer = build_assistant(settings, index=desk.index, embedder=embedder).ask(QUESTION)
    assert answer.statements == desk.ask(QUESTION).statements
    assert "the articles are quoted instead" in caplog.text
    assert caplog.records[-1].levelno == logging.WARNING


def test_the_log_line_of_a_failing_model_is_on_standard_error_and_the_answer_on_standard_output(
    newsdesk: Newsdesk, samples_home: Path
) -> None:
    pytest.importorskip("langchain_openai")
    options = ("--home", samples_home, "--llm", "local", "--llm-url", "http://127.0.0.1:9/v1")
    ran = newsdesk("ask", QUESTION, *options)
    assert ran.code == 0
    assert "Twelve people were injured" in ran.out
    assert "the articles are quoted instead" in ran.err


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("openai:gpt-x", r"needs a key\. Set OPENAI_API_KEY, or NEWSDESK_LLM_KEY"),
        ("openai:", "names no model. Write openai:NAME"),
        ("upstage:solar", r"pip install langchain-upstage"),
        ("nonsense", r"A chat model is openai:NAME, anthropic:NAME, ollama:NAME"),
    ],
)
def test_a_model_that_can_not_be_used_says_what_to_do(monkeypatch: pytest.MonkeyPatch, name: str, said: str) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelNotUsable, match=said):
        load_chat(name)


def test_a_chat_model_that_can_not_be_used_is_one_clear_line(newsdesk: Newsdesk, samples_home: Path) -> None:
    ran = newsdesk("ask", QUESTION, "--home", samples_home, "--llm", "nonsense")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("newsdesk: Can't use the chat model 'nonsense'")
    assert ran.err.count("\n") == 1


def test_a_server_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Name it with --llm"):
        load_chat_of(Settings(home=tmp_path, llm_url="http://127.0.0.1:9/v1"))


def test_no_chat_model_is_loaded_unless_one_is_named(tmp_path: Path) -> None:
    assert load_chat_of(Settings(home=tmp_path)) is None


def test_a_key_is_not_shown_with_the_settings(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, llm="openai:x", llm_key=SecretStr("secret"))
    assert "secret" not in repr(settings) + settings.model_dump_json()


@pytest.mark.parametrize(("reply", "said"), [(" \n", "empty"), ("word " * 2000, "does not end")])
def test_an_empty_or_endless_reply_is_an_error(reply: str, said: str) -> None:
    with pytest.raises(ChatFailed, match=said):
        replied(QueuedChat(replies=[reply]), [("human", "How many?")], 10)


def test_a_reply_that_takes_too_long_is_an_error() -> None:
    with pytest.raises(ChatFailed, match="longer than 0 seconds"):
        replied(QueuedChat(replies=["Twelve"]), [("human", "How many?")], 0)


def test_the_time_that_the_reader_takes_does_not_count() -> None:
    pieces = streamed(QueuedChat(replies=["Twelve people."]), [("human", "How many?")], 0.2)
    assert next(pieces).strip() == "Twelve"
    time.sleep(0.3)
    assert "".join(pieces).strip() == "people."
