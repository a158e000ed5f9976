"""Scores of a follow-up that was made to stand alone, against the way a person wrote it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping

from sacrebleu.metrics.bleu import BLEU

from evals.measures import Table, present

TOKEN = re.compile(r"\w+|[^\w\s]")
ORDERS = (1, 2, 3, 4)
_BLEU = BLEU(tokenize="none", smooth_method="none", force=True)


def tokens(text: str) -> list[str]:
    """The lower-cased words and single punctuation marks of a text."""
    return TOKEN.findall(text.lower())


def bleu_columns(whose: str) -> tuple[str, ...]:
    """The names of the columns that corpus BLEU is made of, for the rewritings of `whose`."""
    return (
        *(f"{whose} {n}-grams matched" for n in ORDERS),
        *(f"{whose} {n}-grams" for n in ORDERS),
        f"{whose} length",
        f"{whose} reference length",
    )


def bleu_statistics(whose: str, rewriting: str, reference: str) -> Mapping[str, float]:
    """What one rewriting adds to corpus BLEU: n-grams that the reference has too (each as often as there), all its
    n-grams, and both lengths in tokens. They add up over a corpus.
    """
    score = _BLEU.corpus_score([" ".join(tokens(rewriting))], [[" ".join(tokens(reference))]])
    values = (*score.counts, *score.totals, score.sys_len, score.ref_len)
    return dict(zip(bleu_columns(whose), map(float, values), strict=True))


def corpus_bleu(whose: str) -> Callable[[Table], float | None]:
    """Corpus BLEU-4 (Papineni et al. 2002), 0 to 100, from the columns of `bleu_statistics`.

    One reference, lower-cased, words and punctuation as tokens, no smoothing; the brevity penalty and the precisions
    are sacrebleu's. 0 when no n-gram of some length matches; `None` without rows.
    """
    columns = bleu_columns(whose)

    def bleu(table: Table) -> float | None:
        rows = present(table, *columns)
        if not len(rows):
            return None
        *counts, length, reference = (int(value) for value in rows.sum(axis=0))
        matched, every = counts[: len(ORDERS)], counts[len(ORDERS) :]
        score = BLEU.compute_bleu(matched, every, sys_len=length, ref_len=reference)
        return score.score if all(matched) else 0.0

    return bleu


def token_f1(rewriting: str, reference: str) -> float:
    """F1 over bags of lower-cased words and punctuation marks; 1 when both texts are empty, 0 when one is."""
    ours, theirs = Counter(tokens(rewriting)), Counter(tokens(reference))
    if not ours and not theirs:
        return 1.0
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())
