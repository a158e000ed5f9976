"""What a collection holds, in sum: whose articles, how many and from when to when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from qa.answer import Catalogue
from qa.home import State
from qa.index import Index
from qa.records import ArticleRow


def catalogue_of(index: Index) -> Callable[[], Catalogue]:
    """The catalogue of an index; made again when the index has changed."""

    @lru_cache(maxsize=1)
    def known(_: State) -> Catalogue:
        return catalogue(index.articles())

    return lambda: known(index.state())


def catalogue(rows: Sequence[ArticleRow]) -> Catalogue:
    """The catalogue of articles."""
    days = [row.published.date() for row in rows if row.published]
    publishers = {row.publisher for row in rows if row.publisher}
    return Catalogue(len(rows), tuple(sorted(publishers)), min(days, default=None), max(days, default=None))
