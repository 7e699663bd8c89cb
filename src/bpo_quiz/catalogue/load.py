"""Loads a catalogue: from what was compiled of it when the program was packed, else from its YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.catalogue import compiled
from bpo_quiz.catalogue.files import fingerprint, read_files

if TYPE_CHECKING:
    from pathlib import Path

    from bpo_quiz.catalogue.model import Catalogue


def load(folder: Path | None = None) -> Catalogue:
    """Read `roles.yaml` and `skills.yaml` of a folder (None: the shipped one).

    Raises:
        CatalogueError: with every fault of both files, each with its line.
    """
    return parse_files(*read_files(folder))


def parse_files(roles: bytes, skills: bytes) -> Catalogue:
    """The catalogue that two files' bytes describe.

    Raises:
        CatalogueError: with every fault of both files, each with its line.
    """
    known = compiled.find(fingerprint(roles, skills))
    if known is not None:
        return known
    from bpo_quiz.catalogue.read_catalogue import read_catalogue

    return read_catalogue(roles, skills)
