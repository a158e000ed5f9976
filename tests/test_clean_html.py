from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import samples_folder
from ingest.clean import clean
from ingest.report import Skipped
from qa.types import Article, Page

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CET = timezone(timedelta(hours=1))
COURIER, WIRE = "The Harbour Courier", "Meridian Wire"
TITLE = "Storm puts out the light on Gannet Point"
PROSE = [
    "The lighthouse on Gannet Point was dark on Sunday night after a storm tore the roof off its engine house.",
    "Keeper Ottoline Brask said she had never seen the like. “The lamp burned in my grandmother’s time,” she said.",
    "Two trawlers waited outside the harbour until dawn, and the pilot boat stayed moored with a broken window.",
    "Engineers hope to bring a spare generator across by barge once the wind drops below thirty knots on Wednesday.",
    "The harbour board will discuss at its next meeting whether the old engine house can be rebuilt at all, it said.",
    "Divers are to look at the foot of the tower as soon as the swell goes down, which may take until Thursday.",
    "No ship came to harm, but the coastguard asked skippers of small boats to stay in port for another two days.",
]
TEXT = "\n\n".join(PROSE)


def page(*, head: str = "", body: str | None = None, after: str = "", url: str | None = None, **hints: Any) -> Page:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE) if body is None else body
    html = f"<html><head>{head}</head><body><article><h1>{TITLE}</h1>{body}</article>{after}</body></html>"
    return Page("page.html", html, url, hints=hints)


def article_of(given_page: Page) -> Article:
    found = clean(given_page, NOW)
    assert isinstance(found, Article), found
    return found


def reason_of(given_page: Page) -> str:
    found = clean(given_page, NOW)
    assert isinstance(found, Skipped), found
    return found.reason


@cache
def sample(name: str) -> Article | Skipped:
    return clean(Page(name, (samples_folder() / name).read_bytes()), NOW)


def ld(value: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def news(**fields: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": TITLE, **fields}


SAMPLES = {
    "icbm-launch-failed-seoul-says.html": (
        "North Korea’s long-range missile failed in flight, Seoul says", COURIER, "World",
        ("Tomás Arrieta", "Freya Holm"), datetime(2022, 11, 3, 11, 20, tzinfo=CET),
        "https://www.harbourcourier.example/world/2022/11/03/icbm-launch-failed-seoul-says",
    ),
    "collision-en-rade-fourteen-injured.html": (
        "Collision “en pleine brume”: fourteen injured aboard the Corvina", "Le Passage", "Deux-Rives",
        ("Chloé Bérenger",), datetime(2022, 11, 9, 7, 30, tzinfo=CET),
        "https://www.lepassage.example/deux-rives/collision-en-rade-fourteen-injured",
    ),
    "hoax-emails-carrow-bridge.html": (
        "Hoax emails told readers, and chatbots, that Carrow Bridge is safe", COURIER, None,
        ("Freya Holm",), datetime(2022, 11, 10, 9, 15, tzinfo=CET),
        "https://www.harbourcourier.example/local/2022/11/10/hoax-emails-carrow-bridge",
    ),
    "vigilant-storm-extended.html": (
        "US and South Korea extend air drills after North’s missile launches", WIRE, None,
        ("Soo-ah Lindqvist",), datetime(2022, 11, 3, 15, 48, tzinfo=UTC),
        "https://meridianwire.example/asia/vigilant-storm-extended",
    ),
    "musee-saint-aubert-snuffboxes-stolen.html": (
        "Three gold snuffboxes stolen from the Musée Saint-Aubert", "Le Passage", None,
        ("Loïc Tanguy",), datetime(2022, 11, 6, 16, 10, tzinfo=CET),
        "https://www.lepassage.example/culture/musee-saint-aubert-snuffboxes-stolen",
    ),
    "rail-strike-two-shores.html": (
        "Rail strike stops two trains in three on the coast line", "Le Passage", None,
        ("Maïwenn Rosnel",), datetime(2022, 11, 10, tzinfo=UTC), None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_states_its_metadata_in_whichever_way(name: str) -> None:
    found = sample(name)
    assert isinstance(found, Article)
    stated = (found.title, found.publisher, found.section, found.authors, found.published, found.url)
    assert stated == SAMPLES[name]
    assert found.published is not None
    assert found.published.utcoffset() == SAMPLES[name][4].utcoffset()


@pytest.mark.parametrize("name", [path.name for path in sorted(samples_folder().glob("*.html"))])
def test_nothing_around_an_article_gets_into_its_text(name: str) -> None:
    found = sample(name)
    if isinstance(found, Article):
        assert not re.search(r"cookie|newsletter|Subscribe|Share on|Most read|Photo:|©|comments|Sign me up", found.text)
        assert re.search(r"[.!?”]$|Source: ", found.text)
        assert found.title not in found.text


@pytest.mark.parametrize("name", [path.name for path in sorted(samples_folder().glob("*.html"))])
def test_every_paragraph_of_a_page_stands_alone_and_as_it_was(name: str) -> None:
    found = sample(name)
    if isinstance(found, Article):
        shown = (samples_folder() / name).read_text("utf-8")
        shown = " ".join(re.sub(r"<[^>]+>", "", shown).split())
        assert all(paragraph in shown for paragraph in found.text.split("\n\n"))
        assert "\n" not in found.text.replace("\n\n", "")


@pytest.mark.parametrize(
    ("name", "reason"), [("hospital-merger-leaked-memo.html", "paywall stub"), ("world.html", "index page")]
)
def test_a_page_that_is_no_article_says_why(name: str, reason: str) -> None:
    found = sample(name)
    assert isinstance(found, Skipped)
    assert (found.reason, found.origin) == (reason, name)
    assert len(found.message.split()) >= 5


def test_the_text_of_a_page_is_its_paragraphs() -> None:
    assert article_of(page()).text == TEXT


@pytest.mark.parametrize(
    "data",
    [
        news(datePublished="2022-11-07T10:00:00+01:00"),
        [{"@type": "WebSite", "name": "Outlet"}, news(datePublished="2022-11-07T10:00:00+01:00")],
        {"@graph": [{"@type": "WebPage"}, news(datePublished="2022-11-07T10:00:00+01:00")]},
        {"@type": "WebPage", "mainEntity": news(datePublished="2022-11-07T10:00:00+01:00")},
        {"@type": ["ReportageNewsArticle", "Thing"], "headline": TITLE, "datePublished": "2022-11-07T10:00:00+01:00"},
    ],
)
def test_json_ld_states_the_time_of_day_and_the_zone(data: Any) -> None:
    published = article_of(page(head=ld(data))).published
    assert published is not None
    assert published.isoformat() == "2022-11-07T10:00:00+01:00"


def test_meta_tags_state_the_time_where_json_ld_is_broken() -> None:
    head = '<script type="application/ld+json">{"@type": </script>'
    head += '<meta property="article:published_time" content="2022-11-07T10:00:00Z">'
    assert article_of(page(head=head)).published == datetime(2022, 11, 7, 10, tzinfo=UTC)


def test_json_ld_names_authors_and_publisher() -> None:
    people = [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "https://o.example/j"}]
    article = article_of(page(head=ld(news(author=people, publisher={"@type": "Organization", "name": "The Outlet"}))))
    assert (article.authors, article.publisher) == (("Jane Doe",), "The Outlet")


def test_the_outlets_name_behind_the_title_is_the_publisher_and_no_part_of_the_title() -> None:
    article = article_of(page(head=f"<title>{TITLE} | The Outlet</title>"))
    assert (article.title, article.publisher) == (TITLE, "The Outlet")


def test_the_canonical_address_is_taken_without_tracking_and_fragment() -> None:
    head = '<link rel="canonical" href="https://o.example/a/storm?utm_source=rss&amp;id=4#top">'
    assert article_of(page(head=head)).url == "https://o.example/a/storm?id=4"


def test_one_address_is_one_article_whatever_the_text() -> None:
    head = '<link rel="canonical" href="https://o.example/a/storm">'
    shorter = page(head=head, body="".join(f"<p>{paragraph}</p>" for paragraph in PROSE[:4]))
    assert article_of(page(head=head)).id == article_of(shorter).id


def test_without_an_address_the_content_is_the_id() -> None:
    other = page(body="".join(f"<p>{paragraph}</p>" for paragraph in PROSE[:5]))
    assert article_of(page()).id == article_of(page()).id != article_of(other).id


def test_what_a_feed_says_fills_the_gaps_and_no_more() -> None:
    head = ld(news(author="Jane Doe"))
    article = article_of(page(head=head, authors=("The Desk",), published=datetime(2022, 11, 7, 9, tzinfo=UTC)))
    assert article.authors == ("Jane Doe",)
    assert article.published == datetime(2022, 11, 7, 9, tzinfo=UTC)


def test_a_date_that_is_nowhere_stated_is_not_known() -> None:
    article = article_of(page(after="<footer>© 2019 The Outlet</footer>"))
    assert article.published is None


def test_headings_lists_and_quotes_are_paragraphs_of_the_text() -> None:
    first, second, *rest = [f"<p>{paragraph}</p>" for paragraph in PROSE]
    inside = (
        "<h2>What now</h2><ul><li>A barge from the north</li><li>A crane</li></ul><blockquote>So be it.</blockquote>"
    )
    text = article_of(page(body="".join([first, second, inside, *rest]))).text
    assert all(part in text.split("\n\n") for part in ["What now", "So be it.", PROSE[0], PROSE[-1]])
    assert "A barge from the north" in text


@pytest.mark.parametrize("free", [False, "False", "false"])
def test_a_short_page_that_is_not_for_free_is_a_paywall_stub(free: object) -> None:
    assert reason_of(page(head=ld(news(isAccessibleForFree=free)), body=f"<p>{PROSE[0]}</p>")) == "paywall stub"


def test_a_whole_article_that_is_not_for_free_is_an_article() -> None:
    longer = "".join(f"<p>{paragraph} Day {day} was like day {day + 1}.</p>" for day in (1, 3) for paragraph in PROSE)
    assert len(article_of(page(head=ld(news(isAccessibleForFree=False)), body=longer)).text.split()) > 200


def test_a_teaser_above_the_words_of_a_wall_is_a_paywall_stub() -> None:
    wall = "<div>To continue reading this article, subscribe today. Already a subscriber? Log in.</div>"
    assert reason_of(page(body=f"<p>{PROSE[0]}</p>{wall}")) == "paywall stub"


def test_a_consent_notice_is_no_article() -> None:
    notice = (
        "<html><head><title>Before you go on</title></head><body><div><h1>Before you go on</h1><p>We and our 300 "
        "partners use cookies to keep and read data on your device. You may give or refuse your consent below, and "
        "you can change your privacy preferences at any time.</p><p>Some partners don’t ask for consent and rely on a "
        "legitimate interest; see the privacy notice and the list of partners for what they do with cookies.</p>"
        "</div></body></html>"
    )
    assert reason_of(Page("page.html", notice)) == "consent page"


@pytest.mark.parametrize(
    "html",
    ["<html></html>", "<html><body></body></html>", "<html><body><script>let a = 1</script></body></html>",
     "<!doctype html><!-- nothing -->"],
)  # fmt: skip
def test_a_page_without_text_says_so(html: str) -> None:
    found = clean(Page("page.html", html), NOW)
    assert isinstance(found, Skipped)
    assert found.message


def test_html_that_only_its_content_gives_away_is_read_as_html() -> None:
    whole = page()
    assert article_of(Page("page.txt", whole.content)).text == TEXT


def test_text_that_is_called_html_is_read_as_text() -> None:
    assert article_of(Page("page.html", f"{TITLE}\n\n{TEXT}")).title == TITLE


def test_html_inside_a_row_is_cleaned() -> None:
    row = {"title": "Stated", "text": "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)}
    found = clean(Page("rows.jsonl:1", "", media_type="fields", hints=row), NOW)
    assert isinstance(found, Article)
    assert (found.title, found.text) == ("Stated", TEXT)


@given(st.text(st.sampled_from("<>/=\"' ahpdivbodyml!-[]{}\n"), max_size=300))
def test_no_markup_breaks_the_cleaning(soup: str) -> None:
    found = clean(Page("page.html", f"<html>{soup}", media_type="html"), NOW)
    assert isinstance(found, Article | Skipped)


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2022-11-07T10:00:00Z",}</script>',
        '<script type="application/ld+json; charset=utf-8">{"@type":"NewsArticle","datePublished":"2022-11-07T10:00Z"}'
        "</script>",
    ],
)
def test_json_ld_is_read_as_it_is_in_the_wild(script: str) -> None:
    assert article_of(page(head=script)).published == datetime(2022, 11, 7, 10, tzinfo=UTC)


def test_json_ld_refers_to_authors_and_publishers() -> None:
    graph = [
        news(author={"@id": "#a"}, publisher={"@id": "#o"}),
        {"@id": "#o", "@type": "Organization", "name": "The Outlet"},
        {"@id": "#a", "@type": "Person", "name": "Jane Doe"},
    ]
    article = article_of(page(head=ld({"@graph": graph})))
    assert (article.publisher, article.authors) == ("The Outlet", ("Jane Doe",))


def test_json_ld_that_is_nested_too_deep_costs_only_itself() -> None:
    assert article_of(page(head='<script type="application/ld+json">' + "[" * 100_000 + "</script>")).text == TEXT


def test_a_host_is_no_publisher_where_a_name_is_known() -> None:
    named = page(head=f"<title>{TITLE} | The Outlet</title>", url="https://o.example/a/b")
    assert article_of(named).publisher == "The Outlet"
    assert article_of(page(url="https://o.example/a/b", publisher="The Outlet")).publisher == "The Outlet"


def test_a_relative_canonical_address_is_completed_by_the_pages_own() -> None:
    head = '<link rel="canonical" href="/a/b">'
    assert article_of(page(head=head, url="https://o.example/x?utm_source=1")).url == "https://o.example/a/b"
    assert article_of(page(head=head)).url is None


def test_the_front_page_of_a_site_is_no_articles_address() -> None:
    head = '<link rel="canonical" href="https://o.example/">'
    other = page(head=head, body="".join(f"<p>{paragraph}</p>" for paragraph in PROSE[:5]))
    assert article_of(page(head=head)).id != article_of(other).id


def test_share_lines_and_captions_are_left_out() -> None:
    between = (
        "<p>The tower on Monday (Jane Doe/The Outlet)</p><p>Share this article</p><p>Sign up to our newsletter</p>"
    )
    marked = [f"<p>{paragraph}</p>" for paragraph in PROSE]
    assert article_of(page(body="".join([*marked[:3], between, *marked[3:]]))).text == TEXT


def test_an_article_with_related_stories_is_no_index_page() -> None:
    related = "".join(f'<h3><a href="/{n}">Story {n}</a></h3>' for n in range(6))
    head = '<meta property="og:type" content="article">'
    assert article_of(page(head=head, after=f'<section class="related">{related}</section>')).title == TITLE


def test_a_list_of_articles_with_long_teasers_is_an_index_page() -> None:
    cards = "".join(
        f'<div><h3><a href="/{n}">Story {n} of the day</a></h3><p>{PROSE[n % 7]} It was day {n}.</p></div>'
        for n in range(14)
    )
    html = f"<html><head><title>World</title>{ld({'@type': 'CollectionPage'})}</head><body><main><h1>World</h1>{cards}"
    assert reason_of(Page("world.html", f"{html}</main></body></html>")) == "index page"
