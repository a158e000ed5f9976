"""The JSON-LD of a page: what its scripts say of the article in it. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting)$")
GALLERY_TYPES = frozenset({"ImageGallery", "MediaGallery", "VideoGallery"})
LIST_TYPES = frozenset({"CollectionPage", "ItemList", "SearchResultsPage"})
HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage")
TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
DEEPEST = 20


class JsonLd:
    """The items of a page's scripts; `article` is the first that is one, empty where there is none."""

    def __init__(self, scripts: Iterable[str]) -> None:
        self._items = [item for script in scripts for item in _items(_parsed(script))]
        self._named = {item["@id"]: item for item in self._items if isinstance(item.get("@id"), str) and len(item) > 1}
        self.article: Mapping[str, Any] = next((i for i in self._items if _has_type(i, ARTICLE_TYPES.search)), {})

    @property
    def lists(self) -> bool:
        """Whether the page says that it lists things, and of no article."""
        return not self.article and any(_has_type(item, LIST_TYPES.__contains__) for item in self._items)

    @property
    def shows(self) -> bool:
        """Whether the page says that it shows pictures or films, and of no article."""
        return not self.article and any(_has_type(item, GALLERY_TYPES.__contains__) for item in self._items)

    def get(self, key: str) -> Any:
        """What the article says under a key; references to other items are followed."""
        return self._followed(self.article.get(key))

    def _followed(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._followed(each) for each in value]
        if isinstance(value, Mapping) and "name" not in value and isinstance(value.get("@id"), str):
            return self._named.get(value["@id"], value)
        return value


def _parsed(script: str) -> Any:
    for text in (script, TRAILING_COMMA.sub("", script)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _items(data: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(data, list):
        for each in data:
            yield from _items(each, depth + 1)
    elif isinstance(data, Mapping):
        yield data
        for key in HOLDERS:
            yield from _items(data.get(key), depth + 1)


def _has_type(item: Mapping[str, Any], is_wanted: Any) -> bool:
    stated = item.get("@type")
    return any(isinstance(kind, str) and is_wanted(kind) for kind in (stated if isinstance(stated, list) else [stated]))
