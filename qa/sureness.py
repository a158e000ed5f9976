"""What tells whether a collection answers a question at all: a few numbers for the whole of what was read, all pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa.answer_types import group_of
from qa.features import NAMES, Read
from qa.matching import Numbers, Question, share_missing, weighed

SIGNS = (
    "lead",  # by how much the best sentence ranks before the best one elsewhere
    "interaction",  # of the best sentence, like those below
    "sentence_cosine",
    "closeness",
    "focus",
    "fits",
    "joint",
    "joint_best",  # of the best that was read, by reading it together alone
    "joint_against",  # the same where it is below 0, which says more than how far above it is
    "numbers_found",
    "names_found",  # share of the question's names in its passage
    "names_in_article",  # and in all that was read of its article
    "weakest",  # how well the question's word that it matches worst is matched, with its neighbours
    "rarest",  # the same for the rarest word
    "rarest_in_article",
    "gathered",  # how much less well the sentence matches the words than all hits together do; negative
    "gathered_in_article",
    "kept",  # how much worse the worst word is matched here than in the passage; negative
    "matched_in_article",  # share of the words that the article matches at all, weighed by rarity
)
"""Signs that there is an answer: the more, the likelier."""

TRAITS = ("asks_yes_or_no", "asks_freely", "words")
"""Traits of the question alone: some kinds are answered more often than others."""

WHOLE = (*SIGNS, *TRAITS)
"""All of them, in the order of `whole`'s values."""

FAR = 400
"""Characters from which on a sentence of the same passage stands elsewhere."""

ALONE = 5.0
"""The lead of a sentence that has no rival."""

MATCHED = 0.5
"""Cosine from which on a word counts as matched."""


@dataclass(frozen=True)
class Place:
    """A sentence among all that was read: which passage, which of its sentences."""

    read: int
    sentence: int


def best_place(scores: Sequence[Numbers]) -> Place:
    """Where the best sentence is, from the scores of each passage's sentences; the first of equals."""
    at = max((i for i, own in enumerate(scores) if len(own)), key=lambda i: float(scores[i].max()))
    return Place(at, int(np.argmax(scores[at])))


def whole(question: Question, reads: Sequence[Read], articles: Sequence[str], scores: Sequence[Numbers]) -> Numbers:
    """The values of `WHOLE` for what was read: one `Read`, article id and array of scores a passage."""
    place = best_place(scores)
    own = reads[place.read]
    row = dict(zip(NAMES, map(float, own.rows[place.sentence]), strict=True))
    same = [read for read, article in zip(reads, articles, strict=True) if article == articles[place.read]]
    terms = frozenset[str]().union(*(read.terms for read in same))
    together = max(float(each.rows[:, NAMES.index("joint")].max()) for each in reads if len(each.rows))
    fitting = [value for name, value in row.items() if name.startswith("fits_")]
    group = group_of(question.kind)
    told = {
        **row,
        "lead": _lead(reads, scores, place),
        "fits": max(fitting, key=abs),
        "joint_best": together,
        "joint_against": min(together, 0.0),
        "numbers_found": 1 - row["numbers_missing"],
        "names_found": 1 - row["names_missing"],
        "names_in_article": 1 - share_missing(question.names, terms),
        **_matches(question, own.near[place.sentence], own, same, reads),
        "asks_yes_or_no": float(group == "yes or no"),
        "asks_freely": float(group == "other"),
        "words": float(len(question.words)),
    }
    return np.asarray([told[name] for name in WHOLE], dtype=np.float64)


def _matches(
    question: Question, near: Numbers, own: Read, same: Sequence[Read], reads: Sequence[Read]
) -> dict[str, float]:
    """How well the question's words are matched by the best sentence, its passage, its article and by all hits."""
    if not question.words:
        return dict.fromkeys(("weakest", "rarest", "rarest_in_article", "matched_in_article"), 1.0) | dict.fromkeys(
            ("gathered", "gathered_in_article", "kept"), 0.0
        )
    weights = question.weights
    rarest = int(np.argmax(weights))
    article = np.max([read.matched for read in same], axis=0)
    everywhere = weighed(np.max([read.matched for read in reads], axis=0), weights)
    return {
        "weakest": float(near.min()),
        "rarest": float(near[rarest]),
        "rarest_in_article": float(article[rarest]),
        "gathered": weighed(near, weights) - everywhere,
        "gathered_in_article": weighed(article, weights) - everywhere,
        "kept": float(near.min() - own.matched.min()),
        "matched_in_article": weighed((article >= MATCHED).astype(np.float64), weights),
    }


def _lead(reads: Sequence[Read], scores: Sequence[Numbers], place: Place) -> float:
    best, start = float(scores[place.read][place.sentence]), reads[place.read].spans[place.sentence][0]
    rivals = [
        float(score)
        for i, own in enumerate(scores)
        for score, (at, _) in zip(own, reads[i].spans, strict=True)
        if i != place.read or abs(at - start) >= FAR
    ]
    return best - max(rivals) if rivals else ALONE
