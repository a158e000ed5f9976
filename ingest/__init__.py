"""Articles into the index: `ingest(["folder"])`. May use `qa`; knows nothing of `ui` and `evals`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.report import Progress, Report, Skipped, Stored

if TYPE_CHECKING:
    from ingest.pipeline import ingest

__all__ = ["Progress", "Report", "Skipped", "Stored", "ingest", "samples_folder"]


def samples_folder() -> Path:
    """The folder of the bundled sample articles, which were written for newsdesk."""
    return Path(__file__).parent / "samples"


def __getattr__(name: str) -> Any:
    if name != "ingest":
        raise AttributeError(f"module 'ingest' has no attribute {name!r}")
    from ingest.pipeline import ingest  # the index and the cleaning take a second to import

    return ingest
