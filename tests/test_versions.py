from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from ingest import ingest
from qa.answer import Quote
from qa.assistant import Assistant
from qa.build import build_assistant
from qa.citing import as_quoted
from qa.grounding import misquotes
from qa.index import Index
from qa.settings import Settings
from qa.types import Page, now
from qa.versions import Version, in_force, version_of
from tests.command import Newsdesk, run
from tests.fakes import HashEmbedder

AROUND = " ".join(f"On watch {n} the keeper of the Marrow light wrote {n} words in his book." for n in range(9))
NOTE = "Correction: An earlier version of this article gave the number of rescued sailors as nine. It was seven."
OLD = f"The lifeboat rescued nine sailors off the Marrow light.\n\n{AROUND}"
NEW = f"The lifeboat rescued seven sailors off the Marrow light.\n\n{AROUND}\n\n{NOTE}"
QUESTION = "How many sailors did the lifeboat rescue?"


def page(text: str, modified: str) -> Page:
    hints = {"id": "light", "title": "Rescue", "text": text, "published": "2024-05-01", "modified": modified}
    return Page("light", "", media_type="fields", hints=hints)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.open(tmp_path / "home", embedder="hash", create=True) as opened:
        for each in (page(OLD, "2024-05-01"), page(NEW, "2024-05-03")):
            ingest([each], index=opened, embedder=HashEmbedder())
        yield opened


def test_the_version_before_stays_readable_to_the_character(index: Index) -> None:
    old, new = index.versions("light")
    assert (index.article("light", old.digest).text, index.article("light").text) == (OLD, NEW)
    assert index.article("light", new.digest).text == NEW
    assert (old.replaced is not None, new.replaced) == (True, None)


@pytest.mark.parametrize(("day", "number", "text"), [(2, "nine", OLD), (5, "seven", NEW)])
def test_an_answer_quotes_the_version_of_the_moment_of_asking(
    index: Index, tmp_path: Path, day: int, number: str, text: str
) -> None:
    settings = Settings(home=tmp_path / "home", answer_threshold=0)
    desk = build_assistant(settings, index=index, embedder=HashEmbedder())
    answer = desk.ask(QUESTION, as_of=datetime(2024, 5, day, tzinfo=UTC))
    quote = answer.statements[0].quotes[0]
    assert number in quote.text
    assert text[quote.start : quote.end] == quote.text
    assert index.article("light", version_of(quote.passage_id)).text == text
    assert [passage.text in text for passage in index.passages([quote.passage_id])] == [True]


def test_a_correction_is_shown_with_what_is_cited(index: Index, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", answer_threshold=0)
    answer = build_assistant(settings, index=index, embedder=HashEmbedder()).ask(QUESTION)
    assert answer.citations[0].correction == NOTE


def test_show_lists_the_versions_and_shows_an_old_one(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    newsdesk: Newsdesk = partial(run, capsys)
    monkeypatch.setenv("NEWSDESK_HOME", str(tmp_path / "home"))
    shown = newsdesk("show", "light").out
    assert NOTE in shown.split("corrected:")[1]
    told = json.loads(newsdesk("show", "light", "--json").out)
    assert [each["text"] for each in told["corrections"]] == [NOTE]
    first = told["versions"][0]["digest"][:8]
    assert first in shown.split("versions:")[1]
    assert "rescued nine sailors" in newsdesk("show", "light", "--version", first).out
    assert newsdesk("show", "light", "--version", "zz").code == 1


def test_a_removed_article_leaves_no_version_behind(index: Index) -> None:
    with index.writing() as writer:
        writer.remove(["light"])
    assert index.versions("light") == []


def day(number: int) -> datetime:
    return datetime(2024, 5, number, tzinfo=UTC)


def version(digest: str, since: int | None, replaced: int | None = None) -> Version:
    return Version(digest, "Rescue", None, day(since) if since else None, day(replaced) if replaced else None)


@pytest.mark.parametrize(
    ("versions", "at", "digest"),
    [
        ([version("old", 1, 9), version("new", 3)], 2, "old"),
        ([version("old", 1, 9), version("new", 3)], 4, "new"),  # the outlet had it so, though it came here later
        ([version("old", 2, 9), version("new", 3)], 1, None),
        ([version("old", 1, 9), version("new", 1)], 8, "old"),  # changed without a word: as it was here
        ([version("old", 1, 9), version("new", 1)], 9, "new"),
        ([version("old", None, 9), version("new", None)], 8, "old"),
        ([version("old", 1, 9), version("new", None)], 8, "old"),
        ([version("one", 1, 5), version("two", 1, 9), version("new", 1)], 7, "two"),
        ([version("mid", 3, 5), version("late", 1, 9), version("new", 4)], 2, "late"),  # it came after newer ones
        ([version("mid", 3, 5), version("late", 1, 9), version("new", 4)], 8, "new"),
        ([version("old", 5, 6), version("new", 3)], 7, "new"),
        ([version("new", 3)], 1, "new"),
        ([], 1, None),
    ],
)
def test_the_version_in_force_goes_by_the_outlets_times_and_then_by_when_it_was_replaced_here(
    versions: list[Version], at: int, digest: str | None
) -> None:
    found = in_force(versions, day(at))
    assert (found and found.digest) == digest


def desk_of(index: Index, folder: Path) -> Assistant:
    settings = Settings(home=folder / "home", answer_threshold=0)
    return build_assistant(settings, index=index, embedder=HashEmbedder())


def test_a_quote_is_held_to_the_version_it_is_from(index: Index, tmp_path: Path) -> None:
    answer = desk_of(index, tmp_path).ask(QUESTION, as_of=day(2))
    newest, old = index.article("light"), index.versions("light")[0].digest
    assert misquotes(answer, [newest], {old: index.article("light", old)}) == []
    assert misquotes(answer, [newest])
    assert misquotes(answer, [newest], {old: newest})


def test_what_was_quoted_before_a_change_can_be_read_after_it(index: Index) -> None:
    words = "The lifeboat rescued nine sailors"
    before = Quote("light", "light:0", 0, len(words), words, 1)
    assert as_quoted("light", [before], index) == (index.article("light", index.versions("light")[0].digest), True)
    never = replace(before, text="The lifeboat rescued no sailors..")
    assert as_quoted("light", [never], index) == as_quoted("light", [], index) == (index.article("light"), False)


def test_an_old_version_is_shown_with_the_notes_of_its_own_time(index: Index, tmp_path: Path) -> None:
    assert {c.correction for c in desk_of(index, tmp_path).ask(QUESTION, as_of=day(2)).citations} == {None}


def test_an_article_that_was_published_again_is_still_found_as_of_before(tmp_path: Path) -> None:
    other = {"id": "sea", "title": "Calm", "text": f"The sea off the Marrow light was calm.\n\n{AROUND}"}
    with Index.open(tmp_path / "home", embedder="hash", create=True) as index:
        for text, on in ((OLD, "2024-05-01"), (NEW, "2024-05-06")):
            hints = {"id": "light", "title": "Rescue", "text": text, "published": on}
            rows = [hints, {**other, "published": "2024-05-01"}]
            pages = [Page(str(row["id"]), "", media_type="fields", hints=row) for row in rows]
            ingest(pages, index=index, embedder=HashEmbedder())
        desk = desk_of(index, tmp_path)
        assert "nine" in desk.ask(QUESTION, as_of=day(2)).statements[0].text
        assert "seven" in desk.ask(QUESTION, as_of=day(7)).statements[0].text
        assert desk.ask(QUESTION, as_of=datetime(2024, 4, 1, tzinfo=UTC)).citations == ()


def test_an_older_version_that_comes_late_is_kept_behind_the_newest(index: Index) -> None:
    before = index.versions("light")
    late = page("The lifeboat put to sea.\n\n" + AROUND, "2024-04-30")
    ingest([late], index=index, embedder=HashEmbedder())
    old, kept, newest = index.versions("light")
    assert [old, newest] == before
    assert index.article("light", kept.digest).text.startswith("The lifeboat put to sea.")
    assert index.article("light").text == NEW


def test_a_version_that_was_kept_and_then_not_replaced_is_listed_once(index: Index) -> None:
    before = index.versions("light")
    stores = index.stores
    stores.chroma.versions.keep([stores.records("light")], now())  # a writer that died before it stored the new text
    assert index.versions("light") == before
