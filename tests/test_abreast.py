from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from ingest.web.abreast import abreast


@pytest.mark.parametrize("at_once", [1, 2, 8])
def test_sources_are_heard_in_order_however_many_are_at_work(at_once: int) -> None:
    sources = [iter([f"{name}{n}" for n in range(5)]) for name in "abcdef"]
    assert list(abreast(sources, at_once, ahead=2)) == [f"{name}{n}" for name in "abcdef" for n in range(5)]


def test_a_slow_source_does_not_hold_up_the_work_of_the_next() -> None:
    done = threading.Event()

    def slow() -> Iterator[str]:
        yield "late" if done.wait(10) else "never"

    def quick() -> Iterator[str]:
        yield "early"
        done.set()

    assert list(abreast([slow(), quick()])) == ["late", "early"]


def test_when_nobody_listens_any_more_the_sources_stop() -> None:
    heard: list[int] = []

    def endless() -> Iterator[int]:
        while True:
            heard.append(len(heard))
            yield heard[-1]

    listening = abreast([endless()], ahead=2)
    assert next(listening) == 0
    listening.close()  # type: ignore[attr-defined]
    for thread in threading.enumerate():
        if thread.daemon and thread.name.endswith("(run)"):
            thread.join(5)
    assert len(heard) < 10


def test_nothing_comes_of_no_sources() -> None:
    assert list(abreast([])) == []
