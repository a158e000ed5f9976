"""Question and passage read together: how surely each sentence of a passage answers, against that none of it does.

The lower layers of the default embedder read questions and passages apart, so that a passage is read once whatever is
asked of it; copies of its upper layers then read the two together (Cao et al. 2020, DeFormer). These are adapted by
low-rank additions (Hu et al. 2021, LoRA), which lie in `joint.safetensors` with what is added to the layers' input and
made of their output. `python -m evals.joint` trains them, and says on what.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence

from qa.embedder import LEAST_ODDS, MOST_ODDS, Reading, cosines
from qa.errors import ModelNotUsable
from qa.sentences import Span

FILE = Path(__file__).with_name("joint.safetensors")

UPPER = 3
"""How many of the embedder's layers read question and passage together."""

ADAPTED = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""The parts of a layer that are adapted."""

NOTHING = -1e4
"""The score of a sentence beyond the model's window, of which no token was read."""


@dataclass(frozen=True)
class Batch:
    """Pairs of question and passage, as tensors: `states` (pairs, tokens, dimensions), the others (pairs, tokens).

    `there` is false where a shorter pair is filled up; `segment` is 0 for the question's tokens and 1 for the
    passage's; `likest` is the best cosine of a token with those of the other text; `sentence` is the place of the
    token's sentence, -1 for none.
    """

    states: Tensor
    there: Tensor
    segment: Tensor
    likest: Tensor
    sentence: Tensor


class JointNetwork(nn.Module):
    """Layers that read pairs together. It gives the score of each sentence, and of no answer: (pairs, sentences + 1).

    The last column is the one for no answer. Scores are for a softmax over a row.
    """

    def __init__(self, layers: nn.ModuleList, dimensions: int) -> None:
        super().__init__()
        self.layers = layers
        self.segment = nn.Parameter(torch.zeros(2, dimensions))
        self.match = nn.Linear(3, dimensions, bias=False)
        self.mean = nn.Linear(dimensions, 1)
        self.best = nn.Linear(dimensions, 1)
        self.none = nn.Linear(dimensions, 1)

    def forward(self, batch: Batch) -> Tensor:
        """The scores of a batch."""
        likest = torch.stack([batch.likest, batch.likest**2, batch.likest**4], dim=-1)
        states = batch.states + self.segment[batch.segment] + self.match(likest)
        hidden = torch.zeros(batch.there.shape).masked_fill(~batch.there, torch.finfo(states.dtype).min)
        seen = hidden[:, None, None, :].expand(
            -1, 1, hidden.shape[1], -1
        )  # added to what attends, whatever kernel does
        for layer in self.layers:
            states = layer(states, seen)
        places = nn.functional.one_hot(batch.sentence + 1)[:, :, 1:].bool()
        count = places.sum(dim=1)
        best = self.best(states).masked_fill(~places, NOTHING).amax(dim=1)
        mean = (self.mean(states) * places).sum(dim=1) / count.clamp(min=1)
        sentences = (best + mean).masked_fill(count == 0, NOTHING)
        return torch.cat([sentences, self.none(states[:, 0])], dim=1)


class JointReader:
    """Reads a question together with passages that an embedder has read. Safe to share between threads.

    The network is set to evaluation, and stays so.
    """

    def __init__(self, network: JointNetwork) -> None:
        self._network = network.eval()

    def __call__(
        self, question: Reading, passages: Sequence[tuple[Reading, Sequence[Span]]]
    ) -> list[NDArray[np.float64]]:
        """The log-odds of each sentence against no answer in its passage; one array a passage.

        Sentences are in characters of what the embedder read. Raises `ValueError` for readings without `early`.
        """
        wanted = [(question, reading, sentences) for reading, sentences in passages if len(sentences)]
        if not wanted:
            return [np.zeros(0) for _ in passages]
        with torch.inference_mode():
            scores = self._network(batch_of(wanted)).double().numpy()
        against = iter(np.clip(scores[:, :-1] - scores[:, -1:], LEAST_ODDS, MOST_ODDS))
        return [_first(next(against), len(sentences)) if len(sentences) else np.zeros(0) for _, sentences in passages]


def batch_of(pairs: Sequence[tuple[Reading, Reading, Sequence[Span]]]) -> Batch:
    """Questions with passages and the passages' sentences, in characters of what was read."""
    parts = [_pair(*pair) for pair in pairs]
    states, there, segment, likest, sentence = (list(column) for column in zip(*parts, strict=True))
    return Batch(
        pad_sequence(states, batch_first=True),
        pad_sequence(there, batch_first=True),
        pad_sequence(segment, batch_first=True),
        pad_sequence(likest, batch_first=True),
        pad_sequence(sentence, batch_first=True, padding_value=-1),
    )


def _pair(
    question: Reading, passage: Reading, sentences: Sequence[Span]
) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    if question.early is None or passage.early is None:
        raise ValueError("Readings without their early states can't be read together.")
    asked, told = len(question.early), len(passage.early)
    similar = cosines(question, passage)
    likest = np.zeros(asked + told, dtype=np.float32)
    if similar.size:  # the first and the last state of each are of marks, which have no cosine
        likest[1 : asked - 1], likest[asked + 1 : -1] = similar.max(axis=1), similar.max(axis=0)
    place = np.full(asked + told, -1)
    place[asked + 1 : -1] = sentence_of(passage, sentences)
    segment = np.repeat([0, 1], [asked, told])
    return (
        torch.from_numpy(np.concatenate([question.early, passage.early]).astype(np.float32)),
        torch.ones(asked + told, dtype=torch.bool),
        torch.from_numpy(segment),
        torch.from_numpy(likest),
        torch.from_numpy(place),
    )


def sentence_of(passage: Reading, sentences: Sequence[Span]) -> NDArray[np.int64]:
    """The place of the sentence in which each token begins; -1 for one in none of them."""
    starts = passage.spans[:, 0]
    found = np.searchsorted([end for _, end in sentences], starts, side="right")
    firsts = np.asarray([start for start, _ in sentences])[np.minimum(found, len(sentences) - 1)]
    return np.where((found < len(sentences)) & (starts >= firsts), found, -1)


def _first(scores: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """The scores of so many sentences; the last ones may lie beyond what was read of any passage."""
    return np.pad(scores[:count], (0, max(0, count - len(scores))), constant_values=LEAST_ODDS)


def upper_layers(layers: Sequence[nn.Module]) -> nn.ModuleList:
    """Copies of the last layers of an embedder."""
    return nn.ModuleList(copy.deepcopy(layer) for layer in list(layers)[-UPPER:])


def load_joint(network: JointNetwork, path: Path = FILE) -> JointReader:
    """The reader of a network that is given what was learned, from a file as `evals.joint` writes it.

    Raises `ModelNotUsable` when it is not there, or not of this network.
    """
    try:
        told = {name: weights.float() for name, weights in load_file(path).items()}
        _learn(network, told)
    except (OSError, SafetensorError, RuntimeError, ValueError) as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise ModelNotUsable(
            f"The weights in {path.name}, which come with newsdesk, can't be used: {reason}. Install newsdesk again."
        ) from error
    return JointReader(network)


def _learn(network: JointNetwork, told: dict[str, Tensor]) -> None:
    """Give a network what was learned. Raises `ValueError` where that is too little, too much or of another shape."""
    changes: list[tuple[Tensor, Tensor]] = []
    for number, layer in enumerate(network.layers):
        for name in ADAPTED:
            up, down = (_taken(told, f"layers.{number}.{name}.{part}") for part in ("up", "down"))
            weight = layer.get_parameter(f"{name}.weight")
            changes.append((weight, weight + up @ down))
    own = [(name, values) for name, values in network.named_parameters() if not name.startswith("layers.")]
    changes += [(values, _taken(told, name)) for name, values in own]
    if told:
        raise ValueError(f"there is no place for {', '.join(sorted(told))}")
    with torch.no_grad():
        for values, learned in changes:
            if values.shape != learned.shape:
                raise ValueError(f"weights of shape {tuple(learned.shape)} stand for some of {tuple(values.shape)}")
            values.copy_(learned)


def _taken(told: dict[str, Tensor], name: str) -> Tensor:
    if name not in told:
        raise ValueError(f"{name} is missing")
    return told.pop(name)
