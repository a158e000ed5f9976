"""How an answer reads without a language model: what is added, in which order, and what is said of differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Turn
from qa.answers.additions import additions
from qa.answers.differences import newest_first, notes
from qa.answers.drafts import Addition, Draft, Stretch, statements_of
from qa.answers.figures import figures
from qa.answers.timeline import day_of, in_time
from qa.answers.topic import topic
from qa.assistant import Assistant
from qa.lexical import Terms
from qa.reader import Evidence
from qa.types import Moment, Passage, Query
from qa.writer import ExtractiveWriter

TERMS = Terms()


def passage(text: str, article: str = "a", day: int = 7, publisher: str = "The Tide", **days: int) -> Passage:
    """A passage of March 2024 in which each of `days` names a word and the day of March that it is."""
    moments = tuple(
        Moment(word, text.index(word), text.index(word) + len(word), date(2024, 3, n), date(2024, 3, n))
        for word, n in days.items()
    )
    published = datetime(2024, 3, day, tzinfo=UTC)
    return Passage(
        f"{article}:0", article, text, 0, len(text), "Title", None, publisher, published=published, moments=moments
    )


def sentence(of: Passage, words: str) -> Stretch:
    start = of.text.index(words)
    return Stretch(of, start, start + len(words))


def shown(stretch: Stretch) -> str:
    (statement,), _ = statements_of([Draft((stretch,), added=additions([stretch]))])
    return statement.text


def asked(question: str, *passages: Passage) -> Sequence[Draft]:
    found = [Evidence(p, 0, len(p.text), 0.9 - n / 100, 0.9, 0.6) for n, p in enumerate(passages)]
    writer = ExtractiveWriter(lambda ids: [], TERMS)
    return list(writer(Query(question, datetime(2024, 3, 30, tzinfo=UTC)), found))


def test_a_pronoun_is_followed_by_the_one_person_named_before() -> None:
    text = "Ida Holm opened the lock. She said the water was high."
    assert shown(sentence(passage(text), "She said the water was high.")) == "She [Ida Holm] said the water was high."


def test_where_two_people_are_named_before_none_is_added() -> None:
    text = "Ida Holm met Vera Lind, said Ida Holm. Vera Lind said so too. She left early."
    assert shown(sentence(passage(text), "She left early.")) == "She left early."


@pytest.mark.parametrize(
    ("before", "leans"),
    [
        ("Ida Holm left the board.", "Lind, who has changed his name, stays."),
        ("Ida Holm’s mother wrote to the keeper.", "She left early."),
        ("They live in Middletown. Middletown’s shops are open.", "He said so."),
        ("Twitter’s shares fell.", "The singer sold his boat."),
        ("Tom Lind sang. He was cheered.", "She left early."),
        ("Ida Holm came with Sam Lind. It was late.", "His boat had sunk."),
        ("Ida Holm spoke of Lind’s health.", "Concerns over his heart have grown."),
    ],
)
def test_where_a_pronoun_may_mean_somebody_or_something_else_none_is_added(before: str, leans: str) -> None:
    assert shown(sentence(passage(f"{before} {leans}"), leans)) == leans


@pytest.mark.parametrize("before", ["Holm opened the lock before she left.", "Sen. Holm came.", "“No,” said Holm."])
def test_a_family_name_alone_is_added_where_the_text_shows_that_it_is_a_person_s(before: str) -> None:
    leans = "In the evening she spoke of the water."
    assert shown(sentence(passage(f"{before} {leans}"), leans)) == "In the evening she [Holm] spoke of the water."


def test_a_weekday_is_followed_by_its_day() -> None:
    told = passage("The lock was opened on Tuesday by its keeper.", Tuesday=5)
    assert shown(sentence(told, told.text)) == "The lock was opened on Tuesday [5 March] by its keeper."


@pytest.mark.parametrize(
    "text",
    [
        "“We opened it on Tuesday,” said Ida Holm.",
        "The lock will be opened on Tuesday.",
        "Nobody slept until Tuesday.",
        "It was Tuesday’s second alarm.",
    ],
)
def test_nothing_is_added_to_quoted_words_or_to_a_day_that_is_unsure(text: str) -> None:
    told = passage(text, Tuesday=5)
    assert shown(sentence(told, text)) == text


@given(st.text(min_size=1).filter(str.strip), st.lists(st.tuples(st.integers(1, 40), st.text(max_size=5))))
def test_without_what_was_added_a_statement_is_what_it_quotes(text: str, added: list[tuple[int, str]]) -> None:
    told = passage(text)
    places = {min(at, len(text)): words for at, words in added}
    draft = Draft((sentence(told, text),), added=tuple(Addition(at, words) for at, words in places.items()))
    (statement,), _ = statements_of([draft])
    bare = text.replace("\ue000", "")
    assert "".join(statement.words.split()) == "".join(bare.split())


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("It cost €1.5 million.", 1.5e6, "euro"),
        ("It cost 1.5 million euros.", 1.5e6, "euro"),
        ("Thirty-one people fell ill.", 31, "people"),
        ("In March 2022, 40 ships came.", 40, "ships"),
        ("Twelve wounded people were counted.", 12, "people"),
        ("Turnout was 4 per cent.", 4, "%"),
        ("The number of people killed rose to seven.", 7, "people"),
    ],
)
def test_a_figure_is_a_number_and_what_it_counts(text: str, value: float, unit: str) -> None:
    assert [(f.value, f.unit) for f in figures(text)] == [(value, unit)]


def test_a_later_figure_leads_and_the_difference_is_told() -> None:
    early = passage("The harbour fire destroyed 12 boats, the coastguard said.", "early", 4)
    late = passage("The harbour fire destroyed 15 boats, the coastguard found.", "late", 6, "Lantern")
    drafts = newest_first([Draft((sentence(p, p.text),)) for p in (early, late)], "", TERMS)
    assert drafts[0].stretches[0].passage is late
    (note,) = notes(drafts, TERMS)
    assert (note.kind, note.statements) == ("later", (0, 1))
    assert note.text == "Later: “15 boats” (Lantern, 6 March 2024); before, “12 boats” (The Tide, 4 March 2024)."


def test_reports_of_one_day_are_in_conflict_and_keep_their_order() -> None:
    one = passage("The harbour fire destroyed 12 boats, the coastguard said.", "one")
    other = passage("The harbour fire destroyed 15 boats, the coastguard found.", "other", publisher="Lantern")
    drafts = [Draft((sentence(p, p.text),)) for p in (one, other)]
    assert newest_first(drafts, "", TERMS) == drafts
    assert [note.kind for note in notes(drafts, TERMS)] == ["in conflict"]


def test_figures_of_different_things_are_no_difference() -> None:
    one = passage("The harbour fire destroyed 12 boats, the coastguard said.", "one")
    other = passage("A ferry company bought 15 boats from a yard in Lisle.", "other")
    assert not notes([Draft((sentence(p, p.text),)) for p in (one, other)], TERMS)


def test_a_timeline_tells_events_in_the_order_of_their_days() -> None:
    late = passage("The harbour lock was mended on Friday.", "late", Friday=8)
    early = passage("A barge struck the harbour lock on Monday.", "early", Monday=4)
    drafts = asked("Give me a timeline of the harbour lock.", late, early)
    assert [draft.label for draft in drafts] == ["4 March 2024", "8 March 2024"]


def test_a_day_in_an_aside_does_not_date_the_event() -> None:
    told = passage("The barge, which sank on Monday, was raised on Friday.", Monday=4, Friday=8)
    day = day_of(sentence(told, told.text))
    assert day
    assert day.label == "8 March 2024"


def spoken_of(text: str, **times: tuple[date, date]) -> Passage:
    """A passage of 7 March 2024 in which each of `times` names a word and the days that it stands for."""
    told = passage(text)
    return replace(
        told, moments=tuple(Moment(w, text.index(w), text.index(w) + len(w), *days) for w, days in times.items())
    )


FEBRUARY = (date(2024, 2, 1), date(2024, 2, 29))
MARCH = (date(2024, 3, 1), date(2024, 3, 31))


@pytest.mark.parametrize(
    ("text", "days", "label"),
    [
        ("The lock was mended in February.", FEBRUARY, "February 2024"),
        ("The lock was mended in March.", MARCH, "March 2024"),
        ("The lock will be mended in March.", MARCH, None),
        ("The lock is to be mended in March, as planned.", MARCH, None),
        ("Trade has grown since the fire of February.", FEBRUARY, None),
    ],
)
def test_a_month_dates_what_happened_in_it(text: str, days: tuple[date, date], label: str | None) -> None:
    (month,) = (word for word in ("February", "March") if word in text)
    told = spoken_of(text, **{month: days})
    day = day_of(sentence(told, text))
    assert (day and day.label) == label


def test_a_year_dates_what_happened_in_it_where_the_story_is_one_of_years() -> None:
    old = spoken_of("The lock was built in 2009.", **{"2009": (date(2009, 1, 1), date(2009, 12, 31))})
    earlier = spoken_of("The lock failed in May 2021.", **{"May 2021": (date(2021, 5, 1), date(2021, 5, 31))})
    late = spoken_of("The lock was mended in February.", February=FEBRUARY)
    stretches = [sentence(told, told.text) for told in (old, earlier, late)]
    assert [day and day.label for day in in_time(stretches)] == ["2009", "May 2021", "February 2024"]
    assert [day and day.label for day in in_time([stretches[0], stretches[2]])] == [None, "February 2024"]


@pytest.mark.parametrize("opening", ["LISLE, March 4 (Reuters) - ", "(CNN) ", "Port Averin (CNN) ", "LISLE – "])
def test_an_answer_begins_behind_the_place_and_the_agency_that_open_a_report(opening: str) -> None:
    (draft,) = asked("Who opened the lock?", passage(f"{opening}The keeper opened the lock at dawn."))
    assert [s.text for s in draft.stretches] == ["The keeper opened the lock at dawn."]


def test_a_comparison_stands_under_the_outlets() -> None:
    drafts = asked(
        "How do the papers differ on the harbour lock?",
        passage("The harbour lock failed because it was old.", "a", publisher="Lantern"),
        passage("A barge broke the harbour gate, its owner admits.", "b", publisher="The Tide"),
    )
    assert {draft.label for draft in drafts} == {"Lantern", "The Tide"}


def test_what_a_second_outlet_says_too_is_a_second_quote() -> None:
    drafts = asked(
        "Who opened the lock?",
        passage("The keeper Ida Holm opened the lock at dawn.", "a"),
        passage("Keeper Ida Holm opened the lock at dawn.", "b"),
    )
    ((statement,), citations) = statements_of(drafts)
    assert [quote.article_id for quote in statement.quotes] == ["a", "b"]
    assert len(citations) == 2


def test_a_correction_is_quoted_in_place_of_what_it_corrects() -> None:
    wrong = passage("The keeper opened the harbour lock at midnight.", "wrong", 4)
    right = passage(
        "The keeper opened the harbour lock at midnight, we wrote. That was wrong. It was noon.", "right", 6
    )
    first = len("The keeper opened the harbour lock at midnight, we wrote.")
    found = [Evidence(wrong, 0, len(wrong.text), 0.9, 0.9, 0.6), Evidence(right, 0, first, 0.5, 0.5, 0.6)]
    writer = ExtractiveWriter(lambda ids: [], TERMS)
    drafts = list(writer(Query("When was the lock opened?", datetime(2024, 3, 30, tzinfo=UTC)), found))
    assert [draft.stretches[0].text for draft in drafts] == [right.text]


def test_a_correction_beats_a_statement_that_says_more_than_what_it_takes_back() -> None:
    wrong = passage(
        "Some 340 households in the Lisle valley had to leave their homes on Tuesday after muddy water was seen coming "
        "out at the foot of the old dam.", "wrong", 4,
    )  # fmt: skip
    note = "On Tuesday the Tide wrote that 340 households had to leave their homes in the Lisle valley."
    right = passage(f"{note} That was wrong. It was 128 households, with 340 people. We are sorry.", "right", 6)
    first = Evidence(wrong, 0, len(wrong.text), 0.9, 0.9, 0.6)
    second = Evidence(right, 0, len(note), 0.2, 0.2, 0.6)
    query = Query("How many households left?", datetime(2024, 3, 30, tzinfo=UTC))
    for found in ([first, second], [replace(second, rank=1.0, answers=0.9)]):
        drafts = list(ExtractiveWriter(lambda ids: [], TERMS)(query, found))
        assert [s.text for d in drafts for s in d.stretches] == [right.text.removesuffix(" We are sorry.")]


def test_an_article_s_own_list_is_given_line_by_line() -> None:
    told = passage("The keepers want:\n\nshorter nights\n\na second boat\n\nheated huts")
    drafts = asked("List the demands of the keepers.", told)
    assert [draft.stretches[0].text for draft in drafts] == ["shorter nights", "a second boat", "heated huts"]


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Give me a timeline of the harbour fire.", "the harbour fire"),
        ("How do the papers differ on the harbour fire?", "the harbour fire"),
        ("How did the strike unfold?", "the strike"),
        ("What happened in Lisle?", "What happened in Lisle"),
    ],
)
def test_the_topic_is_the_question_without_the_asking(question: str, about: str) -> None:
    assert topic(question) == about


def test_the_article_is_the_one_that_was_cited_last(desk: Assistant) -> None:
    question = "How many turbines were approved at Skerrow Ridge?"
    first = desk.ask(question)
    answer = desk.ask("Summarise the article", (Turn(question, first),))
    assert {c.article_id for c in answer.citations} == {first.citations[0].article_id}
    assert len(answer.statements) > 1
    for question in ("Summarise the article", "What is this story about?"):
        abstained = desk.ask(question).abstained
        assert abstained is not None
        assert "There are several" in abstained.message
