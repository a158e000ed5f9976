from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.clean import clean
from ingest.refusal import Look, refusal_of
from ingest.report import Skipped
from qa.types import Article, Page

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SENTENCE = "The lighthouse on Gannet Point was dark on Sunday night after a storm tore off a roof."  # 16 words
PROSE = "\n\n".join(f"{SENTENCE} It was night {number} of the storm." for number in range(12))  # 12 x 23 = 276 words
SHORT = f"{SENTENCE} {SENTENCE} {SENTENCE} {SENTENCE}"  # 64 words


def reason(text: str, *titles: str, shown: str | None = None, **told: Any) -> str | None:
    look: dict[str, Any] = {
        "is_article": False,
        "is_free": True,
        "is_list": False,
        "is_gallery": False,
        "teasers": 0,
        "pictures": 0,
    }
    found = refusal_of(Look(titles, text, text if shown is None else shown, **{**look, **told}))
    return found and found[0]


def test_an_article_is_one() -> None:
    assert reason(PROSE, "Storm puts out the light") is None
    assert reason(SHORT, "Storm puts out the light") is None


@pytest.mark.parametrize(
    "title",
    [
        "404 Not Found", "404", "Page not found | The Tarn Mail", "403 Forbidden", "Access denied", "Just a moment...",
        "500 Internal Server Error", "Attention Required! | Cloudflare", "Are you a robot?", "Service unavailable",
        "Sorry, this page isn't available", "Too many requests", "Pardon our interruption",
    ],
)  # fmt: skip
def test_a_page_that_names_an_error_as_its_title_is_an_error_page(title: str) -> None:
    assert reason("Try our front page. " + SHORT, title) == "error page"


@pytest.mark.parametrize(
    "title",
    ["404 sheep found on Tarn Point", "Access denied: how the harbour board kept its minutes secret for years",
     "Not found: the keeper's diary"],
)  # fmt: skip
def test_an_article_about_what_errors_say_is_an_article(title: str) -> None:
    assert reason(PROSE, title) is None
    assert reason(SHORT, title, is_article=True) is None


@pytest.mark.parametrize(
    "footer",
    ["Subscribe now for our morning letter.", "More from the coast. " * 20 + "Continue reading: the tide tables."],
)
def test_a_short_whole_article_above_a_footer_that_advertises_is_an_article(footer: str) -> None:
    assert reason(SHORT, "Storm puts out the light", shown=f"{SHORT} {footer}") is None


@pytest.mark.parametrize("wall", ["Subscribers only.", "Subscribe to unlock this article.", "Continue reading"])
def test_a_wall_right_below_a_short_text_makes_it_a_stub(wall: str) -> None:
    assert reason(SHORT, "Storm puts out the light", shown=f"{SHORT} {wall} About us. Contact.") == "paywall stub"


def test_a_challenge_is_an_error_page() -> None:
    assert reason("Checking your browser before you go on. Cloudflare Ray ID 77", "tarnmail.example") == "error page"


@pytest.mark.parametrize("text", [SENTENCE, f"{SHORT} And then, at dawn, the", f"{SHORT} And then…"])
def test_what_is_not_free_and_is_cut_off_is_a_stub(text: str) -> None:
    assert reason(text, is_free=False, is_article=True) == "paywall stub"


def test_a_short_article_that_is_whole_is_no_stub_although_it_is_metered() -> None:
    assert reason(SHORT, is_free=False, is_article=True) is None


@pytest.mark.parametrize("wall", ["Already a subscriber? Log in.", "Unlock this article", "Subscribe to keep reading"])
def test_a_beginning_above_a_wall_is_a_stub(wall: str) -> None:
    assert reason(SHORT, shown=f"{SHORT} {wall}") == "paywall stub"
    assert reason(PROSE, shown=f"{PROSE} {wall}") is None


def test_a_page_of_links_is_an_index_page() -> None:
    assert reason(SHORT, teasers=9) == "index page"
    assert reason(PROSE, teasers=9) is None
    assert reason(PROSE, teasers=9, is_list=True) == "index page"


@pytest.mark.parametrize("told", [{"is_gallery": True}, {"pictures": 12}])
def test_pictures_with_few_words_are_a_gallery(told: dict[str, Any]) -> None:
    assert reason(SENTENCE * 2, **told) == "gallery page"
    assert reason(PROSE, **told) is None


@pytest.mark.parametrize(("languages", "is_wanted"), [((), True), (("en",), False), (("en", "fr"), True)])
def test_an_article_in_another_language_than_wanted_is_refused(languages: tuple[str, ...], is_wanted: bool) -> None:
    row = {"title": "Le phare", "text": PROSE, "language": "fr"}
    found = clean(Page("a", "", media_type="fields", hints=row), NOW, languages)
    assert isinstance(found, Article if is_wanted else Skipped)
    assert is_wanted or (isinstance(found, Skipped) and found.reason == "other language")


def test_an_article_that_states_no_language_is_not_refused() -> None:
    row = {"title": "Storm", "text": PROSE}
    assert isinstance(clean(Page("a", "", media_type="fields", hints=row), NOW, ("fr",)), Article)
