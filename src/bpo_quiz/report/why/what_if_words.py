"""The sentences of a what-if, the same in every format. Returns text uncleaned: renderers clean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.pages.phrases import BY_TOTAL_AFTER_QUICK, points
from bpo_quiz.report import words
from bpo_quiz.scoring.match import READY_NOW
from bpo_quiz.scoring.rounding import whole
from bpo_quiz.wording import ordinal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.guidance.least_raises import LeastRaises
    from bpo_quiz.guidance.what_if import Change, Moved, WhatIf

_NOTICED = 0.5
_MANY = 5
_NAMED = 2

NO_FORECAST = (
    "This is arithmetic with your answers: it says where the ranking would go, not how hard the way is. Interests stay "
    "as they are."
)
NO_GATE = "A raise opens no gate"
NUMBERS = "Total, Match and Ready: as they would be, and the change from now."


def what_if_title(catalogue: Catalogue, found: WhatIf) -> str:
    """What is asked."""
    return f"If {words.and_list([_changed(catalogue, one) for one in found.changes])}"


def _changed(catalogue: Catalogue, change: Change) -> str:
    now = "no answer so far" if change.before is None else f"now {whole(change.before)}"
    return f"{catalogue.skills[change.skill].name} were at {whole(change.after)} ({now})"


def silence(found: WhatIf) -> tuple[str, Sequence[str]] | None:
    """The sentence and what helps, where there is no ranking to compare; None where there is one."""
    if all(one.rank_after is None for one in found.roles):
        return words.SILENT["too few answers"]
    return words.SILENT["all alike"] if found.all_alike else None


def what_if_paragraph(found: WhatIf, top: int) -> str:
    """What would change, in a few sentences."""
    return " ".join(_sentences(found, top))


def _sentences(found: WhatIf, top: int) -> Iterator[str]:
    then = found.roles[0].role
    now = next((one.role for one in found.roles if one.rank_before == 1), None)
    if now is None:
        yield f"{then.name} would stand first by Total; now there are too few answers for a ranking."
    elif then == now:
        yield f"{then.name} would stay first by Total."
    else:
        yield f"{then.name} would stand first by Total; now it is {now.name}."
    yield from ([_nothing(found)] if _changes_nothing(found) else _movements(found))
    closed = sum(bool(one.closed) for one in listed(found, top))
    if closed and any(_is_raise(one) for one in found.changes):
        roles = "1 role below has" if closed == 1 else f"{closed} roles below have"
        yield f"{NO_GATE}: {roles} one in the way."
    yield NO_FORECAST
    if found.form == "quick":
        yield BY_TOTAL_AFTER_QUICK


def _is_raise(change: Change) -> bool:
    """Whether a skill would be higher than it is known to be, as the numbers are shown."""
    return change.before is None or whole(change.after) > whole(change.before)


def _changes_nothing(found: WhatIf) -> bool:
    """Whether every role would keep its place, and no number would move so much that it is told."""
    return all(
        one.rank_before == one.rank_after
        and all(
            abs((new or 0.0) - (old or 0.0)) < _NOTICED
            for old, new in (
                (one.before.total, one.after.total),
                (one.before.match, one.after.match),
                (one.before.readiness, one.after.readiness),
            )
        )
        for one in found.roles
    )


def _nothing(found: WhatIf) -> str:
    if any(one.before is None or whole(one.before) != whole(one.after) for one in found.changes):
        return "Nothing would change: every role would keep its place, and its numbers would move by less than a point."
    what = "that is your level" if len(found.changes) == 1 else "these are your levels"
    return f"Nothing would change: {what} of today."


def _movements(found: WhatIf) -> Iterator[str]:
    """Match can fall by a raise, and Readiness cannot; a reader must not be surprised by either."""
    match = [(one.after.match or 0) - (one.before.match or 0) for one in _known(found)]
    ready = [(one.after.readiness or 0) - (one.before.readiness or 0) for one in _known(found)]
    up, down = (sum(sign * change >= _NOTICED for change in match) for sign in (1, -1))
    raised = [one for one in found.changes if one.before is not None and one.after > one.before]
    if down and raised:
        yield (
            f"Match would rise for {_roles(up)} and fall for {down or 'none'}: what a role does not use so much takes "
            "from its Match."
        )
    else:
        yield f"Match would rise for {_roles(up)} and fall for {down or 'none'}."
    more, less = (sum(sign * change >= _NOTICED for change in ready) for sign in (1, -1))
    if less:
        yield f"Readiness would rise for {_roles(more)} and fall for {less}."
    else:
        yield f"Readiness would rise for {_roles(more)} and fall for none."


def _known(found: WhatIf) -> list[Moved]:
    return [one for one in found.roles if one.rank_before is not None and one.rank_after is not None]


def _roles(count: int) -> str:
    return "1 role" if count == 1 else f"{count or 'no'} roles"


def listed(found: WhatIf, top: int) -> list[Moved]:
    """The roles among the first so many, then or now, in the order of then."""
    return [one for one in found.roles if any(place and place <= top for place in (one.rank_after, one.rank_before))]


def changed_number(before: float | None, after: float | None) -> str:
    """`86 +3`: the whole number then, and its change from the whole number now."""
    if after is None:
        return "-"
    change = 0 if before is None else whole(after) - whole(before)
    return f"{whole(after)} {change:+d}" if change else str(whole(after))


def closed_gates(moved: Moved) -> str:
    """The gates in the way, in a few words; empty where there are none."""
    return "; ".join(words.gate(gate) for gate in moved.closed)


def reach_title(role: Role) -> str:
    """What is asked."""
    return f"What it would take for {role.name}"


def goal_title(found: LeastRaises) -> str:
    """The goal, and how far it is now."""
    now = found.after.before
    if found.goal == "ready":
        return f"Ready: a Readiness of {whole(READY_NOW)} or more ({_readiness(now.readiness)})"
    place = found.after.rank_before
    return f"First by Total ({'not known' if place is None else f'now {ordinal(place)}'})"


def _readiness(now: float | None) -> str:
    if now is None:
        return "not known"
    return f"now just under {whole(READY_NOW)}" if whole(now) == READY_NOW > now else f"now {whole(now)}"


def goal_sentences(catalogue: Catalogue, found: LeastRaises) -> str:
    """The answer, before the raises."""
    return " ".join(_ANSWERS[found.outcome](catalogue, found))


def _not_known(catalogue: Catalogue, found: LeastRaises) -> Iterator[str]:
    yield f"There are too few answers to say it. bpo-quiz why {found.after.role.id} names the ones that would help."


def _already(catalogue: Catalogue, found: LeastRaises) -> Iterator[str]:
    yield "By what you say it is already so; no raise is needed."


def _found(catalogue: Catalogue, found: LeastRaises) -> Iterator[str]:
    count, total = len(found.raises), sum(shown_points(found))
    yield f"{'One skill' if count == 1 else f'{count} skills'} would have to rise, by {points(total)} in all."


def _cannot(catalogue: Catalogue, found: LeastRaises) -> Iterator[str]:
    if found.blocker is None:
        yield "It cannot come first by raising skills, whichever and however far: its Match would stay too low."
        return
    name = found.blocker.name
    behind = f"at least {points(found.behind)} ahead" if found.behind >= _NOTICED else "level or ahead"
    yield f"It cannot come first by raising skills, whichever and however far: {name} would stay {behind}."
    if found.by_interests >= _NOTICED:
        yield f"Your interests put {points(found.by_interests)} between them, and a raise changes none of that."
    too_strong = [cost for cost in found.after.before.costs if cost.difference < 0 and cost.points >= _NOTICED]
    too_strong.sort(key=lambda cost: (-cost.points, cost.skill))
    if too_strong:
        names = [catalogue.skills[cost.skill].name for cost in too_strong[:_NAMED]]
        yield f"In {words.and_list(names)} you are stronger than it uses, and a raise takes nothing away."


def _none_found(catalogue: Catalogue, found: LeastRaises) -> Iterator[str]:
    yield "We found no raises that would put it first. That is a search, not a proof that there are none."


_ANSWERS = {
    "not known": _not_known,
    "already": _already,
    "found": _found,
    "cannot": _cannot,
    "none found": _none_found,
}


def shown_points(found: LeastRaises) -> list[int]:
    """How far each skill would have to rise, as the whole numbers that are shown."""
    return [whole(one.level) - whole(one.score) for one in found.raises]


def goal_end(found: LeastRaises, code: str | None) -> list[str]:
    """After the raises: where the role would stand, and how sure it is that there is no smaller set."""
    if found.outcome != "found":
        return []
    then, before = found.after.after, found.after.before
    numbers = ", ".join(
        f"{name} {whole(new or 0)} (now {whole(old or 0)})"
        for name, old, new in (
            ("Readiness", before.readiness, then.readiness),
            ("Match", before.match, then.match),
            ("Total", before.total, then.total),
        )
    )
    now, after = found.after.rank_before or 0, found.after.rank_after or 0
    place = f"still {ordinal(after)}" if now == after else f"{ordinal(after)} instead of {ordinal(now)}"
    lines = [f"Then: {numbers}, {place} by Total.", *_pushed_back(found), " ".join(_how_small(found))]
    if len(found.raises) <= _MANY:
        levels = " ".join(f"{one.skill}={whole(one.level)}" for one in found.raises)
        lines.append(f"The whole ranking then: bpo-quiz what-if {levels}{f' {code}' if code else ''}")
    return lines


def _pushed_back(found: LeastRaises) -> list[str]:
    """A role can come first because others lose more; nobody should learn something for that."""
    beyond = sum(one.is_beyond for one in found.raises)
    if (found.after.after.total or 0) <= (found.after.before.total or 0):
        return ["Its own Total would not grow: it would pass others only because they lose more. That is no plan."]
    if beyond:
        raises = "One raise goes" if beyond == 1 else f"{beyond} raises go"
        return [f"{raises} beyond what the role asks: that only pushes other roles back."]
    return []


def _how_small(found: LeastRaises) -> Iterator[str]:
    if found.is_smallest:
        levels = "levels are rounded up to whole numbers" if found.goal == "ready" else "in whole levels"
        yield f"No fewer skills would do, and no other choice of so many takes fewer points ({levels})."
    else:
        yield "This is the smallest set that we found; there may be a smaller one."
        if found.fewest > 1:
            yield f"At least {found.fewest} skills are needed; that is certain."
    if len(found.raises) > _MANY:
        yield "That is more than anyone changes at once; take it as a sign of how far away this is."


def reach_end(found: Sequence[LeastRaises], form: str) -> Iterator[str]:
    """What holds for every goal: gates, what this is, and the form."""
    closed = "; ".join(words.gate(gate) for gate in found[0].closed)
    if closed:
        yield f"{NO_GATE}. Not met, and in the way whatever you raise: {closed}."
    if any(one.raises for one in found):
        yield NO_FORECAST
    if form == "quick":
        yield BY_TOTAL_AFTER_QUICK
