"""A catalogue's two files as bytes, and the mark that tells whether they are the same."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from bpo_quiz.clean import clean
from bpo_quiz.errors import CatalogueError, Fault

ROLES_FILE = "roles.yaml"
SKILLS_FILE = "skills.yaml"

LARGEST_FILE = 8 * 1024 * 1024
"""Bytes; a catalogue's file of this size would hold some 1,600 roles."""


PACKAGE = Path(__file__).parents[1]
"""The folder of the program's code; a wheel carries the shipped files below it."""


def shipped_folder() -> Path:
    """The folder with the shipped files: inside the package, else at the top of the repository."""
    inside = PACKAGE / "data"
    return inside if inside.is_dir() else PACKAGE.parents[1] / "data"


def template_folder() -> Path:
    """The folder with a small catalogue that an author begins with."""
    return shipped_folder() / "template"


def read_files(folder: Path | None = None) -> tuple[bytes, bytes]:
    """The bytes of `roles.yaml` and `skills.yaml` of a folder (None: the shipped one).

    Raises:
        CatalogueError: the folder is none, or a file is missing, unreadable or too large.
    """
    if folder is not None:
        _check_folder(folder)
    folder = folder or shipped_folder()
    faults: list[Fault] = []
    roles, skills = _bytes(folder / ROLES_FILE, faults), _bytes(folder / SKILLS_FILE, faults)
    if faults:
        raise CatalogueError(faults)
    return roles, skills


def _check_folder(folder: Path) -> None:
    try:
        fault = "" if stat.S_ISDIR(folder.stat().st_mode) else "is no folder"
    except (FileNotFoundError, NotADirectoryError):
        fault = "there is no such folder"
    except (OSError, ValueError):
        return  # its files tell why
    if fault:
        remedy = f"name the one that holds {ROLES_FILE} and {SKILLS_FILE}"
        raise CatalogueError([Fault(clean(str(folder), 200), 0, "", f"{fault}; {remedy}")])


def read_bytes(file: Path) -> bytes:
    """Read a regular file of at most `LARGEST_FILE` bytes, once.

    Raises:
        CatalogueError: the file is missing, unreadable, too large, or no file.
    """
    try:
        mode = file.stat().st_mode  # before opening: a pipe would wait for ever
        if not stat.S_ISREG(mode):
            raise CatalogueError([Fault(file.name, 0, "", "is not a file")])
        with file.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "cannot be read"
        other = file.with_suffix(".yml")
        remedy = f"; rename {other.name}" if isinstance(error, FileNotFoundError) and other.is_file() else ""
        raise CatalogueError([Fault(file.name, 0, "", f"{reason} ({clean(str(file), 200)}){remedy}")]) from None
    if len(content) > LARGEST_FILE:
        raise CatalogueError([Fault(file.name, 0, "", "is larger than 8 MiB; split the catalogue or shorten it")])
    return content


def fingerprint(roles: bytes, skills: bytes) -> str:
    """SHA-256 over both files, as 64 hexadecimal digits."""
    digest = hashlib.sha256(f"{len(roles)}\n".encode())
    digest.update(roles)
    digest.update(skills)
    return digest.hexdigest()


def _bytes(file: Path, faults: list[Fault]) -> bytes:
    try:
        return read_bytes(file)
    except CatalogueError as error:
        faults.extend(error.faults)
        return b""
