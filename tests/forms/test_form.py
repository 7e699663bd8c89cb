"""`bpo-quiz form` as it is called, and the empty sheet."""

from __future__ import annotations

import csv
import io
import os
import stat
from typing import TYPE_CHECKING

import pytest
from hostile import hostile_catalogue
from terminal.driver import BAKERY

from bpo_quiz.answers.model import About
from bpo_quiz.catalogue.load import load
from bpo_quiz.clean import clean
from bpo_quiz.extras import adding
from bpo_quiz.forms.sheet import empty_sheet, legend

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from bpo_quiz.catalogue.model import Catalogue

    Run = Callable[..., subprocess.CompletedProcess[str]]

BEGINNINGS = {"html": b"<!doctype html>", "pdf": b"%PDF-", "csv": b"id (answers 0-4),about."}


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_f18_a_form_is_written_once_and_for_its_owner_only(bpo_quiz: Run, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"form.{kind}"
    done = bpo_quiz("form", "-o", str(file))
    assert (done.returncode, done.stdout) == (0, "")
    assert "".join(done.stderr.split()).startswith(f"Writtento{file}.")
    assert file.read_bytes().startswith(BEGINNINGS[kind])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text("mine", encoding="utf-8")
    done = bpo_quiz("form", "--format", kind, "-o", str(file))
    assert done.returncode == 2
    assert "add --force to replace it" in done.stderr
    assert file.read_text(encoding="utf-8") == "mine"
    assert bpo_quiz("form", "--format", kind, "-o", str(file), "--force").returncode == 0
    assert file.read_bytes().startswith(BEGINNINGS[kind])


def test_a_folder_gets_a_form_of_the_catalogue_that_was_named_and_no_store(bpo_quiz: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = bpo_quiz("form", "--format", "html", "-o", str(tmp_path), "--data", str(BAKERY), "--home", str(home))
    assert done.returncode == 0
    (page,) = tmp_path.glob("*.html")
    assert page.name == "questionnaire.html"
    assert f'data-catalogue="{load(BAKERY).sha256}"' in page.read_text(encoding="utf-8")
    assert not home.exists()


def test_the_sheet_and_its_legend_go_to_standard_output(bpo_quiz: Run, catalogue: Catalogue) -> None:
    sheet, told = (bpo_quiz("form", "--format", "csv", *more).stdout for more in ((), ("--legend",)))
    assert read(sheet) == read(empty_sheet(catalogue))
    assert read(told) == read(legend(catalogue))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "which one? add --format html, pdf or csv"),
        (("-o", "form.txt"), "which one? add --format html, pdf or csv"),
        (("--format", "html"), "needs a file; add -o questionnaire.html"),
        (("--format", "pdf"), "needs a file; add -o questionnaire.pdf"),
        (("--format", "html", "--legend", "-o", "form.html"), "the html form shows the help of each question"),
        (("--legend", "-o", "form.pdf"), "the pdf form leaves out the help of questions, the html form shows it"),
    ],
)
def test_what_cannot_work_says_why(bpo_quiz: Run, words: tuple[str, ...], said: str) -> None:
    done = bpo_quiz("form", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())


def test_without_typst_one_line_says_how_to_get_it(bpo_quiz: Run, tmp_path: Path) -> None:
    (tmp_path / "typst.py").write_text("raise ImportError('no typst here')\n", encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))
    done = bpo_quiz("form", "-o", str(tmp_path / "form.pdf"), env={"PYTHONPATH": path})
    assert done.returncode == 2
    assert adding("typst") in done.stderr
    assert not (tmp_path / "form.pdf").exists()


# The sheet


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_sheet_has_one_head_and_the_legend_explains_every_column_of_it(catalogue: Catalogue) -> None:
    (columns,) = read(empty_sheet(catalogue))
    items = {item.id: item for item in catalogue.items()}
    told = ["id (answers 0-4)", *(f"about.{key}" for key in About._fields)]
    assert columns[: len(told)] == told
    assert sorted(columns[len(told) :]) == sorted(items)
    head, *rows = read(legend(catalogue))
    assert head == ["column", "question", "takes", "0", "1", "2", "3", "4"]
    assert [row[0] for row in rows] == columns
    for row in rows[len(told) :]:
        assert (row[1], tuple(row[3:])) == (items[row[0]].prompt, items[row[0]].options)
    assert all(role in rows[1][2].split() for role in catalogue.roles)


def test_u02_u05_no_cell_is_a_formula_or_steers_a_terminal() -> None:
    catalogue = hostile_catalogue()
    text = legend(catalogue)
    assert not any(character in text for character in "\x1b\x9b\x07\u202e")
    cells = [cell for row in read(text) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", " ")) for cell in cells)
    assert "'=1+1;'+2;'@SUM(A1)" in cells
    assert clean(catalogue.items()[0].prompt) in cells
