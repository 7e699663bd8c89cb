"""Files of sheets as people have them: which there are, and what is in each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bpo_quiz.clean import clean
from bpo_quiz.errors import InputError
from bpo_quiz.sheets.lines import BLANK, FileFault, LineFault
from bpo_quiz.sheets.read_csv import CsvLines, read_header
from bpo_quiz.sheets.read_json import JsonLines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.sheets.lines import Sheet, Source
    from bpo_quiz.sheets.read_csv import Reading

_ENDINGS = {".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson"}
_WORKBOOKS = {".xlsx", ".xls", ".ods"}  # are refused by name, since there may be people in them

Reader = CsvLines | JsonLines


def files_of(named: Sequence[str]) -> tuple[list[str], list[str]]:
    """The files that somebody names, those of a folder in the order of their names; and what a folder holds beside.

    Raises:
        InputError: a folder cannot be read, or has no such file.
    """
    files: list[str] = []
    others: list[str] = []
    for place in named:
        if not _is_folder(place):
            files.append(place)
            continue
        try:
            inside = sorted(one for one in Path(place).iterdir() if not one.name.startswith((".", "~$")))
        except OSError as error:
            raise InputError(f"{clean(place, 200)}: {error.strerror}; name the files themselves") from None
        found = [one for one in inside if one.is_file() and _ending(one) in _ENDINGS | _WORKBOOKS]
        if not found:
            raise InputError(f"{clean(place, 200)}: holds no sheets and no answer files (.csv, .json); name another")
        files += map(str, found)
        others += [one.name for one in inside if one not in found]
    return files, others


def _is_folder(place: str) -> bool:
    try:
        return bool(place) and Path(place).is_dir()
    except (OSError, ValueError):
        return False


def _ending(file: Path) -> str:
    return (file.with_suffix("") if file.suffix.lower() == ".gz" else file).suffix.lower()


def understood(source: Source, catalogue: Catalogue, reading: Reading) -> tuple[Reader, bytes | None]:
    """What reads the lines of a file, and its first line where that names columns.

    Raises:
        InputError: its first line cannot be used, or it is JSON that should have another coding than its own.
    """
    if not source.is_json:
        header = source.first_line()
        columns = read_header(header, catalogue, source.name, reading, source.separator)
        return CsvLines(columns, catalogue), header
    if reading.coding == "1-5":
        raise InputError(f"{source.name}: answers in JSON are 0 to 4 by their format; drop --codes")
    return JsonLines(catalogue, source.only_id), None


def read(reader: Reader, lines: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes, Sheet | LineFault]]:
    """The sheets of numbered lines, or why one cannot be used, beside the line; lines without anybody are left out.

    Raises:
        FileFault: no line of the file can be used.
    """
    blank = BLANK if isinstance(reader, CsvLines) else b"\r\n"
    for number, line in lines:
        if not line.strip(blank):
            continue
        try:
            yield number, line, reader.sheet(line.rstrip(b"\r\n"))
        except LineFault as fault:
            yield number, line, fault
        except FileFault as fault:
            fault.line = number
            raise


def sheets_of(source: Source, catalogue: Catalogue, reading: Reading) -> Iterator[tuple[str, Sheet | LineFault]]:
    """Everything in a file: the place of each line, and its sheet, or why it cannot be used.

    Only when this has come to its end without an error, the numbers of the file are sure to mean what was read.

    Raises:
        InputError: the file cannot be read, or nobody can tell what it means.
    """
    reader, _ = understood(source, catalogue, reading)
    try:
        for block in source.blocks():
            if block.is_rest:
                continue  # of a line that was told to be too long
            for number, _, sheet in read(reader, block.lines()):
                yield source.where.of(number), sheet
        reader.close()
    except FileFault as fault:
        place = source.where.of(fault.line) if fault.line else source.name
        raise InputError(f"{place}: {fault}") from None
