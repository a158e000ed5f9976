"""Train what reads questions and passages together: `python -m evals.joint [--epochs N] [--hold-out]`.

It learns from `data/reading.jsonl`: invented articles, sentence by sentence, each with questions in everyday words that
the article answers (`in` has the places of the sentences that do) or, though they look it, does not. What is asked may
tell by its form alone which of the two it is, and a network that learns the form reads nothing; so questions are put in
pairs (Gardner et al. 2020, contrast sets): to a passage, and to its twin, which differs by one sentence and answers
where the other doesn't. `edits` has such sentences; without one, an answer is taken out of its passage. Only low-rank
additions to the upper layers of the embedder are learned, and what stands before and behind these. With `--hold-out`,
every eighth article is kept for the figures, and nothing is written. It takes more than an hour on two cores, and 8 GB
of memory.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn

from evals.contrast import DATA, Pair, Told, read_articles
from qa.embedder import Reading
from qa.errors import BadInput
from qa.joint import ADAPTED, FILE, JointNetwork, JointReader, batch_of
from qa.models import TransformerEmbedder, load_embedder

RANK = 32
"""Rank of what is added to a matrix of weights."""

RATE, BATCH, WARM = 8e-4, 8, 0.06
"""Highest learning rate, pairs a step, and the share of the steps in which the rate rises before it falls to 0."""

READ_AT_ONCE = 1024
"""Texts read at once."""

SILENT, OTHER = 0.3, 0.25
"""How often a question with a twin is also put to another passage of its article, which doesn't answer it; and any
question to a passage of another article."""


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


def pairs_of(articles: Sequence[Told], rng: random.Random) -> Iterator[Pair]:
    """What is learned from in one round: each question with a passage that answers it or looks it, its twin, and
    others that don't answer it."""
    for place, article in enumerate(articles):
        for asked in article.asked:
            silent = [k for k, gold in enumerate(asked.gold) if not gold]
            if asked.twin:
                yield article.pair(asked, asked.twin.origin)
                yield asked.twin.pair
                silent = [k for k in silent if k != asked.twin.origin] if rng.random() < SILENT else []
            elif any(asked.gold):
                yield article.pair(asked, rng.choice([k for k, gold in enumerate(asked.gold) if gold]))
            if silent:
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
        self._readings = dict(_halved(embedder, list(texts)))
        self.network = adapted(embedder)

    def reading(self, text: str) -> Reading:
        """What was read of a text."""
        kept = self._readings[text]
        assert kept.early is not None
        return replace(kept, tokens=kept.tokens.astype(np.float32), early=kept.early.astype(np.float32))

    def scores(self, batch: Sequence[Pair]) -> Tensor:
        """The network's scores of some pairs, computed in bfloat16, which is half as fast again where a CPU has it."""
        read = [(self.reading(p.question), self.reading(p.passage), p.sentences) for p in batch]
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
        """How often the best sentence of an article answers, how well answered questions are told from others, and how
        often a passage and its twin are both judged right (contrast consistency)."""
        joint = JointReader(self.network)
        right, answered, sure, consistent = [], [], [], []
        for article in articles:
            passages = [(self.reading(p), own) for p, own in zip(article.passages, article.sentences, strict=True)]
            for asked in article.asked:
                question = self.reading(asked.text)
                told = joint(question, passages)
                best = max(range(len(told)), key=lambda k: float(told[k].max()))
                answered.append(any(asked.gold))
                right.append(int(told[best].argmax()) in asked.gold[best])
                sure.append(float(told[best].max()))
                if asked.twin:
                    pair = asked.twin.pair
                    (changed,) = joint(question, [(self.reading(pair.passage), pair.sentences)])
                    judged = (told[asked.twin.origin].max() > 0, changed.max() > 0)
                    consistent.append(judged == (bool(asked.gold[asked.twin.origin]), bool(pair.gold)))
        hits = [hit for hit, known in zip(right, answered, strict=True) if known]
        return {
            "first sentence right": float(np.mean(hits)),
            "AUC": float(roc_auc_score(answered, sure)),
            "passage and twin both judged right": float(np.mean(consistent)),
        }


def _halved(embedder: TransformerEmbedder, texts: list[str]) -> Iterator[tuple[str, Reading]]:
    """Texts with what is read of them, in half precision: there are many."""
    for k in range(0, len(texts), READ_AT_ONCE):
        part = texts[k : k + READ_AT_ONCE]
        for text, reading in zip(part, embedder.read(part), strict=True):
            assert reading.early is not None
            yield (
                text,
                replace(reading, tokens=reading.tokens.astype(np.float16), early=reading.early.astype(np.float16)),
            )


def _read_in(article: Told) -> Iterator[str]:
    """Whatever is read of an article."""
    yield from article.passages
    for asked in article.asked:
        yield asked.text
        if asked.twin:
            yield asked.twin.pair.passage


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
