from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from bpo_quiz.commands.app import app

if TYPE_CHECKING:
    from pathlib import Path

    from .desk import Done, Run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder that is not there yet."""
    return tmp_path / "home"


@pytest.fixture(scope="session")
def here() -> Run:
    """Run our program in this process: a hundred small runs as `bpo_quiz` would take long."""

    def run(*words: str, input: str = "") -> Done:
        done = CliRunner().invoke(app, list(words), input=input)
        return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)

    return run
