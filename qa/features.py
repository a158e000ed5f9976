"""What tells an answering sentence from others: a few numbers for each sentence of a passage, all pure.

The first is late interaction (Khattab & Zaharia 2020, ColBERT): each token of the question is matched with the token of
the sentence that is nearest to it in context, and the cosines are averaged. Others weigh the question's words by
rarity, look at the sentence with its neighbours and the title, or for what is asked for, near the words asked about.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qa.answer_types import candidates, fits, group_of
from qa.embedder import Reading, Vectors, cosines, text_offset
from qa.matching import (
    Numbers,
    Question,
    Terms,
    best,
    covered,
    likeness,
    share_missing,
    tokens_of,
    weighed,
    word_matches,
)
from qa.sentences import Span
from qa.types import Passage

NAMES = (
    "interaction",  # late interaction with the sentence
    "likeness",  # share of the question's words that something in the sentence means, weighed by rarity
    "coverage",  # share of the question's words in the sentence, weighed by rarity
    "near_interaction",  # interaction weighed by rarity, with the sentence, the one before and the title
    "wide_interaction",  # the same with the sentence behind as well
    "near_coverage",  # coverage by the sentence, the one before and the title
    "passage_coverage",  # coverage by the passage with its title
    "passage_likeness",  # likeness of the passage with its title
    "passage_cosine",  # question against the passage
    "sentence_cosine",  # question against the mean of the sentence's tokens
    "names_missing",  # share of the question's names that neither passage nor title has
    "numbers_missing",  # share of the question's numbers that neither has
    "fits_number",  # 1: the sentence has the number asked for; -1: it has none; 0: none is asked for
    "fits_time",
    "fits_words",  # something said
    "fits_name",  # of a person, a place, a thing
    "fits_reason",
    "closeness",  # how close what is asked for stands to the question's words
    "focus",  # how close it stands to what the question counts, or chooses among
    "timely",  # how well the passage fits the time asked about (`qa.timeliness`)
    "opening",  # how near the opening of its article it stands: news tells the most important first
    "joint",  # log-odds that it answers, when question and passage are read together (`qa.joint`)
)
"""The features of a sentence, in the order of `Read.rows`'s columns."""

OPENING = 1500.0
"""Characters of an article after which its opening has faded to 1/e."""

CLOSE = 8.0
"""Tokens after which closeness has fallen to 1/e."""

BESIDE = 4
"""Tokens within which a number belongs to a noun."""


@dataclass(frozen=True)
class Read:
    """What was read in one passage: `spans`, its sentences, and a row of `NAMES` for each of them.

    `near` (sentences, words) says how well each word of the question is matched by a sentence with its neighbours and
    the title, `matched` (words,) by the whole passage: cosines. `terms` are those of passage and title.
    """

    spans: Sequence[Span]
    rows: Vectors
    near: Numbers
    matched: Numbers
    terms: frozenset[str]


@dataclass(frozen=True)
class _Held:
    """A question held against a passage, token by token and term by term; lists have an entry for each sentence.

    `similar` are the cosines of the question's tokens with the passage's, `inside` the places of a sentence's tokens,
    `own` and `of_title` the best match of each of the question's tokens there.
    """

    question: Question
    passage: Passage
    reading: Reading
    spans: Sequence[Span]
    similar: Vectors
    inside: list[NDArray[np.intp]]
    own: list[Numbers]
    of_title: Numbers
    title_terms: set[str]
    sentence_terms: list[set[str]]


def read_passage(
    question: Question, passage: Passage, reading: Reading, spans: Sequence[Span], terms: Terms, timely: float
) -> Read:
    """Hold a question against a passage.

    `spans` are the sentences of its text; `reading` is of `passage_input`; `timely` is how well the passage fits the
    time asked about. A sentence that lies beyond the model's window gets 0 for all that its tokens would tell.
    """
    held = _hold(question, passage, reading, spans, terms)
    around = held.title_terms.union(*held.sentence_terms)
    shared = {**_of_passage(held, around), "timely": timely}
    rows, near = [], []
    for place in range(len(spans)):
        before, wide = _with_neighbours(held, place)
        row = {**shared, **_of_sentence(held, place, before, wide)}
        rows.append([row.get(name, 0.0) for name in NAMES])
        near.append(word_matches(question, wide))
    return Read(
        spans,
        np.asarray(rows, dtype=np.float32).reshape(-1, len(NAMES)),
        np.asarray(near, dtype=np.float64).reshape(len(spans), len(question.words)),
        word_matches(question, best(held.similar)),
        frozenset(around),
    )


def _hold(question: Question, passage: Passage, reading: Reading, spans: Sequence[Span], terms: Terms) -> _Held:
    offset = text_offset(passage)
    similar = cosines(question.reading, reading)
    inside = [tokens_of(reading, start + offset, end + offset) for start, end in spans]
    return _Held(
        question,
        passage,
        reading,
        spans,
        similar,
        inside,
        own=[best(similar[:, tokens]) for tokens in inside],
        of_title=best(similar[:, tokens_of(reading, 0, len(passage.title))]),
        title_terms=set(terms(passage.title)),
        sentence_terms=[set(terms(passage.text[start:end])) for start, end in spans],
    )


def _of_passage(held: _Held, around: set[str]) -> dict[str, float]:
    """What all sentences of a passage share; `around` are its terms and its title's."""
    question, passage = held.question, held.passage
    numbers = set(re.findall(r"\d+", f"{passage.title} {passage.text}"))
    return {
        "passage_coverage": covered(question, around),
        "passage_likeness": likeness(question, best(held.similar)),
        "passage_cosine": float(question.reading.vector @ held.reading.vector),
        "names_missing": share_missing(question.names, around),
        "numbers_missing": share_missing(question.numbers, numbers),
    }


def _with_neighbours(held: _Held, place: int) -> tuple[Numbers, Numbers]:
    """The best matches of a sentence with the title and the one before it; and with the one behind it as well."""
    nothing = np.zeros(len(held.similar))
    first, last = place == 0, place == len(held.spans) - 1
    before = np.maximum.reduce([held.own[place], held.of_title, nothing if first else held.own[place - 1]])
    return before, np.maximum(before, nothing if last else held.own[place + 1])


def _of_sentence(held: _Held, place: int, before: Numbers, wide: Numbers) -> dict[str, float]:
    """What a sentence tells by itself and with its neighbours."""
    question, passage, own, tokens = held.question, held.passage, held.own[place], held.inside[place]
    start, end = held.spans[place]
    terms = held.sentence_terms[place]
    known = terms | held.title_terms | (held.sentence_terms[place - 1] if place else set())
    return {
        "interaction": float(own.mean()) if own.size else 0.0,
        "likeness": likeness(question, own),
        "coverage": covered(question, terms),
        "near_interaction": weighed(before, question.token_weights),
        "wide_interaction": weighed(wide, question.token_weights),
        "near_coverage": covered(question, known),
        "sentence_cosine": _cosine(question.reading.vector, held.reading.tokens[tokens]),
        "opening": math.exp(-(passage.start + start) / OPENING),
        **_asked_for(
            question, passage.text[start:end], start + text_offset(passage), held.reading, held.similar, tokens
        ),
    }


def with_joint(read: Read, scores: Numbers | float) -> Read:
    """What was read in a passage, with what reading it together with the question told of each sentence, or of all."""
    rows = read.rows.copy()
    rows[:, NAMES.index("joint")] = scores
    return replace(read, rows=rows)


def _cosine(vector: Vectors, tokens: Vectors) -> float:
    if not len(tokens):
        return 0.0
    mean = tokens.mean(axis=0)
    return float(vector @ mean) / max(float(np.linalg.norm(mean)), 1e-6)


def _asked_for(
    question: Question, sentence: str, at: int, reading: Reading, similar: Vectors, inside: NDArray[np.intp]
) -> dict[str, float]:
    """Whether a sentence, which begins `at` a character of what was read, has what is asked for, and how close."""
    found = candidates(question.text, question.kind, sentence)
    told = {f"fits_{group_of(question.kind)}": fits(question.kind, found), "closeness": 0.0, "focus": 0.0}
    if not found or not len(inside) or not question.words:
        return told
    own = similar[:, inside]
    matches = np.clip(np.stack([own[tokens].mean(axis=0) for tokens in question.words]) - 0.2, 0.0, None) / 0.8
    places = np.arange(len(inside))
    for start, end, strength in found:
        tokens = np.searchsorted(inside, tokens_of(reading, at + start, at + end))
        if not len(tokens) or tokens[-1] >= len(inside):
            continue
        away = np.maximum(0, np.maximum(tokens[0] - places, places - tokens[-1]))
        fades = np.exp(-away / CLOSE)
        fades[tokens] *= 0.5  # what answers is seldom what was asked about
        told["closeness"] = max(told["closeness"], strength * weighed((matches * fades).max(axis=1), question.weights))
        if len(question.focus):
            beside = own[np.ix_(question.focus, np.flatnonzero(away <= BESIDE))]
            told["focus"] = max(told["focus"], strength * float(beside.max(axis=1).mean()))
    return told
