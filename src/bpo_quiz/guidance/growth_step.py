"""The record of one step of a plan."""

from __future__ import annotations

from typing import Literal, NamedTuple

StepKind = Literal["taste", "gate", "skill", "opening", "talk"]
"""Try the work; open a gate; grow a skill; ask what an opening takes; talk with somebody who does the work."""


class GrowthStep(NamedTuple):
    """One thing to do next.

    Attributes:
        what: the aim, in a few words.
        how: what one can do for it, most useful first.
        how_long: how long it takes as far as that is known, and who says so.
        evidence: what one can show afterwards.
        skill: id of the skill that it grows; None where it is about something else.
    """

    kind: StepKind
    what: str
    how: tuple[str, ...]
    how_long: str
    evidence: str
    skill: str | None = None
