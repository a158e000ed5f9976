"""The web chat, served and driven in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import DESKTOP, PATIENCE, PHONE, Scheme, ask, chromium, opened
from tests.desk import STRIKE, Desk
from ui.web import Served, serve

EXAMPLES = ("How long?", "What did France say?")


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


@pytest.fixture(scope="module")
def served(desk: Desk) -> Iterator[Served]:
    with serve(desk, port=0, examples=EXAMPLES) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    with opened(browser, served.address, DESKTOP) as page:
        yield page


@pytest.fixture
def phone(browser: Browser, served: Served) -> Iterator[Page]:
    with opened(browser, served.address, PHONE) as page:
        yield page


def in_sight(page: Page, selector: str) -> bool:
    box, window = page.locator(selector).first.bounding_box(), page.viewport_size
    return bool(box and window and box["y"] >= 0 and box["y"] + box["height"] <= window["height"])


def test_a_mark_opens_the_article_at_the_quoted_sentence(page: Page) -> None:
    ask(page, "How long?")
    marks = page.get_by_role("button", name="Source 1: Evening Lantern, Tram drivers walk out <b>again</b>")
    expect(marks).to_have_text(["[1]", "[1]"])

    marks.nth(1).click()

    expect(page.locator("mark.strong")).to_have_text("It lasts until Friday.")
    expect(page.locator("mark.faint")).to_have_text("“We were promised rest,” said driver Ida Holm.")
    assert in_sight(page, "mark.strong")
    panel = page.get_by_role("complementary", name="Article")
    expect(panel.get_by_role("heading")).to_have_text(STRIKE.title)
    expect(panel).to_contain_text("Evening Lantern · Per Aas · 4 March 2024")
    expect(panel.get_by_role("link")).to_have_attribute(
        "href", "https://lantern.example/trams#:~:text=It%20lasts%20until%20Friday."
    )
    assert page.evaluate("document.querySelector('.text').innerText.replace(/\\s+/g, ' ')") == re.sub(
        r"\s+", " ", STRIKE.text
    )


def test_an_answer_is_shown_as_it_comes_with_the_question_as_understood(page: Page) -> None:
    page.get_by_role("button", name="How long?").click()

    expect(page.locator(".exchange[aria-busy=true] .statement")).to_have_count(1, timeout=PATIENCE)
    expect(page.locator(".exchange[aria-busy=false] .statement")).to_have_count(2, timeout=PATIENCE)
    expect(page.locator(".understood")).to_have_text("Understood as: How long does the tram strike last?")
    expect(page.locator(".citations")).to_contain_text("Evening Lantern, 4 March 2024")


def test_the_question_as_understood_can_be_edited_and_is_asked_as_it_stands(page: Page, desk: Desk) -> None:
    ask(page, "How long?")
    page.get_by_text("Edit").click()
    box = page.get_by_label("What was understood")
    expect(box).to_have_value("How long does the tram strike last?")
    box.fill("And in May?")
    page.get_by_role("button", name="Ask this").click()

    expect(page.locator(".exchange[aria-busy=false]")).to_have_count(2, timeout=PATIENCE)
    expect(page.locator(".question").nth(1)).to_have_text("And in May?")
    assert desk.turns[-2:] == [0, 0]


def test_marks_of_earlier_turns_open_their_own_quotes(page: Page, desk: Desk) -> None:
    ask(page, "How long?")
    ask(page, "And in May?")
    assert desk.turns[-1] == 1

    page.locator(".mark").nth(2).click()
    expect(page.locator("mark.strong")).to_have_text("Fares rise in May.")
    page.locator(".mark").nth(0).click()
    expect(page.locator("mark.strong")).to_have_text("“We were promised rest,” said driver Ida Holm.")


def test_the_keyboard_opens_and_closes_an_article_and_the_focus_returns(page: Page) -> None:
    ask(page, "How long?")
    mark = page.locator(".mark").nth(1)

    for _ in range(2):  # the same article opens again after it was closed
        mark.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".article h2")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".article")).to_have_count(0)
        expect(mark).to_be_focused()


def test_the_same_mark_brings_its_quote_back_into_sight(page: Page) -> None:
    ask(page, "How long?")
    page.locator(".mark").nth(1).click()
    page.locator("mark.strong").wait_for()
    page.wait_for_function("document.getElementById('panel').scrollTop > 0")  # it is brought into sight a moment later
    page.evaluate("document.getElementById('panel').scrollTop = 0")
    assert not in_sight(page, "mark.strong")

    page.locator(".mark").nth(1).click()

    page.wait_for_function("document.getElementById('panel').scrollTop > 0")
    assert in_sight(page, "mark.strong")


def test_an_abstention_says_why_and_opens_the_nearest_article_without_a_mark(page: Page) -> None:
    page.get_by_role("button", name="What did France say?").click()
    expect(page.locator(".abstained")).to_have_text("The articles don't say.", timeout=PATIENCE)
    expect(page.locator(".reason")).to_contain_text("near but silent")

    page.get_by_role("button", name="Fares to rise in May").click()

    expect(page.locator(".article .text")).to_have_text("Fares rise in May.")
    expect(page.locator(".article mark")).to_have_count(0)
    expect(page.locator(".article a")).to_have_count(0)  # it has no address


def test_a_question_that_the_articles_answer_is_asked_by_a_click(page: Page) -> None:
    ask(page, "What did France say?")
    page.locator(".suggestions").get_by_role("button", name="When do fares rise?").click()
    expect(page.locator(".question").nth(1)).to_have_text("When do fares rise?", timeout=PATIENCE)


def test_suggestions_that_come_while_the_next_answer_is_sought_take_nothing_back(page: Page, desk: Desk) -> None:
    ask(page, "What did Spain say?")
    expect(page.locator(".abstained")).to_have_count(1)
    page.get_by_label("Question").fill("very slow")
    page.keyboard.press("Enter")
    expect(page.locator(".exchange")).to_have_count(2)
    for _ in range(8):  # those for the first answer come after two seconds
        page.wait_for_timeout(500)
        assert page.locator(".exchange").count() == 2
    expect(page.locator(".statement")).to_have_count(2, timeout=PATIENCE)
    assert desk.turns[-1] == 1
    expect(page.locator(".suggestions")).to_have_count(0)


def test_whoever_asks_on_gets_the_suggestions_for_what_was_asked_last(page: Page) -> None:
    ask(page, "What did Spain say?")
    ask(page, "What did France say?")
    expect(page.locator(".exchange").nth(1).locator(".suggestions")).to_have_count(1, timeout=PATIENCE)
    page.wait_for_timeout(3000)  # those for the first one have come by now
    expect(page.locator(".exchange")).to_have_count(2)
    expect(page.locator(".suggestions")).to_have_count(1)


def test_a_conversation_that_was_ended_does_not_come_back(page: Page) -> None:
    ask(page, "What did Spain say?")
    page.get_by_role("button", name="New conversation").click()
    page.wait_for_timeout(3000)
    expect(page.locator(".exchange")).to_have_count(0)


def test_what_goes_wrong_is_a_line_in_the_conversation_which_goes_on(page: Page, desk: Desk) -> None:
    ask(page, "broken")
    ask(page, "a bug")
    ask(page, "What of May?")

    expect(page.locator(".failure")).to_have_text(
        [
            "No index here. Build one with: newsdesk ingest FOLDER",
            "Something went wrong here. What it was is in the terminal's output.",
        ]
    )
    expect(page.locator(".statement")).to_have_count(1)
    assert desk.turns[-1] == 0


def test_an_article_that_was_removed_is_said_to_be_gone_with_what_it_said(page: Page) -> None:
    ask(page, "the gone one")

    page.locator(".mark").click()

    expect(page.locator("#panel .failure")).to_have_text("No article 'gone' here.")
    expect(page.locator("#panel blockquote")).to_have_text("It was here.")


def test_an_empty_question_asks_nothing_and_a_new_conversation_forgets(page: Page, desk: Desk) -> None:
    asked = len(desk.turns)
    page.get_by_label("Question").fill("   ")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1000)
    expect(page.locator(".example")).to_have_count(len(EXAMPLES))
    ask(page, "And in May?")
    assert len(desk.turns) == asked + 1
    page.locator(".mark").click()
    page.locator(".article").wait_for()

    page.get_by_role("button", name="New conversation").click()

    expect(page.locator(".example")).to_have_count(len(EXAMPLES))
    expect(page.locator(".article")).to_have_count(0)
    ask(page, "And in May?")
    assert desk.turns[-1] == 0


def test_one_question_is_answered_at_a_time_and_a_new_conversation_stops_it(page: Page, desk: Desk) -> None:
    asked = len(desk.turns)
    question = page.get_by_label("Question")
    question.fill("slow")
    page.keyboard.press("Enter")
    page.locator(".exchange[aria-busy=true] .statement").wait_for()
    question.fill("And then?")
    page.keyboard.press("Enter")
    expect(question).to_have_value("And then?")

    page.get_by_role("button", name="New conversation").click()

    page.locator(".example").first.wait_for()
    page.wait_for_timeout(2000)  # longer than the answer would have taken
    expect(page.locator(".exchange")).to_have_count(0)
    assert len(desk.turns) == asked + 1


def test_on_a_phone_the_article_lies_over_the_conversation_until_it_is_closed(phone: Page) -> None:
    def overflow() -> int:
        return int(phone.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    ask(phone, "How long?" + "A" * 300)
    assert overflow() <= 0
    for way_back in (lambda: phone.get_by_role("button", name="Close the article").click(), phone.go_back):
        phone.locator(".mark").nth(1).click()
        expect(phone.locator("mark.strong")).to_be_in_viewport()
        box = phone.locator("#panel").bounding_box()
        assert box
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, PHONE["width"], PHONE["height"])
        assert overflow() <= 0
        way_back()
        expect(phone.locator("#panel")).to_be_hidden()
        expect(phone.locator(".exchange")).to_have_count(1)
        expect(phone.locator(".mark").nth(1)).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_background(browser: Browser, served: Served, scheme: Scheme) -> None:
    with opened(browser, served.address, DESKTOP, scheme) as page:
        ask(page, "How long?")
        page.locator(".mark").nth(1).click()
        page.locator("mark.strong").wait_for()
        for selector in (
            ".statement",
            ".attribution",
            ".mark",
            ".text p",
            ".byline",
            "mark.strong",
            "mark.faint",
            "textarea",
        ):
            ink, paper = (colour(page, selector, what) for what in ("color", "backgroundColor"))
            assert contrast(ink, paper) >= 4.5, (selector, ink, paper)
        dark = luminance(colour(page, ".statement", "backgroundColor")) < 0.2
        assert dark == (scheme == "dark")


def test_the_switch_between_light_and_dark_is_remembered(page: Page) -> None:
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("body.dark")).to_have_count(1)

    page.reload()

    expect(page.get_by_role("button", name="Light")).to_be_visible(timeout=PATIENCE)
    assert luminance(colour(page, "h1", "backgroundColor")) < 0.2


def test_the_page_asks_nothing_of_another_host(browser: Browser, served: Served) -> None:
    context = browser.new_context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(served.address)
    ask(page, "How long?")
    page.locator(".mark").first.click()
    page.locator("mark.strong").wait_for()
    context.close()

    assert asked
    assert [url for url in asked if not url.startswith((served.address, "data:", "blob:"))] == []


def colour(page: Page, selector: str, what: str) -> tuple[float, ...]:
    """A computed colour of an element; of its background, the first that isn't transparent on the way up."""
    found = page.evaluate(
        """([selector, what]) => {
            let at = document.querySelector(selector);
            const clear = (found) => what === "backgroundColor" && found === "rgba(0, 0, 0, 0)";
            while (clear(getComputedStyle(at)[what])) at = at.parentElement;
            return getComputedStyle(at)[what];
        }""",
        [selector, what],
    )
    return tuple(float(part) for part in re.findall(r"[\d.]+", found)[:3])


def luminance(rgb: Sequence[float]) -> float:
    """Relative luminance as WCAG 2 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in rgb)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
