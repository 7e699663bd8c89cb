from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from hostile import hostile_catalogue

from bpo_quiz.answers.model import About
from bpo_quiz.clean import clean
from bpo_quiz.forms.sheet import empty_sheet, legend

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_sheet_has_one_head_and_no_people(catalogue: Catalogue) -> None:
    (head,) = read(empty_sheet(catalogue))
    assert head[:12] == [
        "id", "about.current_role", "about.years", "about.english", "about.education", "about.shifts", "about.channel",
        "about.site", "about.targets", "about.licences", "about.typing", "teamwork-1",
    ]  # fmt: skip
    assert head[1:11] == [f"about.{key}" for key in About._fields]
    assert sorted(head[11:]) == sorted(item.id for item in catalogue.items())


def test_the_legend_explains_every_column_in_order(catalogue: Catalogue) -> None:
    (columns,) = read(empty_sheet(catalogue))
    head, *rows = read(legend(catalogue))
    assert head == ["column", "question", "takes", "0", "1", "2", "3", "4"]
    assert [row[0] for row in rows] == columns
    items = {item.id: item for item in catalogue.items()}
    for row in rows[11:]:
        assert (row[1], tuple(row[3:])) == (items[row[0]].prompt, items[row[0]].options)
    assert all(role in rows[1][2].split() for role in catalogue.roles)


def test_u02_u05_no_cell_is_a_formula_or_steers_a_terminal() -> None:
    catalogue = hostile_catalogue()
    text = legend(catalogue)
    assert not any(character in text for character in "\x1b\x9b\x07\u202e")
    cells = [cell for row in read(text) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", " ")) for cell in cells)
    assert "'=1+1;+2;@SUM(A1)" in cells
    assert clean(catalogue.items()[0].prompt) in cells
