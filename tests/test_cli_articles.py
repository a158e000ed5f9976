from __future__ import annotations

import io
import json
import re
import subprocess
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from ingest import ingest
from qa.index import Index
from qa.types import Filters
from tests.command import COMMAND, ROOT, ROWS, Newsdesk, run
from tests.fakes import HashEmbedder
from ui.cli_filters import filters_of, moment
from ui.commands_articles import short_length, size


@pytest.fixture
def newsdesk(capsys: pytest.CaptureFixture[str]) -> Newsdesk:
    return partial(run, capsys)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A collection of three articles, made without a model."""
    rows = tmp_path / "rows.jsonl"
    rows.write_text("\n".join(map(json.dumps, ROWS)))
    with Index.open(tmp_path / "home", embedder="hash", create=True) as index:
        ingest([rows], index=index, embedder=HashEmbedder())
    monkeypatch.setenv("NEWSDESK_EMBEDDER", "hash")
    return tmp_path / "home"


def ids(home: Path) -> list[str]:
    with Index.open(home, embedder="hash") as index:
        return [row.id for row in index.articles()]


def test_a_day_is_its_first_moment_or_its_last_in_utc() -> None:
    assert moment("2022-11-07") == datetime(2022, 11, 7, tzinfo=UTC)
    assert moment("2022-11-07", end_of_day=True) == datetime(2022, 11, 8, tzinfo=UTC) - timedelta(microseconds=1)


def test_a_time_is_meant_to_the_minute_and_keeps_its_zone() -> None:
    assert moment("2022-11-07T18:30", end_of_day=True) == datetime(2022, 11, 7, 18, 30, tzinfo=UTC)
    assert moment("2022-11-07T18:30+01:00") == datetime(2022, 11, 7, 17, 30, tzinfo=UTC)
    assert moment("2022-11-07 18:30Z") == datetime(2022, 11, 7, 18, 30, tzinfo=UTC)


def test_filters_name_each_publisher_once_and_take_both_ends() -> None:
    since, until = moment("2022-11-01"), moment("2022-11-07", end_of_day=True)
    assert filters_of(["A", "B", "A"], since, until) == Filters(("A", "B"), since, until)
    assert not filters_of([], None, None)


@pytest.mark.parametrize("option", ["--since", "--until"])
@pytest.mark.parametrize("text", ["yesterday", "7/11/2022", "2022-13-01", ""])
def test_a_bad_date_is_a_usage_error_with_an_example(newsdesk: Newsdesk, option: str, text: str) -> None:
    ran = newsdesk("articles", option, text)
    assert ran.code == 2
    assert "Write a day, 2022-11-07" in " ".join(ran.err.split())


def test_dates_the_wrong_way_round_are_a_usage_error(newsdesk: Newsdesk) -> None:
    ran = newsdesk("ask", "Who?", "--since", "2022-11-08", "--until", "2022-11-07")
    assert ran.code == 2
    assert "swap them" in ran.err


def test_until_a_day_takes_in_the_whole_day_and_leaves_out_what_has_no_date(newsdesk: Newsdesk, home: Path) -> None:
    rows = json.loads(newsdesk("articles", "--home", home, "--until", "2022-11-07", "--json").out)
    assert [row["publisher"] for row in rows] == ["The Harbour Courier"]


def test_a_publisher_is_found_whatever_its_capitals(newsdesk: Newsdesk, home: Path) -> None:
    rows = json.loads(newsdesk("articles", "--home", home, "--publisher", "le passage", "--json").out)
    assert [row["title"] for row in rows] == ["The second report on the harbour", "The third report on the harbour"]


def test_articles_are_listed_the_newest_first(newsdesk: Newsdesk, home: Path) -> None:
    lines = newsdesk("articles", "--home", home).out.splitlines()
    assert lines[0].split() == ["id", "date", "passages", "publisher", "title"]
    assert [line.split()[1] for line in lines[1:]] == ["2022-11-08", "2022-11-07", "-"]
    assert lines[2].endswith("The Harbour Courier  The first report on the harbour")


def test_an_article_is_shown_by_the_beginning_of_its_id(newsdesk: Newsdesk, home: Path) -> None:
    shown = newsdesk("show", ids(home)[1][:8], "--home", home)
    assert shown.code == 0
    assert "published  7 November 2022, 23:30 UTC\n" in shown.out
    assert "The first report was published" in shown.out


def test_an_article_as_json_has_its_text_to_the_character(newsdesk: Newsdesk, home: Path) -> None:
    article_id = ids(home)[0]
    shown = json.loads(newsdesk("show", article_id, "--home", home, "--json").out)
    with Index.open(home, embedder="hash") as index:
        assert shown["text"] == index.article(article_id).text


def test_an_unknown_article_is_one_clear_line(newsdesk: Newsdesk, home: Path) -> None:
    ran = newsdesk("show", "nope", "--home", home)
    assert (ran.code, ran.out) == (1, "")
    assert re.fullmatch(r"newsdesk: No article 'nope' here\..*\n", ran.err)


def test_removing_says_what_was_removed(newsdesk: Newsdesk, home: Path) -> None:
    first, second, third = ids(home)
    ran = newsdesk("remove", first[:8], third, "--home", home)
    assert ran.out.splitlines() == [
        f"Removed {first}  The second report on the harbour",
        f"Removed {third}  The third report on the harbour",
    ]
    assert ids(home) == [second]


def test_removing_one_that_is_unknown_removes_none(newsdesk: Newsdesk, home: Path) -> None:
    known = ids(home)
    ran = newsdesk("remove", known[0], "nope", "--home", home)
    assert (ran.code, ran.out) == (1, "")
    assert ids(home) == known


def test_removing_as_json(newsdesk: Newsdesk, home: Path) -> None:
    first = ids(home)[0]
    removed = json.loads(newsdesk("remove", first, "--home", home, "--json").out)["removed"]
    assert [row["id"] for row in removed] == [first]


def test_status_says_how_much_is_there_from_whom_from_when_and_made_with_what(newsdesk: Newsdesk, home: Path) -> None:
    fields = dict(line.split(maxsplit=1) for line in newsdesk("status", "--home", home).out.splitlines())
    assert fields["articles"] == "3"
    assert fields["publishers"] == "Le Passage (2), The Harbour Courier (1)"
    assert fields["dates"] == "7 November 2022 to 8 November 2022"
    assert fields["embedder"] == "hash"


def test_status_as_json_has_the_sizes_on_disk_in_bytes(newsdesk: Newsdesk, home: Path) -> None:
    figures = json.loads(newsdesk("status", "--home", home, "--json").out)
    assert figures["first"] == "2022-11-07T23:30:00+00:00"
    assert figures["bytes"]["chroma"] > 1000
    assert figures["bytes"]["tantivy"] > 100


def test_short_ids_tell_all_articles_apart() -> None:
    assert short_length(["0123456789", "0123456780", "f"]) == 10
    assert short_length(["01234567aa", "11234567aa"]) == 8


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 B"), (12_345, "12 kB"), (3_400_000, "3.4 MB"), (250_000_000, "250 MB")]
)
def test_sizes_are_read_at_a_glance(number: int, said: str) -> None:
    assert size(number) == said


def test_the_home_is_accepted_before_and_after_the_command_and_from_the_environment(
    newsdesk: Newsdesk, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = newsdesk("--home", home, "articles"), newsdesk("articles", "--home", home)
    monkeypatch.setenv("NEWSDESK_HOME", str(home))
    assert before == after == newsdesk("articles")
    assert before.code == 0


@pytest.mark.parametrize("arguments", [["--help"], ["articles"], ["status", "--json"]])
def test_a_reader_that_leaves_is_no_error(home: Path, arguments: list[str]) -> None:
    process = subprocess.Popen(
        [*COMMAND, "--home", home, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    process.wait(timeout=60)
    with process.stderr as stderr:
        assert stderr.read() == b""


def test_all_of_a_publisher_are_removed_when_it_is_meant(newsdesk: Newsdesk, home: Path) -> None:
    ran = newsdesk("remove", "--publisher", "le passage", "--yes", "--home", home)
    assert ran.code == 0
    assert ran.out.count("Removed ") == 2
    left = json.loads(newsdesk("articles", "--home", home, "--json").out)
    assert {row["publisher"] for row in left} == {"The Harbour Courier"}


def test_what_is_older_than_a_day_is_removed_and_what_has_no_date_stays(newsdesk: Newsdesk, home: Path) -> None:
    newsdesk("remove", "--older-than", "2022-11-08", "--yes", "--home", home)
    left = json.loads(newsdesk("articles", "--home", home, "--json").out)
    assert sorted(row["published"] is None for row in left) == [False, True]
    assert all(row["published"] is None or row["published"].startswith("2022-11-08") for row in left)


def test_where_nobody_can_be_asked_many_are_not_removed(
    newsdesk: Newsdesk, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    ran = newsdesk("remove", "--publisher", "Le Passage", "--home", home)
    assert ran.code == 1
    assert "2 articles" in ran.err
    assert "--yes" in ran.err
    assert len(json.loads(newsdesk("articles", "--home", home, "--json").out)) == 3


def test_a_dry_run_removes_nothing(newsdesk: Newsdesk, home: Path) -> None:
    ran = newsdesk("remove", "--publisher", "Le Passage", "--dry-run", "--home", home)
    assert ran.out.count("Would remove ") == 2
    assert len(json.loads(newsdesk("articles", "--home", home, "--json").out)) == 3


def test_a_publisher_that_is_not_there_is_named(newsdesk: Newsdesk, home: Path) -> None:
    ran = newsdesk("remove", "--publisher", "Nobody", "--yes", "--home", home)
    assert (ran.code, "Nobody" in ran.err) == (1, True)


def test_ids_and_conditions_are_not_mixed(newsdesk: Newsdesk, home: Path) -> None:
    assert newsdesk("remove", "--home", home).code == 2
    assert newsdesk("remove", "abc", "--publisher", "Le Passage", "--home", home).code == 2
