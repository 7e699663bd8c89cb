"""Adds the compiled catalogue to the wheel; an editable installation reads the YAML, which its owner may edit."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogue(BuildHookInterface):  # type: ignore[type-arg]
    """Reads `data/` strictly, so that a catalogue with a fault cannot be packed, and writes what was read."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel is packed; `version` is `standard` or `editable`."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from bpo_quiz.catalogue import compiled
        from bpo_quiz.catalogue.files import read_files
        from bpo_quiz.catalogue.read_catalogue import read_catalogue

        catalogue = read_catalogue(*read_files(Path(self.root) / "data"))
        self._folder = tempfile.TemporaryDirectory()
        name = compiled.file_name(catalogue.sha256)
        file = Path(self._folder.name) / name
        file.write_text(compiled.written(catalogue), encoding="utf-8")
        build_data["force_include"][str(file)] = f"bpo_quiz/data/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called when the wheel is packed."""
        if version != "editable":
            self._folder.cleanup()
