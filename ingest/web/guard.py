"""Which addresses on the web may be asked for a page. What a page links to must not reach the reader's own network.

A host is looked up once for each connection, and the connection goes to the address that was checked: a name that
answers differently the second time (DNS rebinding) gains nothing by it.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Collection, Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

SCHEMES = {"http": 80, "https": 443}
PORTS = frozenset(SCHEMES.values())
NAT64 = IPv6Network("64:ff9b::/96")
COMPATIBLE = IPv6Network("::/96")

Resolve = Callable[[str, int], Iterable[str]]
"""The numeric addresses of a host, best first. Raises `OSError` for a host that isn't known."""


class NotFetched(Exception):
    """Why an address brought no page: a short reason to count by, and a message that says what to do."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(f"{reason}: {message}")
        self.reason = reason
        self.message = message


def resolve(host: str, port: int) -> list[str]:
    """The addresses that the system knows of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public internet, and so do the addresses of IPv4 hidden inside it."""
    try:
        parsed = ip_address(address.split("%")[0])  # behind a percent sign stands the network card
    except ValueError:
        return False
    return all(_is_global(each) for each in _with_inner(parsed))


class Guard:
    """Lets through addresses of the public web, and hosts that are allowed by name."""

    def __init__(self, allowed: Collection[str] = (), resolve: Resolve = resolve) -> None:
        self._allowed = {_bare(host) for host in allowed}
        self._resolve = resolve

    def check(self, url: str) -> SplitResult:
        """The parts of a URL. Raises `NotFetched` for one that must not be asked, as far as it shows."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise NotFetched("bad address", f"{error}; check the address") from error
        if parts.scheme not in SCHEMES:
            raise NotFetched("bad address", "only http and https addresses are read")
        if not parts.hostname:
            raise NotFetched("bad address", "it names no host; check the address")
        if parts.username or parts.password:
            raise NotFetched("bad address", "an address with a name or password in it is not read")
        if port not in (None, *PORTS) and not self.allows(parts.hostname):
            raise NotFetched("blocked port", f"only ports 80 and 443 are asked; {_flag(parts.hostname)} allows others")
        return parts

    def allows(self, host: str) -> bool:
        """Whether a host is allowed by name, wherever it is."""
        return _bare(host) in self._allowed

    def addresses(self, host: str, port: int) -> list[str]:
        """The addresses to connect to. Raises `NotFetched` when the host has none, or none that is public."""
        try:
            found = list(self._resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise NotFetched("unknown host", f"no address is known for {host!r}; check its name") from error
        admitted = found if self.allows(host) else [address for address in found if is_public(address)]
        if not admitted:
            raise NotFetched("private address", f"{host!r} is not on the public web; {_flag(host)} allows it")
        return admitted


def _flag(host: str) -> str:
    return f"--allow-host {host}"


def _bare(host: str) -> str:
    """A host's name, without the port that may have been typed behind it."""
    name = host.strip()
    name = name.rpartition(":")[0] if name.count(":") == 1 else name
    return name.strip("[]").rstrip(".").casefold()


def _is_global(address: IPv4Address | IPv6Address) -> bool:
    of_a_site = isinstance(address, IPv6Address) and address.is_site_local  # which Python counts as global
    return address.is_global and not (address.is_multicast or address.is_reserved or of_a_site)


def _with_inner(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """An address, or the IPv4 addresses that one of IPv6 stands for or leads to."""
    if isinstance(address, IPv4Address):
        yield address
        return
    inner = address.ipv4_mapped or address.sixtofour
    if address in NAT64 or (address in COMPATIBLE and int(address) > 1):
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
    if inner:
        yield inner
    else:
        yield address
        yield from address.teredo or ()
