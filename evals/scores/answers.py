"""Whether an answer says what it should. An answer that abstains states nothing, whatever stands in its statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evals.cases import Nugget
from evals.scores.text import contains, words
from qa.answer import Answer, Statement


def gold_in_first(answer: Answer, answers: Sequence[str]) -> float | None:
    """1 when the first statement contains one of the wordings (SQuAD's normalisation, whole words), else 0.

    `None` without wordings; 0 when there is no statement.
    """
    return float(any(_says(s, answers) for s in _stated(answer)[:1])) if answers else None


def gold_in_any(answer: Answer, answers: Sequence[str]) -> float | None:
    """1 when some statement contains one of the wordings, else 0; a wording that two statements share out is in none.

    `None` without wordings; 0 when there is no statement.
    """
    return float(any(_says(s, answers) for s in _stated(answer))) if answers else None


def token_f1(text: str, references: Sequence[str]) -> float | None:
    """The harmonic mean of precision and recall of the text's words against the best-matching reference.

    F1 of SQuAD (Rajpurkar et al. 2016; version 2.0's script): a word counts as often as both have it. When the text or
    the reference has no word left after normalisation, it is 1 if neither has one, else 0. `None` without references.
    """
    return max((_f1(words(text), words(reference)) for reference in references), default=None)


def nugget_recall(answer: Answer, nuggets: Sequence[Nugget]) -> float | None:
    """The share of the vital nuggets that a statement says, in one of the nugget's wordings.

    The strict vital recall of the TREC 2024 RAG track (Pradeep et al. 2024, AutoNuggetizer): nuggets that are merely
    okay don't count, and neither does half a nugget. There a judge assigns nuggets; here a wording must be contained.
    `None` without vital nuggets; 0 when there is no statement.
    """
    vital = [nugget for nugget in nuggets if nugget.vital]
    said = [any(_says(statement, nugget.texts) for statement in _stated(answer)) for nugget in vital]
    return sum(said) / len(said) if said else None


def span_quoted(answer: Answer, spans: Sequence[tuple[str, int, int]]) -> float | None:
    """1 when a quote of the first statement shares a character with a gold span (article id, start, end), else 0.

    `None` without spans; 0 when there is no statement.
    """
    if not spans:
        return None
    quotes = [quote for statement in _stated(answer)[:1] for quote in statement.quotes]
    return float(
        any(
            quote.article_id == article and max(quote.start, start) < min(quote.end, end)
            for quote in quotes
            for article, start, end in spans
        )
    )


def speaker_named(answer: Answer, speaker: Sequence[str], answers: Sequence[str]) -> float | None:
    """1 when the first statement that contains a gold wording also contains one of the speaker's names, else 0.

    0 as well when no statement contains a wording. `None` when it abstains, and without names or wordings: with no
    wording nobody can tell which statement should name the speaker.
    """
    if not speaker or not answers or answer.abstained:
        return None
    carrying = next((statement for statement in answer.statements if _says(statement, answers)), None)
    return float(carrying is not None and _says(carrying, speaker))


def _stated(answer: Answer) -> tuple[Statement, ...]:
    return () if answer.abstained else answer.statements


def _says(statement: Statement, wordings: Sequence[str]) -> bool:
    """Whether it has a wording: as it is quoted, or as the reader sees it, with what is added in brackets."""
    return any(contains(text, wording) for wording in wordings for text in (statement.words, statement.text))


def _f1(said: list[str], wanted: list[str]) -> float:
    if not said or not wanted:
        return float(said == wanted)
    shared = sum((Counter(said) & Counter(wanted)).values())
    return 2 * shared / (len(said) + len(wanted))
