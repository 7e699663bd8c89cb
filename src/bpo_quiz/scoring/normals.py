"""Standard normal numbers, bit by bit those of `random.gauss`, and faster.

Python promises that the same seed gives the same `random()` in every version, and no more. Made from that alone,
chances stay what they are when `gauss` changes.
"""

from __future__ import annotations

from math import cos, log, sin, sqrt, tau
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random


def normals(dice: Random) -> Iterator[float]:
    """Without an end, two from each pair of even numbers (Box & Muller 1958)."""
    even = dice.random
    while True:
        angle = even() * tau
        radius = sqrt(-2.0 * log(1.0 - even()))
        yield cos(angle) * radius
        yield sin(angle) * radius
