"""What a site asks of programs that read it. The only file that knows protego."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from urllib.parse import urlsplit

from protego import Protego

LARGEST = 500 * 1024
"""Characters that are read of a robots.txt; RFC 9309 asks for at least as many bytes."""

Ask = Callable[[str], str | None]
"""The robots.txt at an address: empty where there is none, `None` where the site is in trouble."""


class Rules:
    """A site's rules for one program."""

    def __init__(self, text: str, name: str) -> None:
        self._rules = Protego.parse(text[:LARGEST])
        self._name = name

    @property
    def delay(self) -> float | None:
        """The seconds between two requests that the site asks for."""
        return self._rules.crawl_delay(self._name)

    def allows(self, url: str) -> bool:
        """Whether an address may be asked for."""
        return bool(self._rules.can_fetch(url, self._name))


class Robots:
    """The rules of all sites for the program `name`, asked for once each. Safe to share between threads."""

    def __init__(self, name: str, ask: Ask) -> None:
        self._name = name
        self._ask = ask
        self._rules: dict[str, Rules | None] = {}
        self._asking: dict[str, Lock] = {}

    def of(self, url: str) -> Rules | None:
        """The rules of an address's site; `None` when it is in trouble, and nothing is allowed (RFC 9309)."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._asking.setdefault(site, Lock()):
            if site not in self._rules:
                text = self._ask(f"{site}/robots.txt")
                self._rules[site] = None if text is None else Rules(text, self._name)
            return self._rules[site]
