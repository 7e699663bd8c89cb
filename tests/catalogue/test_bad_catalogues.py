"""What a catalogue's author is told: `tests/data/bad_catalogues.txt` changes a good one, and says the lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from bpo_quiz.catalogue.files import ROLES_FILE, SKILLS_FILE, read_files
from bpo_quiz.catalogue.read import read_catalogue
from bpo_quiz.catalogue.read_guide import GUIDE_FILE, parse_guide
from bpo_quiz.errors import CatalogueError
from bpo_quiz.study.lint import lint, odd_texts

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator

    Program = Callable[..., subprocess.CompletedProcess[str]]

DATA = Path(__file__).parents[1] / "data"
GOOD = {
    ROLES_FILE: (DATA / "small" / "roles.yaml").read_text(encoding="utf-8"),
    SKILLS_FILE: (DATA / "small" / "skills.yaml").read_text(encoding="utf-8"),
    GUIDE_FILE: (DATA / "small-guide.yaml").read_text(encoding="utf-8"),
}


class Bad(NamedTuple):
    """A catalogue's files, and the lines that are told of them."""

    files: dict[str, str]
    told: list[str]


def bad_catalogues() -> Iterator[tuple[str, Bad]]:
    _, *blocks = (DATA / "bad_catalogues.txt").read_text(encoding="utf-8").rstrip("\n").split("\n\n# ")
    for block in blocks:
        title, *changes = block.split("\n@ ")
        files, told = dict(GOOD), list[str]()
        for change in changes:
            name, *lines = change.split("\n")
            old, new = ("".join(f"{line[1:]}\n" for line in lines if line.startswith(sign)) for sign in "-+")
            assert not old or files[name].count(old) == 1, title
            files[name] = files[name].replace(old, new) if old else new
            told = [line for line in lines if not line.startswith(("-", "+"))]
        yield title, Bad(files, told)


BAD = dict(bad_catalogues())


@pytest.mark.parametrize("title", BAD)
def test_p02_p04_p05_p08_p09_p10_a_bad_catalogue_is_told_line_by_line(title: str) -> None:
    roles, skills, guide = (text.encode() for text in BAD[title].files.values())
    try:
        catalogue = read_catalogue(roles, skills)
        parse_guide(guide, catalogue)
        odd = (one for name, text in BAD[title].files.items() for one in odd_texts(text.encode(), name))
        told = [str(finding) for finding in (*lint(catalogue), *odd)]
    except CatalogueError as error:
        told = str(error).splitlines()
    assert told == BAD[title].told
    assert told


def write(folder: Path, files: dict[str, str]) -> str:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("command", [["catalogue", "check"], ["roles"], ["start", "--answers", "-"]])
def test_every_command_refuses_a_bad_catalogue_with_the_same_words(
    command: list[str], bpo_quiz: Program, tmp_path: Path
) -> None:
    run = bpo_quiz(*command, "--data", write(tmp_path, BAD["both files"].files), input="{}")
    assert (run.stderr.splitlines(), run.stdout, run.returncode) == (BAD["both files"].told, "", 3)


@pytest.mark.parametrize(
    ("bad", "code", "counted"),
    [
        (Bad(GOOD, []), 0, "0 errors, 0 warnings"),
        (BAD["near twins"], 0, "0 errors, 1 warning"),
        (BAD["path without entry"], 3, "1 error, 2 warnings"),
    ],
    ids=["good", "near twins", "path without entry"],
)
def test_a_check_tells_what_is_odd_and_counts_it(
    bad: Bad, code: int, counted: str, bpo_quiz: Program, tmp_path: Path
) -> None:
    run = bpo_quiz("catalogue", "check", "--data", write(tmp_path, bad.files))
    end = f"Corner bakery 1.0: 4 skills, 12 items, 2 career paths, 4 roles, 2 guide topics; {counted}"
    assert (run.stdout.splitlines(), run.stderr, run.returncode) == ([*bad.told, end], "", code)


@pytest.mark.parametrize(
    ("name", "fault"),
    [("none", "there is no such folder"), ("file/none", "there is no such folder"), ("file", "is no folder")],
)
def test_a_folder_that_is_none_is_told_once(name: str, fault: str, tmp_path: Path, bpo_quiz: Program) -> None:
    (tmp_path / "file").touch()
    told = f"{tmp_path / name}: {fault}; name the one that holds roles.yaml and skills.yaml"
    with pytest.raises(CatalogueError) as caught:
        read_files(tmp_path / name)
    assert str(caught.value) == told
    run = bpo_quiz("guide", "--data", str(tmp_path / name))
    assert (run.stderr, run.stdout, run.returncode) == (f"{told}\n", "", 3)


@pytest.mark.parametrize("missing", [[SKILLS_FILE], [ROLES_FILE, SKILLS_FILE]])
def test_a_file_that_is_missing_is_named(missing: list[str], tmp_path: Path) -> None:
    write(tmp_path, {name: text for name, text in GOOD.items() if name not in missing} | {"skills.yml": ""})
    with pytest.raises(CatalogueError) as caught:
        read_files(tmp_path)
    told = [f"{name}: No such file or directory ({tmp_path / name})" for name in missing]
    told[-1] += "; rename skills.yml"
    assert str(caught.value).splitlines() == told
