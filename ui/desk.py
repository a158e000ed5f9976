"""What happens in the web chat: asking, asking again, what to ask next, opening an article. It knows no server."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import gradio as gr

from qa.answer import Answer, Turn
from qa.citing import Articles, as_quoted
from qa.errors import NewsdeskError
from ui import panel, render
from ui.render import Exchange

logger = logging.getLogger(__name__)

LONGEST_QUESTION = 2000
"""Characters."""

Exchanges = tuple[Exchange, ...]
Shown = tuple[Any, Any, Any]
"""The conversation, its exchanges and the question box."""


class Assistant(Protocol):
    """What the chat needs of an assistant."""

    @property
    def index(self) -> Articles:
        """Where the articles are."""

    def stream(self, question: str, turns: Sequence[Turn] = ()) -> Iterator[Answer]:
        """Ever more complete answers."""

    def suggest(self, answer: Answer, *, going_on: Callable[[], bool]) -> Answer:
        """The answer with questions to ask next; none is sought any more once `going_on` says no."""


@dataclass
class Talk:
    """How far a page's session is: questions begun, and the one after which others to ask were last sought.

    It is changed in place, for what an event returns reaches those under way too late: each looks here whether its
    question is still the last one before it shows anything.
    """

    begun: int = 0
    sought: int = 0


class Desk:
    """What the page's events do. Conversations are kept by the page's session, none here."""

    def __init__(self, assistant: Assistant, examples: Sequence[str]) -> None:
        self._assistant = assistant
        self._examples = examples

    def ask(self, question: str, exchanges: Exchanges, talk: Talk) -> Iterator[Shown]:
        """The conversation as it grows, its exchanges, and the question box, which the first step empties."""
        turns = [Turn(item.question, item.answer) for item in exchanges if item.answer]
        yield from self._grown(question.strip(), exchanges, talk, turns, box="")

    def ask_again(self, exchanges: Exchanges, talk: Talk, event: gr.EventData) -> Iterator[Shown]:
        """The same for a question that was edited, which is asked as it stands: nothing said before is read into it."""
        question = (_sent(event, "question") or "").strip()[:LONGEST_QUESTION]
        yield from self._grown(question, exchanges, talk, [], box=gr.skip())

    def _grown(
        self, question: str, exchanges: Exchanges, talk: Talk, turns: Sequence[Turn], box: Any
    ) -> Iterator[Shown]:
        if not question:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        talk.begun += 1
        begun = talk.begun
        for item in self._exchange(question, turns):
            if talk.begun != begun:
                return
            grown = (*exchanges, item)
            yield render.conversation(grown), grown, box
            box = gr.skip()

    def suggest(self, exchanges: Exchanges, talk: Talk) -> tuple[Any, Any]:
        """The conversation and its exchanges, with questions to ask next under the last answer.

        Without them where that fails, since the answer is there already, and where the reader has asked on meanwhile.
        """
        begun, last = talk.begun, exchanges[-1] if exchanges else None
        if last is None or last.busy or last.answer is None or talk.sought == begun:
            return gr.skip(), gr.skip()
        talk.sought = begun
        try:
            answer = self._assistant.suggest(last.answer, going_on=lambda: talk.begun == begun)
        except Exception:
            logger.exception("No suggestions for %r", last.question)
            return gr.skip(), gr.skip()
        if talk.begun != begun or not answer.suggestions:
            return gr.skip(), gr.skip()
        grown = (*exchanges[:-1], Exchange(last.question, answer))
        return render.conversation(grown), grown

    def start_afresh(self, talk: Talk) -> tuple[str, Exchanges, str, str]:
        """An empty conversation, no exchanges, an empty question box, an empty panel."""
        talk.begun += 1
        return render.conversation((), self._examples), (), "", ""

    def open(self, exchanges: Exchanges, event: gr.EventData) -> str:
        """The article that a mark, a citation or a nearest article of the conversation opens."""
        answer = _answer_at(exchanges, _sent(event, "turn"))
        if answer is None:
            return panel.missing_article("This page's conversation is no longer held here. Ask the question again.")
        strong, faint = panel.quotes_under(answer, _sent(event, "number"), _sent(event, "statement"))
        article_id = strong[0].article_id if strong else str(_sent(event, "article"))
        try:
            shown, is_old = as_quoted(article_id, strong, self._assistant.index)
            return panel.article(shown, strong, faint, is_old=is_old)
        except NewsdeskError as error:
            return panel.missing_article(str(error), strong)

    def _exchange(self, question: str, turns: Sequence[Turn]) -> Iterator[Exchange]:
        yield Exchange(question, busy=True)
        answer = None
        try:
            for answer in self._assistant.stream(question, turns):
                yield Exchange(question, answer, busy=True)
        except NewsdeskError as error:
            yield Exchange(question, failure=str(error))
        except Exception:  # a bug: its traceback goes to the log, and the page doesn't hang
            logger.exception("The question %r failed", question)
            yield Exchange(question, failure="Something went wrong here. What it was is in the terminal's output.")
        else:
            yield Exchange(question, answer)


def _sent(event: gr.EventData, name: str) -> str | None:
    """What the page's script sent along under a name: a button's data attributes, as strings."""
    try:
        return str(getattr(event, name))
    except AttributeError:
        return None


def _answer_at(exchanges: Exchanges, turn: str | None) -> Answer | None:
    here = {str(place): item.answer for place, item in enumerate(exchanges)}
    return here.get(turn or "")
