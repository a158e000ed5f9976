"""The support check, examined on true statements and on what they become when one thing in them is changed.

`python -m evals.perturbations [desk|samples|rewordings]`. The statements are the sentences that the cases of
`evals/data` expect, held against all that a case expects: verbatim, in honest other words, and changed by rules so that
they are false. `desk` is for tuning the rules; `samples` is for reporting. `rewordings` has statements as a chat model
would write them over two or three quotes, put otherwise and recombined by hand, truly and falsely; they are harder.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.grounding import SUPPORTED, faults, support

DATA = Path(__file__).parent / "data"
REWORDINGS = "rewordings"
SMALL = "two three four five six seven eight nine ten eleven twelve".split()
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-zà-ÿ]+(?: [A-Z][a-zà-ÿ]+)+")
SPEAKER = re.compile(r"(?:(?<=” said )|(?<=,” )|(?<=according to ))[A-Z][a-zà-ÿ]+(?: [A-Z][a-zà-ÿ]+)+")
NEGATABLE = re.compile(r"\b(was|were|is|are|had|has|have|will|would|could|can)\b(?! not| no\b)")
SHORTENED = (r", (?:who|which) [^,“”]+,", r" \([^)]*\)", r",? (?:on|until|since) \w+day(?= |\.|,)")
REWORDED = (("per cent", "%"), (" said", " says"), (" about ", " around "), ("more than", "over"), ("euros", "€"))


@dataclass(frozen=True, slots=True)
class Probe:
    """A statement, how it was made from a true one, whether it is still true, and its quotes."""

    made: str
    true: bool
    statement: str
    quotes: tuple[str, ...]


def probes_of(path: Path) -> list[Probe]:
    """The probes from a file of cases, each statement once; or those that a file has itself."""
    if path.stem == REWORDINGS:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return [Probe("by hand", row["true"], row["statement"], tuple(row["quotes"])) for row in rows]
    found: dict[str, Probe] = {}
    names = sorted({name for quotes in _quotes(path) for quote in quotes for name in NAME.findall(quote)})
    for quotes in _quotes(path):
        for quote in quotes:
            for probe in (*_true(quote, quotes), *_changed(quote, quotes, names)):
                found.setdefault(probe.statement, probe)
    return list(found.values())


def _quotes(path: Path) -> list[tuple[str, ...]]:
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [tuple(span["quote"] for span in case.get("gold_spans", ())) for case in cases]


def _true(quote: str, quotes: tuple[str, ...]) -> Iterator[Probe]:
    yield Probe("verbatim", True, quote, quotes)
    for form in SHORTENED:
        shorter = re.sub(form, "", quote, count=1)
        if shorter != quote and len(shorter.split()) > 4:
            yield Probe("shortened", True, shorter, quotes)
    for old, new in REWORDED:
        if old in quote and "“" not in quote:
            yield Probe("reworded", True, quote.replace(old, new, 1), quotes)
    for n, word in enumerate(SMALL, 2):
        if re.search(rf"\b{word}\b", quote) and "“" not in quote:
            yield Probe("in digits", True, re.sub(rf"\b{word}\b", str(n), quote, count=1), quotes)


def _changed(quote: str, quotes: tuple[str, ...], names: Sequence[str]) -> Iterator[Probe]:
    everything = " ".join(quotes)
    absent = [name for name in names if not set(name.split()) & set(re.findall(r"\w+", everything))]
    present = NAME.findall(everything)
    changes: tuple[tuple[str, re.Pattern[str], Callable[[str], str]], ...] = (
        ("number", re.compile(r"\d+(?![\d%])(?!,\d)"), lambda s: s[:-1] + str((int(s[-1]) + 3) % 10)),
        ("number", _any(SMALL), lambda s: SMALL[(SMALL.index(s) + 5) % len(SMALL)]),
        ("date", _any(MONTHS), lambda s: MONTHS[(MONTHS.index(s) + 4) % 12]),
        ("date", _any(DAYS), lambda s: DAYS[(DAYS.index(s) + 3) % 7]),
        ("name", NAME, lambda s: absent[len(s) % len(absent)]),
        ("speaker", SPEAKER, lambda s: next((n for n in present if not set(n.split()) & set(s.split())), s)),
        ("negation", NEGATABLE, lambda s: f"{s} not"),
        ("negation", re.compile(r"\b(?:did|do|does|was|were|is|are) not\b"), lambda s: s.removesuffix(" not")),
    )
    for made, pattern, change in changes:
        for match in pattern.finditer(quote):
            statement = quote[: match.start()] + change(match.group()) + quote[match.end() :]
            if statement not in everything and statement != quote:
                yield Probe(made, False, statement, quotes)


def _any(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b")


def rates(probes: Sequence[Probe]) -> dict[str, tuple[int, int]]:
    """For each way in which statements were made: how many of them the check takes for what they are, and all."""
    right: Counter[str] = Counter()
    for probe in probes:
        right[_label(probe)] += (support(probe.statement, probe.quotes) >= SUPPORTED) == probe.true
    return {label: (right[label], n) for label, n in Counter(map(_label, probes)).items()}


def _label(probe: Probe) -> str:
    return f"{'true' if probe.true else 'changed'}: {probe.made}"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="?", default="samples", choices=("desk", "samples", REWORDINGS))
    parser.add_argument("--wrong", action="store_true", help="show those that the check takes for what they are not")
    given = parser.parse_args()
    probes = probes_of(DATA / f"{given.cases}.jsonl")
    table = rates(probes)
    for kind in ("true", "changed"):
        pairs = [pair for label, pair in table.items() if label.startswith(kind)]
        table[f"{kind}, all"] = (sum(right for right, _ in pairs), sum(n for _, n in pairs))
    for label, (right, n) in sorted(table.items()):
        print(f"{label:22} {right:4} of {n:4}  {right / n:.3f}")
    for probe in probes if given.wrong else ():
        if (support(probe.statement, probe.quotes) >= SUPPORTED) != probe.true:
            print(f"- {_label(probe)}: {probe.statement}\n    {faults(probe.statement, probe.quotes)}")


if __name__ == "__main__":
    main()
