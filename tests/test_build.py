from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from qa import Settings, build_assistant
from qa.assistant import Assistant
from qa.build import build_searches
from qa.errors import BadInput
from qa.models import TransformerEmbedder
from qa.types import Query

QUERY = Query("ferry collision with a dredger", datetime(2022, 11, 14, tzinfo=UTC))


@pytest.mark.parametrize("name", ["dense", "lexical", "fused", "hybrid"])
def test_each_search_can_be_used_alone_by_an_assistant(
    desk: Assistant, samples_home: Path, embedder: TransformerEmbedder, name: str
) -> None:
    settings = Settings(home=samples_home)
    assistant = build_assistant(settings, index=desk.index, embedder=embedder, search=name)
    searches = build_searches(settings, desk.index, lambda text: embedder.read([text])[0])
    hits = assistant.search(QUERY, 5)
    assert len(hits) == 5
    assert [hit.passage.id for hit in hits] == [hit.passage.id for hit in searches[name](QUERY, 5)]


def test_the_searches_differ_and_hybrid_is_the_default(
    desk: Assistant, samples_home: Path, embedder: TransformerEmbedder
) -> None:
    searches = build_searches(Settings(home=samples_home), desk.index, lambda text: embedder.read([text])[0])
    found = {name: [(hit.passage.id, hit.score) for hit in search(QUERY, 5)] for name, search in searches.items()}
    assert len({str(hits) for hits in found.values()}) == 4
    assert [(hit.passage.id, hit.score) for hit in desk.search(QUERY, 5)] == found["hybrid"]


def test_a_search_that_does_not_exist_is_refused_with_those_that_do(
    desk: Assistant, samples_home: Path, embedder: TransformerEmbedder
) -> None:
    with pytest.raises(BadInput, match=r"no search 'best'. There are: dense, lexical, fused, hybrid"):
        build_assistant(Settings(home=samples_home), index=desk.index, embedder=embedder, search="best")
