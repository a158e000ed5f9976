"""Published and measured figures of others on the public development data, to stand beside ours.

They are of the same split unless `where` says otherwise, and go by the names of our figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Published:
    """A system's figures, and where they come from."""

    system: str
    figures: Mapping[str, float]
    where: str


BM25 = "BM25, k1 1.2 b 0.75, whole articles"
PUBLISHED: Mapping[str, tuple[Published, ...]] = {
    "realtimeqa_gold": (
        Published(BM25, {"R@1": 0.595, "R@5": 0.833, "MRR@10": 0.711}, "measured with this data"),
        Published(
            "a web search engine's own order",
            {"R@1": 0.619, "MRR@10": 0.737},
            "from the data; the pool is what that engine returned, which favours it",
        ),
    ),
    "realtimeqa_2026": (
        Published(BM25, {"R@1": 0.487, "R@5": 0.789, "MRR@10": 0.620}, "measured with this data"),
        Published("always abstaining", {"abstention F1": 2 * 54 / (2 * 54 + 76)}, "counted on these cases"),
    ),
    "squad2": (
        Published(
            BM25, {"R@1": 0.839, "R@5": 0.962, "MRR@10": 0.891}, "measured with this data, all answerable questions"
        ),
    ),
    "multihop": (Published(BM25, {"MRR@10": 0.942}, "measured with this data"),),
    "rewrite": (
        Published(
            "copying the question",
            {
                "BLEU-4, canard": 35.7,
                "BLEU-4, cast": 54.1,
                "token F1, canard": 0.710,
                "token F1, cast": 0.798,
            },
            "measured with this data",
        ),
        Published("the organisers' T5", {"BLEU-4, cast": 44.6}, "measured with this data, on the turns that have one"),
        Published(
            "a second person",
            {"BLEU-4, canard": 61.0, "token F1, canard": 0.845},
            "CANARD's 100 questions that were rewritten twice",
        ),
    ),
    "wice": (
        Published(
            "rarity-weighted word coverage, numbers and names", {"AUROC supported": 0.80}, "measured with this data"
        ),
    ),
    "article_extraction": (
        Published(
            "trafilatura 2.3.1",
            {
                "4-gram F1, aeb": 0.959,
                "4-gram F1, fundus": 0.955,
                "word F1, fundus": 0.957,
                "title exact, fundus": 29 / 42,
                "day exact, fundus": 41 / 42,
                "first author found, fundus": 39 / 42,
            },
            "run on this data",
        ),
        Published("rs-trafilatura", {"4-gram F1, aeb": 0.968}, "its published output"),
        Published("AutoExtract", {"4-gram F1, aeb": 0.968}, "its published output"),
        Published("Readability.js", {"4-gram F1, aeb": 0.944}, "its published output"),
        Published("newspaper4k", {"4-gram F1, aeb": 0.934}, "its published output"),
        Published("readability-lxml 0.9", {"4-gram F1, aeb": 0.941, "4-gram F1, fundus": 0.904}, "run on this data"),
        Published("all the text of the page", {"4-gram F1, aeb": 0.680}, "run on this data"),
    ),
    "wcxb_article": (
        Published(
            "trafilatura 2.3.1",
            {
                "word F1": 0.930,
                "title exact": 129 / 237,
                "day exact": 167 / 191,
                "first author found": 134 / 186,
            },
            "run on this data",
        ),
        Published("readability-lxml 0.9", {"word F1": 0.887}, "run on this data"),
        Published("all the text of the page", {"word F1": 0.812}, "run on this data"),
    ),
    "date_extraction": (Published("htmldate 1.11.0", {"day exact": 106 / 115}, "run on this data"),),
}
