"""Names of people out of bylines. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ingest.fields import as_text

BY = re.compile(r"^\s*(?:words\s+)?by[:\s]+", re.IGNORECASE)
NO_PERSON = re.compile(
    r"https?:|www\.|^(?:staff|editors?|admin|newsroom|agency|agencies)\b|"
    r"^(?:(?:chief|senior|deputy|assistant|associate|managing|special|foreign|political|international|national)\b.*|"
    r"[\w’'-]+)?\s*\b(?:editor|correspondent|reporter|writer|columnist|contributor|bureau chief|staff|desk)s?$",
    re.IGNORECASE,
)
BETWEEN_NAMES = re.compile(r"\s*(?:;|\||,(?!\s*(?:jr|sr|ii+)\b)|\band\b|&)\s*", re.IGNORECASE)
NAME_AFTER_ADDRESS = re.compile(r"\S+@\S+\s*\(([^()]+)\)")
ADDRESS = re.compile(r"[<(]?[^\s<(]+@[^\s>)]+[>)]?")


def as_names(value: Any) -> tuple[str, ...]:
    """Names of people, each once: from a byline ("By A and B"), a list, or mappings with a name."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, list | tuple):
        return tuple(dict.fromkeys(name for each in value for name in as_names(each)))
    text = as_text(value)
    if not text:
        return ()
    text = ADDRESS.sub("", NAME_AFTER_ADDRESS.sub(r"\1", BY.sub("", text)))
    names = (name.strip(" .,") for name in BETWEEN_NAMES.split(text))
    return tuple(dict.fromkeys(name for name in names if name and not NO_PERSON.search(name)))
