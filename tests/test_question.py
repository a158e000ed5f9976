from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Answer, Citation, Statement, Turn
from qa.besides import without_besides
from qa.question import stand_alone
from qa.types import Query


def turn(question: str, *said: str) -> Turn:
    statements = tuple(Statement(text, 1.0, ()) for text in said)
    return Turn(question, Answer(Query(question, datetime(2022, 11, 14, tzinfo=UTC)), statements))


FERRY = "How many people were hurt in the ferry collision?"
FALK = "Twelve people were taken to hospital, harbour master Ines Falk said."


@pytest.mark.parametrize(
    ("before", "said", "asked", "understood"),
    [
        ("How many missiles did Pyongyang fire?", "", "And between which dates?",
         "Between which dates did Pyongyang fire missiles?"),
        ("How many missiles did Pyongyang fire?", "", "Where did they land?", "Where did the missiles land?"),
        ("What did South Korea say about the ICBM?", "", "And when was it fired?", "When was the ICBM fired?"),
        ("What did South Korea say about the ICBM?", "", "What about Japan?", "What did Japan say about the ICBM?"),
        ("What did South Korea say about the ICBM?", "", "And the United States?",
         "What did the United States say about the ICBM?"),
        ("What happened on Thursday?", "", "And on Friday?", "What happened on Friday?"),
        ("Why was the Carrow Bridge closed?", "", "For how long?", "For how long was the Carrow Bridge closed?"),
        ("Why was the Carrow Bridge closed?", "", "Who decided that?",
         "Who decided that (about the Carrow Bridge)?"),
        ("When were the drills extended?", "", "Why were they extended?", "Why were the drills extended?"),
        ("Who is Shin Jong-woo?", "", "What did he tell CNN?", "What did Shin Jong-woo tell CNN?"),
        (FERRY, FALK, "What did she say about it?", "What did Ines Falk say about the ferry collision?"),
        (FERRY, FALK, "What is her job?", "What is Ines Falk's job?"),
        ("Why are rail workers on strike?", "", "When will it end?",
         "When will it end (about rail workers on strike)?"),
        (FERRY, FALK, "Was anyone killed?", "Was anyone killed (about the ferry collision)?"),
        (FERRY, FALK, "And how many people helped?", "How many people helped (about the ferry collision)?"),
        (FERRY, FALK, "Any casualties?", "Were there any casualties in the ferry collision?"),
        (FERRY, FALK, "When was that?", "When was that (about the ferry collision)?"),
        (FERRY, FALK, "In which hospital?", "In which hospital were people hurt in the ferry collision?"),
        (FERRY, FALK, "What did Falk say?", "What did Ines Falk say about the ferry collision?"),
        ("What happened on Thursday?", "", "And in Japan?", "What happened on Thursday in Japan?"),
        ("How many died in Japan in March?", "", "And in Korea?", "How many died in Korea in March?"),
        ("When did the Corvina sail?", "", "Where did it land?", "Where did the Corvina land?"),
        ("When will trains run again?", "", "And buses?", "When will buses run again?"),
        ("Did the council approve the budget?", "", "And the mayor?", "Did the mayor approve the budget?"),
        ("Did the council approve the budget?", "", "By how many votes?",
         "By how many votes did the council approve the budget?"),
        ("What did the council decide about Carrow Bridge?", "", "When will it open?", "When will Carrow Bridge open?"),
        ("Did the farm on Skerrow Ridge get a permit?", "", "Who wants to sue it?",
         "Who wants to sue the farm on Skerrow Ridge?"),
        ("What is anaemia?", "", "What are the symptoms?", "What are the symptoms of anaemia?"),
        ("What are supertankers?", "", "Which is the largest?", "Which is the largest (about supertankers)?"),
        ("Which country has the highest inflation?", "", "And the lowest?", "Which country has the lowest inflation?"),
        (FERRY, FALK, "And killed?", "How many people were killed in the ferry collision?"),
        (FERRY, FALK, "Thanks. Who will be there?", "Who will be there (about the ferry collision)?"),
        ("Who is Ines Falk?", "", "And her deputy?", "What about Ines Falk's deputy?"),
        ("Who wrote the Falk report?", "Ines Falk wrote it.", "When was it published?",
         "When was the Falk report published?"),
        ("How many ships sailed in 2023?", "", "And this year?", "How many ships sailed this year?"),
        ("How many whales stranded?", "", "How many of them survived?", "How many of the whales survived?"),
        ("What did the minister say about the vaccine?", "", "And the opposition?",
         "What did the opposition say about the vaccine?"),
        ("Who led the strikes in Belgor?", "Students led them.", "Did he respond?",
         "Did he respond to the strikes in Belgor?"),
        (FERRY, "The ferry struck a dredger, and the crew launched boats.", "How did the crew react to the crash?",
         "How did the crew react to the crash (about the ferry collision)?"),
        ("Who won the Daytona 500?", "Ada Kerr won the Daytona 500.", "What did she say?",
         "What did Ada Kerr say about the Daytona 500?"),
        ("Who is the mayor?", "Mayor Odile Brandvold took office in May.", "What does she want?",
         "What does Odile Brandvold want?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_made_to_stand_alone(before: str, said: str, asked: str, understood: str) -> None:
    assert stand_alone(asked, [turn(before, *filter(None, [said]))]) == understood


CLOSED = "How long will the Carrow Bridge be closed?"
SAID = "What did South Korea say about the ICBM?"


@pytest.mark.parametrize(
    ("before", "asked", "understood"),
    [
        (CLOSED, "And the cost?", "What about the cost of the Carrow Bridge?"),
        (CLOSED, "What will it cost?", "What will the Carrow Bridge cost?"),
        (CLOSED, "Why?", "Why will the Carrow Bridge be closed?"),
        (SAID, "Why?", "What did South Korea say about the ICBM, and why?"),
        (SAID, "Really?", SAID),
        (SAID, "Are you sure?", SAID),
        (FERRY, "Which hospital?", "How many people were hurt in the ferry collision, and which hospital?"),
    ],
)
def test_what_has_no_place_in_the_question_before_is_asked_beside_it(before: str, asked: str, understood: str) -> None:
    assert stand_alone(asked, [turn(before)]) == understood


@pytest.mark.parametrize(
    ("asked", "understood"),
    [
        ("No, I meant the train crash.", "How many people were hurt in the train crash?"),
        ("Sorry, in the fire.", "How many people were hurt in the fire?"),
        ("Not the ferry collision but the fire", "How many people were hurt in the fire?"),
    ],
)
def test_a_correction_takes_the_place_of_what_was_misunderstood(asked: str, understood: str) -> None:
    assert stand_alone(asked, [turn(FERRY, FALK)]) == understood


def test_the_second_one_is_what_the_answer_lists_second() -> None:
    turns = [turn("Which banks failed?", "Halden Bank and Ostrel Bank failed on Monday.")]
    assert stand_alone("Who owned the second one?", turns) == "Who owned Ostrel Bank?"


def test_the_second_article_is_what_the_answer_cites_second() -> None:
    citations = tuple(
        Citation(n, "a", "a:0", title, None, (), None, None, "x") for n, title in ((1, "Fog"), (2, "Ice"))
    )
    cited = replace(turn(FERRY, FALK).answer, citations=citations)
    assert stand_alone("Who wrote the second article?", [Turn(FERRY, cited)]) == "Who wrote the article “Ice”?"


def test_what_else_leaves_out_what_was_just_said_if_that_is_short() -> None:
    turns = [turn("What did Ines Falk win?", "Falk won the Harbour Prize in 2019.")]
    understood = "Besides winning the Harbour Prize in 2019, what else did Ines Falk win?"
    assert stand_alone("What else did she win?", turns) == understood


@pytest.mark.parametrize(
    ("question", "sought"),
    [
        ("Besides winning the prize in 2019, what else did Ines Falk win?", "What else did Ines Falk win?"),
        ("Apart from Japan, South Korea and Peru, who else spoke?", "Who else spoke?"),
        ("In 2019, what else did she win?", "In 2019, what else did she win?"),
        ("What else did she win besides the cup?", "What else did she win besides the cup?"),
    ],
)
def test_what_a_question_sets_aside_is_not_searched_for(question: str, sought: str) -> None:
    assert without_besides(question) == sought


def test_he_and_she_are_two_people() -> None:
    turns = [turn("What did Casimir Thorne say?", "Casimir Thorne called it a waste, and Odile Brandvold was angry.")]
    assert stand_alone("How did she answer him?", turns) == "How did Odile Brandvold answer Casimir Thorne?"


def test_she_is_left_alone_where_nobody_was_named() -> None:
    turns = [turn("How safe is the bridge?", "The bridge is safe.")]
    assert stand_alone("Is she sure?", turns).startswith("Is she sure")


def test_a_name_from_three_turns_ago_is_still_known() -> None:
    turns = [turn("Who is Ines Falk?"), turn("What caused the fog?"), turn("Is fog common in May?")]
    assert stand_alone("Where was she then?", turns) == "Where was Ines Falk then?"


@pytest.mark.parametrize(
    ("asked", "understood"),
    [
        ("By the way, who won the cup?", "Who won the cup?"),
        ("Something else: how is the weather?", "How is the weather?"),
        ("Never mind. How old is the mayor?", "How old is the mayor?"),
        ("And the bridge, have the parts for it been ordered?", "Have the parts for the bridge been ordered?"),
    ],
)
def test_a_new_topic_that_is_announced_inherits_nothing(asked: str, understood: str) -> None:
    assert stand_alone(asked, [turn(FERRY, FALK)]) == understood


@pytest.mark.parametrize(
    "asked",
    [
        "Who won the county cup final?",
        "What did Mayor Brandvold say about the budget?",
        "Who decided that the bridge is unsafe?",
        "Tell me about the wind farm.",
        "Which company makes the vaccine?",
        "What is a ballistic missile?",
        "How many households were evacuated below the Hollin dam?",
        "Thanks!",
        "What's the capital of France?",
        "Does the mayor know that she will be replaced?",
        "When does the museum close?",
    ],
)
def test_a_new_topic_stays_as_it_was_asked(asked: str) -> None:
    assert stand_alone(asked, [turn(FERRY, FALK)]) == asked


def test_follow_ups_build_on_the_question_as_it_was_understood() -> None:
    first = turn("What did South Korea say about the ICBM?")
    second = turn(stand_alone("What about Japan?", [first]))
    assert stand_alone("And the United States?", [first, second]) == "What did the United States say about the ICBM?"


def test_without_turns_only_white_space_is_tidied() -> None:
    assert stand_alone("  And   when was it fired? ") == "And when was it fired?"


WORDS = st.lists(
    st.sampled_from(
        "and but no not the a it its they their he she her that this what which who when why how about in on did was "
        "is will say Falk Corvina Japan bridge ferry second one else really Thursday 2022 , . ? ! i meant so".split()
    ),
    min_size=1,
    max_size=9,
).map(" ".join)


@given(WORDS | st.text(min_size=1), WORDS | st.text(min_size=1), WORDS | st.text())
def test_any_text_can_follow_any_other_and_stays_a_question(before: str, asked: str, said: str) -> None:
    assert bool(stand_alone(asked, [turn(before, said)]).strip()) == bool(asked.strip())


@given(WORDS | st.text())
def test_the_first_question_is_never_changed_but_for_white_space(asked: str) -> None:
    assert stand_alone(asked) == " ".join(asked.split())


def test_a_long_question_is_understood_at_once() -> None:
    begun = time.process_time()
    for part in ("so ", "and the it ", "No, ", "a, b and ", "What did the ", "(about it) "):
        stand_alone(part * 400, [turn(part * 10, part * 400), turn(FERRY, FALK * 20)])
    assert time.process_time() - begun < 5
