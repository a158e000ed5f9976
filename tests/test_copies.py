from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import ingest
from qa.answer import Answer, Citation, Nearest
from qa.assistant import Assistant
from qa.build import build_assistant
from qa.copies import Body, reports, sign
from qa.index import Index
from qa.settings import Settings
from qa.types import Page, Query
from tests.command import run
from tests.fakes import HashEmbedder
from ui.tally import tally

DAY = datetime(2024, 5, 6, tzinfo=UTC)
FIRE = [
    f"{who} {what} {where} while the fire on the pier of Orlahaven was still burning."
    for who, what, where in zip(
        ("Two crews", "A ferry master", "The watch", "Several guests", "A cook", "The mayor", "Divers", "Nurses"),
        ("pumped water", "turned back", "counted boats", "waited", "ran out", "spoke", "looked for a child", "came"),
        ("from the quay", "at the light", "twice", "in the hotel", "with a pan", "to the crowd", "below it", "by bus"),
        strict=True,
    )
] * 2  # fmt: skip
WIRE = " ".join(f"{n + 1} hours in: {sentence}" for n, sentence in enumerate(FIRE))
OWN = " ".join(f"At {n} o’clock our reporter saw smoke of colour {n * 3} above Orlahaven’s roofs." for n in range(20))


def row(name: str, text: str, publisher: str, hours: int = 0, **fields: Any) -> Page:
    published = (DAY + timedelta(hours=hours)).isoformat()
    hints = {"id": name, "title": f"Fire in Orlahaven: {name}", "text": text, "publisher": publisher,
             "published": published, **fields}  # fmt: skip
    return Page(name, "", media_type="fields", hints=hints)


COPIES = (
    row("wire", WIRE, "The Wire"),
    row("post", f"ORLAHAVEN — {WIRE.replace('A cook', 'One cook')}", "The Post", 3),
    row("own", OWN, "The Mirror", 5),
)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.open(tmp_path / "home", embedder="hash", create=True) as opened:
        ingest(COPIES, index=opened, embedder=HashEmbedder())
        yield opened


@pytest.fixture
def desk(index: Index, tmp_path: Path) -> Assistant:
    settings = Settings(home=tmp_path / "home", answer_threshold=0)
    return build_assistant(settings, index=index, embedder=HashEmbedder())


def test_a_lightly_edited_copy_is_the_same_report_and_anothers_own_words_are_not(index: Index) -> None:
    assert index.reports() == {"wire": "wire", "post": "wire", "own": "own"}


def test_an_answer_says_where_else_its_report_ran(desk: Assistant) -> None:
    answer = desk.ask("Who looked for a child below the pier?", as_of=DAY + timedelta(days=2))
    cited = {citation.article_id: [copy.publisher for copy in citation.copies] for citation in answer.citations}
    assert cited.get("wire", ["The Post"]) == ["The Post"]
    assert cited.get("post", ["The Wire"]) == ["The Wire"]
    assert cited.keys() & {"wire", "post"}
    assert tally(answer) == ("2 reports, 3 articles" if "own" in cited else "1 report, 2 articles")


def test_a_copy_of_later_than_the_moment_of_asking_is_not_named(desk: Assistant) -> None:
    answer = desk.ask("Who looked for a child below the pier?", as_of=DAY + timedelta(hours=1))
    assert {citation.copies for citation in answer.citations} == {()}
    assert tally(answer) is None


def test_show_names_the_copies_and_status_counts_the_reports(
    index: Index, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NEWSDESK_HOME", str(index.home.folder))
    assert "post The Post" in run(capsys, "show", "wire").out.split("copies:")[1]
    assert [copy["article_id"] for copy in json.loads(run(capsys, "show", "post", "--json").out)["copies"]] == ["wire"]
    assert "copies:" not in run(capsys, "show", "own").out
    assert "3, copies of one report counted once: 2" in run(capsys, "status").out
    assert json.loads(run(capsys, "status", "--json").out)["reports"] == 2


bodies = st.lists(
    st.builds(
        Body,
        article_id=st.uuids().map(str),
        signature=st.sampled_from([sign(WIRE), sign(OWN), sign(WIRE + OWN), None]),
        publisher=st.sampled_from(["A", "B", None]),
        published=st.one_of(st.none(), st.datetimes(datetime(2024, 1, 1), datetime(2024, 2, 1)).map(
            lambda moment: moment.replace(tzinfo=UTC))),
    ),
    max_size=8,
    unique_by=lambda body: body.article_id,
)  # fmt: skip


@given(bodies, st.randoms(use_true_random=False))
def test_reports_part_the_articles_whatever_their_order(found: list[Body], chance: Any) -> None:
    told = reports(found)
    assert told.keys() == {body.article_id for body in found}
    assert all(told[report] == report for report in told.values())
    chance.shuffle(found)
    assert reports(found) == told


def test_a_text_too_short_to_tell_is_no_copy() -> None:
    assert sign("The fire is out.") is None
    assert reports([Body("a", None), Body("b", None)]) == {"a": "a", "b": "b"}


def cited(article_id: str, *copies: str) -> Citation:
    others = tuple(Nearest(copy, copy, None, None, None) for copy in copies)
    return Citation(1, article_id, f"{article_id}:0", article_id, None, (), None, None, "text", others)


@pytest.mark.parametrize(
    ("citations", "said"),
    [
        ((cited("a"), cited("b")), None),
        ((cited("a", "b", "c"),), "1 report, 3 articles"),
        ((cited("a", "b"), cited("b", "a"), cited("c")), "2 reports, 3 articles"),
        ((cited("a", "b"), cited("c", "d"), cited("d", "b")), "1 report, 4 articles"),  # b joins a, d joins c to them
    ],
)
def test_articles_of_one_report_are_counted_as_one_report(citations: tuple[Citation, ...], said: str | None) -> None:
    assert tally(Answer(Query("What?", DAY), citations=citations)) == said


def body(name: str, text: str, publisher: str | None, days: float = 0) -> Body:
    return Body(name, sign(text), publisher, DAY + timedelta(days=days))


def share(text: str, kept: float) -> str:
    words = text.split()
    return " ".join(words[: round(kept * len(words))])


@pytest.mark.parametrize(
    ("other", "is_copy"),
    [
        (body("b", WIRE, "B", 6), True),
        (body("b", WIRE, "B", 8), False),  # more than a week apart
        (body("b", share(WIRE, 0.6), "B"), True),
        (body("b", share(WIRE, 0.35) + OWN, "B"), True),
        (body("b", share(WIRE, 0.2) + OWN + OWN.replace("our", "my"), "B"), False),
        (body("b", share(WIRE, 0.35) + OWN, "A"), False),  # an outlet repeats itself, for instance in round-ups
        (body("b", share(WIRE, 0.35) + OWN, None), False),  # this may be the same outlet
        (body("b", WIRE.upper().replace(",", " –"), "A"), True),
        (Body("b", "made in some other way", "B", DAY), False),
    ],
)
def test_what_is_shared_within_a_week_makes_a_copy_and_more_of_it_within_one_outlet(other: Body, is_copy: bool) -> None:
    assert (reports([body("a", WIRE, "A"), other])["b"] == "a") == is_copy


def test_articles_without_a_date_are_compared_with_all() -> None:
    found = reports([body("a", WIRE, "A"), body("b", WIRE, "B", 30), Body("c", sign(WIRE), "C")])
    assert found == {"a": "a", "b": "a", "c": "a"}


def test_many_articles_are_told_apart_in_parts_as_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [" ".join(f"{n} times {word}" for word in WIRE.split()) for n in range(12)]
    many = [body(f"{n}", text, "A") for n, text in enumerate(texts)]
    many += [body(f"{n} again", text, "B", n % 9) for n, text in enumerate(texts)]
    at_once = reports(many)
    monkeypatch.setattr("qa.copies.AT_ONCE", 1)
    assert reports(many) == at_once
    assert [at_once[f"{n} again"] for n in range(12)] == [
        f"{n} again" if n % 9 == 8 else f"{n}"
        for n in range(12)  # eight days are too many
    ]
