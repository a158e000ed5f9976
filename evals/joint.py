"""Train what reads questions and passages together: `python -m evals.joint [--epochs N] [--hold-out]`.

It learns from `data/reading.jsonl`: invented articles, sentence by sentence, each with questions in everyday words that
the article answers (`in` has the places of the sentences that do) or, though they look it, does not. What is asked may
tell by its form alone which of the two it is, and a network that learns the form reads nothing; so questions are put in
pairs (Gardner et al. 2020, contrast sets): to a passage, and to its twin, which differs by one sentence and answers
where the other doesn't. `edits` has such sentences; without one, an answer is taken out of its passage. Only low-rank
additions to the upper layers of the embedder are learned, and what stands before and behind these. With `--hold-out`,
every eighth article is kept for the figures, and nothing is written. It takes about an hour on two cores.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn

from ingest.split import split
from qa.embedder import Reading, passage_input, text_offset
from qa.errors import BadInput
from qa.joint import ADAPTED, FILE, JointNetwork, JointReader, batch_of
from qa.models import TransformerEmbedder, load_embedder
from qa.sentences import Span, sentence_spans
from qa.types import Article, Passage

DATA = Path(__file__).with_name("data") / "reading.jsonl"

RANK = 32
"""Rank of what is added to a matrix of weights."""

RATE, BATCH, WARM = 8e-4, 8, 0.06
"""Highest learning rate, pairs a step, and the share of the steps in which the rate rises before it falls to 0."""

SILENT, OTHER = 0.3, 0.25
"""How often a question with a twin is also put to another passage of its article, which doesn't answer it; and any
question to a passage of another article."""


@dataclass(frozen=True)
class Pair:
    """A question, a passage with its sentences, and the places of those that answer."""

    question: str
    passage: str
    sentences: tuple[Span, ...]
    gold: tuple[int, ...]


@dataclass(frozen=True)
class Asked:
    """A question, and the places of the sentences that answer it in each passage of its article.

    `twin` is one of these passages, the one at the place `origin`, with a sentence changed, so that it answers where it
    didn't, or no longer does.
    """

    text: str
    gold: tuple[tuple[int, ...], ...]
    twin: Pair | None = None
    origin: int = 0


@dataclass(frozen=True)
class Told:
    """An article's passages as the embedder is given them, the sentences of each, and what is asked about it."""

    passages: tuple[str, ...]
    sentences: tuple[tuple[Span, ...], ...]
    asked: tuple[Asked, ...]

    def pair(self, asked: Asked, place: int) -> Pair:
        """A question, put to the passage at a place."""
        return Pair(asked.text, self.passages[place], self.sentences[place], asked.gold[place])


class Added(nn.Module):
    """A linear layer with a low-rank addition, which alone is learned."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear.requires_grad_(False)
        self.down = nn.Parameter(torch.randn(RANK, linear.in_features) / math.sqrt(linear.in_features))
        self.up = nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, states: Tensor) -> Tensor:
        """The layer's output, with the addition."""
        added: Tensor = self.linear(states) + states @ self.down.T @ self.up.T
        return added


def read_articles(path: Path) -> list[Told]:
    """The articles of a JSONL file, divided into passages as they would be at ingest.

    Raises `BadInput` when there are none.
    """
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    articles = [_told(json.loads(line)) for line in lines if line.strip()]
    if not articles:
        raise BadInput(f"There are no articles to learn from in {path}. Name a JSONL file with --data.")
    return articles


def _told(row: dict[str, Any]) -> Told:
    text, places = "", []
    for n, sentence in enumerate(row["sentences"]):
        text += ("" if not n else " " if n % 2 else "\n\n") + sentence
        places.append((len(text) - len(sentence), len(text)))
    passages = split(Article(id="1", title=row["title"], text=text))
    edits = {edit["q"]: edit for edit in row.get("edits", [])}
    asked = tuple(
        _asked(question, [places[k] for k in question["in"]], edits.get(n), places, passages)
        for n, question in enumerate(row["questions"])
    )
    return Told(
        tuple(map(passage_input, passages)), tuple(_in_input(p, sentence_spans(p.text)) for p in passages), asked
    )


def _asked(
    question: dict[str, Any],
    wanted: Sequence[Span],
    edit: dict[str, Any] | None,
    places: Sequence[Span],
    passages: Sequence[Passage],
) -> Asked:
    gold = tuple(_answering(p, wanted) for p in passages)
    if edit:
        start, end = places[edit["at"]]
        origin = next(k for k, p in enumerate(passages) if p.start <= start < p.end)
        twin = _with(passages[origin], (start, end), edit)
    elif wanted:
        origin = next(k for k, own in enumerate(gold) if own)
        twin = _without(passages[origin], gold[origin])
    else:
        return Asked(question["q"], gold)
    changed, new = twin
    answering = () if wanted else _answering(changed, [new])
    pair = Pair(question["q"], passage_input(changed), _in_input(changed, sentence_spans(changed.text)), answering)
    return Asked(question["q"], gold, pair if pair.sentences else None, origin)


def _with(passage: Passage, place: Span, edit: dict[str, Any]) -> tuple[Passage, Span]:
    """A passage with a sentence behind another one of its article, or instead of it; and where it stands."""
    start, end = (at - passage.start for at in place)
    before = passage.text[:end] + " " if edit["how"] == "after" else passage.text[:start]
    text = before + edit["s"] + passage.text[end:]
    first = passage.start + len(before)
    return replace(passage, text=text, end=passage.start + len(text)), (first, first + len(edit["s"]))


def _without(passage: Passage, lost: Sequence[int]) -> tuple[Passage, Span]:
    """A passage without some of its sentences; no stretch is new in it."""
    kept = [passage.text[a:b] for n, (a, b) in enumerate(sentence_spans(passage.text)) if n not in lost]
    text = "".join(kept)
    return replace(passage, text=text, end=passage.start + len(text)), (0, 0)


def _answering(passage: Passage, wanted: Sequence[Span]) -> tuple[int, ...]:
    """The places of a passage's sentences that stand in stretches of its article."""
    spans = [(passage.start + a, passage.start + b) for a, b in sentence_spans(passage.text)]
    return tuple(n for n, span in enumerate(spans) if any(_overlap(span, other) for other in wanted))


def _in_input(passage: Passage, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Stretches of a passage, in characters of what the embedder is given of it."""
    offset = text_offset(passage)
    return tuple((start + offset, end + offset) for start, end in spans)


def _overlap(one: Span, other: Span) -> bool:
    """Whether two stretches share more than the white space between sentences."""
    return min(one[1], other[1]) - max(one[0], other[0]) > 2


def pairs_of(articles: Sequence[Told], rng: random.Random) -> Iterator[Pair]:
    """What is learned from in one round: each question with a passage that answers it or looks it, its twin, and
    others that don't answer it."""
    for place, article in enumerate(articles):
        for asked in article.asked:
            silent = [k for k, gold in enumerate(asked.gold) if not gold and (not asked.twin or k != asked.origin)]
            if asked.twin:
                yield article.pair(asked, asked.origin)
                yield asked.twin
            if silent and (not asked.twin or rng.random() < SILENT):
                yield article.pair(asked, rng.choice(silent))
            if rng.random() < OTHER:
                near = [n for n in range(place - 3, place + 4) if n != place]  # articles of one desk stand together
                other = articles[rng.choice([*near, rng.randrange(len(articles))]) % len(articles)]
                if other is not article:
                    k = rng.randrange(len(other.passages))
                    yield Pair(asked.text, other.passages[k], other.sentences[k], ())


def batches(pairs: Sequence[Pair], rng: random.Random) -> list[list[Pair]]:
    """The pairs in random order, but those of a batch about as long as each other."""
    mixed = rng.sample(pairs, len(pairs))
    some = BATCH * 16
    parts = [sorted(mixed[k : k + some], key=lambda p: len(p.passage)) for k in range(0, len(mixed), some)]
    made = [part[k : k + BATCH] for part in parts for k in range(0, len(part), BATCH)]
    return rng.sample(made, len(made))


def loss_of(scores: Tensor, batch: Sequence[Pair]) -> Tensor:
    """How surprising the right answers are, in nats: any of the sentences that answer, or that none does.

    No sentence may lie beyond the embedder's window; those of `data/reading.jsonl` don't.
    """
    wanted = torch.zeros_like(scores, dtype=torch.bool)
    for row, pair in enumerate(batch):
        wanted[row, list(pair.gold) or [-1]] = True
    right = torch.logsumexp(scores.masked_fill(~wanted, -1e5), dim=1)
    return (torch.logsumexp(scores, dim=1) - right).mean()


class Trainer:
    """A network over the embedder's layers, and the readings of all that it is to read."""

    def __init__(self, embedder: TransformerEmbedder, articles: Sequence[Told]) -> None:
        texts = dict.fromkeys(text for article in articles for text in _read_in(article))
        self.readings: dict[str, Reading] = dict(zip(texts, embedder.read(list(texts)), strict=True))
        self.network = adapted(embedder)

    def scores(self, batch: Sequence[Pair]) -> Tensor:
        """The network's scores of some pairs, computed in bfloat16, which is half as fast again where a CPU has it."""
        read = [(self.readings[p.question], self.readings[p.passage], p.sentences) for p in batch]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores: Tensor = self.network(batch_of(read))
        return scores.float()

    def train(self, articles: Sequence[Told], epochs: int, rng: random.Random) -> None:
        """Learn from the articles, in so many rounds."""
        rounds = [batches(list(pairs_of(articles, rng)), rng) for _ in range(epochs)]
        learned = [p for p in self.network.parameters() if p.requires_grad]
        optimizer = torch.optim.AdamW(learned, lr=RATE, weight_decay=0.01)
        steps = sum(map(len, rounds))
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda n: min(1.0, (n + 1) / (WARM * steps)) * (1 - n / steps)
        )
        self.network.train()
        lost: list[float] = []
        for batch in (batch for made in rounds for batch in made):
            loss = loss_of(self.scores(batch), batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(learned, 1.0)
            optimizer.step()
            schedule.step()
            lost.append(loss.item())
            if len(lost) % 100 == 0:
                print(f"step {len(lost)} of {steps}: {np.mean(lost[-100:]):.3f}", file=sys.stderr, flush=True)

    def figures(self, articles: Sequence[Told]) -> dict[str, float]:
        """How often the best sentence of an article answers, and how well answered questions are told from others."""
        joint = JointReader(self.network)
        right, answered, sure = [], [], []
        for article in articles:
            passages = [(self.readings[p], own) for p, own in zip(article.passages, article.sentences, strict=True)]
            for asked in article.asked:
                told = joint(self.readings[asked.text], passages)
                best = max(range(len(told)), key=lambda k: float(told[k].max()))
                answered.append(any(asked.gold))
                right.append(int(told[best].argmax()) in asked.gold[best])
                sure.append(float(told[best].max()))
        hits = [hit for hit, known in zip(right, answered, strict=True) if known]
        return {"first sentence right": float(np.mean(hits)), "AUC": float(roc_auc_score(answered, sure))}


def _read_in(article: Told) -> Iterator[str]:
    """Whatever is read of an article."""
    yield from article.passages
    for asked in article.asked:
        yield asked.text
        if asked.twin:
            yield asked.twin.passage


def adapted(embedder: TransformerEmbedder) -> JointNetwork:
    """A network whose additions are still without effect."""
    network = embedder.untrained_joint().requires_grad_(False)
    for part in (network.segment, *network.match.parameters(), *_heads(network)):
        part.requires_grad_(True)
    nn.init.normal_(network.match.weight, std=0.1)
    for layer in network.layers:
        for name in ADAPTED:
            holder, _, last = name.rpartition(".")
            setattr(layer.get_submodule(holder), last, Added(layer.get_submodule(name)))  # type: ignore[arg-type]
    return network


def _heads(network: JointNetwork) -> Iterator[nn.Parameter]:
    for head in (network.mean, network.best, network.none):
        yield from head.parameters()


def learned(network: JointNetwork) -> dict[str, Tensor]:
    """What was learned, as half-precision numbers by name."""
    return {
        name: weights.detach().half().contiguous()
        for name, weights in network.named_parameters()
        if weights.requires_grad
    }


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=2, help="rounds over the articles (default: 2)")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--hold-out", action="store_true", help="keep every eighth article for the figures")
    group.add_argument("--out", type=Path, default=FILE)
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    torch.manual_seed(0)
    try:
        articles = read_articles(options.data)
    except BadInput as error:
        parser.exit(1, f"{error}\n")
    held = articles[::8] if options.hold_out else []
    kept = [article for article in articles if article not in held]
    trainer = Trainer(load_embedder(), articles)
    trainer.train(kept, options.epochs, random.Random(0))
    if held:
        print(json.dumps(trainer.figures(held), indent=2))
    else:
        save_file(learned(trainer.network), options.out)


if __name__ == "__main__":
    main()
