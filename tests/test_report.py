"""The report: one page, nothing fetched, nothing but text out of texts, and the numbers that the data has."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from evals.report import render_report, write_report
from evals.report.cases import case_views, outcome
from evals.report.highlight import Piece, pieces, quoted, wordings
from evals.results import Evaluation, Figure, Result, Run
from qa.answer import Answer, Citation, Nearest, Quote, Statement
from qa.errors import BadInput
from qa.types import Query
from tests.browser import DESKTOP, PHONE, chromium

PASSAGE = "The kiln burned all night. Nine people were led out. By dawn the fire was out."
NASTY = "<script>alert(1)</script>\"'{{ 7*7 }}{% raw %}&amp;\x00\x1b\u202eé\U0001f600</style>-->"


def answered(text: str = PASSAGE, *, said: str = "Nine people were led out.", url: str | None = None) -> dict[str, Any]:
    start = 100 + text.index(said)  # the passage begins at character 100 of its article
    quote = Quote("a", "a:1", start, start + len(said), said, 1)
    return Answer(
        query=Query("How many were led out?", datetime(2022, 11, 8, tzinfo=UTC)),
        statements=(Statement(said, 0.9, (quote,)),),
        citations=(Citation(1, "a", "a:1", "Kiln fire", "The Slate", ("Ada Roe",), None, url, text),),
        nearest=(Nearest("b", "Potters meet", None, None, None),),
    ).to_json()


def question(case_id: str, right: float | None = 1.0, *, abstained: float = 0.0, **more: Any) -> Result:
    shown = {
        "question": f"What of {case_id}?",
        "turns": ["Where was the fire?"],
        "understood": "What of the kiln?",
        "answerable": True,
        "gold": {"answers": ["nine"], "articles": [{"title": "Kiln fire", "id": "a"}], "spans": []},
        "answer": answered(),
        "ranked": ["Kiln fire", "Potters meet"],
    }
    scores = {"right": right, "abstained": abstained, "answerable": 1.0, "sure": 0.8}
    return Result(case_id, **{"tags": ("numbers",), "scores": scores, "seconds": {"read": 0.25}, "shown": shown} | more)


def evaluation(*runs: Run, **more: Any) -> Evaluation:
    return Evaluation("cases", runs, cases={"name": "own.jsonl", "count": 2, "sha256": "ab12"}, **more)


FIGURES = (
    Figure("R@1", "retrieval", 0.6251, 0.5012, 0.7493, 118),
    Figure("calibration error", "abstention", 0.0421, 0.01, 0.09, 118, "lower"),
    Figure("all, p95", "seconds", 1.234, 1.1, 1.5, 118, "lower"),
)
CURVES = {"risk_coverage": [[0.5, 0.0], [1.0, 0.2]], "reliability": [[0.2, 0.1, 4.0], [0.9, 1.0, 6.0]]}
HYBRID = Run(
    "hybrid", FIGURES, (question("one"), question("two", 0.0, wrong=("the first statement is not it",))), CURVES
)
DENSE = Run(
    "dense",
    (Figure("R@1", "retrieval", 0.5001, 0.4, 0.6, 118),),
    (question("one", 0.0, abstained=1.0, tags=("dates",)), Result("two", error="Stopped: no model")),
)


class Tags(HTMLParser):
    """The elements and the attributes of a page, and its text outside of style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside not in ("style", "script"):
            self.text += data

    @property
    def skeleton(self) -> tuple[list[str], list[str]]:
        return self.elements, [name for name, _ in self.attributes]


def test_the_page_fetches_nothing() -> None:
    linked = replace(HYBRID, results=(question("one", shown={"answer": answered(url="https://slate.test/kiln")}),))
    html = render_report(evaluation(linked, DENSE))
    page = Tags(html)

    assert [v for name, v in page.attributes if name == "href" and "//" in v] == ["https://slate.test/kiln"]
    assert "src" not in page.skeleton[1]
    assert ("rel", "stylesheet") not in page.attributes
    assert not {"img", "iframe", "object", "embed", "base"} & set(page.elements)
    assert "url(http" not in html
    assert "@import" not in html


def test_a_link_leads_to_the_web_or_nowhere() -> None:
    linked = question("one", shown={"answer": answered(url="javascript:alert(1)")})
    page = render_report(evaluation(Run("hybrid", (), (linked,))))
    assert "javascript:" not in page


def nasty_run(text: str) -> Run:
    """A run with a text in every place that holds one."""
    answer = answered()
    answer["citations"][0] |= {"title": text, "publisher": text, "authors": [text], "text": text, "published": text}
    answer["statements"][0]["text"] = text
    answer["nearest"][0]["title"] = text
    silent = answered() | {"statements": [], "citations": [], "abstained": {"reason": text, "message": text}}
    gold = {"answers": [text], "speaker": text, "spans": [{"title": text, "quote": text}], "note": text}
    gold["articles"] = [{"title": text, "publisher": text, "published": text, "id": text}]
    common = {"question": text, "turns": [text], "understood": text + "?", "as_of": text, "gold": gold, "sure": 0.5}
    shown = common | {
        "answer": answer,
        "ranked": [text, [text, text]],
        "filters": {"publishers": [text]},
        "x" + text: text,
    }
    page = {"url": text, "found": {"text": text, "y" + text: text}, "gold": {"text": text + "!"}}
    results = (
        Result(text + "1", (text,), {"z" + text: 0.5}, {"s" + text: 0.1}, (text,), shown),
        Result(text + "2", (text,), {"right": 1.0}, {}, (), common | {"answer": silent}),
        Result(text + "3", (text,), error=text),
        Result(text + "4", (), {}, {}, (), page),
    )
    return Run(text, (Figure(text, "g" + text, 0.5, 0.4, 0.6, 4),), results, CURVES)


def nasty(text: str) -> Evaluation:
    named = {"k" + text: text, "count": 4, "name": text}
    return Evaluation(
        text, (nasty_run(text), nasty_run(text)), named, named, {"v" + text: text}, text, text, 1.0, (text,)
    )


@cache
def skeleton(text: str) -> tuple[list[str], list[str]]:
    """The elements and attributes of a page with this text everywhere; without marks, which hang on the words."""
    return Tags(re.sub(r'</?mark( class="[a-z ]*")?( dir="auto")?>', "", render_report(nasty(text)))).skeleton


@given(text=st.text(st.sampled_from("<>&\"'/=-!{}%$ a\x00é\n") | st.characters(), min_size=1))
@example(NASTY)
@example("$x^2$ <!--")
@settings(max_examples=6, deadline=None, derandomize=True)
def test_no_text_becomes_markup(text: str) -> None:
    assert skeleton(f"a{text}a") == skeleton("a plain text")


def test_scripts_braces_and_control_characters_stand_as_text_or_not_at_all() -> None:
    page = render_report(nasty(NASTY))
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page
    assert "49" not in re.findall(r"<h1[^>]*>(.*?)</h1>", page)[0]
    assert not set(page) & {"\x00", "\x1b"}
    assert page.count("<script>") == 1
    page.encode("utf-8")


def test_half_a_character_can_be_written(tmp_path: Path) -> None:
    write_report(nasty("a\ud800b"), tmp_path / "deep" / "report.html")
    assert "a\ufffdb" in (tmp_path / "deep" / "report.html").read_text(encoding="utf-8")


def test_the_figures_are_those_of_the_data() -> None:
    text = " ".join(Tags(render_report(evaluation(HYBRID))).text.split())
    assert "R@1 ↑(higher is better) 0.625 0.501 – 0.749 · n 118" in text
    assert "calibration error ↓(lower is better) 0.042 0.010 – 0.090 · n 118" in text
    assert "all, p95 ↓(lower is better) 1.23 s 1.10 s – 1.50 s · n 118" in text


def test_the_better_of_two_runs_is_said_to_be_the_best() -> None:
    text = " ".join(Tags(render_report(evaluation(HYBRID, DENSE))).text.split())
    assert "0.625 (best) 0.501 – 0.749 · n 118 0.500 −0.125 (worse than hybrid) 0.400 – 0.600" in text


def test_where_lower_is_better_the_lowest_is_best() -> None:
    slow, fast = (
        Run(name, (Figure("p95", "seconds", s, s, s, 2, "lower"),), ()) for name, s in (("a", 2.0), ("b", 0.5))
    )
    text = " ".join(Tags(render_report(evaluation(slow, fast))).text.split())
    assert "2.00 s 2.00 s – 2.00 s · n 2 0.500 s (best) −1.50 s (better than a)" in text


def test_errors_and_problems_are_plain_to_see() -> None:
    text = " ".join(Tags(render_report(evaluation(HYBRID, DENSE, problems=("own.jsonl:3: not JSON",)))).text.split())
    assert "1 result was stopped by an error" in text
    assert "own.jsonl:3: not JSON" in text
    assert "Stopped: no model" in text


def test_what_went_wrong_comes_first() -> None:
    run = Run(
        "x",
        (),
        (question("good"), question("bad", 0.0), Result("broken", error="E"), question("silent", 0.0, abstained=1.0)),
    )
    assert [view.id for view in case_views([run])] == ["broken", "bad", "silent", "good"]


@pytest.mark.parametrize(
    ("scores", "wrong", "gone"),
    [
        ({"answerable": 0.0, "abstained": 1.0, "right": None}, (), "right"),
        ({"answerable": 0.0, "abstained": 0.0, "right": None}, ("answered",), "wrong"),
        ({"answerable": 1.0, "abstained": 1.0, "right": 0.0}, ("abstained",), "abstained"),
        ({"answerable": 1.0, "abstained": 0.0, "right": 0.0}, (), "wrong"),
        ({"answerable": 1.0, "abstained": 0.0, "right": 1.0}, ("a name is off",), "right"),
        ({"word F1": 0.4}, ("the date is off",), "wrong"),
        ({}, (), "right"),
    ],
)
def test_how_a_case_went(scores: dict[str, float | None], wrong: tuple[str, ...], gone: str) -> None:
    assert outcome(Result("c", (), scores, {}, wrong)) == gone


def test_runs_that_said_the_same_share_a_block() -> None:
    other = Run("dense", (), (replace(question("one"), seconds={"read": 9.0}),))
    [view] = case_views([Run("hybrid", (), (question("one"),)), other])
    assert [group.runs for group in view.outcomes] == [((0, "hybrid"), (1, "dense"))]


def test_the_share_right_of_each_tag_stands_worst_first() -> None:
    text = " ".join(Tags(render_report(evaluation(HYBRID, DENSE))).text.split())
    # numbers: hybrid 1 of 2, dense none of that tag; dates: hybrid none, dense 0 of 1
    assert "dates– 0 % 0 of 1numbers 50 % 1 of 2–" in text


def test_quote_and_gold_are_marked_in_the_passage() -> None:
    page = render_report(evaluation(HYBRID))
    assert '<mark class="quote gold">Nine</mark><mark class="quote"> people were led out.</mark> By dawn' in page


def test_a_quote_that_is_not_in_the_passage_is_said_to_be_lost() -> None:
    answer = answered()
    answer["citations"][0]["text"] = "Other words."
    page = render_report(evaluation(Run("x", (), (question("one", shown={"answer": answer}),))))
    assert "This quote is not in the passage that is cited" in page


def test_of_words_that_stand_twice_those_that_were_quoted_are_marked() -> None:
    text = "So it is. Well. So it is."
    well, again = {"start": 60, "text": "Well."}, {"start": 66, "text": "So it is."}  # the passage begins at 50
    assert quoted(text, [well, again]) == {0: (10, 15), 1: (16, 25)}


def test_wordings_are_found_as_whole_words_in_any_case_and_spacing() -> None:
    assert wordings("Twelve, not twelvefold; NINE\nmen", ["twelve", "nine men", ""]) == [(0, 6), (24, 32)]


@given(st.text(), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_pieces_joined_are_their_text(text: str, ends: list[tuple[int, int]]) -> None:
    inside = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in ends]
    assert "".join(piece.text for piece in pieces(text, quote=inside, gold=inside[:1])) == text


def test_pieces_are_cut_where_kinds_change() -> None:
    assert pieces("abcdef", quote=[(1, 4)], gold=[(3, 5)]) == (
        Piece("a"), Piece("bc", ("quote",)), Piece("d", ("quote", "gold")), Piece("e", ("gold",)), Piece("f"),
    )  # fmt: skip


BARE = Result("bare", shown={"question": None, "gold": None, "answer": None, "ranked": None, "turns": None})


@pytest.mark.parametrize(
    "runs",
    [
        (),
        (Run("empty", (), ()),),
        (Run("bare", (Figure("R@1", "new group", None, None, None, 0),), (BARE, Result("less"))),),
        (
            Run(
                "bent",
                (),
                (Result("x", scores={"right": None}, shown={"gold": "words", "claim": "c", "evidence": [1]}),),
            ),
        ),
        (Run("curves", (), (), {"risk_coverage": [], "reliability": []}), Run("other", (), (question("one"),))),
    ],
)
def test_what_is_missing_leaves_no_hole(runs: tuple[Run, ...]) -> None:
    page = render_report(evaluation(*runs))
    assert page.startswith("<!DOCTYPE html>")
    assert page.rstrip().endswith("</html>")
    assert "None" not in Tags(page).text


def test_a_page_shows_gold_beside_what_was_found() -> None:
    shown = {
        "url": "https://slate.test",
        "found": {"day": "2022-11-08", "title": "Kiln"},
        "gold": {"day": "2022-11-07", "title": "Kiln"},
    }
    page = Tags(render_report(evaluation(Run("clean", (), (Result("p", shown=shown),)))))
    text = " ".join(page.text.split())
    assert "Day2022-11-07 2022-11-08 (not the same)" in text
    assert "TitleKiln Kiln (the same)" in text


def test_the_same_evaluation_gives_the_same_bytes() -> None:
    again = Evaluation.from_json(json.loads(json.dumps(evaluation(HYBRID, DENSE).to_json())))
    assert render_report(again) == render_report(evaluation(HYBRID, DENSE))


def test_ids_are_there_once_and_references_lead_somewhere() -> None:
    attributes = Tags(render_report(evaluation(HYBRID, DENSE))).attributes
    ids = [value for name, value in attributes if name == "id"]
    within = {value[1:] for name, value in attributes if name == "href" and value.startswith("#")}
    assert len(ids) == len(set(ids))
    assert within <= set(ids)


def test_a_report_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="Can't write the report"):
        write_report(evaluation(), tmp_path / "file" / "report.html")


def test_in_a_browser_a_tag_filters_and_a_case_opens(tmp_path: Path) -> None:
    write_report(evaluation(HYBRID, Run("dense", (), (question("three", tags=("dates",)),))), tmp_path / "report.html")
    with chromium() as browser:
        page = browser.new_page(viewport=DESKTOP)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: pytest.fail(message.text))
        page.goto((tmp_path / "report.html").as_uri())
        page.get_by_label("Tag", exact=True).select_option("dates")
        expect(page.locator(".case:visible")).to_have_count(1)
        expect(page.locator("#shown")).to_have_text("1 of 3")
        page.get_by_text("What of three?").click()
        expect(page.locator(".case:visible mark.quote").first).to_be_visible()
        page.get_by_label("Tag", exact=True).select_option("")
        page.get_by_label("Words").fill("two kiln")
        expect(page.locator(".case:visible")).to_have_count(1)
    assert len(asked) == 1


def test_on_a_phone_nothing_is_wider_than_the_page(tmp_path: Path) -> None:
    write_report(evaluation(HYBRID, DENSE, HYBRID, DENSE), tmp_path / "report.html")
    with chromium() as browser:
        page = browser.new_page(viewport=PHONE)
        page.goto((tmp_path / "report.html").as_uri())
        page.get_by_role("button", name="Open all").click()
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
