from __future__ import annotations

from qa.answer import Turn
from qa.assistant import Assistant
from qa.runnables import as_retriever, as_runnable

ICBM = "What did South Korea say about the ICBM?"


def test_the_retriever_gives_documents_that_can_be_cited(desk: Assistant) -> None:
    documents = as_retriever(desk, k=3).invoke(ICBM)
    assert len(documents) == 3
    first = documents[0]
    text = desk.index.article(first.metadata["article_id"]).text
    assert text[first.metadata["start"] : first.metadata["end"]] == first.page_content
    assert first.metadata["published"].startswith("2022-11")


def test_the_runnable_answers_a_question_alone_or_with_turns(desk: Assistant) -> None:
    runnable = as_runnable(desk)
    answer = runnable.invoke(ICBM)
    assert answer.statements == desk.ask(ICBM).statements
    follow_up = runnable.invoke({"question": "What about Japan?", "turns": (Turn(ICBM, answer),)})
    assert follow_up.query.text == "What did Japan say about the ICBM?"


def test_the_runnable_streams_ever_more_complete_answers_and_composes(desk: Assistant) -> None:
    runnable = as_runnable(desk)
    assert list(runnable.stream(ICBM))[-1].statements == runnable.invoke(ICBM).statements
    assert (runnable | (lambda answer: len(answer.citations))).invoke(ICBM) >= 1
