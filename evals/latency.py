"""How long an answer takes, against what it can't do without: `python -m evals.latency [HOME]`.

Without a home, the bundled samples are indexed in a temporary folder. For each question in turn it times a warm `ask`
and the encoding of the question and of the passages that were read for it; what an assistant remembers of the passages
that it has read is forgotten before each. Prints both medians and their ratio, and the median time of
`newsdesk --help`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest import ingest, samples_folder
from qa import Settings, build_assistant
from qa.assistant import Assistant
from qa.build import open_index
from qa.embedder import Embedder, passage_input
from qa.models import load_embedder
from qa.types import Query, now

QUESTIONS = (
    "What did South Korea say about the ICBM?",
    "How many people were injured in the ferry collision?",
    "Why was Carrow Bridge closed?",
    "Who won the Regional Cup?",
    "What did Japan tell people in Miyagi?",
)
ROUNDS = 6


def asking(assistant: Assistant, question: str) -> float:
    """Seconds of an `ask` of an assistant that has read nothing yet."""
    begun = time.perf_counter()
    assistant.ask(question)
    return time.perf_counter() - begun


def encoding(assistant: Assistant, embedder: Embedder, question: str) -> float:
    """Seconds of encoding the question and the passages that are read for it."""
    hits = assistant.search(Query(question, now()), assistant.passages_read)
    begun = time.perf_counter()
    embedder.read([question])
    embedder.read([passage_input(hit.passage) for hit in hits])
    return time.perf_counter() - begun


def helping() -> float:
    """Seconds of `newsdesk --help`, as a process."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "ui.cli", "--help"], check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> None:
    """The command."""
    with TemporaryDirectory() as temporary:
        settings = Settings(home=Path(sys.argv[1] if len(sys.argv) > 1 else temporary))
        embedder = load_embedder(settings.embedder)
        if len(sys.argv) < 2:
            ingest([samples_folder()], settings=settings, embedder=embedder)
        with open_index(settings) as index:
            times = []
            for question in QUESTIONS * ROUNDS:
                assistant = build_assistant(settings, index=index, embedder=embedder)
                assistant.catalogue()  # which one that is warm has at hand
                times.append((asking(assistant, question), encoding(assistant, embedder, question)))
    warm = times[len(QUESTIONS) :]  # the first round warms up
    asked, encoded = (statistics.median(column) for column in zip(*warm, strict=True))
    print(f"ask {asked:.3f} s, encoding alone {encoded:.3f} s, ratio {asked / encoded:.2f} ({len(warm)} questions)")
    print(f"newsdesk --help {statistics.median(helping() for _ in range(10)):.3f} s")


if __name__ == "__main__":
    main()
