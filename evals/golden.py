"""Cases against a collection: names become article ids, quotes become offsets, and what can't be found is a problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from evals.cases import Case, Limits
from qa.errors import BadInput
from qa.index import Index
from qa.records import ArticleRow
from qa.types import Article, Filters

ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)

Offsets = tuple[str, int, int]
"""An article's id, and where a stretch of its text starts and ends."""


@dataclass(frozen=True)
class Question:
    """A case ready to be asked. `gold` has a name for each report that is needed, `report_of` the name of each gold
    article's report: copies of one report share it, so that they count as one.
    """

    case: Case
    as_of: datetime
    filters: Filters
    gold: frozenset[str]
    report_of: Mapping[str, str]
    spans: tuple[Offsets, ...]

    @property
    def id(self) -> str:
        """The case's id."""
        return self.case.id

    @property
    def tags(self) -> tuple[str, ...]:
        """The case's tags."""
        return self.case.tags


class Collection:
    """The articles of an index, by id, URL and title; each is read once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.rows: dict[str, ArticleRow] = {row.id: row for row in index.articles()}
        self._named: dict[str, set[str]] = {}
        for row in self.rows.values():
            for name in (row.id, row.url, row.title):
                if name:
                    self._named.setdefault(name, set()).add(row.id)
        self._articles: dict[tuple[str, str | None], Article] = {}

    def named(self, name: str) -> str:
        """The id of the one article of that id, URL or title. Raises `BadInput` for none or several."""
        ids = {name} if name in self.rows else self._named.get(name, set())
        if len(ids) == 1:
            return next(iter(ids))
        if ids:
            raise BadInput(f"{len(ids)} articles are called {name!r}; name it by its id or URL")
        raise BadInput(f"no article {name!r} in the collection; name one by its id, URL or title")

    def article(self, article_id: str, digest: str | None = None) -> Article:
        """A stored article, or its version of a digest. Raises `NoSuchArticle`."""
        if (article_id, digest) not in self._articles:
            self._articles[article_id, digest] = self._index.article(article_id, digest)
        return self._articles[article_id, digest]

    @property
    def newest_day(self) -> datetime:
        """The end of the day of the newest article; of any day where none has a date, and so nothing hangs on it."""
        moments = [row.published for row in self.rows.values() if row.published]
        return end_of_day(max(moments, default=ANY_DAY))


def end_of_day(moment: datetime) -> datetime:
    """The last second of a moment's day, in UTC."""
    start = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return start + timedelta(days=1) - timedelta(seconds=1)


def questions_of(cases: Sequence[Case], collection: Collection) -> tuple[list[Question], dict[str, str]]:
    """The cases that fit the collection, ready to be asked; and why each other one doesn't, by its id."""
    questions, problems = [], {}
    newest = collection.newest_day
    for case in cases:
        try:
            questions.append(question_of(case, collection, newest))
        except BadInput as error:
            problems[case.id] = str(error)
    return questions, problems


def question_of(case: Case, collection: Collection, newest: datetime) -> Question:
    """A case with its articles and spans found. Raises `BadInput` when the collection doesn't have one of them."""
    groups = [[collection.named(name) for name in group] for group in case.gold]
    report_of = {article_id: ids[0] for ids in groups for article_id in ids}
    spans = [_offsets(span.article, span.quote, collection) for span in case.gold_spans]
    gold = frozenset(report_of[ids[0]] for ids in groups)
    return Question(case, case.as_of or newest, _filters(case.filters, collection), gold, report_of, tuple(spans))


def _offsets(name: str, quote: str, collection: Collection) -> Offsets:
    article = collection.article(collection.named(name))
    start = article.text.find(quote)
    if start < 0:
        raise BadInput(f"{name!r} doesn't say {quote[:60]!r}; give the article's words to the character")
    return article.id, start, start + len(quote)


def _filters(limits: Limits, collection: Collection) -> Filters:
    articles = tuple(collection.named(name) for name in limits.articles)
    return Filters(limits.publishers, limits.since, limits.until, articles)
