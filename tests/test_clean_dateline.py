from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from lxml.html import document_fromstring

from ingest.dateline import Shown, first_published, is_of_month, published_of, shown_near_heading

STATED = datetime(2022, 11, 8, 1, 30, tzinfo=UTC)
PLACE = "https://o.example"


def shown(body: str) -> Shown | None:
    return shown_near_heading(document_fromstring(f"<html><body>{body}</body></html>"))


def test_the_moment_that_is_stated_counts() -> None:
    assert published_of(STATED, None, None, None) == STATED


def test_without_one_the_day_that_is_shown_counts() -> None:
    assert published_of(None, None, Shown(date(2022, 11, 7), False), None) == datetime(2022, 11, 7, tzinfo=UTC)
    assert published_of(None, None, None, None) is None


@pytest.mark.parametrize(
    ("near", "url"), [(Shown(date(2022, 11, 7), False), None), (None, f"{PLACE}/2022/11/07/storm")]
)
def test_a_moment_in_utc_is_given_on_the_day_where_the_outlet_is(near: Shown | None, url: str | None) -> None:
    found = published_of(STATED, None, near, url)
    assert found == STATED
    assert found.date() == date(2022, 11, 7)  # 01:30 in London is 23:30 the day before, two hours to the west


def test_a_moment_with_a_zone_of_its_own_stays() -> None:
    stated = datetime(2022, 11, 8, 1, 30, tzinfo=timezone(timedelta(hours=1)))
    found = published_of(stated, None, Shown(date(2022, 11, 7), False), None)
    assert found is not None
    assert found.date() == date(2022, 11, 8)


def test_the_day_of_a_change_moves_nothing() -> None:
    changed = datetime(2022, 11, 9, 8, tzinfo=UTC)
    assert published_of(STATED, changed, Shown(date(2022, 11, 9), False), None) == STATED


def test_a_moment_at_which_the_page_was_only_written_again_gives_way_to_the_day_that_is_shown() -> None:
    found = published_of(STATED, STATED, Shown(date(2021, 3, 4), False), None)
    assert found == datetime(2021, 3, 4, tzinfo=UTC)


def test_a_page_that_was_written_anew_is_of_the_day_that_it_shows() -> None:
    changed = datetime(2023, 5, 6, 8, tzinfo=UTC)
    assert published_of(STATED, changed, Shown(date(2023, 5, 6), False), None) == datetime(2023, 5, 6, tzinfo=UTC)
    assert published_of(STATED, changed, Shown(date(2023, 5, 6), True), None) == STATED


def test_an_old_address_tells_when_a_page_was_published_before_its_site_moved() -> None:
    assert published_of(STATED, None, None, f"{PLACE}/2016/3/9/x") == datetime(2016, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize("url", [f"{PLACE}/2022/13/45/x", f"{PLACE}/2022/02/31/x", f"{PLACE}/20221107", None])
def test_numbers_that_are_no_day_are_none(url: str | None) -> None:
    assert published_of(STATED, None, None, url) == STATED


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<h1>Storm</h1><p>November 7, 2022</p>", Shown(date(2022, 11, 7), False)),
        ("<h1>Storm</h1><div>Published <span>7 November 2022</span></div>", Shown(date(2022, 11, 7), False)),
        ("<h1>Storm</h1><p>Updated: Nov 9, 2022</p>", Shown(date(2022, 11, 9), True)),
        ("<h1>Storm</h1><span>Last updated</span><span>2022-11-09</span>", Shown(date(2022, 11, 9), True)),
        ("<p>November 7, 2022</p><h1>Storm</h1><p>It blew.</p>", Shown(date(2022, 11, 7), False)),
        ("<h1>The Mail</h1><p>Weather</p><h1>Storm</h1><p>7 November 2022</p>", Shown(date(2022, 11, 7), False)),
        ("<div><p>7 November 2022</p><p>It blew.</p></div>", Shown(date(2022, 11, 7), False)),
        ("<h1>Storm</h1><aside><p>November 7, 2022</p></aside>", None),
        ("<h1>Storm</h1><div class='related-posts'><p>November 7, 2022</p></div>", None),
        ("<h1>Storm</h1><p>November 7</p>", None),
    ],
)
def test_the_day_near_the_heading_is_the_article_s(body: str, found: Shown | None) -> None:
    assert shown(body) == found


def test_a_day_in_a_long_sentence_is_not_the_article_s() -> None:
    assert shown(f"<h1>Storm</h1><p>{'It blew and blew. ' * 5}The last one was on November 7, 2022.</p>") is None


def test_an_article_may_say_when_it_was_published_first() -> None:
    said = "The report on the tides was first published on 3 May 2014, before the tower fell."
    assert first_published(said) == datetime(2014, 5, 3, tzinfo=UTC)
    assert first_published("The keeper’s diary was first published in 2014.") is None


def test_an_address_may_have_a_month() -> None:
    assert is_of_month("2022-11-07", f"{PLACE}/storm/2022/11")
    assert not is_of_month("2022-11-07", f"{PLACE}/storm/2021/11")
    assert not is_of_month(None, None)
