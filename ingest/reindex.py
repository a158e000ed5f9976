"""The collection made again, with another embedder or in another passage format, out of what is stored.

It is made beside the old one, which stays in service until the new one is whole; then one replaced file puts the new
one in its place. A run that is cut off is resumed by the next.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.prepare import Prepared
from ingest.report import Progress
from ingest.split import split
from ingest.storing import Storing
from qa.embedder import Embedder
from qa.errors import HomeNotUsable, OtherEmbedder
from qa.home import Home
from qa.index import Index
from qa.settings import Settings
from qa.writing import is_up_to_date

log = logging.getLogger(__name__)

MARGIN = 1.2
"""Free space wanted, as a multiple of what the old collection takes."""

Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Reindexed:
    """What a reindex did. `before` is the embedder that the collection had; of the articles, `resumed` were made by a
    run that was cut off. When nothing was to do, `changed` is false.
    """

    changed: bool
    embedder: str
    before: str
    articles: int
    passages: int
    resumed: int
    seconds: float


def reindex(
    *,
    settings: Settings | None = None,
    embedder: str | Embedder | None = None,
    again: bool = False,
    progress: Tell | None = None,
) -> Reindexed:
    """Make the collection of the settings' home again, with an embedder or the one of that name; by default its own.

    Nothing is done where it was made just so, unless `again`. Raises `NoIndex`, `HomeBusy`, `ModelNotUsable`, and
    `HomeNotUsable` when there is no room for a second collection; the old one is then in service still.
    """
    begun = time.perf_counter()
    settings = settings or Settings()
    with Index.open(settings.folder, embedder=None) as old, old.writing("reindex") as writer:
        before, counts = old.embedder, old.count()
        staged = old.home.staged()
        name = _name(embedder) or (settings.embedder if "embedder" in settings.model_fields_set else before)
        if is_up_to_date(old.stores, name) and not again:
            shutil.rmtree(staged.folder, ignore_errors=True)  # of a run that was not to be
            return Reindexed(False, name, before, counts.articles, counts.passages, 0, time.perf_counter() - begun)
        _check_room(old.home, staged)
        model = _load(name) if embedder is None or isinstance(embedder, str) else embedder

        def tell(articles: int, passages: int) -> None:
            if progress:
                total = max(passages, counts.passages)
                progress(Progress("embedding", articles, passages, total, time.perf_counter() - begun))

        with _open(staged, name) as new:
            resumed = _fill(old, new, model, tell)
            made = new.count()
            writer.give_way_to(new.stores)
    return Reindexed(True, name, before, made.articles, made.passages, resumed, time.perf_counter() - begun)


def _open(staged: Home, embedder: str) -> Index:
    """The collection in the making: the one that was begun, if it was begun like this."""
    try:
        return Index.open(staged.folder, embedder=embedder, create=True)
    except OtherEmbedder:
        log.info("what was begun with another embedder is made anew")
        shutil.rmtree(staged.folder)
        return Index.open(staged.folder, embedder=embedder, create=True)


def _fill(old: Index, new: Index, embedder: Embedder, tell: Callable[[int, int], None]) -> int:
    """Bring a collection to what another one holds; returns how many articles it held already."""
    wanted, there = old.digests(), new.digests()
    with new.writing("reindex") as writer:
        writer.remove([i for i, digest in there.items() if wanted.get(i) != digest])
        left = sorted(i for i, digest in wanted.items() if there.get(i) != digest)
        done = resumed = len(wanted) - len(left)
        passages = new.count().passages
        storing = Storing(new, lambda: embedder, lambda embedded: tell(done, passages + embedded))
        for article_id in left:
            article = old.article(article_id)
            storing.put(Prepared(article, wanted[article_id], split(article), None))
            if storing.is_full:
                done += len(storing.store())
        if len(storing):
            storing.store()
        writer.complete(old.stores)
    return resumed


def _check_room(home: Home, staged: Home) -> None:
    needed = MARGIN * (_size(home.chroma) + _size(home.lexical)) - _size(staged.folder)
    free = shutil.disk_usage(home.folder).free
    if free < needed:
        raise HomeNotUsable(
            f"A second collection needs about {needed / 1e6:.0f} MB beside the one in {str(home.folder)!r}, which "
            f"stays in service until it is whole; {free / 1e6:.0f} MB are free. Free some space, then try again."
        )


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _name(embedder: str | Embedder | None) -> str | None:
    """The name that is stored with the collection: of a folder its whole path, so that it is found from everywhere."""
    if isinstance(embedder, str):
        return str(Path(embedder).resolve()) if Path(embedder).is_dir() else embedder
    return embedder.name if embedder is not None else None


def _load(name: str) -> Embedder:
    from qa.models import load_embedder  # torch takes seconds to import

    return load_embedder(name)
