"""PDF: what is in it, that it is for everybody, and what happens to text that no font can show."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages.pages import foreign, small
from pypdf import PdfReader

from bpo_quiz.clean import clean
from bpo_quiz.document import Column, Document, Row, Section, Table
from bpo_quiz.extras import adding
from bpo_quiz.writers import typst as typst_pdf
from bpo_quiz.writers.pdf import pdf

if TYPE_CHECKING:
    from pathlib import Path

SIZES = {"a4": (595, 842), "letter": (612, 792)}
ESCAPES = ("\\u", "\\U")


def reader_of(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in reader_of(content).pages)


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


@pytest.mark.parametrize(("paper", "name"), [("a4", "Ana"), ("letter", "W" * 150), ("a4", "Word " * 30)])
def test_nothing_runs_off_the_page(paper: str, name: str) -> None:
    width, height = SIZES[paper]
    for page in reader_of(pdf(foreign("result-for-counsellor", name), paper)).pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (width, height)
        places: list[tuple[float, float]] = []

        def note(text: str, matrix: list[float], text_matrix: list[float], *_: Any, seen: Any = places) -> None:
            if text.strip():
                seen.append((matrix[4] + text_matrix[4] * matrix[0], matrix[5] + text_matrix[5] * abs(matrix[3])))

        page.extract_text(visitor_text=note)
        assert places
        assert all(20 <= x <= width - 20 and 15 <= y <= height - 15 for x, y in places)


def test_pages_are_numbered_and_named() -> None:
    pages = reader_of(pdf(small("result-paper"), "a4")).pages
    for n, page in enumerate(pages, 1):
        text = page.extract_text()
        assert f"{n} / {len(pages)}" in text
        assert n == 1 or "Career result · Ana M. · K7M-P3D" in text


def test_a_pdf_has_a_title_a_language_and_a_structure_for_screen_readers() -> None:
    reader = reader_of(pdf(small("result-paper"), "a4"))
    assert reader.metadata is not None
    assert reader.metadata.title == "Career result · Ana M. · K7M-P3D"
    catalog: Any = reader.trailer["/Root"]
    assert catalog["/Lang"] == "en"
    assert catalog["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in catalog["/Metadata"].get_data().decode()


@pytest.mark.parametrize("script", ["Grüße Łódź", "Привет", "Ελληνικά", "עברית", "हिन्दी", "العربية"])
def test_u03_scripts_that_typst_brings_fonts_for_are_shown_everywhere(script: str) -> None:
    content = pdf(foreign("result-paper", script), "a4")
    assert not any(escape in text_of(content) for escape in ESCAPES)


@pytest.mark.parametrize("script", ["漢字", "ไทย", "😀", "👩\u200d👩\u200d👧", "\U00012000", "a\u0301\u0489"])
def test_u03_any_other_script_is_shown_or_told_as_codes(script: str) -> None:
    """In the file, and to who writes it."""
    said: list[str] = []
    text = text_of(pdf(foreign("result-for-counsellor", script), "a4", said.append))
    escaped = any(escape in text for escape in ESCAPES)
    assert escaped == ("has no font for some characters" in " ".join(text.split()))
    assert [any(character in one for character in script) for one in said] == [True] * escaped


@settings(max_examples=5)
@given(st.text(st.characters(max_codepoint=0x24F), min_size=1, max_size=30).filter(lambda text: text.strip()))
def test_u01_u02_text_is_never_markup(text: str) -> None:
    shown = squeezed(text_of(pdf(foreign("result-for-counsellor", text), "a4")))
    assert squeezed(clean(text)) in shown


def test_the_same_result_gives_the_same_bytes() -> None:
    page = small("result-paper")
    assert pdf(page, "a4") == pdf(page, "a4") != pdf(page, "letter")


WITHOUT = """
import sys
sys.modules["typst"] = None
from bpo_quiz.errors import UsageError
from bpo_quiz.as_dict import fields_of
from bpo_quiz.writers import typst as typst_pdf
from bpo_quiz.writers.pdf import pdf
try:
    typst_pdf.compile(typst_pdf.TEMPLATES / "page.typ", {})
except UsageError as error:
    print(error.exit_code, error)
"""


@pytest.mark.skipif(shutil.which("faketime") is None, reason="the Debian package faketime is not here")
def test_f20_a_clock_before_1970_is_no_error_and_changes_nothing(tmp_path: Path) -> None:
    made: list[bytes] = []
    for clock in ((), ("faketime", "1969-06-01")):
        file = tmp_path / f"{len(made)}.pdf"
        words = [*clock, sys.executable, "-m", "bpo_quiz", "roles", "team_lead", "-o", str(file)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        made.append(file.read_bytes())
    assert made[0] == made[1]


def test_without_the_package_one_line_says_what_to_install() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("2 ")
    assert adding("typst") in done.stdout


def test_a_fault_of_ours_is_not_hidden() -> None:
    with pytest.raises(Exception, match="dictionary does not contain"):
        typst_pdf.compile(typst_pdf.TEMPLATES / "page.typ", {})


def test_no_title_of_a_column_sticks_out_of_it() -> None:
    """A short column beside long ones, whose title is longer than all that stands in it."""
    long = "a sentence of several words that is rather long and goes on"
    titles = ("Importance", *"ABCDE", "Certificates", "Interest")
    columns = (*map(Column, titles[:-1]), Column(titles[-1], "number"))
    rows = (Row(("1", *[long] * 6, "45")),)
    (page,) = reader_of(pdf(Document("x", (Section("x", "", (Table("", columns, rows),)),)), "a4")).pages
    starts: dict[str, float] = {}

    def note(text: str, matrix: list[float], text_matrix: list[float], *_: Any) -> None:
        starts.setdefault(text.strip(), matrix[4] + text_matrix[4] * matrix[0])

    page.extract_text(visitor_text=note)
    ends = [starts[title] for title in titles[1:]] + [SIZES["a4"][0] - 56]
    for title, end in zip(titles, ends, strict=True):
        assert starts[title] + 3.4 * len(title) < end, title
