"""The support check, examined on claims that are labelled by what the pages they cite say.

A folder has `claims.jsonl`, with `id`, `claim`, `label` (`supported`, `partially_supported` or `not_supported`),
`evidence` (sentences) and `supporting_sentences` (sets of places in the evidence, any of which supports the claim).
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evals.datasets.item_set import ItemSet, read_items
from evals.datasets.rows import Row, read_table, text_of
from evals.measures import Measure
from evals.results import Result
from evals.scores.support import SUPPORT_COLUMNS, balanced_accuracy, support_auroc, supported_f1
from qa.errors import BadInput
from qa.grounding import SUPPORTED, faults, support

PUBLISHED = re.compile(r"^\(meta data\) PUBLISHED DATETIME: (\d{4}-\d{2}-\d{2})")
LABELS = ("supported", "partially_supported", "not_supported")
MOST_FAULTS = 5


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, its label, which is its tag, the evidence, the first set of sentences that supports it, if any,
    and the days on which the pages came out, where they say so."""

    id: str
    tags: tuple[str, ...]
    claim: str
    evidence: tuple[str, ...]
    supporting: tuple[str, ...] = ()
    published: tuple[date, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether all of it is supported; a part is not enough."""
        return self.tags == LABELS[:1]


def load_claims(folder: Path) -> ItemSet[Claim]:
    """The claims of a folder, broken lines in `problems`. Raises `BadInput` when there are none in it."""
    return read_items((read_table(folder, "claims.jsonl", "claims with a label and evidence"), _claim))


def examine_claim(claim: Claim) -> Result:
    """Check a claim against the whole of its evidence, as newsdesk checks a statement against its quotes."""
    given = support(claim.claim, claim.evidence, claim.published)
    scores = {"support": given, "supported": float(claim.supported)}
    shown: dict[str, Any] = {
        "claim": claim.claim,
        "label": claim.tags[0],
        "support": round(given, 3),
        "gold": list(claim.supporting),
    }
    return Result(claim.id, claim.tags, scores, {}, _wrong(claim, given), shown)


CLAIM_MEASURES: tuple[Measure, ...] = (
    Measure("AUROC supported", "support", support_auroc, SUPPORT_COLUMNS),
    Measure("balanced accuracy", "support", balanced_accuracy(SUPPORTED), SUPPORT_COLUMNS),
    Measure("F1 supported", "support", supported_f1(SUPPORTED), SUPPORT_COLUMNS),
)


def _claim(row: Row) -> Claim:
    label = text_of(row, "label")
    if label not in LABELS:
        raise BadInput(f"label: {label!r} is none of {', '.join(LABELS)}")
    evidence = row.get("evidence")
    if not isinstance(evidence, list) or not all(isinstance(sentence, str) for sentence in evidence):
        raise BadInput("evidence: it has to be a list of texts")
    supporting, days = _supporting(row, evidence), _published(evidence)
    return Claim(text_of(row, "id"), (label,), text_of(row, "claim"), tuple(evidence), supporting, days)


def _published(evidence: list[str]) -> tuple[date, ...]:
    """The days that the pages' metadata give; one that isn't in the calendar is left out."""
    found = []
    for match in filter(None, map(PUBLISHED.match, evidence)):
        with suppress(ValueError):
            found.append(date.fromisoformat(match[1]))
    return tuple(found)


def _supporting(row: Row, evidence: list[str]) -> tuple[str, ...]:
    sets = row.get("supporting_sentences") or [[]]
    try:
        places = [range(len(evidence))[place] for place in sets[0]]
    except (TypeError, KeyError, IndexError) as error:
        raise BadInput("supporting_sentences: it has to be a list of lists of places in the evidence") from error
    return tuple(evidence[place] for place in places)


def _wrong(claim: Claim, given: float) -> tuple[str, ...]:
    if claim.supported == (given >= SUPPORTED):
        return ()
    if not claim.supported:
        return (f"taken for supported ({given:.2f})",)
    wrong = "; ".join(faults(claim.claim, claim.evidence, claim.published)[:MOST_FAULTS])
    return (f"taken for unsupported ({given:.2f})" + (f": {wrong}" if wrong else ""),)
