"""Ask a collection of news articles; every sentence of an answer rests on an exact stretch of one.

    from qa import Settings, build_assistant
    answer = build_assistant(Settings(home="articles")).ask("What did South Korea say about the ICBM?")

Importing this package loads neither torch nor langchain nor chromadb: they come with `build_assistant`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qa.answer import Answer, Citation, Quote, Statement, Turn
from qa.errors import NewsdeskError
from qa.types import ANYTHING, Article, Filters, Query

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.build import build_assistant
    from qa.settings import Settings

__all__ = [
    "ANYTHING",
    "Answer",
    "Article",
    "Assistant",
    "Citation",
    "Filters",
    "NewsdeskError",
    "Query",
    "Quote",
    "Settings",
    "Statement",
    "Turn",
    "build_assistant",
]

_LAZY = {"Assistant": "qa.assistant", "Settings": "qa.settings", "build_assistant": "qa.build"}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LAZY[name]), name)
