from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from ingest.split import split
from qa.sentences import sentence_spans
from qa.types import Article

PARAGRAPH = (
    "The council met on the quay. It heard the engineer, who spoke for an hour about the bridge. Nobody left early."
)
WORDS = st.sampled_from(
    ["bridge", "said.", "“No,”", "Mr.", "\n\n", "and", "3.5", "harbour?", "été", "—", "…", "\t", "x" * 30]
)


def an_article(text: str, **fields: object) -> Article:
    return Article("a1", "The bridge", text, **fields)  # type: ignore[arg-type]


def sizes(text: str) -> list[int]:
    return [len(passage.text.split()) for passage in split(an_article(text))]


@given(st.one_of(st.text(), st.lists(WORDS, max_size=900).map(" ".join)))
def test_passages_tile_any_text(text: str) -> None:
    passages = split(an_article(text))
    assert "".join(passage.text for passage in passages) == text
    assert all(passage.text == text[passage.start : passage.end] for passage in passages)


@given(st.lists(WORDS, max_size=900).map(" ".join))
def test_no_passage_is_empty_and_ids_count_from_nought(text: str) -> None:
    passages = split(an_article(text))
    assert [passage.id for passage in passages] == [f"a1:{n}" for n in range(len(passages))]
    assert all(passages), "a passage without text"
    assert all(passage.text.strip() for passage in passages) or not text.strip()


def test_borders_are_those_of_sentences() -> None:
    text = "\n\n".join([PARAGRAPH] * 30)
    starts = {start for start, _ in sentence_spans(text)}
    assert {passage.start for passage in split(an_article(text))} <= starts


def test_a_long_article_has_passages_of_about_the_wanted_size() -> None:
    assert all(75 <= size <= 150 for size in sizes("\n\n".join([PARAGRAPH] * 30)))


def test_a_passage_ends_with_a_paragraph_where_it_can() -> None:
    passages = split(an_article("\n\n".join([f"{PARAGRAPH} {PARAGRAPH}"] * 12)))
    assert all(passage.text.endswith("\n\n") for passage in passages[:-1])


def test_a_short_article_is_one_passage() -> None:
    assert len(split(an_article(PARAGRAPH))) == 1


def test_a_short_rest_is_shared_with_the_passage_before_it() -> None:
    assert min(sizes("It rained all day on the old quay. " * 20)) >= 50


def test_a_sentence_without_an_end_is_cut_at_white_space() -> None:
    passages = split(an_article("table cell " * 1000))
    assert len(passages) > 1
    assert all(passage.text.endswith(" ") for passage in passages[:-1])


def test_a_passage_carries_what_a_citation_shows() -> None:
    published = datetime(2022, 11, 7, tzinfo=UTC)
    article = an_article(
        PARAGRAPH, url="https://o.example/a", publisher="Outlet", authors=("A B",), published=published
    )
    passage = split(article)[0]
    assert (passage.title, passage.url, passage.publisher) == ("The bridge", "https://o.example/a", "Outlet")
    assert (passage.authors, passage.published, passage.article_id) == (("A B",), published, "a1")


def test_splitting_again_gives_the_same() -> None:
    article = an_article("\n\n".join([PARAGRAPH] * 9))
    assert split(article) == split(article)
