"""Cases as the report shows them: the results of all runs for a case, side by side, with every word to be coloured."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from evals.report.highlight import Piece, pieces, quoted, wordings
from evals.report.shown import byline, day_of, listed, mapping, shorter, spelled
from evals.results import Result, Run

Outcome = Literal["right", "wrong", "abstained", "error"]
OUTCOMES: tuple[Outcome, ...] = ("right", "wrong", "abstained", "error")

TITLES = ("question", "claim", "url", "title")
"""The keys of `shown` of which the first that is there heads the case."""
HANDLED = {"turns", "understood", "as_of", "filters", "answerable", "answer", "sure", "ranked", "gold", "found"}


def outcome(result: Result) -> Outcome:
    """How a case went. To abstain is right where the articles are silent; where nothing is scored as right or wrong, a
    case went well when nothing is said against it.
    """
    scores = result.scores
    if result.error is not None:
        return "error"
    if scores.get("answerable") == 0:
        return "right" if scores.get("abstained") else "wrong"
    if scores.get("abstained"):
        return "abstained"
    right = scores.get("right")
    return "wrong" if (right < 1 if right is not None else bool(result.wrong)) else "right"


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited passage. `anchor` is its id in the page; `url` only where it is a web address."""

    number: int
    anchor: str
    title: str
    byline: str
    url: str | None
    text: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, the numbers and anchors of what it cites, and those quotes that no cited passage has."""

    text: tuple[Piece, ...]
    support: float | None
    marks: tuple[tuple[int, str], ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What one run made of a case, or several that made the same of it. `runs` are their places and names."""

    runs: tuple[tuple[int, str], ...]
    outcome: Outcome
    withheld: bool
    error: str | None
    wrong: tuple[str, ...]
    understood: str | None
    said: tuple[Said, ...]
    cited: tuple[Cited, ...]
    abstained: tuple[str, str] | None
    nearest: tuple[tuple[str, str], ...]
    more: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """What is known about the answer; `more` is what else the case says."""

    answers: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    spans: tuple[tuple[str, tuple[Piece, ...]], ...] = ()
    articles: tuple[tuple[str, str], ...] = ()
    more: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case with all its runs. `place` is where it stands among the cases, from 1, and so names it in the page."""

    place: int
    id: str
    tags: tuple[str, ...]
    title: str
    turns: tuple[Any, ...]
    about: tuple[tuple[str, Any], ...]
    gold: Gold | None
    compared: tuple[tuple[str, Any, tuple[tuple[Any, bool], ...]], ...]
    outcomes: tuple[Outcomes, ...]
    scores: tuple[tuple[str, tuple[float | None, ...]], ...]
    seconds: tuple[tuple[str, tuple[float | None, ...]], ...]
    ranked: tuple[tuple[tuple[str, bool], ...], ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """What the case is found under: its outcomes, whether a run abstained, whether the runs differ."""
        found = {group.outcome for group in self.outcomes}
        marks = [*(kind for kind in OUTCOMES if kind in found)]
        if "abstained" not in found and any(group.withheld for group in self.outcomes):
            marks.append("abstained")
        return (*marks, "differ") if len(found) > 1 else tuple(marks)


def case_views(runs: Sequence[Run]) -> list[CaseView]:
    """All cases: first those that an error stopped, then by how many runs went wrong or abstained, then in order."""
    places: dict[str, list[Result | None]] = {}
    for n, run in enumerate(runs):
        for result in run.results:
            places.setdefault(result.case_id, [None] * len(runs))[n] = result
    views = [_view(place, row, runs) for place, row in enumerate(places.values(), start=1)]
    return sorted(views, key=_badness)


def _badness(view: CaseView) -> tuple[int, ...]:
    count = {kind: sum(len(g.runs) for g in view.outcomes if g.outcome == kind) for kind in OUTCOMES}
    remarks = sum(len(group.wrong) for group in view.outcomes)
    return (-count["error"], -count["wrong"] - count["abstained"], -count["wrong"], -bool(remarks), view.place)


def _view(place: int, row: Sequence[Result | None], runs: Sequence[Run]) -> CaseView:
    there = [result for result in row if result is not None]
    first = next((result for result in there if result.shown), there[0])
    shown = first.shown
    shared = {key for key in shown if all(r.shown.get(key) == shown[key] for r in there if r.shown)}
    heading = next((key for key in TITLES if shown.get(key)), None)
    compares = "found" in shown and "answer" not in shown
    gold = None if compares or "gold" not in shown else _gold(shown["gold"])
    return CaseView(
        place=place,
        id=first.case_id,
        tags=tuple(dict.fromkeys(tag for result in there for tag in result.tags)),
        title=str(shown[heading]) if heading else first.case_id,
        turns=tuple(listed(shown.get("turns"))),
        about=_about(shown, shared, heading),
        gold=gold,
        compared=_compared(shown.get("gold"), [r.shown.get("found") if r else None for r in row]) if compares else (),
        outcomes=_grouped(place, row, runs, shared | {heading}, gold or Gold()),
        scores=_table([result.scores if result else {} for result in row]),
        seconds=_table([result.seconds if result else {} for result in row]),
        ranked=_ranked(row, gold or Gold()),
    )


def _about(shown: Mapping[str, Any], shared: set[str], heading: str | None) -> tuple[tuple[str, Any], ...]:
    """What holds for all runs and isn't shown elsewhere: how the question was understood, when, within what."""
    found: dict[str, Any] = {}
    if "understood" in shared and (shown.get("turns") or shown["understood"] != shown.get("question")):
        found["Understood as"] = shown["understood"]
    if shown.get("rewrite"):
        found["As a person put it"] = shown["rewrite"]
    if shown.get("as_of"):
        found["Asked on"] = day_of(shown["as_of"])
    limits = {k: v for k, v in mapping(shown.get("filters")).items() if v}
    if limits:
        found["Only from"] = limits
    skipped = HANDLED | {"rewrite", heading}
    rest = {spelled(k): shorter(v) for k, v in shown.items() if k in shared and k not in skipped}
    return tuple((found | rest).items())


def _gold(gold: Any) -> Gold:
    if not isinstance(gold, Mapping):
        return Gold(more=(("Gold", shorter(gold) or None),))
    answers = tuple(map(str, listed(gold.get("answers"))))
    spans = [mapping(span) for span in listed(gold.get("spans"))]
    articles = [mapping(article) for article in listed(gold.get("articles"))]
    known = {"answers", "speaker", "spans", "articles"}
    return Gold(
        answers=answers,
        speaker=tuple(map(str, listed(gold.get("speaker")))),
        spans=tuple((str(s.get("title", "")), _coloured(str(s.get("quote", "")), answers)) for s in spans),
        articles=tuple((str(a.get("title") or a.get("id") or ""), byline(a)) for a in articles),
        more=tuple((spelled(k), shorter(v)) for k, v in gold.items() if k not in known and v),
    )


def _coloured(text: str, answers: Sequence[str]) -> tuple[Piece, ...]:
    return pieces(text, gold=wordings(text, answers))


def _compared(gold: Any, found: Sequence[Any]) -> tuple[tuple[str, Any, tuple[tuple[Any, bool], ...]], ...]:
    """A row for each thing to be found: what it is, gold, and what each run found with whether that is the same."""
    whole = [gold, *found]
    keys = list(dict.fromkeys(str(key) for value in whole if isinstance(value, Mapping) for key in value))
    if not keys:
        return (("", shorter(gold), tuple((shorter(one), one == gold) for one in found)),)
    rows = [[value.get(key) if isinstance(value, Mapping) else None for value in whole] for key in keys]
    return tuple(
        (spelled(key), shorter(row[0]), tuple((shorter(one), one == row[0]) for one in row[1:]))
        for key, row in zip(keys, rows, strict=True)
    )


def _grouped(
    place: int, row: Sequence[Result | None], runs: Sequence[Run], elsewhere: set[Any], gold: Gold
) -> tuple[Outcomes, ...]:
    """The outcomes, in the order of the runs; runs that said the same share one."""
    groups: dict[str, list[int]] = {}
    for n, result in enumerate(row):
        if result is not None:
            groups.setdefault(_sameness(result), []).append(n)
    return tuple(
        _outcomes(row[ns[0]], tuple((n, runs[n].name) for n in ns), f"c{place}-{ns[0]}", elsewhere, gold)
        for ns in groups.values()
    )


def _sameness(result: Result) -> str:
    """What two results have in common when one block shows both."""
    answer = mapping(result.shown.get("answer"))
    told = {key: answer.get(key) for key in ("statements", "citations", "abstained")}
    other = {k: v for k, v in result.shown.items() if k not in HANDLED or k == "understood"}
    return json.dumps([outcome(result), result.error, result.wrong, told, other], sort_keys=True, default=str)


def _outcomes(
    result: Result | None, runs: tuple[tuple[int, str], ...], anchor: str, elsewhere: set[Any], gold: Gold
) -> Outcomes:
    assert result is not None
    answer, shown = mapping(result.shown.get("answer")), result.shown
    citations = [mapping(citation) for citation in listed(answer.get("citations"))]
    statements = [mapping(statement) for statement in listed(answer.get("statements"))]
    quotes = [quote for statement in statements for quote in listed(statement.get("quotes"))]
    withheld = mapping(answer.get("abstained"))
    understood = None if "understood" in elsewhere else shown.get("understood")
    return Outcomes(
        runs=runs,
        outcome=outcome(result),
        withheld=bool(result.scores.get("abstained")),
        error=result.error,
        wrong=result.wrong,
        understood=understood if understood != shown.get("question") else None,
        said=tuple(_said(statement, citations, anchor, gold) for statement in statements),
        cited=tuple(_cited(citation, quotes, anchor, gold) for citation in citations),
        abstained=(str(withheld.get("message", "")), str(withheld.get("reason", ""))) if withheld else None,
        nearest=tuple((str(n.get("title", "")), byline(n)) for n in map(mapping, listed(answer.get("nearest")))),
        more=tuple((spelled(k), shorter(v)) for k, v in shown.items() if k not in HANDLED and k not in elsewhere),
    )


def _said(statement: Mapping[str, Any], citations: Sequence[Mapping[str, Any]], anchor: str, gold: Gold) -> Said:
    texts = {citation.get("number"): str(citation.get("text", "")) for citation in citations}
    quotes = listed(statement.get("quotes"))
    numbers = dict.fromkeys(quote["number"] for quote in quotes)
    return Said(
        text=_coloured(str(statement.get("text", "")), gold.answers),
        support=statement.get("support"),
        marks=tuple((number, f"{anchor}-{number}" if number in texts else "") for number in numbers),
        lost=tuple(quote["text"] for quote in quotes if quote["text"] not in texts.get(quote["number"], "")),
    )


def _cited(citation: Mapping[str, Any], quotes: Sequence[Mapping[str, Any]], anchor: str, gold: Gold) -> Cited:
    number, text, url = citation.get("number", 0), str(citation.get("text", "")).rstrip(), citation.get("url")
    own = quoted(text, [quote for quote in quotes if quote["number"] == number])
    title = str(citation.get("title") or "")
    spans = ["".join(piece.text for piece in span) for named, span in gold.spans if named == title]
    return Cited(
        number=number,
        anchor=f"{anchor}-{number}",
        title=title,
        byline=byline(citation),
        url=url if isinstance(url, str) and url.startswith(("https://", "http://")) else None,
        text=pieces(text, quote=own.values(), gold=wordings(text, [*gold.answers, *spans])),
    )


def _ranked(row: Sequence[Result | None], gold: Gold) -> tuple[tuple[tuple[str, bool], ...], ...]:
    """The reports that each run found, in order, and whether each is gold; nothing where no run has any."""
    wanted = {title for title, _ in (*gold.articles, *gold.spans)}
    orders = [listed(result.shown.get("ranked")) if result else [] for result in row]
    named = [[list(map(str, listed(one))) for one in order] for order in orders]
    told = tuple(tuple((" = ".join(one), not wanted.isdisjoint(one)) for one in order) for order in named)
    return told if any(told) else ()


def _table(
    columns: Sequence[Mapping[str, float | None]],
) -> tuple[tuple[str, tuple[float | None, ...]], ...]:
    names = dict.fromkeys(name for column in columns for name in column)
    return tuple((name, tuple(column.get(name) for column in columns)) for name in names)
