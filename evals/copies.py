"""How well copies of one report are told from other articles: `python -m evals.copies [DATA]`.

Each bundled article is copied as outlets copy: under another title and dateline, cut, edited, with paragraphs of their
own. A kind of copy is right when `qa.copies.reports` joins each pair and nothing else, though all articles lie within
the week in which it compares, and several tell of one event. With a folder of data, prints how many of the articles of
each `corpus.jsonl` in it share a report, and the titles of the largest reports, to be judged by eye.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from random import Random
from types import MappingProxyType

from ingest import samples_folder
from ingest.clean import clean
from ingest.sources import pages
from qa.copies import Body, reports, sign
from qa.types import Article, Page

SEED = 7
MOMENT = datetime(2026, 12, 31, tzinfo=UTC)
"""When pages are read, as far as cleaning asks."""

MONDAY = datetime(2024, 3, 4, tzinfo=UTC)
ELSEWHERE = "The Other Outlet"
MOST_TITLES = 5
LONGEST_TITLE = 70
SENTENCE_END = re.compile(r"(?<=[.!?”\"])\s+")

Edit = Callable[[str, Random, Sequence[str]], str]
"""From a text, chance and the paragraphs of other articles to the text of its copy."""

Pair = frozenset[str]

SYNDICATED = "7fdd353cfce5"
"""A sample that is itself another outlet's copy of one: it is left out, so that each article is copied once."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of copy: how its text comes about, and who publishes it: another outlet, the same one, or one unknown."""

    name: str
    edit: Edit
    outlet: str = "another"


@dataclass(frozen=True, slots=True)
class Told:
    """How many pairs of copies there are, how many pairs were told, and how many of those are right."""

    made: int
    told: int
    right: int


def _as_is(text: str, chance: Random, others: Sequence[str]) -> str:
    return text


def _credited(text: str, chance: Random, others: Sequence[str]) -> str:
    return f"PORT AVERIN (The Wire) — {text}\n\nThis story was provided by The Wire and may be shortened."


def _cut(share: float) -> Edit:
    def cut(text: str, chance: Random, others: Sequence[str]) -> str:
        sentences = SENTENCE_END.split(text)
        return " ".join(sentences[: max(1, round(share * len(sentences)))])

    return cut


def _edited(share: float) -> Edit:
    """One word in so many is another one."""

    def edit(text: str, chance: Random, others: Sequence[str]) -> str:
        known = " ".join(others).split()
        return " ".join(chance.choice(known) if chance.random() < share else word for word in text.split(" "))

    return edit


def _thinned(share: float) -> Edit:
    """One sentence in so many is missing, anywhere."""

    def thin(text: str, chance: Random, others: Sequence[str]) -> str:
        sentences = SENTENCE_END.split(text)
        return " ".join(sentence for sentence in sentences if chance.random() >= share)

    return thin


def _extended(number: int) -> Edit:
    """Paragraphs of the outlet's own stand among the others."""

    def extend(text: str, chance: Random, others: Sequence[str]) -> str:
        paragraphs = text.split("\n\n")
        for own in chance.sample(list(others), number):
            paragraphs.insert(chance.randrange(len(paragraphs) + 1), own)
        return "\n\n".join(paragraphs)

    return extend


def _both(one: Edit, other: Edit) -> Edit:
    return lambda text, chance, others: other(one(text, chance, others), chance, others)


KINDS: Sequence[Kind] = (
    Kind("word for word", _as_is),
    Kind("dateline and credit", _credited),
    Kind("tail cut, 2/3 left", _cut(2 / 3)),
    Kind("tail cut, 1/2 left", _cut(1 / 2)),
    Kind("tail cut, 1/3 left", _cut(1 / 3)),
    Kind("1 word in 50 edited", _edited(0.02)),
    Kind("1 word in 20 edited", _edited(0.05)),
    Kind("1 word in 10 edited", _edited(0.1)),
    Kind("1 word in 5 edited", _edited(0.2)),
    Kind("1 sentence in 5 left out", _thinned(0.2)),
    Kind("2 paragraphs added", _extended(2)),
    Kind("1/2 left, 1 word in 20 edited, credit", _both(_both(_cut(1 / 2), _edited(0.05)), _credited)),
    Kind("outlets unknown: dateline and credit", _credited, "unknown"),
    Kind("outlets unknown: 1/2 left", _cut(1 / 2), "unknown"),
    Kind("outlets unknown: 1 word in 50 edited", _edited(0.02), "unknown"),
    Kind("outlets unknown: 1 word in 20 edited", _edited(0.05), "unknown"),
    Kind("one outlet, two addresses: word for word", _as_is, "the same"),
    Kind("one outlet, two addresses: 1 word in 100 edited", _edited(0.01), "the same"),
)


def articles_in(*inputs: Path) -> list[Article]:
    """The articles of files and folders, each id once."""
    read = (page for page in pages(inputs) if isinstance(page, Page))
    cleaned = (clean(page, MOMENT) for page in read)
    return list({each.id: each for each in cleaned if isinstance(each, Article)}.values())


def tell(articles: Sequence[Article], kind: Kind, seed: int = SEED) -> Told:
    """Copy each article, and see which pairs among all of them are told. All are published on two days."""
    chance = Random(seed)
    paragraphs = {a.id: [p for p in a.text.split("\n\n") if len(p.split()) > 10] for a in articles}
    bodies, made = [], set()
    for article in articles:
        others = [own for i in paragraphs if i != article.id for own in paragraphs[i]]
        text = kind.edit(article.text, chance, others)
        outlet = None if kind.outlet == "unknown" else article.publisher or article.id
        copied = ELSEWHERE if kind.outlet == "another" else outlet
        bodies.append(Body(article.id, sign(article.text), outlet, MONDAY))
        bodies.append(Body(f"{article.id} copied", sign(text), copied, MONDAY + timedelta(days=1)))
        made.add(frozenset({article.id, f"{article.id} copied"}))
    told = set(pairs(reports(bodies)))
    return Told(len(made), len(told), len(told & made))


def pairs(report_of: Mapping[str, str]) -> Iterator[Pair]:
    """Each two articles that share a report."""
    for own in groups(report_of):
        yield from map(frozenset, combinations(own, 2))


def groups(report_of: Mapping[str, str]) -> list[list[str]]:
    """The articles of each report that has several, the largest first."""
    found: dict[str, list[str]] = {}
    for article_id, report in sorted(report_of.items()):
        found.setdefault(report, []).append(article_id)
    return sorted((own for own in found.values() if len(own) > 1), key=lambda own: (-len(own), own))


def bodies_of(articles: Iterable[Article]) -> list[Body]:
    """What tells whether articles are copies."""
    return [Body(a.id, sign(a.text), a.publisher, a.published) for a in articles]


def _print_made() -> None:
    articles = [article for article in articles_in(samples_folder()) if article.id != SYNDICATED]
    print(f"| copies of {len(articles)} articles | pairs told | precision | recall |")
    print("|---|---|---|---|")
    for kind in KINDS:
        each = tell(articles, kind)
        print(f"| {kind.name} | {each.told} | {each.right / max(1, each.told):.3f} | {each.right / each.made:.3f} |")


def _print_found(folder: Path) -> None:
    for path in sorted(folder.rglob("corpus.jsonl")):
        known = MappingProxyType({article.id: article for article in articles_in(path)})
        found = groups(reports(bodies_of(known.values())))
        print(f"\n{path.parent.name}: {len(known)} articles, {sum(map(len, found))} of them in {len(found)} reports")
        for own in found:
            print(f"- {len(own)} articles")
            for article in map(known.__getitem__, own[:MOST_TITLES]):
                day = f"{article.published:%Y-%m-%d}" if article.published else "undated"
                print(f"    {article.publisher or 'unknown'}, {day}: {article.title[:LONGEST_TITLE]}")


def main() -> None:
    """The command."""
    _print_made()
    for folder in sys.argv[1:2]:
        _print_found(Path(folder))


if __name__ == "__main__":
    main()
