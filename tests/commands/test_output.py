"""Where commands write: never over the store, its journal or a backup, by whatever name or link."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from effort import times

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

STORE = Path(__file__).parents[1] / "store" / "written_2026_11" / "store.db"
SHEET = "id (answers 0-4),communication-1\np1,3\n"
COMMANDS = (
    ("result", "CDZ-4BP", "--format", "json"),
    ("why", "trainer", "CDZ-4BP", "--format", "json"),
    ("roles", "--format", "md"),
    ("client", "export", "K-17"),
    ("client", "compare", "K-17", "--format", "json"),
    ("cohort", "--format", "csv"),
    ("form", "--format", "csv"),
    ("score", "sheet.csv"),
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    (home / "backups").mkdir(mode=0o700, parents=True)
    home.chmod(0o700)
    for file in (home / "bpo-quiz.db", home / "backups" / "backup-000001-2026-11-28.db", tmp_path / "another.db"):
        shutil.copyfile(STORE, file)
        file.chmod(0o600)
    (tmp_path / "sheet.csv").write_text(SHEET)
    os.link(home / "bpo-quiz.db", tmp_path / "hard.db")
    (tmp_path / "soft.db").symlink_to(home / "bpo-quiz.db")
    (tmp_path / "way").symlink_to(home)
    return home


PLACES = (
    "home/bpo-quiz.db", "way/../home/bpo-quiz.db", "hard.db", "soft.db", "home/bpo-quiz.db-journal",
    "home/backups/backup-000001-2026-11-28.db", "way/backups/new.db", "another.db",
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(COMMANDS)), ids=[" ".join(words) for words in COMMANDS])
def test_f29_no_output_replaces_the_store(number: int, home: Path, here: Run, tmp_path: Path) -> None:
    """Every command, and every place; every one of both together where there is time."""
    assert here("list", "--home", str(home)).returncode == 0  # brings the store up to date
    before = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}
    whole = [str(tmp_path / word) if word == "sheet.csv" else word for word in COMMANDS[number]]
    for place in PLACES[number % times(8, 1) :: times(8, 1)]:
        done = here(*whole, "-o", str(tmp_path / place), "--force", "--home", str(home))
        assert done.returncode == 2, (place, done.stderr)
        assert re.search("is a store of bpo-quiz, or belongs to one|nothing is written as .db;", done.stderr)
    assert {file: file.read_bytes() for file in home.rglob("*") if file.is_file()} == before
    elsewhere = str(tmp_path / "elsewhere")
    assert whole[0] == "cohort" or here(*whole, "-o", elsewhere, "--home", str(home)).returncode == 0


WRITTEN = (*COMMANDS[:3], ("client", "compare", "K-17"), ("cohort",), ("paths", "leadership"), ("guide", "ai"),
           ("path", "CDZ-4BP"), ("what-if", "coaching=60", "CDZ-4BP"))  # fmt: skip
BEGINS = (("md", b"# "), ("html", b"<!doctype html>"), ("pdf", b"%PDF"), ("json", b"{"))


@pytest.mark.parametrize("number", range(len(WRITTEN)), ids=[words[0] for words in WRITTEN])
def test_the_ending_of_a_file_says_how_it_is_written(number: int, home: Path, here: Run, tmp_path: Path) -> None:
    """Every command, and every ending; every one of both together where there is time."""
    words = [word for word in WRITTEN[number] if word not in ("--format", "json", "md")]
    for ending, begins in BEGINS[number % times(4, 1) :: times(4, 1)]:
        file = tmp_path / f"page.{ending}"
        done = here(*words, "-o", str(file), "--home", str(home))
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        assert file.read_bytes().startswith(begins)


def test_without_a_home_and_in_place_of_a_circle_of_links_a_file_is_written(bpo_quiz: Run, tmp_path: Path) -> None:
    for name in ("one.csv", "one.html"):
        nowhere = bpo_quiz("form", "-o", str(tmp_path / name), env={"HOME": "relative"})
        assert (nowhere.returncode, (tmp_path / name).is_file()) == (0, True)
    circle = tmp_path / "circle.csv"
    circle.symlink_to(circle)
    assert bpo_quiz("form", "-o", str(circle)).returncode in (2, 4)
    assert bpo_quiz("form", "-o", str(circle), "--force").returncode == 0
    assert circle.is_file()
    assert not circle.is_symlink()
