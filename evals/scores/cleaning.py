"""Scores of a cleaned page against its gold text and fields, as the public benchmarks define them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from evals.measures import Column, Table, present

WORD = re.compile(r"\w+")
SHINGLE_COLUMNS = ("4-gram tp", "4-gram fp", "4-gram fn")
FOUND = 0.5
"""Share of a line's shingles that another text has to have for the line to be there."""


class Shares(NamedTuple):
    """True positives, false positives and false negatives as shares of all three; all 0 when both texts are empty."""

    tp: float
    fp: float
    fn: float


class WordScores(NamedTuple):
    """Precision, recall and F1 over bags of words."""

    precision: float
    recall: float
    f1: float


def shingles(text: str, n: int = 4) -> Counter[tuple[str, ...]]:
    """The runs of `n` words of a text, with how often each occurs; case counts.

    A shorter text is one run of all its words; a text without words has none.
    """
    words = WORD.findall(text)
    runs = (tuple(words[i : i + n]) for i in range(max(1, len(words) - n + 1)))
    return Counter(run for run in runs if run)


def shingle_shares(found: str, gold: str) -> Shares:
    """How the 4-word shingles of a found text agree with the gold one's.

    As in scrapinghub's article-extraction-benchmark (`evaluate.py`): occurrences count, and the three numbers are
    divided by their sum, so that a long page weighs no more than a short one.
    """
    ours, theirs = shingles(found), shingles(gold)
    tp, fp, fn = (ours & theirs).total(), (ours - theirs).total(), (theirs - ours).total()
    total = tp + fp + fn
    return Shares(tp / total, fp / total, fn / total) if total else Shares(0.0, 0.0, 0.0)


def shingle_precision(table: Table) -> float | None:
    """The mean over pages of tp / (tp + fp); pages of which nothing was found are left out, as upstream does."""
    tp, fp, _ = _shingle_columns(table)
    return _mean_share(tp, fp)


def shingle_recall(table: Table) -> float | None:
    """The mean over pages of tp / (tp + fn); pages without gold text are left out, as upstream does."""
    tp, _, fn = _shingle_columns(table)
    return _mean_share(tp, fn)


def shingle_f1(table: Table) -> float | None:
    """The harmonic mean of the mean precision and the mean recall; 0 when both are, `None` when either is."""
    precision, recall = shingle_precision(table), shingle_recall(table)
    if precision is None or recall is None:
        return None
    return _harmonic(precision, recall)


def identical(found: str, gold: str) -> float:
    """1 when both texts have the same words in the same order and case; two texts without words are the same."""
    return float(WORD.findall(found) == WORD.findall(gold))


def word_scores(found: str, gold: str) -> WordScores:
    """Precision, recall and F1 over bags of lower-cased words, as in the Web Content Extraction Benchmark.

    Two texts without words agree fully; when only one has words, all three are 0.
    """
    ours, theirs = _bag(found), _bag(gold)
    if not ours and not theirs:
        return WordScores(1.0, 1.0, 1.0)
    if not ours or not theirs:
        return WordScores(0.0, 0.0, 0.0)
    both = (ours & theirs).total()
    precision, recall = both / ours.total(), both / theirs.total()
    return WordScores(precision, recall, _harmonic(precision, recall))


def snippets_in(text: str, snippets: Sequence[str]) -> float | None:
    """The share of snippets that a text contains, whatever their case; `None` without snippets.

    Upstream of the Web Content Extraction Benchmark gives 1 to a page without snippets, which has nothing to score.
    """
    if not snippets:
        return None
    return sum(snippet.lower() in text.lower() for snippet in snippets) / len(snippets)


def same_title(found: str | None, gold: str) -> float:
    """1 when the titles are the same character by character, once white space is tidied."""
    return float(" ".join((found or "").split()) == " ".join(gold.split()))


def has_first_author(found: Sequence[str], gold: Sequence[str]) -> float | None:
    """1 when the found authors, joined by commas, contain the first gold one, whatever their case; `None` without one.

    A gold author that is really several, in one string, has to be there in that order.
    """
    if not gold:
        return None
    return float(" ".join(gold[0].split()).lower() in ", ".join(found).lower())


def same_day(found: datetime | None, gold: date) -> float:
    """1 when a moment's day, in its own time zone, is the gold one; none found is wrong."""
    return float(found is not None and found.date() == gold)


def missing_lines(text: str, other: str) -> list[str]:
    """The lines of a text that the other has not: of their shingles, it has less than half.

    A line of fewer words than a shingle has to stand in it as it is.
    """
    there, whole = shingles(other), _plain(other)
    return [line for line in text.split("\n") if _share_in(line, there, whole) < FOUND]


def _share_in(line: str, there: Counter[tuple[str, ...]], whole: str) -> float:
    own = shingles(line)
    if not own:
        return 1.0
    if len(own) == 1:
        return float(_plain(line) in whole)
    return sum(run in there for run in own) / len(own)


def _plain(text: str) -> str:
    return f" {' '.join(WORD.findall(text))} "


def _bag(text: str) -> Counter[str]:
    return Counter(WORD.findall(text.lower()))


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def _shingle_columns(table: Table) -> tuple[Column, Column, Column]:
    tp, fp, fn = present(table, *SHINGLE_COLUMNS).T
    return tp, fp, fn


def _mean_share(right: Column, wrong: Column) -> float | None:
    counted = right + wrong > 0
    return float((right[counted] / (right + wrong)[counted]).mean()) if counted.any() else None
