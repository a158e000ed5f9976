from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from ingest import Progress, Report, ingest, samples_folder
from ingest.split import split
from qa.embedder import Vectors, passage_input
from qa.index import Index
from qa.settings import Settings
from qa.types import Article, Page
from tests.fakes import HashEmbedder


def prose(seed: str, sentences: int = 6) -> str:
    return " ".join(
        f"In the {seed} of day {day} the keeper wrote {day * 7} words in his book." for day in range(sentences)
    )


def row(name: str, text: str | None = None, **fields: Any) -> dict[str, Any]:
    return {"title": f"About {name}", "text": text or prose(name), "url": f"https://o.example/{name}", **fields}


def a_file(path: Path, *rows: dict[str, Any] | str) -> Path:
    path.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in rows), "utf-8")
    return path


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.open(tmp_path / "home", embedder="hash", create=True) as opened:
        yield opened


def counts(report: Report) -> tuple[int, int, int, int]:
    return len(report.added), len(report.updated), len(report.unchanged), len(report.skipped)


def stored(index: Index) -> list[Article]:
    return [index.article(article_id) for article_id in sorted(index.digests())]


class Counting(HashEmbedder):
    """Breaks off, as a user's Ctrl-C does, once it has encoded so many texts."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def encode(self, texts: Sequence[str]) -> Vectors:
        if self.encoded >= self.most:
            raise KeyboardInterrupt
        return super().encode(texts)


def test_the_samples_are_all_accounted_for(index: Index, embedder: HashEmbedder) -> None:
    report = ingest([samples_folder()], index=index, embedder=embedder)
    assert counts(report) == (22, 0, 0, 2)
    assert {each.reason for each in report.skipped} == {"paywall stub", "index page"}
    assert index.count().articles == 22


def test_an_article_comes_back_to_the_character(tmp_path: Path, index: Index, embedder: HashEmbedder) -> None:
    text = f"{prose('morning', 40)}\n\n“Zoë’s lamp,” she said — 3.5 °C.\n\n{prose('evening', 40)}"
    ingest([a_file(tmp_path / "a.jsonl", row("light", text))], index=index, embedder=embedder)
    (article,) = stored(index)
    assert article.text == text
    assert "".join(passage.text for passage in split(article)) == text


def test_passages_are_embedded_with_their_title_in_front(tmp_path: Path, index: Index) -> None:
    seen: list[str] = []

    class Listening(HashEmbedder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            seen.extend(texts)
            return super().encode(texts)

    ingest([a_file(tmp_path / "a.jsonl", row("light"))], index=index, embedder=Listening())
    assert seen == [passage_input(passage) for passage in split(stored(index)[0])]
    assert seen[0].startswith("About light\n")


def test_the_same_articles_again_change_nothing_and_need_no_model(tmp_path: Path, index: Index) -> None:
    path = a_file(tmp_path / "a.jsonl", row("light"), row("dark"))
    first = HashEmbedder()
    assert counts(ingest([path], index=index, embedder=first)) == (2, 0, 0, 0)
    second = HashEmbedder()
    assert counts(ingest([path], index=index, embedder=second)) == (0, 0, 2, 0)
    assert (first.encoded > 0, second.encoded) == (True, 0)


def test_a_changed_article_replaces_its_passages(tmp_path: Path, index: Index, embedder: HashEmbedder) -> None:
    ingest([a_file(tmp_path / "a.jsonl", row("light", prose("night", 60)))], index=index, embedder=embedder)
    report = ingest([a_file(tmp_path / "a.jsonl", row("light", prose("day")))], index=index, embedder=embedder)
    assert counts(report) == (0, 1, 0, 0)
    (article,) = stored(index)
    assert article.text == prose("day")
    assert index.count().passages == len(split(article))


@pytest.mark.parametrize(
    "field", [{"title": "Anew"}, {"author": "Jane Doe"}, {"date": "2022-11-07"}, {"source": "Outlet"}]
)
def test_any_field_that_changed_is_stored(
    tmp_path: Path, index: Index, embedder: HashEmbedder, field: dict[str, str]
) -> None:
    ingest([a_file(tmp_path / "a.jsonl", row("light"))], index=index, embedder=embedder)
    report = ingest([a_file(tmp_path / "a.jsonl", row("light", **field))], index=index, embedder=embedder)
    assert counts(report)[:3] == (0, 1, 0)


def test_of_two_with_one_address_the_later_stays_whatever_the_order(tmp_path: Path, embedder: HashEmbedder) -> None:
    versions = [
        row("light", prose("long", 9), date="2022-11-07"),
        row("light", prose("short"), date="2022-11-09"),
        row("light", prose("longest", 20)),
    ]
    for number, order in enumerate(permutations(versions)):
        path = a_file(tmp_path / f"{number}.jsonl", *order)
        with Index.open(tmp_path / str(number), embedder="hash", create=True) as index:
            assert len(ingest([path], index=index, embedder=embedder).added) == 1
            assert stored(index)[0].text == prose("short")
            assert len(ingest([path], index=index, embedder=embedder).unchanged) == 1


def test_of_two_with_one_id_the_one_that_gives_way_is_named(
    tmp_path: Path, index: Index, embedder: HashEmbedder
) -> None:
    rows = [{**row("light", prose("short")), "id": "1"}, {**row("dark", prose("long", 12)), "id": "1"}]
    path = a_file(tmp_path / "a.jsonl", *rows, rows[1])
    report = ingest([path], index=index, embedder=embedder)
    assert [each.title for each in report.added] == ["About dark"]
    (beaten,) = report.skipped
    assert (beaten.origin, beaten.reason) == (f"{path}:1", "same id")
    assert f"{path}:2" in beaten.message


def test_a_lone_surrogate_in_a_title_is_left_out(tmp_path: Path, index: Index, embedder: HashEmbedder) -> None:
    path = a_file(tmp_path / "a.jsonl", {**row("light"), "title": "The \ud800light", "author": "Jane \udfffDoe"})
    assert [each.title for each in ingest([path], index=index, embedder=embedder).added] == ["The light"]


def test_where_nothing_is_found_no_home_is_made(tmp_path: Path) -> None:
    report = ingest([tmp_path / "missing"], settings=Settings(home=tmp_path / "home"))
    assert [each.reason for each in report.skipped] == ["not found"]
    assert not (tmp_path / "home").exists()


def test_a_stub_never_replaces_the_whole_article(tmp_path: Path, index: Index, embedder: HashEmbedder) -> None:
    ingest([a_file(tmp_path / "a.jsonl", row("light"))], index=index, embedder=embedder)
    stub = row("light", "The keeper wrote.")
    report = ingest([a_file(tmp_path / "a.jsonl", stub)], index=index, embedder=embedder)
    assert counts(report) == (0, 0, 0, 1)
    assert stored(index)[0].text == prose("light")


def test_one_bad_article_never_stops_the_rest(tmp_path: Path, index: Index, embedder: HashEmbedder) -> None:
    (tmp_path / "in").mkdir()
    a_file(tmp_path / "in" / "a.jsonl", row("light"), "{bad", row("dark"))
    (tmp_path / "in" / "empty.html").write_bytes(b"")
    (tmp_path / "in" / "noise.txt").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "in" / "broken.txt").write_bytes(
        f"About the tower\n\n{prose('mist')} Caf\xe9".encode() + b"\xff\xfe tail."
    )
    with (tmp_path / "in" / "large.html").open("wb") as large:
        large.truncate(50_000_000)
    report = ingest([tmp_path / "in", tmp_path / "missing"], index=index, embedder=embedder)
    assert len(report.added) == 3
    assert {(Path(each.origin).name, each.reason) for each in report.skipped} == {
        ("a.jsonl:2", "broken JSON"),
        ("empty.html", "empty"),
        ("noise.txt", "binary file"),
        ("large.html", "too large"),
        ("missing", "not found"),
    }
    assert all(each.message for each in report.skipped)


def test_a_page_that_makes_the_cleaning_fail_is_skipped_as_an_error(index: Index, embedder: HashEmbedder) -> None:
    impossible = Page("odd", prose("mist"), hints=7)  # type: ignore[arg-type]
    good = Page("good", f"About the light\n\n{prose('light')}")
    report = ingest([impossible, good], index=index, embedder=embedder)
    assert [(each.origin, each.reason) for each in report.skipped] == [("odd", "error")]
    assert [each.origin for each in report.added] == ["good"]


def test_an_input_that_makes_the_reading_fail_is_skipped_as_an_error(index: Index, embedder: HashEmbedder) -> None:
    good = Page("good", f"About the light\n\n{prose('light')}")
    report = ingest([good, 7], index=index, embedder=embedder)  # type: ignore[list-item]
    assert [each.reason for each in report.skipped] == ["error"]
    assert [each.origin for each in report.added] == ["good"]


def test_what_was_stored_before_an_interruption_stays(tmp_path: Path, index: Index) -> None:
    path = a_file(tmp_path / "a.jsonl", *(row(f"light {n}", prose(str(n), 60)) for n in range(80)))
    with pytest.raises(KeyboardInterrupt):
        ingest([path], index=index, embedder=Counting(300))
    kept = index.count().articles
    assert 0 < kept < 80
    report = ingest([path], index=index, embedder=HashEmbedder())
    assert (len(report.added), len(report.unchanged)) == (80 - kept, kept)


def test_progress_counts_up_to_all_passages(tmp_path: Path, index: Index, embedder: HashEmbedder) -> None:
    told: list[Progress] = []
    path = a_file(tmp_path / "a.jsonl", *(row(f"light {n}", prose(str(n), 40)) for n in range(30)))
    ingest([path], index=index, embedder=embedder, progress=told.append)
    assert [each.passages for each in told] == sorted(each.passages for each in told)
    assert [each.seconds for each in told] == sorted(each.seconds for each in told)
    last = told[-1]
    assert (last.articles, last.passages, last.passages_total) == (30, index.count().passages, index.count().passages)
    assert len({each.passages for each in told}) > 2


def test_a_folder_without_articles_is_an_empty_report(tmp_path: Path, index: Index, embedder: HashEmbedder) -> None:
    (tmp_path / "in").mkdir()
    assert counts(ingest([tmp_path / "in"], index=index, embedder=embedder)) == (0, 0, 0, 0)


def test_a_report_is_json(tmp_path: Path, index: Index, embedder: HashEmbedder) -> None:
    path = a_file(tmp_path / "a.jsonl", row("light"), "{bad")
    shown = json.loads(json.dumps(ingest([path], index=index, embedder=embedder).to_json()))
    assert [each["title"] for each in shown["added"]] == ["About light"]
    assert shown["skipped"][0].keys() == {"origin", "reason", "message", "url", "article_id", "title"}
    assert shown["skipped"][0]["origin"] == f"{path}:2"
    assert shown["seconds"] >= 0
