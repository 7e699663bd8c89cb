"""Numbers as they are shown: whole ones that still add up (largest remainder, Hamilton's method), and nine decimals."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DECIMALS = 9
"""Of a number in a scored file."""
_ONE = 10**DECIMALS


def whole(number: float) -> int:
    """The nearest whole number, halves up (Python's own rounding would take halves to even)."""
    return math.floor(number + 0.5)


def add_up(parts: Sequence[float], total: int) -> list[int]:
    """Round parts to whole numbers that add up to a total; the largest remainders get the points that are left.

    Args:
        parts: numbers that add up to `total` within rounding, so that the result differs from each by less than 1
            (less than 2 where the total itself was rounded).
        total: what the result adds up to.
    """
    floors = [math.floor(part) for part in parts]
    left = total - sum(floors)
    by_remainder = sorted(range(len(parts)), key=lambda n: (floors[n] - parts[n], n))
    step = 1 if left >= 0 else -1
    order = by_remainder if left >= 0 else by_remainder[::-1]
    for count in range(abs(left)):
        if not order:
            break
        floors[order[count % len(order)]] += step
    return floors


def written(number: float) -> str:
    """A number, 0-100, as it stands in a scored file: nine decimals, which differ from it by less than 1e-9."""
    digits = str(int(number * _ONE + 0.5)).zfill(DECIMALS + 1)
    return f"{digits[:-DECIMALS]}.{digits[-DECIMALS:]}"
