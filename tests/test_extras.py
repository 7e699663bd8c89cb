"""What is told where a package is missing: a command that works for this very installation."""

from __future__ import annotations

import shlex
import subprocess
import sys
import venv
from pathlib import Path

import bpo_quiz
from bpo_quiz.extras import adding, missing

TELL = "import sys; from bpo_quiz.extras import adding; print(adding('typst'))"


def test_the_command_that_is_told_works_here() -> None:
    done = subprocess.run(shlex.split(adding("typst")), capture_output=True, text=True, check=True)
    assert "already satisfied: typst" in done.stdout
    assert str(missing("--format pdf", "typst")) == (
        f"--format pdf: this needs typst, which is not installed; get it by: {sys.executable} -m pip install typst"
    )


def test_pipx_and_uv_have_commands_of_their_own(tmp_path: Path) -> None:
    home = tmp_path / "my bpo-quiz"
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"

    def told() -> str:
        source = str(Path(bpo_quiz.__file__).parents[1])
        done = subprocess.run(
            [python, "-c", TELL], env={"PYTHONPATH": source}, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    assert told() == f"uv pip install --python '{python}' typst"
    (home / "pipx_metadata.json").touch()
    assert told() == "pipx inject 'my bpo-quiz' typst"
