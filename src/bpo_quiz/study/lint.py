"""What is odd about a catalogue that can be read: twins, roles that cannot win, ways that lead nowhere."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.catalogue.fields import Spot
from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.catalogue.strict_yaml import Scalar, parse
from bpo_quiz.guidance.moves import reachable
from bpo_quiz.scoring.match import NEAR_TWINS, TWINS, distance, fit_all
from bpo_quiz.scoring.profile import POINTS_PER_VALUE, score
from bpo_quiz.scoring.ranking import rank
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue, Item, Role


_CURLY = ("\u201c", "\u201d", "\u201e", "\u2018", "\u00ab")


class Finding(NamedTuple):
    """Something odd. An error makes results wrong; a warning makes them weaker."""

    is_error: bool
    where: str
    what: str

    def __str__(self) -> str:
        return f"{'error' if self.is_error else 'warning'}: {self.where}: {self.what}"


def lint(catalogue: Catalogue) -> list[Finding]:
    """Everything odd, errors first."""
    findings = (
        *_ladders(catalogue),
        *_growth(catalogue),
        *_flat_profiles(catalogue),
        *_twins(catalogue),
        *_roles_that_cannot_win(catalogue),
    )
    return sorted(findings, key=lambda finding: not finding.is_error)


def odd_texts(content: bytes, file: str) -> Iterator[Finding]:
    """Texts that look cut by a remark, or in quotes that YAML does not take for any; the file can be read."""
    waiting = [Spot(parse(content, file), "", 0)]
    while waiting:
        spot = waiting.pop()
        waiting += [*spot.below().values(), *spot.entries()]
        node, where = spot.node, f"{file}:{spot.line}: {spot.where}"
        if isinstance(node, Scalar) and node.cut:
            told = f'"{node.cut}" is a remark, which nobody sees; put the whole text in double quotes'
            yield Finding(False, where, told)
        elif isinstance(node, Scalar) and node.plain and node.text.startswith(_CURLY):
            yield Finding(False, where, "its curly quotes are part of the text; type straight ones to quote it")
        elif isinstance(node, Scalar) and node.plain and where.endswith("]") and node.text.startswith(("and ", "or ")):
            yield Finding(False, where, "a comma begins a new text in [...]; put the whole text in double quotes")


def _ladders(catalogue: Catalogue) -> Iterator[Finding]:
    roles = catalogue.roles
    entered = reachable(roles, [role.id for role in roles.values() if role.is_entry])
    for path in catalogue.paths.values():
        members = [role for role in roles.values() if role.path == path.id]
        if not members:
            yield Finding(False, f"paths.{path.id}", "no role belongs to it, so it is never shown")
        elif not any(role.id in entered for role in members):
            yield Finding(True, f"paths.{path.id}", "no entry role (rung 1) leads into it; nobody could start there")
    for role in roles.values():
        if role.id not in entered:
            yield Finding(False, f"roles.{role.id}", "no way from an entry role (rung 1) leads to it")
        for edge in role.leads_to:
            if roles[edge.role].rung <= role.rung:
                where = f"roles.{role.id}.leads_to"
                yield Finding(False, where, f"{edge.role} is no higher rung; a move across belongs to lateral")


def _growth(catalogue: Catalogue) -> Iterator[Finding]:
    for path in catalogue.paths.values():
        members = [role.id for role in catalogue.roles.values() if role.path == path.id]
        found = reachable(catalogue.roles, members)
        for target in path.growth:
            if target.role not in found:
                yield Finding(
                    True, f"paths.{path.id}.growth", f"no way leads from its roles to {target.role} ({target.title})"
                )


def _flat_profiles(catalogue: Catalogue) -> Iterator[Finding]:
    for role in catalogue.roles.values():
        levels = {asked.level for asked in role.skills.values()}
        if len(levels) == 1 and len(role.skills) > 1:
            where = f"roles.{role.id}.skills"
            yield Finding(True, where, f"every level is {levels.pop():g}; a role without a pattern matches nobody")


def _twins(catalogue: Catalogue) -> Iterator[Finding]:
    for one, other in itertools.combinations(catalogue.roles.values(), 2):
        apart = distance(one, other)
        if apart < NEAR_TWINS:
            told = "cannot tell them" if apart < TWINS else "can hardly tell them"
            yield Finding(
                apart < TWINS,
                f"roles.{one.id}",
                f"lies {apart:.1f} points from {other.id}: answers {told} apart; sharpen what really differs, or merge",
            )


def _roles_that_cannot_win(catalogue: Catalogue) -> Iterator[Finding]:
    for role in catalogue.roles.values():
        ranked = rank(fit_all(catalogue, score(catalogue, answers_like(catalogue, role))))
        own = next(fit for fit in ranked if fit.role == role.id)
        if (own.total or 0) < (ranked[0].total or 0) - 1e-9:
            what = f"comes after {ranked[0].role} even for a person who answers as its own profile"
            yield Finding(True, f"roles.{role.id}", what)


def answers_like(catalogue: Catalogue, role: Role) -> Responses:
    """The responses of a person who is as the role's profile, as near as the items' five options allow."""
    responses: Responses = {}
    for skill in catalogue.skills.values():
        responses |= _spread(skill.items, role.skills[skill.id].level)
    for interest in catalogue.interests.values():
        responses |= _spread(interest.items, role.interests[interest.id])
    return responses


def _spread(items: Sequence[Item], level: float) -> Responses:
    """Values whose mean is as near to the level as can be, the rest on the first items."""
    points = min(whole(level / POINTS_PER_VALUE * len(items)), HIGHEST_VALUE * len(items))
    low, more = divmod(points, len(items))
    return {item.id: item.keyed(low + (n < more)) for n, item in enumerate(items)}
