"""The panel beside the conversation: an article with the quotes of an answer marked, and the link to the original."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

from qa.answer import Answer, Quote
from qa.types import Article, day
from ui.markup import Html, button, element, hour, joined

EXACT_FRAGMENT = 100
"""The longest quote, in characters, that a link to the original names whole; a longer one is named by its ends."""

FRAGMENT_END = 30
"""How many characters of a long quote, at least, each of its ends has in a link."""

_BETWEEN_PARAGRAPHS = re.compile(r"\s*\n\s*")


def article(shown: Article, strong: Sequence[Quote] = (), faint: Sequence[Quote] = (), *, is_old: bool = False) -> Html:
    """An article to read beside the answer: `strong` quotes stand out, `faint` ones are the answer's others.

    With `is_old`, it is told that this is an earlier version. An article that was indexed anew since may hold a quote
    elsewhere, where it is then marked, or no longer: then the reader is told what it said.
    """
    lost = [quote for quote in strong if _place(quote, shown.text) is None]
    parts = [_bar(shown.publisher or ""), _article_head(shown, strong)]
    if is_old:
        parts.append(element("p", "The article has changed since. This is how it read then.", class_="changed"))
    parts += [_changed(quote.text) for quote in lost]
    parts.append(
        element("div", *_paragraphs(shown.text, strong, faint), class_="text", lang=shown.language, dir="auto")
    )
    return element("article", *parts, class_="article")


def missing_article(message: str, quotes: Sequence[Quote] = ()) -> Html:
    """What the panel shows instead of an article that is no longer there: why, and the words that were quoted."""
    said = [element("blockquote", quote.text) for quote in quotes]
    return element("article", _bar(), element("p", message, class_="failure", role="alert"), *said, class_="article")


def no_article() -> Html:
    """The panel before anything was opened."""
    return element(
        "p", "Choose a number in an answer to read its source here, at the words it rests on.", class_="hint"
    )


def quotes_under(given: Answer, number: str | None, statement: str | None = None) -> tuple[list[Quote], list[Quote]]:
    """The quotes that a mark opens, and the answer's others in that article.

    The mark of a statement opens that statement's quotes under its number; a citation, all quotes under it.
    """
    placed = [(place, quote) for place, said in enumerate(given.statements) for quote in said.quotes]
    strong = [
        quote
        for place, quote in placed
        if str(quote.number) == number and (statement is None or str(place) == statement)
    ]
    articles = {quote.article_id for quote in strong[:1]}
    strong = [quote for quote in strong if quote.article_id in articles]
    return strong, [quote for _, quote in placed if quote.article_id in articles and quote not in strong]


def text_fragment(url: str | None, quote: str = "") -> str | None:
    """A link that opens the page at the quote (`#:~:text=`), as browsers read it; `None` unless it is http or https.

    Method: https://wicg.github.io/scroll-to-text-fragment/
    """
    if not url or not _is_web_address(url):
        return None
    page, _, anchor = url.partition("#")
    directive = _directive([line.split() for line in quote.splitlines() if line.strip()])
    return f"{page}#{anchor.partition(':~:')[0]}:~:text={directive}" if directive else url


def _bar(name: str = "") -> Html:
    close = button("Close", "close", class_="quiet close", aria_label="Close the article")
    return element("div", element("span", name, class_="name"), close, class_="bar")


def _article_head(shown: Article, strong: Sequence[Quote]) -> Html:
    published, modified = day(shown.published), day(shown.modified)
    facts = [
        shown.publisher or "",
        ", ".join(shown.authors),
        " ".join(filter(None, (published, hour(shown.published)))),
    ]
    if modified and modified != published:
        facts.append(f"changed {modified}")
    parts = [element("h2", shown.title, tabindex=-1, dir="auto")]
    if shown.section:
        parts.insert(0, element("p", shown.section, class_="section"))
    parts.append(element("p", " · ".join(filter(None, facts)), class_="byline"))
    link = text_fragment(shown.url, strong[0].text if strong else "")
    if link:
        text = f"Read the original at {urlsplit(link).hostname}"
        parts.append(element("p", element("a", text, href=link, target="_blank", rel="noopener noreferrer")))
    return element("header", *parts)


def _changed(text: str) -> Html:
    told = "The article has changed since this answer. It said then:"
    return element("div", element("p", told), element("blockquote", text), class_="changed")


def _paragraphs(text: str, strong: Sequence[Quote], faint: Sequence[Quote]) -> Iterator[Html]:
    """The text's paragraphs and the white space between them: the whole still reads as the text, to the character."""
    marked = [_Marked(span, "strong") for quote in strong if (span := _place(quote, text))]
    marked += [_Marked(span, "faint") for quote in faint if (span := _place(quote, text))]
    start = 0
    for gap in [*_BETWEEN_PARAGRAPHS.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if end > start:
            yield element("p", *_stretches(text, start, end, marked))
        if gap:
            yield joined([gap.group()])
            start = gap.end()


@dataclass(frozen=True, slots=True)
class _Marked:
    span: tuple[int, int]
    kind: str

    def covers(self, start: int, end: int) -> bool:
        return self.span[0] <= start and end <= self.span[1]


def _stretches(text: str, start: int, end: int, marked: Sequence[_Marked]) -> Iterator[str]:
    inside = {edge for mark in marked for edge in mark.span if start < edge < end}
    between = pairwise(sorted({start, end} | inside))
    for kind, run in groupby(between, lambda span: _kind(span, marked)):
        spans = list(run)
        stretch = text[spans[0][0] : spans[-1][1]]
        yield element("mark", stretch, class_=kind) if kind else stretch


def _kind(span: tuple[int, int], marked: Sequence[_Marked]) -> str | None:
    kinds = {mark.kind for mark in marked if mark.covers(*span)}
    return "strong" if "strong" in kinds else "faint" if kinds else None


def _place(quote: Quote, text: str) -> tuple[int, int] | None:
    if text[quote.start : quote.end] == quote.text:
        return quote.start, quote.end
    found = text.find(quote.text)
    return (found, found + len(quote.text)) if found >= 0 and quote.text else None


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\x00-\x20\x7f<>\"\\]", url)


def _directive(lines: Sequence[Sequence[str]]) -> str:
    """A quote, in words, as a text directive: whole, or `start,end` where it is long or runs over paragraphs."""
    if not lines:
        return ""
    start, end = _beginning(lines[0]), _beginning(lines[-1][::-1])[::-1]
    whole = " ".join(lines[0])
    if len(lines) == 1 and (len(whole) <= EXACT_FRAGMENT or len(start) + len(end) > len(lines[0])):
        return _encoded(whole)
    return f"{_encoded(' '.join(start))},{_encoded(' '.join(end))}"


def _beginning(words: Sequence[str]) -> Sequence[str]:
    length = 0
    for count, word in enumerate(words, start=1):
        length += len(word) + 1
        if length > FRAGMENT_END:
            return words[:count]
    return words


def _encoded(text: str) -> str:
    return percent_encoded(text, safe="").replace("-", "%2D")  # "-" and "," are the directive's own syntax
