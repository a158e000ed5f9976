"""An index that is read while other processes write to it, die, or put another home in its place."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from qa.errors import NoIndex
from qa.home import Home
from qa.index import Index
from qa.records import Entry
from qa.stores import is_whole
from qa.types import Article, Passage, Query
from tests.command import ROOT
from tests.fakes import HashEmbedder
from tests.test_index import an_entry, cut_off, put

DIES = """
import os, sys
from pathlib import Path
from qa.index import Index
from tests.test_index import an_entry

with Index.open(Path(sys.argv[1]), embedder="hash") as index, index.writing("ingest") as writer:
    writer.put([an_entry("whole", "The tunnel was closed.")])
    with index.stores.step():
        index.stores.chroma.put([an_entry("half", "The bridge was closed.\\n\\nTwelve people waited.")])
        index.stores.chroma.delete(["half:1"])
        os._exit(9)
"""
SWAPS = """
import sys
from pathlib import Path
from qa.index import Index
from tests.test_index_readers import long

with Index.open(Path(sys.argv[1]), embedder="hash") as index, index.writing() as writer:
    for turn in range(5):
        writer.put([long("late", 260) if turn % 2 else long("early", 180)])
"""
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    put(tmp_path / "home", an_entry())
    return tmp_path / "home"


def long(word: str, count: int) -> Entry:
    """An article of many passages that all have a word."""
    texts = [f"{word} sentence {n}.\n" for n in range(count)]
    starts = np.cumsum([0, *map(len, texts)]).tolist()
    article = Article("long", f"It was {word}", "".join(texts))
    passages = tuple(
        Passage(f"long:{n}", "long", text, starts[n], starts[n + 1], article.title, None, None, (), None)
        for n, text in enumerate(texts)
    )
    return Entry(article, f"digest {word}", passages, HashEmbedder().encode(texts))


def python(code: str, home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code, str(home)], cwd=ROOT)


def test_a_reader_puts_in_order_what_a_dead_writer_left_and_sees_what_it_had_finished(home: Path) -> None:
    with Index.open(home, embedder="hash") as reader:
        assert set(reader.digests()) == {"a"}
        assert python(DIES, home).wait(timeout=60) == 9
        assert Home(home).generation() % 2 == 1
        assert set(reader.digests()) == {"a", "whole"}
        assert Home(home).generation() % 2 == 0
        assert reader.lexical(Query("bridge", NOW), 5) == []
        assert reader.lexical(Query("tunnel", NOW), 5)[0].passage.article_id == "whole"


def test_a_step_that_a_live_writer_is_at_is_left_to_it(home: Path) -> None:
    with Index.open(home, embedder="hash") as reader, Index.open(home, embedder="hash") as writer:
        with writer.writing() as pen:
            with writer.stores.step():
                assert set(reader.digests()) == {"a"}
                begun = time.perf_counter()
                for _ in range(20):
                    reader.passages(["a:0"])
                assert time.perf_counter() - begun < 1
            pen.put([an_entry("b", "The bridge was closed.")])
        assert set(reader.digests()) == {"a", "b"}


def test_a_reader_that_can_not_put_a_home_in_order_reads_on(home: Path) -> None:
    with Index.open(home, embedder="hash") as reader:
        cut_off(home)
        (home / "lock").unlink()
        (home / "lock").mkdir()  # as where no file may be written: even root can't lock a folder
        assert reader.article("a") == an_entry().article
        assert reader.article("a") == an_entry().article


def test_a_home_that_was_made_anew_with_the_same_number_of_steps_is_noticed(home: Path) -> None:
    with Index.open(home, embedder="hash") as reader:
        before = Home(home).generation()
        shutil.rmtree(home)
        with pytest.raises(NoIndex):
            reader.count()
        put(home, an_entry("b", "The bridge was closed."))
        assert Home(home).generation() == before
        assert set(reader.digests()) == {"b"}
        assert reader.lexical(Query("ferry", NOW), 5) == []
        assert reader.lexical(Query("bridge", NOW), 5)[0].passage.article_id == "b"


@pytest.mark.slow
def test_while_an_article_is_replaced_it_is_read_whole_old_or_new(home: Path) -> None:
    put(home, long("late", 260))
    with Index.open(home, embedder="hash") as reader:
        process = python(SWAPS, home)
        read = set()
        while process.poll() is None:
            read.add((reader.article("long").text, len(reader.passages_of("long")) in (180, 260)))
        assert process.returncode == 0
    assert read <= {(long("late", 260).article.text, True), (long("early", 180).article.text, True)}


def test_what_stays_half_replaced_is_read_as_the_version_before(home: Path) -> None:
    put(home, long("late", 5))
    with Index.open(home, embedder="hash") as index:
        index.stores.chroma.put([long("early", 8)])
        index.stores.chroma.delete(["long:6"])  # as if a writer had died before it, and nobody might put it in order
        assert index.article("long").text == long("late", 5).article.text
        assert [passage.id for passage in index.passages_of("long")] == [f"long@digest late:{n}" for n in range(5)]


@pytest.mark.parametrize(("numbers", "whole"), [([0, 1, 2], True), ([0, 2], False), ([0, 1], False), ([], False)])
def test_an_article_is_whole_with_all_its_passages(numbers: list[int], whole: bool) -> None:
    assert is_whole([(f"a:{n}", "text", {"n": n, "passages": 3}) for n in numbers]) is whole
