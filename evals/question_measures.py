"""The figures over questions: which scores they are made of, and in which group they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from evals.measures import Measure, Table, mean_of, percentile_of, present, table_of
from evals.results import Result
from evals.scores import abstention
from evals.task import Curves

STAGES = ("understand", "search", "read", "write", "all")


def _of(name: str, of: Callable[[Table], float | None], *needs: str, better: str = "higher") -> Measure:
    return Measure(name, "abstention", of, needs, better)


QUESTION_MEASURES: tuple[Measure, ...] = (
    mean_of("R@1", "retrieval"),
    mean_of("R@5", "retrieval"),
    mean_of("RR@10", "retrieval", name="MRR@10"),
    mean_of("nDCG@10", "retrieval"),
    mean_of("gold in first", "answers", name="gold in first statement"),
    mean_of("gold in any", "answers", name="gold in any statement"),
    mean_of("token F1", "answers"),
    mean_of("nugget recall", "answers"),
    mean_of("span quoted", "answers", name="gold span quoted first"),
    mean_of("speaker right", "answers"),
    mean_of("citation recall", "citations"),
    mean_of("citation precision", "citations"),
    mean_of("judged citation recall", "citations"),
    mean_of("judged citation precision", "citations"),
    mean_of("quote exactness", "fidelity"),
    mean_of("number fidelity", "fidelity"),
    mean_of("date fidelity", "fidelity"),
    mean_of("name fidelity", "fidelity"),
    _of("abstention precision", abstention.precision, "answerable", "abstained"),
    _of("abstention recall", abstention.recall, "answerable", "abstained"),
    _of("abstention F1", abstention.f1, "answerable", "abstained"),
    mean_of("false premise caught", "abstention", name="false premises caught"),
    mean_of("CRAG", "abstention"),
    _of("AUROC answerable", abstention.auroc, "sure", "answerable"),
    _of("area under risk–coverage", abstention.area_under_risk, "sure", "right if answered", better="lower"),
    _of("calibration error", abstention.calibration_error, "sure", "right if answered", better="lower"),
    mean_of("follow-up R@5", "follow-ups", name="R@5 as understood"),
    mean_of("rewritten R@5", "follow-ups", name="R@5 with a person's rewrite", better=""),
    mean_of("follow-up RR@10", "follow-ups", name="MRR@10 as understood"),
    mean_of("rewritten RR@10", "follow-ups", name="MRR@10 with a person's rewrite", better=""),
    mean_of("tokens read", "chat model", better="lower"),
    mean_of("tokens written", "chat model", better="lower"),
    mean_of("cost", "chat model", better="lower"),
    *(
        percentile_of(f"seconds {stage}", percent, "seconds", name=f"{stage}, p{percent}")
        for stage in STAGES
        for percent in (50, 95)
    ),
)


def question_curves(results: Sequence[Result]) -> Curves:
    """`risk_coverage`: [coverage, risk] points; `reliability`: [mean said, share true, n] a bin."""
    rows = present(table_of(results), "sure", "right if answered")
    if not rows.size:
        return {}
    sure, right = np.ascontiguousarray(rows[:, 0]), np.ascontiguousarray(rows[:, 1])
    return {
        "risk_coverage": abstention.risk_coverage(sure, right),
        "reliability": abstention.reliability(sure, right),
    }
