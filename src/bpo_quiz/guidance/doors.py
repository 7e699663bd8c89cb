"""What one could start today: at most three doors, or the role that is nearest to being one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.standing import Outlook
    from bpo_quiz.scoring.match import Fit

MOST_DOORS = 3

NEAR = 15.0
"""Points of Total that a door may stand behind the best role of all."""


class Doors(NamedTuple):
    """What is open today.

    Attributes:
        roles: ids of at most `MOST_DOORS` startable roles, steps down last, then by rank.
        are_near: whether they fit nearly as well as the best role of all.
        nearest: id of the role with the fewest things in the way, where nothing is open.
        shared: the name of a gate that every entry role asks for and that is not met, where nothing is open.
    """

    roles: tuple[str, ...]
    are_near: bool
    nearest: str | None = None
    shared: str | None = None


def doors(
    catalogue: Catalogue, ranked: Sequence[Fit], found: Mapping[str, Outlook], totals: Mapping[str, float]
) -> Doors:
    """What is open to one person today.

    Args:
        catalogue: the roles.
        ranked: the fits, best first.
        found: role id -> how it stands.
        totals: role id -> its Total, 0-100, or what is expected of it where much is not known.
    """
    startable = [fit.role for fit in ranked if found[fit.role].is_startable]
    startable.sort(key=lambda role: found[role].is_step_down)  # stable: by rank within
    if not startable:
        shared = _shared_gate(catalogue, found)
        return Doors((), are_near=False, nearest=_nearest(catalogue, ranked, found), shared=shared)
    best = max(totals.values())
    near = [role for role in startable if best - totals[role] <= NEAR]
    return Doors(tuple((near or startable)[:MOST_DOORS]), are_near=bool(near))


def with_door(opened: Doors, role: str, ranked: Sequence[Fit], found: Mapping[str, Outlook]) -> Doors:
    """The same doors with one more, which takes the third place; for the first step of the way that is told."""
    places = {fit.role: place for place, fit in enumerate(ranked)}
    named = {*opened.roles[: MOST_DOORS - 1], role} if role not in opened.roles else opened.roles
    return opened._replace(roles=tuple(sorted(named, key=lambda one: (found[one].is_step_down, places[one]))))


def _nearest(catalogue: Catalogue, ranked: Sequence[Fit], found: Mapping[str, Outlook]) -> str | None:
    """Of entry roles first, then of those within reach, then of those further on."""
    roles = [fit.role for fit in ranked]
    close = [role for role in roles if found[role].state in ("not_yet", "unwanted")]
    entries = [role for role in close if catalogue.roles[role].is_entry]
    further = [role for role in roles if found[role].state == "further_on"]
    return min(entries or close or further, key=lambda role: found[role].things_in_the_way, default=None)


def _shared_gate(catalogue: Catalogue, found: Mapping[str, Outlook]) -> str | None:
    """A gate with one level that is in the way of every entry role."""
    entries = [one for one in found.values() if catalogue.roles[one.role].is_entry]
    unmet = [{(check.name, check.needs) for check in one.unmet} for one in entries]
    shared = set.intersection(*unmet) if unmet else set()
    return min((name for name, _ in shared), default=None)
