from __future__ import annotations

import os
import signal
import time
from typing import Any

import pytest

from ingest.prepare import Prepared
from ingest.report import Skipped
from ingest.workers import WINDOW, Workers
from qa.types import Page

BODY = " ".join(f"On day {n} the keeper wrote {n} words in his book." for n in range(9))
TEXT = f"About the tower\n\n{BODY}"


class Trap(str):
    """A text that does harm to the process that cleans it."""

    def __new__(cls, harm: str) -> Trap:
        return super().__new__(cls, harm)

    def __reduce__(self) -> Any:
        return Trap, (str(self),)

    def strip(self, *_: Any) -> str:
        if self == "sleep":
            time.sleep(60)
        os.kill(os.getpid(), signal.SIGKILL)
        return ""


def outcomes(workers: Workers) -> list[str]:
    found = []
    while workers:
        key, _, result = workers.take()
        found.append(f"{key}: {result.reason if isinstance(result, Skipped) else result.article.title}")
    return found


def test_pages_come_back_in_order_ready_to_be_embedded() -> None:
    workers = Workers()
    for n in range(6):
        workers.put(str(n), Page(f"page {n}", f"Report {n}\n\n{BODY}"))
    assert outcomes(workers) == [f"{n}: Report {n}" for n in range(6)]
    workers.put("last", Page("last", TEXT))
    _, page, result = workers.take()
    assert isinstance(result, Prepared)
    assert (page.origin, "".join(p.text for p in result.passages)) == ("last", result.article.text)


@pytest.mark.parametrize(("harm", "reason"), [("sleep", "too slow"), ("kill", "error")])
def test_a_page_that_takes_too_long_or_ends_its_process_is_skipped_and_the_others_go_on(harm: str, reason: str) -> None:
    workers = Workers(time_limit=12.0)  # a new process takes seconds to start on a busy machine
    for key, text in (("good", TEXT), ("bad", Trap(harm)), ("behind", TEXT)):
        workers.put(key, Page(key, text))
    assert outcomes(workers) == ["good: About the tower", f"bad: {reason}", "behind: About the tower"]


def test_there_is_room_for_a_bounded_number_of_pages() -> None:
    workers = Workers()
    while workers.has_room:
        workers.put("", Page("page", TEXT))
    assert len(workers) == WINDOW
    workers.take()
    assert workers.has_room


def test_a_language_that_is_not_wanted_is_refused() -> None:
    workers = Workers(languages=("en",))
    workers.put("de", Page("de", "", media_type="fields", hints={"title": "Turm", "text": TEXT, "language": "de"}))
    assert outcomes(workers) == ["de: other language"]
