"""A real browser for tests of the web chat, which skip where there is none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PATIENCE = 20_000
"""How long to wait for the page, in milliseconds: a cold browser on a busy machine is slow."""

DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}
Scheme = Literal["light", "dark"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, address: str, size: ViewportSize, scheme: Scheme = "light") -> Iterator[Page]:
    """The web chat at an address, ready for the first question."""
    context = browser.new_context(viewport=size, color_scheme=scheme)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(address)
    page.locator(".welcome").wait_for()
    yield page
    context.close()


def ask(page: Page, question: str) -> None:
    """Ask a question and wait for the whole of the answer."""
    before = page.locator(".exchange").count()
    page.get_by_label("Question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".exchange[aria-busy=false]")).to_have_count(before + 1, timeout=PATIENCE)
