"""One request, one answer, within bounds of bytes and time. The only file that knows httpcore2.

httpcore2 lets a program make the connection itself: so the address that was checked is the one that is called, while
the host's name still goes into the request and into the check of the certificate.
"""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore2

from ingest.rows import LARGEST
from ingest.web.guard import Guard, NotFetched

CONNECT = 10.0
READ = 15.0
CODINGS = "gzip, deflate"
"""Only what can be unpacked with a bound on its size by the standard library."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a request: seconds until it is whole, and bytes, both as they come and unpacked."""

    seconds: float = 30.0
    size: int = LARGEST


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered; the names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    content: bytes = b""


class Unreachable(NotFetched):
    """No answer, or half of one; it may come the next time."""


def get(url: str, headers: Mapping[str, str], guard: Guard, limits: Limits) -> Response:
    """Ask for a URL, once, without following where it leads.

    Raises `NotFetched`; of that `Unreachable` when another try may do.
    """
    parts = guard.check(url)
    backend = Checked(guard, Deadline(limits.seconds))
    sent = {"Host": parts.netloc, "Accept": "*/*", "Accept-Encoding": CODINGS, "Connection": "close", **headers}
    timeout = {"connect": CONNECT, "read": READ, "write": READ, "pool": CONNECT}
    try:
        with (
            httpcore2.ConnectionPool(ssl_context=_trust(), network_backend=backend) as pool,
            pool.stream("GET", url, headers=list(sent.items()), extensions={"timeout": timeout}) as response,
        ):
            found = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            if response.status != 200:
                return Response(response.status, found)
            return Response(200, found, _body(response.iter_stream(), found, limits))
    except httpcore2.TimeoutException as error:
        raise Unreachable("time-out", f"no whole answer within {limits.seconds:g} s; try again later") from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        doubt = error.args[0] if error.args else None
        if isinstance(doubt, ssl.SSLCertVerificationError):
            said = f"the server can't prove that it is {parts.hostname!r} ({doubt.verify_message.rstrip('.')})"
            raise NotFetched("bad certificate", said) from error
        raise Unreachable("not reachable", f"{_said(error)}; try again later") from error
    except (httpcore2.UnsupportedProtocol, ValueError, TypeError) as error:
        raise NotFetched("bad address", f"{_said(error)}; check the address") from error


class Deadline:
    """The moment until which a request must be whole."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def bound(self, timeout: float | None) -> float:
        """The seconds that a step may take. Raises httpcore2's `ReadTimeout` when none are left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the request took too long")
        return left if timeout is None else min(timeout, left)


class Checked(httpcore2.NetworkBackend):
    """Connects to addresses that the guard admits."""

    def __init__(self, guard: Guard, deadline: Deadline, plain: httpcore2.NetworkBackend | None = None) -> None:
        self._guard = guard
        self._deadline = deadline
        self._plain = plain or httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first address of a host that answers."""
        failed: Exception | None = None
        for address in self._guard.addresses(host, port):
            try:
                stream = self._plain.connect_tcp(
                    address, port, self._deadline.bound(timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
            else:
                return Bounded(stream, self._deadline)
        raise failed or httpcore2.ConnectError("no address")


class Bounded(httpcore2.NetworkStream):
    """A connection whose every step ends at the deadline: a server that drips can't hold on to the reader."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes."""
        return self._stream.read(max_bytes, self._deadline.bound(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._stream.write(buffer, self._deadline.bound(timeout))

    def close(self) -> None:
        """End the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The connection under TLS."""
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.bound(timeout))
        return Bounded(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore2 asks of the socket."""
        return self._stream.get_extra_info(info)


def unpacked(parts: Iterable[bytes], coding: str, most: int) -> Iterator[bytes]:
    """Bytes without their compression. Raises `NotFetched` as soon as they are more than `most`, packed or unpacked."""
    packed = size = 0
    unpack = _unpacker(coding)
    for part in parts:
        packed += len(part)
        plain = unpack(part, most + 1 - size)
        size += len(plain)
        if max(packed, size) > most:
            raise NotFetched("too large", f"no article has over {most / 1_000_000:g} MB")
        yield plain
    if not unpack.whole:
        raise Unreachable("not reachable", "the answer ended half-way; try again later")


class Plain:
    """Bytes as they are."""

    whole = True

    def __call__(self, data: bytes, most: int) -> bytes:
        """The first `most` bytes."""
        return data[:most]


class Inflate:
    """Unpacks gzip and deflate, never more than is asked for at once."""

    def __init__(self, bits: int | None) -> None:
        self._bits = bits
        self._stream: Any = None

    @property
    def whole(self) -> bool:
        """Whether the end was reached, if anything came at all."""
        return self._stream is None or bool(self._stream.eof)

    def __call__(self, data: bytes, most: int) -> bytes:
        """Up to `most` bytes more. Raises `NotFetched` for broken data."""
        if self._stream is None and data:
            # servers send deflate with and without the header that the standard asks for
            bits = self._bits or (zlib.MAX_WBITS if data[0] & 0x0F == 8 else -zlib.MAX_WBITS)
            self._stream = zlib.decompressobj(bits)
        if self.whole:
            return b""
        try:
            return bytes(self._stream.decompress(data, most))
        except zlib.error as error:
            raise NotFetched("not readable", f"its compression is broken ({error})") from error


def _unpacker(coding: str) -> Plain | Inflate:
    name = coding.strip().lower()
    if name in ("", "identity"):
        return Plain()
    if name not in ("gzip", "x-gzip", "deflate"):
        raise NotFetched("not readable", f"it came packed as {name[:20]!r}, which was not asked for")
    return Inflate(None if name == "deflate" else zlib.MAX_WBITS | 32)


def _body(parts: Iterable[bytes], headers: Mapping[str, str], limits: Limits) -> bytes:
    return b"".join(unpacked(parts, headers.get("content-encoding", ""), limits.size))


@cache
def _trust() -> ssl.SSLContext:
    return httpcore2.default_ssl_context()


def _said(error: Exception) -> str:
    return str(error).strip().rstrip(".")[:200] or type(error).__name__
