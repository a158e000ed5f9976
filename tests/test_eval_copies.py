from __future__ import annotations

import pytest

from evals.copies import KINDS, SYNDICATED, Kind, Told, articles_in, groups, pairs, tell
from ingest import samples_folder
from qa.types import Article


@pytest.fixture(scope="module")
def samples() -> list[Article]:
    return [article for article in articles_in(samples_folder()) if article.id != SYNDICATED]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name != "1 word in 5 edited"], ids=lambda k: k.name)
def test_each_copy_of_a_sample_is_told_and_nothing_else(samples: list[Article], kind: Kind) -> None:
    assert tell(samples, kind) == Told(len(samples), len(samples), len(samples))


def test_a_report_of_three_articles_has_three_pairs() -> None:
    report_of = {"a": "a", "b": "a", "c": "a", "d": "d", "e": "f", "f": "f"}
    assert groups(report_of) == [["a", "b", "c"], ["e", "f"]]
    assert set(pairs(report_of)) == {frozenset(pair) for pair in ("ab", "ac", "bc", "ef")}
