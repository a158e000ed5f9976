"""Asking: each question is put to an assistant whose parts are watched, and the answer is scored."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ParamSpec, TypeVar

from evals.cases import Earlier
from evals.golden import Collection, Question
from evals.results import Result
from evals.scores import abstention, answers, citations, fidelity, retrieval
from evals.scores.citations import Supports
from evals.scores.text import contains
from evals.verdict import verdict
from qa.answer import Answer, Statement, Turn
from qa.assistant import Assistant
from qa.reader import Evidence
from qa.types import Hit, Query
from qa.versions import cited_as, version_of

DEPTH = 50
"""Hits that are ranked for the retrieval scores: as many as each search brings to the fusion."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class Watch:
    """What the parts of an assistant did for one question: their seconds, and the evidence.

    Where an assistant searches or reads again, to see whether other dates would have helped, the first time counts.
    """

    seconds: dict[str, float] = field(default_factory=lambda: {"search": 0.0, "read": 0.0})
    evidence: list[Evidence] | None = None

    def timed(self, stage: str, work: Callable[[], T]) -> T:
        """What `work` returns; its seconds are added to the stage's."""
        begun = time.perf_counter()
        try:
            return work()
        finally:
            self.seconds[stage] += time.perf_counter() - begun


class Examiner:
    """Puts questions to an assistant and scores its answers. `judge` is a second opinion on what supports what."""

    def __init__(self, assistant: Assistant, collection: Collection, judge: Supports | None = None) -> None:
        self._assistant = assistant
        self._collection = collection
        self._judge = judge
        self._conversations: dict[Hashable, tuple[Turn, ...]] = {}

    def __call__(self, question: Question) -> Result:
        """The result of one question."""
        turns = self._history(question)
        watch = Watch()
        answer = self._ask(question, turns, watch)
        self._remember(question, turns, answer)
        evidence = watch.evidence or []
        ranked = self._ranked(question, answer.query)
        scores = {
            **retrieval.retrieval_scores(ranked, question.gold),
            **self._answered(question, answer),
            **_abstained(question, answer, evidence),
            **_spent(answer),
            **self._follow_up(question, turns, ranked),
        }
        wrong = verdict(question.case, answer, scores)
        return Result(
            question.id, question.tags, scores, watch.seconds, wrong, self._shown(question, answer, evidence, ranked)
        )

    def _ask(self, question: Question, turns: Sequence[Turn], watch: Watch) -> Answer:
        stream = _watched(self._assistant, watch).stream(
            question.case.question, turns, filters=question.filters, as_of=question.as_of
        )
        understood, *_, answer = stream
        watch.seconds["understand"] = understood.seconds
        watch.seconds["write"] = max(0.0, answer.seconds - sum(watch.seconds.values()))
        watch.seconds["all"] = answer.seconds
        return answer

    def _history(self, question: Question) -> tuple[Turn, ...]:
        """The turns before a question: answers that the case gives, else this assistant's own, each asked once."""
        turns: tuple[Turn, ...] = ()
        for n, earlier in enumerate(question.case.turns, start=1):
            key = _conversation(question, question.case.turns[:n])
            if key not in self._conversations:
                self._conversations[key] = (*turns, Turn(earlier.question, self._earlier(question, earlier, turns)))
            turns = self._conversations[key]
        return turns

    def _earlier(self, question: Question, earlier: Earlier, turns: Sequence[Turn]) -> Answer:
        if earlier.answer is None:
            return self._assistant.ask(earlier.question, turns, filters=question.filters, as_of=question.as_of)
        query = Query(earlier.question, question.as_of, question.filters)
        return Answer(query, (Statement(earlier.answer, 1.0, ()),))

    def _remember(self, question: Question, turns: Sequence[Turn], answer: Answer) -> None:
        """The next case of the conversation has this one among its turns, and need not ask it again."""
        own = Earlier(question=question.case.question)
        key = _conversation(question, (*question.case.turns, own))
        self._conversations[key] = (*turns, Turn(own.question, answer))

    def _ranked(self, question: Question, query: Query) -> list[str]:
        """The reports that a search for a query finds, best first."""
        hits = self._assistant.search(self._assistant.sought(query), DEPTH)
        return retrieval.ranking([hit.passage.article_id for hit in hits], question.report_of)

    def _answered(self, question: Question, answer: Answer) -> dict[str, float | None]:
        """What the statements and citations of an answer are worth."""
        case = question.case
        quotes = [quote for statement in answer.statements for quote in statement.quotes]
        texts = {cited_as(q): self._collection.article(q.article_id, version_of(q.passage_id)).text for q in quotes}
        first = answer.statements[0].text if answer.statements else ""
        whole = " ".join(statement.text for statement in answer.statements)
        scores = {
            "gold in first": answers.gold_in_first(answer, case.answers),
            "gold in any": answers.gold_in_any(answer, case.answers),
            "token F1": answers.token_f1(whole, [case.reference])
            if case.reference and case.answerable
            else answers.token_f1(first, case.answers),
            "nugget recall": answers.nugget_recall(answer, case.nuggets),
            "span quoted": answers.span_quoted(answer, question.spans),
            "speaker right": answers.speaker_named(answer, case.speaker or (), case.answers),
            "citation recall": citations.citation_recall(answer),
            "citation precision": citations.citation_precision(answer),
            "quote exactness": citations.quote_exactness(answer, texts),
            "number fidelity": fidelity.number_fidelity(answer),
            "date fidelity": fidelity.date_fidelity(answer),
            "name fidelity": fidelity.name_fidelity(answer),
        }
        if self._judge:
            scores["judged citation recall"] = citations.citation_recall(answer, self._judge)
            scores["judged citation precision"] = citations.citation_precision(answer, self._judge)
        return scores

    def _follow_up(self, question: Question, turns: Sequence[Turn], ranked: list[str]) -> dict[str, float | None]:
        """For follow-ups that a person has rewritten: retrieval as understood, and with the person's words."""
        rewrite = question.case.rewrite
        if not turns or rewrite is None or not question.gold:
            return {}
        by_person = self._ranked(question, self._understood(question, rewrite))
        ours, theirs = (retrieval.retrieval_scores(order, question.gold) for order in (ranked, by_person))
        return {
            "follow-up R@5": ours["R@5"],
            "follow-up RR@10": ours["RR@10"],
            "rewritten R@5": theirs["R@5"],
            "rewritten RR@10": theirs["RR@10"],
        }

    def _understood(self, question: Question, rewrite: str) -> Query:
        return next(self._assistant.stream(rewrite, filters=question.filters, as_of=question.as_of)).query

    def _shown(
        self, question: Question, answer: Answer, evidence: Sequence[Evidence], ranked: Sequence[str]
    ) -> dict[str, Any]:
        case, rows = question.case, self._collection.rows
        told = answer.to_json()
        told["seconds"] = 0.0  # they are in the result's seconds; so two runs differ there alone
        return {
            "question": case.question,
            "turns": [earlier.question for earlier in case.turns],
            "understood": answer.query.text,
            "rewrite": case.rewrite,
            "as_of": question.as_of.isoformat(),
            "filters": told["query"]["filters"],
            "answerable": case.answerable,
            "gold": {
                "answers": list(case.answers),
                "articles": [_named(rows[i]) for i in question.report_of],
                "spans": [
                    {"title": rows[i].title, "quote": self._collection.article(i).text[start:end]}
                    for i, start, end in question.spans
                ],
                "nuggets": [list(nugget.texts) for nugget in case.nuggets],
                "speaker": list(case.speaker or ()),
                "notes": case.notes,
            },
            "answer": told,
            "sure": evidence[0].answers if evidence else None,
            "ranked": [rows[name].title for name in ranked[:10] if name in rows],
        }


def _conversation(question: Question, turns: Sequence[Earlier]) -> Hashable:
    return question.as_of, question.filters, tuple(turns)


def _named(row: Any) -> dict[str, Any]:
    published = row.published.isoformat() if row.published else None
    return {"id": row.id, "title": row.title, "publisher": row.publisher, "published": published}


def _abstained(question: Question, answer: Answer, evidence: Sequence[Evidence]) -> dict[str, float | None]:
    """Whether it was right to answer or to abstain, and how sure the reader was of its best sentence."""
    case, abstained = question.case, answer.abstained is not None
    right = answers.gold_in_first(answer, case.answers)
    if right is None:
        right = answers.span_quoted(answer, question.spans)
    would = right
    if not case.answerable:
        right, would = None, 0.0
    elif abstained and right is not None:
        right, would = 0.0, _holds(question, evidence)
    return {
        "answerable": float(case.answerable),
        "abstained": float(abstained),
        "right": right,
        "sure": evidence[0].answers if evidence else 0.0,
        "right if answered": would,
        "CRAG": abstention.crag(case.answerable, abstained, right),
        "false premise caught": float(abstained) if FALSE_PREMISE in case.tags else None,
    }


FALSE_PREMISE = "false premise"
"""The tag of questions that take for granted what the articles don't report."""


def _holds(question: Question, evidence: Sequence[Evidence]) -> float:
    """Whether the best sentence would have answered a question on which the assistant abstained."""
    if not evidence:
        return 0.0
    best = evidence[0]
    if question.case.answers:
        return float(any(contains(best.text, wanted) for wanted in question.case.answers))
    overlaps = (
        best.passage.article_id == article_id and best.start < end and start < best.end
        for article_id, start, end in question.spans
    )
    return float(any(overlaps))


def _spent(answer: Answer) -> dict[str, float | None]:
    """What a chat model took for an answer, as far as its provider told."""
    if answer.usage is None:
        return {}
    return {
        "tokens read": answer.usage.input_tokens,
        "tokens written": answer.usage.output_tokens,
        "cost": answer.usage.cost,
    }


def _watched(assistant: Assistant, watch: Watch) -> Assistant:
    """The assistant, with its search and its reading watched."""

    def search(query: Query, k: int) -> list[Hit]:
        return watch.timed("search", lambda: assistant.search(query, k))

    def read(query: Query, hits: Sequence[Hit]) -> list[Evidence]:
        evidence = watch.timed("read", lambda: assistant.read(query, hits))
        watch.evidence = evidence if watch.evidence is None else watch.evidence
        return evidence

    return replace(assistant, search=search, read=read)
