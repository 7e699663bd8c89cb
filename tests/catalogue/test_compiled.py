"""The compiled catalogue is the one in the YAML, or is not used."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from strategies import catalogues, often

from bpo_quiz.catalogue.compiled import file_name, restored, written
from bpo_quiz.catalogue.files import read_files
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.read_catalogue import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    from bpo_quiz.catalogue.model import Catalogue

ROOT = Path(__file__).parents[2]
SMALL = load(Path(__file__).parents[1] / "data" / "small")


@often
@given(catalogues())
def test_what_is_written_comes_back(catalogue: Catalogue) -> None:
    assert restored(written(catalogue), catalogue.sha256) == catalogue


def test_the_shipped_catalogue_comes_back_to_the_last_field() -> None:
    catalogue = read_catalogue(*read_files())
    found = restored(written(catalogue), catalogue.sha256)
    assert found == catalogue
    assert repr(found) == repr(catalogue)


def change(what: Callable[[dict[str, Any]], None]) -> str:
    record = json.loads(written(SMALL))
    what(record)
    return json.dumps(record)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "null",
        written(SMALL)[:-1],
        change(lambda record: record.update(version="0.0.0")),
        change(lambda record: record.update(sha256="0" * 64)),
        change(lambda record: record.pop("catalogue")),
        change(lambda record: record["catalogue"].pop(0)),
        change(lambda record: record["catalogue"][6].update(dough=[])),
        change(lambda record: record["catalogue"].__setitem__(9, "roles")),
    ],
)
def test_what_this_program_did_not_write_is_not_used(content: str) -> None:
    assert restored(content, SMALL.sha256) is None


def in_wheel(wheel: Path, code: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(wheel)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    return done.stdout.strip()


LOADS = (
    "import sys, bpo_quiz.catalogue.load as it; catalogue = it.load(); "
    "print(it.__file__.startswith({!r}), 'yaml' in sys.modules, catalogue.name)"
)


@pytest.fixture
def own_wheel(wheel: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(wheel, tmp_path / "own"))


def test_a_wheel_never_reads_the_yaml_of_its_catalogue(wheel: Path, catalogue: Catalogue) -> None:
    assert in_wheel(wheel, LOADS.format(str(wheel))) == f"True False {catalogue.name}"
    compiled = (wheel / "bpo_quiz" / "data" / file_name(catalogue.sha256)).read_text(encoding="utf-8")
    assert restored(compiled, catalogue.sha256) == read_catalogue(*read_files())


def test_a_file_that_was_edited_after_the_installation_is_read(own_wheel: Path, catalogue: Catalogue) -> None:
    file = own_wheel / "bpo_quiz" / "data" / "roles.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f"name: {catalogue.name}", "name: Edited", 1), encoding="utf-8")
    assert in_wheel(own_wheel, LOADS.format(str(own_wheel))) == "True True Edited"


def test_a_compiled_file_that_is_damaged_is_passed_over(own_wheel: Path, catalogue: Catalogue) -> None:
    file = own_wheel / "bpo_quiz" / "data" / file_name(catalogue.sha256)
    file.write_bytes(file.read_bytes()[:-100])
    assert in_wheel(own_wheel, LOADS.format(str(own_wheel))) == f"True True {catalogue.name}"


def test_a_catalogue_with_a_fault_cannot_be_packed(tmp_path: Path) -> None:
    for name in ("src", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, tmp_path / name)
    roles = tmp_path / "data" / "roles.yaml"
    roles.write_text(roles.read_text(encoding="utf-8").replace("rung: 1", "rung: 11", 1), encoding="utf-8")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"]
    done = subprocess.run(build, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "rung" in done.stderr
    assert not list(tmp_path.glob("dist/*.whl"))
