"""Conversations as HTML: pure functions, built of `ui.markup` elements, so that no text becomes markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.answer import Answer, Citation, Nearest, Statement
from qa.types import day
from ui.markup import Html, button, element, joined
from ui.tally import searched, spent, tally
from ui.understood import understood


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question of a conversation, and what has come of it so far: nothing yet, an answer, or a failure."""

    question: str
    answer: Answer | None = None
    failure: str | None = None
    busy: bool = False


def head() -> Html:
    """The top of the page: its name, a switch between light and dark, a new conversation."""
    other = (element("span", "Dark", class_="to-dark"), element("span", "Light", class_="to-light"))
    return element(
        "div",
        element("h1", "newsdesk"),
        button(other, "theme", class_="quiet", title="Switch between light and dark"),
        button("New conversation", "fresh", class_="quiet"),
        class_="bar",
    )


def conversation(exchanges: Sequence[Exchange], examples: Sequence[str] = ()) -> Html:
    """The whole conversation; before the first question, what can be asked."""
    if not exchanges:
        return _welcome(examples)
    return joined(exchange(item, turn) for turn, item in enumerate(exchanges))


def exchange(item: Exchange, turn: int) -> Html:
    """One question and what has come of it; `turn` is its place in the conversation, which its marks carry."""
    parts = [element("h2", item.question, class_="question")]
    if item.answer:
        parts.append(answer(item.answer, turn, item.question))
    if item.failure is not None:
        parts.append(element("p", item.failure, class_="failure", role="alert"))
    elif item.busy and not (item.answer and (item.answer.statements or item.answer.abstained)):
        parts.append(element("p", "Reading the articles…", class_="waiting"))
    return element("section", *parts, class_="exchange", aria_busy="true" if item.busy else "false")


def answer(given: Answer, turn: int, question: str) -> Html:
    """An answer: the question as understood, the statements with their marks, what they cite, what else is near."""
    citations = {citation.number: citation for citation in given.citations}
    parts = [_understood(given, question)]
    if given.abstained:
        parts.append(element("p", given.abstained.message, class_="abstained"))
        parts.append(element("p", f"Why: {given.abstained.reason}.", class_="reason"))
        if given.catalogue and given.catalogue.articles:
            parts.append(element("p", f"Searched: {searched(given.catalogue)}.", class_="tally"))
        parts.append(_spent(given))
        parts.append(_nearest(given.nearest, turn, "The closest articles"))
        parts.append(_suggestions(given.suggestions, "The articles do answer"))
        return joined(parts)
    label = None
    for place, statement in enumerate(given.statements):
        if statement.label and statement.label != label:
            parts.append(element("h3", statement.label, class_="label"))
        label = statement.label
        parts.append(_statement(statement, citations, turn, place))
    parts.extend(element("p", f"The articles don’t answer: {each}", class_="note") for each in given.unanswered)
    parts.extend(element("p", note.text, class_="note") for note in given.notes)
    if given.citations:
        listed = (element("li", _citation(citation, turn)) for citation in given.citations)
        parts.append(element("ul", *listed, class_="citations", aria_label="Cited articles"))
        carried = tally(given)
        if carried:
            parts.append(element("p", f"{carried}: copies of one report count once.", class_="tally"))
    parts.append(_spent(given))
    cited = {citation.article_id for citation in given.citations}
    others = [near for near in given.nearest if near.article_id not in cited]
    parts.append(_nearest(others, turn, "Further reading"))
    parts.append(_suggestions(given.suggestions, "Ask next"))
    return joined(parts)


def _welcome(examples: Sequence[str]) -> Html:
    lead = "Ask about the articles in this collection. Every answer is quoted from them, and every quote can be opened."
    return element("div", element("p", lead, class_="lead"), *_questions(examples), class_="welcome")


def _spent(given: Answer) -> Html:
    took = spent(given.usage)
    return element("p", f"The chat model: {took}.", class_="tally") if took else Html()


def _suggestions(questions: Sequence[str], heading: str) -> Html:
    if not questions:
        return Html()
    return element("div", element("h3", heading), *_questions(questions), class_="suggestions")


def _questions(questions: Sequence[str]) -> Iterator[Html]:
    """Questions that a click asks."""
    return (button(text, "ask", class_="example", data_question=text) for text in questions)


def _understood(given: Answer, question: str) -> Html:
    parts = understood(given.query, question)
    if not parts:
        return Html()
    shown = element("p", "Understood as: " + " · ".join(parts), class_="understood")
    return joined([shown, _editable(given.query.text)]) if given.statements or given.abstained else shown


def _editable(question: str) -> Html:
    """The question as understood, to be changed and asked again just as it stands."""
    box = element("textarea", question, rows=2, aria_label="What was understood")
    ask = button("Ask this", "again", title="Ask these words as they stand, without what was said before")
    return element("details", element("summary", "Edit"), box, ask, class_="edit")


def _statement(statement: Statement, citations: dict[int, Citation], turn: int, place: int) -> Html:
    numbers = list(dict.fromkeys(quote.number for quote in statement.quotes if quote.number in citations))
    marks = [_mark(citations[number], turn, place) for number in numbers]
    told = dict.fromkeys(_who_and_when(citations[number]) for number in numbers)
    attribution = element("span", " · ".join(filter(None, told)), class_="attribution") if any(told) else Html()
    return element("p", *_words(statement), Html(" "), *marks, Html(" "), attribution, class_="statement", dir="auto")


def _words(statement: Statement) -> Iterator[str]:
    """The text, with what was added to it told apart."""
    at = 0
    for start, end in statement.added:
        yield statement.text[at:start]
        yield element("span", statement.text[start:end], class_="added", title="Added here; not the article’s words")
        at = end
    yield statement.text[at:]


def _mark(citation: Citation, turn: int, place: int) -> Html:
    spoken = f"Source {citation.number}: " + ", ".join(filter(None, (citation.publisher, citation.title)))
    about = {"data_turn": turn, "data_statement": place, "data_number": citation.number}
    return button(f"[{citation.number}]", "open", class_="mark", aria_label=spoken, title=citation.title, **about)


def _citation(citation: Citation, turn: int) -> Html:
    label = (element("span", str(citation.number), class_="number"), _titled(citation))
    opened = button(label, "open", class_="listed", data_turn=turn, data_number=citation.number)
    notes = []
    if citation.copies:
        names = dict.fromkeys(copy.publisher or copy.title for copy in citation.copies)
        notes.append(element("span", f"also in: {', '.join(names)}", class_="copies"))
    if citation.correction:
        notes.append(element("span", f"Corrected: “{citation.correction}”", class_="correction"))
    return joined((opened, *notes))


def _titled(known: Citation | Nearest) -> Html:
    return element("span", element("span", _who_and_when(known), class_="attribution"), Html(" "), known.title)


def _who_and_when(known: Citation | Nearest) -> str:
    return ", ".join(filter(None, (known.publisher, day(known.published))))


def _nearest(articles: Sequence[Nearest], turn: int, heading: str) -> Html:
    if not articles:
        return Html()
    rows = (
        button([_titled(near)], "open", class_="listed", data_turn=turn, data_article=near.article_id)
        for near in articles
    )
    listed = element("ul", *(element("li", row) for row in rows))
    return element("div", element("h3", heading), listed, class_="nearest")
