"""Names of people out of bylines. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from ingest.fields import as_text

BY = re.compile(r"^\s*(?:words\s+)?by[:\s]+", re.IGNORECASE)
NO_PERSON = re.compile(
    r"https?:|www\.|^(?:staff|editors?|admin|newsroom|agency|agencies)\b|"
    r"^(?:(?:chief|senior|deputy|assistant|associate|managing|special|foreign|political|international|national)\b.*|"
    r"[\w’'-]+)?\s*\b(?:editor|correspondent|reporter|writer|columnist|contributor|bureau chief|staff|desk)s?$",
    re.IGNORECASE,
)
BETWEEN_NAMES = re.compile(
    r"\s*(?:;|\||,(?!\s*(?:(?i:jr|sr|ii+|ph\.?d|esq|ed\.?d|psy\.?d)\b|(?:M\.?D|R\.?N|J\.?D|D\.?O|DDS|DVM|CPA|CF[AP]|MBA|MPH|MSc?|RDN?|LCSW)\b))|(?i:\band\b)|&)\s*"
)
DEGREE = re.compile(r"(?:\b(?i:jr|sr|ph\.d|ed\.d|psy\.d|[a-z]\.[a-z])|\b[A-Z])\.$")
TURNED = re.compile(r"(?P<last>[^\W\d_][\w’'-]+), (?P<first>[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*)?)")
ORGANIZATION = re.compile(r"Organization$|Corporation$")
NAME_AFTER_ADDRESS = re.compile(r"\S+@\S+\s*\(([^()]+)\)")
ADDRESS = re.compile(r"[<(]?[^\s<(]+@[^\s>)]+[>)]?")


def as_names(value: Any) -> tuple[str, ...]:
    """Names of people, each once: from a byline ("By A and B"), a list, or mappings with a name."""
    if isinstance(value, Mapping):
        name = as_text(unescape(value["name"]) if isinstance(value.get("name"), str) else value.get("name"))
        if name and ORGANIZATION.search(str(value.get("@type"))):
            return () if NO_PERSON.search(name) else (name,)
        value = name
    if isinstance(value, list | tuple):
        value = _turned(value)
        return tuple(dict.fromkeys(name for each in value for name in as_names(each)))
    text = as_text(value)
    if not text:
        return ()
    text = ADDRESS.sub("", NAME_AFTER_ADDRESS.sub(r"\1", BY.sub("", text)))
    names = (_trimmed(name) for name in BETWEEN_NAMES.split(text))
    return tuple(dict.fromkeys(name for name in names if name and not NO_PERSON.search(name)))


def is_full_name(name: str) -> bool:
    """Whether a name has the look of a first and a last name."""
    words = name.split()
    return len(words) > 1 and words[0][:1].isupper() and words[-1][:1].isupper()


def same_name(name: str, other: str | None) -> bool:
    """Whether two names are the same but for case, spaces and signs."""
    first, second = ("".join(re.findall(r"\w", each)).casefold() for each in (name, other or ""))
    return first == second


def _turned(values: list[Any] | tuple[Any, ...]) -> list[Any] | tuple[Any, ...]:
    """Names in their usual order where all of several have the last name first, as catalogues do."""
    found = [TURNED.fullmatch(value) if isinstance(value, str) else None for value in values]
    if len(values) < 2 or not all(found):
        return values
    return [f"{each['first']} {each['last']}" for each in found if each]


def _trimmed(name: str) -> str:
    name = name.strip(" ,")
    return name if DEGREE.search(name) else name.strip(" .,")
