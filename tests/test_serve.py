"""Where the web chat listens, and to whom."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from qa.errors import PortTaken
from tests.desk import Desk
from ui.web import HOST, Served, serve


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


@pytest.fixture(scope="module")
def served(desk: Desk) -> Iterator[Served]:
    with serve(desk, port=0) as served:
        yield served


def test_a_name_that_is_not_this_machine_is_refused(served: Served) -> None:
    request = Request(served.address, headers={"Host": "elsewhere.example"})

    with pytest.raises(HTTPError) as refused:
        urlopen(request, timeout=10)

    refused.value.close()
    assert refused.value.code == 400


def test_a_taken_port_gives_way_to_the_next_free_one(served: Served, desk: Desk) -> None:
    with serve(desk, port=served.port) as other:
        assert served.port < other.port <= served.port + 20
        assert other.address == f"http://127.0.0.1:{other.port}"
        assert urlopen(other.address, timeout=10).status == 200


def test_without_a_free_port_it_says_so(desk: Desk) -> None:
    with socket.socket() as last:
        last.bind((HOST, 65535))
        last.listen()
        with pytest.raises(PortTaken, match="No port from 65535 to 65535 is free"):
            serve(desk, port=65535)
