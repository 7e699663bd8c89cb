"""Whether a sheet of answers can say anything about a person. It flags, with the rule that fired; it never blocks."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST_SPREAD = 0.55
"""Standard deviation of all values, 0-4, under which answers hardly differ."""


def hardly_differ(responses: Mapping[str, int | None]) -> bool:
    """Whether the answers are all, or nearly all, the same (SD of the values under 0.55)."""
    values = [value for value in responses.values() if value is not None]
    return len(values) > 1 and statistics.pstdev(values) < LEAST_SPREAD
