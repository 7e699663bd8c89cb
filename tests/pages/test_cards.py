"""What the pages of roles and skills mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len  # noqa: TID253 - what is tested is Rich output
from strategies import a_catalogue, a_role

from bpo_quiz.catalogue.model import Conditions, Gates, GrowthTarget
from bpo_quiz.pages import paths, roles, skills
from bpo_quiz.results.paths import career_path
from bpo_quiz.writers.plain import plain
from pages.pages import on_screen

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.document import Document


def lines(page: Document) -> list[str]:
    return list(plain(page))


def test_every_card_says_all_that_its_author_wrote(catalogue: Catalogue) -> None:
    written: list[tuple[Document, tuple[str, ...]]] = []
    for role in catalogue.roles.values():
        preview = (role.preview.day, *role.preview.good, *role.preview.hard)
        texts = (role.summary, role.this_month, role.ai, role.basis, *preview, *role.also, *role.sources)
        written.append((roles.card(catalogue, role), (*texts, *(one.target for one in role.kpis))))
    for skill in catalogue.skills.values():
        texts = (skill.meaning, skill.evidence, *skill.grow, *skill.levels)
        written.append((skills.card(catalogue, skill), texts))
    for path in catalogue.paths.values():
        page = paths.card(catalogue, career_path(catalogue, path))
        written.append((page, (path.summary, path.work, *path.also, *(one.title for one in path.growth))))
    for page, texts in written:
        told = " ".join(" ".join(lines(page)).split())
        assert [text for text in texts if " ".join(text.split()) not in told] == []


def test_every_card_fits_a_screen(catalogue: Catalogue) -> None:
    for role in catalogue.roles.values():
        assert max(map(cell_len, on_screen(roles.card(catalogue, role)).splitlines())) <= 80


def test_what_an_author_left_empty_is_left_out() -> None:
    catalogue = a_catalogue(a_role("a"), a_role("b"))
    page = roles.card(catalogue, catalogue.roles["a"])
    assert [one.id for one in page.sections] == ["summary", "asked", "skills", "origin"]
    assert [label for label, _ in page.facts] == ["Career path", "Rung"]


def test_office_hours_are_said_where_no_shifts_are_asked() -> None:
    catalogue = a_catalogue(
        a_role("a"), a_role("b", conditions=Conditions(shifts={"night": "usually", "day": "usually"}))
    )
    first, second = (lines(roles.card(catalogue, role)) for role in catalogue.roles.values())
    assert "- Office hours" in first
    assert "- Night and day shifts, usually" in second
    assert "- Office hours" not in second


def test_the_weightiest_skills_and_the_roles_that_ask_most_come_first() -> None:
    one = a_role("a", {"one": (1, 90), "two": (5, 20), "three": (5, 30)})
    catalogue = a_catalogue(one, a_role("b", {"one": (1, 95), "two": (1, 20), "three": (0, 0)}))
    card = lines(roles.card(catalogue, one))
    assert [line.partition(":")[0] for line in card if "importance" in line] == ["Three", "Two", "One"]
    asking = [line for line in lines(skills.card(catalogue, catalogue.skills["one"])) if "importance" in line]
    assert asking == ["B: importance 1 of 5, level 95.", "A: importance 1 of 5, level 90."]


def test_side_by_side_puts_the_skills_first_that_differ_most() -> None:
    near, far = a_role("near", {"one": (1, 50), "two": (1, 20)}), a_role("far", {"one": (1, 60), "two": (1, 90)})
    page = lines(roles.side_by_side(a_catalogue(near, far), [near, far]))
    assert page.index("Two: Near 20 (1), Far 90 (1).") < page.index("One: Near 50 (1), Far 60 (1).")


def test_a_path_shows_what_its_roles_ask_how_one_comes_in_and_each_rung_from_below() -> None:
    above = a_role("above", {"one": (4, 90), "two": (5, 20)}, rung=2)
    entry = a_role("entry", {"one": (1, 30), "two": (4, 20)}, leads_to=["above"], gates=Gates(english="B2"))
    other = a_role("other", {"one": (5, 99), "two": (0, 0)}, path="else", leads_to=["above"])
    catalogue = a_catalogue(above, entry, other)
    growth = (GrowthTarget("Above", "above"), GrowthTarget("Much higher", "above"))
    path = catalogue.paths["only"]._replace(growth=growth)
    page = lines(paths.card(catalogue, career_path(catalogue, path)))
    assert "Roles: 2, 1 of them to start in." in page
    assert [line for line in page if "importance" in line] == [
        "Two: importance 4.5 of 5, level 20.",
        "One: importance 2.5 of 5, level 60.",
    ]
    assert page[page.index("Where it can lead.") + 1 :][:2] == ["- Above", "- Much higher: Above"]
    assert page.index("- Entry (entry)") < page.index("   Asked: English B2.") < page.index("- Else: Other")
    assert [line for line in page if "rung" in line] == [
        "Entry: rung 1, entry, leads to Above, 1-2 years.",
        "Above: rung 2, experienced.",
    ]


def test_a_path_without_an_entry_says_so_and_from_where_one_comes(catalogue: Catalogue) -> None:
    page = lines(paths.card(catalogue, career_path(catalogue, catalogue.paths["leadership"])))
    assert "Roles: 4, none of them to start in." in page
    at = page.index("None of its roles is for a start from outside the trade.")
    assert page[at + 2].startswith("- Customer service: Customer service rep; ")
