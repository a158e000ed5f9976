"""What went wrong with an answer, in words: for the report, and for comparing two evaluations case by case."""

from __future__ import annotations

from collections.abc import Mapping

from evals.cases import Case
from qa.answer import Answer

Scores = Mapping[str, float | None]


def verdict(case: Case, answer: Answer, scores: Scores) -> tuple[str, ...]:
    """One line for each thing that is wrong with the answer to a case; none when all is well."""
    found = [_of_answering(case, answer, scores), *_of_evidence(scores)]
    return tuple(line for line in found if line)


def _of_answering(case: Case, answer: Answer, scores: Scores) -> str | None:
    if not case.answerable:
        return None if answer.abstained else "answered, though the articles are silent"
    if answer.abstained:
        return f"abstained ({answer.abstained.reason}), though the articles answer"
    if scores.get("right") == 0:
        later = scores.get("gold in any") == 1
        return "the first statement is not the answer" + ("; a later one is" if later else "")
    return None


def _of_evidence(scores: Scores) -> list[str | None]:
    def below(score: str, bound: float = 1.0) -> bool:
        value = scores.get(score)
        return value is not None and value < bound

    missing = scores.get("nugget recall")
    return [
        "no gold article among the first five" if scores.get("R@5") == 0 else None,
        f"only {missing:.0%} of the vital parts are said" if missing is not None and missing < 1 else None,
        "the one who said it is not named" if below("speaker right") else None,
        "a quote is not the article's words" if below("quote exactness") else None,
        "a statement is not supported by its quotes" if below("citation recall") else None,
        "a number is not in the quotes" if below("number fidelity") else None,
        "a date is not in the quotes" if below("date fidelity") else None,
        "a name is not in the quotes" if below("name fidelity") else None,
    ]
