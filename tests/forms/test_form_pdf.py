from __future__ import annotations

import html
import io
import re
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hostile import TEXTS, hostile_catalogue

from bpo_quiz.catalogue.load import load
from bpo_quiz.clean import clean
from bpo_quiz.forms.printed import PAPERS, form_html, form_pdf
from bpo_quiz.sitting.paper import rows

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("typst")

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue, Item


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page without its spaces, which a PDF does not keep."""
    return [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module", params=PAPERS)
def printed(request: pytest.FixtureRequest) -> bytes:
    return form_pdf(load(), request.param)


@pytest.fixture(scope="module")
def pages(printed: bytes) -> list[str]:
    return pages_of(printed)


def test_every_row_stands_whole_on_one_page_above_its_strip(pages: list[str], catalogue: Catalogue) -> None:
    assert 6 <= len(pages) <= 8
    number = 0
    for n, row in enumerate(rows(catalogue), 1):
        numbers = range(number + 1, number + 1 + len(row))
        (page,) = (page for page in pages if f"Row{n}{''.join(map(str, numbers))}check" in page)
        for number, item in zip(numbers, row, strict=True):
            assert squeezed(f"{number}{item.prompt}") in page
            assert all(squeezed(option) in page for option in item.options)


def test_the_first_page_asks_about_the_person_with_the_numbers_that_are_keyed(
    pages: list[str], catalogue: Catalogue
) -> None:
    first = "".join(pages[:2])
    assert re.findall(r"A[1-9][0-2]?(?=[A-Z][a-z])", first) == [f"A{n}" for n in range(1, 13)]
    assert squeezed("13 Spanish") in first
    for n, path in enumerate(catalogue.paths.values(), 2):
        assert squeezed(f"{n}Yes: {path.name}") in first
        for place, role in enumerate((role for role in catalogue.roles.values() if role.path == path.id), 1):
            assert squeezed(f"{place}{role.name}") in first


def test_every_page_says_which_catalogue_and_which_page_it_is(pages: list[str], catalogue: Catalogue) -> None:
    for n, page in enumerate(pages, 1):
        assert squeezed(f"{catalogue.name} {catalogue.version}, {catalogue.sha256[:12]}") in page
        assert f"Page{n}of{len(pages)}" in page
        assert "Alias:" in page


def test_nothing_stands_outside_the_page(printed: bytes) -> None:
    for page in pypdf.PdfReader(io.BytesIO(printed)).pages:
        places: list[tuple[float, float]] = []
        page.extract_text(visitor_text=partial(note, places))
        wide, high = float(page.mediabox.width), float(page.mediabox.height)
        assert len(places) > 20
        assert all(20 < x < wide - 20 and 15 < y < high - 15 for x, y in places)


def note(places: list[tuple[float, float]], text: str, around: Any, inside: Any, *_rest: Any) -> None:
    if text.strip():
        matrix = pypdf.mult(inside, around)
        places.append((matrix[4], matrix[5]))


def test_the_paper_has_the_size_that_was_asked_for(catalogue: Catalogue) -> None:
    sizes = {}
    for paper in PAPERS:
        box = pypdf.PdfReader(io.BytesIO(form_pdf(catalogue, paper))).pages[0].mediabox
        sizes[paper] = (round(float(box.width)), round(float(box.height)))
    assert sizes == {"a4": (595, 842), "letter": (612, 792)}


def test_the_same_catalogue_gives_the_same_bytes(
    printed: bytes, catalogue: Catalogue, request: pytest.FixtureRequest
) -> None:
    assert form_pdf(catalogue, request.node.callspec.params["printed"]) == printed
    assert b"CreationDate" not in printed


def test_u01_u02_u07_texts_of_a_catalogue_are_never_markup() -> None:
    pages = pages_of(form_pdf(hostile_catalogue()))
    assert len(pages) == 2
    for foreign in TEXTS[:7]:
        assert squeezed(clean(foreign)) in "".join(pages)


def test_u03_a_character_that_no_font_can_show_is_written_as_its_number_and_no_other_is(catalogue: Catalogue) -> None:
    text = "".join(pages_of(form_pdf(catalogue._replace(name="Ελληνικά Кириллица \U000e0fff\U00012345 ende"))))
    assert re.search(r"ΕλληνικάКириллица(\\U000e0fff)(\\U00012345|\U00012345)ende", text)


def test_u03_any_script_and_very_long_texts_survive(catalogue: Catalogue) -> None:
    def longer(item: Item) -> Item:
        prompt = f"{item.prompt} {'long ' * 60}end of {item.id}"
        return item._replace(prompt=prompt, options=("Ελληνικά Кириллица",) * 5)

    skills = {key: skill._replace(items=tuple(map(longer, skill.items))) for key, skill in catalogue.skills.items()}
    text = "".join(pages_of(form_pdf(catalogue._replace(skills=skills))))
    assert all(squeezed(f"end of {item.id}") in text for skill in skills.values() for item in skill.items)
    assert text.count("ΕλληνικάКириллица") == 5 * 52


def test_help_is_on_the_page_and_not_on_the_paper_as_form_says(catalogue: Catalogue) -> None:
    helped = [item for item in catalogue.items() if item.help]
    text, page = "".join(pages_of(form_pdf(catalogue))), html.unescape(form_html(catalogue))
    assert helped
    for item in helped:
        assert squeezed(item.prompt) in text
        assert squeezed(item.help) not in text
        assert item.help in page
