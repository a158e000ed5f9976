"""Conversations and articles as HTML: what is shown, and that no text becomes markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Abstention, Answer, Citation, Nearest, Note, Quote, Statement
from qa.types import Article, Filters, Query, day
from ui import panel, render
from ui.markup import hour
from ui.render import Exchange

MONDAY = datetime(2022, 11, 7, tzinfo=UTC)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='x",
    "</mark></p>",
    "&lt;b&gt;",
    "${1}",
)
texts = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1).filter(str.strip))


class Read(HTMLParser):
    """What a browser would make of the markup: elements with their attributes, text, and where marks lie in it."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marks: list[tuple[str | None, str]] = []
        self._mark: str | None = None
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "mark":
            self.marks.append((dict(attrs)["class"], ""))
            self._mark = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._mark = None

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._mark:
            kind, text = self.marks[-1]
            self.marks[-1] = (kind, text + data)

    def skeleton(self) -> list[tuple[str, list[str]]]:
        return [(tag, sorted(attributes)) for tag, attributes in self.elements]

    def all_of(self, class_: str) -> list[dict[str, str | None]]:
        return [attributes for _, attributes in self.elements if attributes.get("class") == class_]

    def marked(self, kind: str) -> list[str]:
        return [text for found, text in self.marks if found == kind]


def article(text: str = "One. Two.\n\nThree.", **changes: object) -> Article:
    whole = Article("a", "A title", text, "https://news.example/a", "The Post", ("Ann Lee",), MONDAY, section="World")
    return replace(whole, **changes)  # type: ignore[arg-type]  # fields of Article, by name


def quote(article: Article, text: str, number: int = 1) -> Quote:
    start = article.text.index(text)
    return Quote(article.id, f"{article.id}:0", start, start + len(text), text, number)


def citation(number: int, word: str = "The Post") -> Citation:
    copies = (Nearest("c", word, word, None, None), Nearest("d", word, None, None, None))
    return Citation(
        number, "a", f"a:{number}", word, word, (word,), MONDAY, "https://news.example/a", word, copies, f"Not {word}."
    )


def answer_saying(word: str) -> Answer:
    """An answer with the word in every place that holds text."""
    quotes = (Quote("a", "a:1", 0, len(word), word, 1), Quote("a", "a:2", 0, len(word), word, 2))
    return Answer(
        query=Query(f"What of {word}", MONDAY, Filters(publishers=(word,))),
        statements=(Statement(word, 0.9, quotes),),
        citations=(citation(1, word), citation(2, word)),
        nearest=(Nearest(f"id {word}", word, word, MONDAY, None),),
    )


@given(texts)
def test_a_conversation_has_the_same_elements_whatever_its_texts_say(word: str) -> None:
    def shown(text: str) -> str:
        silent = replace(answer_saying(text), abstained=Abstention("nothing near", text))
        failed = Exchange(text, failure=text)
        return render.conversation([Exchange(text, answer_saying(text)), Exchange(text, silent), failed])

    assert Read(shown(word)).skeleton() == Read(shown("word")).skeleton()
    assert word in Read(shown(word)).text


@given(texts)
def test_an_example_is_shown_and_asked_as_it_is(word: str) -> None:
    welcome = Read(render.conversation((), [word]))

    assert [tag for tag, _ in welcome.elements] == ["div", "p", "button"]
    assert welcome.all_of("example")[0]["data-question"] == word
    assert welcome.text.endswith(word)


@given(texts, texts)
def test_an_article_has_the_same_elements_whatever_its_fields_say(word: str, url: str) -> None:
    def shown(text: str, url: str | None) -> Read:
        fields = {"title": text, "publisher": text, "authors": (text, text), "section": text, "language": text}
        lost = Quote("a", "a:0", 0, 3, "not in the text " + text, 1)
        return Read(panel.article(article("Plain.", url=url, **fields), [lost]))

    assert shown(word, None).skeleton() == shown("word", None).skeleton()
    assert shown(word, f"https://news.example/{url}").text.startswith(word)
    for hostile in (url, f"javascript:{url}", f"https://news.example/{url}"):
        links = [attributes["href"] for tag, attributes in shown(word, hostile).elements if tag == "a"]
        assert all(link and link.startswith(("http://", "https://")) for link in links)


@st.composite
def quoted_articles(draw: st.DrawFn) -> tuple[Article, list[Quote]]:
    text = draw(st.text(st.sampled_from("ab <>&\"'\n é"), min_size=1, max_size=80))
    edges = st.integers(0, len(text))
    spans = [sorted(pair) for pair in draw(st.lists(st.tuples(edges, edges), min_size=1, max_size=4))]
    return article(text), [Quote("a", "a:0", start, end, text[start:end], 1) for start, end in spans]


@given(quoted_articles())
def test_an_article_reads_as_its_text_and_its_marks_as_the_quotes(case: tuple[Article, list[Quote]]) -> None:
    shown, quotes = case
    body = panel.article(shown, quotes[:1], quotes[1:]).split('<div class="text"', 1)[1]
    read = Read('<div class="text"' + body)

    assert read.text == shown.text
    shown_words = ["".join(mark.split()) for mark in read.marked("strong")]
    assert "".join(shown_words) == "".join(quotes[0].text.split())  # the white space between paragraphs is in no mark
    if "\n" not in shown.text and quotes[0].text:
        assert read.marked("strong") == [quotes[0].text]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6, unique=True))
def test_every_mark_carries_the_number_it_shows_and_names_the_article_cited_under_it(numbers: list[int]) -> None:
    citations = {number: citation(number, f"Paper {number}") for number in numbers}
    statements = tuple(Statement("So.", 1.0, (Quote("a", "a:0", 0, 3, "So.", number),)) for number in numbers)
    given_answer = Answer(Query("What?", MONDAY), statements, tuple(citations.values()))

    marks = Read(render.answer(given_answer, 4, "What?")).all_of("mark")

    assert [mark["data-number"] for mark in marks] == [str(number) for number in numbers]
    for place, (number, mark) in enumerate(zip(numbers, marks, strict=True)):
        assert mark["aria-label"] == f"Source {number}: Paper {number}, Paper {number}"
        assert (mark["data-turn"], mark["data-statement"]) == ("4", str(place))
        strong, _ = panel.quotes_under(given_answer, mark["data-number"], mark["data-statement"])
        assert strong == list(statements[place].quotes)


def test_the_clicked_quote_stands_out_and_the_others_of_the_answer_are_faint() -> None:
    shown = article()
    said = (Statement("One.", 1.0, (quote(shown, "One."),)), Statement("Three.", 1.0, (quote(shown, "Three."),)))
    strong, faint = panel.quotes_under(Answer(Query("What?", MONDAY), said), "1", "1")

    read = Read(panel.article(shown, strong, faint))

    assert read.marked("strong") == ["Three."]
    assert read.marked("faint") == ["One."]


def test_a_citation_opens_all_its_quotes_and_nothing_of_another_number() -> None:
    shown = article()
    said = (Statement("One.", 1.0, (quote(shown, "One."),)), Statement("Two.", 1.0, (quote(shown, "Two.", 2),)))

    strong, faint = panel.quotes_under(Answer(Query("What?", MONDAY), said), "1")

    assert ([q.text for q in strong], [q.text for q in faint]) == (["One."], ["Two."])


def test_an_article_keeps_its_paragraphs() -> None:
    paragraphs = [tag for tag, _ in Read(panel.article(article("First.\n\nSecond.\nThird.", url=None))).elements]

    assert paragraphs.count("p") == 2 + 3  # section and byline, then the text's


def test_an_article_shows_who_wrote_it_when_and_where() -> None:
    late = MONDAY + timedelta(hours=14, minutes=5)
    read = Read(panel.article(article(published=late, modified=late + timedelta(days=1))))

    assert "World" in read.text
    assert "The Post · Ann Lee · 7 November 2022 14:05 UTC · changed 8 November 2022" in read.text
    assert "Read the original at news.example" in read.text


def test_a_quote_that_moved_is_marked_where_it_is_now() -> None:
    moved = replace(quote(article(), "Three."), start=0, end=6)

    assert Read(panel.article(article(), [moved])).marked("strong") == ["Three."]


def test_a_quote_that_is_gone_is_told_instead_of_marked() -> None:
    read = Read(panel.article(article(), [Quote("a", "a:0", 0, 5, "Zero.", 1)]))

    assert "The article has changed since this answer. It said then:Zero." in read.text
    assert not read.marks


def test_the_question_as_understood_is_shown_only_when_it_says_more() -> None:
    def shown(understood: Query, question: str) -> str:
        return Read(render.answer(Answer(understood), 0, question)).text

    assert "Understood" not in shown(Query("what happened", MONDAY), "What  happened?")
    assert "Understood as: When was it fired?" in shown(Query("When was it fired?", MONDAY), "And when?")
    limited = Query("What happened?", MONDAY, Filters(publishers=("The Post",), since=MONDAY, until=MONDAY))
    assert "only The Post · from 7 November 2022 · until 7 November 2022" in shown(limited, "What happened?")


def test_until_there_is_something_to_read_the_page_says_that_it_reads() -> None:
    query = Query("When was it fired?", MONDAY)

    def shown(answer: Answer | None) -> str:
        return Read(render.conversation([Exchange("When?", answer, busy=True)])).text

    assert "Reading the articles…" in shown(None)
    assert "When was it fired?Reading the articles…" in shown(Answer(query))
    assert "Reading" not in shown(replace(answer_saying("So."), query=query))


def test_an_answer_says_where_else_its_reports_ran_and_what_was_corrected() -> None:
    said = (Statement("So.", 1.0, (Quote("a", "a:1", 0, 3, "So.", 1),)),)
    read = Read(render.answer(Answer(Query("What?", MONDAY), said, (citation(1, "The Post"),)), 0, "What?"))

    assert "also in: The Post" in read.text
    assert "Corrected: “Not The Post.”" in read.text
    assert "1 report, 3 articles" in read.text


def test_an_earlier_version_of_an_article_is_shown_as_one() -> None:
    assert "changed since" in Read(panel.article(article(), is_old=True)).text
    assert "changed since" not in Read(panel.article(article())).text


def test_an_abstention_gives_its_message_its_reason_and_the_closest_articles() -> None:
    silent = Answer(
        Query("What?", MONDAY),
        abstained=Abstention("near but silent", "The articles don't say."),
        nearest=(Nearest("b", "Near it", "The Post", MONDAY, None),),
    )
    read = Read(render.answer(silent, 2, "What?"))

    assert "The articles don't say." in read.text
    assert "near but silent" in read.text
    assert "The Post, 7 November 2022 Near it" in read.text
    assert [(near["data-turn"], near["data-article"]) for near in read.all_of("listed")] == [("2", "b")]


def test_further_reading_leaves_out_what_is_cited() -> None:
    both = (Nearest("a", "Cited already", None, None, None), Nearest("b", "Not cited", None, None, None))
    read = Read(render.answer(replace(answer_saying("So."), nearest=both), 0, "What?"))

    assert "Not cited" in read.text
    assert "Cited already" not in read.text


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (None, ("", "")),
        (MONDAY, ("7 November 2022", "")),
        (datetime(2022, 1, 31, 9, 3, tzinfo=UTC), ("31 January 2022", "09:03 UTC")),
        (
            datetime(2022, 1, 31, 9, 3, tzinfo=timezone(timedelta(hours=5, minutes=30))),
            ("31 January 2022", "09:03 UTC+05:30"),
        ),
    ],
)
def test_times_are_written_where_they_are_known_beside_the_day(
    moment: datetime | None, written: tuple[str, str]
) -> None:
    assert (day(moment), hour(moment)) == written


@pytest.mark.parametrize(
    ("quoted", "directive"),
    [
        ("It fell, she said - twice.", "It%20fell%2C%20she%20said%20%2D%20twice."),
        ("“Él & ella”", "%E2%80%9C%C3%89l%20%26%20ella%E2%80%9D"),
        ("First line.\n\nLast line.", "First%20line.,Last%20line."),
        ("word " * 40, "word%20word%20word%20word%20word%20word%20word,word%20word%20word%20word%20word%20word%20word"),
        ("a" * 200, "a" * 200),
    ],
)
def test_the_link_to_the_original_names_the_quote(quoted: str, directive: str) -> None:
    assert panel.text_fragment("https://news.example/a", quoted) == f"https://news.example/a#:~:text={directive}"


@given(st.text(min_size=1).filter(str.strip))
def test_the_words_of_a_link_are_words_of_the_quote(quoted: str) -> None:
    link = panel.text_fragment("https://news.example/a#part", quoted)

    assert link
    address, directive = link.split(":~:text=")
    assert address == "https://news.example/a#part"
    assert "-" not in directive
    spaced = " ".join(quoted.split())
    starts, *ends = (unquote(part) for part in directive.split(","))
    assert spaced.startswith(starts)
    assert all(spaced.endswith(end) and len(starts) + len(end) < len(spaced) for end in ends)


@pytest.mark.parametrize(
    "url",
    [None, "", "javascript:alert(1)", "ftp://a.example/", "data:text/html,x", "https://", "https://[", "http://a b/"],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert panel.text_fragment(url, "So.") is None


def test_a_missing_article_says_why_and_what_was_quoted() -> None:
    read = Read(panel.missing_article("No article 'a'.", [quote(article(), "Three.")]))

    assert "No article 'a'." in read.text
    assert read.text.endswith("Three.")


def test_what_was_added_labels_and_notes_are_told_apart_and_escaped() -> None:
    quote = Quote("a", "a:0", 0, 9, "She <left>", 1)
    statement = Statement("She [<b>Ida] <left>", 1.0, (quote,), ((3, 12),), "<i>Monday")
    note = Note("later", "<u>Later", "2", "1", (0, 0))
    read = Read(render.answer(Answer(Query("q", MONDAY), (statement,), notes=(note,)), 0, "q"))
    assert [tag for tag, _ in read.elements if tag in "biu"] == []
    assert len(read.all_of("added")) == 1
    assert "She [<b>Ida] <left>" in read.text
    assert "<i>Monday" in read.text
    assert "<u>Later" in read.text
