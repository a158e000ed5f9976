from __future__ import annotations

from datetime import UTC, date, datetime

from qa.retrieval_time import Pulled, inside
from qa.types import Filters, Hit, Moment, Passage, Query, Saying, Window
from qa.understanding import understand

MONDAY = datetime(2022, 11, 14, 12, tzinfo=UTC)
LAST_WEEK = Window("last week", date(2022, 11, 7), date(2022, 11, 13))


def passage(number: int, day: int = 10, month: int = 11, **more: object) -> Passage:
    published = datetime(2022, month, day, tzinfo=UTC)
    return Passage(f"a{number}:0", f"a{number}", "x", 0, 1, "T", published=published, **more)  # type: ignore[arg-type]


def found(query: Query, *passages: Passage) -> list[str]:
    """The order in which passages are found that all are equally good, save that the first are a little better."""
    hits = [Hit(each, 1.0 - 0.01 * place) for place, each in enumerate(passages)]
    search = Pulled(lambda query, k: hits[:k], lambda query, k: hits[:k])
    return [hit.passage.article_id for hit in search(query, 9)]


def test_a_question_is_understood_with_its_time_and_its_speaker() -> None:
    query = understand("What did South Korea say last week?", (), MONDAY)
    assert (query.window, query.speaker, query.publishers) == (LAST_WEEK, "South Korea", ())


def test_an_outlet_of_the_collection_is_a_publisher_and_no_speaker() -> None:
    query = understand("What did the Mirror say about the flood?", (), MONDAY, publishers=lambda: ["Daily Mirror"])
    assert (query.publishers, query.speaker) == (("Daily Mirror",), None)
    assert query.filters == Filters()


def test_the_publishers_are_looked_up_only_where_one_may_be_named() -> None:
    def unwanted() -> list[str]:
        raise AssertionError

    assert understand("Why is it foggy?", (), MONDAY, publishers=unwanted).publishers == ()


def test_a_question_about_publication_bounds_it_unless_the_filters_do() -> None:
    question = "Which articles published in March 2022 are about fog?"
    filters = understand(question, (), MONDAY).filters
    assert filters.since == datetime(2022, 3, 1, tzinfo=UTC)
    assert filters.until
    assert filters.until.date() == date(2022, 3, 31)
    own = Filters(since=MONDAY)
    assert understand(question, (), MONDAY, own).filters == own


def test_what_fits_the_time_the_publisher_or_the_speaker_comes_first() -> None:
    said = (Saying("Seoul’s military", "said", "x", False, 0, 1),)
    assert found(Query("q", MONDAY, window=LAST_WEEK), passage(1, 1, 3), passage(2)) == ["a2", "a1"]
    assert found(Query("q", MONDAY, publishers=("Tide",)), passage(1), passage(2, publisher="tide")) == ["a2", "a1"]
    assert found(Query("q", MONDAY, speaker="South Korea"), passage(1), passage(2, said=said)) == ["a2", "a1"]


def test_a_question_that_names_none_of_these_is_searched_as_ever() -> None:
    event = Window("since the election")
    assert found(Query("q", MONDAY, window=event), passage(1, 1, 3), passage(2)) == ["a1", "a2"]


def test_a_time_gone_by_is_not_searched_for_what_is_fresh() -> None:
    search = Pulled(lambda query, k: [Hit(passage(1), 1.0)], lambda query, k: [Hit(passage(2), 1.0)])
    march = Window("in March", date(2022, 3, 1), date(2022, 3, 31))
    assert search(Query("q", MONDAY, window=march), 1)[0].passage.article_id == "a2"
    assert search(Query("q", MONDAY, window=LAST_WEEK), 1)[0].passage.article_id == "a1"


def test_a_passage_fits_a_time_that_it_names_or_was_published_in() -> None:
    day = Moment("9 November", 0, 1, date(2022, 11, 9), date(2022, 11, 9))
    year = Moment("2022", 0, 1, date(2022, 1, 1), date(2022, 12, 31))
    assert inside(passage(1), LAST_WEEK) == 1.0
    assert inside(passage(1, 1, 1, moments=(day,)), LAST_WEEK) == 1.0
    assert inside(passage(1, 1, 1, moments=(year,)), LAST_WEEK) < 0.03  # 7 days of 365
    assert inside(passage(1, 24), LAST_WEEK) < inside(passage(1, 17), LAST_WEEK) < 1.0
