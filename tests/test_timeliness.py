from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.timeliness import AGEING, UNDATED, timeliness
from qa.types import Moment, Passage, Query, Window

MARCH = datetime(2024, 3, 20, tzinfo=UTC)


def asked(window: Window | None = None) -> Query:
    return Query("What burned?", datetime(2024, 3, 25, tzinfo=UTC), window=window)


def published(day: datetime | None, *moments: Moment) -> Passage:
    return Passage("a:0", "a", "The pier burned.", 0, 16, "Pier", published=day, moments=moments)


def test_what_is_newer_is_timelier_where_no_time_is_named() -> None:
    passages = [published(MARCH), published(MARCH.replace(day=10)), published(None)]
    newest, older, undated = timeliness(passages, asked())
    assert (newest, undated) == (1.0, UNDATED)
    assert older == pytest.approx(2.718281828 ** (-10 / AGEING))
    assert timeliness(passages, asked(Window("since the fire"))) == [newest, older, undated]
    assert timeliness(passages, asked(Window("this week", date(2024, 3, 18), date(2024, 3, 25)))) == [
        newest,
        older,
        undated,
    ]
    assert timeliness([published(None)], asked()) == [UNDATED]


def test_where_a_time_gone_by_is_named_what_fits_it_is_timely() -> None:
    window = Window("on 4 March", date(2024, 3, 4), date(2024, 3, 4))
    speaking = published(MARCH, Moment("4 March", 0, 7, date(2024, 3, 4), date(2024, 3, 4)))
    fits, later = timeliness([speaking, published(MARCH)], asked(window))
    assert fits == 1.0 > later


@given(st.lists(st.none() | st.datetimes(timezones=st.just(UTC)), max_size=5))
def test_timeliness_is_a_share(days: list[datetime | None]) -> None:
    assert all(0.0 <= value <= 1.0 for value in timeliness([published(day) for day in days], asked()))
