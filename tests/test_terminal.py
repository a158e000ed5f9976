from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from ingest import Progress
from qa.answer import Abstention, Answer, Citation, Nearest, Quote, Statement
from qa.types import Article, Query
from ui.excerpt import excerpt
from ui.progress import Lines, duration, figures, shown
from ui.terminal import plain, print_answer, print_article, print_json, print_table

PASSAGE = (
    "It was the sixth launch of the week. Seoul said the missile did not fly normally. "
    "Tokyo took back an alarm. Nobody was hurt."
)
SENTENCE = "Seoul said the missile did not fly normally."
START = PASSAGE.index(SENTENCE)
QUESTION = "What did Seoul say?"
ESCAPE = "\x1b[2J\x1b]0;owned\x07\x9b31m"

ANSWER = Answer(
    query=Query(QUESTION, datetime(2022, 11, 8, tzinfo=UTC)),
    statements=(Statement(SENTENCE, 0.9, (Quote("a1", "a1:0", START, START + len(SENTENCE), SENTENCE, 1),)),),
    citations=(
        Citation(
            number=1,
            article_id="a1",
            passage_id="a1:0",
            title="A missile fails",
            publisher="The Harbour Courier",
            authors=("Freya Holm",),
            published=datetime(2022, 11, 3, 11, 20, tzinfo=UTC),
            url="https://harbourcourier.example/a-missile-fails",
            text=PASSAGE,
        ),
    ),
)
SILENT = Answer(
    query=ANSWER.query,
    abstained=Abstention("near but silent", "The articles come near the question but don't answer it."),
    nearest=(
        Nearest(
            "a1", "A missile fails", "The Harbour Courier", datetime(2022, 11, 3, tzinfo=UTC), "https://h.example/a"
        ),
        Nearest("b2", "Another one", None, None, None),
    ),
)


def drawn(show: Callable[[Console], None], *, terminal: bool = False, no_color: bool = False, width: int = 80) -> str:
    file = io.StringIO()
    console = Console(
        file=file,
        force_terminal=terminal,
        color_system="standard" if terminal else None,
        no_color=no_color,
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
    )
    show(console)
    return file.getvalue()


def answered(answer: Answer, question: str = QUESTION, **how: bool) -> str:
    return drawn(lambda console: print_answer(console, question, answer), **how)


def test_a_piped_answer_marks_the_quoted_words_and_names_who_said_them_when_and_where() -> None:
    assert answered(ANSWER) == (
        "Seoul said the missile did not fly normally. [1]\n"
        "\n"
        "[1] The Harbour Courier, 3 November 2022\n"
        "    A missile fails\n"
        "    https://harbourcourier.example/a-missile-fails\n"
        "    It was the sixth launch of the week. «Seoul said the missile did not fly normally.» "
        "Tokyo took back an alarm. …\n"
    )


def test_a_citation_says_where_else_its_report_ran_and_that_it_was_corrected() -> None:
    others = tuple(Nearest(name, "A missile fails", name, None, None) for name in ("Le Passage", "The Tide"))
    citation = replace(ANSWER.citations[0], copies=others, correction="Correction: it flew 760 km.")
    assert answered(replace(ANSWER, citations=(citation,))).endswith(
        "    also in: Le Passage, The Tide\n"
        "    Corrected: “Correction: it flew 760 km.”\n"
        "\n"
        "1 report, 3 articles: copies of one report count once.\n"
    )


def test_a_terminal_shows_the_quoted_words_bold_and_underlined() -> None:
    assert "\x1b[1;4mSeoul said the missile did not fly" in answered(ANSWER, terminal=True)


def test_without_colour_the_quoted_words_stand_between_marks() -> None:
    assert "«Seoul said the missile did not fly" in answered(ANSWER, terminal=True, no_color=True)


def test_a_terminal_of_80_columns_is_never_overrun() -> None:
    lines = re.sub(r"\x1b\[[0-9;]*m", "", answered(ANSWER, terminal=True)).splitlines()
    assert max(len(line) for line in lines) <= 80


def test_a_question_that_was_understood_differently_is_said() -> None:
    assert answered(ANSWER, "And Seoul?").startswith("Understood as: What did Seoul say?\n")


def test_a_question_that_differs_only_in_capitals_and_the_last_mark_is_not_repeated() -> None:
    assert "Understood" not in answered(ANSWER, "what did  seoul say")


def test_an_abstention_says_why_and_which_articles_come_nearest() -> None:
    assert answered(SILENT) == (
        "The articles come near the question but don't answer it.\n"
        "\n"
        "Nearest articles:\n"
        "- A missile fails (The Harbour Courier, 3 November 2022)\n"
        "  https://h.example/a\n"
        "- Another one\n"
        "  newsdesk show b2\n"
    )


def test_what_articles_hold_never_commands_the_terminal() -> None:
    citation = replace(ANSWER.citations[0], title=f"Bad {ESCAPE}title", publisher=f"Bad{ESCAPE}", text=ESCAPE + PASSAGE)
    copy = Nearest("b", f"Bad {ESCAPE}", f"Bad {ESCAPE}", None, None)
    citation = replace(citation, copies=(copy, replace(copy, publisher=None)), correction=f"Bad\r{ESCAPE}note\u202e")
    article = Article("a1", f"Bad {ESCAPE}title", f"Bad\r{ESCAPE}text\u202e", publisher=ESCAPE)
    shown = answered(replace(ANSWER, citations=(citation,))) + drawn(lambda console: print_article(console, article))
    shown += drawn(lambda console: print_table(console, ["title"], [[f"Bad {ESCAPE}"]]))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)


def test_words_that_look_like_markup_are_shown_as_they_are() -> None:
    article = Article("a1", "[red]Sold[/red] :smile:", "[link=x]text[/link]")
    assert "[red]Sold[/red] :smile:" in drawn(lambda console: print_article(console, article), terminal=True)


@given(st.text())
def test_plain_text_is_one_line_of_printable_characters(text: str) -> None:
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", plain(text))


def test_json_escapes_control_characters_and_keeps_the_value(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"text": f"“é”{ESCAPE}"})
    written = capsys.readouterr().out
    assert "“é”" in written
    assert not re.search(r"[\x1b\x9b\x07]", written)
    assert json.loads(written) == {"text": f"“é”{ESCAPE}"}


def test_a_piped_table_is_aligned_and_cuts_nothing() -> None:
    rows = [["1", "東京 " * 30, "x"], ["22", "short", "y"]]
    lines = drawn(lambda console: print_table(console, ["n", "title", "z"], rows)).splitlines()
    assert lines[1] == f"1   {('東京 ' * 30).strip()}  x"
    assert lines[2].endswith("y")


def test_a_table_on_a_terminal_keeps_to_its_width() -> None:
    rows = [["0a1b2c3d", "2022-11-03", "12", "The Harbour Courier", "A very long title that says " * 5]]
    header = ["id", "date", "passages", "publisher", "title"]
    shown = re.sub(r"\x1b\[[0-9;]*m", "", drawn(lambda console: print_table(console, header, rows), terminal=True))
    assert max(map(len, shown.splitlines())) <= 80
    assert shown.count("very") == 5


def test_an_excerpt_is_the_quoted_sentence_and_one_on_either_side() -> None:
    pieces = excerpt("One. Two. Three. Four. Five.", ["Three."])
    assert [(piece.text, piece.quoted) for piece in pieces] == [
        ("… ", False),
        ("Two. ", False),
        ("Three.", True),
        (" Four.", False),
        (" …", False),
    ]


def test_quotes_that_overlap_are_marked_as_one() -> None:
    pieces = excerpt("The missile flew 760 kilometres.", ["missile flew", "flew 760"])
    assert [piece.text for piece in pieces if piece.quoted] == ["missile flew 760"]


def test_a_quote_that_runs_beyond_its_passage_is_shown_alone() -> None:
    pieces = excerpt("He spoke. ", ["He spoke. “No,” he said."])
    assert [(piece.text, piece.quoted) for piece in pieces] == [("He spoke. “No,” he said.", True)]


def test_progress_says_how_far_it_is_how_fast_and_how_long_it_will_take() -> None:
    assert figures(Progress("embedding", 12, 40, 120, 2.0)) == "12 articles, 40 of 120 passages, 20/s, 4 s left"
    assert figures(Progress("reading", 3, 0, None, 0.0)) == "3 articles, 0 passages"


def test_progress_in_a_pipe_is_a_line_every_ten_seconds() -> None:
    said: list[str] = []
    show = Lines(said.append)
    for second in range(0, 35, 5):
        show(Progress("embedding", second, second, None, float(second)))
    assert [line.partition(",")[0] for line in said] == [f"embedding: {n} articles" for n in (10, 20, 30)]


def test_progress_on_a_terminal_is_a_bar_that_goes_away() -> None:
    def work(console: Console) -> None:
        with shown(console, live=True, quiet=False) as show:
            show(Progress("embedding", 12, 40, 120, 2.0))

    assert "12 articles, 40 of 120 passages" in drawn(work, terminal=True, width=100)


def test_no_progress_is_shown_where_none_is_wanted() -> None:
    def work(console: Console) -> None:
        with shown(console, live=True, quiet=True) as show:
            show(Progress("embedding", 12, 40, 120, 20.0))

    assert drawn(work) == ""


@pytest.mark.parametrize(("seconds", "said"), [(0.4, "0 s"), (8.2, "8 s"), (150, "2 min"), (7500, "2 h 5 min")])
def test_durations_are_as_exact_as_one_wants_them(seconds: float, said: str) -> None:
    assert duration(seconds) == said
