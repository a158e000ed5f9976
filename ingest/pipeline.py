"""Inputs to index: read and clean, tell what is new, embed it, store it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from ingest.clean import clean
from ingest.fields import digest
from ingest.report import Progress, Report, Skipped, Stored
from ingest.rows import Found
from ingest.sources import Input, guarded, pages
from ingest.split import split
from qa.build import open_index
from qa.embedder import Embedder, Vectors, passage_input
from qa.index import Index
from qa.records import Entry
from qa.settings import Settings
from qa.types import Article, Passage, now

if TYPE_CHECKING:
    from ingest.web.client import Web

log = logging.getLogger(__name__)

BATCH = 64
"""Passages that are embedded and stored as one step, at least; an article is never divided between steps."""

DAWN = datetime.min.replace(tzinfo=UTC)
Tell = Callable[[Progress], None]
Divided = tuple[Article, tuple[Passage, ...]]


@dataclass
class Harvest:
    """What the inputs hold: of each article the best version, where it came from, and what was skipped."""

    articles: dict[str, Article] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    beaten: list[tuple[str, str]] = field(default_factory=list)

    def take(self, article: Article, origin: str) -> None:
        """Keep an article, unless a better version of it is here already; which one stays doesn't hang on the order."""
        kept = self.articles.get(article.id)
        if kept == article:
            return
        if kept is None or _better(article, kept):
            article, self.articles[article.id] = kept or article, article
            origin, self.origins[article.id] = self.origins.get(article.id, origin), origin
        if kept is not None:
            self.beaten.append((article.id, origin))

    def refused(self) -> tuple[Skipped, ...]:
        """What was skipped, and what had to give way to another version with its id."""
        return (
            *self.skipped,
            *(
                Skipped(
                    origin, "same id", f"the article {i} is kept as it is in {self.origins[i]}; give ids that differ"
                )
                for i, origin in self.beaten
            ),
        )


def ingest(
    inputs: Sequence[Input],
    *,
    settings: Settings | None = None,
    index: Index | None = None,
    embedder: Embedder | None = None,
    progress: Tell | None = None,
) -> Report:
    """Read articles into the settings' home, or into an index that is open.

    Inputs are paths of files and folders, `-` for standard input, and pages. An article that is stored already as it is
    changes nothing, and when that goes for all of them no model is loaded. What is no article is in the report's
    `skipped`, with the reason; only what concerns the home or the model raises a `NewsdeskError`.
    """
    begun = time.perf_counter()
    settings = settings or Settings()
    tell = progress or (lambda _: None)
    with ExitStack() as stack:
        if index is None and settings.folder.exists():
            index = stack.enter_context(
                open_index(settings, create=True)
            )  # what is wrong with it shows before the work
        found = guarded("the inputs", pages(inputs, lambda: _web(settings)))
        harvest = _harvest(found, lambda count: tell(Progress("reading", count, 0, None, time.perf_counter() - begun)))
        if not harvest.articles:
            return Report(skipped=harvest.refused(), seconds=time.perf_counter() - begun)
        index = index or stack.enter_context(open_index(settings, create=True))
        stored = index.digests()
        digests = {article_id: digest(article) for article_id, article in harvest.articles.items()}
        fresh = [a for a in harvest.articles.values() if stored.get(a.id) != digests[a.id]]
        count = _store(fresh, digests, index, lambda: embedder or _load(settings), _clock(tell, begun))
    rows = {i: Stored(i, article.title, harvest.origins[i]) for i, article in harvest.articles.items()}
    changed = {article.id for article in fresh}
    return Report(
        added=tuple(row for i, row in rows.items() if i in changed and i not in stored),
        updated=tuple(row for i, row in rows.items() if i in changed and i in stored),
        unchanged=tuple(row for i, row in rows.items() if i not in changed),
        skipped=harvest.refused(),
        passages=count,
        seconds=time.perf_counter() - begun,
    )


def _web(settings: Settings) -> Web:
    from ingest.web.client import open_web  # only addresses need it

    return open_web(settings)


def _harvest(pages_found: Iterable[Found], tell: Callable[[int], None]) -> Harvest:
    harvest = Harvest()
    for found in pages_found:
        _sort(found, harvest)
        tell(len(harvest.articles))
    return harvest


def _sort(found: Found, harvest: Harvest) -> None:
    """A page into the harvest: as an article, or as skipped. A page that breaks the cleaning is skipped too."""
    if isinstance(found, Skipped):
        harvest.skipped.append(found)
        return
    try:
        cleaned = clean(found, now())
    except Exception as error:  # one bad page never stops the rest
        log.warning("cleaning %s failed", found.origin, exc_info=True)
        cleaned = Skipped(found.origin, "error", f"{type(error).__name__}: {error}; please report it")
    if isinstance(cleaned, Skipped):
        harvest.skipped.append(cleaned)
    else:
        harvest.take(cleaned, found.origin)


def _store(
    articles: Sequence[Article],
    digests: dict[str, str],
    index: Index,
    load: Callable[[], Embedder],
    tell: Callable[[int, int, int], None],
) -> int:
    """Embed and store articles, some at a time; returns the number of their passages."""
    if not articles:
        return 0
    divided = [(article, split(article)) for article in articles]
    total = sum(len(passages) for _, passages in divided)
    embedder = load()
    done = stored = 0
    with index.writing() as writer:
        for batch in _batches(divided):
            passages = [passage for _, own in batch for passage in own]
            vectors = _embed(passages, embedder)
            starts = np.cumsum([0, *(len(own) for _, own in batch)])
            writer.put([
                Entry(article, digests[article.id], own, vectors[start : start + len(own)])
                for (article, own), start in zip(batch, starts, strict=False)
            ])  # fmt: skip
            done, stored = done + len(passages), stored + len(batch)
            tell(stored, done, total)
    return total


def _batches(divided: Sequence[Divided]) -> Iterator[list[Divided]]:
    batch: list[Divided] = []
    for each in divided:
        batch.append(each)
        if sum(len(passages) for _, passages in batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _embed(passages: Sequence[Passage], embedder: Embedder) -> Vectors:
    return embedder.encode([passage_input(passage) for passage in passages])


def _better(one: Article, other: Article) -> bool:
    """Whether a version of an article is to be kept rather than another: the later, the longer, else by its digest."""
    first, second = ((a.modified or a.published or DAWN, len(a.text), digest(a)) for a in (one, other))
    return first > second


def _clock(tell: Tell, begun: float) -> Callable[[int, int, int], None]:
    return lambda articles, passages, total: tell(
        Progress("embedding", articles, passages, total, time.perf_counter() - begun)
    )


def _load(settings: Settings) -> Embedder:
    from qa.models import load_embedder  # torch takes seconds to import

    return load_embedder(settings.embedder)
