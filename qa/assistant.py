"""One question in, one checked answer out. The assistant holds no conversation: turns come in, an answer goes out."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile

from qa.abstaining import MOST_NEAREST, WHICH_ARTICLE, abstained, nearest, none_on_this, reported
from qa.answer import Answer, Catalogue, Citation, Turn
from qa.answers.differences import notes
from qa.answers.drafts import Draft, statements_of
from qa.answers.topic import is_the_article, topic
from qa.besides import without_besides
from qa.citing import completed
from qa.described import described, named_in
from qa.errors import BadInput
from qa.index import Index
from qa.parts import MOST_PARTS, parts_of, questions_in
from qa.premise import contradicted, unreported
from qa.publishers import by_outlets, outlet_missing, without_outlets
from qa.reader import Evidence
from qa.retrieval import Search
from qa.speakers import speaker_asked
from qa.suggestions import Suggestion, in_turn, suggestions
from qa.types import ANYTHING, Filters, Hit, Query, day, now
from qa.understanding import understand
from qa.usage import Meter
from qa.wanted import is_wide, wanted

log = logging.getLogger(__name__)

Read = Callable[[Query, Sequence[Hit]], list[Evidence]]
Write = Callable[[Query, Sequence[Evidence], Meter], Iterator[Draft]]
"""Statements for what was asked, from the evidence; the meter hears what a chat model takes for them."""

NEAR = 0.37
"""Least cosine between a question and a passage at which the passage is near it: nineteen in twenty questions that have
an answer in the collection have such a passage (`python -m evals.calibrate` prints the figure)."""

CLEARLY_NEAR = 0.45
"""Cosine at which a passage is about what a question wants a timeline, a summary or a comparison of."""

WIDER = 3
"""How many times as many passages are read for these."""

LIKELY = 0.5
"""The share of the threshold from which a sentence is believed on who somebody is that a question describes."""

MOST_TRIED = 6
"""Suggestions that are tried, in search of those that are answered."""

END_OF_TIME = datetime.max.replace(tzinfo=UTC)


def _unknown() -> Catalogue:
    return Catalogue(0)


def _as_it_is(question: str, _: datetime) -> str:
    return question


@dataclass(frozen=True)
class Assistant:
    """Answers questions from an index. Safe to share between threads.

    `search`, `read` and `write` are the parts; `passages_read` is how many hits are read; an answer whose best sentence
    answers with less than `threshold` probability is withheld, and nothing is written for it; `catalogue` says what the
    index holds, `spell` puts the spelling of a question right, as of a moment.
    """

    index: Index
    search: Search
    read: Read
    write: Write
    passages_read: int = 8
    threshold: float = 0.2
    catalogue: Callable[[], Catalogue] = _unknown
    spell: Callable[[str, datetime], str] = _as_it_is

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
        query = self.understand(question, turns, filters=filters, as_of=as_of)
        yield Answer(query, seconds=time.perf_counter() - begun)
        for answer in self._answers(query):
            yield replace(answer, seconds=time.perf_counter() - begun)

    def understand(
        self,
        question: str,
        turns: Sequence[Turn] = (),
        *,
        filters: Filters = ANYTHING,
        as_of: datetime | None = None,
    ) -> Query:
        """What a question asks, after the turns before it. Raises `BadInput` for an empty question."""
        question = question.encode("utf-8", "replace").decode("utf-8")  # a terminal may hand over half characters
        if not question.strip():
            raise BadInput("The question is empty. Ask something, for example: What did South Korea say?")
        moment = _aware(as_of) or now()
        filters = replace(filters, since=_aware(filters.since), until=_aware(filters.until))
        return understand(self.spell(question, moment), turns, moment, filters, lambda: self.catalogue().publishers)

    def suggest(self, answer: Answer, most: int = 3, going_on: Callable[[], bool] = lambda: True) -> Answer:
        """The answer with at most so many questions to ask next, about what it cites or what is near.

        Each was tried: the sentence that it was made from answers it. It takes about as long as an answer for each;
        `going_on` is asked before each, and nothing more is tried once it says no.
        """
        cited, near = ([each.article_id for each in some] for some in (answer.citations, answer.nearest))
        articles = dict.fromkeys(cited + near)
        offered = [suggestions(self.index.passages_of(article_id)) for article_id in list(articles)[:MOST_NEAREST]]
        quoted = [quote for statement in answer.statements for quote in statement.quotes]
        fresh = [
            each for each in in_turn(offered) if not any(each.overlaps(q.article_id, q.start, q.end) for q in quoted)
        ]
        tried = takewhile(lambda _: going_on(), fresh[:MOST_TRIED])
        answered = (each.question for each in tried if self._answers_from(each, answer.query))
        return replace(answer, suggestions=tuple(islice(answered, most)))

    def _answers_from(self, suggestion: Suggestion, query: Query) -> bool:
        asked = Query(suggestion.question, query.as_of, query.filters)
        _, evidence = self._find(asked)
        best = evidence[0] if self._answered(asked, evidence) else None
        return best is not None and suggestion.overlaps(best.passage.article_id, best.start, best.end)

    def _answers(self, query: Query) -> Iterator[Answer]:
        query, hits, evidence = self._find_by_name(query)
        outlet = self._outlet_missing(query, hits)
        if outlet:
            silent = abstained(query, "premise not in the articles", hits, f"None of them is by {outlet}.")
            yield replace(silent, catalogue=self.catalogue())
            return
        if not self._answered(query, evidence) or self._contradicted(query, evidence):
            yield replace(self._abstain(query, hits, evidence), catalogue=self.catalogue())
            return
        drafts: list[Draft] = []
        meter = Meter()
        evidence, unanswered = self._of_parts(query, evidence)
        for draft in self.write(query, evidence, meter):
            drafts.append(draft)
            yield Answer(query, *statements_of(drafts))
        if not drafts:
            silent = abstained(query, "near but silent", hits)
            yield replace(silent, catalogue=self.catalogue(), usage=meter.usage)
            return
        statements, citations = statements_of(drafts)
        unanswered += self._not_told(query, citations)
        citations = completed(citations, self.index, query.as_of)
        others = nearest(hits, without={citation.article_id for citation in citations})
        noted = notes(drafts, self.index.terms)
        yield Answer(
            query, statements, citations, nearest=others, notes=noted, usage=meter.usage, unanswered=unanswered
        )

    def _of_parts(self, query: Query, evidence: Sequence[Evidence]) -> tuple[list[Evidence], tuple[str, ...]]:
        """What was read for the parts of a question that the articles answer, and those questions that they don't."""
        parts = {e.part for e in evidence if e.answers >= self.threshold} or {0}
        joined = questions_in(self.sought(query).text)[:MOST_PARTS]
        silent = tuple(question for place, question in enumerate(joined) if place not in parts)
        return [e for e in evidence if e.part in parts], silent

    def _not_told(self, query: Query, citations: Sequence[Citation]) -> tuple[str, ...]:
        """What a comparison of outlets asks of those that have nothing on it."""
        if wanted(query.text, query.publishers) != "comparison":
            return ()
        heard, about = {citation.publisher for citation in citations}, topic(query.text, query.publishers)
        return tuple(f"What does {outlet} report about {about}?" for outlet in query.publishers if outlet not in heard)

    def sought(self, query: Query) -> Query:
        """What is searched for and read for: the query without the words that only say how to answer it."""
        text = topic(query.text, query.publishers) if is_wide(query) else without_besides(query.text)
        return replace(query, text=without_outlets(text, query.publishers))

    def _find(self, query: Query) -> tuple[list[Hit], list[Evidence]]:
        sought = self.sought(query)
        hits = self.search(sought, self.passages_read * (WIDER if is_wide(query) else 1))
        evidence = self.read(sought, hits)
        if is_wide(query):
            evidence = [e for e in evidence if by_outlets(e.passage.publisher, query.publishers)]
        sure = evidence[0].answers if evidence else 0.0
        log.info("read %d passages; the best sentence answers with %.2f: %s", len(hits), sure, query.text)
        return hits, evidence

    def _find_by_name(self, query: Query) -> tuple[Query, list[Hit], list[Evidence]]:
        """What is found for a query; by name, if it describes somebody who is found and then answered about."""
        hits, evidence = self._find(query)
        description = described(query.text)
        if description is None:
            return query, hits, evidence
        _, first = self._find(replace(query, text=description.who, speaker=None))
        likely = (e for e in first if e.answers >= LIKELY * self.threshold)
        name = next(filter(None, (named_in(description.who, e.text) for e in likely)), None)
        if name is None:
            return query, hits, evidence
        text = description.by_name(name)
        again = replace(query, text=text, speaker=speaker_asked(text))
        hits_again, evidence_again = self._find(again)
        best = evidence_again[0] if self._answered(again, evidence_again) else None
        if best and name in f"{best.passage.title}\n{best.passage.text}":
            return again, hits_again, evidence_again
        return query, hits, evidence

    def _answered(self, query: Query, evidence: Sequence[Evidence]) -> bool:
        if is_the_article(query.text):
            return len(_articles(evidence)) == 1
        if is_wide(query) and any(e.near >= CLEARLY_NEAR for e in evidence):
            return True  # such a question has no one sentence that answers it
        return bool(evidence) and evidence[0].answers >= self.threshold

    def _outlet_missing(self, query: Query, hits: Sequence[Hit]) -> str | None:
        if query.publishers or not hits:
            return None
        texts = [f"{hit.passage.publisher}\n{hit.passage.title}\n{hit.passage.text}" for hit in hits]
        return outlet_missing(query.text, self.catalogue().publishers, texts)

    def _contradicted(self, query: Query, evidence: Sequence[Evidence]) -> str | None:
        best = evidence[0]
        if self._has_parts(query):
            return None  # the best sentence is about one part
        return contradicted(query.text, f"{best.passage.title}\n{best.text}")

    def _has_parts(self, query: Query) -> bool:
        return len(parts_of(self.sought(query).text)) > 1

    def _unreported(self, query: Query, hits: Sequence[Hit]) -> str | None:
        if self._has_parts(query):
            return None
        return unreported(query.text, [f"{hit.passage.title}\n{hit.passage.text}" for hit in hits], self.index.terms)

    def _abstain(self, query: Query, hits: Sequence[Hit], evidence: Sequence[Evidence]) -> Answer:
        held = self.catalogue()
        if not hits and not self.index.count().passages:
            return abstained(query, "nothing indexed", ())
        if held.first and query.as_of.date() < held.first:
            return abstained(query, "outside the dates", (), f"The articles begin on {day(held.first)}.")
        outside = self._outside_the_dates(query)
        if outside:
            return abstained(query, "outside the dates", outside)
        if is_the_article(query.text) and len(_articles(evidence)) > 1:
            return abstained(query, "near but silent", hits, WHICH_ARTICLE)
        if query.publishers and is_wide(query):
            return abstained(query, "premise not in the articles", hits, none_on_this(query.publishers))
        if not any(e.near >= NEAR for e in evidence):
            return abstained(query, "nothing near", hits)
        word = self._contradicted(query, evidence) or self._unreported(query, hits)
        if word is None:
            return abstained(query, "near but silent", hits)
        return abstained(query, "premise not in the articles", hits, reported(word, evidence[0]))

    def _outside_the_dates(self, query: Query) -> list[Hit]:
        """What would answer if the dates did not keep it out; nothing where they keep none out or none answers."""
        filters = query.filters
        if not (filters.since or filters.until) and query.as_of > now() - timedelta(minutes=1):
            return []
        free = replace(query, as_of=END_OF_TIME, filters=replace(query.filters, since=None, until=None))
        hits, evidence = self._find(free)
        kept_out = bool(evidence) and not query.admits(evidence[0].passage)
        return hits if kept_out and self._answered(free, evidence) else []


def _articles(evidence: Sequence[Evidence]) -> set[str]:
    return {e.passage.article_id for e in evidence}


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment
