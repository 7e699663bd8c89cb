"""A career path: its roles, what they ask on average, and where people come from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.catalogue.model import Requirement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.model import Catalogue, Path, Role


class CareerPath(NamedTuple):
    """A career path and what its roles say of it.

    Attributes:
        roles: its roles, the lowest rung first.
        skills: (id, what its roles ask on average), the most important first.
        comes_from: roles of other paths from which a move leads here.
    """

    path: Path
    roles: tuple[Role, ...]
    skills: tuple[tuple[str, Requirement], ...]
    comes_from: tuple[Role, ...]

    @property
    def entries(self) -> tuple[Role, ...]:
        """The roles in which one can start from outside."""
        return tuple(role for role in self.roles if role.is_entry)


def career_path(catalogue: Catalogue, path: Path) -> CareerPath:
    """A career path of a catalogue, with all that belongs to it."""
    roles = sorted((role for role in catalogue.roles.values() if role.path == path.id), key=lambda role: role.rung)
    ids = {role.id for role in roles}
    others = (role for role in catalogue.roles.values() if role.path != path.id)
    comes_from = (role for role in others if ids & {edge.role for edge in (*role.leads_to, *role.lateral)})
    skills = ((skill, _average([role.skills[skill] for role in roles])) for skill in catalogue.skills if roles)
    by_importance = sorted(skills, key=lambda one: (-one[1].importance, -one[1].level, one[0]))
    return CareerPath(path, tuple(roles), tuple(by_importance), tuple(comes_from))


def _average(asked: Sequence[Requirement]) -> Requirement:
    importance, level = (math.fsum(numbers) / len(asked) for numbers in zip(*asked, strict=True))
    return Requirement(importance, level)
