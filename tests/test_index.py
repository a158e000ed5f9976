from __future__ import annotations

import errno
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import chromadb
import chromadb.config
import pytest

from qa.errors import HomeNotUsable, NoIndex, NoSuchArticle, OtherEmbedder
from qa.faults import reported
from qa.home import Home
from qa.index import Index
from qa.records import Entry
from qa.types import ANYTHING, Article, Filters, Passage, Query
from tests.fakes import HashEmbedder

NOW = datetime(2022, 11, 14, tzinfo=UTC)
FERRY = "The ferry hit the pier at dawn.\n\nTwelve people were hurt, said harbour master Inés Falk. “It was dark.”"


def an_entry(article_id: str = "a", text: str = FERRY, *, day: int | None = 3, publisher: str = "Courier") -> Entry:
    published = datetime(2022, 11, day, tzinfo=UTC) if day else None
    article = Article(article_id, f"Title {article_id}", text, publisher=publisher, published=published)
    cut = text.find("Twelve") if "Twelve" in text else len(text)
    spans = [(0, cut)] + ([(cut, len(text))] if cut < len(text) else [])
    passages = tuple(
        Passage(f"{article_id}:{n}", article_id, text[a:b], a, b, article.title, None, publisher, (), published)
        for n, (a, b) in enumerate(spans)
    )
    return Entry(article, f"digest of {text}", passages, HashEmbedder().encode([p.text for p in passages]))


def put(home: Path, *entries: Entry) -> None:
    with Index.open(home, embedder="hash", create=True) as index, index.writing() as writer:
        writer.put(entries)


def fail_half_way(index: Index, entry: Entry) -> None:
    with reported(index.home.folder), index.stores.step():
        index.stores.chroma.put([entry])
        raise OSError(errno.ENOSPC, "disk full")


def cut_off(home: Path) -> None:
    """As if the writer of a step had died in it."""
    with suppress(KeyboardInterrupt), Home(home).step("hash"):
        raise KeyboardInterrupt


@pytest.fixture
def home(tmp_path: Path) -> Path:
    put(tmp_path, an_entry())
    return tmp_path


def ask(text: str, filters: Filters = ANYTHING, as_of: datetime = NOW) -> Query:
    return Query(text, as_of, filters)


def test_an_article_comes_back_to_the_character(home: Path) -> None:
    with Index.open(home, embedder="hash") as index:
        assert index.article("a") == an_entry().article


def test_a_changed_article_replaces_all_its_passages(home: Path) -> None:
    put(home, an_entry(text="The ferry hit the quay."))
    with Index.open(home, embedder="hash") as index:
        assert index.article("a").text == "The ferry hit the quay."
        assert index.count().passages == 1
        assert index.lexical(ask("harbour master"), 5) == []


def test_what_a_changed_article_no_longer_says_of_itself_is_forgotten(home: Path) -> None:
    changed = an_entry(text="The ferry hit the quay.", publisher="", day=None)
    put(home, changed)
    with Index.open(home, embedder="hash") as index:
        assert index.article("a").published is None
        assert index.passages_of("a") == list(changed.passages)


def test_of_two_articles_with_one_id_in_a_call_the_last_is_stored(home: Path) -> None:
    put(home, an_entry("b", "The bridge was closed."), an_entry("c"), an_entry("b", "The bridge was open."))
    with Index.open(home, embedder="hash") as index:
        assert index.article("b").text == "The bridge was open."
        assert set(index.digests()) == {"a", "b", "c"}
        assert index.count().passages == 5


def test_what_was_removed_is_found_by_neither_search(home: Path) -> None:
    with Index.open(home, embedder="hash") as index:
        with index.writing() as writer:
            writer.remove(["a"])
        assert index.lexical(ask("ferry"), 5) == []
        assert index.dense(ask("ferry"), HashEmbedder().encode(["ferry"])[0], 5) == []


def test_removing_an_unknown_article_removes_nothing(home: Path) -> None:
    with Index.open(home, embedder="hash") as index:
        with pytest.raises(NoSuchArticle), index.writing() as writer:
            writer.remove(["a", "nobody"])
        assert index.count().articles == 1


def test_both_searches_find_words_with_accents_and_case_ignored(home: Path) -> None:
    with Index.open(home, embedder="hash") as index:
        assert index.lexical(ask("INES FALK?"), 5)[0].passage.id == "a:1"
        vector = HashEmbedder().encode(["The ferry hit the pier at dawn."])[0]
        assert index.dense(ask("ferry"), vector, 1)[0].score > 0.9


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (ANYTHING, {"a", "b", "c"}),
        (Filters(publishers=("gazette",)), {"b"}),
        (Filters(since=datetime(2022, 11, 4, tzinfo=UTC)), {"b"}),
        (Filters(until=datetime(2022, 11, 3, tzinfo=UTC)), {"a"}),
        (Filters(articles=("c",)), {"c"}),
        (Filters(publishers=("Courier",), since=datetime(2022, 11, 1, tzinfo=UTC)), {"a"}),
    ],
)
def test_both_searches_keep_to_the_filters(home: Path, filters: Filters, found: set[str]) -> None:
    put(home, an_entry("b", "A ferry sank.", day=9, publisher="Gazette"), an_entry("c", "No ferry today.", day=None))
    with Index.open(home, embedder="hash") as index:
        query = ask("ferry", filters)
        assert {hit.passage.article_id for hit in index.lexical(query, 9)} == found
        vector = HashEmbedder().encode(["ferry"])[0]
        assert {hit.passage.article_id for hit in index.dense(query, vector, 9)} == found
        assert {hit.passage.article_id for hit in index.dense(query, vector, 1)} <= found


def test_dates_hold_within_a_second(home: Path) -> None:
    published = datetime(2022, 11, 3, tzinfo=UTC)
    for since, found in ((published, 1), (published + timedelta(milliseconds=1), 0)):
        with Index.open(home, embedder="hash") as index:
            query = ask("harbour", Filters(since=since))
            assert len(index.lexical(query, 5)) == found
            assert len(index.dense(query, HashEmbedder().encode(["harbour"])[0], 5)) == found * 2


def test_nothing_published_after_the_moment_of_asking_is_found(home: Path) -> None:
    with Index.open(home, embedder="hash") as index:
        before = ask("ferry", as_of=datetime(2022, 11, 2, tzinfo=UTC))
        assert index.lexical(before, 5) == []
        assert index.dense(before, HashEmbedder().encode(["ferry"])[0], 1) == []


def test_an_open_index_sees_what_another_one_writes(home: Path) -> None:
    with Index.open(home, embedder="hash") as reader:
        reader.dense(ask("ferry"), HashEmbedder().encode(["ferry"])[0], 5)
        put(home, an_entry("b", "The bridge was closed."))
        vector = HashEmbedder().encode(["The bridge was closed."])[0]
        assert reader.dense(ask("bridge"), vector, 1)[0].passage.article_id == "b"
        assert reader.lexical(ask("bridge"), 1)[0].passage.article_id == "b"


def test_the_lexical_index_is_made_again_when_it_is_gone(home: Path) -> None:
    import shutil

    shutil.rmtree(home / "lexical")
    with Index.open(home, embedder="hash") as index:
        assert index.lexical(ask("ferry"), 1)[0].passage.article_id == "a"


def test_the_lexical_index_is_made_again_when_it_is_damaged(home: Path) -> None:
    (home / "lexical" / "meta.json").write_text("{")
    with Index.open(home, embedder="hash") as index:
        assert index.lexical(ask("ferry"), 1)[0].passage.article_id == "a"


def test_a_step_that_was_cut_off_is_repaired_at_the_next_opening(home: Path) -> None:
    with Index.open(home, embedder="hash") as index:
        index.stores.chroma.delete(["a:1"])  # as if killed between two records
    cut_off(home)
    put(home, an_entry("b", "The bridge was closed."))
    with Index.open(home, embedder="hash") as index:
        assert set(index.digests()) == {"b"}
        assert index.lexical(ask("ferry"), 5) == []


def test_a_step_that_failed_is_repaired_before_the_next_one(home: Path) -> None:
    with Index.open(home, embedder="hash") as index, index.writing() as writer:
        with pytest.raises(HomeNotUsable, match="disk full"):
            fail_half_way(index, an_entry("b", "The bridge was closed."))
        writer.put([an_entry("c", "The tunnel was closed.")])
        assert index.lexical(ask("bridge"), 5)[0].passage.article_id == "b"
        assert index.home.generation() % 2 == 0


def test_another_embedder_is_refused_with_the_way_out(home: Path) -> None:
    with pytest.raises(OtherEmbedder, match=r"'hash'.*newsdesk reindex --embedder other"):
        Index.open(home, embedder="other")
    with Index.open(home, embedder="hash") as index:
        assert index.count().articles == 1


def test_an_index_of_another_version_is_refused_with_the_way_on(home: Path) -> None:
    quiet = chromadb.config.Settings(anonymized_telemetry=False)
    client: Any = chromadb.PersistentClient(str(home / "chroma"), settings=quiet)
    collection = client.get_collection("passages", embedding_function=None)
    collection.modify(metadata={"embedder": "hash", "passage_format": 0})
    client.close()
    with pytest.raises(OtherEmbedder, match=r"another version of newsdesk.*newsdesk reindex"):
        Index.open(home, embedder="hash")


def test_a_home_without_an_index_is_left_untouched(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="newsdesk ingest"):
        Index.open(tmp_path / "none", embedder="hash")
    assert not (tmp_path / "none").exists()


def test_a_prefix_finds_the_one_article_it_means(home: Path) -> None:
    put(home, an_entry("beta"), an_entry("bet"))
    with Index.open(home, embedder="hash") as index:
        assert index.resolve("beta") == "beta"
        assert index.resolve("bet") == "bet"
        with pytest.raises(NoSuchArticle, match="2 articles begin with 'b'"):
            index.resolve("b")
