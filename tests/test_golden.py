"""Cases against a collection: what is named is found, and what isn't is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from evals.cases import parse_case
from evals.golden import Collection, end_of_day, question_of, questions_of
from qa.assistant import Assistant
from qa.errors import BadInput

FERRY = "Twelve hurt as ferry Corvina and dredger collide in fog"
LATER = "Collision “en pleine brume”: fourteen injured aboard the Corvina"


@pytest.fixture(scope="module")
def collection(desk: Assistant) -> Collection:
    return Collection(desk.index)


def test_an_article_is_named_by_title_url_or_id(collection: Collection) -> None:
    article_id = collection.named(FERRY)
    url = collection.rows[article_id].url
    assert url
    assert collection.named(url) == collection.named(article_id) == article_id


def test_an_unknown_article_is_named(collection: Collection) -> None:
    with pytest.raises(BadInput, match="no article 'Nothing of the kind'"):
        collection.named("Nothing of the kind")


def test_a_quote_becomes_offsets_of_its_words(collection: Collection) -> None:
    case = parse_case({"id": "a", "question": "?", "gold_spans": [{"article": FERRY, "quote": "Twelve people"}]})
    ((article_id, start, end),) = question_of(case, collection, collection.newest_day).spans
    assert collection.article(article_id).text[start:end] == "Twelve people"


def test_words_that_the_article_does_not_say_are_refused(collection: Collection) -> None:
    case = parse_case({"id": "a", "question": "?", "gold_spans": [{"article": FERRY, "quote": "Ninety people"}]})
    with pytest.raises(BadInput, match="doesn't say 'Ninety people'"):
        question_of(case, collection, collection.newest_day)


def test_copies_of_a_report_share_a_name_and_count_once(collection: Collection) -> None:
    case = parse_case({"id": "a", "question": "?", "gold_articles": [[FERRY, LATER]]})
    question = question_of(case, collection, collection.newest_day)
    assert len(question.gold) == 1
    assert set(question.report_of.values()) == question.gold
    assert len(question.report_of) == 2


def test_articles_that_are_all_needed_count_each(collection: Collection) -> None:
    case = parse_case({"id": "a", "question": "?", "gold_articles": [FERRY, LATER]})
    assert len(question_of(case, collection, collection.newest_day).gold) == 2


def test_without_a_moment_it_is_the_day_of_the_newest_article(collection: Collection) -> None:
    question = question_of(parse_case({"id": "a", "question": "?"}), collection, collection.newest_day)
    assert question.as_of == datetime(2022, 11, 12, 23, 59, 59, tzinfo=UTC)


def test_a_day_ends_in_utc() -> None:
    moment = datetime.fromisoformat("2022-11-07T00:30:00+01:00")
    assert end_of_day(moment) == datetime(2022, 11, 6, 23, 59, 59, tzinfo=UTC)


def test_a_case_that_does_not_fit_is_told_and_the_rest_goes_on(collection: Collection) -> None:
    cases = [
        parse_case({"id": "a", "question": "?", "gold_articles": ["none"]}),
        parse_case({"id": "b", "question": "?"}),
    ]
    questions, unfit = questions_of(cases, collection)
    assert [question.id for question in questions] == ["b"]
    assert "no article 'none'" in unfit["a"]


def test_filters_name_articles_as_cases_do(collection: Collection) -> None:
    case = parse_case({"id": "a", "question": "?", "filters": {"articles": [FERRY], "since": "2022-11-01T00:00"}})
    filters = question_of(case, collection, collection.newest_day).filters
    assert filters.articles == (collection.named(FERRY),)
    assert filters.since == datetime(2022, 11, 1, tzinfo=UTC)
