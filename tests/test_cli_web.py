from __future__ import annotations

import json
import signal
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.command import COMMAND, ROOT, ROWS, Newsdesk, run
from tests.web import HERE, Reply, Server

PATIENCE = 120
"""Seconds after which a command that goes on is ended."""


@pytest.fixture
def newsdesk(capsys: pytest.CaptureFixture[str]) -> Newsdesk:
    return partial(run, capsys)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        yield running


@pytest.fixture
def going(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """`newsdesk ingest --watch` on a folder with one article, as a process of its own."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "0.json").write_text(json.dumps(ROWS[0]))
    options = ["--watch", "--json", "--quiet", "--home", str(tmp_path / "home")]
    command = [*COMMAND, "ingest", str(tmp_path / "in"), *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        late = threading.Timer(PATIENCE, process.kill)
        late.start()
        yield process
        late.cancel()
        process.kill()


def test_an_address_is_ingested_once_its_host_is_allowed(
    newsdesk: Newsdesk, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, home = server.page("/storm", "storm"), tmp_path / "home"
    refused = newsdesk("ingest", url, "--home", home)
    assert refused.code == 1
    assert "--allow-host" in refused.err
    monkeypatch.setenv("NEWSDESK_ALLOW_HOSTS", f"{HERE}, tower.example")
    added = json.loads(newsdesk("ingest", url, "--home", home, "--json").out)["added"]
    assert [each["title"] for each in added] == ["The storm of the tower"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["-", "--watch"], 1, "Standard input"),
        (["https://o.example/feed", "--watch"], 1, "--every 10m"),
        (["gone", "--watch"], 1, "'gone'"),
        (["gone", "--every", "soon"], 2, "30s, 10m, 2h or 1d"),
        (["gone", "--every", "0s"], 2, "30s, 10m, 2h or 1d"),
    ],
)
def test_what_can_not_go_on_says_so_at_once(newsdesk: Newsdesk, arguments: list[str], code: int, said: str) -> None:
    ran = newsdesk("ingest", *arguments)
    assert ran.code == code
    assert said in ran.err


@pytest.mark.slow
def test_a_watched_folder_is_read_until_the_user_ends_it(going: subprocess.Popen[str], tmp_path: Path) -> None:
    assert going.stdout
    assert going.stderr
    assert len(json.loads(going.stdout.readline())["added"]) == 1
    (tmp_path / "in" / "1.json").write_text(json.dumps(ROWS[1]))
    assert [each["title"] for each in json.loads(going.stdout.readline())["added"]] == [ROWS[1]["title"]]
    going.send_signal(signal.SIGINT)
    assert (going.wait(20), going.stderr.read()) == (0, "Stopped.\n")


@pytest.mark.slow
def test_a_feed_is_read_every_so_often_until_the_process_is_to_end(server: Server, tmp_path: Path) -> None:
    server.paths["/feed"] = Reply(b"<rss><channel></channel></rss>")
    options = ["--every", "1s", "--json", "--quiet", "--allow-host", HERE, "--home", str(tmp_path / "home")]
    command = [*COMMAND, "ingest", server.url("/feed"), *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        late = threading.Timer(PATIENCE, process.kill)
        late.start()
        assert process.stdout
        first, second = (json.loads(process.stdout.readline()) for _ in range(2))
        process.terminate()
        assert process.wait(20) == 0
        late.cancel()
    assert [each["reason"] for each in (*first["skipped"], *second["skipped"])] == ["empty", "empty"]
