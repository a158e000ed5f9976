"""Make `docs/benchmarks.md`: `python -m evals.benchmarks DATA [--work DIR] [--only NAME]... [--out FILE]`.

DATA is a folder with the public development data, one folder a set; those that are absent are left out. With `--work`
the indexes and results are kept, and `--only` measures just some of the sets again and takes the others from there.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals.evaluate import Options, evaluate
from evals.published import PUBLISHED
from evals.results import Evaluation, Figure, load, save
from qa.models import load_embedder
from qa.settings import Settings

SEARCHES = ("hybrid", "fused", "dense", "lexical")
ROW_NAMES = {
    "hybrid": "**newsdesk**",
    "fused": "newsdesk, recency and spread left out",
    "dense": "newsdesk, dense search alone",
    "lexical": "newsdesk, lexical search alone",
    "newsdesk": "**newsdesk**",
    "plain": "plain LangChain",
}
FOUND = ("R@1", "R@5", "MRR@10", "nDCG@10", "gold in first statement", "gold in any statement")
SILENT = ("abstention precision", "abstention recall", "abstention F1", "AUROC answerable", "CRAG")


PREFACE = """\
Figures stand with their 95 % bootstrap intervals. “Gold in first statement” is the share of the answerable questions
whose first statement holds one of the gold wordings; where newsdesk abstained, it counts as wrong. All is measured with
the default settings. The calibration was fitted on `squad2` and both `realtimeqa` folders, which flatters what is said
there about abstaining; nothing was fitted to the committed cases.

*Plain LangChain* is what one would write in an afternoon: `RecursiveCharacterTextSplitter` with 1,000 characters and an
overlap of 200, the same embedder, `Chroma` with its defaults, the four nearest chunks. Its “first statement” is the
whole first chunk, and “any statement” all four: far more text than newsdesk shows, so that those columns favour it. It
never abstains."""


@dataclass(frozen=True)
class Benchmark:
    """One data folder: the dataset whose form it has, its figures in tables, and what to say of it."""

    folder: str
    dataset: str
    tables: tuple[tuple[str, ...], ...]
    about: str
    searches: tuple[str, ...] = ("hybrid",)
    limit: int | None = None
    plain: bool = False


BENCHMARKS = (
    Benchmark(
        "",
        "cases",
        (
            FOUND,
            ("nugget recall", "citation recall", "citation precision", "quote exactness"),
            (*SILENT, "false premises caught"),
        ),
        "The questions that come along, over the bundled articles: written to be hard, a quarter without an answer.",
        SEARCHES,
        plain=True,
    ),
    Benchmark(
        "realtimeqa_gold",
        "realtimeqa",
        (FOUND,),
        "RealTime QA 2022–2023: quiz questions of news desks, and the article that the desk linked. The answers are "
        "quiz choices, often in other words than the article's.",
        SEARCHES,
        plain=True,
    ),
    Benchmark(
        "realtimeqa_2026",
        "realtimeqa",
        (FOUND, SILENT),
        "RealTime QA 2026: any article with the answer's words counts as gold; 54 questions of 2025 have no answer in "
        "the collection.",
        SEARCHES,
        plain=True,
    ),
    Benchmark(
        "squad2",
        "squad2",
        (FOUND, SILENT),
        "SQuAD 2.0 over all its passages, a sample of 600 questions: as they are, made up to look answerable, and with "
        "the passage that answers taken away.",
        limit=600,
        plain=True,
    ),
    Benchmark(
        "multihop",
        "multihop",
        (FOUND, SILENT),
        "MultiHop-RAG, the sentences that its questions rest on; R@k is the share of all the sentences needed.",
        plain=True,
    ),
    Benchmark(
        "mtragun",
        "mtragun",
        ((*FOUND[:4], "token F1"), SILENT),
        "MTRAG-UN: conversations about documents that are not news; some without an answer, or too vague for one.",
        plain=True,
    ),
    Benchmark(
        "rewrite",
        "rewrite",
        (("BLEU-4, canard", "token F1, canard", "BLEU-4, cast", "token F1, cast"),),
        "Follow-ups made to stand alone, against a person's rewriting.",
    ),
    Benchmark(
        "wice",
        "wice",
        (("AUROC supported", "balanced accuracy", "F1 supported"),),
        "WiCE: claims against the pages they cite; supported against the rest. It measures the check of support alone.",
    ),
    Benchmark(
        "article_extraction",
        "article_extraction",
        (
            ("4-gram F1, aeb", "4-gram precision, aeb", "4-gram recall, aeb"),
            (
                "4-gram F1, fundus",
                "word F1, fundus",
                "title exact, fundus",
                "day exact, fundus",
                "first author found, fundus",
            ),
        ),
        "News pages with reviewed text: the article-extraction-benchmark's (aeb) and Fundus's.",
    ),
    Benchmark(
        "wcxb_article",
        "wcxb_article",
        (("word F1", "word precision", "word recall", "title exact", "day exact", "first author found"),),
        "WCXB, pages of the type “article”: blogs, magazines, news.",
    ),
    Benchmark(
        "date_extraction", "date_extraction", (("day exact",),), "The publication day of pages, from htmldate's tests."
    ),
)


def measured(benchmark: Benchmark, data: Path, work: Path, again: bool, embedder: Any) -> Evaluation:
    """The evaluation of a benchmark: from the work folder if it is there, unless it is to be made again."""
    name = benchmark.folder or benchmark.dataset
    kept = work / "results" / f"{name}.json"
    if kept.exists() and not again:
        return load(kept)
    print(f"measuring {name}", file=sys.stderr, flush=True)
    options = Options(
        searches=(*benchmark.searches, *(("plain",) if benchmark.plain else ())),
        limit=benchmark.limit,
        work=work / "homes",
        embedder=embedder,
    )
    path = data / benchmark.folder if benchmark.folder else None
    made = evaluate(benchmark.dataset, path, Settings(), options)
    save(replace(made, runs=tuple(replace(run, results=()) for run in made.runs)), kept)
    return made


def section(benchmark: Benchmark, made: Evaluation) -> str:
    """A benchmark as Markdown."""
    name = benchmark.folder or "the committed cases"
    tables = [table_of(columns, made, benchmark.folder) for columns in benchmark.tables]
    errors = f" {made.errors} failed." if made.errors else ""
    told = f"{benchmark.about} {made.cases['count']} cases, at commit {made.commit}.{errors}"
    return "\n\n".join([f"## {name}", told, *tables])


def table_of(columns: Sequence[str], made: Evaluation, folder: str) -> str:
    """One table: our runs with their intervals, then the figures of others, each with its source."""
    rows = []
    for run in made.runs:
        cells = [cell(run.figure(column)) for column in columns]
        if any(cells):
            rows.append([ROW_NAMES[run.name], *cells])
    sources = []
    for other in PUBLISHED.get(folder, ()):
        if any(column in other.figures for column in columns):
            rows.append([other.system, *(plain_number(other.figures.get(column)) for column in columns)])
            sources.append(f"{other.system}: {other.where}")
    shared = shared_suffix(columns)
    header = [shared or "system", *(column.removesuffix(f", {shared}") for column in columns)]
    lines = [header, ["---"] * len(header), *rows]
    text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return text + (f"\n\n{'; '.join(sources)}." if sources else "")


def cell(figure: Figure | None) -> str:
    """A figure with its interval; nothing where there is none."""
    if figure is None or figure.value is None:
        return ""
    low, high = (plain_number(bound) for bound in (figure.low, figure.high))
    return f"{plain_number(figure.value)} ({low}–{high})"


def plain_number(value: float | None) -> str:
    """`0.871`; `54.1` for what is not a share; nothing for `None`."""
    if value is None:
        return ""
    return f"{value:.1f}" if abs(value) > 1.5 else f"{value:.3f}"


def shared_suffix(columns: Sequence[str]) -> str:
    """What stands behind the comma in every column's name; nothing where they differ."""
    suffixes = {column.partition(", ")[2] for column in columns}
    return suffixes.pop() if len(suffixes) == 1 else ""


def page(sections: Iterable[str], made: Mapping[str, Any]) -> str:
    """The whole page."""
    versions = ", ".join(f"{name} {version}" for name, version in made["versions"].items())
    head = f"""# Benchmarks

Made by `python -m evals.benchmarks DATA` on {made["made"][:10]}, on {made["machine"]}; not edited by hand.

{PREFACE}

{versions}."""
    return "\n\n".join([head, *sections]) + "\n"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, help="keep the indexes and results here, for the next run")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="measure this set again")
    parser.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"))
    options = parser.parse_args()
    present = [b for b in BENCHMARKS if not b.folder or (options.data / b.folder).is_dir()]
    embedder = load_embedder()
    with TemporaryDirectory() as temporary:
        work = options.work or Path(temporary)
        made = [
            (b, measured(b, options.data, work, again=(b.folder or b.dataset) in options.only, embedder=embedder))
            for b in present
        ]
    newest = max((evaluation for _, evaluation in made), key=lambda evaluation: evaluation.made)
    about = {**newest.to_json(), "machine": f"{os.cpu_count()} cores without a GPU"}
    options.out.write_text(page([section(b, evaluation) for b, evaluation in made], about), encoding="utf-8")


if __name__ == "__main__":
    main()
