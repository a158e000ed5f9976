from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.moments import moments
from ingest.speech.sayings import sayings
from ingest.split import split
from qa.records import Entry, to_metadata, to_passage
from qa.types import Article, Saying
from ui.terminal import out, print_article, print_json

WORDS = st.sampled_from(
    '“ ” " ‘ ’ , . : ; said told Vale the The mayor police he She adding saying that according to denied called as '
    "bridge was shut will A and - ? \n\n , “It was, .” Ms who 71 reporters on Monday reported \0".split(" ")
)


def told(text: str) -> list[tuple[str, str, str]]:
    return [(saying.speaker, saying.verb, saying.words) for saying in sayings(text)]


def only(text: str) -> Saying:
    (saying,) = sayings(text)
    return saying


@given(st.text() | st.lists(WORDS, max_size=60).map(" ".join))
def test_words_are_verbatim_in_order_and_have_a_speaker(text: str) -> None:
    found = sayings(text)
    assert all(saying.words == text[saying.start : saying.end] for saying in found)
    assert all(saying.words.strip() and saying.speaker.strip() and saying.verb for saying in found)
    assert [saying.start for saying in found] == sorted(saying.start for saying in found)


def test_a_quotation_has_the_words_between_its_marks() -> None:
    saying = only("“The quay is safe,” said Ida Vale, the mayor.")
    assert (saying.speaker, saying.verb, saying.words, saying.verbatim) == (
        "Ida Vale", "said", "The quay is safe", True
    )  # fmt: skip


def test_reported_words_are_not_verbatim_even_with_a_part_in_marks() -> None:
    saying = only("Vale said the quay was “perfectly safe” for ferries.")
    assert (saying.words, saying.verbatim) == ("the quay was “perfectly safe” for ferries", False)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Mayor Ida Vale said the quay was safe.", "Mayor Ida Vale"),
        ("The quay was safe, the Joint Chiefs of Staff said.", "Joint Chiefs of Staff"),
        ("According to the Joint Chiefs, the quay was safe.", "Joint Chiefs"),
        ("The mayor, Ida Vale, said the quay was safe.", "Ida Vale"),
        ("Ida Vale, 71, a former diver, said the quay was safe.", "Ida Vale"),
        ("“It is safe,” insisted the mayor, Ida Vale.", "Ida Vale"),
        ("In a note to staff, harbour master Jon Ree told reporters that the quay was safe.", "harbour master Jon Ree"),
        ("On Monday night police said the quay was safe.", "police"),
        ("KCNA said the quay was safe.", "KCNA"),
    ],
)
def test_the_speaker_is_the_name_or_the_whole_phrase_without_its_asides(text: str, speaker: str) -> None:
    assert only(text).speaker == speaker


def test_a_quotation_may_go_on_over_sentences_and_behind_its_speaker() -> None:
    assert told("“It shook. We ran,” Vale said. “Nobody was hurt.”") == [
        ("Vale", "said", "It shook. We ran"),
        ("Vale", "said", "Nobody was hurt."),
    ]
    assert told("“The quay,” Vale said, “is safe for ferries.”") == [
        ("Vale", "said", "The quay"),
        ("Vale", "said", "is safe for ferries."),
    ]


def test_a_quotation_left_open_goes_on_in_the_next_paragraph() -> None:
    assert told(
        "Vale said: “It shook for an hour.\n\n“Then it was still.”\n\n“Nobody spoke,” a sign in the hall read."
    ) == [
        ("Vale", "said", "It shook for an hour."),
        ("Vale", "said", "Then it was still."),
    ]


def test_a_quotation_in_a_paragraph_of_its_own_is_nobodys() -> None:
    assert told("“It shook,” Vale said.\n\n“Nobody was hurt.”") == [("Vale", "said", "It shook")]


def test_a_dateline_and_the_speakers_asides_are_no_part_of_the_words() -> None:
    text = "HALLAM, Nov 5 (Wire) – The quay is safe, its owner, Ida Vale, said on Friday."
    assert told(text) == [("Ida Vale", "said", "The quay is safe")]


def test_what_two_say_in_one_sentence_is_kept_apart() -> None:
    assert told("The ministry said the ship was lost, but Vale said it was safe.") == [
        ("ministry", "said", "the ship was lost"),
        ("Vale", "said", "it was safe"),
    ]
    assert told("Vale said the ship was lost, adding that nobody had drowned.") == [
        ("Vale", "said", "the ship was lost"),
        ("Vale", "adding", "nobody had drowned"),
    ]


def test_an_attribution_within_a_sentence_has_the_whole_of_it() -> None:
    assert only("The strike, union officials said, will last until Friday.").words == (
        "The strike, union officials said, will last until Friday"
    )


def test_a_pronoun_stands_for_who_spoke_last() -> None:
    text = "Ida Vale said the quay was safe. “I walk on it every day,” she said. She added that it was new."
    assert {speaker for speaker, *_ in told(text)} == {"Ida Vale"}
    assert len(told(text)) == 3
    assert told("The ministry said the ship was lost. It said nobody had drowned.")[1][0] == "ministry"


@pytest.mark.parametrize(
    "text",
    [
        "“It is safe,” she said.",
        "Mr Ree said the quay was safe. She said it was not.",
        "Vale said the quay was safe. Later Jon Ree came by. He said it was not.",
        "The ministry said the ship was lost. He said it was not.",
    ],
)
def test_a_pronoun_that_may_stand_for_another_has_no_saying(text: str) -> None:
    assert not any(verb_words in text.split(". ")[-1] for _, _, verb_words in told(text))


@pytest.mark.parametrize(
    "text",
    [
        "A sign on the gate said the quay was shut.",
        "The poll says the race is close.",
        "The mayor would not say whether the quay was safe.",
        "Nobody said the quay was safe.",
        "If the mayor says the quay is safe, ferries will sail.",
        "They said goodbye on the quay.",
        "The flood claimed twelve lives.",
        "Edward Said taught here for years.",
        "The novel “What She Said” sold well.",
        "The “smart” quay cost millions.",
        "The quay is said to be haunted.",
        "Mayor says quay is safe",
    ],
)
def test_nothing_is_found_where_nobody_says_anything(text: str) -> None:
    assert told(text) == []


def test_straight_and_single_marks_quote_as_well() -> None:
    assert only('"It’s safe," Vale told reporters on Monday.').words == "It’s safe"
    assert only("‘It’s safe,’ Vale said.").words == "It’s safe"


def test_denials_promises_and_names_called_are_sayings() -> None:
    assert told("Ree denied taking the money.") == [("Ree", "denied", "taking the money")]
    assert told("The president vowed to rebuild the quay.") == [("president", "vowed", "to rebuild the quay")]
    assert told("Ree called the plan “a work of fiction”.") == [("Ree", "called", "a work of fiction")]


ARTICLE = Article(
    "a1",
    "The quay",
    "Mayor Ida Vale said on Thursday the quay was safe. “It is new. I walk on it,” she said.\n\n" * 12,
    published=datetime(2022, 11, 9, 15, tzinfo=UTC),
)


def test_what_is_found_is_kept_with_the_passage_it_begins_in_and_stored_without_loss() -> None:
    passages = split(ARTICLE)
    assert len(passages) > 1
    assert [len(p.said) for p in passages] == [2 * p.text.count("Mayor") for p in passages]
    assert {moment.since for p in passages for moment in p.moments} == {date(2022, 11, 3)}
    assert all(p.start <= saying.start < p.end for p in passages for saying in p.said)
    assert all(p.start <= moment.start < p.end for p in passages for moment in p.moments)
    stored = to_metadata(Entry(ARTICLE, "digest", passages, np.zeros((len(passages), 3), dtype=np.float32)))
    assert tuple(to_passage(p.id, p.text, data) for p, data in zip(passages, stored, strict=True)) == passages


def test_words_that_go_beyond_their_passage_are_stored_whole() -> None:
    words = " ".join(["The quay is new."] * 120)
    article = Article("a1", "The quay", f"“{words[:-1]},” Vale said.")
    passages = split(article)
    stored = to_metadata(Entry(article, "digest", passages, np.zeros((len(passages), 3), dtype=np.float32)))
    assert passages[0].said[0].end > passages[0].end
    assert to_passage(passages[0].id, passages[0].text, stored[0]) == passages[0]


def test_an_article_is_shown_with_who_says_what_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    print_article(out(), ARTICLE, split(ARTICLE)[0].said[:2])
    assert capsys.readouterr().out.split("\nsaid:\n")[1].splitlines() == [
        "  Mayor Ida Vale said: the quay was safe",
        "  Mayor Ida Vale said: “It is new. I walk on it”",
    ]


def test_a_time_in_an_article_is_json_with_its_days(capsys: pytest.CaptureFixture[str]) -> None:
    print_json(split(ARTICLE)[0].moments[0])
    assert json.loads(capsys.readouterr().out) == {
        "text": "Thursday", "start": 23, "end": 31, "since": "2022-11-03", "until": "2022-11-03"
    }  # fmt: skip


def test_an_article_in_another_language_is_not_read_by_english_rules() -> None:
    assert not any(p.said or p.moments for p in split(replace(ARTICLE, language="fr")))


@pytest.mark.parametrize("part", [" ", "\n", "\0", "“", "said ", "Vale said, ", "on Thursday ", "according to "])
def test_no_text_takes_more_than_its_length_in_time(part: str) -> None:
    text = part * (100_000 // len(part))
    begun = time.process_time()
    sayings(text, [(0, len(text))])
    moments(text, ARTICLE.published, [(0, len(text))])
    assert time.process_time() - begun < 5  # what grows with the square takes minutes
