"""Question and passage read together: what it tells of sentences, and how it is trained."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file

from evals.contrast import DATA, read_articles
from evals.joint import Trainer, batches, learned, pairs_of
from qa.embedder import LEAST_ODDS, Reading
from qa.errors import BadInput, ModelNotUsable
from qa.joint import FILE, JointReader, load_joint, sentence_of
from qa.models import TransformerEmbedder
from qa.sentences import Span
from tests.fakes import HashEmbedder

SENTENCES = (
    "The cable car above Lenz stopped halfway on Monday evening with 19 people aboard.",
    "A bolt in the drive wheel had sheared, the operator said.",
    "Mountain rescuers brought everyone down on ropes within three hours.",
    "Mayor Ada Kuhn called for a hearing.",
)
TEXT = " ".join(SENTENCES)


def spans_of(*sentences: str) -> list[Span]:
    ends = np.cumsum([len(sentence) + 1 for sentence in sentences])
    return [(int(end) - len(s) - 1, int(end)) for end, s in zip(ends, sentences, strict=True)]


@pytest.fixture(scope="module")
def joint(embedder: TransformerEmbedder) -> JointReader:
    found = embedder.joint()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("How many were in the gondola when it got stuck?", 0),
        ("Why did it break down?", 1),
        ("How did the passengers get to the ground?", 2),
        ("What does the mayor want?", 3),
    ],
)
def test_the_sentence_that_answers_leads_in_other_words_too(
    embedder: TransformerEmbedder, joint: JointReader, question: str, place: int
) -> None:
    asked, told = embedder.read([question, TEXT])
    (scores,) = joint(asked, [(told, spans_of(*SENTENCES))])
    assert int(scores.argmax()) == place


def test_a_passage_that_does_not_answer_is_told_from_one_that_does(
    embedder: TransformerEmbedder, joint: JointReader
) -> None:
    right, wrong, told = embedder.read(["Why did the cable car stop?", "When was the cable car built?", TEXT])
    best = [max(joint(asked, [(told, spans_of(*SENTENCES))])[0]) for asked in (right, wrong)]
    assert best[0] > best[1] + 1


def test_a_passage_is_read_alike_whatever_stands_beside_it(embedder: TransformerEmbedder, joint: JointReader) -> None:
    asked, told, other = embedder.read(["Why did it stop?", TEXT, "Short. " * 40])
    passage = (told, spans_of(*SENTENCES))
    (alone,) = joint(asked, [passage])
    empty, beside, _ = joint(asked, [(told, []), passage, (other, [(0, 7)])])
    assert np.allclose(alone, beside, atol=1e-3)
    assert len(empty) == 0


def test_a_sentence_beyond_the_window_does_not_answer(embedder: TransformerEmbedder, joint: JointReader) -> None:
    many = ("Rain fell. " * 150).strip() + " "
    asked, told = embedder.read(["Why did it stop?", many + TEXT])
    (scores,) = joint(asked, [(told, [(0, len(many)), (len(many), len(many) + len(TEXT))])])
    assert scores[1] == LEAST_ODDS


def test_readings_of_another_embedder_cannot_be_read_together(joint: JointReader) -> None:
    asked, told = HashEmbedder().read(["Why?", TEXT])
    with pytest.raises(ValueError, match="early"):
        joint(asked, [(told, spans_of(*SENTENCES))])


@given(st.lists(st.text("ab ", min_size=1, max_size=9), min_size=1, max_size=6))
def test_each_token_belongs_to_the_sentence_in_which_it_begins(sentences: list[str]) -> None:
    text = "".join(sentences)
    ends = np.cumsum([len(s) for s in sentences])
    spans = [(int(end) - len(s), int(end)) for end, s in zip(ends, sentences, strict=True)]
    tokens = np.asarray([(k, k + 1) for k in range(len(text))], dtype=np.int64)
    none = np.zeros((len(text), 2), dtype=np.float32)
    found = sentence_of(Reading(none[0], none, tokens), spans)
    assert all(spans[place][0] <= k < spans[place][1] for k, place in enumerate(found))
    assert set(sentence_of(Reading(none[0], none, tokens), [(0, 1)])[1:]) <= {-1}


def test_the_training_articles_are_whole() -> None:
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    assert len({row["title"] for row in rows}) == len(rows)
    for row in rows:
        places, questions = range(len(row["sentences"])), row["questions"]
        assert all(n in places for question in questions for n in question["in"])
        edits = row.get("edits", [])
        assert len({edit["q"] for edit in edits}) == len(edits)
        for edit in edits:
            assert edit["q"] in range(len(questions))
            assert edit["how"] in ("after", "replace")
            assert edit["at"] in places
            answering = questions[edit["q"]]["in"]
            assert not answering or (answering == [edit["at"]] and edit["how"] == "replace")


def test_a_question_is_answered_in_a_passage_or_in_its_twin_and_not_in_both() -> None:
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()][::40]
    for row, article in zip(rows, read_articles(DATA)[::40], strict=True):
        edits = {edit["q"]: edit["s"] for edit in row.get("edits", [])}
        for n, (question, asked) in enumerate(zip(row["questions"], article.asked, strict=True)):
            assert bool(question["in"]) == any(asked.gold)
            assert (asked.twin is not None) == (bool(question["in"]) or n in edits)
            if asked.twin is None:
                continue
            changed = asked.twin.pair
            assert bool(changed.gold) != bool(asked.gold[asked.twin.origin])
            assert all(place in range(len(changed.sentences)) for place in changed.gold)
            assert edits.get(n, "") in changed.passage
            if changed.gold:
                told = [changed.passage[slice(*changed.sentences[place])] for place in changed.gold]
                assert edits[n] in "".join(told)


def test_a_file_without_articles_is_told(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("\n", encoding="utf-8")
    for name in ("none.jsonl", "missing.jsonl"):
        with pytest.raises(BadInput, match=rf"no articles to learn from in .*{name}"):
            read_articles(tmp_path / name)


def test_a_broken_article_is_told_by_its_line(tmp_path: Path) -> None:
    good = {"title": "Ferry", "sentences": ["The ferry sank."], "questions": [{"q": "What sank?", "in": [0]}]}
    wrong = good | {"questions": [{"q": "What sank?", "in": [4]}]}
    (tmp_path / "broken.jsonl").write_text(f"{json.dumps(good)}\n{json.dumps(wrong)}\n", encoding="utf-8")
    with pytest.raises(BadInput, match="Line 2 is no article to learn from"):
        read_articles(tmp_path / "broken.jsonl")


def test_every_question_is_learned_from_with_a_passage_of_its_article_and_its_twin() -> None:
    articles = read_articles(DATA)[:5]
    pairs = list(pairs_of(articles, random.Random(1)))
    for article in articles:
        for asked in article.asked:
            own = [pair for pair in pairs if pair.question == asked.text and pair.passage in article.passages]
            assert any(pair.gold for pair in own) == any(asked.gold)
            assert own
            assert asked.twin is None or asked.twin.pair in pairs
    made = batches(pairs, random.Random(1))
    assert sorted(id(pair) for batch in made for pair in batch) == sorted(map(id, pairs))


def test_weights_that_are_broken_or_of_another_network_are_told_in_one_line(
    embedder: TransformerEmbedder, tmp_path: Path
) -> None:
    more = load_file(FILE) | {"extra": torch.zeros(1)}
    less = {name: weights for name, weights in load_file(FILE).items() if name != "none.bias"}
    save_file(more, tmp_path / "more.safetensors")
    save_file(less, tmp_path / "less.safetensors")
    save_file(load_file(FILE) | {"segment": torch.zeros(384)}, tmp_path / "shape.safetensors")
    (tmp_path / "broken.safetensors").write_bytes(b"no weights at all")
    reasons = {
        "more": "no place for extra",
        "less": "none.bias is missing",
        "shape": r"\(384,\) stand for some of \(2, 384\)",
        "broken": "",
        "missing": "",
    }
    for name, reason in reasons.items():
        with pytest.raises(
            ModelNotUsable, match=rf"^[^\n]*{name}\.safetensors[^\n]*{reason}[^\n]*Install newsdesk again"
        ):
            load_joint(embedder.untrained_joint(), tmp_path / f"{name}.safetensors")


@pytest.mark.slow
def test_what_was_learned_is_what_is_loaded(embedder: TransformerEmbedder, tmp_path: Path) -> None:
    articles = read_articles(DATA)[:2]
    torch.manual_seed(0)
    trainer = Trainer(embedder, articles)
    (some, *_) = batches(list(pairs_of(articles, random.Random(1))), random.Random(1))
    trainer.train(articles, 1, random.Random(0))
    save_file(learned(trainer.network), tmp_path / "learned.safetensors")
    loaded = load_joint(embedder.untrained_joint(), tmp_path / "learned.safetensors")
    trained = JointReader(trainer.network)
    untrained = JointReader(embedder.untrained_joint())
    for pair in some:
        asked, told = trainer.reading(pair.question), trainer.reading(pair.passage)
        (one,), (other,) = (reader(asked, [(told, pair.sentences)]) for reader in (trained, loaded))
        assert np.allclose(one, other, atol=0.05)
        assert not np.allclose(one, untrained(asked, [(told, pair.sentences)])[0], atol=0.05)
