from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpcore2
import pytest

from ingest.web.guard import Guard, NotFetched, is_public
from ingest.web.wire import Checked, Deadline, Limits, get
from tests.web import HERE, Reply, Server, reason


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        yield running


def refusal(url: str, *allowed: str) -> str:
    with pytest.raises(NotFetched) as refused:
        get(url, {}, Guard(allowed), Limits(2))
    return refused.value.reason


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    """0.0.0.0 127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 198.18.0.1 224.0.0.1 240.0.0.1
    255.255.255.255 :: ::1 fe80::1 fe80::1%eth0 fc00::1 fec0::1 ff02::1 2001:db8::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
    ::127.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2001:0:a00:1::1 tower""".split(),
)
def test_an_address_of_a_house_or_a_machine_or_of_nobody_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://news.example/a", "bad address"),
        ("file:///etc/passwd", "bad address"),
        ("http://", "bad address"),
        ("http://[::1", "bad address"),
        ("http://me:secret@news.example/", "bad address"),
        ("http://news.example:99999/", "bad address"),
        ("http://news.example:8080/", "blocked port"),
        ("http://127.0.0.1/", "private address"),
        ("http://2130706433/", "private address"),
        ("http://0x7f.1/", "private address"),
        ("http://[::1]/", "private address"),
        ("http://[::ffff:127.0.0.1]/", "private address"),
        ("http://169.254.169.254/latest/meta-data/", "private address"),
    ],
)
def test_what_must_not_be_asked_is_refused_with_its_reason(url: str, why: str) -> None:
    assert refusal(url) == why


def test_a_host_that_nobody_knows_is_named() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(NotFetched, match=r"tower\.example"):
        Guard(resolve=resolve).addresses("tower.example", 80)


def test_of_several_addresses_only_the_public_ones_are_called() -> None:
    guard = Guard(resolve=lambda host, port: ["10.0.0.1", "1.1.1.1", "::1"])
    assert guard.addresses("tower.example", 80) == ["1.1.1.1"]


def test_an_allowed_host_may_be_anywhere_and_have_any_port(server: Server) -> None:
    server.page("/a", "storm")
    for allowed in (HERE, f"{HERE}:{server.port}"):
        assert get(server.url("/a"), {}, Guard([allowed]), Limits()).status == 200
    assert refusal(server.url("/a"), "localhost") == "blocked port"


class Nowhere(httpcore2.NetworkBackend):
    """Connects to nothing, and remembers what it should have connected to."""

    def __init__(self) -> None:
        self.called: list[str] = []

    def connect_tcp(self, host: str, *_: Any, **__: Any) -> httpcore2.NetworkStream:
        self.called.append(host)
        raise httpcore2.ConnectError("nowhere")


def test_a_name_that_changes_its_address_after_the_check_gains_nothing() -> None:
    answers = iter([["1.1.1.1", "8.8.8.8"], ["127.0.0.1"]])
    backend = Checked(Guard(resolve=lambda host, port: next(answers)), Deadline(2), nowhere := Nowhere())
    with pytest.raises(httpcore2.ConnectError):
        backend.connect_tcp("tower.example", 80)
    with pytest.raises(NotFetched, match="private address"):
        backend.connect_tcp("tower.example", 80)
    assert nowhere.called == ["1.1.1.1", "8.8.8.8"]


def test_the_server_hears_the_name_though_the_address_is_called(server: Server) -> None:
    server.page("/a", "storm")
    guard = Guard(["tower.example"], resolve=lambda host, port: [HERE])
    get(server.url("/a", "tower.example"), {}, guard, Limits())
    assert server.requests("/a")[0]["host"] == f"tower.example:{server.port}"


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("http://10.0.0.1/a", "private address"),
        ("http://[fe80::1]/a", "private address"),
        ("http://localhost:{port}/a", "blocked port"),
        ("file:///etc/passwd", "bad address"),
        ("//user:word@news.example/", "bad address"),
        ("http://[bad", "bad address"),
        ("/moved", "moved too often"),
    ],
)
def test_a_redirect_is_held_to_the_same_rules(server: Server, target: str, why: str) -> None:
    server.paths["/moved"] = Reply(status=302, headers={"Location": target.format(port=server.port)})
    assert reason(server.url("/moved")) == why
