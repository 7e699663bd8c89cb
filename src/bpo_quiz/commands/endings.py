"""What a file's ending says about how it is to be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bpo_quiz.clean import clean
from bpo_quiz.errors import UsageError

if TYPE_CHECKING:
    import enum
    from pathlib import Path

Form = TypeVar("Form", bound="enum.StrEnum")

BY_ENDING = "by the ending of -o, else table"
"""What the help says of a format that is left out."""

_TABLE = "table"
_OTHERS = {"htm": "html"}


def by_ending(output: Path | None, formats: type[Form], command: str) -> Form:
    """The format of a file by its ending; that of the terminal for `.txt`, no ending, a folder or no file.

    Raises:
        UsageError: the command has no format of that ending.
    """
    from bpo_quiz.files.faults import told

    table = formats(_TABLE)
    if output is None:
        return table
    with told(output):
        is_folder = output.is_dir()
    ending = output.suffix.lower().removeprefix(".")
    if is_folder or ending in ("", "txt"):
        return table
    found = {one.value: one for one in formats if one is not table}
    wanted = _OTHERS.get(ending, ending)
    if wanted not in found:
        known = ", ".join(f".{one}" for one in found)
        raise UsageError(
            f"{command}: {clean(output.name, 80)}: nothing is written as .{clean(ending, 20)}; "
            f"end it in {known} or .txt, or say which with --format"
        )
    return found[wanted]
