"""A chat model as judge: does the evidence fully support the statement? A figure of the report, never a gate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from qa.chat import replied
from qa.errors import ChatFailed, NewsdeskError
from qa.prompts import judging

if TYPE_CHECKING:
    from qa.chat import BaseChatModel

Judge = Callable[[str, Sequence[str]], bool]
"""Whether quotes fully support a statement."""

VERDICTS = {"yes": True, "no": False}


class JudgeFailed(NewsdeskError):
    """The judge can't be reached, or says neither yes nor no."""


def judge(chat: BaseChatModel, seconds: float = 60.0) -> Judge:
    """A judge that asks a chat model once about each statement and its quotes, and remembers what it said.

    `seconds` is what one verdict may take. It raises `JudgeFailed` when there is no verdict, and asks again next time.
    """
    given: dict[tuple[str, tuple[str, ...]], bool] = {}
    lock = Lock()

    def supported(statement: str, quotes: Sequence[str]) -> bool:
        key = (statement, tuple(quotes))
        with lock:
            if key not in given:
                given[key] = _verdict(chat, statement, quotes, seconds)
            return given[key]

    return supported


def _verdict(chat: BaseChatModel, statement: str, quotes: Sequence[str], seconds: float) -> bool:
    if not quotes:
        return False
    try:
        reply = replied(chat, judging(statement, quotes), seconds)
    except ChatFailed as error:
        raise JudgeFailed(f"The judge gave no verdict: {error}") from error
    word = reply.strip().strip(".!*\"'“” ").casefold()
    if word not in VERDICTS:
        raise JudgeFailed(f"The judge said neither yes nor no: {reply.strip()[:80]!r}.")
    return VERDICTS[word]
