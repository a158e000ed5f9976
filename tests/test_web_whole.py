"""The whole way, with nothing stood in for: a page on disk, a question in the browser, the sentence that answers it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from ingest import ingest, samples_folder
from qa import Settings, build_assistant
from tests.browser import DESKTOP, ask, chromium, opened
from ui.web import serve

OWNERS_PAGE = Path(__file__).resolve().parents[2] / "shared" / "articles" / "inkl_daily_mirror.txt"
QUESTION = "What did South Korea say about the ICBM?"


def first_quote(home: Path, articles: Path) -> tuple[str, str, str]:
    """The first statement of the answer, the words marked when its mark is clicked, and the head of their article."""
    settings = Settings(home=home)
    ingest([articles], settings=settings)
    assistant = build_assistant(settings)
    with (
        serve(assistant, port=0) as served,
        chromium() as browser,
        opened(browser, served.address, DESKTOP) as page,
    ):
        ask(page, QUESTION)
        page.locator(".mark").first.click()
        marked = page.locator("mark.strong").first
        expect(marked).to_be_in_viewport()
        statement, head = page.locator(".statement").first, page.locator(".article header")
        return statement.inner_text(), marked.inner_text(), head.inner_text()


def test_the_owners_question_opens_the_owners_page_at_the_sentence_that_answers(tmp_path: Path) -> None:
    if not OWNERS_PAGE.exists():
        pytest.skip("the owner's page is not in ../shared here")
    statement, marked, head = first_quote(tmp_path, OWNERS_PAGE)

    assert "“did not fly normally”" in marked
    assert statement.startswith(marked)
    assert "Daily Mirror · Joe Smith · 7 November 2022" in head


def test_a_question_to_the_samples_opens_an_article_at_the_quoted_words(tmp_path: Path) -> None:
    statement, marked, _ = first_quote(tmp_path, samples_folder())

    assert marked
    assert statement.startswith(marked)
