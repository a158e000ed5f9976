from __future__ import annotations

import pytest

from qa.build import build_assistant
from qa.settings import Settings
from ui.demo import EXAMPLES, QUESTION, run_demo


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose home holds what a first demo left."""
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    run_demo(settings, None, own_home=True)
    return settings


def test_the_demo_answers_its_question_from_the_samples(first: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    run_demo(first, None, own_home=True)
    shown = capsys.readouterr().out
    assert f"Question: {QUESTION}\n" in shown
    assert "[1] The Harbour Courier, 3 November 2022\n" in shown
    assert "«" in shown


def test_a_second_demo_finds_everything_as_it_was(first: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    run_demo(first, None, own_home=True)
    assert "\n0 added, 0 updated, " in capsys.readouterr().out


def test_the_demo_keeps_apart_from_the_articles_of_the_home(first: Settings) -> None:
    assert [path.name for path in first.folder.iterdir()] == ["demo"]


def test_a_demo_with_a_home_given_is_in_that_home(first: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    given = first.folder / "demo"
    run_demo(Settings(home=given), None, own_home=False)
    assert f"into {given}\n0 added, " in capsys.readouterr().out


@pytest.mark.parametrize("question", EXAMPLES[:-1])
def test_every_example_but_the_last_has_an_answer(first: Settings, question: str) -> None:
    assistant = build_assistant(Settings(home=first.home / "demo"))
    assert assistant.ask(question).abstained is None


def test_the_last_example_shows_what_happens_where_the_samples_are_silent(first: Settings) -> None:
    assistant = build_assistant(Settings(home=first.home / "demo"))
    assert assistant.ask(EXAMPLES[-1]).abstained is not None
