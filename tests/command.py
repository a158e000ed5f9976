"""Running the `newsdesk` command in tests, and articles for it to read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ui.cli import main

COMMAND = [sys.executable, "-m", "ui.cli"]
ROOT = Path(__file__).resolve().parents[1]

ROWS = [
    {
        "url": f"https://news.example/{n}",
        "title": f"The {word} report on the harbour",
        "text": f"The {word} report was published on the harbour and its cranes. " * 12,
        "publisher": publisher,
        "published": published,
    }
    for n, (word, publisher, published) in enumerate(
        [
            ("first", "The Harbour Courier", "2022-11-07T23:30:00Z"),
            ("second", "Le Passage", "2022-11-08T06:00:00Z"),
            ("third", "Le Passage", None),
        ]
    )
]


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


Newsdesk = Callable[..., Ran]


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> Ran:
    """Run `newsdesk` with the arguments, in this process."""
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    code = left.value.code
    return Ran(code if isinstance(code, int) else -1, *capsys.readouterr())
