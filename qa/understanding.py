"""What a question asks, all told: made to stand alone, with its time, its speaker and its publishers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time

from qa.answer import Citation, Turn
from qa.answers.topic import is_the_article
from qa.publishers import may_name_a_publisher, publishers_asked
from qa.question import stand_alone
from qa.speakers import speaker_asked
from qa.types import ANYTHING, Filters, Query, Window
from qa.when import when_asked


def understand(
    question: str,
    turns: Sequence[Turn],
    as_of: datetime,
    filters: Filters = ANYTHING,
    publishers: Callable[[], Collection[str]] = tuple,
) -> Query:
    """The question as a query. `publishers` says which there are; it is asked only where the question may name one.

    A hard window becomes a filter, unless the filters name dates already. "The article" is the one that the answer
    before cites first.
    """
    if is_the_article(question):
        cited = next((turn.answer.citations for turn in reversed(turns) if turn.answer.citations), ())
        return Query(" ".join(question.split()), as_of, _of_article(filters, cited))
    text = stand_alone(question, turns)
    named = publishers_asked(text, publishers()) if may_name_a_publisher(text) else ()
    speaker = speaker_asked(text)
    if speaker and any(speaker.casefold() in publisher.casefold() for publisher in named):
        speaker = None
    window = when_asked(text, as_of)
    return Query(text, as_of, _bounded(filters, window), window, speaker, named)


def _of_article(filters: Filters, cited: Sequence[Citation]) -> Filters:
    return replace(filters, articles=(cited[0].article_id,)) if cited and not filters.articles else filters


def _bounded(filters: Filters, window: Window | None) -> Filters:
    if window is None or not window.hard or filters.since or filters.until:
        return filters
    since = datetime.combine(window.since, time.min, UTC) if window.since else None
    until = datetime.combine(window.until, time.max, UTC) if window.until else None
    return replace(filters, since=since, until=until)
