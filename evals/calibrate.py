"""Fit the models of `qa/calibration.json`: `python -m evals.calibrate DATA [--work DIR] [--limit N]`.

DATA is a folder with `squad2`, `realtimeqa_gold` and `realtimeqa_2026`; the development cases come along. Each is
indexed as a user would (once, with `--work` kept between runs), its questions are put to the default search, and the
hits are read. `rank` is fitted on the questions that have an answer: to give the sentences that answer the largest
share of e to the power of the scores. `answer` is fitted on the best sentence of every question: does it answer? Both
are fitted twice: `apart`, without what reading question and passage together tells, and with it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from evals.cases import COMMITTED, read_cases
from evals.datasets.question_set import QuestionSet
from evals.datasets.realtimeqa import realtimeqa
from evals.datasets.squad2 import squad2
from evals.datasets.store import store
from evals.fitting import fit_choice, fit_odds
from evals.golden import Collection, Question, questions_of
from evals.sentences import READ, Sentences, first_right, group_of, sentences_of
from qa import Settings, build_assistant
from qa.build import open_index
from qa.calibration import FILE, Linear, load_calibration
from qa.chroma import PASSAGE_FORMAT
from qa.embedder import LEAST_ODDS, Embedder
from qa.features import NAMES, with_joint
from qa.matching import Numbers
from qa.models import load_embedder
from qa.reader import TOGETHER, Reader, likeliest
from qa.remembering import Remembering
from qa.sureness import SIGNS, WHOLE, whole

DESK = COMMITTED.with_name("desk")
SETS = ("desk", "squad2", "realtimeqa_gold", "realtimeqa_2026")
RANK_SHARES = {"desk answerable": 1.0, "squad2 answerable": 0.5, "news answerable": 0.2}
SHARES = {
    "desk answerable": 1.0,
    "desk unanswerable": 1.0,
    "squad2 answerable": 0.5,
    "squad2 adversarial": 0.1,
    "squad2 absent": 0.3,
    "news answerable": 0.3,
    "news absent": 0.3,
}
"""What each group of questions weighs in a fit. SQuAD is no news, and its unanswerable questions were made up to look
answerable, which few people do; the answers of "news answerable" are quiz choices in other words than the articles', so
that many a right sentence counts as wrong there."""

DATES = "outside the dates"
"""The tag of cases whose answer is kept out by the dates: what is read then says nothing on reading."""


def asked_of(name: str, data: Path, limit: int | None) -> QuestionSet:
    """The questions of one of `SETS`."""
    if name == "desk":
        read = read_cases(DESK.with_suffix(".jsonl"))
        cases = tuple(case for case in read.cases if DATES not in case.tags and not case.turns)
        return QuestionSet(name, cases, read.sha256, (), lambda _: DESK).limited(limit)
    found = squad2(data / name, neighbours=False) if name == "squad2" else realtimeqa(data / name)
    return found.limited(limit)


def examine(asked: QuestionSet, work: Path, embedder: Embedder) -> list[Sentences]:
    """Every question of a set, read; its articles are indexed in `work` unless they are already.

    SQuAD's questions are asked a second time with the passage that answers taken away.
    """
    home = work / f"{asked.name}-{asked.sha256[:12]}-{PASSAGE_FORMAT}"
    home.mkdir(parents=True, exist_ok=True)
    settings = Settings(home=home)
    remembering = Remembering(embedder, kept=None)
    with open_index(settings, create=True) as index:
        store(asked, home, index, embedder)
        questions, _ = questions_of(asked.cases, Collection(index))
        remembering.read([question.case.question for question in questions])
        assistant = build_assistant(settings, index=index, embedder=remembering)
        reader = Reader(index, remembering, lambda text: remembering.read([text])[0], load_calibration(), together=READ)

        def read(question: Question, group: str, without: Sequence[str] = ()) -> Sentences:
            return sentences_of(question, group, assistant, reader, without)

        found = [read(question, group_of(asked.name, question)) for question in questions]
        if asked.name == "squad2":
            found += [
                read(
                    replace(q, case=q.case.model_copy(update={"answerable": False})), "squad2 absent", list(q.report_of)
                )
                for q in questions
                if q.case.answerable
            ]
        return [outcome for outcome in found if any(len(read_.spans) for read_ in outcome.reads)]


def fit(outcomes: Sequence[Sentences]) -> dict[str, Any]:
    """All models as JSON has them: those for what was read apart, and those for what was read together."""
    apart = _fit([_apart(outcome) for outcome in outcomes])
    return {**_fit(likeliest_together(outcomes, apart)), "apart": apart}


def _fit(outcomes: Sequence[Sentences]) -> dict[str, Any]:
    known = [o for o in outcomes if o.is_answered and o.group in RANK_SHARES]
    rank = fit_choice(
        [np.concatenate([read.rows for read in o.reads]) for o in known],
        [np.concatenate(o.wanted) for o in known],
        _shares(known, RANK_SHARES),
        NAMES,
    )
    told, right = _told(outcomes, rank)
    answer = fit_odds(told, right, _shares(outcomes, SHARES), WHOLE, never_below_zero=SIGNS)
    return {"rank": rank, "answer": answer}


def likeliest_together(outcomes: Sequence[Sentences], apart: Mapping[str, Any]) -> list[Sentences]:
    """The outcomes as an assistant would have them: read together only where that is likely to answer."""
    rank = Linear.from_json(apart["rank"], NAMES)
    kept = [set(likeliest([rank(read.rows) for read in o.reads], TOGETHER)) for o in map(_apart, outcomes)]
    return [
        replace(o, reads=[r if n in own else with_joint(r, LEAST_ODDS) for n, r in enumerate(o.reads)])
        for o, own in zip(outcomes, kept, strict=True)
    ]


def _apart(outcome: Sentences) -> Sentences:
    """What was read without reading question and passage together."""
    return replace(outcome, reads=[with_joint(read, 0.0) for read in outcome.reads])


Fold = tuple[Any, dict[str, Any]]
"""The places of some outcomes, and models that were fitted on all others."""


def folds_of(outcomes: Sequence[Sentences], folds: int = 5) -> list[Fold]:
    """Models for all outcomes, none of which has seen those that it is for, nor others about the same articles."""
    groups = [_fold(o) for o in outcomes]
    parts = GroupKFold(folds).split(groups, groups=groups)
    return [(test, fit([outcomes[i] for i in train])) for train, test in parts]


def held_out(outcomes: Sequence[Sentences], folds: Sequence[Fold]) -> tuple[Any, Numbers]:
    """Whether each outcome's first statement is right, and with what probability, by models that did not see it."""
    right, sure = np.zeros(len(outcomes), dtype=bool), np.zeros(len(outcomes))
    for test, models in folds:
        tested = likeliest_together([outcomes[i] for i in test], models["apart"])
        told, right[test] = _told(tested, models["rank"])
        sure[test] = 1 / (1 + np.exp(-Linear.from_json(models["answer"], WHOLE)(told)))
    return right, sure


def right_if_given(outcomes: Sequence[Sentences], folds: Sequence[Fold], group: str) -> float | None:
    """The share of a group's questions whose first statement is right where the passage that answers is all there is.

    Questions for which it was not found are left out. `None` without any.
    """
    right = []
    for test, models in folds:
        rank = Linear.from_json(models["rank"], NAMES)
        given = (_given(outcomes[i]) for i in test if outcomes[i].group == group)
        right += [first_right(o, [rank(read.rows) for read in o.reads]) for o in given if o.reads]
    return round(float(np.mean(right)), 3) if right else None


def _given(outcome: Sentences) -> Sentences:
    """What was read in the articles that answer, alone."""
    kept = [n for n, article in enumerate(outcome.articles) if article in outcome.question.report_of]
    return replace(
        outcome,
        articles=[outcome.articles[n] for n in kept],
        reads=[outcome.reads[n] for n in kept],
        right=[outcome.right[n] for n in kept],
        wanted=[outcome.wanted[n] for n in kept],
    )


def report(outcomes: Sequence[Sentences], right: Any, sure: Numbers, threshold: float) -> dict[str, Any]:
    """By group: questions, share with the first statement right, share answered at the threshold; and the AUCs."""
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
    cosine = NAMES.index("passage_cosine")
    nearest = [max(read.rows[:, cosine].max() for read in o.reads) for o in outcomes if o.is_answered]
    figures["nearest passage of answerable questions, 5th percentile of the cosine"] = round(
        float(np.percentile(nearest, 5)), 3
    )
    for kind, against in (
        ("desk", "unanswerable"), ("squad2", "absent"), ("squad2", "adversarial"), ("news", "absent")
    ):  # fmt: skip
        members = groups[f"{kind} answerable"] + groups[f"{kind} {against}"]
        truth = [outcomes[i].group == f"{kind} answerable" for i in members]
        if len(set(truth)) == 2:
            figures[f"AUC answerable against {kind} {against}"] = round(float(roc_auc_score(truth, sure[members])), 3)
    return figures


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, help="keep the indexes here, for the next run")
    parser.add_argument("--limit", type=int, help="only so many questions of each set, to try it out")
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    embedder = load_embedder()
    outcomes: list[Sentences] = []
    with TemporaryDirectory() as temporary:
        for name in SETS:
            print(f"reading {name}", file=sys.stderr)
            asked = asked_of(name, options.data, options.limit)
            outcomes += examine(asked, options.work or Path(temporary), embedder)
    folds = folds_of(outcomes)
    figures = report(outcomes, *held_out(outcomes, folds), threshold=Settings().answer_threshold)
    figures["squad2 answerable, first_right, the passage given"] = right_if_given(outcomes, folds, "squad2 answerable")
    data = {
        "embedder": embedder.name,
        **fit(outcomes),
        "fitted_on": sorted(SETS),
        "held_out": figures,
    }
    options.out.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=2))


def _told(outcomes: Sequence[Sentences], rank: Mapping[str, Any]) -> tuple[Numbers, Any]:
    """The values of `WHOLE` for each outcome, and whether its first statement is right."""
    model = Linear.from_json(rank, NAMES)
    told, right = [], []
    for outcome in outcomes:
        scores = [model(read.rows) for read in outcome.reads]
        told.append(whole(outcome.asked, outcome.reads, outcome.articles, scores))
        right.append(first_right(outcome, scores))
    return np.stack(told), np.asarray(right, dtype=bool)


def _shares(outcomes: Sequence[Sentences], shares: Mapping[str, float]) -> Numbers:
    """A weight for each outcome, so that the groups count as `shares` says, whatever their sizes."""
    sizes = Counter(outcome.group for outcome in outcomes)
    return np.asarray([shares[o.group] / sizes[o.group] for o in outcomes])


def _fold(outcome: Sentences) -> str:
    """What keeps outcomes together in one fold: the articles that answer, or the question."""
    return min(outcome.question.report_of, default=outcome.question.case.question)


def _share(right: Any, answered: Any) -> float | None:
    return round(float(right[answered].mean()), 3) if answered.any() else None


if __name__ == "__main__":
    main()
