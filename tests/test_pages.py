from __future__ import annotations

import gzip
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evals.measures import figures_of
from evals.pages import PAGE_MEASURES, GoldPage, examine_page, load_pages
from evals.results import Result
from evals.task import Task, run
from qa.errors import BadInput
from tests.conftest import SHARED

PARAGRAPHS = (
    "The keeper of the Lowmere lighthouse has taken a heron into her kitchen, after the bird was found on the rocks "
    "with a broken wing on Tuesday morning.",
    "Ada Reed said that it ate eleven herrings on its first evening and then slept beside the stove, as if it had "
    "never lived anywhere else.",
    "A vet from Marsh End has set the wing and expects the bird to fly again before the autumn storms reach the coast.",
)
BODY = "\n\n".join(PARAGRAPHS)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Heron moves in with lighthouse keeper</title>
<meta property="og:title" content="Heron moves in with lighthouse keeper">
<meta property="article:published_time" content="2024-03-05T09:00:00+00:00">
<meta name="author" content="Una Fen"></head><body><nav><a href="/">Home</a> <a href="/tides">Tides</a></nav>
<article><h1>Heron moves in with lighthouse keeper</h1>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}</article>
<footer>All rights reserved</footer></body></html>"""
TRUTH: dict[str, Any] = {
    "id": "heron",
    "url": "https://lowmere.example/news/heron-moves-in",
    "title": "Heron moves in with lighthouse keeper",
    "authors": ["Una Fen"],
    "published_at": "2024-03-05",
    "body": BODY,
}


def folder_of(tmp_path: Path, *rows: dict[str, Any] | str, pages: dict[str, str]) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    (tmp_path / "ground_truth.jsonl").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    (tmp_path / "html").mkdir()
    for name, page in pages.items():
        (tmp_path / "html" / f"{name}.html.gz").write_bytes(gzip.compress(page.encode("utf-8")))
    return tmp_path


def examined(tmp_path: Path, truth: dict[str, Any], page: str = PAGE) -> Result:
    [item] = load_pages(folder_of(tmp_path, {**TRUTH, **truth}, pages={"heron": page})).items
    return examine_page(item)


def figures(*results: Result) -> dict[str, float | None]:
    return {figure.name: figure.value for figure in figures_of(results, PAGE_MEASURES)}


def test_a_page_is_loaded_with_what_is_known_of_it(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path, {**TRUTH, "set": "aeb", "with": ["herrings"], "without": ["Tides"]}, pages={"heron": PAGE}
    )
    loaded = load_pages(folder)
    path = folder / "html" / "heron.html.gz"
    assert loaded.items == (
        GoldPage(
            "heron", ("aeb",), path, TRUTH["url"], TRUTH["title"], ("Una Fen",), date(2024, 3, 5), BODY, ("herrings",),
            ("Tides",),
        ),
    )  # fmt: skip
    assert loaded.sha256 == hashlib.sha256((folder / "ground_truth.jsonl").read_bytes()).hexdigest()
    assert loaded.problems == ()


def test_broken_lines_and_missing_pages_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    rows = (
        "{no json",
        {**TRUTH, "id": "gone"},
        {"url": "https://lowmere.example"},
        {**TRUTH, "id": "../heron"},
        {**TRUTH, "id": "late", "published_at": "some day"},
        TRUTH,
        TRUTH,
    )
    loaded = load_pages(folder_of(tmp_path, *rows, pages={"heron": PAGE, "late": PAGE}))
    assert [item.id for item in loaded.items] == ["heron"]
    starts = [
        "this is not JSON",
        "there is no page html/gone.html.gz",
        "id:",
        "there is no page",
        "published_at:",
        "the id",
    ]
    assert len(loaded.problems) == len(starts)
    for line, (problem, start) in zip((1, 2, 3, 4, 5, 7), zip(loaded.problems, starts, strict=True), strict=True):
        assert problem.startswith(f"ground_truth.jsonl:{line}: {start}")


def test_what_is_not_known_is_not_scored(tmp_path: Path) -> None:
    unknown = {"title": None, "authors": None, "published_at": float("nan"), "body": None}
    result = examined(tmp_path, unknown)
    assert {name for name, score in result.scores.items() if score is not None} == {"skipped", "article"}
    assert result.wrong == ()


def test_a_folder_that_is_none_of_the_kind_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"No folder .*nowhere.* Give the data folder that has ground_truth.jsonl"):
        load_pages(tmp_path / "nowhere")
    with pytest.raises(BadInput, match=r"Can't read ground_truth.jsonl"):
        load_pages(tmp_path)
    (tmp_path / "ground_truth.jsonl").write_text(json.dumps(TRUTH), encoding="utf-8")
    with pytest.raises(BadInput, match=r"No folder 'html' .* <id>.html.gz"):
        load_pages(tmp_path)
    (tmp_path / "html").mkdir()
    with pytest.raises(BadInput, match=r"there is no page html/heron.html.gz"):
        load_pages(tmp_path)


def test_a_page_that_is_cleaned_well_is_right_in_all(tmp_path: Path) -> None:
    result = examined(tmp_path, {"with": ["eleven herrings"], "without": ["All rights reserved"]})
    told = figures(result)
    assert [told[name] for name in ("4-gram F1", "identical", "word F1", "title exact", "day exact")] == [1.0] * 5
    assert (told["first author found"], told["snippets kept"], told["furniture kept"], told["skipped"]) == (1, 1, 0, 0)
    assert result.wrong == ()
    assert result.seconds["clean"] > 0


def test_what_is_wrong_is_said_and_both_sides_are_shown(tmp_path: Path) -> None:
    gold = {"title": "Heron flies", "authors": ["Tom Moss"], "published_at": "2024-03-06", "body": PARAGRAPHS[0]}
    result = examined(tmp_path, gold)
    text, *fields = result.wrong
    assert text.startswith("text: ")
    assert fields == [
        "title: found Heron moves in with lighthouse keeper instead of Heron flies",
        "first author: found Una Fen instead of Tom Moss",
        "day: found 2024-03-05 instead of 2024-03-06",
    ]
    assert result.shown["found"]["only_here"] == [
        line[:199] + "…" if len(line) > 200 else line for line in PARAGRAPHS[1:]
    ]
    assert result.shown["gold"]["only_here"] == []
    assert json.loads(json.dumps(result.shown)) == result.shown


def test_a_skipped_page_found_nothing(tmp_path: Path) -> None:
    result = examined(tmp_path, {}, page="<html><body><p>Only a few words here.</p></body></html>")
    told = figures(result)
    assert [told[name] for name in ("skipped", "4-gram recall", "word F1", "title exact", "day exact")] == [
        1,
        0,
        0,
        0,
        0,
    ]
    assert not {"4-gram precision", "4-gram F1", "word F1, articles"} & set(told)
    assert [line.split(":")[0] for line in result.wrong] == ["skipped"]


def test_pages_that_became_articles_and_sets_have_figures_of_their_own(tmp_path: Path) -> None:
    rows = ({**TRUTH, "set": "aeb"}, {**TRUTH, "id": "stub", "set": "fundus"})
    pages = load_pages(folder_of(tmp_path, *rows, pages={"heron": PAGE, "stub": "<html><body>Nothing</body></html>"}))
    told = figures(*map(examine_page, pages.items))
    assert (told["word F1"], told["skipped"]) == (0.5, 0.5)
    assert [told[f"word F1, {part}"] for part in ("articles", "aeb", "fundus")] == [1.0, 1.0, 0.0]
    assert told["4-gram recall, fundus"] == 0.0


def test_a_page_that_cannot_be_unpacked_is_an_error_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {**TRUTH, "id": "torn"}, TRUTH, pages={"heron": PAGE})
    (folder / "html" / "torn.html.gz").write_bytes(b"no gzip")
    made = run(Task("newsdesk", load_pages(folder).items, examine_page, PAGE_MEASURES))
    assert [result.error is None for result in made.results] == [False, True]
    figure = made.figure("word F1")
    assert figure is not None
    assert (figure.value, figure.n) == (1.0, 1)


@pytest.mark.parametrize(
    ("name", "pages", "scored"),
    [("article_extraction", 125, 125), ("wcxb_article", 237, 237), ("date_extraction", 118, 0)],
)
def test_the_public_pages_are_all_read(name: str, pages: int, scored: int) -> None:
    folder = SHARED / "data" / name
    if not folder.exists():
        pytest.skip(f"the data set {name} is not part of the project, and not beside it here")
    loaded = load_pages(folder)
    assert (len(loaded.items), loaded.problems) == (pages, ())
    assert sum(item.body is not None for item in loaded.items) == scored
    assert examine_page(loaded.items[0]).error is None
