"""What the terminal shows: answers with their quoted words marked, tables, articles, JSON.

Everything that comes from an article is stripped of control characters here. On a terminal, text is wrapped to its
width and quotes are bold and underlined; elsewhere each paragraph is one line, without escape sequences, and quotes
stand between « and ».
"""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from qa.answer import Abstention, Answer, Citation, Nearest
from qa.types import Article, Saying, day
from ui.excerpt import Piece, excerpt
from ui.markup import hour
from ui.tally import searched, spent, tally
from ui.understood import understood

QUOTED = "bold underline"
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters other than tab and newline, and those that turn the direction of what follows."""


def out() -> Console:
    """Standard output."""
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)


def err() -> Console:
    """Standard error: progress, and whatever no program should read."""
    return Console(file=sys.stderr, highlight=False, markup=False, emoji=False)


def plain(text: str) -> str:
    """A text as one line that no terminal takes for a command."""
    return re.sub(r"\s+", " ", UNSEEN.sub("", text)).strip()


@contextmanager
def working(message: str) -> Iterator[None]:
    """A spinner with a message while something takes seconds; nothing where there is no terminal."""
    console = err()
    if console.is_terminal:
        with console.status(message):
            yield
    else:
        yield


def print_json(value: Any) -> None:
    """A value as JSON on standard output, its control characters escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_json_value)
    sys.stdout.write(UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")


def say(console: Console, text: str | Text, indent: int = 0, style: str = "") -> None:
    """A paragraph: wrapped on a terminal, one line elsewhere."""
    words = text if isinstance(text, Text) else Text(text, style)
    if console.is_terminal:
        console.print(Padding(words, (0, 0, 0, indent), expand=False))
    else:
        console.print(Text(" " * indent) + words, soft_wrap=True)


def print_answer(console: Console, question: str, answer: Answer) -> None:
    """An answer with its sources, or why there is none and what comes nearest."""
    parts = understood(answer.query, plain(question))
    if parts:
        say(console, f"Understood as: {plain(' · '.join(parts))}", style="dim")
        console.print()
    _print_statements(console, answer)
    for citation in answer.citations:
        console.print()
        _print_citation(console, citation, _quoted(answer, citation.number))
    carried = tally(answer)
    if carried:
        console.print()
        say(console, f"{carried}: copies of one report count once.", style="dim")
    if answer.abstained:
        _print_abstention(console, answer, answer.abstained)
    took = spent(answer.usage)
    if took:
        console.print()
        say(console, f"The chat model: {took}.", style="dim")
    if answer.suggestions:
        console.print()
        say(console, "The articles do answer:" if answer.abstained else "Ask next:")
        for question in answer.suggestions:
            say(console, f"- {plain(question)}")


def _print_statements(console: Console, answer: Answer) -> None:
    for statement in answer.statements:
        numbers = dict.fromkeys(quote.number for quote in statement.quotes)
        label = f"{plain(statement.label)}: " if statement.label else ""
        say(console, f"{label}{plain(statement.text)} {''.join(f'[{number}]' for number in numbers)}".rstrip())
    for question in answer.unanswered:
        console.print()
        say(console, f"The articles don’t answer: {plain(question)}")
    for note in answer.notes:
        console.print()
        say(console, plain(note.text))


def _print_abstention(console: Console, answer: Answer, abstained: Abstention) -> None:
    say(console, plain(abstained.message))
    if answer.catalogue and answer.catalogue.articles:
        say(console, f"Searched: {searched(answer.catalogue)}.", style="dim")
    _print_nearest(console, answer.nearest)


def print_article(console: Console, article: Article, said: Sequence[Saying] = ()) -> None:
    """An article: what is known about it, its text, and who says what in it."""
    say(console, plain(article.title), style="bold")
    fields = {
        "id": article.id,
        "publisher": article.publisher,
        "by": ", ".join(article.authors),
        "published": when(article.published, time=True),
        "modified": when(article.modified, time=True),
        "section": article.section,
        "language": article.language,
        "link": article.url,
    }
    print_fields(console, {name: value for name, value in fields.items() if value})
    console.print()
    for paragraph in article.text.split("\n"):
        say(console, plain(paragraph))
    if said:
        console.print()
        say(console, "said:", style="bold")
    for each in said:
        words = f"“{plain(each.words)}”" if each.verbatim else plain(each.words)
        say(console, Text.assemble(plain(each.speaker), (f" {plain(each.verb)}: ", "dim"), words), indent=2)


def print_fields(console: Console, fields: dict[str, str]) -> None:
    """Names and values below each other."""
    width = max(map(len, fields), default=0) + 2
    for name, value in fields.items():
        console.print(Text.assemble((name.ljust(width), "dim"), plain(value)), soft_wrap=True)


def print_table(console: Console, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows in columns, without lines. The last two columns give way on a narrow terminal; nothing is ever cut."""
    cells = [[plain(cell) for cell in row] for row in rows]
    if console.is_terminal:
        firm = len(header) - 2
        columns = [Column(name, no_wrap=i < firm, overflow="fold") for i, name in enumerate(header)]
        table = Table(*columns, box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
        for row in cells:
            table.add_row(*map(Text, row))
        console.print(table)
        return
    lines = [list(header), *cells]
    widths = [max(cell_len(line[i]) for line in lines) for i in range(len(header))]
    for line in lines:
        padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True))
        console.print("  ".join(padded).rstrip(), soft_wrap=True)


def when(moment: datetime | None, *, time: bool = False) -> str:
    """`7 November 2022`, with `time` also the hour where one is known; nothing for `None`."""
    return ", ".join(filter(None, [day(moment), hour(moment) if time else ""]))


def _print_citation(console: Console, citation: Citation, quotes: Sequence[str]) -> None:
    source = ", ".join(filter(None, [citation.publisher or "Publisher unknown", when(citation.published)]))
    say(console, Text.assemble((f"[{citation.number}] ", "bold"), plain(source)))
    say(console, plain(citation.title), indent=4)
    if citation.url:
        console.print(Text("    " + plain(citation.url), "dim"), soft_wrap=True)
    say(console, _marked(console, excerpt(citation.text, quotes)), indent=4)
    if citation.copies:
        names = dict.fromkeys(copy.publisher or copy.title for copy in citation.copies)
        say(console, f"also in: {plain(', '.join(names))}", indent=4, style="dim")
    if citation.correction:
        say(console, Text.assemble(("Corrected: ", "bold"), f"“{plain(citation.correction)}”"), indent=4)


def _print_nearest(console: Console, nearest: Sequence[Nearest]) -> None:
    if not nearest:
        return
    console.print()
    say(console, "Nearest articles:")
    for article in nearest:
        source = ", ".join(filter(None, [article.publisher, when(article.published)]))
        say(console, f"- {plain(article.title)}" + (f" ({plain(source)})" if source else ""))
        console.print(Text(f"  {plain(article.url or f'newsdesk show {article.article_id}')}", "dim"), soft_wrap=True)


def _quoted(answer: Answer, number: int) -> list[str]:
    quotes = (quote for statement in answer.statements for quote in statement.quotes)
    return [quote.text for quote in quotes if quote.number == number]


def _marked(console: Console, pieces: Sequence[Piece]) -> Text:
    styled = console.color_system is not None and not console.no_color
    text = Text()
    for piece in pieces:
        words = re.sub(r"\s+", " ", UNSEEN.sub("", piece.text))
        if not piece.quoted:
            text.append(words)
        elif styled:
            text.append(words, QUOTED)
        else:
            text.append(f"«{words}»")
    return text


def _json_value(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} has no form in JSON")
