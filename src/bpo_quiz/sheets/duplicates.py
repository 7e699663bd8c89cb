"""Finds ids that stand twice in a file of any length, by a number of 64 bits for each."""

from __future__ import annotations

import heapq
import sys
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

_BITS = 64
_MULTIPLIER = 0x9E3779B97F4A7C15
_SHIFT = 29
_FEW = 20_000
_PART_BITS = 5
"""More ids than a few are looked at in 32 parts, so that sorting them needs little memory."""


class Ids:
    """The ids of all sheets, each with its line, in 12 bytes a sheet (16 while they are looked at)."""

    def __init__(self) -> None:
        self._hashes, self._lines = array("Q"), array("I")

    def add(self, identifier: str, line: int) -> None:
        """Keep the id of one sheet."""
        self._hashes.append(hash_of(identifier))
        self._lines.append(line)

    def add_many(self, hashes: NDArray[np.uint64], lines: NDArray[np.int64]) -> None:
        """Keep the ids of many sheets."""
        self._hashes.frombytes(hashes.tobytes())
        self._lines.frombytes(lines.astype(self._lines.typecode).tobytes())

    def twice(self, most: int) -> list[tuple[int, int]]:
        """The first lines whose id stands in an earlier line, each with the earliest line that has it."""
        bits = _PART_BITS if len(self._hashes) > _FEW else 0
        parts = (self._part(part, _BITS - bits) for part in range(1 << bits))
        return heapq.nsmallest(most, (pair for part in parts for pair in _again(part)))

    def _part(self, part: int, shift: int) -> Iterable[tuple[int, int]]:
        """The ids whose numbers begin with some bits, or of these at least those that stand twice."""
        if np := sys.modules.get("numpy"):  # only where it was worth loading before
            hashes, lines = np.frombuffer(self._hashes, np.uint64), np.frombuffer(self._lines, self._lines.typecode)
            least = part << shift
            chosen = np.flatnonzero((hashes >= least) & (hashes <= least + (1 << shift) - 1))
            ordered = np.sort(hashes[chosen])
            again = ordered[1:][ordered[1:] == ordered[:-1]]
            chosen = chosen[np.isin(hashes[chosen], again)]
            return zip(hashes[chosen].tolist(), lines[chosen].tolist(), strict=True)
        return (one for one in zip(self._hashes, self._lines, strict=True) if one[0] >> shift == part)


def _again(ids: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Lines whose id came before, each with the line where it came first."""
    first: dict[int, int] = {}
    for found, line in ids:
        if (before := first.setdefault(found, line)) != line:
            yield line, before


def hash_of(identifier: str) -> int:
    """A number of 64 bits for an id; two ids share one about once in 10^19 pairs."""
    encoded, found = identifier.encode("utf-8"), 0
    for start in range(0, len(encoded), 8):
        word = int.from_bytes(encoded[start : start + 8], "little")
        found = ((found ^ word) * _MULTIPLIER) % (1 << _BITS)
        found ^= found >> _SHIFT
    return found


def hashes_of(identifiers: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """The same numbers for many ids at once, with NULs after their ends, in whole words of 8, [sheet, byte]."""
    import numpy as np

    words = identifiers.view("<u8").astype(np.uint64)
    found = np.zeros(len(words), dtype=np.uint64)
    for word in words.T:
        mixed = (found ^ word) * np.uint64(_MULTIPLIER)
        mixed ^= mixed >> np.uint64(_SHIFT)
        found = np.where(word > 0, mixed, found)
    return found
