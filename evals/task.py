"""A task: items, how each is examined, and which figures come out; for questions, pages, rewritings and claims."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from evals.measures import Measure, figures_of
from evals.results import Result, Run

log = logging.getLogger(__name__)

Curves = Mapping[str, list[list[float]]]


class Item(Protocol):
    """Anything with an id and tags."""

    @property
    def id(self) -> str:
        """What names it in results and messages."""

    @property
    def tags(self) -> tuple[str, ...]:
        """What it is an example of."""


T = TypeVar("T", bound=Item)


def no_curves(results: Sequence[Result]) -> Curves:
    """For tasks that plot nothing."""
    return {}


@dataclass(frozen=True)
class Task(Generic[T]):
    """`examine` turns an item into its result; the figures and curves are taken over all results."""

    variant: str
    items: Sequence[T]
    examine: Callable[[T], Result]
    measures: Sequence[Measure]
    curves: Callable[[Sequence[Result]], Curves] = no_curves


def run(task: Task[T], watched: Callable[[Iterable[T]], Iterable[T]] = iter) -> Run:
    """Examine every item. One that fails becomes a result with its error, and the rest goes on."""
    results = tuple(_examined(task, item) for item in watched(task.items))
    whole = [result for result in results if result.error is None]
    return Run(task.variant, figures_of(whole, task.measures), results, task.curves(whole))


def _examined(task: Task[T], item: T) -> Result:
    try:
        return task.examine(item)
    except Exception as error:  # an evaluation of an hour must not be lost for one case; the exit code tells
        log.info("%s failed", item.id, exc_info=True)
        reason = " ".join(str(error).split()) or type(error).__name__
        return Result(item.id, item.tags, error=f"{type(error).__name__}: {reason}"[:500])
