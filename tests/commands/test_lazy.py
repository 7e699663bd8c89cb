"""Commands that are imported when they are called look, complete and fail like any other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from store.desk import begin, opened

from bpo_quiz.commands.app import COMMANDS

from .desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("name", ["why", "client"])
def test_a_command_says_of_itself_what_the_list_says_of_it(bpo_quiz: Run, name: str) -> None:
    (command,) = (command for command in COMMANDS if command.name == name)
    assert str(command.help) in " ".join(bpo_quiz(name, "--help").stdout.split())


def test_the_list_shows_every_command_and_imports_none() -> None:
    code = (
        "import sys; from bpo_quiz.commands.app import COMMANDS, app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({command.place.split(':')[0] for command in COMMANDS}"
        " & {name.removeprefix('bpo_quiz.commands.') for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    *page, imported = done.stdout.splitlines()
    shown = [line.split()[1] for line in page if line.startswith("│ ") and line[2:3].isalpha()]
    assert [name for name in shown if name != "--help"] == [command.name for command in COMMANDS]
    assert imported == "[]"


def test_a_mistyped_command_is_told_the_nearest(bpo_quiz: Run) -> None:
    done = bpo_quiz("cilent")
    assert done.returncode == 2
    assert "Did you mean 'client'?" in done.stderr


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("bpo-quiz star", ["start"]),
        ("bpo-quiz start --an", ["--answers"]),
        ("bpo-quiz client f", ["forget"]),
        ("bpo-quiz roles team", ["team_lead"]),
        ("bpo-quiz paths back", ["back_office"]),
        ("bpo-quiz why team", ["team_lead"]),
        ("bpo-quiz path team", ["team_lead"]),
        ("bpo-quiz what-if --reach team", ["team_lead"]),
        ("bpo-quiz skills coach", ["coaching"]),
        ("bpo-quiz guide why_", ["why_bpo"]),
        ("bpo-quiz --home HOME result --client A", ["Ana"]),
        ("bpo-quiz --home HOME client show A", ["Ana"]),
        ("bpo-quiz --home HOME list --client A", ["Ana"]),
        ("bpo-quiz --home HOME start --client A", ["Ana"]),
        ("bpo-quiz --home HOME result CODE", ["CODE"]),
        ("bpo-quiz --home HOME remove CODE", ["CODE"]),
        ("bpo-quiz --home NOWHERE client show A", []),
        ("bpo-quiz --data NOWHERE roles team", []),
    ],
)
def test_a_shell_completes_what_could_stand_there(
    words: str, found: list[str], tmp_path: Path, home: Path, here: Run
) -> None:
    desk = Desk(here, home)
    desk.add("Ana")
    desk.add("A$(id)")  # bash would put it there as it stands
    with opened(home) as database:
        code = begin(database, "Ana")
    real = {"HOME": str(home), "NOWHERE": str(tmp_path / "nowhere"), "CODE": code}
    for name, value in real.items():
        words = words.replace(name, value)
    program = Path(sys.executable).with_name("bpo-quiz")  # completion asks by the program's name
    asked = {"_BPO_QUIZ_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    done = subprocess.run([program], env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    assert done.stdout.split() == [real.get(one, one) for one in found]
