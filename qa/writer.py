"""From evidence to statements. The extractive writer says nothing in its own words: it selects and quotes.

What it adds so that a sentence is understood stands in square brackets and is marked as added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa.answers.additions import additions
from qa.answers.differences import OVERTAKING_A_TOLL, newest_first, overtaken
from qa.answers.drafts import Draft, Stretch
from qa.answers.leaning import begins, ends, last_sentence, leans, leans_on_a_person
from qa.answers.listing import items
from qa.answers.quotations import drawn_out
from qa.answers.retractions import corrected
from qa.answers.same import alike, overlaps
from qa.answers.summary import carrying
from qa.answers.timeline import in_time
from qa.answers.topic import topic
from qa.parts import questions_in
from qa.reader import Evidence
from qa.types import Passage, Query
from qa.usage import Meter
from qa.wanted import wanted

MOST_ALSO = 2
"""Other articles that are quoted for saying the same."""

MOST_EVENTS = 10
MOST_ITEMS = 12
MOST_OUTLETS = 6
EACH_OUTLET = 2
ON_TOPIC, ON_TOPIC_OF_AN_OUTLET = 0.75, 0.6
"""How near to the question an article has to be for a wide answer, as a share of the nearest one's nearness: less for a
comparison, since outlets write of one thing in words of their own."""

NAMED = 0.5
"""And what part of the question's words what was read of it has to have, with the title."""


@dataclass(frozen=True)
class ExtractiveWriter:
    """Statements that are sentences of articles, each with what it needs to be understood; at most `most`, unless the
    question wants a timeline, a list or a comparison.

    `passages` looks passages up by id, for the sentence before a passage's first; `terms` gives the words by which two
    sentences are told to say the same. A further sentence must reach `share` of the best one's rank; the one right
    before or behind the best one need only reach `beside` of it, and is shown in one statement with it.
    """

    passages: Callable[[Sequence[str]], list[Passage]]
    terms: Callable[[str], list[str]]
    most: int = 4
    share: float = 0.5
    beside: float = 0.37
    alike: float = 0.8

    def __call__(self, query: Query, evidence: Sequence[Evidence], _: Meter | None = None) -> Iterator[Draft]:
        """What each statement quotes, in the order of reading."""
        ways = {
            "timeline": self._timeline,
            "summary": self._summary,
            "comparison": self._comparison,
            "list": self._list,
        }
        way = ways.get(wanted(query.text, query.publishers))
        drafts = corrected((way(query, evidence) if way else []) or self._plain(query, evidence), evidence, self.terms)
        yield from (replace(draft, added=additions(draft.stretches)) for draft in drafts)

    def worthy(self, candidate: Evidence, best: Evidence) -> bool:
        """Whether a sentence answers well enough beside the best one."""
        return candidate.rank >= self.share * best.rank and candidate.answers >= self.share * best.answers

    def _neighbour(self, best: Evidence, evidence: Sequence[Evidence]) -> Evidence | None:
        """The better of the sentences right before and behind the best one, if it is good enough to stand with it."""

        def adjoins(other: Evidence) -> bool:
            first, second = sorted((best, other), key=lambda e: e.start)
            between = best.passage.text[first.end - best.passage.start : second.start - best.passage.start]
            return other.passage.id == best.passage.id and first.end <= second.start and not between.strip()

        near = (e for e in evidence if e is not best and e.rank >= self.beside * best.rank and adjoins(e))
        return next(near, None)

    def whole(self, evidence: Evidence) -> tuple[Stretch, ...]:
        """The sentence, with the one before it where it can't stand alone and the one behind it that takes it back."""
        passage = evidence.passage
        start, end = drawn_out(passage, begins(passage, evidence.start), ends(passage, evidence.end))
        alone = Stretch(passage, start, end)
        if not leans(alone.text) or (leans_on_a_person(alone.text) and additions_name(alone)):
            return (alone,)
        before = passage.text[: start - passage.start]
        if before.strip():
            first, _ = last_sentence(before)
            first, _ = drawn_out(passage, passage.start + first, start)
            return (Stretch(passage, begins(passage, first), end),)
        article_id, _, n = passage.id.rpartition(":")
        earlier = self.passages([f"{article_id}:{int(n) - 1}"]) if n.isdigit() and int(n) else []
        last = [Stretch(p, p.start + a, p.start + b) for p in earlier for a, b in [last_sentence(p.text)]]
        return (*last, alone)

    def _plain(self, query: Query, evidence: Sequence[Evidence]) -> list[Draft]:
        """What answers each part of the question: in the order asked, if it joins questions, else the surest first."""
        parts = (
            sorted({e.part for e in evidence}) if questions_in(query.text) else dict.fromkeys(e.part for e in evidence)
        )
        told: list[Draft] = []
        for part in parts:
            fresh = self._of_part(query, [e for e in evidence if e.part == part])[: max(1, self.most // len(parts))]
            said = [s for draft in told for s in (*draft.stretches, *draft.also)]
            told += [draft for draft in fresh if not overlaps(draft.stretches, said)]
        return told

    def _of_part(self, query: Query, evidence: Sequence[Evidence]) -> list[Draft]:
        """The best first, then its article's, then the others by time; what is superseded behind what supersedes it."""
        worthy = (e for e in evidence if self.worthy(e, evidence[0]))
        chosen = self._chosen(worthy, self.most)
        best = evidence[0].rank or 1.0
        others = [
            (e.rank / best, Draft((Stretch(e.passage, e.start, e.end),)))
            for e in evidence
            if e.rank >= OVERTAKING_A_TOLL * best
        ]
        newer = overtaken(chosen[0], others, query.text, self.terms) if chosen else []
        drafts = _in_order(self._with_neighbour(chosen, evidence))
        fresh = [n for n in newer if not any(overlaps(n.stretches, d.stretches) for d in drafts)]
        return newest_first([*fresh, *drafts][: max(self.most, 1 + len(fresh))], query.text, self.terms)

    def _with_neighbour(self, drafts: Sequence[Draft], evidence: Sequence[Evidence]) -> list[Draft]:
        """The drafts, the first of them with the neighbour of the best sentence, if that is nearly as good."""
        if not drafts:
            return []
        first = replace(drafts[0], stretches=joined(drafts[0].stretches, self._neighbour(evidence[0], evidence)))
        return [first, *(draft for draft in drafts[1:] if not overlaps(draft.stretches, first.stretches))]

    def _list(self, query: Query, evidence: Sequence[Evidence]) -> list[Draft]:
        """The lines of a list that an article gives; without one, as plainly, with room for more."""
        given = items(evidence[0]) if evidence else ()
        if given:
            return [Draft((item,)) for item in given[:MOST_ITEMS]]
        worthy = (e for e in evidence if self.worthy(e, evidence[0]))
        return newest_first(_in_order(self._chosen(worthy, self.most + 2)), query.text, self.terms)

    def _timeline(self, query: Query, evidence: Sequence[Evidence]) -> list[Draft]:
        """Dated events in time order, each under its day; none where fewer than two are dated."""
        told_of = self._on_topic(query, evidence)
        days_of = in_time([_alone(e) for e in told_of])
        dated = [(e, day) for e, day in zip(told_of, days_of, strict=True) if day]
        days = {(e.passage.article_id, e.end): day for e, day in dated}
        chosen = self._chosen((e for e, _ in dated), MOST_EVENTS)
        told = [(days[_key(s)], d) for d in chosen for s in d.stretches[-1:] if _key(s) in days]
        told.sort(key=lambda each: (each[0].since, each[0].until))
        return [replace(draft, label=day.label) for day, draft in told] if len(told) > 1 else []

    def _summary(self, query: Query, evidence: Sequence[Evidence]) -> list[Draft]:
        """The sentences that carry the articles, in time order and the order of each article."""
        chosen = self._chosen(carrying(self._on_topic(query, evidence), self.terms), self.most)
        return newest_first(sorted(chosen, key=_place), query.text, self.terms)

    def _comparison(self, query: Query, evidence: Sequence[Evidence]) -> list[Draft]:
        """What each outlet says, under its name, the best outlet first; none where only one is there of any."""
        by_outlet: dict[str, list[Evidence]] = {}
        for e in carrying(self._on_topic(query, evidence, ON_TOPIC_OF_AN_OUTLET), self.terms):
            if e.passage.publisher:
                by_outlet.setdefault(e.passage.publisher, []).append(e)
        if len(by_outlet) < (1 if query.publishers else 2):
            return []
        return [
            replace(draft, label=outlet)
            for outlet, found in list(by_outlet.items())[:MOST_OUTLETS]
            for draft in sorted(self._chosen(found, EACH_OUTLET), key=_place)
        ]

    def _on_topic(self, query: Query, evidence: Sequence[Evidence], share: float = ON_TOPIC) -> list[Evidence]:
        """What is in articles that are near the question and have most of its words: what resembles it stays out."""
        nearest: dict[str, float] = {}
        words: dict[str, set[str]] = {}
        for e in evidence:
            passage = e.passage
            nearest[passage.article_id] = max(nearest.get(passage.article_id, 0.0), e.near)
            words.setdefault(passage.article_id, set()).update(self.terms(f"{passage.title} {e.text}"))
        about = {term for term in self.terms(topic(query.text, query.publishers)) if len(term) > 3}
        near = {article for article, value in nearest.items() if value >= share * max(nearest.values())}
        named = {article for article in near if len(about & words[article]) >= NAMED * len(about)}
        return [e for e in evidence if e.passage.article_id in (named or near)]

    def _chosen(self, candidates: Iterable[Evidence], most: int) -> list[Draft]:
        """The first `most` that don't repeat one another; a repetition elsewhere is quoted with what it repeats."""
        chosen: list[Draft] = []
        for candidate in candidates:
            stretches = self.whole(candidate)
            if any(overlaps(stretches, (*draft.stretches, *draft.also)) for draft in chosen):
                continue
            same = [n for n, d in enumerate(chosen) if alike(stretches, d.stretches, self.terms, self.alike)]
            if same:
                chosen[same[0]] = _with(chosen[same[0]], stretches)
            elif len(chosen) < most:
                chosen.append(Draft(stretches))
        return chosen


def joined(stretches: tuple[Stretch, ...], neighbour: Evidence | None) -> tuple[Stretch, ...]:
    """The stretches with a sentence that adjoins the last of them."""
    if neighbour is None:
        return stretches
    *others, last = stretches
    start, end = min(last.start, neighbour.start), max(last.end, neighbour.end)
    return (*others, Stretch(last.passage, start, end))


def additions_name(stretch: Stretch) -> bool:
    """Whether it can be added who "he" or "she" is, or who is speaking."""
    return any(added.words[:1].isupper() for added in additions((stretch,)))


def _alone(evidence: Evidence) -> Stretch:
    return Stretch(evidence.passage, begins(evidence.passage, evidence.start), evidence.end)


def _key(stretch: Stretch) -> tuple[str, int]:
    return stretch.passage.article_id, stretch.end


def _with(draft: Draft, also: Sequence[Stretch]) -> Draft:
    """The draft with a repetition of another article, one an article."""
    articles = {stretch.passage.article_id for stretch in (*draft.stretches, *draft.also)}
    fresh = len(draft.also) < MOST_ALSO and also[-1].passage.article_id not in articles
    return replace(draft, also=(*draft.also, also[-1])) if fresh else draft


def _in_order(drafts: Sequence[Draft]) -> list[Draft]:
    if not drafts:
        return []
    own = drafts[0].stretches[-1].passage.article_id
    return [drafts[0], *sorted(drafts[1:], key=lambda d: (d.stretches[-1].passage.article_id != own, *_place(d)))]


def _place(draft: Draft) -> tuple[float, str, int]:
    last = draft.stretches[-1]
    moment = last.passage.published.timestamp() if last.passage.published else float("inf")
    return moment, last.passage.article_id, last.start
