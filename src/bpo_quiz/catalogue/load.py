"""Loads a catalogue: as it was packed when the wheel was built, else from its YAML, whose reading takes long.

The wheel carries what the reader returned as a pickle. A pickle can run code, so it is only looked for inside the
package, beside code that is trusted alike. It is used where its seal fits: over the program's version, the records'
code, the fingerprint of the two YAML files, and what was packed. So a file that was edited after the installation is
read anew, and damage is found before anything is unpacked.
"""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path
from typing import TYPE_CHECKING

from bpo_quiz import __version__
from bpo_quiz.catalogue import model
from bpo_quiz.catalogue.files import PACKAGE, fingerprint, read_files

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue

PACKED_FILE = "catalogue.pickle"
_SEAL_SIZE = hashlib.sha256().digest_size


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
    known = unpacked(fingerprint(roles, skills))
    if known is not None:
        return known
    from bpo_quiz.catalogue.read import read_catalogue

    return read_catalogue(roles, skills)


def packed(catalogue: Catalogue) -> bytes:
    """What `PACKED_FILE` of a wheel holds: a seal, and the catalogue."""
    content = pickle.dumps(catalogue, protocol=5)
    return _seal(catalogue.sha256, content) + content


def unpacked(sha256: str, folder: Path = PACKAGE / "data") -> Catalogue | None:
    """The catalogue that was packed into a folder; None where none of this program and these YAML files was."""
    try:
        found = (folder / PACKED_FILE).read_bytes()
        seal, content = found[:_SEAL_SIZE], found[_SEAL_SIZE:]
        is_ours = seal == _seal(sha256, content)
    except OSError:
        return None
    return pickle.loads(content) if is_ours else None  # noqa: S301 - as much ours as this module


def _seal(sha256: str, content: bytes) -> bytes:
    records = Path(model.__file__).read_bytes()
    return hashlib.sha256(b"\n".join((__version__.encode(), sha256.encode(), records, content))).digest()
