"""What retrieval loses among many other articles: `python -m evals.pooled DATA [--work DIR]`.

DATA is a folder with `realtimeqa_gold` and any of the other question sets. Its questions are put to
an index of its own articles, and to one that has the articles of every set. As many as lie before the moment of asking
compete: so the questions are asked a second time as of the present, when all do. Prints R@1, R@5 and MRR@10 of each.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

from evals.datasets.question_set import QuestionSet
from evals.datasets.registry import QUESTION_SETS
from evals.datasets.store import store
from evals.golden import Collection, Question, questions_of
from evals.scores.retrieval import ranking, retrieval_scores
from qa.assistant import Assistant
from qa.build import build_assistant, open_index
from qa.embedder import Embedder
from qa.models import load_embedder
from qa.settings import Settings
from qa.types import now
from qa.understanding import understand

ASKED = "realtimeqa_gold"
OTHERS = ("realtimeqa_2026", "squad2", "multihop", "mtragun")
DEPTH = 50
FIGURES = ("R@1", "R@5", "RR@10")


def pools(data: Path) -> dict[str, list[QuestionSet]]:
    """The sets whose articles are in each pool; those that are not in `data` are left out."""
    own = QUESTION_SETS["realtimeqa"](data / ASKED)
    others = [QUESTION_SETS[name.partition("_")[0]](data / name) for name in OTHERS if (data / name).is_dir()]
    return {"its own articles": [own], "every article": [own, *others]}


def found(assistant: Assistant, questions: Sequence[Question]) -> Mapping[str, float]:
    """The mean of each of `FIGURES` over questions, each searched for as it is understood."""
    scores = []
    for question in questions:
        query = understand(
            question.case.question, (), question.as_of, question.filters, lambda: assistant.catalogue().publishers
        )
        hits = assistant.search(assistant.sought(query), DEPTH)
        ranked = ranking([hit.passage.article_id for hit in hits], question.report_of)
        scores.append(retrieval_scores(ranked, question.gold))
    return {name: fmean(each[name] or 0.0 for each in scores) for name in FIGURES}


def measured(sets: Sequence[QuestionSet], home: Path, embedder: Embedder) -> list[tuple[str, int, Mapping[str, float]]]:
    """When the first set's questions were asked, among how many articles, and how well they were answered for."""
    home.mkdir(parents=True, exist_ok=True)
    settings = Settings(home=home)
    with open_index(settings, create=True) as index:
        for each in sets:
            store(each, home, index, embedder)
        collection = Collection(index)
        questions = [question for question in questions_of(sets[0].cases, collection)[0] if question.gold]
        assistant = build_assistant(settings, index=index, embedder=embedder)
        late = [replace(question, as_of=now()) for question in questions]
        size = len(collection.rows)
        return [("then", size, found(assistant, questions)), ("now", size, found(assistant, late))]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, help="keep the indexes here, for the next run")
    given = parser.parse_args()
    embedder = load_embedder()
    with TemporaryDirectory() as temporary:
        for n, (name, sets) in enumerate(pools(given.data).items()):
            home = (given.work or Path(temporary)) / f"pooled-{n}"
            for when, size, scores in measured(sets, home, embedder):
                told = "  ".join(f"{figure} {value:.3f}" for figure, value in scores.items())
                print(f"{name:17} {size:6,}  asked {when}:  {told}")


if __name__ == "__main__":
    main()
