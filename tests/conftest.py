"""What tests share: the real model, loaded once, and the samples, indexed once. Neither needs a network."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import ingest, samples_folder
from qa import Settings, build_assistant
from qa.assistant import Assistant
from qa.index import Index
from qa.models import TransformerEmbedder, load_embedder

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session", autouse=True)
def ctrl_c() -> None:
    """The tests run in the background too, where a shell has Ctrl-C ignored, by what they start as well."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def embedder() -> TransformerEmbedder:
    """The default embedder, as it is."""
    return load_embedder()


@pytest.fixture(scope="session")
def samples_home(tmp_path_factory: pytest.TempPathFactory, embedder: TransformerEmbedder) -> Path:
    """A home with the bundled articles; tests don't write to it."""
    home = tmp_path_factory.mktemp("samples")
    ingest([samples_folder()], settings=Settings(home=home), embedder=embedder)
    return home


@pytest.fixture(scope="session")
def desk(samples_home: Path, embedder: TransformerEmbedder) -> Iterator[Assistant]:
    """An assistant over the bundled articles."""
    with Index.open(samples_home, embedder=embedder.name) as index:
        yield build_assistant(Settings(home=samples_home), index=index, embedder=embedder)


@pytest.fixture(scope="session")
def owners_desk(tmp_path_factory: pytest.TempPathFactory, embedder: TransformerEmbedder) -> Iterator[Assistant]:
    """An assistant over the one page that the project was asked for first; it lies outside the project."""
    page = SHARED / "articles" / "inkl_daily_mirror.txt"
    if not page.exists():
        pytest.skip(f"{page.name} is not part of the project, and not beside it here")
    settings = Settings(home=tmp_path_factory.mktemp("owner"))
    ingest([page], settings=settings, embedder=embedder)
    with Index.open(settings.folder, embedder=embedder.name) as index:
        yield build_assistant(settings, index=index, embedder=embedder)
