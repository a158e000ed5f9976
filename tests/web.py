"""A web server on this machine for tests, and a reader of the web that may ask it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ingest.report import Skipped
from ingest.web.cache import Cache
from ingest.web.client import Web
from ingest.web.fetch import Fetcher, Manners
from ingest.web.guard import Guard
from ingest.web.wire import Limits
from qa.types import Page

HERE = "127.0.0.1"
LINE = "On day {n} the keeper of the light wrote of the {what} in the book of the tower. "


@dataclass
class Reply:
    """What the server sends; `body` may also be parts that come one by one."""

    body: bytes | Iterator[bytes] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Answer = Reply | Callable[[Mapping[str, str]], Reply]


class Server:
    """Serves what `paths` says, and remembers what it was asked for, with which headers."""

    def __init__(self) -> None:
        self.paths: dict[str, Answer] = {}
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                outer.asked.append((self.path, headers))
                answer = outer.paths.get(self.path, Reply(status=404))
                self._send(answer(headers) if callable(answer) else answer)

            def _send(self, reply: Reply) -> None:
                try:
                    self.send_response(reply.status)
                    for name, value in reply.headers.items():
                        self.send_header(name, value)
                    if isinstance(reply.body, bytes):
                        self.send_header("Content-Length", str(len(reply.body)))
                    self.end_headers()
                    for part in [reply.body] if isinstance(reply.body, bytes) else reply.body:
                        self.wfile.write(part)
                        self.wfile.flush()
                except OSError:
                    pass  # the reader has had enough
                self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer((HERE, 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.port = self._server.server_address[1]

    @contextmanager
    def running(self) -> Iterator[Server]:
        """Serve until the end of the block."""
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join(5)

    def url(self, path: str, host: str = HERE) -> str:
        return f"http://{host}:{self.port}{path}"

    def page(self, path: str, what: str, **headers: str) -> str:
        """Serve an article about something at a path; returns its address."""
        self.paths[path] = Reply(article(what), headers={"Content-Type": "text/html; charset=utf-8", **headers})
        return self.url(path)

    def requests(self, path: str) -> list[Mapping[str, str]]:
        """The headers of all requests for a path."""
        return [headers for asked, headers in self.asked if asked == path]


def article(what: str) -> bytes:
    text = "".join(LINE.format(n=n, what=what) for n in range(9))
    return f"<html><body><article><h1>The {what} of the tower</h1><p>{text}</p></article></body></html>".encode()


def fetcher(
    *, allowed: tuple[str, ...] = (HERE,), seconds: float = 5, size: int = 200_000, delay: float = 0, **more: Any
) -> Fetcher:
    """A fetcher that may ask this machine, and doesn't wait unless told to."""
    guard = more.pop("guard", None) or Guard(allowed)
    more.setdefault("sleep", lambda seconds: None)
    more.setdefault("cache", Cache())
    return Fetcher(Manners("newsdesk/test", delay, Limits(seconds, size)), guard, **more)


def read(url: str, most: int = 100, **more: Any) -> list[Page | Skipped]:
    """What is found at an address."""
    web = Web(fetcher(**more), most)
    try:
        return list(web.page(url))
    finally:
        web.close()


def reason(url: str, **more: Any) -> str:
    """Why an address brings nothing."""
    (found,) = read(url, **more)
    assert isinstance(found, Skipped)
    return found.reason
