"""Make `qa/rarity.json`, in how many articles words stand: `python -m evals.rarity DATA [--out FILE]`.

DATA is a folder with `realtimeqa_gold`, `realtimeqa_2026` (news) and `squad2` (passages), development data all; only
counts are kept. Words of fewer than 8 articles are left out, names of fewer than 40. A word's figure is log(articles /
articles with it), to one decimal; `names` are the words that are mostly written with a capital inside a sentence.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from qa.claims.words import FILE

TEXTS = ("realtimeqa_gold/corpus.jsonl", "realtimeqa_2026/corpus.jsonl", "squad2/passages.jsonl")
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
STARTS = re.compile(r"(?:^|[.!?:\n“”\"‘’(])\s*$")
LEAST_ARTICLES = 8
LEAST_NAMED = 40
COMMON = 3
"""How much oftener a word is written small than with a capital, when it is no name."""


def rarity_of(texts: Iterable[str]) -> dict[str, Any]:
    """The table of some texts."""
    articles, small, capital, count = Counter[str](), Counter[str](), Counter[str](), 0
    for text in texts:
        count += 1
        articles.update({_plain(match.group()) for match in WORD.finditer(text)})
        for match in WORD.finditer(text):
            if match.group()[0].islower():
                small[_plain(match.group())] += 1
            elif not STARTS.search(text[max(0, match.start() - 3) : match.start()]):
                capital[_plain(match.group())] += 1
    named = {word for word in articles if small[word] < LEAST_ARTICLES or small[word] <= COMMON * capital[word]}
    least = {word: LEAST_NAMED if word in named else LEAST_ARTICLES for word in articles}
    kept = sorted(w for w, n in articles.items() if n >= least[w] and len(w) > 1 and w.isascii())
    lines: dict[str, list[str]] = {}
    for word in kept:
        lines.setdefault(f"{math.log(count / articles[word]):.1f}", []).append(word)
    names = [word for word in kept if word in named]
    words = {figure: " ".join(lines[figure]) for figure in sorted(lines, key=float)}
    return {"articles": count, "unseen": UNSEEN, "names": " ".join(names), "words": words}


UNSEEN = 6.5
"""The figure of a word that is not in the table."""


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")


def _texts(data: Path) -> Iterator[str]:
    for name in TEXTS:
        for line in (data / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield row.get("text") or row.get("body") or ""


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=FILE)
    given = parser.parse_args()
    given.out.write_text(json.dumps(rarity_of(_texts(given.data)), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
