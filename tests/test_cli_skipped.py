from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from ingest import ingest
from qa.index import Index
from qa.types import Page
from tests.command import Newsdesk, run
from tests.fakes import HashEmbedder

TEXT = " ".join(f"On day {n} the keeper wrote {n * 7} words in his book." for n in range(9))
URL = "https://o.example/tower"


def a_page(text: str, language: str = "en") -> Page:
    hints = {"title": "The tower", "text": text, "url": URL, "language": language}
    return Page("tower", "", media_type="fields", hints=hints)


@pytest.fixture
def newsdesk(capsys: pytest.CaptureFixture[str]) -> Newsdesk:
    return partial(run, capsys)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NEWSDESK_EMBEDDER", "hash")
    take_in(tmp_path / "home", a_page("The keeper wrote."))
    return tmp_path / "home"


def take_in(home: Path, page: Page) -> None:
    with Index.open(home, embedder="hash", create=True) as index:
        ingest([page], index=index, embedder=HashEmbedder())


def test_what_was_skipped_is_listed_with_the_reason_until_its_article_comes(newsdesk: Newsdesk, home: Path) -> None:
    listed = newsdesk("articles", "--skipped", "--home", home)
    assert "too short" in listed.out
    assert URL in listed.out
    (page,) = json.loads(newsdesk("articles", "--skipped", "--json", "--home", home).out)
    assert (page["reason"], page["url"], page["title"]) == ("too short", URL, "The tower")
    take_in(home, a_page(TEXT))
    assert newsdesk("articles", "--skipped", "--home", home).out.startswith("Nothing was skipped")


def test_a_removed_article_no_longer_hides_what_was_skipped(newsdesk: Newsdesk, home: Path) -> None:
    take_in(home, a_page(TEXT))
    (article,) = json.loads(newsdesk("articles", "--json", "--home", home).out)
    assert newsdesk("remove", article["id"], "--home", home).code == 0
    take_in(home, a_page("The keeper wrote."))
    assert "too short" in newsdesk("articles", "--skipped", "--home", home).out


def test_a_reason_that_nothing_has_is_an_error_that_names_those_there_are(newsdesk: Newsdesk, home: Path) -> None:
    assert "too short" in newsdesk("articles", "--skipped", "--reason", "too short", "--home", home).out
    ran = newsdesk("articles", "--skipped", "--reason", "stub", "--home", home)
    assert (ran.code, "too short" in ran.err) == (1, True)


def test_what_was_skipped_can_be_read_again(newsdesk: Newsdesk, home: Path) -> None:
    ran = newsdesk("ingest", "--skipped", "--quiet", "--home", home)
    assert (ran.code, ran.out.split(" in ")[0]) == (
        0, "0 added, 0 updated, 0 unchanged, 1 skipped (1 too short)")  # fmt: skip


def test_an_article_in_a_language_not_wanted_is_skipped(newsdesk: Newsdesk, tmp_path: Path) -> None:
    row = {"title": "Der Turm", "text": TEXT, "language": "de"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    ran = newsdesk("preview", tmp_path / "a.jsonl", "--languages", "en,fr", "--json")
    assert json.loads(ran.out)["skipped"]["reason"] == "other language"
    assert "article" in json.loads(newsdesk("preview", tmp_path / "a.jsonl", "--languages", "de", "--json").out)
    assert newsdesk("preview", tmp_path / "a.jsonl", "--languages", "german").code == 2


@pytest.mark.parametrize("words", [["ingest"], ["ingest", "x", "--skipped"], ["articles", "--reason", "stub"]])
def test_options_that_do_not_go_together_are_a_usage_error(newsdesk: Newsdesk, words: list[str]) -> None:
    assert newsdesk(*words).code == 2
