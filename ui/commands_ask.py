"""A question and its answer, in the terminal."""

from __future__ import annotations

from datetime import datetime

from qa.build import build_assistant
from qa.settings import Settings
from qa.types import Filters
from ui.commands_articles import check_publishers
from ui.terminal import out, print_answer, print_json, working


def run_ask(settings: Settings, question: str, as_of: datetime | None, filters: Filters, *, as_json: bool) -> None:
    """Answer a question. Raises `BadInput` for a publisher that no article is from."""
    with working("Reading the articles…"):
        assistant = build_assistant(settings)
        if filters.publishers:
            check_publishers(filters, assistant.index.articles())
        answer = assistant.ask(question, filters=filters, as_of=as_of)
        if answer.abstained:
            answer = assistant.suggest(answer)
    if as_json:
        print_json(answer.to_json())
    else:
        print_answer(out(), question, answer)
