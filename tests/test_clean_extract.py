from __future__ import annotations

import pytest

from ingest.extract import completed, load, text_of

PROSE = [
    "The lighthouse on Gannet Point was dark on Sunday night after a storm tore the roof off its engine house.",
    "Keeper Ottoline Brask said she had never seen the like in the forty years that she had lived on the point.",
    "Two trawlers waited outside the harbour until dawn, and the pilot boat stayed moored with a broken window.",
    "Engineers hope to bring a spare generator across by barge once the wind drops below thirty knots on Wednesday.",
    "The harbour board will discuss at its next meeting whether the old engine house can be rebuilt at all, it said.",
]
PARAGRAPHS = [f"<p>{paragraph}</p>" for paragraph in PROSE]


def text(*inside: str, after: str = "") -> str:
    tree = load(f"<html><body><article><h1>Storm</h1>{''.join(inside)}</article>{after}</body></html>")
    assert tree is not None
    return text_of(tree, None).removeprefix("Storm\n")


@pytest.mark.parametrize(
    "apart",
    [
        "<div class='related-posts'><p>The ferry ran aground off Tarn Point in the same night.</p></div>",
        "<div class='article__newsletter'><p>The tides of the week, in a letter that comes on Mondays.</p></div>",
        "<figure><img src='a.png'><figcaption>The tower of the lighthouse on Monday morning.</figcaption></figure>",
        "<p><a href='/x'>Ferry runs aground off Tarn Point in storm</a></p>",
        "<div class='author-bio'><p>She has been on the coast for the paper since the harbour froze.</p></div>",
    ],
)
def test_what_stands_apart_by_its_class_or_tag_is_left_out(apart: str) -> None:
    assert text(*PARAGRAPHS[:2], apart, *PARAGRAPHS[2:]).split("\n") == PROSE


def test_an_article_in_a_box_with_such_a_class_is_still_the_article() -> None:
    boxed = f"<div class='newsletter'>{''.join(PARAGRAPHS)}</div>"
    assert text(boxed).split("\n") == PROSE


def test_words_that_are_linked_inside_a_sentence_stay() -> None:
    linked = PARAGRAPHS[1].replace("Ottoline Brask", "<a href='/brask'>Ottoline Brask</a>")
    assert text(PARAGRAPHS[0], linked, *PARAGRAPHS[2:]).split("\n") == PROSE


def test_what_follows_a_closed_body_is_read() -> None:
    tree = load(f"<html><body><p>Menu</p></body></html><div><h1>Storm</h1>{''.join(PARAGRAPHS)}</div>")
    assert tree is not None
    assert PROSE[-1] in text_of(tree, None)


def test_a_tree_stays_as_it_is() -> None:
    tree = load(
        f"<html><body><article>{''.join(PARAGRAPHS)}<p><a href='/x'>One two three four</a></p></article></body>"
    )
    assert tree is not None
    before = tree.text_content()
    text_of(tree, None)
    assert tree.text_content() == before


def test_paragraphs_that_the_careful_reading_missed_are_put_back() -> None:
    careful = [PROSE[0], PROSE[1], PROSE[4]]
    assert completed(careful, PROSE) == PROSE


def test_what_is_around_the_careful_reading_is_not_taken() -> None:
    assert completed(PROSE[1:4], PROSE) == PROSE[1:4]


def test_another_text_completes_nothing() -> None:
    assert completed(PROSE[:3], [PROSE[0], *(["The ferry ran aground off Tarn Point."] * 9)]) == PROSE[:3]


def test_no_page_has_no_tree() -> None:
    assert load("") is None
