from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest import ingest
from qa import Filters, Settings, Turn, build_assistant
from qa.answer import Answer
from qa.assistant import Assistant
from qa.errors import BadInput
from qa.grounding import misquotes
from qa.index import Index
from qa.models import TransformerEmbedder

ICBM = "What did South Korea say about the ICBM?"
QUESTIONS = (
    ICBM,
    "How many people were injured in the ferry collision?",
    "Why was Carrow Bridge closed?",
    "What did Japan’s government tell people in Miyagi?",
    "Who won the Regional Cup?",
)


def converse(desk: Assistant, *questions: str) -> list[Answer]:
    turns: tuple[Turn, ...] = ()
    for question in questions:
        turns = (*turns, Turn(question, desk.ask(question, turns)))
    return [turn.answer for turn in turns]


def said(answer: Answer) -> str:
    return " ".join(statement.words for statement in answer.statements)


def test_the_first_statement_answers_and_says_who_reported_it(desk: Assistant) -> None:
    answer = desk.ask(ICBM)
    assert "Joint Chiefs of Staff said" in answer.statements[0].text
    assert answer.statements[0].quotes[0].number == 1
    assert (answer.citations[0].publisher, answer.abstained) == ("The Harbour Courier", None)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_is_the_articles_text_to_the_character(desk: Assistant, question: str) -> None:
    answer = desk.ask(question)
    assert 1 <= len(answer.statements) <= 4
    assert misquotes(answer, [desk.index.article(c.article_id) for c in answer.citations]) == []
    assert all(statement.support == 1.0 for statement in answer.statements)


@pytest.mark.parametrize("question", QUESTIONS)
def test_citations_are_numbered_from_1_in_order_of_appearance(desk: Assistant, question: str) -> None:
    answer = desk.ask(question)
    appearing = dict.fromkeys(quote.number for statement in answer.statements for quote in statement.quotes)
    assert [c.number for c in answer.citations] == list(appearing) == list(range(1, len(appearing) + 1))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many people were injured in the ferry collision?", "Twelve people were injured"),
        ("How many people were injured in the ferry collision?", "Fourteen people were injured"),
        ("How many households had to leave their homes below Hollin Dam?", "That was wrong."),
        ("Who won the Regional Cup?", "Northfield Rovers won"),
        ("Why was Carrow Bridge closed?", "cracks"),
    ],
)
def test_plain_questions_find_their_facts(desk: Assistant, question: str, words: str) -> None:
    assert words in said(desk.ask(question))


@pytest.mark.parametrize(
    "question",
    ["What did France say about the launches?", "What is the capital of Mongolia?", "Who won the tennis tournament?"],
)
def test_where_the_articles_are_silent_it_says_so_and_names_the_nearest(desk: Assistant, question: str) -> None:
    answer = desk.ask(question)
    assert answer.abstained is not None
    assert answer.abstained.reason in ("nothing near", "near but silent")
    assert (answer.statements, answer.citations) == ((), ())
    assert answer.nearest[0].title in answer.abstained.message


def test_a_planted_instruction_is_only_ever_quoted(desk: Assistant) -> None:
    answer = desk.ask("Is Carrow Bridge safe?")
    quoted = [quote.text for statement in answer.statements for quote in statement.quotes]
    assert all(" ".join(text.split()) in said(answer) for text in quoted)


def test_a_follow_up_is_understood_from_the_turns_before(desk: Assistant) -> None:
    _, japan = converse(desk, ICBM, "What about Japan?")
    assert japan.query.text == "What did Japan say about the ICBM?"


def test_the_assistant_holds_no_conversation(desk: Assistant) -> None:
    desk.ask(ICBM)
    assert desk.ask("What about Japan?").query.text == "What about Japan?"


def test_a_stream_begins_with_the_question_as_understood_and_ends_with_the_answer(desk: Assistant) -> None:
    partial = list(desk.stream(ICBM, as_of=datetime(2022, 11, 14)))
    answer = desk.ask(ICBM, as_of=datetime(2022, 11, 14))
    assert partial[0].statements == ()
    assert [len(p.statements) for p in partial] == sorted(len(p.statements) for p in partial)
    assert (partial[-1].statements, partial[-1].citations) == (answer.statements, answer.citations)


def test_every_partial_answer_cites_what_it_quotes(desk: Assistant) -> None:
    for partial in desk.stream(ICBM):
        assert misquotes(partial, [desk.index.article(c.article_id) for c in partial.citations]) == []


def test_a_publisher_filter_keeps_the_others_out(desk: Assistant) -> None:
    answer = desk.ask("How many people were injured in the ferry?", filters=Filters(publishers=("le passage",)))
    assert {citation.publisher for citation in answer.citations} == {"Le Passage"}


def test_outside_the_dates_it_says_that_the_dates_are_the_reason(desk: Assistant) -> None:
    answer = desk.ask(ICBM, filters=Filters(until=datetime(2022, 11, 1, tzinfo=UTC)))
    assert answer.abstained is not None
    assert answer.abstained.reason == "outside the dates"


def test_nothing_from_after_the_moment_of_asking_is_used(desk: Assistant) -> None:
    answer = desk.ask("How many people were injured in the ferry collision?", as_of=datetime(2022, 11, 8, 23))
    assert "Fourteen" not in said(answer)
    assert answer.query.as_of == datetime(2022, 11, 8, 23, tzinfo=UTC)


def test_an_empty_index_says_that_nothing_is_indexed(tmp_path: Path, embedder: TransformerEmbedder) -> None:
    with Index.open(tmp_path, embedder=embedder.name, create=True) as index:
        answer = build_assistant(Settings(home=tmp_path), index=index, embedder=embedder).ask(ICBM)
    assert answer.abstained is not None
    assert answer.abstained.reason == "nothing indexed"


@pytest.mark.parametrize("question", ["", "  \n"])
def test_an_empty_question_is_refused(desk: Assistant, question: str) -> None:
    with pytest.raises(BadInput, match="question is empty"):
        desk.ask(question)


@pytest.mark.parametrize(
    "question", ["?", "zzz qqq xxyyzz", "“”", "a" * 5000, "caf\udce9", "¿Qué dijo Corea del Sur?", "😀"]
)
def test_any_question_gets_an_answer_or_an_abstention(desk: Assistant, question: str) -> None:
    answer = desk.ask(question)
    assert bool(answer.statements) != bool(answer.abstained)


def test_threads_get_the_answers_they_would_get_alone(desk: Assistant) -> None:
    moment = datetime(2022, 11, 14, tzinfo=UTC)
    alone = [desk.ask(question, as_of=moment).statements for question in QUESTIONS]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda question: desk.ask(question, as_of=moment).statements, QUESTIONS * 2))
    assert together == alone * 2


def test_the_owners_question_is_answered_by_the_words_that_were_said(owners_desk: Assistant) -> None:
    answer = owners_desk.ask("what did South Korea say about the ICBM?")
    first, citation = answer.statements[0], answer.citations[0]
    assert "“did not fly normally”" in first.text
    (quote,) = first.quotes
    assert owners_desk.index.article(quote.article_id).text[quote.start : quote.end] == quote.text == first.text
    assert (citation.publisher, citation.published) == ("Daily Mirror", datetime(2022, 11, 7, tzinfo=UTC))


def test_the_owners_page_is_silent_on_france(owners_desk: Assistant) -> None:
    answer = owners_desk.ask("What did France say about the launches?")
    assert answer.abstained is not None
    assert answer.nearest[0].publisher == "Daily Mirror"
    assert answer.nearest[0].title in answer.abstained.message


def test_the_owners_follow_up_is_answered(owners_desk: Assistant) -> None:
    missiles, dates = converse(owners_desk, "How many missiles did Pyongyang fire?", "And then between which dates?")
    assert "80 missiles" in missiles.statements[0].text
    assert "between November 2 and 5" in dates.statements[0].text


def test_a_sentence_that_only_asks_is_no_answer(tmp_path: Path, embedder: TransformerEmbedder) -> None:
    question = "Where was the meteorite found in Lisle?"
    found = "A farmer kept it as a doorstop in a barn behind his house until he sold it to a collector."
    page = tmp_path / "stone.md"
    page.write_text(
        f"# The stone of Lisle\n\n{question}\n\n{found} The museum, which has shown it since the spring, says that it "
        "weighs ten kilograms and is mostly iron, and that children may touch it on Sundays.\n",
        encoding="utf-8",
    )
    settings = Settings(home=tmp_path / "home")
    ingest([page], settings=settings, embedder=embedder)
    with Index.open(settings.folder, embedder=embedder.name) as index:
        answer = build_assistant(settings, index=index, embedder=embedder).ask(question)
    assert [statement.text for statement in answer.statements] == [found]
