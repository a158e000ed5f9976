"""How fast pages come into the index, against what can't be done without: `python -m evals.throughput [--pages N]`.

Pages of HTML are made from the sentences of the bundled samples. Each part of them is ingested, and then its passages
are embedded alone, sorted by length; the two are done in turn, so that what else the machine does falls on both. Prints
the passages a second of each and their ratio; before that, with an embedder that costs nothing, the memory that an
ingest takes with so many pages and with four times as many, and how fast an unchanged collection is passed over.
"""

from __future__ import annotations

import argparse
import html
import random
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from ingest import ingest, samples_folder
from ingest.prepare import Prepared, prepare
from ingest.sources import pages
from qa.embedder import Reading, Vectors, passage_input
from qa.index import Index
from qa.sentences import sentence_spans
from qa.settings import Settings
from qa.types import Page

SENTENCES = 24
"""Of a page: about four passages, as a news article has."""

PARTS = 2
DIMENSIONS = 384
FURNITURE = (
    "<nav><ul>{links}</ul></nav>{body}<aside><h3>More news</h3><ul>{links}</ul></aside><footer>Contact us</footer>"
)


class Free:
    """An embedder that costs next to nothing: vectors by chance."""

    name = "free"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text."""
        vectors = np.random.default_rng(len(texts)).standard_normal((len(texts), DIMENSIONS))
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Not to be called: nothing is asked."""
        raise NotImplementedError

    def joint(self) -> None:
        """Nothing is asked, and nothing read."""


def sentences() -> list[str]:
    """The sentences of the bundled samples."""
    prepared = [prepare(page) for page in pages([samples_folder()]) if isinstance(page, Page)]
    texts = [each.article.text for each in prepared if isinstance(each, Prepared)]
    return [text[start:end].strip() for text in texts for start, end in sentence_spans(text)]


def write_pages(folder: Path, count: int) -> list[Path]:
    """That many pages, each of other sentences, always the same ones."""
    known, chance = sentences(), random.Random(7)
    links = "".join(f'<li><a href="/{n}">{html.escape(chance.choice(known)[:40])}</a></li>' for n in range(30))
    folder.mkdir()
    return [_write(folder / f"{n}.html", n, chance.choices(known, k=SENTENCES), links) for n in range(count)]


def _write(path: Path, n: int, chosen: Sequence[str], links: str) -> Path:
    body = "".join(f"<p>{html.escape(' '.join(chosen[i : i + 3]))}</p>" for i in range(0, len(chosen), 3))
    title = html.escape(f"Report {n}: {chosen[0][:60]}")
    head = f'<title>{title}</title><link rel="canonical" href="https://news.example/{n}">'
    shown = FURNITURE.format(links=links, body=f"<article><h1>{title}</h1>{body}</article>")
    path.write_text(f"<!doctype html><html lang=en><head>{head}</head><body>{shown}</body></html>", encoding="utf-8")
    return path


def against_the_embedder(files: Sequence[Path], home: Path) -> dict[str, float]:
    """Passages a second: of the pipeline, of its embedder alone, and of the model as sentence-transformers runs it."""
    from sentence_transformers import SentenceTransformer  # the memory of a run without it is measured too

    from qa.models import load_embedder, packaged_folder

    embedder = load_embedder(Settings().embedder)
    model = SentenceTransformer(str(packaged_folder()))
    seconds = {"pipeline": 0.0, "embedder": 0.0, "sentence-transformers": 0.0}
    total = 0
    with Index.open(home, embedder=embedder.name, create=True) as index:
        ingest(files[:4], index=index, embedder=embedder)  # starts the processes
        files = files[4:]
        size = -(-len(files) // PARTS)
        for start in range(0, len(files), size):
            part = files[start : start + size]
            begun = time.perf_counter()
            report = ingest(part, index=index, embedder=embedder)
            seconds["pipeline"] += time.perf_counter() - begun
            passages = [p for row in report.added for p in index.passages_of(row.article_id)]
            texts = sorted(map(passage_input, passages), key=len)
            total += len(texts)
            begun = time.perf_counter()
            embedder.encode(texts)
            seconds["embedder"] += time.perf_counter() - begun
            begun = time.perf_counter()
            model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
            seconds["sentence-transformers"] += time.perf_counter() - begun
    return {name: total / taken for name, taken in seconds.items()}


def passed_over(folder: Path, home: Path) -> float:
    """Articles a second when all of them are stored already."""
    with Index.open(home, embedder="free", create=True) as index:
        ingest([folder], index=index, embedder=Free())
        report = ingest([folder], index=index, embedder=Free())
    return len(report.unchanged) / report.seconds


def peak(count: int, work: Path) -> float:
    """Most memory in MB of a process that ingests so many pages, the workers aside."""
    folder = work / f"pages{count}"
    write_pages(folder, count)
    done = subprocess.run(
        [sys.executable, "-m", "evals.throughput", "--peak", str(folder), str(work / f"home{count}")],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return float(done.stdout.split()[-1])


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=400, help="pages that are embedded with the model")
    parser.add_argument("--unchanged", type=int, default=1000, help="pages that are passed over")
    parser.add_argument("--peak", nargs=2, metavar=("FOLDER", "HOME"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.peak:
        passed_over(*map(Path, asked.peak))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    with TemporaryDirectory() as temporary:
        work = Path(temporary)
        sizes = (asked.unchanged, 4 * asked.unchanged)  # first: a process is told its parent's memory as its own
        print("memory: " + ", ".join(f"{peak(size, work):.0f} MB with {size} pages" for size in sizes))
        write_pages(work / "unchanged", asked.unchanged)
        rate = passed_over(work / "unchanged", work / "unchanged_home")
        print(f"unchanged: {rate:.0f} of {asked.unchanged} articles a second")
        rates = against_the_embedder(write_pages(work / "pages", asked.pages), work / "home")
        for name, rate in rates.items():
            print(f"{name}: {rate:.1f} passages/s; the pipeline has {rates['pipeline'] / rate:.2f} of it")


if __name__ == "__main__":
    main()
