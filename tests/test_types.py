from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Abstention, Answer, Catalogue, Citation, Nearest, Quote, Statement
from qa.types import Filters, Query, day

zones = st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(-timedelta(hours=3, minutes=30))])
moments = st.datetimes(timezones=zones)
maybe = st.none() | st.text()
names = st.lists(st.text()).map(tuple)
numbers = st.integers(0, 9)
filters = st.builds(Filters, names, st.none() | moments, st.none() | moments, names)
quotes = st.builds(Quote, st.text(), st.text(), numbers, numbers, st.text(), numbers)
statements = st.builds(Statement, st.text(), st.floats(0, 1), st.lists(quotes).map(tuple))
dates = st.none() | moments
nearest = st.lists(st.builds(Nearest, st.text(), st.text(), maybe, dates, maybe)).map(tuple)
citations = st.builds(
    Citation, numbers, st.text(), st.text(), st.text(), maybe, names, dates, maybe, st.text(), nearest, maybe
)
reasons = st.sampled_from(
    ["nothing indexed", "nothing near", "outside the dates", "near but silent", "premise not in the articles"]
)
answers = st.builds(
    Answer,
    st.builds(Query, st.text(), moments, filters),
    st.lists(statements).map(tuple),
    st.lists(citations).map(tuple),
    st.none() | st.builds(Abstention, reasons, st.text()),
    nearest,
    st.floats(0, 100),
    st.none() | st.builds(Catalogue, numbers, names, st.none() | st.dates(), st.none() | st.dates()),
    names,
)


@given(answers)
def test_an_answer_goes_through_json_without_loss(answer: Answer) -> None:
    assert Answer.from_json(json.loads(json.dumps(answer.to_json()))) == answer


def test_json_of_before_copies_and_corrections_is_read() -> None:
    citation = Citation(1, "a", "a:0", "T", None, (), None, None, "The text")
    answer = Answer(Query("q", datetime(2022, 11, 7, tzinfo=UTC)), citations=(citation,))
    data = answer.to_json()
    del data["citations"][0]["copies"], data["citations"][0]["correction"]
    assert Answer.from_json(data) == answer


def test_the_json_of_an_answer_has_the_keys_that_others_build_on() -> None:
    quote = Quote("a", "a:0", 0, 3, "The", 1)
    citation = Citation(1, "a", "a:0", "T", None, (), None, None, "The text")
    answer = Answer(Query("q", datetime(2022, 11, 7, tzinfo=UTC)), (Statement("The", 1.0, (quote,)),), (citation,))
    data = answer.to_json()
    assert list(data) == [
        "query", "statements", "citations", "abstained", "nearest", "seconds", "catalogue", "suggestions", "notes",
        "usage", "unanswered",
    ]  # fmt: skip
    assert set(data["query"]) == {"text", "as_of", "filters", "window", "speaker", "publishers"}
    assert set(data["statements"][0]) == {"text", "support", "quotes", "added", "label"}
    assert set(data["statements"][0]["quotes"][0]) == {"article_id", "passage_id", "start", "end", "text", "number"}
    assert set(data["citations"][0]) == {
        "number", "article_id", "passage_id", "title", "publisher", "authors", "published", "url", "text", "copies",
        "correction",
    }  # fmt: skip


def test_a_day_is_written_as_readers_write_it() -> None:
    assert day(datetime(2022, 11, 7, 23, 59, tzinfo=UTC)) == "7 November 2022"
    assert day(None) == ""
