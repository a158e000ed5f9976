"""Fit the two logistic models of `qa/calibration.json`: `python -m evals.calibrate DATA [--work DIR] [--limit N]`.

DATA is a folder with `squad2`, `realtimeqa_gold` and `realtimeqa_2026`. Each is indexed as a user would (once, with
`--work` kept between runs), its questions are put to the default search, and the hits are read. `rank` is fitted on all
sentences of the questions that have an answer, `answer` on the best sentence of every question: does it answer?
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from evals.datasets.registry import QUESTION_SETS
from evals.datasets.store import store
from evals.golden import Collection, questions_of
from evals.sentences import Remembering, Sentences, group_of, sentences_of
from qa import Settings, build_assistant
from qa.build import open_index
from qa.calibration import FILE, load_calibration
from qa.chroma import PASSAGE_FORMAT
from qa.embedder import Embedder
from qa.features import NAMES
from qa.models import load_embedder
from qa.reader import Reader

RANK = ("interaction", "sentence_coverage", "passage_coverage", "fits")
ANSWER = ("interaction", "sentence_coverage", "fits", "names_missing", "numbers_missing")
SHARES = {
    "squad2 answerable": 2.0,
    "squad2 adversarial": 0.15,
    "squad2 absent": 0.4,
    "news answerable": 0.3,
    "news absent": 0.4,
}
"""What each group of questions weighs in the fit of `answer`: people mostly ask a collection about what is in it, and
seldom what was made up to look as if it were, as SQuAD's unanswerable questions are. The answers of "news answerable"
are quiz choices in other words than the articles', so that many a right sentence counts as wrong there."""

FOLDERS = {"squad2": "squad2", "realtimeqa_gold": "realtimeqa", "realtimeqa_2026": "realtimeqa"}
"""The data of each folder."""

Numbers = NDArray[np.float64]


def examine(folder: Path, work: Path, embedder: Embedder, limit: int | None = None) -> list[Sentences]:
    """Every case of one data folder, read; its articles are indexed in `work` unless they are already."""
    data = FOLDERS[folder.name]
    asked = QUESTION_SETS[data](folder).limited(limit)
    home = work / f"{data}-{asked.sha256[:12]}-{PASSAGE_FORMAT}"
    home.mkdir(parents=True, exist_ok=True)
    settings = Settings(home=home)
    with open_index(settings, create=True) as index:
        store(asked, home, index, embedder)
        questions, _ = questions_of(asked.cases, Collection(index))
        remembering = Remembering(embedder)
        search = build_assistant(settings, index=index, embedder=remembering).search
        reader = Reader(index, remembering, lambda text: remembering.read([text])[0], load_calibration())
        return [sentences_of(question, group_of(data, question), search, reader) for question in questions]


def fit(outcomes: Sequence[Sentences]) -> tuple[dict[str, Any], Numbers]:
    """Both models as JSON has them, and the probability that `answer` gives to each outcome's best sentence."""
    known = [o for o in outcomes if o.right.any()]
    rank = _fit(np.concatenate([o.rows for o in known]), np.concatenate([o.right for o in known]), RANK)
    best = [best_of(o, rank) for o in outcomes]
    rows = np.stack([o.rows[i] for o, i in zip(outcomes, best, strict=True)])
    right = np.asarray([o.right[i] for o, i in zip(outcomes, best, strict=True)])
    answer = _fit(rows, right, ANSWER, weights_of(outcomes))
    return {"rank": rank, "answer": answer}, _probability(answer, rows)


def held_out(outcomes: Sequence[Sentences], folds: int = 5) -> tuple[NDArray[np.bool_], Numbers]:
    """Whether each outcome's best sentence is right, and with what probability, by models that did not see it."""
    right, sure = np.zeros(len(outcomes), dtype=bool), np.zeros(len(outcomes))
    groups = [o.question.case.question for o in outcomes]
    for train, test in GroupKFold(folds, shuffle=True, random_state=13).split(groups, groups=groups):
        models, _ = fit([outcomes[i] for i in train])
        for i in test:
            best = best_of(outcomes[i], models["rank"])
            right[i] = outcomes[i].right[best]
            sure[i] = _probability(models["answer"], outcomes[i].rows[best : best + 1])[0]
    return right, sure


def report(outcomes: Sequence[Sentences], right: NDArray[np.bool_], sure: Numbers, threshold: float) -> dict[str, Any]:
    """By group: questions, share with the first sentence right, share answered at the threshold; and the AUCs."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, outcome in enumerate(outcomes):
        groups[outcome.group].append(i)
    figures: dict[str, Any] = {
        group: {
            "questions": len(members),
            "first_right": round(float(right[members].mean()), 3),
            "answered": round(float((sure[members] >= threshold).mean()), 3),
            "right_when_answered": _share(right[members], sure[members] >= threshold),
        }
        for group, members in sorted(groups.items())
    }
    nearest = [o.rows[:, NAMES.index("passage_cosine")].max() for o in outcomes if o.question.case.answers]
    figures["nearest passage of answerable questions, 5th percentile of the cosine"] = round(
        float(np.percentile(nearest, 5)), 3
    )
    for kind, against in (("squad2", "absent"), ("squad2", "adversarial"), ("news", "absent")):
        members = groups[f"{kind} answerable"] + groups[f"{kind} {against}"]
        truth = [outcomes[i].group == f"{kind} answerable" for i in members]
        figures[f"AUC answerable against {kind} {against}"] = round(float(roc_auc_score(truth, sure[members])), 3)
    return figures


def best_of(outcome: Sentences, rank: dict[str, Any]) -> int:
    """Which sentence of an outcome comes first."""
    return int(np.argmax(_probability(rank, outcome.rows)))


def weights_of(outcomes: Sequence[Sentences]) -> Numbers:
    """A weight for each outcome, so that the groups count as `SHARES` says, whatever their sizes."""
    sizes: dict[str, int] = defaultdict(int)
    for outcome in outcomes:
        sizes[outcome.group] += 1
    return np.asarray([SHARES[o.group] * 1000 / sizes[o.group] for o in outcomes])


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, help="keep the indexes here, for the next run")
    parser.add_argument("--limit", type=int, help="only so many cases of each folder, to try it out")
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    embedder = load_embedder()
    outcomes: list[Sentences] = []
    with TemporaryDirectory() as temporary:
        for name in FOLDERS:
            print(f"reading {name}", file=sys.stderr)
            outcomes += examine(options.data / name, options.work or Path(temporary), embedder, options.limit)
    models, _ = fit(outcomes)
    figures = report(outcomes, *held_out(outcomes), threshold=Settings().answer_threshold)
    data = {"embedder": embedder.name, **models, "fitted_on": sorted(FOLDERS), "held_out": figures}
    options.out.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=2))


def _fit(rows: Any, right: NDArray[np.bool_], names: Sequence[str], weights: Numbers | None = None) -> dict[str, Any]:
    columns = [NAMES.index(name) for name in names]
    model = LogisticRegression(C=10, max_iter=2000).fit(rows[:, columns].astype(np.float64), right, weights)
    weights_by_name = dict(zip(names, np.round(model.coef_[0], 4).tolist(), strict=True))
    return {"bias": round(float(model.intercept_[0]), 4), "weights": weights_by_name}


def _probability(model: dict[str, Any], rows: Any) -> Numbers:
    weights = np.asarray([model["weights"].get(name, 0.0) for name in NAMES])
    return np.asarray(1.0 / (1.0 + np.exp(-(rows.astype(np.float64) @ weights + model["bias"]))))


def _share(right: NDArray[np.bool_], answered: NDArray[np.bool_]) -> float | None:
    return round(float(right[answered].mean()), 3) if answered.any() else None


if __name__ == "__main__":
    main()
