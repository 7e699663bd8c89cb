"""Texts that were looked at once and must stay as they are: `pytest --update-snapshots` writes them anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Snapshots:
    """The snapshots in one folder."""

    def __init__(self, folder: Path, update: bool) -> None:
        self.folder = folder
        self.update = update

    def check(self, name: str, content: str) -> None:
        """Whether the content is that of the snapshot."""
        file = self.folder / name
        if self.update:
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content.encode())
        assert file.exists(), f"{name}: there is no such snapshot; look at the output, then pytest --update-snapshots"
        stored = file.read_bytes().decode()
        assert content == stored, f"{name} has changed; if it should have, pytest --update-snapshots"
