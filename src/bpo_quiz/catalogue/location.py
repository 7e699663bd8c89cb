"""Where the shipped catalogue lies."""

from __future__ import annotations

from pathlib import Path


def shipped_folder() -> Path:
    """The folder with the shipped files: inside the package, else at the top of the repository."""
    package = Path(__file__).parents[1]
    inside = package / "data"
    return inside if inside.is_dir() else package.parents[1] / "data"
