"""Finds ids that stand twice in a file of any length, by a number of 64 bits for each."""

from __future__ import annotations

import heapq
import sys
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BITS = 64
_MASK = 2**_BITS - 1
_FEW = 20_000
_PART_BITS = 5
"""More ids than a few are looked at in 32 parts, so that sorting them needs little memory."""


class Ids:
    """The ids of all sheets, each with its line, in 12 bytes a sheet (16 while they are looked at)."""

    def __init__(self) -> None:
        self._hashes, self._lines = array("Q"), array("I")

    def add(self, ids: Iterable[bytes], lines: Iterable[int]) -> None:
        """Keep some more, in any order of lines."""
        self._hashes.extend(hash(one) & _MASK for one in ids)
        self._lines.extend(lines)

    def twice(self, most: int) -> list[tuple[int, int]]:
        """The first lines whose id stands in an earlier line, each with the earliest line that has it."""
        bits = _PART_BITS if len(self._hashes) > _FEW else 0
        parts = (self._part(part, _BITS - bits) for part in range(1 << bits))
        return heapq.nsmallest(most, (pair for part in parts for pair in _again(part)))

    def _part(self, part: int, shift: int) -> Iterable[tuple[int, int]]:
        """Line and number of the ids whose numbers begin with some bits, or at least of those that stand twice."""
        if np := sys.modules.get("numpy"):  # only where it was worth loading before
            hashes, lines = np.frombuffer(self._hashes, np.uint64), np.frombuffer(self._lines, self._lines.typecode)
            least = part << shift
            chosen = np.flatnonzero((hashes >= least) & (hashes <= least + (1 << shift) - 1))
            ordered = np.sort(hashes[chosen])
            again = ordered[1:][ordered[1:] == ordered[:-1]]
            chosen = chosen[np.isin(hashes[chosen], again)]
            return zip(lines[chosen].tolist(), hashes[chosen].tolist(), strict=True)
        return ((line, one) for line, one in zip(self._lines, self._hashes, strict=True) if one >> shift == part)


def _again(ids: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Lines whose number came in an earlier line, each with the first of them."""
    first: dict[int, int] = {}
    for line, one in sorted(ids):
        if (before := first.setdefault(one, line)) != line:
            yield line, before
