"""One question in, one checked answer out. The assistant holds no conversation: turns come in, an answer goes out."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from qa.answers.differences import notes
from qa.answers.drafts import Draft, statements_of
from qa.answers.topic import topic
from qa.citing import completed
from qa.errors import BadInput
from qa.index import Index
from qa.reader import Evidence
from qa.retrieval import Search
from qa.types import ANYTHING, Abstention, Answer, Filters, Hit, Nearest, Query, Reason, Turn, day, now
from qa.understanding import understand
from qa.wanted import wanted
from qa.writer import WIDE

log = logging.getLogger(__name__)

Read = Callable[[Query, Sequence[Hit]], list[Evidence]]
Write = Callable[[Query, Sequence[Evidence]], Iterator[Draft]]

NEAR = 0.41
"""Least cosine between a question and a passage at which the passage is near it: nineteen in twenty questions that have
an answer in the collection have such a passage (`python -m evals.calibrate` prints the figure)."""

CLEARLY_NEAR = 0.45
"""Cosine at which a passage is about what a question wants a timeline, a summary or a comparison of."""

WIDER = 3
"""How many times as many passages are read for these."""

MOST_NEAREST = 3
END_OF_TIME = datetime.max.replace(tzinfo=UTC)
MESSAGES: dict[Reason, str] = {
    "nothing indexed": "Nothing is indexed yet. Add articles with: newsdesk ingest FOLDER",
    "nothing near": "No article here is about this.",
    "outside the dates": "Inside the dates asked about, the articles say nothing on this; outside them, they do.",
    "near but silent": "The articles come near this but do not answer it.",
}


@dataclass(frozen=True)
class Assistant:
    """Answers questions from an index. Safe to share between threads.

    `search`, `read` and `write` are the parts; `passages_read` is how many hits are read; an answer whose best sentence
    answers with less than `threshold` probability is withheld, and nothing is written for it; `publishers` says whose
    articles there are, for a question to name.
    """

    index: Index
    search: Search
    read: Read
    write: Write
    passages_read: int = 5
    threshold: float = 0.45
    publishers: Callable[[], Collection[str]] = tuple

    def ask(
        self,
        question: str,
        turns: Sequence[Turn] = (),
        *,
        filters: Filters = ANYTHING,
        as_of: datetime | None = None,
    ) -> Answer:
        """The answer to a question, understood after the turns before it, as of a moment (default: now).

        Moments without a time zone are taken as UTC. Raises `BadInput` for an empty question.
        """
        *_, answer = self.stream(question, turns, filters=filters, as_of=as_of)
        return answer

    def stream(
        self,
        question: str,
        turns: Sequence[Turn] = (),
        *,
        filters: Filters = ANYTHING,
        as_of: datetime | None = None,
    ) -> Iterator[Answer]:
        """The answer as it comes about, each more complete than the last: as understood, then a statement at a time.

        Raises `BadInput` for an empty question.
        """
        begun = time.perf_counter()
        question = question.encode("utf-8", "replace").decode("utf-8")  # a terminal may hand over half characters
        if not question.strip():
            raise BadInput("The question is empty. Ask something, for example: What did South Korea say?")
        filters = replace(filters, since=_aware(filters.since), until=_aware(filters.until))
        query = understand(question, turns, _aware(as_of) or now(), filters, self.publishers)
        yield Answer(query, seconds=time.perf_counter() - begun)
        for answer in self._answers(query):
            yield replace(answer, seconds=time.perf_counter() - begun)

    def _answers(self, query: Query) -> Iterator[Answer]:
        hits, evidence = self._find(query)
        if not self._answered(query, evidence):
            yield self._abstain(query, hits, evidence)
            return
        drafts: list[Draft] = []
        for draft in self.write(query, evidence):
            drafts.append(draft)
            yield Answer(query, *statements_of(drafts))
        if not drafts:
            yield abstained(query, "near but silent", hits)
            return
        statements, citations = statements_of(drafts)
        citations = completed(citations, self.index, query.as_of)
        others = nearest(hits, without={citation.article_id for citation in citations})
        yield Answer(query, statements, citations, nearest=others, notes=notes(drafts, self.index.terms))

    def _find(self, query: Query) -> tuple[list[Hit], list[Evidence]]:
        wide = wanted(query.text) in WIDE
        sought = replace(query, text=topic(query.text)) if wide else query
        hits = self.search(sought, self.passages_read * (WIDER if wide else 1))
        evidence = self.read(sought, hits)
        sure = evidence[0].answers if evidence else 0.0
        log.info("read %d passages; the best sentence answers with %.2f: %s", len(hits), sure, query.text)
        return hits, evidence

    def _answered(self, query: Query, evidence: Sequence[Evidence]) -> bool:
        if wanted(query.text) in WIDE and any(e.near >= CLEARLY_NEAR for e in evidence):
            return True  # such a question has no one sentence that answers it
        return bool(evidence) and evidence[0].answers >= self.threshold

    def _abstain(self, query: Query, hits: Sequence[Hit], evidence: Sequence[Evidence]) -> Answer:
        if not hits and not self.index.count().passages:
            return abstained(query, "nothing indexed", ())
        outside = self._outside_the_dates(query)
        if outside:
            return abstained(query, "outside the dates", outside)
        near = any(e.near >= NEAR for e in evidence)
        return abstained(query, "near but silent" if near else "nothing near", hits)

    def _outside_the_dates(self, query: Query) -> list[Hit]:
        """What would answer if the dates did not keep it out; nothing where they keep none out or none answers."""
        filters = query.filters
        if not (filters.since or filters.until) and query.as_of > now() - timedelta(minutes=1):
            return []
        free = replace(query, as_of=END_OF_TIME, filters=replace(query.filters, since=None, until=None))
        hits, evidence = self._find(free)
        kept_out = bool(evidence) and not query.admits(evidence[0].passage)
        return hits if kept_out and self._answered(free, evidence) else []


def abstained(query: Query, reason: Reason, hits: Sequence[Hit]) -> Answer:
    """An answer that gives none, with the reason and the nearest articles."""
    near = nearest(hits)
    message = MESSAGES[reason]
    if near:
        first = near[0]
        named = ", ".join(filter(None, (first.publisher, day(first.published))))
        message += f" The nearest article is “{first.title}”" + (f" ({named})." if named else ".")
    return Answer(query, abstained=Abstention(reason, message), nearest=near)


def nearest(hits: Sequence[Hit], without: Collection[str] = ()) -> tuple[Nearest, ...]:
    """The articles of the hits, each once, best first; at most `MOST_NEAREST`, and none of `without`."""
    passages = {hit.passage.article_id: hit.passage for hit in reversed(hits) if hit.passage.article_id not in without}
    order = [passages[i] for i in dict.fromkeys(hit.passage.article_id for hit in hits) if i in passages]
    return tuple(Nearest(p.article_id, p.title, p.publisher, p.published, p.url) for p in order[:MOST_NEAREST])


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment
