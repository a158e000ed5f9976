from __future__ import annotations

import pytest

from ingest.titles import Titles, host_name, suffix_of, tidy, title_of, without_suffix

HEADLINE = "Ferry runs aground off Tarn Point"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Ferry &amp; tug collide", "Ferry & tug collide"),
        ("The ferry&amp;#8217;s &amp;#8216;last&amp;#8217; trip", "The ferry's 'last' trip"),
        ("Gulls&#039; nests", "Gulls' nests"),
        ("*On Salt* (1804)", "On Salt (1804)"),
        ("## The tides", "The tides"),
        ("A ‘typed’ quote’s signs", "A ‘typed’ quote’s signs"),
        ("5 * 3 * 2", "5 * 3 * 2"),
    ],
)
def test_what_templates_leave_in_a_title_is_taken_out(written: str, title: str) -> None:
    assert tidy(written) == title


@pytest.mark.parametrize("mark", ["|", "-", "–", "—", "·", "•", ":"])
def test_the_outlets_name_behind_a_title_is_no_part_of_it(mark: str) -> None:
    assert without_suffix(f"{HEADLINE} {mark} The Tarn Mail", ["Tarn Mail"]) == HEADLINE


def test_a_host_is_an_outlets_name_too() -> None:
    assert without_suffix(f"{HEADLINE} | TarnMail", [host_name("https://www.tarnmail.co.uk/a/b")]) == HEADLINE


def test_what_follows_the_pages_heading_is_no_part_of_the_title() -> None:
    assert without_suffix(f"{HEADLINE} | News | Tarn", [], [HEADLINE]) == HEADLINE


def test_a_title_with_a_dash_of_its_own_stays_whole() -> None:
    title = "Salt – a history"
    assert without_suffix(title, ["Tarn Mail"], ["Salt"[::-1]]) == title


def test_the_headline_that_is_stated_is_the_title() -> None:
    assert title_of(Titles(HEADLINE, "Look: a ferry!", "Ferry | Mail", (HEADLINE,)), ["Mail"]) == HEADLINE


def test_a_headline_for_search_engines_gives_way_to_what_readers_see() -> None:
    titles = Titles("Ferry accident: what we know", HEADLINE, "Ferry accident: what we know", (HEADLINE,))
    assert title_of(titles, []) == HEADLINE


def test_the_headline_of_a_live_page_gives_way_to_what_is_shared() -> None:
    assert title_of(Titles("Ferry LIVE: all off", HEADLINE, None, ("Ferry LIVE: all off",)), []) == HEADLINE


def test_of_several_headings_the_one_is_taken_that_other_titles_share() -> None:
    titles = Titles(window=f"{HEADLINE} | Mail", headings=("Weather and tides", HEADLINE, "More"))
    assert title_of(titles, ["Mail"]) == HEADLINE


def test_a_page_without_titles_has_none() -> None:
    assert title_of(Titles(), []) is None


def test_the_last_part_of_a_title_is_the_outlet_where_the_rest_is_the_heading() -> None:
    assert suffix_of(f"{HEADLINE} | The Tarn Mail", [HEADLINE]) == "The Tarn Mail"
    assert suffix_of("Salt | The Tarn Mail", [HEADLINE]) is None


def test_an_address_that_cannot_be_read_has_no_host() -> None:
    assert host_name("http://[broken") is None
