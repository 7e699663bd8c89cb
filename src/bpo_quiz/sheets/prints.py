"""Fingerprints of ids, to find in constant memory which ids stand twice in a file of any length."""

from __future__ import annotations

import struct
from array import array
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

_MULTIPLIER = 0x9E3779B97F4A7C15
_MASK = 2**64 - 1
_RECORD = struct.Struct("=QQ")
SIZE = _RECORD.size
_FEW, _MOST_AT_ONCE = 20_000, 500_000
_READ = 64 * 1024 * SIZE


def print_of(identifier: bytes) -> int:
    """A number of 64 bits for an id; two ids share one about once in 10^19 pairs."""
    found = 0
    for start in range(0, len(identifier), 8):
        word = int.from_bytes(identifier[start : start + 8].ljust(8, b"\0"), "little")
        found = ((found ^ word) * _MULTIPLIER) & _MASK
        found ^= found >> 29
    return found


def prints_of(identifiers: NDArray[np.uint8], lines: NDArray[np.int64]) -> bytes:
    """The records of many ids, with NULs after their ends, in whole words of 8, [sheet, byte]."""
    import numpy as np

    words = identifiers.view("<u8").astype(np.uint64)
    found = np.zeros(len(words), dtype=np.uint64)
    for word in words.T:
        mixed = (found ^ word) * np.uint64(_MULTIPLIER)
        mixed ^= mixed >> np.uint64(29)
        found = np.where(word > 0, mixed, found)
    return np.stack([found, lines.astype(np.uint64)], axis=1).tobytes()


def record(print_: int, line: int) -> bytes:
    """A fingerprint and the number of its line, as they are kept."""
    return _RECORD.pack(print_, line)


def twice(file: BinaryIO, count: int) -> Iterator[tuple[int, int]]:
    """Lines whose id stands in an earlier line: the line, and the first one with that id.

    The file is read once for each part of the fingerprints that fits a fixed memory.

    Args:
        file: records, as many as were kept.
        count: how many.
    """
    find = _sorted_quickly if count > _FEW and has_numpy() else _sorted
    parts = -(-count // _MOST_AT_ONCE)
    for part in range(parts):
        yield from find(file, count, part, parts)


def _pieces(file: BinaryIO, count: int) -> Iterator[bytes]:
    file.seek(0)
    left = count * SIZE
    while left and (piece := file.read(min(left, _READ))):
        left -= len(piece)
        yield piece


def _sorted(file: BinaryIO, count: int, part: int, parts: int) -> Iterator[tuple[int, int]]:
    found = []
    for piece in _pieces(file, count):
        records = array("Q", piece)
        found += [one for one in zip(records[::2], records[1::2], strict=True) if one[0] % parts == part]
    found.sort()
    first = (-1, -1)
    for one in found:
        if one[0] == first[0]:
            yield one[1], first[1]
        else:
            first = one


def _sorted_quickly(file: BinaryIO, count: int, part: int, parts: int) -> Iterator[tuple[int, int]]:
    """Likewise, with numpy."""
    import numpy as np

    chosen = []
    for piece in _pieces(file, count):
        records = np.frombuffer(piece, dtype=np.uint64).reshape(-1, 2)
        chosen.append(records[records[:, 0] % np.uint64(parts) == part] if parts > 1 else records)
    found = np.concatenate(chosen)
    prints = np.sort(found[:, 0])
    again = np.unique(prints[1:][prints[1:] == prints[:-1]])
    few = found[np.isin(found[:, 0], again)] if len(again) else found[:0]
    first: dict[int, int] = {}
    for print_, line in sorted(few.tolist()):
        if print_ in first:
            yield line, first[print_]
        else:
            first[print_] = line


def has_numpy() -> bool:
    """Whether numpy is installed; it is not loaded to find out."""
    import importlib.util

    return importlib.util.find_spec("numpy") is not None
