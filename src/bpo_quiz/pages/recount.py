"""The same answers as two catalogues see them: what changed, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.results.result import build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.results.result import Report

_SHOWN = 5
_CHANGES_NAMED = 3


def recount(then: Catalogue, now: Catalogue, before: Answers, after: Answers) -> Iterator[str]:
    """What differs between the result of that day and today's, line by line."""
    if then.sha256 == now.sha256:
        yield "This is the catalogue that the session was answered with; nothing changes."
        return
    yield f"Compared with the catalogue of that day ({then.name} {then.version}):"
    yield from _items(then, now, before, after)
    yield from _roles(then, now)
    yield from _ranking(build(then, before), build(now, after))


def _items(then: Catalogue, now: Catalogue, before: Answers, after: Answers) -> Iterator[str]:
    dropped = len(before.responses) - len(after.responses)
    added = {item.id for item in now.items()} - {item.id for item in then.items()}
    if dropped:
        yield f"- {dropped} answered questions are no longer asked, so they do not count."
    if added:
        yield f"- {len(added)} questions are new and have no answer here."


def _roles(then: Catalogue, now: Catalogue) -> Iterator[str]:
    for title, one, other in (("gone", then, now), ("new", now, then)):
        names = [role.name for role in one.roles.values() if role.id not in other.roles]
        if names:
            yield f"- Roles that are {title}: {', '.join(names)}."


def _ranking(then: Report, now: Report) -> Iterator[str]:
    ranks = {standing.role.id: standing.rank for standing in then.roles}
    for standing in now.roles[:_SHOWN]:
        was = ranks.get(standing.role.id)
        why = _why(then.catalogue, now.catalogue, standing.role.id)
        if was != standing.rank or why:
            place = "was not there" if was is None else f"was {was}"
            yield f"- {standing.role.name}: now {standing.rank or '-'}, {place}{'; ' if why else ''}{why}."


def _why(then: Catalogue, now: Catalogue, role: str) -> str:
    if role not in then.roles:
        return ""
    changes = _level_changes(then.roles[role], now.roles[role])
    named = [f"{now.skills[skill].name} {old:g} to {new:g}" for skill, old, new in changes[:_CHANGES_NAMED]]
    return f"its levels changed: {', '.join(named)}" if named else ""


def _level_changes(old: Role, new: Role) -> list[tuple[str, float, float]]:
    """(skill, level then, level now), the largest change first."""
    changes = [
        (skill, old.skills[skill].level, asked.level)
        for skill, asked in new.skills.items()
        if skill in old.skills and old.skills[skill].level != asked.level
    ]
    return sorted(changes, key=lambda change: (-abs(change[2] - change[1]), change[0]))
