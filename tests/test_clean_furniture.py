from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.furniture import without_furniture

TITLE = "Storm puts out the light on Gannet Point"
PROSE = [
    "The lighthouse on Gannet Point was dark on Sunday night after a storm tore the roof off its engine house.",
    "Keeper Ottoline Brask said she had never seen the like in the forty years that she had lived on the point.",
    "Two trawlers waited outside the harbour until dawn, and the pilot boat stayed moored with a broken window.",
]


@pytest.mark.parametrize(
    "top",
    [
        [TITLE.upper()],
        ["Local", TITLE],
        ["By Jane Doe"],
        ["5 min read"],
        ["3 November 2022"],
        ["Last updated on 3 November 2022"],
        ["Share this"],
        ["Jane Doe"],
        ["This post has affiliate links, and we may earn a small commission when you buy something."],
    ],
)
def test_a_page_s_words_about_its_article_are_left_out_at_the_top(top: list[str]) -> None:
    assert without_furniture([*top, *PROSE], (TITLE, "Jane Doe")) == PROSE


@pytest.mark.parametrize(
    "between",
    [
        "READ MORE: Ferry runs aground",
        "Also read: Ferry runs aground",
        "Related: Ferry runs aground",
        "Lire aussi : le bac s’échoue",
        "Pictured left, the tower on Monday.",
        "___",
        "https://o.example/a.png",
        '[button link="https://o.example"]Buy[/button]',
        PROSE[0],
    ],
)
def test_what_points_elsewhere_or_says_a_thing_again_is_left_out(between: str) -> None:
    assert without_furniture([*PROSE[:2], between, PROSE[2]]) == PROSE


@pytest.mark.parametrize(
    "end",
    [
        ["Sign up to our newsletter to get the news in your inbox."],
        ["Follow us on Facebook and Instagram."],
        ["Additional reporting by Freya Holm"],
        ["Source: Meridian Wire"],
        ["Freya Holm contributed to this report."],
        ["Please read our comment policy before commenting."],
        ["Copyright 2022 The Harbour Courier. All rights reserved."],
        ["Jane Doe is a reporter at the Courier.", "Email: jane@o.example"],
        ["Related stories", "Ferry runs aground", "Snuffboxes found"],
    ],
)
def test_pleas_credits_and_notes_are_left_out_at_the_end(end: list[str]) -> None:
    assert without_furniture([*PROSE, *end], (TITLE,), ("Jane Doe",)) == PROSE


@pytest.mark.parametrize(
    "line",
    [
        "The paper asked its readers to sign up for a newsletter on tides, and four thousand of them did so at once.",
        "What happened next",
        "Jane Doe, the harbour master, was on the quay.",
        "2. Sea kale (Crambe / Strandkohl)",
    ],
)
def test_an_article_s_own_words_stay(line: str) -> None:
    assert line in without_furniture([PROSE[0], line, *PROSE[1:]], (TITLE,), ("Jane Doe",))


def test_a_line_before_a_picture_s_credit_is_its_caption() -> None:
    lines = [PROSE[0], "The tower on Monday.", "Image: Freya Holm", *PROSE[1:]]
    assert without_furniture(lines) == PROSE


def test_rows_of_a_table_may_be_the_same() -> None:
    row = "| " + " | ".join("abcdefghi") + " |"
    assert without_furniture([PROSE[0], row, row, *PROSE[1:]]).count(row) == 2


@given(st.lists(st.text(max_size=60), max_size=20), st.lists(st.text(max_size=20), max_size=3))
def test_no_line_is_added_or_changed(lines: list[str], known: list[str]) -> None:
    left = iter(lines)
    assert all(line in left for line in without_furniture(lines, known, known))
