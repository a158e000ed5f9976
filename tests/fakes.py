"""Stand-ins for what is slow or needs a network; everything else in the tests is real."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import Field

from qa.embedder import Reading, Vectors

DIMENSIONS = 64
WORD = re.compile(r"\w+")


def _direction(word: str) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(word.lower().encode()).digest()[:8], "big")
    vector = np.random.default_rng(seed).standard_normal(DIMENSIONS)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


class HashEmbedder:
    """An embedder that hashes words: texts that share words have similar vectors. It counts the texts it encoded."""

    def __init__(self, name: str = "hash") -> None:
        self.name = name
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        return (
            np.stack([reading.vector for reading in self.read(texts)])
            if texts
            else np.zeros((0, DIMENSIONS), np.float32)
        )

    def read(self, texts: Sequence[str]) -> list[Reading]:
        return [_read(text) for text in texts]

    def joint(self) -> None:
        """It can't."""


def _read(text: str) -> Reading:
    words = list(WORD.finditer(text))
    tokens = np.stack([_direction(w.group()) for w in words]) if words else np.zeros((0, DIMENSIONS), np.float32)
    total = tokens.sum(axis=0) + 1e-6
    return Reading(
        vector=np.asarray(total / np.linalg.norm(total), dtype=np.float32),
        tokens=tokens,
        spans=np.asarray([w.span() for w in words], dtype=np.int64).reshape(-1, 2),
    )


class QueuedChat(BaseChatModel):
    """A chat model with a queue of replies, streamed word by word, that remembers what it was asked.

    An exception in the queue is raised; one inside a list, after the texts before it have been streamed. `log` says in
    which order things happened, for whoever writes to it as well. `took` is told at the end of each reply: tokens read
    and written, and the cost.
    """

    replies: list[Any]
    asked: list[list[BaseMessage]] = Field(default_factory=list)
    log: list[str] = Field(default_factory=list)
    took: tuple[int, int, float] | None = None

    @property
    def _llm_type(self) -> str:
        return "queued"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        text = "".join(str(chunk.message.content) for chunk in self._stream(messages))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])

    def _stream(self, messages: list[BaseMessage], *_: Any, **__: Any) -> Iterator[ChatGenerationChunk]:
        self.asked.append(messages)
        reply = self.replies.pop(0)
        for part in reply if isinstance(reply, list) else [reply]:
            if isinstance(part, Exception):
                raise part
            for word in re.findall(r"\S+\s*|\s+", part):
                self.log.append(f"streamed {word.strip()}")
                yield ChatGenerationChunk(message=AIMessageChunk(content=word))
        if self.took:
            read, wrote, cost = self.took
            counts = UsageMetadata(input_tokens=read, output_tokens=wrote, total_tokens=read + wrote)
            last = AIMessageChunk(content="", usage_metadata=counts, response_metadata={"cost": cost})
            yield ChatGenerationChunk(message=last)
