from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.when import when_asked

WEDNESDAY = datetime(2022, 11, 16, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("What happened yesterday?", "2022-11-15", "2022-11-15"),
        ("What did police find last night?", "2022-11-15", "2022-11-15"),
        ("What happened last week?", "2022-11-07", "2022-11-13"),  # Monday to Sunday
        ("what happened over the weekend?", "2022-11-12", "2022-11-13"),
        ("What happened on Thursday?", "2022-11-10", "2022-11-10"),
        ("What will happen on Friday?", "2022-11-18", "2022-11-18"),
        ("How many people watched in the past 24 hours?", "2022-11-15", "2022-11-16"),
        ("What was decided in the last two weeks?", "2022-11-02", "2022-11-16"),
        ("Who resigned three months ago?", "2022-08-01", "2022-08-31"),
        ("What did Japan say in november 2022?", "2022-11-01", "2022-11-30"),
        ("Who won in early March?", "2022-03-01", "2022-03-10"),
        ("How many came in December?", "2021-12-01", "2021-12-31"),  # the latest December
        ("How many came in May?", "2022-05-01", "2022-05-31"),
        ("How many died on 5 November?", "2022-11-05", "2022-11-05"),
        ("How many were fired on November 3, 2022?", "2022-11-03", "2022-11-03"),
        ("What happened between March and May?", "2022-03-01", "2022-05-31"),
        ("What happened between 3 and 9 November?", "2022-11-03", "2022-11-09"),
        ("What happened between December and February?", "2021-12-01", "2022-02-28"),
        ("Who won the race last summer?", "2022-06-01", "2022-08-31"),
        ("How did prices rise in 2021?", "2021-01-01", "2021-12-31"),
        ("What has changed since Monday?", "2022-11-14", None),
        ("What has changed after 3 November?", "2022-11-04", None),
        ("What was agreed before 2020?", None, "2019-12-31"),
        ("What has to be paid by the end of October?", None, "2022-10-31"),
        ("What is the latest on the strike?", "2022-11-02", "2022-11-16"),
    ],
)
def test_a_time_is_counted_from_the_moment_of_asking(question: str, since: str | None, until: str | None) -> None:
    window = when_asked(question, WEDNESDAY)
    assert window
    assert (window.since, window.until) == tuple(day and date.fromisoformat(day) for day in (since, until))
    assert window.text in question
    assert not window.hard


@pytest.mark.parametrize(
    "question",
    [
        "May the ferry sail?",
        "Did the march end?",
        "What happens every Friday?",
        "How many homes were lost?",
        "",
        "30 Feb",
    ],
)
def test_what_names_no_time_has_no_window(question: str) -> None:
    assert when_asked(question, WEDNESDAY) is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What has changed since the election?", "since the election"),
        ("What was agreed before the launch?", "before the launch"),
        ("Who was minister at the time?", "at the time"),
    ],
)
def test_an_event_is_a_time_without_days(question: str, text: str) -> None:
    window = when_asked(question, WEDNESDAY)
    assert window
    assert (window.text, window.since, window.until) == (text, None, None)


@pytest.mark.parametrize("question", ["Which articles published in March 2021 name her?", "stories from last week"])
def test_a_window_is_hard_where_the_question_speaks_of_publication(question: str) -> None:
    window = when_asked(question, WEDNESDAY)
    assert window
    assert window.hard


@pytest.mark.parametrize(
    "question",
    ["Did reports from 3 March and from 9 May agree?", "Who made headlines this week for climbing Skerrow?"],
)
def test_a_window_is_soft_where_there_are_two_or_news_is_merely_made(question: str) -> None:
    window = when_asked(question, WEDNESDAY)
    assert window
    assert not window.hard


def test_a_publisher_called_today_is_no_day() -> None:
    assert when_asked("What did articles in Harbour Today say about the dam?", WEDNESDAY) is None


@given(
    st.text() | st.from_regex(r"(between|from|in|since|last) [0-9]{1,3} (and|days|May|weeks ago) [0-9]{1,4}"),
    st.datetimes(),
)
def test_any_text_has_a_window_in_order_or_none(text: str, as_of: datetime) -> None:
    window = when_asked(text, as_of)
    assert window is None or not (window.since and window.until) or window.since <= window.until
