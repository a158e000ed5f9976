"""An item set: what can be examined one by one without an index, such as pages, rewritings or claims."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from evals.cases import why
from evals.datasets.rows import Row, Table, hash_of_tables
from evals.task import Item
from qa.errors import BadInput

T = TypeVar("T", bound=Item)


@dataclass(frozen=True)
class ItemSet(Generic[T]):
    """Items, the SHA-256 of the file read (of several, `hash_of_tables`), and one line for each row without use."""

    items: tuple[T, ...]
    sha256: str
    problems: tuple[str, ...]


def read_items(*read: tuple[Table, Callable[[Row], T]]) -> ItemSet[T]:
    """The items of tables, each with what makes an item of a row and raises `BadInput` for one without use.

    Of two items with one id, the first is kept. Raises `BadInput` when there is no item at all.
    """
    items: dict[str, T] = {}
    problems: list[str] = []
    for table, make in read:
        problems += table.problems
        for line, row in table.rows:
            try:
                item = make(row)
                if item.id in items:
                    raise BadInput(f"the id {item.id!r} is taken")
            except BadInput as error:
                problems.append(table.at(line, why(error)))
                continue
            items[item.id] = item
    tables = [table for table, _ in read]
    if not items:
        names = " or ".join(table.name for table in tables)
        raise BadInput(f"No line of {names} can be used{': ' + problems[0] if problems else '; is it empty?'}")
    return ItemSet(
        tuple(items.values()), tables[0].sha256 if len(tables) == 1 else hash_of_tables(tables), tuple(problems)
    )
