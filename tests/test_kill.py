"""An ingest that is killed at any moment: the next one ends with what an undisturbed one would have made."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest import ingest
from qa.index import Index
from qa.types import Query
from tests.command import ROOT
from tests.fakes import HashEmbedder
from tests.stored import vectors_in

MOMENTS = 30
IN_A_ROW = 3
ARTICLES = 60
LONGEST = 1.6
"""Seconds after the first step at which a run is killed at the latest; about as long as one takes."""

CODE = """
import sys, time
from pathlib import Path
from ingest import ingest
from qa.index import Index
from tests.fakes import HashEmbedder

class Slow(HashEmbedder):
    def encode(self, texts):
        time.sleep(0.1)
        return super().encode(texts)

with Index.open(Path(sys.argv[1]), embedder="hash", create=True) as index:
    print("open", flush=True)
    ingest([sys.argv[2]], index=index, embedder=Slow())
"""


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    rows = (
        {
            "url": f"https://news.example/{n}",
            "title": f"Report {n}",
            "text": " ".join(f"Sentence {i} of report {n} is about matter {n * i}." for i in range(40)),
        }
        for n in range(ARTICLES)
    )
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def read_in(home: Path, articles: Path) -> None:
    with Index.open(home, embedder="hash", create=True) as index:
        ingest([articles], index=index, embedder=HashEmbedder())


def collection(home: Path) -> tuple[object, ...]:
    """All that a home holds, as both of its stores tell it."""
    with Index.open(home, embedder="hash") as index:
        ids = sorted(index.digests())
        texts = [index.article(article_id).text for article_id in ids]
        everything = index.count().passages
        query = Query("matter", datetime.now(UTC))
        lexical = {hit.passage.id for hit in index.lexical(query, everything + 10)}
        return ids, texts, everything, len(vectors_in(home)), len(lexical)


def killed_after(seconds: float, home: Path, articles: Path) -> bool:
    """Whether an ingest in a process of its own was still at work when it was killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", CODE, str(home), str(articles)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    process.stdout.readline()
    time.sleep(seconds)
    process.kill()
    process.stdout.close()
    return process.wait(timeout=30) != 0


@pytest.mark.slow
def test_killed_at_any_moment_nothing_is_lost_and_nothing_twice(
    articles: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    undisturbed = tmp_path_factory.mktemp("undisturbed")
    read_in(undisturbed, articles)
    expected = collection(undisturbed)
    assert expected[2] == expected[3] == expected[4]
    moments = random.Random(13)

    def kills_in_a_row(home: Path, seconds: list[float]) -> int:
        killed = sum(killed_after(each, home, articles) for each in seconds)
        read_in(home, articles)
        assert collection(home) == expected, f"after kills at {seconds}"
        return killed

    homes = [tmp_path_factory.mktemp("killed") for _ in range(MOMENTS // IN_A_ROW)]
    rows = [[moments.uniform(0, LONGEST) for _ in range(IN_A_ROW)] for _ in homes]
    with ThreadPoolExecutor(2) as pool:
        killed = sum(pool.map(kills_in_a_row, homes, rows))
    assert killed >= MOMENTS / 3
