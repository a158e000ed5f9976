from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.watch import inputs_of, rounds
from tests.web import article

PATIENCE = 20
"""Seconds after which a round that doesn't come is missed."""


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    event = threading.Event()
    late = threading.Timer(PATIENCE, event.set)
    late.start()
    yield event
    late.cancel()
    event.set()


def names(round_: list[str]) -> list[str]:
    return [Path(each).name for each in round_]


def test_first_everything_is_read_and_then_what_changes(tmp_path: Path, stop: threading.Event) -> None:
    (tmp_path / "a.html").write_bytes(article("storm"))
    watched = rounds([str(tmp_path)], watched=True, every=None, stop=stop)
    assert next(watched) == [str(tmp_path)]
    (tmp_path / ".hidden.html").write_bytes(article("fog"))
    (tmp_path / "photo.png").write_bytes(b"")
    (tmp_path / "b.html").write_bytes(article("calm"))
    assert names(next(watched)) == ["b.html"]
    (tmp_path / "a.html").write_bytes(article("fog"))
    assert names(next(watched)) == ["a.html"]


def test_a_feed_is_read_again_with_the_page_that_it_describes(tmp_path: Path, stop: threading.Event) -> None:
    (tmp_path / "feed.xml").write_text("<rss></rss>")
    watched = rounds([str(tmp_path)], watched=True, every=None, stop=stop)
    next(watched)
    (tmp_path / "a.html").write_bytes(article("storm"))
    assert names(next(watched)) == ["a.html", "feed.xml"]


def test_a_folder_that_is_moved_in_is_read(tmp_path: Path, stop: threading.Event) -> None:
    (tmp_path / "watched").mkdir()
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "a.html").write_bytes(article("storm"))
    watched = rounds([str(tmp_path / "watched")], watched=True, every=None, stop=stop)
    next(watched)
    (tmp_path / "new").rename(tmp_path / "watched" / "new")
    assert "new" in names(next(watched))


def test_what_is_gone_is_not_read(tmp_path: Path) -> None:
    from watchfiles import Change

    gone = {(Change.deleted, str(tmp_path / "a.html")), (Change.modified, str(tmp_path / "b.html"))}
    assert inputs_of(gone, [tmp_path]) == []


def test_everything_is_read_again_every_so_often(tmp_path: Path, stop: threading.Event) -> None:
    polled = rounds([str(tmp_path), "https://o.example/feed"], watched=False, every=0.2, stop=stop)
    assert [next(polled) for _ in range(3)] == [[str(tmp_path), "https://o.example/feed"]] * 3


def test_with_folders_watched_only_addresses_are_read_every_so_often(tmp_path: Path, stop: threading.Event) -> None:
    polled = rounds([str(tmp_path), "https://o.example/feed"], watched=True, every=0.2, stop=stop)
    assert next(polled) == [str(tmp_path), "https://o.example/feed"]
    assert next(polled) == ["https://o.example/feed"]


@pytest.mark.parametrize("watched", [True, False])
def test_it_ends_when_it_is_told_to(tmp_path: Path, watched: bool) -> None:
    stop = threading.Event()
    endless = rounds([str(tmp_path)], watched=watched, every=None if watched else 60, stop=stop)
    next(endless)
    threading.Timer(0.3, stop.set).start()
    assert list(endless) == []
