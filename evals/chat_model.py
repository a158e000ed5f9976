"""What a chat model brings, and what the check keeps from being shown: `python -m evals.chat_model NAME [--url URL]`.

The same committed cases over the samples are answered by quotes, by the chat model, and by the chat model with the
check switched off. Prints for each the share of right answers, of statements that their quotes bear out, of right
abstentions, and what it took. The share of statements borne out is the check's own judgement, so that it tells
something only of the last; `--show` prints what was said, for a person to judge.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.cases import COMMITTED, read_cases
from evals.evaluate import limited
from evals.golden import Collection, Question, questions_of
from evals.measures import figures_of
from evals.question_measures import QUESTION_MEASURES
from evals.questions import Examiner
from evals.results import Result
from ingest import ingest, samples_folder
from qa.assistant import Assistant
from qa.build import build_assistant, open_index
from qa.chat import load_chat
from qa.chat_writer import ChatWriter
from qa.settings import Settings

FIGURES = (
    "gold in first statement",
    "gold in any statement",
    "nugget recall",
    "citation recall",
    "number fidelity",
    "date fidelity",
    "name fidelity",
    "abstention precision",
    "abstention recall",
    "tokens read",
    "tokens written",
    "cost",
    "all, p50",
)
WRITERS = ("quotes", "chat model", "unchecked")


@dataclass(frozen=True)
class Trial:
    """What one way of writing made of the cases."""

    writer: str
    results: tuple[Result, ...]

    def figure(self, name: str) -> float | None:
        """A figure over the cases; nothing where no case has it."""
        found = figures_of(self.results, QUESTION_MEASURES)
        return next((figure.value for figure in found if figure.name == name), None)


def trial(writer: str, assistant: Assistant, questions: Sequence[Question], collection: Collection) -> Trial:
    """The questions, put to an assistant that writes in one of the `WRITERS`' ways."""
    if writer == "unchecked":
        if not isinstance(assistant.write, ChatWriter):
            raise TypeError("without a chat model there is nothing to leave unchecked")
        assistant = replace(assistant, write=replace(assistant.write, check=lambda *_: 1.0, granted=lambda *_: []))
    examine = Examiner(assistant, collection)
    return Trial(writer, tuple(map(examine, questions)))


def table(trials: Sequence[Trial]) -> list[list[str]]:
    """The figures, a row each, under the names of the writers."""
    rows = [["", *(each.writer for each in trials)]]
    for name in FIGURES:
        found = [each.figure(name) for each in trials]
        if any(value is not None for value in found):
            rows.append([name, *("" if value is None else f"{value:.3f}" for value in found)])
    return rows


def said(trials: Sequence[Trial]) -> list[str]:
    """Each question, and what came of it in each way."""
    lines = []
    for results in zip(*(each.results for each in trials), strict=True):
        lines.append(f"\n{results[0].shown['question']}  {results[0].shown['gold']['answers']}")
        for each, result in zip(trials, results, strict=True):
            statements = result.shown["answer"]["statements"]
            lines.append(f"  {each.writer}: " + (" | ".join(s["text"] for s in statements) or "(abstains)"))
    return lines


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", help="chat model, as in NEWSDESK_LLM")
    parser.add_argument("--url", help="OpenAI-compatible server that has it")
    parser.add_argument("--cases", type=int, default=40, help="how many of the committed cases (default: 40)")
    parser.add_argument("--seconds", type=float, default=300.0, help="what a reply may take (default: 300)")
    parser.add_argument("--show", action="store_true", help="print what was said")
    given = parser.parse_args()
    chat = load_chat(given.name, given.url, key=os.environ.get("NEWSDESK_LLM_KEY"), timeout=given.seconds)
    with TemporaryDirectory() as temporary:
        settings = Settings(home=Path(temporary), llm=None, llm_timeout=given.seconds)
        ingest([samples_folder()], settings=settings)
        with open_index(settings) as index:
            collection = Collection(index)
            questions, _ = questions_of(limited(read_cases(COMMITTED).cases, given.cases), collection)
            quoting = build_assistant(settings, index=index)
            writing = build_assistant(settings, index=index, chat=chat)
            trials = [
                trial(writer, quoting if writer == "quotes" else writing, questions, collection) for writer in WRITERS
            ]
    print(f"{len(questions)} cases")
    for row in table(trials):
        print("  ".join([row[0].ljust(24), *(cell.rjust(10) for cell in row[1:])]))
    if given.show:
        print("\n".join(said(trials)))


if __name__ == "__main__":
    main()
