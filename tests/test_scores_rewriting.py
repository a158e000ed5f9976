from __future__ import annotations

import math

import pytest

from evals.measures import Table, table_of
from evals.results import Result
from evals.scores.rewriting import bleu_columns, bleu_statistics, corpus_bleu, token_f1, tokens


def table(*pairs: tuple[str, str]) -> Table:
    return table_of([Result(str(i), scores=bleu_statistics("ours", *pair)) for i, pair in enumerate(pairs)])


def bleu(*pairs: tuple[str, str]) -> float | None:
    return corpus_bleu("ours")(table(*pairs))


def test_tokens_are_words_and_single_punctuation_marks_in_lower_case() -> None:
    assert tokens("Who's  THERE?!") == ["who", "'", "s", "there", "?", "!"]


def test_the_statistics_of_a_rewriting_are_counts_that_add_up() -> None:
    # a a b c against a b c d e: of the two a's one counts, and "a a" is not there
    statistics = bleu_statistics("ours", "a a b c", "a b c d e")
    assert list(statistics) == list(bleu_columns("ours"))
    assert list(statistics.values()) == [3, 2, 1, 0, 4, 3, 2, 1, 4, 5]


def test_bleu_of_the_reference_itself_is_a_hundred() -> None:
    assert bleu(("Where did it land?", "where did it land ?")) == pytest.approx(100)


def test_bleu_is_the_mean_of_four_precisions() -> None:
    # a b c d f against a b c d e: 4/5, 3/4, 2/3, 1/2, whose product is 1/5; the lengths are the same
    assert bleu(("a b c d f", "a b c d e")) == pytest.approx(100 * 0.2**0.25)


def test_a_short_rewriting_pays_the_brevity_penalty() -> None:
    # every n-gram is right; 4 tokens against 5
    assert bleu(("a b c d", "a b c d e")) == pytest.approx(100 * math.exp(1 - 5 / 4))


def test_corpus_bleu_is_of_sums_not_the_mean_of_the_rows() -> None:
    # matched 4+0, 3+0, 2+0, 1+0 of 4+4, 3+3, 2+2, 1+1: each precision is one half
    assert bleu(("a b c d", "a b c d"), ("w x y z", "a b c d")) == pytest.approx(50)


@pytest.mark.parametrize("rewriting", ["", "x y z", "a b c", "a b c x d"])
def test_bleu_without_a_match_of_each_length_is_zero(rewriting: str) -> None:
    assert bleu((rewriting, "a b c d")) == 0.0


def test_there_is_no_bleu_without_rows() -> None:
    assert corpus_bleu("ours")({}) is None
    assert corpus_bleu("theirs")(table(("a b c d", "a b c d"))) is None


@pytest.mark.parametrize(
    ("rewriting", "reference", "f1"),
    [
        ("When did he land?", "When did Orr land?", 4 / 5),  # 4 of 5 tokens on either side
        ("he he", "he", 2 / 3),  # precision 1/2, recall 1
        ("", "", 1.0),
        ("", "When?", 0.0),
        ("Who?", "", 0.0),
    ],
)
def test_token_f1_is_of_bags_of_words_and_marks(rewriting: str, reference: str, f1: float) -> None:
    assert token_f1(rewriting, reference) == pytest.approx(f1)
