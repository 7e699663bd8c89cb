"""What can go wrong, each with its exit code; `commands/app.py` turns them into words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

USAGE = 2
INVALID_INPUT = 3
STORAGE = 4
NO_SUCH_RECORD = 5
SIGNALLED = 128
INTERRUPTED = SIGNALLED + 2


class QuizError(Exception):
    """Something that a person can mend: the message names the place, the fault and the remedy."""

    exit_code = 1


class UsageError(QuizError):
    """The command was called in a way that cannot work."""

    exit_code = USAGE


class InputError(QuizError):
    """A file or an answer that cannot be used."""

    exit_code = INVALID_INPUT


class StorageError(QuizError):
    """The disk or the store cannot be used: full, read-only, locked, damaged, or too new."""

    exit_code = STORAGE


class NoSuchRecord(QuizError):  # noqa: N818 - it names what is missing
    """There is no such client or session."""

    exit_code = NO_SUCH_RECORD


class Fault(NamedTuple):
    """One thing wrong in a data file.

    Attributes:
        file: the file's name, without its folder.
        line: counted from 1; 0 where the file as a whole is meant.
        where: the place in the data, such as `roles.team_lead.skills`; may be empty.
        what: the fault and, where there is one, the remedy.
    """

    file: str
    line: int
    where: str
    what: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.where, self.what) if part)


MOST_FAULTS = 500
"""Lines that are shown; a file with more is broken in one way many times."""


class CatalogueError(InputError):
    """A catalogue that cannot be used, with every fault that was found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        lines = [str(fault) for fault in self.faults[:MOST_FAULTS]]
        if len(self.faults) > MOST_FAULTS:
            lines.append(f"and {len(self.faults) - MOST_FAULTS} more; mend these first")
        super().__init__("\n".join(lines))


class Interrupted(QuizError):  # noqa: N818 - it is no error: the person left
    """The person left before the end, or a signal ended it; `number` is that of the signal."""

    exit_code = INTERRUPTED

    def __init__(self, message: str = "", number: int = 2) -> None:
        super().__init__(message)
        self.number = number
        self.exit_code = SIGNALLED + number
