from __future__ import annotations

import pytest
from lxml.html import HtmlElement, document_fromstring

from ingest.bylines import authors_of, shown_authors
from ingest.people import as_names


def nobody() -> tuple[str, ...]:
    return ()


def tree(body: str = "") -> HtmlElement:
    return document_fromstring(f"<html><body><h1>Storm</h1>{body}<p>It blew.</p></body></html>")


@pytest.mark.parametrize(
    "byline",
    [
        "<p>By Jane Doe</p>",
        "<p>By Jane Doe on November 7, 2022</p>",
        "<p>Posted by <a href='/jane'>Jane Doe</a> · 3 comments</p>",
        "<div><span>Written by</span><span>Jane Doe</span></div>",
        "<a rel='author' href='/jane'>Jane Doe</a>",
        "<span class='entry-author'>Jane Doe</span>",
        "<div class='post__author-name'>Jane Doe</div>",
        "<div itemprop='author'>By Jane Doe</div>",
    ],
)
def test_a_byline_names_the_author(byline: str) -> None:
    assert shown_authors(tree(byline)) == ("Jane Doe",)


@pytest.mark.parametrize(
    "other",
    [
        "<p>By noon the roof was gone, she said.</p>",
        "<p>Powered by a wind that nobody had seen in the forty years since the tower was built on the point.</p>",
        "<div class='comment'><span class='author'>Jane Doe</span></div>",
        "<footer><p>By Jane Doe</p></footer>",
        "<span class='author'>JD</span>",
    ],
)
def test_what_is_no_byline_of_the_article_names_nobody(other: str) -> None:
    assert shown_authors(tree(other)) == ()


def test_who_is_stated_counts_more_than_who_is_shown() -> None:
    assert authors_of([("Freya Holm",)], nobody, tree("<p>By Jane Doe</p>"), None) == ("Freya Holm",)


@pytest.mark.parametrize("stated", ["The Tarn Mail", "jane.d", "holm_f"])
def test_a_person_who_is_shown_beats_the_outlet_and_accounts(stated: str) -> None:
    assert authors_of([(stated,)], nobody, tree("<p>By Jane Doe</p>"), "The Tarn Mail") == ("Jane Doe",)


def test_an_account_made_into_a_name_is_still_an_account() -> None:
    found = authors_of([("jane.doe",)], lambda: ("Jane Doe",), tree("<p>By Freya Holm</p>"), None)
    assert found == ("Freya Holm",)


def test_the_outlet_is_the_author_where_nobody_else_is() -> None:
    assert authors_of([("Tarn Mail",)], nobody, tree(), "Tarn Mail") == ("Tarn Mail",)
    assert authors_of([()], nobody, tree(), "Tarn Mail") == ()
    assert authors_of([("2625",)], nobody, tree(), None) == ()


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (["Holm, Freya", "Doe, Jane A."], ("Freya Holm", "Jane A. Doe")),
        ("Freya Holm, Ph.D.", ("Freya Holm, Ph.D.",)),
        ("Freya Holm, MD and Jane Doe", ("Freya Holm, MD", "Jane Doe")),
        ("Freya Holm, Jane Doe", ("Freya Holm", "Jane Doe")),
        ({"@type": "Organization", "name": "Centre for Tides and Winds"}, ("Centre for Tides and Winds",)),
        ({"@type": "Person", "name": "Freya &amp; Jane"}, ("Freya", "Jane")),
        ("Jane D. Doe.", ("Jane D. Doe",)),
    ],
)
def test_names_are_read_as_they_are_written(written: object, names: tuple[str, ...]) -> None:
    assert as_names(written) == names
