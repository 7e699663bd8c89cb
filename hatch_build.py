"""Packs the catalogue, read, into the wheel; an editable installation reads the YAML, which its owner may edit."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackedCatalogue(BuildHookInterface):  # type: ignore[type-arg]
    """Reads `data/` strictly, so that a catalogue with a fault cannot be packed, and writes what was read."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel is packed; `version` is `standard` or `editable`."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from bpo_quiz.catalogue.files import read_files
        from bpo_quiz.catalogue.load import PACKED_FILE, packed
        from bpo_quiz.catalogue.read import read_catalogue

        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name) / PACKED_FILE
        file.write_bytes(packed(read_catalogue(*read_files(Path(self.root) / "data"))))
        build_data["force_include"][str(file)] = f"bpo_quiz/data/{PACKED_FILE}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called when the wheel is packed."""
        if version != "editable":
            self._folder.cleanup()
