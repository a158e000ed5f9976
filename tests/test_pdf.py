from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.pdf import paragraphs, pdf_page
from ingest.report import Skipped
from qa.types import Page
from tests.inputs import articles, found
from tests.web import Reply, Server, read

pytest.importorskip("pypdf")

LINES = [
    "The storm at the tower",
    "",
    *(f"On day {day} the keeper of the light wrote {day * 7} words in the book of the" for day in range(1, 9)),
    "tower.",
]


def pdf(lines: Sequence[str], info: str = "") -> bytes:
    """A PDF with lines of text on one page, written by hand."""
    shown = "".join(f"({line}) Tj T* " for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 700 Td {shown}ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        f"<< {info} >>",
    ]
    body, starts = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        starts.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R /Info 5 0 R >>\n"
    return f"{body}{end}startxref\n{len(body)}\n%%EOF\n".encode("latin-1")


STORM = pdf(LINES, "/Title (The storm at the tower) /Author (Jane Doe) /CreationDate (D:20221107100000Z)")


def test_a_pdf_is_an_article_with_what_it_states_of_itself(tmp_path: Path) -> None:
    (tmp_path / "storm.pdf").write_bytes(STORM)
    (storm,) = articles(tmp_path)
    assert (storm.title, storm.authors) == ("The storm at the tower", ("Jane Doe",))
    assert storm.published
    assert f"{storm.published:%Y-%m-%d}" == "2022-11-07"
    assert "in the book of the tower." in storm.text


def test_a_pdf_from_the_web_keeps_its_address() -> None:
    with Server().running() as server:
        server.paths["/storm"] = Reply(STORM, headers={"Content-Type": "application/octet-stream"})
        (page,) = read(server.url("/storm"))
    assert isinstance(page, Page)
    assert page.url == server.url("/storm")


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"%PDF-1.4 broken", "not readable"), (pdf([]), "no article"), (STORM[:300], "not readable")],
)
def test_a_pdf_without_text_says_why(tmp_path: Path, data: bytes, why: str) -> None:
    skipped = pdf_page("a.pdf", data)
    assert isinstance(skipped, Skipped)
    assert skipped.reason == why


def test_without_its_library_a_pdf_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (tmp_path / "storm.pdf").write_bytes(STORM)
    assert found(tmp_path) == []
    skipped = pdf_page("storm.pdf", STORM)
    assert isinstance(skipped, Skipped)
    assert "pip install 'newsdesk[pdf]'" in skipped.message


@pytest.mark.parametrize("title", ["Microsoft Word - storm.docx", "storm_final.pdf", "untitled"])
def test_the_name_of_a_file_is_no_title(title: str) -> None:
    page = pdf_page("a.pdf", pdf(LINES, f"/Title ({title})"))
    assert isinstance(page, Page)
    assert "title" not in page.hints


def test_printed_lines_become_paragraphs_and_divided_words_whole() -> None:
    printed = (
        "After the storm\nThe keeper of the tower wrote in his note-\nbook that the storm was over and the light was\n"
        "lit.\nHe slept.\n\nThen came fog."
    )
    assert paragraphs(printed) == (
        "After the storm\n\n"
        "The keeper of the tower wrote in his notebook that the storm was over and the light was lit.\n\n"
        "He slept.\n\nThen came fog."
    )
