"""The text of a PDF. The only file that knows pypdf, which the extra `pdf` brings."""

from __future__ import annotations

import io
import logging
import re
from typing import Any

from ingest.fields import as_text
from ingest.people import as_names
from ingest.report import Skipped
from ingest.rows import LARGEST, Found
from qa.types import Page

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports each oddity of a file

MARK = b"%PDF-"
MOST_PAGES = 100
"""Pages that are read; a longer one is a book or a report."""

ENDS = re.compile(r"[.!?:][\"'”’»)]*$")
HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
SHORT = 0.75
"""Share of the longest line below which a line that ends a sentence also ends a paragraph."""

LONE = 0.5
"""The same for a line that ends no sentence: it is a heading or a byline."""

A_NAME_OF_A_FILE = re.compile(
    r"^(?:Microsoft (?:Word|PowerPoint) - .*|untitled.*|.*\.(?:docx?|pdf|indd|qxp|odt|tex))$", re.I
)


def is_pdf(data: bytes) -> bool:
    """Whether bytes are a PDF."""
    return MARK in data[:1024]


def pdf_page(origin: str, data: bytes, url: str | None = None) -> Found:
    """The page that a PDF is: its text, with what it states of its title, author and day; or why there is none."""
    try:
        import pypdf
    except ImportError:
        return Skipped(origin, "PDF", "reading it takes: pip install 'newsdesk[pdf]'")
    from pypdf.errors import PyPdfError

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return Skipped(origin, "not readable", "the PDF is locked with a password")
        if len(reader.pages) > MOST_PAGES:
            return Skipped(origin, "too large", f"no article has over {MOST_PAGES} pages")
        text = _text(reader)
        hints = _stated(reader.metadata)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        return Skipped(origin, "not readable", f"the PDF is broken ({error or type(error).__name__})")
    if not text.strip():
        return Skipped(origin, "no article", "the PDF holds pictures and no text")
    return Page(origin, text, url, "text", hints)


def _text(reader: Any) -> str:
    pages, size = [], 0
    for page in reader.pages:
        pages.append(paragraphs(page.extract_text()))
        size += len(pages[-1])
        if size > LARGEST:
            raise ValueError("its text is too long")
    return "\n\n".join(pages)


def paragraphs(text: str) -> str:
    """Lines as they are printed, joined to paragraphs; a word that was divided at a line's end is whole again."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return "\n\n".join(_joined([line.strip() for line in block.split("\n") if line.strip()]) for block in blocks)


def _joined(lines: list[str]) -> str:
    widest = max(map(len, lines), default=0)
    out = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        if HYPHEN.search(line) and following[:1].islower():
            out += HYPHEN.sub("", line)
        elif len(line) < (SHORT if ENDS.search(line) else LONE) * widest:
            out += f"{line}\n\n"
        else:
            out += f"{line} "
    return out.strip()


def _stated(metadata: Any) -> dict[str, Any]:
    title = as_text(metadata.title) if metadata else None
    hints = {
        "title": None if title and A_NAME_OF_A_FILE.match(title) else title,
        "authors": as_names(metadata.author) if metadata else (),
        "published": metadata.creation_date if metadata else None,
    }
    return {name: value for name, value in hints.items() if value}
