"""What a command may load before it speaks. It guards how long starts take without looking at a clock.

The wheel is looked at, since that is what people start; `-X importtime` names every module as it is loaded.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = [sys.executable, "-X", "importtime"]
LOADED = re.compile(r"^import time: +\d+ \| +\d+ \| +(\S+)\r?$", re.MULTILINE)
NEVER = {"yaml", "jinja2", "typst", "numpy", "questionary", "pydantic", "importlib.metadata", "importlib.resources"}
ASKS, STORES, DRAWS = {"prompt_toolkit", "asyncio"}, {"sqlite3", "bpo_quiz.store", "bpo_quiz.files"}, {"rich"}
PAGES = {"bpo_quiz.document", "bpo_quiz.pages", "bpo_quiz.writers"}
COUNTS = {
    "bpo_quiz.scoring",
    "bpo_quiz.guidance",
    "bpo_quiz.results",
    "bpo_quiz.study",
    "bpo_quiz.sheets",
}


def environment(wheel: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(wheel)}


def loaded(wheel: Path, *words: str) -> set[str]:
    """The modules that Python has loaded at the end."""
    done = subprocess.run([*PYTHON, *words], env=environment(wheel), capture_output=True, text=True, check=True)
    return set(LOADED.findall(done.stderr))


def among(modules: set[str], packages: set[str]) -> set[str]:
    """Those of the packages of which anything was loaded."""
    return {package for package in packages if any(f"{module}.".startswith(f"{package}.") for module in modules)}


def until(terminal: pexpect.spawn[str], wanted: str) -> set[str]:
    """The modules that were loaded before this stood on the screen."""
    terminal.expect_exact(wanted)
    return set(LOADED.findall(terminal.before or ""))


def test_the_version_needs_nothing_but_python(wheel: Path) -> None:
    start = "import sys; sys.argv[1:] = ['--version']; from bpo_quiz.__main__ import main; main()"
    assert loaded(wheel, "-c", start) - loaded(wheel, "-c", "pass") == {"bpo_quiz", "bpo_quiz.__main__"}


@pytest.mark.parametrize(
    ("words", "spared"),
    [
        (("--help",), NEVER | ASKS | STORES | COUNTS),
        (("roles",), NEVER | ASKS | STORES | {"bpo_quiz.results", "bpo_quiz.pages.path"}),
        (("roles", "--format", "json"), NEVER | ASKS | STORES | DRAWS | PAGES),
        (("start", "--answers", "-"), NEVER | ASKS | STORES | {"bpo_quiz.pages.counsellor"}),
        (("start", "--answers", "-", "--plain"), NEVER | ASKS | STORES | DRAWS),
        (("start", "--answers", "-", "--format", "json"), NEVER | ASKS | STORES | DRAWS | PAGES),
    ],
)
def test_a_command_loads_only_what_it_is_for(wheel: Path, words: tuple[str, ...], spared: set[str]) -> None:
    sheet = '{"format": "bpo-quiz/answers@1", "answers": {"communication-1": 3}}'
    command = [*PYTHON, "-m", "bpo_quiz", *words]
    done = subprocess.run(command, env=environment(wheel), input=sheet, capture_output=True, text=True, check=True)
    modules = set(LOADED.findall(done.stderr))
    assert "bpo_quiz.commands.app" in modules
    assert among(modules, spared) == set()


def test_start_speaks_before_it_can_ask_and_asks_before_it_can_count(wheel: Path, tmp_path: Path) -> None:
    words = [*PYTHON[1:], "-m", "bpo_quiz", "--home", str(tmp_path / "home"), "start"]
    terminal = pexpect.spawn(sys.executable, words, env=environment(wheel), encoding="utf-8", dimensions=(40, 100))
    speaking = until(terminal, "a career quiz")
    assert "bpo_quiz.terminal.lines" in speaking
    assert among(speaking, NEVER | ASKS | STORES | DRAWS | COUNTS) == set()
    asking = speaking | until(terminal, "q quit")
    assert among(asking, ASKS | STORES) == ASKS | STORES
    assert among(asking, NEVER | DRAWS | COUNTS) == set()
    terminal.send("q")
    terminal.expect(pexpect.EOF)
