"""Which passages are read together with the question, and what stands in where an embedder can't."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ingest import ingest
from qa import Settings
from qa.build import build_searches, open_index
from qa.calibration import load_calibration
from qa.embedder import LEAST_ODDS
from qa.features import NAMES
from qa.models import TransformerEmbedder
from qa.reader import TOGETHER, Reader, likeliest
from qa.types import Query, now
from tests.fakes import HashEmbedder

JOINT = NAMES.index("joint")
STORY = (
    "The ferry {0} hit the pier at {0} in fog. Twelve people were hurt, the harbour master said. Divers looked at it."
)


@given(st.lists(st.lists(st.floats(-20, 20), max_size=4), max_size=8), st.integers(1, 8))
def test_the_likeliest_are_those_with_the_highest_scores(scores: list[list[float]], most: int) -> None:
    chosen = likeliest([np.asarray(own) for own in scores], most)
    filled = [n for n, own in enumerate(scores) if own]
    assert chosen == sorted(set(chosen))
    assert len(chosen) == min(most, len(filled))
    left = set(filled) - set(chosen)
    assert all(max(scores[n]) >= max(scores[other]) for n in chosen for other in left)


def test_no_more_than_four_passages_are_read_together(tmp_path: Path, embedder: TransformerEmbedder) -> None:
    names = ("Alma", "Berta", "Clara", "Dora", "Elsa", "Frida")
    for name in names:
        (tmp_path / f"{name}.md").write_text(f"# The ferry {name} in fog\n\n" + " ".join([STORY.format(name)] * 3))
    settings = Settings(home=tmp_path / "home")
    ingest([str(tmp_path / f"{name}.md") for name in names], settings=settings, embedder=embedder)
    with open_index(settings) as index:

        def read_question(text: str) -> object:
            return embedder.read([text])[0]

        query = Query("How many people were hurt on the Dora?", now())
        hits = build_searches(settings, index, read_question)["fused"](query, 6)  # type: ignore[arg-type]
        reader = Reader(index, embedder, read_question, load_calibration())  # type: ignore[arg-type]
        _, passages, reads = reader.features(query, hits)
    together = [p.title for p, read in zip(passages, reads, strict=True) if (read.rows[:, JOINT] > LEAST_ODDS).any()]
    assert len(passages) > TOGETHER
    assert len(together) == TOGETHER
    assert "The ferry Dora in fog" in together


def test_an_embedder_that_cannot_read_together_has_a_calibration_of_its_own() -> None:
    calibration = load_calibration()
    assert calibration.apart is not None
    assert calibration.rank.weights[JOINT] > 0
    assert calibration.apart.rank.weights[JOINT] == 0
    assert not hasattr(HashEmbedder().read(["Why?"])[0].early, "shape")
