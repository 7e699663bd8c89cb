from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

DATA = Path(__file__).parents[1] / "data"
BAD = sorted(folder.name for folder in DATA.glob("bad_*"))


def test_there_are_bad_catalogues_to_check() -> None:
    assert len(BAD) > 80


@pytest.mark.parametrize("folder", BAD)
def test_a_bad_catalogue_is_told_its_faults_line_by_line(
    folder: str, bpo_quiz: Callable[..., subprocess.CompletedProcess[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(DATA)  # so that messages about missing files name the same place on every machine
    expected = (DATA / folder / "expected.txt").read_text(encoding="utf-8")
    run = bpo_quiz("catalogue", "check", "--data", folder)
    if folder.startswith("bad_lint_"):
        code = 3 if expected.startswith("error: ") else 0
        assert (run.stdout, run.stderr, run.returncode) == (expected, "", code)
    else:
        assert (run.stderr, run.stdout, run.returncode) == (expected, "", 3)


@pytest.mark.parametrize("folder", BAD)
def test_every_expected_fault_names_its_file_and_what_is_odd_names_its_place(folder: str) -> None:
    lines = (DATA / folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    starts = ("roles.yaml:", "skills.yaml:", "guide.yaml:", "error: ", "warning: ", "Corner bakery 1.0: ")
    assert lines
    assert all(line.startswith(starts) for line in lines)


def test_the_good_catalogue_they_derive_from_has_no_fault(
    bpo_quiz: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    run = bpo_quiz("catalogue", "check", "--data", str(DATA / "small"))
    good = "Corner bakery 1.0: 4 skills, 12 items, 2 career paths, 4 roles; 0 errors, 0 warnings\n"
    assert (run.stdout, run.stderr, run.returncode) == (good, "", 0)


@pytest.mark.parametrize("command", [["roles"], ["guide"], ["catalogue", "check"], ["start", "--answers", "-"]])
@pytest.mark.parametrize("kind", ["missing", "missing in a file", "file"])
def test_a_folder_that_is_none_is_told_once(
    command: list[str], kind: str, bpo_quiz: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    (tmp_path / "roles.yaml").write_text("", encoding="utf-8")
    name = {"missing": "none", "missing in a file": "roles.yaml/none", "file": "roles.yaml"}[kind]
    run = bpo_quiz(*command, "--data", str(tmp_path / name), input="{}")
    fault = "is no folder" if kind == "file" else "there is no such folder"
    told = f"{tmp_path / name}: {fault}; name the one that holds roles.yaml and skills.yaml\n"
    assert (run.stderr, run.stdout, run.returncode) == (told, "", 3)


@pytest.mark.parametrize("command", [["roles"], ["skills"], ["start", "--answers", "-"]])
def test_every_command_refuses_a_bad_catalogue_with_the_same_words(
    command: list[str], bpo_quiz: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    run = bpo_quiz(*command, "--data", str(DATA / "bad_both_files"), input="{}")
    expected = (DATA / "bad_both_files" / "expected.txt").read_text(encoding="utf-8")
    assert (run.stderr, run.stdout, run.returncode) == (expected, "", 3)
