from __future__ import annotations

import csv
import os
import stat
from typing import TYPE_CHECKING

import pytest
from terminal.driver import BAKERY

from bpo_quiz.catalogue.load import load
from bpo_quiz.extras import adding

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from bpo_quiz.catalogue.model import Catalogue

    Run = Callable[..., subprocess.CompletedProcess[str]]

BEGINNINGS = {"html": b"<!doctype html>", "pdf": b"%PDF-", "csv": b"id,about."}


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


def test_a_folder_gets_a_file_with_a_name_of_its_own(bpo_quiz: Run, tmp_path: Path) -> None:
    assert bpo_quiz("form", "--format", "html", "-o", str(tmp_path)).returncode == 0
    assert [file.name for file in tmp_path.glob("*.html")] == ["questionnaire.html"]


def test_a_form_asks_what_another_catalogue_asks(bpo_quiz: Run, tmp_path: Path) -> None:
    done = bpo_quiz("form", "--format", "csv", "--data", str(BAKERY))
    (head,) = csv.reader(done.stdout.splitlines())
    assert sorted(head[11:]) == ["kneading-1", "kneading-2", "planning-1", "planning-2", "selling-1", "selling-2"]
    page = tmp_path / "form.html"
    assert bpo_quiz("form", "-o", str(page), "--data", str(BAKERY)).returncode == 0
    assert f'data-catalogue="{load(BAKERY).sha256}"' in page.read_text(encoding="utf-8")


def test_the_sheet_and_its_legend_go_to_standard_output(bpo_quiz: Run, catalogue: Catalogue) -> None:
    sheet, legend = (bpo_quiz("form", "--format", "csv", *more).stdout for more in ((), ("--legend",)))
    (columns,) = csv.reader(sheet.splitlines())
    assert [row[0] for row in csv.reader(legend.splitlines())][1:] == columns
    assert len(columns) == 11 + len(catalogue.items())


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


def test_a_form_needs_no_store_and_makes_none(bpo_quiz: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert bpo_quiz("form", "--format", "csv", "--home", str(home)).returncode == 0
    assert not home.exists()
