"""All that is done to a page before it is embedded: what the worker processes run. Pure but for a log line."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.clean import clean
from ingest.fields import digest
from ingest.report import Skipped
from ingest.split import split
from qa.copies import sign
from qa.types import Article, Page, Passage, now

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article that lacks nothing but its vectors. `signature` tells its copies (`qa.copies`)."""

    article: Article
    digest: str
    passages: tuple[Passage, ...]
    signature: str | None


def prepare(page: Page, languages: Sequence[str] = ()) -> Prepared | Skipped:
    """The article of a page, divided, or why it is none. A page that breaks the cleaning is skipped as an error."""
    try:
        article = clean(page, now(), languages)
        if isinstance(article, Skipped):
            return article
        return Prepared(article, digest(article), split(article), sign(article.text))
    except Exception as error:  # one bad page never stops the rest
        log.warning("cleaning %s failed", page.origin, exc_info=True)
        return Skipped(page.origin, "error", f"{type(error).__name__}: {error}; please report it")
