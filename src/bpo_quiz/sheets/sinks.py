"""Where results go: to a file that a stopped run can go on with, or to standard output."""

from __future__ import annotations

import contextlib
import json
import tempfile
import time
from typing import IO, TYPE_CHECKING, Any

from bpo_quiz.errors import StorageError, UsageError
from bpo_quiz.files.faults import shown, told
from bpo_quiz.files.safe import put_in_place, refuse_to_overwrite, temporary
from bpo_quiz.sheets.prints import SIZE, twice
from bpo_quiz.sheets.run import Progress
from bpo_quiz.store.file_lock import FileLock
from bpo_quiz.store.growing_file import GrowingFile, part_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

FORMAT = "bpo-quiz/score-state@1"
_NOTE_EVERY = 1.0
"""Seconds between two notes of how far a run is; that much is lost at most when the power fails."""


class FileSink:
    """Writes `FILE.part`, and beside it what is needed to go on: `FILE.part.json` and `FILE.ids.part`.

    Args:
        output: the results' name. rejects: the name for lines that cannot be used; None: they are not kept.
        wanted: what the run is asked for; a run goes on only with the same.
        force: replace files that are there, and forget a part. go_on: go on with a part, if there is one.

    Attributes:
        earlier: how far the stopped run was; None when this one begins.

    Raises:
        UsageError: files are in the way, or the part was made with other options.
        StorageError: another run writes one of them, or something cannot be written.
    """

    def __init__(
        self, output: Path, rejects: Path | None, wanted: Mapping[str, Any], *, force: bool, go_on: bool
    ) -> None:
        part = part_of(output)
        self._note, ids = part.with_name(part.name + ".json"), output.with_name(output.name + ".ids")
        self._wanted = dict(wanted)
        with contextlib.ExitStack() as made:
            self._held = made.enter_context(_held([output] if rejects is None else [output, rejects], force))
            keep = self.earlier = self._read(part) if go_on and part.exists() else None
            self._rows = _growing(made, output, force, None if keep is None else keep.rows)
            self._rejected = (
                None if rejects is None else _growing(made, rejects, force, None if keep is None else keep.rejected)
            )
            if keep is None:
                part_of(ids).unlink(missing_ok=True)
            self._prints = _growing(made, ids, True, None if keep is None else keep.prints)
            made.pop_all()
        self._done = keep
        self._noted = time.monotonic()

    def _read(self, part: Path) -> Progress:
        """How far the stopped run was."""
        try:
            record = json.loads(self._note.read_text(encoding="utf-8"))
            progress = Progress(**record.pop("progress"))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise UsageError(
                f"{shown(self._note)}: does not tell how far {shown(part)} is; begin again with --force"
            ) from None
        wanted = {"format": FORMAT, **self._wanted}
        other = next((key for key in wanted if record.get(key) != wanted[key]), None)
        if other is not None:
            raise UsageError(
                f"{shown(part)}: was made with another {other.replace('_', ' ')}; use the same, or begin again with "
                "--force"
            )
        return progress

    def rows(self, content: bytes) -> None:
        """Results."""
        self._rows.append(content)

    def rejected(self, content: bytes) -> None:
        """Lines that could not be used."""
        if self._rejected is not None:
            self._rejected.append(content)

    def prints(self, content: bytes) -> None:
        """Fingerprints of ids."""
        self._prints.append(content)

    def done(self, progress: Progress) -> None:
        """Everything up to here is whole."""
        self._done = progress
        if time.monotonic() - self._noted > _NOTE_EVERY or not progress.sheets:
            self._write_note(progress)

    def _write_note(self, progress: Progress) -> None:
        self._noted = time.monotonic()
        record = {"format": FORMAT, **self._wanted, "progress": progress.record()}
        with told(self._note), temporary(self._note.parent) as fresh:
            fresh.write_bytes(json.dumps(record, indent=2).encode("ascii"))
            put_in_place(fresh, self._note, force=True)

    def twice(self) -> Iterator[tuple[int, int]]:
        """Lines whose id stands in an earlier line, and that line."""
        with told(self._prints.part), self._prints.part.open("rb") as file:
            yield from twice(file, self._prints.size // SIZE)

    def finish(self) -> None:
        """Give the files their names."""
        with self._held:
            if self._rejected is not None:
                self._rejected.finish()
            self._rows.finish()
            self._prints.remove()
            with contextlib.suppress(OSError):
                self._note.unlink()

    def stop(self) -> None:
        """Leave what is whole, and a note of how far it is."""
        with self._held:
            if self._done is not None:
                with contextlib.suppress(StorageError):
                    self._rows.cut(self._done.rows)
                    self._prints.cut(self._done.prints)
                    if self._rejected is not None:
                        self._rejected.cut(self._done.rejected)
                    self._write_note(self._done)
            for file in (self._rows, self._rejected, self._prints):
                if file is not None:
                    file.close()

    def remove(self) -> None:
        """Leave nothing, as before."""
        with self._held:
            for file in (self._rows, self._rejected, self._prints):
                if file is not None:
                    file.remove()
            with contextlib.suppress(OSError):
                self._note.unlink()


def _held(finals: Sequence[Path], force: bool) -> contextlib.ExitStack:
    """Keep other runs off these files, and what is beside them, until the stack is closed."""
    with contextlib.ExitStack() as made:
        for final in finals:
            refuse_to_overwrite(final, force)  # what is told of a file that is there matters more
            made.callback(FileLock(part_of(final)).release)
        return made.pop_all()


def _growing(made: contextlib.ExitStack, final: Path, force: bool, keep: int | None) -> GrowingFile:
    """A file that is gone again if not all of them can be made; one that is gone on with stays."""
    file = GrowingFile(final, force=force, keep=keep)
    made.callback(file.remove if keep is None else file.close)
    return file


class StreamSink:
    """Writes to standard output."""

    earlier: Progress | None = None

    def __init__(self, write: Callable[[bytes], object], rejects: Path | None, *, force: bool) -> None:
        self._write = write
        with contextlib.ExitStack() as made:
            self._held = made.enter_context(_held([] if rejects is None else [rejects], force))
            self._rejected = None if rejects is None else GrowingFile(rejects, force=force)
            made.pop_all()
        self._prints: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the sink
        self._count = 0

    def rows(self, content: bytes) -> None:
        """Results."""
        self._write(content)

    def rejected(self, content: bytes) -> None:
        """Lines that could not be used."""
        if self._rejected is not None:
            self._rejected.append(content)

    def prints(self, content: bytes) -> None:
        """Fingerprints of ids."""
        self._prints.write(content)
        self._count += len(content) // SIZE

    def done(self, progress: Progress) -> None:
        """Nothing is kept."""

    def twice(self) -> Iterator[tuple[int, int]]:
        """Lines whose id stands in an earlier line, and that line."""
        self._prints.flush()
        yield from twice(self._prints, self._count)  # type: ignore[arg-type]

    def finish(self) -> None:
        """Give the rejects their name."""
        self._prints.close()
        with self._held:
            if self._rejected is not None:
                self._rejected.finish()

    def stop(self) -> None:
        """What was written stays."""
        self.finish()

    def remove(self) -> None:
        """Leave no rejects."""
        self._prints.close()
        with self._held:
            if self._rejected is not None:
                self._rejected.remove()
