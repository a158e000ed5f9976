from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from qa.retrieval import Diverse, HybridSearch, RecentFirst, Reports, Search, fuse, normalised, recency, spread
from qa.types import Filters, Hit, Passage, Query

NOW = datetime(2022, 11, 14, tzinfo=UTC)
QUERY = Query("ferry", NOW)


def a_hit(passage_id: str, score: float, age: float | None = None) -> Hit:
    published = None if age is None else NOW - timedelta(days=age)
    return Hit(Passage(passage_id, passage_id.split(":")[0], "text", 0, 4, "title", published=published), score)


def finding(*hits: Hit) -> Search:
    return lambda query, k: list(hits)[:k]


def copies_known(**report_of: str) -> Reports:
    return lambda article_ids: report_of


def ids(hits: list[Hit]) -> list[str]:
    return [hit.passage.id for hit in hits]


hits_of = st.lists(
    st.builds(a_hit, st.from_regex(r"[ab]:[0-9]", fullmatch=True), st.floats(-5, 5), st.none() | st.floats(0, 900)),
    unique_by=lambda hit: hit.passage.id,
)


@given(hits_of)
def test_normalised_scores_run_from_0_to_1_and_keep_their_order(hits: list[Hit]) -> None:
    scores = [hit.score for hit in normalised(hits)]
    assert scores == sorted(scores, reverse=True)
    assert not scores or (scores[0] == 1.0 and min(scores) >= 0.0)


@given(hits_of, hits_of)
def test_fusion_keeps_every_passage_once(one: list[Hit], other: list[Hit]) -> None:
    fused = ids(fuse((one, 0.4), (other, 0.6)))
    assert sorted(fused) == sorted({*ids(one), *ids(other)})


def test_fusion_counts_by_how_much_the_first_is_better() -> None:
    dense = [a_hit("a:0", 0.9), a_hit("b:0", 0.89), a_hit("c:0", 0.1)]
    lexical = [a_hit("b:0", 20.0), a_hit("a:0", 2.0), a_hit("c:0", 1.0)]
    assert ids(HybridSearch(finding(*dense), finding(*lexical), weight=0.5)(QUERY, 2)) == ["b:0", "a:0"]


def test_a_fresh_article_overtakes_an_equal_old_one_but_not_a_far_better_one() -> None:
    equal = finding(a_hit("old:0", 1.0, age=400), a_hit("new:0", 0.9, age=1), a_hit("far:0", 0.0, age=1))
    assert ids(RecentFirst(equal)(QUERY, 3)) == ["new:0", "old:0", "far:0"]


def test_recency_is_out_of_play_when_dates_are_asked_for() -> None:
    search = RecentFirst(finding(a_hit("old:0", 1.0, age=400), a_hit("new:0", 0.9, age=1)))
    dated = replace(QUERY, filters=Filters(since=NOW - timedelta(days=900)))
    assert ids(search(dated, 2)) == ["old:0", "new:0"]


def test_recency_falls_to_a_part_in_e_after_its_days() -> None:
    assert recency(NOW, NOW, 0.4, 30) == 0.4
    assert round(recency(NOW - timedelta(days=30), NOW, 0.4, 30), 4) == 0.1472
    assert recency(None, NOW, 0.4, 30) == 0.0


@given(hits_of)
def test_spreading_loses_nothing_and_keeps_the_best_first(hits: list[Hit]) -> None:
    spreaded = spread(hits, 2, 5, {"b": "a"})
    assert sorted(ids(spreaded)) == sorted(ids(hits))
    assert spreaded[:1] == hits[:1]


def test_one_article_fills_at_most_two_of_the_first_five_places() -> None:
    hits = [a_hit(f"a:{n}", 1 - n / 10) for n in range(6)] + [a_hit("b:0", 0.2), a_hit("c:0", 0.1), a_hit("d:0", 0.05)]
    assert ids(Diverse(finding(*hits), copies_known())(QUERY, 5)) == ["a:0", "a:1", "b:0", "c:0", "d:0"]


def test_a_report_is_counted_once_and_read_from_its_best_copy() -> None:
    hits = [a_hit("copy:0", 0.9), a_hit("wire:0", 0.8), a_hit("b:0", 0.3), a_hit("wire:1", 0.2), a_hit("copy:1", 0.1)]
    search = Diverse(finding(*hits), copies_known(copy="wire"), among=3)
    assert ids(search(QUERY, 5)) == ["copy:0", "b:0", "copy:1", "wire:0", "wire:1"]


def test_one_article_may_fill_them_all_when_there_is_no_other() -> None:
    hits = [a_hit(f"a:{n}", 1 - n / 10) for n in range(6)]
    assert ids(Diverse(finding(*hits), copies_known())(QUERY, 5)) == ["a:0", "a:1", "a:2", "a:3", "a:4"]
