from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest import ingest
from qa import Settings, build_assistant
from qa.assistant import Assistant
from qa.build import open_index
from qa.described import described, named_in

ARTICLES = {
    "Skerrow dam opens after nine years of work": (
        "The Skerrow dam opened on Monday after nine years of work and a dispute over its cost.",
        "The firm Aldgate Works built the Skerrow dam for 90 million euros.",
        "The mayor of Skerrow, Ana Lund, cut the ribbon in front of two hundred guests, and a brass band played.",
        "The dam will supply water to the whole valley from June onwards, the water board said.",
        "Farmers below the wall had feared for their meadows, and a court had twice stopped the work.",
    ),
    "Aldgate Works goes bankrupt": (
        "Aldgate Works went bankrupt on Friday with debts of 30 million euros, a court said.",
        "Its 400 workers were told by letter that their wages would not be paid for this month.",
        "Unions called a meeting for Saturday in the town hall, to which the minister is invited.",
        "The court named a lawyer who will sell the machines and the office building in the harbour.",
        "Banks had refused further loans in winter, when two large customers did not pay their bills.",
    ),
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Any) -> Iterator[Assistant]:
    rows = [{"title": title, "text": " ".join(sentences)} for title, sentences in ARTICLES.items()]
    file = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    settings = Settings(home=Path(tmp_path_factory.mktemp("home")))
    with open_index(settings, create=True) as index:
        ingest([file], index=index, embedder=embedder)
        yield build_assistant(settings, index=index, embedder=embedder)


@pytest.mark.parametrize(
    ("question", "who", "by_name"),
    [
        (
            "When did the mayor who closed Tarn Bridge resign?",
            "Who closed Tarn Bridge?",
            "When did the mayor X resign?",
        ),
        (
            "When did the firm that built the Skerrow dam go bankrupt?",
            "Which firm built the Skerrow dam?",
            "When did the firm X go bankrupt?",
        ),
        ("What did the woman who won the prize say?", "Who won the prize?", "What did the woman X say?"),
    ],
)
def test_a_description_is_a_question_of_its_own(question: str, who: str, by_name: str) -> None:
    found = described(question)
    assert found is not None
    assert found.who == who
    assert found.by_name("X") == by_name


@pytest.mark.parametrize(
    "question", ["Who is the mayor who closed the bridge?", "Why was the bridge closed?", "What did the mayor say?"]
)
def test_a_question_that_asks_who_did_it_describes_nobody(question: str) -> None:
    assert described(question) is None


@pytest.mark.parametrize(
    ("question", "sentence", "name"),
    [
        ("Who closed Tarn Bridge?", "The bridge, which mayor Ana Lund closed in May, is old.", "Ana Lund"),
        ("Which ferry hit a dredger?", "On Tuesday the ferry Corvina hit a dredger in fog.", "Corvina"),
        ("Who closed Tarn Bridge?", "Tarn Bridge was closed in May.", None),
        ("Who closed Tarn Bridge?", "It was closed, and on the next day Ana Lund wept.", None),
    ],
)
def test_the_name_stands_beside_what_its_bearer_did(question: str, sentence: str, name: str | None) -> None:
    assert named_in(question, sentence) == name


def test_who_is_described_is_found_first_and_then_asked_about_by_name(assistant: Assistant) -> None:
    answer = assistant.ask("When did the firm that built the Skerrow dam go bankrupt?")
    assert answer.query.text == "When did the firm Aldgate Works go bankrupt?"
    assert answer.statements[0].words.startswith("Aldgate Works went bankrupt on Friday")


def test_where_nobody_is_found_the_question_stays_as_it_is(assistant: Assistant) -> None:
    question = "When did the singer who broke the mirror resign?"
    assert assistant.ask(question).query.text == question
