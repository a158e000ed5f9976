"""The collection made again: the same articles, other vectors, the old one in service until the end."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import chromadb
import chromadb.config
import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from transformers import BertConfig, BertModel, BertTokenizer

import ingest.reindex
from ingest import ingest as read_in
from ingest.reindex import reindex
from ingest.storing import STEP
from qa import Settings
from qa.current import Current
from qa.embedder import Vectors
from qa.errors import HomeBusy, HomeNotUsable, OtherEmbedder
from qa.home import Home
from qa.index import Index
from qa.stores import Stores
from qa.types import Query
from tests.command import ROOT, run
from tests.fakes import HashEmbedder
from tests.stored import vectors_in

ARTICLES = 90
TEXT = "“The quay will close on Thursday,” said harbour master Inés Falk. "


class Wide(HashEmbedder):
    """Vectors of twice as many dimensions."""

    def __init__(self, name: str = "wide", pause: float = 0.0) -> None:
        super().__init__(name)
        self.pause = pause

    def encode(self, texts: Any) -> Vectors:
        time.sleep(self.pause)
        vectors = super().encode(texts)
        return np.hstack([vectors, vectors]) / np.float32(2**0.5)


KILLED = """
import sys
from pathlib import Path
from ingest.reindex import reindex
from qa import Settings
from tests.test_reindex import Wide

reindex(settings=Settings(home=Path(sys.argv[1])), embedder=Wide(pause=0.1))
"""


def rows(path: Path, count: int = ARTICLES, extra: str = "") -> Path:
    lines = (
        {
            "url": f"https://news.example/{n}",
            "title": f"Report {n}",
            "published": "2022-11-07T10:00:00Z",
            "text": TEXT + " ".join(f"Sentence {i} of report {n} is about matter {n * i}." for i in range(50)) + extra,
        }
        for n in range(count)
    )
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def made(home: Path, count: int = ARTICLES) -> Path:
    """A home whose first article has an old version."""
    with Index.open(home, embedder="hash", create=True) as index:
        read_in([rows(home.parent / "one.jsonl", 1)], index=index, embedder=HashEmbedder())
        changed = rows(home.parent / "all.jsonl", count, " That was put right later.")
        read_in([changed], index=index, embedder=HashEmbedder())
    return home


def holdings(home: Path, embedder: HashEmbedder) -> dict[str, object]:
    """All that a home holds, as both of its stores tell it."""
    dimensions = embedder.encode(["harbour"]).shape[1]
    with Index.open(home, embedder=embedder.name) as index:
        query, count = Query("matter harbour", datetime.now(UTC)), index.count().passages
        old = {i: [v for v in index.versions(i) if v.replaced] for i in sorted(index.digests())}
        return {
            "articles": {i: (digest, index.article(i), index.passages_of(i)) for i, digest in index.digests().items()},
            "versions": [(v, index.article(i, v.digest), index.passages_of(i, v.digest)) for i in old for v in old[i]],
            "reports": index.reports(),
            "dense": {i for i, vector in vectors_in(home).items() if len(vector) == dimensions},
            "lexical": {hit.passage.id for hit in index.lexical(query, count + 9)},
        }  # fmt: skip


def test_another_embedder_makes_the_same_collection_and_the_old_one_goes(tmp_path: Path) -> None:
    home = made(tmp_path / "home", 9)
    before = holdings(home, HashEmbedder())
    done = reindex(settings=Settings(home=home), embedder=Wide())
    assert (done.changed, done.before, done.embedder, done.articles, done.resumed) == (True, "hash", "wide", 9, 0)
    assert holdings(home, Wide()) == before
    assert before["versions"]
    assert len(before["dense"]) == done.passages  # type: ignore[arg-type]
    assert not (home / "chroma").exists()
    assert not (home / "lexical").exists()
    with pytest.raises(OtherEmbedder, match=r"embedder 'wide'.*newsdesk reindex --embedder hash"):
        Index.open(home, embedder="hash")


def test_afterwards_the_settings_name_the_embedder_of_the_home(tmp_path: Path) -> None:
    home = made(tmp_path / "home", 2)
    reindex(settings=Settings(home=home), embedder=Wide())
    assert Settings(home=home).embedder == "wide"
    assert Settings(home=home, embedder="another").embedder == "another"
    assert Settings(home=tmp_path / "none").embedder == Settings.model_fields["embedder"].default


def test_what_is_made_again_can_be_made_again_and_added_to(tmp_path: Path) -> None:
    home = made(tmp_path / "home", 3)
    before = holdings(home, HashEmbedder())
    reindex(settings=Settings(home=home), embedder=Wide())
    reindex(settings=Settings(home=home), embedder=HashEmbedder())
    assert holdings(home, HashEmbedder()) == before
    more = rows(tmp_path / "more.jsonl", 4, " That was put right later.")
    report = read_in([more], settings=Settings(home=home), embedder=HashEmbedder())
    assert (len(report.added), len(report.unchanged)) == (1, 3)


def test_the_old_collection_is_in_service_until_the_new_one_is_whole(tmp_path: Path) -> None:
    home = made(tmp_path / "home", 3)
    seen = []

    class Watching(Wide):
        def encode(self, texts: Any) -> Vectors:
            with Index.open(home, embedder="hash") as index:
                seen.append(index.count().articles)
                with pytest.raises(HomeBusy, match=r"\(reindex, process \d+, since \d\d:\d\d\)"):
                    index.home.locked(patience=0).__enter__()
            return super().encode(texts)

    reindex(settings=Settings(home=home), embedder=Watching())
    assert seen == [3]


def test_an_open_reader_goes_on_with_the_new_collection(tmp_path: Path) -> None:
    home = made(tmp_path / "home", 3)
    with Index.open(home, embedder="hash") as reader:
        before = reader.articles()
        reindex(settings=Settings(home=home), embedder=HashEmbedder(), again=True)
        assert reader.articles() == before
        assert len(reader.lexical(Query("harbour", datetime.now(UTC)), 5)) == 3
        assert reader.home.chroma.parent.name == "collection-1"


def test_a_call_under_which_the_stores_are_replaced_is_answered_by_the_new_ones(tmp_path: Path) -> None:
    home = made(tmp_path / "home", 3)
    asked: list[Stores] = []

    def ask(stores: Stores) -> int:
        asked.append(stores)
        if len(asked) == 1:
            reindex(settings=Settings(home=home), embedder=HashEmbedder(), again=True)
            stores.close()
        return stores.chroma.count()

    with closing(Current(Stores(Home(home), "hash"))) as current:
        found = current.read(ask)
        assert found == current.read(lambda stores: stores.chroma.count()) > 0
    assert [stores.state.stores for stores in asked] == ["", "collection-1"]


def test_an_open_reader_with_another_embedder_says_that_it_must_begin_anew(tmp_path: Path) -> None:
    home = made(tmp_path / "home", 2)
    with Index.open(home, embedder="hash") as reader:
        reindex(settings=Settings(home=home), embedder=Wide())
        with pytest.raises(OtherEmbedder, match=r"made again, with another embedder.*Start this command again"):
            reader.count()


def test_where_nothing_would_change_nothing_is_done(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    done = reindex(settings=Settings(home=made(tmp_path / "home", 2)), embedder=embedder)
    assert not done.changed
    assert embedder.encoded == 0


def test_a_collection_of_an_older_version_is_made_anew_from_what_it_holds(tmp_path: Path) -> None:
    home = made(tmp_path / "home", 2)
    before = holdings(home, HashEmbedder())
    quiet = chromadb.config.Settings(anonymized_telemetry=False)
    client: Any = chromadb.PersistentClient(str(home / "chroma"), settings=quiet)
    collection = client.get_collection("passages", embedding_function=None)
    stored = collection.get(include=["metadatas"])
    bare = [{**data, "said": None, "moments": None} for data in stored["metadatas"]]
    collection.update(ids=stored["ids"], metadatas=bare)
    collection.modify(metadata={"embedder": "hash", "passage_format": 1})
    client.close()
    assert reindex(settings=Settings(home=home), embedder=HashEmbedder()).changed
    assert holdings(home, HashEmbedder()) == before


def test_without_room_for_a_second_collection_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = made(tmp_path / "home", 2)
    monkeypatch.setattr(ingest.reindex, "MARGIN", 1e12)
    with pytest.raises(HomeNotUsable, match=r"needs about \d+ MB.*Free some space"):
        reindex(settings=Settings(home=home), embedder=Wide())
    assert Home(home).state().stores == ""


@pytest.mark.slow
def test_what_changed_since_a_run_was_cut_off_is_made_as_it_is_now(tmp_path: Path) -> None:
    class Stopping(Wide):
        def encode(self, texts: Any) -> Vectors:
            if self.encoded >= STEP:
                raise KeyboardInterrupt
            return super().encode(texts)

    home = made(tmp_path / "home")
    with pytest.raises(KeyboardInterrupt):
        reindex(settings=Settings(home=home), embedder=Stopping())
    with Index.open(home, embedder="hash") as index:
        read_in([rows(tmp_path / "some.jsonl", 60)], index=index, embedder=HashEmbedder())
        with index.writing() as writer:
            writer.remove([row.id for row in index.articles() if row.title in ("Report 5", "Report 80")])
    before = holdings(home, HashEmbedder())
    assert reindex(settings=Settings(home=home), embedder=Wide()).articles == ARTICLES - 2
    assert holdings(home, Wide()) == before


def kill_a_reindex(home: Path) -> None:
    """Once its first step is whole."""
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(home)], cwd=ROOT)
    until = time.monotonic() + 60
    while Home(home / "collection-1").generation() < 2:
        assert time.monotonic() < until
        time.sleep(0.01)
    process.kill()
    assert process.wait(timeout=30) != 0


@pytest.mark.slow
def test_killed_half_way_the_old_one_stays_and_the_next_run_goes_on(tmp_path: Path) -> None:
    home = made(tmp_path / "home")
    before = holdings(home, HashEmbedder())
    kill_a_reindex(home)
    assert holdings(home, HashEmbedder()) == before
    embedder = Wide()
    done = reindex(settings=Settings(home=home), embedder=embedder)
    assert holdings(home, Wide()) == before
    assert done.resumed > 0
    assert embedder.encoded < done.passages


def test_old_stores_that_a_kill_left_behind_go_with_the_next_writer(tmp_path: Path) -> None:
    home = made(tmp_path / "home", 2)
    reindex(settings=Settings(home=home), embedder=Wide())
    (home / "chroma").mkdir()
    with Index.open(home, embedder="wide") as index, index.writing():
        assert not (home / "chroma").exists()
        assert index.home.chroma.exists()


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A model of eight dimensions, in a folder."""
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "harbour", "quay"]
    (tmp_path / "vocab.txt").write_text("\n".join(words))
    config = BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    BertModel(config).save_pretrained(tmp_path / "bert")
    BertTokenizer(str(tmp_path / "vocab.txt")).save_pretrained(tmp_path / "bert")
    transformer = Transformer(str(tmp_path / "bert"), max_seq_length=16)
    SentenceTransformer(modules=[transformer, Pooling(8)]).save(str(tmp_path / "tiny"))
    return tmp_path / "tiny"


def test_the_command_makes_it_again_and_the_other_commands_find_its_embedder(
    tmp_path: Path, tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = made(tmp_path / "home", 2)
    done = run(capsys, "--home", home, "reindex", "--embedder", tiny, "--json", "-q")
    assert done.code == 0, done.err
    assert json.loads(done.out)["embedder"] == str(tiny)
    assert json.loads(run(capsys, "--home", home, "status", "--json").out)["embedder"] == str(tiny)
    assert run(capsys, "--home", home, "ask", "Who spoke of the quay?", "--json").code == 0
    assert "Nothing to do" in run(capsys, "--home", home, "reindex").out


def test_what_is_told_can_be_read_by_programs(tmp_path: Path) -> None:
    done = reindex(settings=Settings(home=made(tmp_path / "home", 2)), embedder=Wide())
    assert json.loads(json.dumps(dataclasses.asdict(done)))["before"] == "hash"
