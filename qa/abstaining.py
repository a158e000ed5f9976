"""Answers that give none: the reason, what the articles have instead, and the nearest of them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from qa.answer import Abstention, Answer, Nearest, Reason
from qa.reader import Evidence
from qa.types import Hit, Query, day

MOST_NEAREST = 3
MESSAGES: dict[Reason, str] = {
    "nothing indexed": "Nothing is indexed yet. Add articles with: newsdesk ingest FOLDER",
    "nothing near": "No article here is about this.",
    "outside the dates": "Inside the dates asked about, the articles say nothing on this; outside them, they do.",
    "near but silent": "The articles come near this but do not answer it.",
    "premise not in the articles": "The articles do not report this as the question has it.",
}

WHICH_ARTICLE = "There are several: say what the one that is meant is about."


def abstained(query: Query, reason: Reason, hits: Sequence[Hit], more: str = "") -> Answer:
    """An answer that gives none, with the reason and the nearest articles; `more` says what is there instead."""
    near = nearest(hits)
    message = " ".join(filter(None, (MESSAGES[reason], more)))
    if near and not more:
        message += f" The nearest article is {_told(near[0].title, near[0].publisher, near[0].published)}"
    return Answer(query, abstained=Abstention(reason, message), nearest=near)


def reported(word: str, nearest: Evidence) -> str:
    """What the articles have in place of a word of the question."""
    text = " ".join(nearest.text.split())
    passage = nearest.passage
    return f"They do not speak of “{word}”; they report: {_told(text, passage.publisher, passage.published)}"


def none_on_this(publishers: Sequence[str]) -> str:
    """That outlets which a question names have nothing on what it asks."""
    return f"None of those by {' or '.join(publishers)} is on this."


def _told(words: str, publisher: str | None, published: datetime | None) -> str:
    source = ", ".join(filter(None, (publisher, day(published))))
    return f"“{words}”" + (f" ({source})." if source else ".")


def nearest(hits: Sequence[Hit], without: Collection[str] = ()) -> tuple[Nearest, ...]:
    """The articles of the hits, each once, best first; at most `MOST_NEAREST`, and none of `without`."""
    passages = {hit.passage.article_id: hit.passage for hit in reversed(hits) if hit.passage.article_id not in without}
    order = [passages[i] for i in dict.fromkeys(hit.passage.article_id for hit in hits) if i in passages]
    return tuple(Nearest(p.article_id, p.title, p.publisher, p.published, p.url) for p in order[:MOST_NEAREST])
