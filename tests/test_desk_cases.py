"""The development cases fit the articles of their own that lie beside them, and keep apart from the committed ones."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime

import pytest

from evals.cases import COMMITTED, Case, CaseFile, read_cases
from ingest import samples_folder
from ingest.clean import clean
from ingest.report import Skipped
from ingest.rows import Found
from ingest.sources import pages
from qa import Article, Filters, Query
from qa.types import Passage

FOLDER = COMMITTED.with_name("desk")
CASES = COMMITTED.with_name("desk.jsonl")
NOW = datetime(2025, 4, 30, tzinfo=UTC)
FEWEST = {
    "fact": 20, "who": 20, "where": 8, "why": 30, "how long": 8, "number": 70, "date": 15, "said": 50, "yes or no": 40,
    "list": 5, "several": 6, "differ": 15, "correction": 8, "time": 30, "which outlet": 5, "spelling": 5,
    "keywords": 20, "other words": 200, "near but silent": 35, "false premise": 25, "absent topic": 10,
    "nothing near": 5, "outside the dates": 5,
}  # fmt: skip
"""How many cases of each kind there are at least, and thereby the kinds that there are."""
UNANSWERABLE = {"near but silent", "false premise", "absent topic", "nothing near", "outside the dates"}
LIFTED = 3
"""Words in a row that a question in other words doesn't take from its gold spans."""


@pytest.fixture(scope="module")
def file() -> CaseFile:
    return read_cases(CASES)


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    """The cleaned articles, by URL."""
    found = [_article(page) for page in pages([FOLDER])]
    return {str(article.url): article for article in found}


@pytest.fixture(scope="module")
def samples() -> set[str]:
    """The titles of the bundled articles."""
    found = [clean(page, NOW) for page in pages([samples_folder()]) if not isinstance(page, Skipped)]
    return {article.title for article in found if not isinstance(article, Skipped)}


def _article(page: Found) -> Article:
    assert not isinstance(page, Skipped), page
    article = clean(page, NOW)
    assert not isinstance(article, Skipped), article
    return article


def gold(case: Case) -> set[str]:
    return {name for group in case.gold for name in group}


def wordings(case: Case) -> list[str]:
    return [*case.answers, *(text for nugget in case.nuggets for text in nugget.texts)]


def words(text: str) -> list[str]:
    return re.findall(r"[\w’-]+", text.casefold().replace("'", "’"))


def lifted(question: str, quote: str) -> list[str]:
    """The runs of words of a question that stand in a quote too."""
    asked, said = words(question), f" {' '.join(words(quote))} "
    runs = (" ".join(asked[n : n + LIFTED]) for n in range(len(asked) - LIFTED + 1))
    return [run for run in runs if f" {run} " in said]


def admits(case: Case, article: Article) -> bool:
    """Whether newsdesk may answer the case from the article."""
    assert case.as_of
    filters = Filters(case.filters.publishers, case.filters.since, case.filters.until)
    passage = Passage("", article.id, "", 0, 0, article.title, None, article.publisher, (), article.published)
    return Query(case.question, case.as_of, filters).admits(passage)


def test_every_article_states_its_title_publisher_authors_date_and_address(articles: dict[str, Article]) -> None:
    assert len(articles) == 36
    assert len({article.title for article in articles.values()}) == 36
    assert len({article.publisher for article in articles.values()}) == 5
    assert all(article.authors and article.published for article in articles.values())
    assert all(re.match(r"https://(www\.)?[a-z]+\.example/", url) for url in articles)


def test_every_article_is_as_long_as_a_news_report(articles: dict[str, Article]) -> None:
    lengths = {url: len(article.text.split()) for url, article in articles.items()}
    assert {url: length for url, length in lengths.items() if not 230 <= length <= 600} == {}


def test_every_line_is_a_case_with_an_id_and_a_day_of_its_own(file: CaseFile) -> None:
    assert file.broken == ()
    assert len(file.cases) >= 400
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", case.id) for case in file.cases)
    assert [case.id for case in file.cases if case.as_of is None] == []
    assert [asked for asked, count in Counter(_asked(case) for case in file.cases).items() if count > 1] == []


def _asked(case: Case) -> tuple[str, datetime | None, str]:
    return case.question.casefold(), case.as_of, repr(case.filters)


def test_every_quote_stands_exactly_once_in_its_article_which_is_gold(
    file: CaseFile, articles: dict[str, Article]
) -> None:
    for case in file.cases:
        for span in case.gold_spans:
            assert articles[span.article].text.count(span.quote) == 1, f"{case.id}: {span.quote}"
        assert gold(case) == {span.article for span in case.gold_spans}, case.id


def test_every_article_answers_something(file: CaseFile, articles: dict[str, Article]) -> None:
    assert {name for case in file.cases for name in gold(case)} == set(articles)


def test_answers_are_words_of_a_quote_or_the_name_of_an_outlet(file: CaseFile, articles: dict[str, Article]) -> None:
    for case in file.cases:
        said = "\n".join(
            [span.quote for span in case.gold_spans] + [articles[name].publisher or "" for name in gold(case)]
        ).casefold()
        assert [wording for wording in wordings(case) if wording.casefold() not in said] == [], case.id


def test_every_quote_holds_an_answer_or_a_nugget(file: CaseFile) -> None:
    for case in file.cases:
        for span in case.gold_spans:
            held = [wording for wording in wordings(case) if wording.casefold() in span.quote.casefold()]
            assert held, f"{case.id}: {span.quote}"


def test_every_nugget_is_held_by_a_quote(file: CaseFile) -> None:
    for case in file.cases:
        said = "\n".join(span.quote for span in case.gold_spans)
        assert all(any(text in said for text in nugget.texts) for nugget in case.nuggets), case.id


def test_the_speaker_is_named_in_a_gold_article(file: CaseFile, articles: dict[str, Article]) -> None:
    for case in file.cases:
        text = "\n".join(articles[name].text for name in gold(case))
        assert [name for name in case.speaker or () if name not in text] == [], case.id


def test_gold_articles_are_out_on_the_day_and_inside_the_filters(file: CaseFile, articles: dict[str, Article]) -> None:
    for case in file.cases:
        assert [name for name in gold(case) if not admits(case, articles[name])] == [], case.id


def test_a_case_is_answerable_and_says_what_answers_it_or_says_why_nothing_does(file: CaseFile) -> None:
    for case in file.cases:
        assert case.answerable == bool(case.gold_spans) == bool(case.answers or case.nuggets), case.id
        assert len(UNANSWERABLE & set(case.tags)) == (0 if case.answerable else 1), case.id
    assert sum(case.answerable for case in file.cases) >= 300
    assert sum(not case.answerable for case in file.cases) >= 90


def test_cases_that_need_several_articles_name_two_or_more(file: CaseFile) -> None:
    for case in file.cases:
        assert (len(case.gold) > 1) == ("several" in case.tags), case.id
        assert case.nuggets or len(case.gold) < 2, case.id


def test_there_are_enough_cases_of_every_kind(file: CaseFile) -> None:
    count = Counter(tag for case in file.cases for tag in case.tags)
    assert set(count) == set(FEWEST)
    assert {tag: count[tag] for tag in FEWEST if count[tag] < FEWEST[tag]} == {}


def test_two_answerable_questions_in_three_take_no_phrase_from_their_quotes(file: CaseFile) -> None:
    other = [case for case in file.cases if "other words" in case.tags]
    taken = {case.id: lifted(case.question, span.quote) for case in other for span in case.gold_spans}
    assert {name: runs for name, runs in taken.items() if runs} == {}
    assert 3 * len(other) >= 2 * sum(case.answerable for case in file.cases)


def test_the_development_cases_share_nothing_with_the_committed_ones(
    file: CaseFile, articles: dict[str, Article], samples: set[str]
) -> None:
    committed = read_cases(COMMITTED).cases
    assert not {case.id for case in file.cases} & {case.id for case in committed}
    assert not {case.question.casefold() for case in file.cases} & {case.question.casefold() for case in committed}
    assert not {article.title for article in articles.values()} & samples
