"""A page from the web, as a considerate reader gets it: allowed, paced, asked again when it fails, not sent twice."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import idna
from tenacity import RetryCallState, Retrying, retry_if_exception_type

from ingest.web.cache import Cache, Kept
from ingest.web.guard import Guard, NotFetched
from ingest.web.pace import Pacer
from ingest.web.robots import Robots
from ingest.web.wire import Limits, Response, Unreachable, get

TRIES = 3
REDIRECTS = 5
MOVED = frozenset({301, 302, 303, 307, 308})
LATER = frozenset({429, 500, 502, 503, 504})
"""Statuses after which the same request may do another time."""

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
"""Seconds before another try that a server may ask for; if it asks for more, the page is left for the next run."""

STATUS = {
    401: ("no access", "the server wants a password"),
    402: ("no access", "the server wants to be paid"),
    403: ("no access", "the server refuses it"),
    404: ("not found", "the server has no such page; check the address"),
    410: ("not found", "the server has removed it"),
    429: ("too many requests", "the server asks to come back later"),
    451: ("no access", "the server may not show it here, for legal reasons"),
}
REFUSED = frozenset({"bad address", "bad certificate", "blocked port", "private address", "unknown host"})
"""Reasons that hold for all pages of a site."""

SAFE = "%/:=&?~#+!$,;'@()*[]"


class TryLater(Unreachable):
    """A server that asks for patience, `wait` seconds if it says how many."""

    def __init__(self, reason: str, message: str, wait: float | None = None) -> None:
        super().__init__(reason, message)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Manners:
    """How servers are asked: under which name, with how many seconds between two requests, within which limits."""

    agent: str = ""
    delay: float = 1.0
    limits: Limits = field(default_factory=Limits)

    @property
    def name(self) -> str:
        """What stands as the user agent: `newsdesk/1.0`, unless another one is given."""
        return self.agent or f"newsdesk/{version('newsdesk')}"


class Fetcher:
    """Gets pages. Safe to share between threads; `sleep` is that of `time`."""

    def __init__(
        self,
        manners: Manners | None = None,
        guard: Guard | None = None,
        cache: Cache | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._manners = manners or Manners()
        self._guard = guard or Guard()
        self._cache = cache or Cache()
        self._sleep = sleep
        self._pacer = Pacer(self._manners.delay, sleep=sleep)
        self._robots = Robots(re.split(r"[/\s]", self._manners.name)[0], self._robots_txt)

    def fetch(self, url: str, *, since: float | None = None) -> Kept:
        """The page at an address. One that was kept after the moment `since` is not asked for again.

        Raises `NotFetched` with the reason.
        """
        kept = self._cache.get(as_ascii(url)) if since is not None else None
        if kept and since is not None and kept.at >= since:
            return kept
        return self._followed(as_ascii(url), self._allowed)

    def close(self) -> None:
        """Close what keeps the pages."""
        self._cache.close()

    def _followed(self, url: str, check: Callable[[str], float | None]) -> Kept:
        """The page that an address leads to; `check` may refuse each address on the way, and gives its delay."""
        asked = url
        for _ in range(REDIRECTS + 1):
            answer = self._patiently(url, check(url))
            if isinstance(answer, Kept):
                self._cache.touch(answer, asked)
                return answer
            if answer.status == 200:
                kept = _kept(url, answer)
                self._cache.put(kept, asked)
                return kept
            url = as_ascii(_joined(url, answer.headers["location"]))
        raise NotFetched("moved too often", f"over {REDIRECTS} redirects; check the address")

    def _allowed(self, url: str) -> float | None:
        self._guard.check(url)
        rules = self._robots.of(url)
        if rules is None:
            raise NotFetched("blocked by robots.txt", "the site's robots.txt can't be had; try again later")
        if not rules.allows(url):
            raise NotFetched("blocked by robots.txt", "the site asks programs not to read this page")
        return rules.delay

    def _robots_txt(self, url: str) -> str | None:
        """A site's robots.txt, empty where it has none, `None` while it is in trouble. Raises what its pages would."""
        try:
            return self._followed(url, lambda _: None).content.decode("utf-8", "replace")
        except TryLater:
            return None
        except NotFetched as error:
            if isinstance(error, Unreachable) or error.reason in REFUSED:
                raise
            return ""

    def _patiently(self, url: str, delay: float | None) -> Response | Kept:
        """An answer, after further tries if it takes them; the kept page where nothing has changed."""
        tries = Retrying(
            retry=retry_if_exception_type(Unreachable),
            stop=lambda state: state.attempt_number >= TRIES or _pause(state) > LONGEST_PAUSE,
            wait=_pause,
            sleep=self._sleep,
            reraise=True,
        )
        answer: Response | Kept = tries(self._once, url, delay)
        return answer

    def _once(self, url: str, delay: float | None) -> Response | Kept:
        host = urlsplit(url).hostname or ""
        kept = self._cache.get(url)
        kept = kept if kept and kept.url == url else None
        with self._pacer.turn(host, delay):
            try:
                answer = get(url, self._headers(kept), self._guard, self._manners.limits)
            except Unreachable:
                self._pacer.heard(host, answered=False)
                raise
        self._pacer.heard(host, answered=True)
        if answer.status == 304 and kept:
            return kept
        if answer.status in LATER:
            raise _later(answer)
        if answer.status != 200 and not (answer.status in MOVED and "location" in answer.headers):
            raise NotFetched(*STATUS.get(answer.status, ("server error", f"the server answered {answer.status}")))
        return answer

    def _headers(self, kept: Kept | None) -> dict[str, str]:
        headers = {"User-Agent": self._manners.name}
        if kept and kept.etag:
            headers["If-None-Match"] = kept.etag
        if kept and kept.modified:
            headers["If-Modified-Since"] = kept.modified
        return headers


def as_ascii(url: str) -> str:
    """A URL as it goes into a request: without fragment, other letters than ASCII encoded. Raises `NotFetched`."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
        if not host.isascii():
            port = f":{parts.port}" if parts.port else ""
            encoded = idna.encode(host, uts46=True).decode()
            parts = parts._replace(netloc=parts.netloc[: parts.netloc.rfind("@") + 1] + encoded + port)
    except ValueError as error:  # idna's errors among them
        raise NotFetched("bad address", f"{error}; check the address") from error
    path, query = (quote(part, safe=SAFE) for part in (parts.path or "/", parts.query))
    return urlunsplit((parts.scheme.lower(), parts.netloc, path, query, ""))


def _kept(url: str, answer: Response) -> Kept:
    header = Message()
    header["content-type"] = answer.headers.get("content-type", "")
    stated = bool(re.match(r"\s*[\w.+-]+/", answer.headers.get("content-type", "")))
    charset = header.get_param("charset")
    return Kept(
        url,
        header.get_content_type() if stated else "",
        answer.content,
        charset if isinstance(charset, str) else None,
        answer.headers.get("etag"),
        answer.headers.get("last-modified"),
    )


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise NotFetched("bad address", f"it leads to {location[:100]!r}, which is none") from error


def _later(answer: Response) -> TryLater:
    reason, message = STATUS.get(answer.status, ("server error", f"the server answered {answer.status}"))
    return TryLater(reason, f"{message}; try again later", retry_after(answer.headers.get("retry-after"), time.time()))


def retry_after(value: str | None, now: float) -> float | None:
    """The seconds that a server asks to wait, which it states as such or as a moment."""
    if not value:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, TypeError):
        return None


def _pause(state: RetryCallState) -> float:
    """The seconds before the next try: as the server says, else longer each time."""
    error = state.outcome.exception() if state.outcome else None
    wait = error.wait if isinstance(error, TryLater) else None
    return FIRST_PAUSE * 2 ** (state.attempt_number - 1) if wait is None else wait
