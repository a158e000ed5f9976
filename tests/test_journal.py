from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import ingest
from ingest.journal import Journal, key_of, packed, unpacked
from qa.index import Index
from qa.types import Page
from tests.fakes import HashEmbedder

TEXT = " ".join(f"On day {n} the keeper wrote {n * 7} words in his book." for n in range(9))
WALL = "<p class='paywall'>Subscribe to continue reading this article.</p>"
URL = "https://o.example/tower"


def a_page(body: str, origin: str = "tower.html", url: str | None = URL) -> Page:
    html = f"<html lang=en><head><title>The tower</title></head><body><article><h1>The tower</h1>{body}</article>"
    return Page(origin, f"{html}</body></html>", url, "html")


WHOLE = a_page(f"<p>{TEXT}</p><p>{TEXT}</p>")
STUB = a_page(f"<p>{TEXT[:120]}</p>{WALL}")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.open(tmp_path / "home", embedder="hash", create=True) as opened:
        yield opened


def quarantined(index: Index) -> list[tuple[str, str]]:
    with Journal(index.home.folder) as journal:
        return [(each.origin, each.reason) for each in journal.skipped()]


def take_in(index: Index, *pages: Page) -> tuple[int, int, int, int]:
    report = ingest(pages, index=index, embedder=HashEmbedder())
    return len(report.added), len(report.updated), len(report.unchanged), len(report.skipped)


def test_a_stub_lies_in_quarantine_until_the_whole_article_comes(index: Index) -> None:
    assert take_in(index, STUB) == (0, 0, 0, 1)
    assert quarantined(index) == [("tower.html", "paywall stub")]
    assert index.count().articles == 0
    assert take_in(index, WHOLE) == (1, 0, 0, 0)
    assert quarantined(index) == []


def test_a_stub_that_comes_later_leaves_the_whole_article_alone(index: Index) -> None:
    take_in(index, WHOLE)
    assert take_in(index, a_page(f"<p>{TEXT[:120]}</p>{WALL}", "again.html")) == (0, 0, 0, 1)
    (article_id,) = index.digests()
    assert TEXT in index.article(article_id).text


def test_what_lies_in_quarantine_can_be_read_again_as_it_was_found(index: Index) -> None:
    take_in(index, STUB)
    with Journal(index.home.folder) as journal:
        assert journal.quarantine() == [STUB]


@pytest.mark.parametrize(
    "page", [WHOLE, Page("a.pdf", b"\x00\xff", None, "text", {"title": "A"}), Page("row", "", media_type="fields")]
)
def test_a_page_comes_out_of_its_packing_as_it_went_in(page: Page) -> None:
    assert unpacked(packed(page) or b"") == page


def test_a_page_too_large_is_not_kept_but_its_reason_is(index: Index) -> None:
    assert take_in(index, Page("noise", b"\x00\xff" * 1_200_000)) == (0, 0, 0, 1)
    with Journal(index.home.folder) as journal:
        assert (len(journal.skipped()), journal.quarantine()) == (1, [])


def test_a_page_is_another_one_when_its_source_or_what_is_wanted_says_so() -> None:
    pages = [WHOLE, STUB, Page(WHOLE.origin, WHOLE.content, "https://o.example/2", "html"),
             Page(WHOLE.origin, WHOLE.content, URL, "html", {"title": "T"})]  # fmt: skip
    keys = {key_of(page) for page in pages} | {key_of(WHOLE, ("en",))}
    assert len(keys) == 5
    assert key_of(WHOLE) == key_of(a_page(f"<p>{TEXT}</p><p>{TEXT}</p>", "elsewhere.html"))


def test_without_its_journal_a_collection_is_told_by_itself(index: Index) -> None:
    take_in(index, WHOLE)
    for file in index.home.folder.glob("pages.sqlite*"):
        file.unlink()
    assert take_in(index, WHOLE) == (0, 0, 1, 0)


def test_a_removed_article_comes_back_when_it_is_ingested_again(index: Index) -> None:
    take_in(index, WHOLE)
    with index.writing() as writer:
        writer.remove(list(index.digests()))
    assert take_in(index, WHOLE) == (1, 0, 0, 0)


def test_of_two_versions_the_one_that_lost_stays_out_at_every_later_run(index: Index) -> None:
    short, long = (Page(name, "", None, "fields", {"id": "1", "title": name, "text": text}) for name, text in
                   (("short", TEXT), ("long", f"{TEXT} {TEXT}")))  # fmt: skip
    for pages in ((short, long), (long, short), (short, long)):
        take_in(index, *pages)
        assert index.article("1").title == "long"
    embedder = HashEmbedder()
    report = ingest([long, short], index=index, embedder=embedder)
    assert ([each.reason for each in report.skipped], embedder.encoded) == (["same id"], 0)


def test_an_older_version_is_kept_behind_the_newer_one(index: Index) -> None:
    newer, older = (Page(day, "", None, "fields", {"id": "1", "title": "T", "text": f"{TEXT} {day}", "published": day})
                    for day in ("2024-05-02", "2024-05-01"))  # fmt: skip
    take_in(index, newer)
    report = ingest([older], index=index, embedder=HashEmbedder())
    assert [each.reason for each in report.skipped] == ["older version"]
    assert index.article("1").text.endswith("2024-05-02")
    assert [version.published and version.published.day for version in index.versions("1")] == [1, 2]
    assert quarantined(index) == []
