from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corrections import corrections

STORY = "It rained in Orlahaven all night. The mayor said the dam had held."


@pytest.mark.parametrize(
    "note",
    [
        "Correction: An earlier version of this article gave the number of rescued sailors as nine. It was seven.",
        "CORRECTION (May 3): The harbour master is Ines Falk, not Ida.",
        "Corrections and clarifications: The ferry left at nine.",
        "Editor’s note: This story has been corrected to say that nobody was hurt.",
        "(This article was amended on 3 May 2024 to remove a name.)",
        "* An earlier version of this story misspelled the name of the dam.",
        "This article was updated on May 3 to reflect that the dam held.",
        "This headline has been changed to make clear that the dam held.",
        "In an earlier version of this report, the ferry had two masts. It has one.",
    ],
)
def test_a_note_is_found_in_its_own_words(note: str) -> None:
    assert [found.text for found in corrections(f"{STORY}\n\n{note}\n\nIt will rain again.")] == [note]


@pytest.mark.parametrize(
    "sentence",
    [
        "This story was updated with comments from the mayor.",
        "This story is developing and will be updated.",
        "The teacher made a correction: two marks were added.",
        "The bill was amended on Friday to remove the tax.",
        "The new version of this phone was revised to fit a hand.",
        "“Correction is a hard word,” she said: nobody likes it.",
        "Shares fell in what traders called a correction.",
    ],
)
def test_what_takes_nothing_back_is_no_note(sentence: str) -> None:
    assert corrections(f"{STORY}\n\n{sentence}") == ()


def test_a_note_in_a_paragraph_runs_from_its_first_sentence_to_the_end() -> None:
    note = "This story has been corrected. The dam has two gates, not three."
    assert [found.text for found in corrections(f"{STORY} {note}")] == [note]


@given(st.lists(st.sampled_from(["Correction: ", "It was seven. ", "This article was corrected. ", "\n\n", "“", " "])))
def test_each_note_is_a_stretch_of_the_text_and_none_overlaps(parts: list[str]) -> None:
    text = "".join(parts)
    found = corrections(text)
    assert all(text[note.start : note.end] == note.text != "" for note in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
