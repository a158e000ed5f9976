"""Cleaning, examined on pages whose text, title, authors and day are known.

A folder has `ground_truth.jsonl`, with `id`, `url`, and what is known of the page among `title`, `authors` or `author`,
`published_at`, `body`, `with` and `without` (snippets that belong to the text, and that don't) and `set` or `subset`;
and the pages, `html/<id>.html.gz`.
"""

from __future__ import annotations

import gzip
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from evals.datasets.item_set import ItemSet, read_items
from evals.datasets.rows import Row, read_table, text_of, texts_of
from evals.measures import Measure, Table, mean_of, percentile_of, within
from evals.results import Result
from evals.scores import cleaning
from ingest.clean import clean
from ingest.report import Skipped
from qa.errors import BadInput
from qa.types import Article, Page

TRUTH = "ground_truth.jsonl"
PAGES = "html"
MOMENT = datetime(2026, 12, 31, tzinfo=UTC)
"""When the pages are read, as far as cleaning asks: it must not depend on the day of the evaluation."""

SETS = ("aeb", "fundus")
"""Sets that a folder may hold together and that have figures of their own."""

ENOUGH = 0.9
"""Recall or precision of words below which a text counts as wrong."""

MOST_LINES = 10
LONGEST = 200


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page in a gzipped file, and what is known of its article. `None` and empty mean that it isn't known."""

    id: str
    tags: tuple[str, ...]
    path: Path
    url: str | None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    body: str | None = None
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


PageSet = ItemSet[GoldPage]


def load_pages(folder: Path) -> PageSet:
    """The pages of a folder. Lines that are broken or have no page are in `problems`; the hash is of the truth alone.

    Raises `BadInput` when there is no such folder, or no page in it.
    """
    truth = read_table(folder, TRUTH, "what is known of each page")
    if not (folder / PAGES).is_dir():
        raise BadInput(f"No folder {PAGES!r} in {str(folder)!r}. It is to have the pages of {TRUTH}, as <id>.html.gz.")
    return read_items((truth, lambda row: _page(row, folder / PAGES)))


def examine_page(page: GoldPage) -> Result:
    """Clean a page as `newsdesk ingest` does and score what comes out.

    A page that newsdesk skips has given no text and no field: its text scores as an empty one, which upstream's scorers
    count as recall 0 as well, and its fields as wrong.
    """
    content = gzip.decompress(page.path.read_bytes())
    begun = time.perf_counter()
    found = clean(Page(page.path.name, content, url=page.url), MOMENT)
    seconds = time.perf_counter() - begun
    skipped = isinstance(found, Skipped)
    article = Article("", "", "") if isinstance(found, Skipped) else found
    scores: dict[str, float | None] = {
        "skipped": float(skipped),
        "article": None if skipped else 1.0,
        **{f"of {name}": 1.0 for name in SETS if name in page.tags},
        **_text_scores(article.text, page),
        "title exact": cleaning.same_title(article.title, page.title) if page.title else None,
        "first author found": cleaning.has_first_author(article.authors, page.authors),
        "day exact": cleaning.same_day(article.published, page.published) if page.published else None,
    }
    wrong = (f"skipped: {found.message}",) if isinstance(found, Skipped) else tuple(_wrong(article, page, scores))
    return Result(page.id, page.tags, scores, {"clean": seconds}, wrong, _shown(article, page))


def _text_scores(text: str, page: GoldPage) -> Mapping[str, float | None]:
    if page.body is None:
        return {}
    words = cleaning.word_scores(text, page.body)
    return {
        **dict(zip(cleaning.SHINGLE_COLUMNS, cleaning.shingle_shares(text, page.body), strict=True)),
        "identical": cleaning.identical(text, page.body),
        "word precision": words.precision,
        "word recall": words.recall,
        "word F1": words.f1,
        "snippets kept": cleaning.snippets_in(text, page.inside),
        "furniture kept": cleaning.snippets_in(text, page.outside),
    }


def _shingle(name: str, of: Callable[[Table], float | None]) -> Measure:
    return Measure(name, "text", of, cleaning.SHINGLE_COLUMNS)


SHINGLE_F1 = _shingle("4-gram F1", cleaning.shingle_f1)
WORD_F1 = mean_of("word F1", "text")
TEXT: tuple[Measure, ...] = (
    SHINGLE_F1,
    _shingle("4-gram precision", cleaning.shingle_precision),
    _shingle("4-gram recall", cleaning.shingle_recall),
    mean_of("identical", "text"),
    WORD_F1,
    mean_of("word precision", "text"),
    mean_of("word recall", "text"),
)
FIELDS: tuple[Measure, ...] = (
    mean_of("title exact", "fields"),
    mean_of("first author found", "fields"),
    mean_of("day exact", "fields"),
)

PAGE_MEASURES: tuple[Measure, ...] = (
    *TEXT,
    mean_of("snippets kept", "text"),
    mean_of("furniture kept", "text", better="lower"),
    *FIELDS,
    mean_of("skipped", "text", better=""),
    *(
        within("article", m, named="articles", group="pages that became articles")
        for m in (SHINGLE_F1, WORD_F1, *FIELDS)
    ),
    *(within(f"of {name}", m, named=name, group=name) for name in SETS for m in (*TEXT, *FIELDS)),
    percentile_of("seconds clean", 50, "seconds", name="clean, p50"),
    percentile_of("seconds clean", 95, "seconds", name="clean, p95"),
)
"""The figures over pages. Those without a set or "articles" in their name are over all pages, skipped ones included."""


def _page(row: Row, pages: Path) -> GoldPage:
    page_id = text_of(row, "id")
    path = pages / f"{page_id}.html.gz"
    if path.parent != pages or not path.is_file():
        raise BadInput(f"there is no page {PAGES}/{path.name}")
    author = _text(row, "author")
    return GoldPage(
        id=page_id,
        tags=tuple(tag for key in ("set", "subset") if (tag := _text(row, key))),
        path=path,
        url=_text(row, "url"),
        title=_text(row, "title"),
        authors=texts_of(row, "authors") or ((author,) if author else ()),
        published=_day(row.get("published_at")),
        body=_body(row),
        inside=texts_of(row, "with"),
        outside=texts_of(row, "without"),
    )


def _text(row: Row, key: str) -> str | None:
    return text_of(row, key) if row.get(key) not in (None, "") else None


def _body(row: Row) -> str | None:
    """A gold text may be empty: the page then has no article."""
    body = row.get("body")
    if body is not None and not isinstance(body, str):
        raise BadInput("body: it has to be a text")
    return body


def _day(value: Any) -> date | None:
    """A day as JSON has it; NaN, which pandas writes for what is missing, is none."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise BadInput(f"published_at: {value!r} is no day like 2022-11-07") from error


def _wrong(article: Article, page: GoldPage, scores: Mapping[str, float | None]) -> Sequence[str]:
    """What is wrong with an article, a line each."""
    recall, precision = scores.get("word recall"), scores.get("word precision")
    lines = []
    if recall is not None and recall < ENOUGH:
        lines.append(f"text: {1 - recall:.0%} of its words are missing")
    if precision is not None and precision < ENOUGH:
        lines.append(f"text: {1 - precision:.0%} of the words found are not the article's")
    told = (
        ("title exact", "title", article.title, page.title),
        ("first author found", "first author", ", ".join(article.authors), next(iter(page.authors), "")),
        ("day exact", "day", article.published and article.published.date().isoformat(), page.published),
    )
    lines += [
        f"{name}: found {_short(found) or 'none'} instead of {_short(gold)}"
        for score, name, found, gold in told
        if scores[score] == 0
    ]
    return lines


def _short(value: object) -> str:
    text = " ".join(str(value or "").split())
    return text if len(text) <= LONGEST // 2 else text[: LONGEST // 2 - 1] + "…"


def _shown(article: Article, page: GoldPage) -> dict[str, Any]:
    """What a person needs to judge a page: both sides' fields, and of the text the lines that only one side has."""
    body = page.body or ""
    found_day = article.published.date().isoformat() if article.published else None
    gold_day = page.published.isoformat() if page.published else None
    return {
        "url": page.url,
        "found": _side(
            article.title, article.authors, found_day, article.text, body if page.body is not None else None
        ),
        "gold": _side(page.title, page.authors, gold_day, body, article.text),
    }


def _side(title: str | None, authors: Sequence[str], day: str | None, text: str, other: str | None) -> dict[str, Any]:
    only_here = [] if other is None else cleaning.missing_lines(text, other)
    return {
        "title": title or None,
        "authors": list(authors),
        "published": day,
        "words": len(cleaning.WORD.findall(text)),
        "only_here": [line if len(line) <= LONGEST else line[: LONGEST - 1] + "…" for line in only_here[:MOST_LINES]],
    }
