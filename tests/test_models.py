from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizer

import qa.models
from qa import Settings
from qa.build import build_searches
from qa.embedder import passage_input
from qa.errors import ModelNotUsable
from qa.index import Index
from qa.models import PACKAGED, TransformerEmbedder, load_embedder, load_reranker
from qa.types import Query, now


def test_vectors_have_unit_length_and_like_texts_are_near(embedder: TransformerEmbedder) -> None:
    ferry, boat, budget = embedder.encode(["The ferry hit a dredger.", "A boat collided.", "The council's budget"])
    assert np.linalg.norm(ferry) == pytest.approx(1.0, abs=1e-5)
    assert ferry @ boat > ferry @ budget


def test_a_reading_says_where_each_token_stands(embedder: TransformerEmbedder) -> None:
    text = "Inés “fled”."
    (reading,) = embedder.read([text])
    assert "".join(text[a:b] for a, b in reading.spans) == text.replace(" ", "")
    assert len(reading.tokens) == len(reading.spans)
    assert np.allclose(reading.vector, embedder.encode([text])[0], atol=1e-5)


def test_texts_of_all_lengths_are_read(embedder: TransformerEmbedder) -> None:
    short, long = embedder.read(["", "word " * 2000])
    assert len(short.tokens) == 0
    assert 200 < len(long.tokens) <= 256


def test_any_folder_with_a_model_can_be_used(tmp_path: Path) -> None:
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "ferry", "pier"]
    (tmp_path / "vocab.txt").write_text("\n".join(words))
    config = BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    BertModel(config).save_pretrained(tmp_path / "bert")
    BertTokenizer(str(tmp_path / "vocab.txt")).save_pretrained(tmp_path / "bert")
    transformer = Transformer(str(tmp_path / "bert"), max_seq_length=16)
    SentenceTransformer(modules=[transformer, Pooling(8)]).save(str(tmp_path / "tiny"))
    tiny = load_embedder(str(tmp_path / "tiny"))
    assert tiny.encode(["ferry pier"]).shape == (1, 8)
    assert len(tiny.read(["ferry pier"])[0].tokens) == 2


def test_a_name_that_is_no_model_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelNotUsable, match=rf"Can't load the embedder .*{PACKAGED}"):
        load_embedder(str(tmp_path / "nothing"))


def test_weights_that_are_not_the_published_ones_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qa.models, "PACKAGED_SHA256", "0" * 64)
    with pytest.raises(ModelNotUsable, match="not the published ones"):
        load_embedder()


@pytest.fixture
def tiny_reranker(tmp_path: Path) -> Path:
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "ferry", "pier", "budget"]
    (tmp_path / "vocab.txt").write_text("\n".join(words))
    config = BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(tmp_path / "cross")
    BertTokenizer(str(tmp_path / "vocab.txt")).save_pretrained(tmp_path / "cross")
    return tmp_path / "cross"


def test_a_reranker_scores_each_text_against_the_question(tiny_reranker: Path) -> None:
    rerank = load_reranker(str(tiny_reranker))
    scores = rerank("ferry", ["pier", "budget budget", "pier"])
    assert len(scores) == 3
    assert scores[0] == pytest.approx(scores[2], abs=1e-5)
    assert rerank("ferry", []) == []


def test_an_assistant_reads_in_the_order_of_its_reranker(
    samples_home: Path, embedder: TransformerEmbedder, tiny_reranker: Path
) -> None:
    settings = Settings(home=samples_home, reranker=str(tiny_reranker))
    query = Query("Who was hurt on the ferry?", now())
    with Index.open(samples_home, embedder=embedder.name) as index:
        searches = build_searches(settings, index, lambda text: embedder.read([text])[0])
        hits = searches["fused"](query, 5)
    rerank = load_reranker(str(tiny_reranker))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert [h.score for h in hits] == pytest.approx(list(rerank(query.text, [passage_input(h.passage) for h in hits])))


def test_a_reranker_that_is_no_model_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelNotUsable, match=r"Can't load the reranker .*cross-encoder"):
        load_reranker(str(tmp_path / "nothing"))
