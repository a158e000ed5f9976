"""An assistant that knows a few answers by heart, for tests of what shows them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from qa.answer import Abstention, Answer, Citation, Nearest, Quote, Statement, Turn
from qa.errors import NoIndex, NoSuchArticle
from qa.types import Article, Query
from qa.versions import Version

FILLER = "The council met again and put the matter off. " * 60

STRIKE = Article(
    id="strike",
    title="Tram drivers walk out <b>again</b>",
    text=f"Trams stood still.\n\n{FILLER}\n\n“We were promised rest,” said driver Ida Holm. It lasts until Friday.",
    url="https://lantern.example/trams",
    publisher="Evening Lantern",
    authors=("Per Aas",),
    published=datetime(2024, 3, 4, tzinfo=UTC),
    section="City",
    language="en",
)
FARES = Article(id="fares", title="Fares to rise in May", text="Fares rise in May.", publisher="The Tide")


def said(article: Article, text: str, number: int) -> Statement:
    start = article.text.index(text)
    return Statement(text, 1.0, (Quote(article.id, f"{article.id}:0", start, start + len(text), text, number),))


def cited(article: Article, number: int) -> Citation:
    a = article
    return Citation(number, a.id, f"{a.id}:0", a.title, a.publisher, a.authors, a.published, a.url, a.text)


class Shelf:
    def article(self, article_id: str, digest: str | None = None) -> Article:
        for article in (STRIKE, FARES):
            if article.id == article_id:
                return article
        raise NoSuchArticle(f"No article {article_id!r} here.")

    def versions(self, article_id: str) -> list[Version]:
        return []


class Desk:
    """An assistant that knows two articles and a few questions by heart; it remembers the turns it was given."""

    index = Shelf()

    def __init__(self) -> None:
        self.turns: list[int] = []

    def suggest(self, answer: Answer, most: int = 3, going_on: Callable[[], bool] = lambda: True) -> Answer:
        if "Spain" in answer.query.text:
            time.sleep(2)  # the reader asks on meanwhile
        return replace(answer, suggestions=("When do fares rise?",)) if answer.abstained else answer

    def stream(self, question: str, turns: Sequence[Turn] = ()) -> Iterator[Answer]:
        self.turns.append(len(turns))
        query = Query(question, datetime(2024, 3, 5, tzinfo=UTC))
        near = (Nearest("fares", FARES.title, FARES.publisher, None, None),)
        if "France" in question or "Spain" in question:
            yield Answer(query, abstained=Abstention("near but silent", "The articles don't say."), nearest=near)
        elif "broken" in question:
            raise NoIndex("No index here. Build one with: newsdesk ingest FOLDER")
        elif "bug" in question:
            raise RuntimeError("a bug")
        elif "May" in question:
            yield Answer(query, (said(FARES, "Fares rise in May.", 1),), (cited(FARES, 1),))
        elif "gone" in question:
            lost = Article("gone", "Gone", "It was here.")
            yield Answer(query, (said(lost, "It was here.", 1),), (cited(lost, 1),))
        else:
            understood = Query("How long does the tram strike last?", query.as_of)
            promise = said(STRIKE, "“We were promised rest,” said driver Ida Holm.", 1)
            yield Answer(understood, (promise,), (cited(STRIKE, 1),))
            time.sleep(
                {"slow": 1.5, "very slow": 5.0}.get(question, 0.3)
            )  # the page shows the first statement alone meanwhile
            yield Answer(understood, (promise, said(STRIKE, "It lasts until Friday.", 1)), (cited(STRIKE, 1),))
