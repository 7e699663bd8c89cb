"""The smallest raises of skills by which a role would be ready, or first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.document import Column, Document, Paragraph, Row, Section, Table
from bpo_quiz.guidance.gates import gate
from bpo_quiz.pages.phrases import BY_TOTAL_AFTER_QUICK, NO_FORECAST, NO_GATE, NOTICED, points
from bpo_quiz.scoring.match import READY_NOW
from bpo_quiz.scoring.rounding import whole
from bpo_quiz.wording import counted, listed, ordinal, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.document import Block
    from bpo_quiz.guidance.least_raises import LeastRaises

_MANY = 5
_NAMED = 2
_COLUMNS = (
    Column("Skill", "name"),
    Column("Now", "number"),
    Column("To", "number"),
    Column("Points", "number", "{} point(s)"),
    Column("Role asks", "number"),
)


def page(
    catalogue: Catalogue,
    found: Sequence[LeastRaises],
    form: str,
    code: str,
    facts: tuple[tuple[str, str], ...] = (),
) -> Document:
    """What it would take, goal by goal.

    Args:
        catalogue: the skills.
        found: one a goal, of the same role.
        form: `full` or `quick`.
        code: of the session, for the command that shows the whole ranking then.
        facts: (label, value) of the session.
    """
    goals = [Section(one.goal, _title(one), tuple(_goal(catalogue, one, code))) for one in found]
    end = tuple(Paragraph(line) for line in _end(found, form))
    return Document(
        title=f"What it would take for {found[0].after.role.name}",
        sections=(*goals, *([Section("end", "", end)] if end else [])),
        facts=facts,
    )


def _title(found: LeastRaises) -> str:
    """The goal, and how far it is now."""
    if found.goal == "ready":
        return f"Ready: a Readiness of {whole(READY_NOW)} or more ({_readiness(found.after.before.readiness)})"
    place = found.after.rank_before
    return f"First by Total ({'not known' if place is None else f'now {ordinal(place)}'})"


def _readiness(now: float | None) -> str:
    if now is None:
        return "not known"
    return f"now just under {whole(READY_NOW)}" if whole(now) == READY_NOW > now else f"now {whole(now)}"


def _goal(catalogue: Catalogue, found: LeastRaises, code: str) -> Iterator[Block]:
    yield Paragraph(" ".join(_answer(catalogue, found)))
    if found.outcome == "found":
        yield _raises(catalogue, found)
        yield from map(Paragraph, _then(found))
        if len(found.raises) <= _MANY:
            levels = " ".join(f"{one.skill}={whole(one.level)}" for one in found.raises)
            yield Paragraph(f"The whole ranking then: bpo-quiz what-if {levels} {code}", "hint")


def _answer(catalogue: Catalogue, found: LeastRaises) -> Iterator[str]:
    match found.outcome:
        case "not known":
            yield (
                f"There are too few answers to say it. bpo-quiz why {found.after.role.id} names the ones that would "
                "help."
            )
        case "already":
            yield "By what you say it is already so; no raise is needed."
        case "found":
            skills = "One skill" if len(found.raises) == 1 else counted(len(found.raises), "skill")
            yield f"{skills} would have to rise, by {points(sum(_points(found)))} in all."
        case "not within four":
            yield from _blocked(catalogue, found)


def _blocked(catalogue: Catalogue, found: LeastRaises) -> Iterator[str]:
    never = "Not within four skills, whichever and however far they rise:"
    if found.blocker is None:
        yield f"{never} {'its Match would stay too low' if found.behind else 'some other role would stay ahead'}."
        return
    behind = f"at least {points(found.behind)} ahead" if found.behind >= NOTICED else "level or ahead"
    yield f"{never} {found.blocker.name} would stay {behind}."
    if found.by_interests >= NOTICED:
        yield f"Your interests put {points(found.by_interests)} between them, and a raise changes none of that."
    too_strong = [cost for cost in found.after.before.costs if cost.difference < 0 and cost.points >= NOTICED]
    too_strong.sort(key=lambda cost: (-cost.points, cost.skill))
    if too_strong:
        names = listed(catalogue.skills[cost.skill].name for cost in too_strong[:_NAMED])
        yield f"In {names} you are stronger than it uses, and a raise takes nothing away."


def _points(found: LeastRaises) -> list[int]:
    """How far each skill would have to rise, as the whole numbers that are shown."""
    return [whole(one.level) - whole(one.score) for one in found.raises]


def _raises(catalogue: Catalogue, found: LeastRaises) -> Table:
    counts = _points(found)
    rows = []
    for one, count in zip(found.raises, counts, strict=True):
        score, level, asked = (str(whole(number)) for number in (one.score, one.level, one.asked))
        name = catalogue.skills[one.skill].name
        told = f"{name}: from {score} to {level}, {count:+d} {plural(count, 'point')}, the role asks {asked}."
        rows.append(Row((name, score, level, f"{count:+d}", asked), told=told))
    return Table("", _COLUMNS, (*rows, Row(("Together", "", "", f"{sum(counts):+d}", ""), is_sum=True)))


def _then(found: LeastRaises) -> Iterator[str]:
    """Where the role would stand, and how sure it is that there is no smaller set."""
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
    yield f"Then: {numbers}, {place} by Total."
    beyond = sum(one.is_beyond for one in found.raises)
    if (then.total or 0) <= (before.total or 0):  # nobody should learn something so that others lose more
        yield "Its own Total would not grow: it would pass others only because they lose more. That is no plan."
    elif beyond:
        raises = "One raise" if beyond == 1 else f"{beyond} raises"
        yield f"{raises} {plural(beyond, 'goes', 'go')} beyond what the role asks: that only pushes other roles back."
    levels = "levels are rounded up to whole numbers" if found.goal == "ready" else "in whole levels"
    yield f"No fewer skills would do, and no other choice of so many takes fewer points ({levels})."
    if len(found.raises) > _MANY:
        yield "That is more than anyone changes at once; take it as a sign of how far away this is."


def _end(found: Sequence[LeastRaises], form: str) -> Iterator[str]:
    """What holds for every goal: gates, what this is, and the form."""
    closed = "; ".join(map(gate, found[0].after.stands.unmet))
    if closed:
        yield f"{NO_GATE}. Not met, and in the way whatever you raise: {closed}."
    if any(one.raises for one in found):
        yield NO_FORECAST
    if form == "quick":
        yield BY_TOTAL_AFTER_QUICK
