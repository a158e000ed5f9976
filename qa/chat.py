"""Chat models: loaded by name, and asked. The only file that knows LangChain's way to their providers.

Whatever a provider raises becomes `ModelNotUsable` on loading and `ChatFailed` on asking.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qa.errors import ChatFailed, ModelNotUsable
from qa.prompts import Message
from qa.usage import Meter, Usage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel as BaseChatModel  # others take the type from here
    from langchain_core.messages import AIMessageChunk

log = logging.getLogger(__name__)

MOST_TOKENS = 500
"""Most that a model may write at once: four sentences and their numbers take under 200."""

MOST_CHARACTERS = 4000
"""Where a reply is cut off that its server does not bound."""

PACKAGES = {
    "anthropic": ("langchain-anthropic", "ANTHROPIC_API_KEY"),
    "google_genai": ("langchain-google-genai", "GOOGLE_API_KEY"),
    "mistralai": ("langchain-mistralai", "MISTRAL_API_KEY"),
    "ollama": ("langchain-ollama", None),
    "openai": ("langchain-openai", "OPENAI_API_KEY"),
}
"""What a provider needs: a package, and a variable with a key."""

REFUSED = (400, 422)
"""What a server answers to a request with something in it that it doesn't know."""

NO_KEY = "none"
"""Stands for a key at servers that want none; an empty one would be looked for in the environment."""

FORMS = "openai:NAME, anthropic:NAME, ollama:NAME, or with NEWSDESK_LLM_URL the name that a server gives its model"


def load_chat(name: str, url: str | None = None, *, key: str | None = None, timeout: float = 60.0) -> BaseChatModel:
    """The chat model of that name, `provider:model` as `init_chat_model` takes it; `timeout` is in seconds.

    With `url` it is a model of the OpenAI-compatible server there, under the name that the server gives it, with `key`
    if it wants one: keys of providers in the environment are not sent there. Nothing is asked of it yet. Raises
    `ModelNotUsable` when the name, the provider's package or the key is missing.
    """
    if url:
        name = f"openai:{name.removeprefix('openai:')}"
    provider, _, model = name.partition(":")
    package, variable = PACKAGES.get(provider, (None, None))
    key = key or (NO_KEY if url else os.environ.get(variable) if variable else None)
    if package and not model:
        raise ModelNotUsable(f"{name!r} names no model. Write {provider}:NAME.")
    if variable and not key:
        raise ModelNotUsable(f"The chat model {name!r} needs a key. Set {variable}, or NEWSDESK_LLM_KEY.")
    given: dict[str, Any] = {"base_url": url} if url else {}
    if key:
        given["api_key"] = key
    if provider == "ollama":  # https://reference.langchain.com: ChatOllama has its own names for both
        given |= {"num_predict": MOST_TOKENS, "client_kwargs": {"timeout": timeout}}
    else:
        given |= {"max_tokens": MOST_TOKENS, "timeout": timeout, "max_retries": 1}
    if url:
        given["stream_usage"] = True  # not asked for at other addresses than OpenAI's own, though most servers tell it
    log.info("using the chat model %s", name)
    return _made(name, package, given)


def _made(name: str, package: str | None, given: dict[str, Any]) -> BaseChatModel:
    from langchain.chat_models import init_chat_model  # takes seconds to import

    provider, _, model = name.partition(":")
    model, known = (model, provider) if package else (name, None)
    try:
        made: BaseChatModel = init_chat_model(model, model_provider=known, temperature=0, **given)
    except ImportError as error:
        missing = package or f"langchain-{provider.replace('_', '-')}"
        raise ModelNotUsable(
            f"The chat model {name!r} needs a package that is not installed. Install it with: pip install {missing}"
        ) from error
    except Exception as error:  # each provider raises its own kinds
        raise ModelNotUsable(f"Can't use the chat model {name!r}: {reason(error)} A chat model is {FORMS}.") from error
    return made


def streamed(
    chat: BaseChatModel, messages: Sequence[Message], seconds: float, meter: Meter | None = None
) -> Iterator[str]:
    """A model's reply as it comes, in pieces; `meter` is told what it took, as far as the provider tells.

    Raises `ChatFailed` when it can't be reached, refuses, takes longer than `seconds`, says nothing, or does not end.
    """
    waited, length, blank = 0.0, 0, True
    took = Usage(1)
    meter = meter or Meter()
    meter.begin()
    try:
        chunks = _chunks(chat, messages)
        while True:
            begun = time.monotonic()
            chunk = next(chunks, None)
            waited += time.monotonic() - begun  # not what the reader does in between
            if chunk is None:
                break
            took = _counted(took, chunk)
            piece = str(chunk.text)
            length += len(piece)
            blank = blank and not piece.strip()
            if length > MOST_CHARACTERS:
                raise ChatFailed("its reply does not end.")
            if waited > seconds:
                raise ChatFailed(f"it took longer than {seconds:g} seconds.")
            yield piece
    except ChatFailed:
        raise
    except Exception as error:  # each provider raises its own kinds
        raise ChatFailed(reason(error)) from error
    meter.tell(took)
    if blank:
        raise ChatFailed("its reply is empty.")


def replied(chat: BaseChatModel, messages: Sequence[Message], seconds: float, meter: Meter | None = None) -> str:
    """A model's whole reply. Raises what `streamed` raises."""
    return "".join(streamed(chat, messages, seconds, meter))


def _chunks(chat: BaseChatModel, messages: Sequence[Message]) -> Iterator[AIMessageChunk]:
    """The pieces of a reply; a server that refuses to be asked for its counts is asked without them."""
    chunks = chat.stream(list(messages))
    try:
        first = next(chunks, None)
    except Exception as error:  # each provider raises its own kinds
        if not getattr(chat, "stream_usage", False) or getattr(error, "status_code", None) not in REFUSED:
            raise
        log.info("asked again without asking for token counts: %s", reason(error))
        chunks = chat.stream(list(messages), stream_usage=False)
        first = next(chunks, None)
    if first is not None:
        yield first
        yield from chunks


def _counted(took: Usage, chunk: AIMessageChunk) -> Usage:
    """What a reply took so far, with what a piece of it tells: providers tell it at the beginning, the end, or both."""
    tokens, cost = chunk.usage_metadata, chunk.response_metadata.get("cost")
    if tokens:
        read, written = tokens.get("input_tokens", 0), tokens.get("output_tokens", 0)
        took = replace(
            took, input_tokens=(took.input_tokens or 0) + read, output_tokens=(took.output_tokens or 0) + written
        )
    return replace(took, cost=float(cost)) if cost is not None else took


def reason(error: BaseException) -> str:
    """What went wrong, in one short line that ends in a full stop."""
    lines = str(error).strip().splitlines()
    return f"{(lines[0] if lines else type(error).__name__)[:200].rstrip(' .')}."
