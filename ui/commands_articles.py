"""What is in the collection: list it, show an article, and its figures."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from qa.build import open_index
from qa.citing import copies_named
from qa.corrections import corrections
from qa.errors import BadInput, NoSuchArticle
from qa.index import Index
from qa.records import ArticleRow
from qa.settings import Settings
from qa.types import Filters, now
from qa.versions import Version
from ui.terminal import out, plain, print_article, print_fields, print_json, print_table, say, when

SHORTEST_ID = 8
MOST_COMPARED = 5000
"""Articles among which `status` tells copies; among more it would take seconds."""


def run_articles(settings: Settings, filters: Filters, *, as_json: bool) -> None:
    """List the articles that the filters admit. Raises `BadInput` for a publisher that none is from."""
    with open_index(settings) as index:
        rows = index.articles()
    check_publishers(filters, rows)
    found = [row for row in rows if admits(filters, row)]
    if as_json:
        print_json(found)
    elif not found:
        say(out(), "No article." if not rows else f"None of the {len(rows)} articles is of that time or publisher.")
    else:
        length = short_length([row.id for row in rows])
        print_table(
            out(),
            ["id", "date", "passages", "publisher", "title"],
            [
                [
                    row.id[:length],
                    f"{row.published:%Y-%m-%d}" if row.published else "-",
                    str(row.passages),
                    row.publisher or "-",
                    row.title,
                ]
                for row in found
            ],
        )


def run_show(settings: Settings, article_id: str, version: str | None, *, as_json: bool) -> None:
    """Show an article, by its id or the beginning of it: who says what in it, its copies, corrections and versions.

    With `version`, the beginning of a digest, as it read then. Raises `NoSuchArticle`.
    """
    with open_index(settings) as index:
        own = index.resolve(article_id)
        versions = index.versions(own)
        digest = digest_of(versions, version) if version else None
        article = index.article(own, digest)
        passages = index.passages_of(own, digest)
        copies = copies_named(own, index, now())
    said = [saying for passage in passages for saying in passage.said]
    notes = corrections(article.text)
    if as_json:
        known = {f.name: getattr(article, f.name) for f in dataclasses.fields(article)}
        moments = [moment for passage in passages for moment in passage.moments]
        told = {"copies": copies, "corrections": notes, "versions": versions}
        print_json({**known, "said": said, "moments": moments, **told})
        return
    print_article(out(), article, said)
    more = {
        "corrected": [" ".join(note.text.split()) for note in notes],
        "copies": [f"{copy.article_id}  {copy.publisher or '-'}  {copy.title}" for copy in copies],
        "versions": [line_of(each) for each in versions] if len(versions) > 1 else [],
    }
    for name, lines in more.items():
        if lines:
            out().print()
            say(out(), f"{name}:", style="bold")
        for line in lines:
            say(out(), plain(line), indent=2)


def digest_of(versions: Sequence[Version], beginning: str) -> str:
    """The one digest of an article's versions with that beginning. Raises `NoSuchArticle` for none or several."""
    found = {version.digest for version in versions if version.digest.startswith(beginning)}
    if len(found) == 1:
        return next(iter(found))
    known = ", ".join(version.digest[:SHORTEST_ID] for version in versions)
    raise NoSuchArticle(f"{len(found) or 'No'} versions begin with {beginning!r}. There are: {known}.")


def line_of(version: Version) -> str:
    """A version in a line: its digest, since when the outlet has it so, and until when it was the newest here."""
    since = f"of {when(version.since)}" if version.since else "undated"
    until = f"replaced here on {when(version.replaced)}" if version.replaced else "the newest"
    return f"{version.digest[:SHORTEST_ID]}  {since}, {until}: {version.title}"


def run_status(settings: Settings, *, as_json: bool) -> None:
    """Say how much the collection holds, from whom, from when, made with what."""
    with open_index(settings) as index:
        figures = _figures(index, index.articles())
    if as_json:
        print_json(figures)
        return
    names = ", ".join(f"{name} ({number})" for name, number in figures["publishers"].items())
    chroma, tantivy = figures["bytes"]["chroma"], figures["bytes"]["tantivy"]
    fields = {
        "articles": _counted(figures),
        "passages": str(figures["passages"]),
        "publishers": names or "none known",
        "dates": span(figures["first"], figures["last"]) or "none known",
        "embedder": figures["embedder"],
        "on disk": f"{size(chroma + tantivy)}: Chroma {size(chroma)}, Tantivy {size(tantivy)}",
        "home": figures["home"],
    }
    print_fields(out(), fields)


def check_publishers(filters: Filters, rows: Collection[ArticleRow]) -> None:
    """Raise `BadInput` when a publisher is asked for that no article is from: a slip would look like silence."""
    known = {row.publisher.casefold(): row.publisher for row in rows if row.publisher}
    for name in filters.publishers:
        if name.casefold() not in known:
            names = ", ".join(sorted(known.values())[:12]) or "none"
            raise BadInput(f"No article here is from {name!r}. The publishers are: {names}.")


def admits(filters: Filters, row: ArticleRow) -> bool:
    """Whether an article is one that the filters ask for; without a date it is in no span of time."""
    if filters.publishers and (row.publisher or "").casefold() not in {n.casefold() for n in filters.publishers}:
        return False
    if row.published is None:
        return not (filters.since or filters.until)
    return not ((filters.since and row.published < filters.since) or (filters.until and row.published > filters.until))


def short_length(ids: Collection[str]) -> int:
    """How many characters tell all ids apart, at least `SHORTEST_ID`."""
    length = SHORTEST_ID
    while len({i[:length] for i in ids}) < len(set(ids)):
        length += 1
    return length


def span(first: datetime | None, last: datetime | None) -> str:
    """`2 November 2022 to 8 November 2022`, or the one day that both are."""
    return " to ".join(dict.fromkeys(filter(None, (when(first), when(last)))))


def size(number: int) -> str:
    """Bytes as people read them: `0 B`, `12 kB`, `3.4 MB`."""
    amount, units = float(number), iter(("B", "kB", "MB", "GB", "TB"))
    unit = next(units)
    while amount >= 1000 and unit != "TB":
        amount, unit = amount / 1000, next(units)
    return f"{amount:.0f} {unit}" if unit in ("B", "kB") or amount >= 100 else f"{amount:.1f} {unit}"


def bytes_in(folder: Path) -> int:
    """What the files of a folder take up, 0 where there is none."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _counted(figures: dict[str, Any]) -> str:
    articles, reports = figures["articles"], figures["reports"]
    return str(articles) if reports in (None, articles) else f"{articles}, copies of one report counted once: {reports}"


def _figures(index: Index, rows: Sequence[ArticleRow]) -> dict[str, Any]:
    counts = index.count()
    dates = [row.published for row in rows if row.published]
    publishers = Counter(row.publisher for row in rows if row.publisher)
    return {
        "articles": counts.articles,
        "reports": len(set(index.reports().values())) if counts.articles <= MOST_COMPARED else None,
        "passages": counts.passages,
        "publishers": dict(sorted(publishers.items(), key=lambda item: (-item[1], item[0]))),
        "first": min(dates, default=None),
        "last": max(dates, default=None),
        "embedder": index.embedder,
        "bytes": {"chroma": bytes_in(index.home.chroma), "tantivy": bytes_in(index.home.lexical)},
        "home": str(index.home.folder),
    }
