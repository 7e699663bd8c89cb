"""The packed catalogue is the one in the YAML, or is not used."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from strategies import catalogues, often

from bpo_quiz.catalogue.files import read_files
from bpo_quiz.catalogue.load import PACKED_FILE, load, packed, unpacked
from bpo_quiz.catalogue.read import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    from bpo_quiz.catalogue.model import Catalogue

SMALL_FOLDER = ROOT / "tests" / "data" / "small"
SMALL = load(SMALL_FOLDER)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("packed")


def back(folder: Path, content: bytes, sha256: str) -> Catalogue | None:
    (folder / PACKED_FILE).write_bytes(content)
    return unpacked(sha256, folder)


@often
@given(catalogues())
def test_what_is_packed_comes_back(folder: Path, catalogue: Catalogue) -> None:
    assert back(folder, packed(catalogue), catalogue.sha256) == catalogue


def test_the_shipped_catalogue_comes_back_to_the_last_field(folder: Path) -> None:
    catalogue = read_catalogue(*read_files())
    assert repr(back(folder, packed(catalogue), catalogue.sha256)) == repr(catalogue)


class Trap:
    """What a stranger could put into a pickle."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (1,)


@given(st.integers(0, len(packed(SMALL)) - 1), st.integers(1, 255))
def test_a_byte_that_changed_is_found_before_anything_is_unpacked(folder: Path, place: int, change: int) -> None:
    content = bytearray(packed(SMALL))
    content[place] ^= change
    assert back(folder, bytes(content), SMALL.sha256) is None


@pytest.mark.parametrize("content", [b"", packed(SMALL)[:-1], packed(SMALL)[:32] + pickle.dumps(Trap())])
def test_what_has_no_seal_that_fits_is_not_used(folder: Path, content: bytes) -> None:
    assert back(folder, content, SMALL.sha256) is None
    assert back(folder, packed(SMALL), "0" * 64) is None


def test_what_lies_beside_somebodys_own_files_is_not_used(tmp_path: Path) -> None:
    shutil.copytree(SMALL_FOLDER, tmp_path, dirs_exist_ok=True)
    (tmp_path / PACKED_FILE).write_bytes(packed(SMALL._replace(name="Another")))
    assert load(tmp_path) == SMALL


LOADS = (
    "import sys, bpo_quiz.catalogue.load as it; catalogue = it.load(); "
    "print(it.__file__.startswith({!r}), 'yaml' in sys.modules, catalogue.name)"
)


def loaded(wheel: Path) -> str:
    """Whether the wheel was used, whether YAML was, and the catalogue's name."""
    env = {**os.environ, "PYTHONPATH": str(wheel)}
    code = [sys.executable, "-c", LOADS.format(str(wheel))]
    return subprocess.run(code, env=env, capture_output=True, text=True, check=True).stdout.strip()


def test_a_wheel_never_reads_the_yaml_of_its_catalogue(wheel: Path, catalogue: Catalogue) -> None:
    assert loaded(wheel) == f"True False {catalogue.name}"
    assert unpacked(catalogue.sha256, wheel / "bpo_quiz" / "data") == read_catalogue(*read_files())


def edited(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(package: Path) -> None:
        text = (package / name).read_text(encoding="utf-8")
        assert old in text
        (package / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def damaged(package: Path) -> None:
    file = package / "data" / PACKED_FILE
    file.write_bytes(file.read_bytes()[:-100])


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (edited("data/roles.yaml", "name: BPO careers", "name: Edited"), "Edited"),
        (edited("__init__.py", '__version__ = "', '__version__ = "9'), "BPO careers"),
        (edited("catalogue/model.py", "HIGHEST_VALUE = 4", "HIGHEST_VALUE = 2 + 2"), "BPO careers"),
        (damaged, "BPO careers"),
    ],
    ids=["other data", "other version", "other records", "damage"],
)
def test_what_changed_after_the_installation_is_read(
    spoil: Callable[[Path], None], name: str, wheel: Path, tmp_path: Path
) -> None:
    own = Path(shutil.copytree(wheel, tmp_path / "own"))
    spoil(own / "bpo_quiz")
    assert loaded(own) == f"True True {name}"


def test_a_catalogue_with_a_fault_cannot_be_packed(tmp_path: Path) -> None:
    for name in ("src", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, tmp_path / name)
    edited("data/roles.yaml", "rung: 1", "rung: 11")(tmp_path)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"]
    done = subprocess.run(build, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "rung" in done.stderr
    assert not list(tmp_path.glob("dist/*.whl"))


def test_s09_the_package_of_the_source_holds_what_its_tests_need(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (file,) = tmp_path.iterdir()
    with tarfile.open(file) as package:
        held = {name.partition("/")[2] for name in package.getnames()}
    needed = ("src", "data", "tests", "docs", "tools", "bench", ".ci", "pyproject.toml", "README.md", "CONTRIBUTING.md")
    every = {file for name in needed for file in (ROOT / name, *(ROOT / name).rglob("*")) if file.is_file()}
    ours = {file.relative_to(ROOT).as_posix() for file in every if "__pycache__" not in file.parts}
    assert ours - held == set()
