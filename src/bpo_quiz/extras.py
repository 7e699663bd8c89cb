"""Packages that only some commands need: what to say where one is missing, with a command that works right here."""

from __future__ import annotations

import shlex
import sys
from importlib.util import find_spec
from pathlib import Path

from bpo_quiz.errors import UsageError


def missing(what: str, package: str) -> UsageError:
    """The fault that a package is not installed; `what`: the command or the option that needs it."""
    return UsageError(f"{what}: this needs {package}, which is not installed; get it by: {adding(package)}")


def adding(package: str) -> str:
    """The command that adds a package to the Python that runs this program.

    It names the package, not an extra of ours: `pip install 'bpo-quiz[pdf]'` looks for this program in the package
    index, and finds nothing, or another one, where it was installed from a folder.
    """
    home = Path(sys.prefix)
    if (home / "pipx_metadata.json").exists():
        return f"pipx inject {shlex.quote(home.name)} {package}"
    python = shlex.quote(sys.executable) if sys.platform != "win32" else f'"{sys.executable}"'
    if find_spec("pip") is None:  # as in the environments that uv makes
        return f"uv pip install --python {python} {package}"
    return f"{python} -m pip install {package}"
