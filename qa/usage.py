"""What a chat model took for an answer: tokens and their cost, where its provider tells them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """What a chat model took: how many replies, the tokens that it read and wrote, and what they cost.

    The counts are the provider's own, and so is `cost`, in the currency that it bills in (US dollars at those that tell
    it). What it doesn't tell for each of the replies is `None`: most tell no cost, and for a reply that was broken off,
    as one is that goes on after the last statement, they tell nothing.
    """

    replies: int
    input_tokens: int | None = None
    output_tokens: int | None = None
    cost: float | None = None


class Meter:
    """Adds up what the replies for one answer took."""

    def __init__(self) -> None:
        self._replies: list[Usage] = []

    def begin(self) -> None:
        """A reply has been asked for, of which nothing has been told yet."""
        self._replies.append(Usage(1))

    def tell(self, told: Usage) -> None:
        """The provider has told what the last reply took."""
        self._replies[-1] = told

    @property
    def usage(self) -> Usage | None:
        """What all replies took; nothing where none was asked for."""
        return total(self._replies) if self._replies else None


def total(replies: Sequence[Usage]) -> Usage:
    """What several took together."""
    inputs = _counts(each.input_tokens for each in replies)
    outputs = _counts(each.output_tokens for each in replies)
    costs = [each.cost for each in replies if each.cost is not None]
    return Usage(
        sum(each.replies for each in replies),
        sum(inputs) if len(inputs) == len(replies) else None,
        sum(outputs) if len(outputs) == len(replies) else None,
        sum(costs) if len(costs) == len(replies) else None,
    )


def _counts(figures: Iterable[int | None]) -> list[int]:
    return [figure for figure in figures if figure is not None]
