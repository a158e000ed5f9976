from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from qa.types import Query, Window
from ui.understood import days, understood

MONDAY = datetime(2022, 11, 14, tzinfo=UTC)
NOVEMBER = Window("in November", date(2022, 11, 1), date(2022, 11, 30))


@pytest.mark.parametrize(
    ("window", "shown"),
    [
        (NOVEMBER, "1–30 November 2022"),
        (Window("x", date(2022, 11, 3), date(2022, 11, 3)), "3 November 2022"),
        (Window("x", date(2022, 10, 28), date(2022, 11, 3)), "28 October – 3 November 2022"),
        (Window("x", date(2021, 12, 1), date(2022, 2, 28)), "1 December 2021 – 28 February 2022"),
        (Window("x", date(2024, 3, 3)), "from 3 March 2024"),
        (Window("x", None, date(2019, 12, 31)), "until 31 December 2019"),
        (Window("since the election"), "since the election"),
    ],
)
def test_a_window_is_written_as_readers_write_it(window: Window, shown: str) -> None:
    assert days(window) == shown


def test_time_speaker_and_publisher_stand_beside_the_question() -> None:
    query = Query("What did Seoul say?", MONDAY, window=NOVEMBER, speaker="Seoul", publishers=("Tide",))
    assert understood(query, "And Seoul?") == ["What did Seoul say?", "1–30 November 2022", "said by Seoul", "by Tide"]


def test_a_speaker_alone_is_not_told_again() -> None:
    assert understood(Query("What did Seoul say?", MONDAY, speaker="Seoul"), "what did Seoul say") == []
