"""How well a search ranks, by `ir-measures`, so that the names mean what the field means by them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import ir_measures
from ir_measures import RR, Qrel, R, ScoredDoc, nDCG

MEASURES = {"R@1": R @ 1, "R@5": R @ 5, "RR@10": RR @ 10, "nDCG@10": nDCG @ 10}


def ranking(hits: Sequence[str], report_of: Mapping[str, str]) -> list[str]:
    """The reports that hits come from, in order, each where it is first found.

    `hits` are article ids, the best first. Copies of one report share a name in `report_of`; an article without one
    stands for itself.
    """
    return list(dict.fromkeys(report_of.get(article, article) for article in hits))


def retrieval_scores(ranked: Sequence[str], gold: Collection[str]) -> dict[str, float | None]:
    """R@1, R@5, RR@10 and nDCG@10 of one ranking, relevance being yes or no; a name counts where it first stands.

    R@k is the share of the gold among the first k, RR@10 one over the rank of the first gold within 10 (0 beyond),
    nDCG@10 as Järvelin & Kekäläinen (2002) and trec_eval have it. All are `None` without gold, 0 with nothing ranked.
    """
    if not gold:
        return dict.fromkeys(MEASURES)
    # trec_eval sorts by score and breaks ties by name: falling scores keep the order that was given.
    run = [ScoredDoc("", name, -float(rank)) for rank, name in enumerate(dict.fromkeys(ranked))]
    found = ir_measures.calc_aggregate(MEASURES.values(), [Qrel("", name, 1) for name in gold], run)
    return {name: float(found[measure]) for name, measure in MEASURES.items()}
