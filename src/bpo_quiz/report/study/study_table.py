"""A study as tables, 80 columns: the goals first, then what to do about the roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report.pieces import heading, table, text
from bpo_quiz.scoring.match import NEAR_TWINS, TWINS
from bpo_quiz.study.careless import KINDS
from bpo_quiz.study.goals import Goal, Pair, confused_pairs, goals, role_rows, worlds
from bpo_quiz.study.worlds import WORLDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from bpo_quiz.study.goals import Unit
    from bpo_quiz.study.simulate import Study

PAIRS = 8
RAREST = 3
LIMITS = (
    "This shows that the arithmetic finds again what the profiles say. It cannot show whether the profiles are right, "
    "or whether a good match makes a good career."
)


def tables(study: Study) -> Iterator[RenderableType]:
    """The whole study."""
    catalogue = study.catalogue
    total = study.people * len(study.recoveries)
    yield heading(f"{catalogue.name} {catalogue.version}: {total:,} simulated people, seed {study.seed}")
    yield text(
        f"{study.people:,} in each of five worlds, {study.quick_people:,} of them also with the quick form; "
        f"{study.people:,} careless sheets of each kind. +-: margin of error, 95 %."
    )
    yield _goals(goals(study))
    yield heading("Worlds: how often a person's role is found, %")
    yield _worlds(study)
    yield text(
        "top, first 3: the role that a person was drawn from; best: what nobody could better with the same answers. "
        "true: the role that would be on top if answers had no error."
    )
    yield heading("Roles that are hardest to tell apart")
    yield _pairs(study)
    yield from _rare(study)
    yield heading("Careless sheets, % flagged")
    yield _careless(study)
    yield heading("What this shows")
    yield text(LIMITS)


def _goals(lines: tuple[Goal, ...]) -> RenderableType:
    grid = table(("", "right"), ("Goal", "left"), ("at", "right"), ("reached", "right"), ("+-", "right"), ("", "left"))
    for goal in lines:
        limit = goal.at_most if goal.at_least is None else goal.at_least
        sign = "<=" if goal.at_least is None else ">="
        grid.add_row(
            str(goal.row),
            text(goal.what),
            text(f"{sign} {_value(limit or 0.0, goal.unit)}"),
            _value(goal.reached, goal.unit),
            "" if goal.margin is None else _value(goal.margin, goal.unit),
            text("met", "green") if goal.is_met else text(f"{_value(goal.distance, goal.unit)} off", "yellow"),
        )
    return grid


def _value(value: float, unit: Unit) -> str:
    if unit == "share":
        return f"{100 * value:.1f} %"
    return f"{value:.0f}" if unit == "count" else f"{value:.2f}"


def _worlds(study: Study) -> RenderableType:
    grid = table(
        ("", "left"), ("A person is", "left"), ("top", "right"), ("best", "right"), ("first 3", "right"),
        ("best", "right"), ("true top", "right"), ("first 3", "right"),
    )  # fmt: skip
    what = {world.id: world.what for world in WORLDS}
    for row in worlds(study):
        shares = (row.top1, row.best_top1, row.top3, row.best_top3, row.true_first, row.true_top3)
        grid.add_row(row.world, text(what[row.world]), *(f"{100 * share:.1f}" for share in shares))
    return grid


def _pairs(study: Study) -> RenderableType:
    grid = table(("Role", "left"), ("and", "left"), ("mixed up", "right"), ("apart", "right"), ("", "left"))
    roles = study.catalogue.roles
    for pair in confused_pairs(study)[:PAIRS]:
        mixed, apart = f"{100 * pair.confused:.1f} %", f"{pair.apart:.1f}"
        grid.add_row(text(roles[pair.one].name), text(roles[pair.other].name), mixed, apart, text(_told(pair)))
    return grid


def _told(pair: Pair) -> str:
    if pair.apart < TWINS:
        return "twins: merge them"
    return "near twins" if pair.apart < NEAR_TWINS else ""


def _rare(study: Study) -> Iterator[RenderableType]:
    rows, roles = role_rows(study), study.catalogue.roles
    never = [roles[row.role].name for row in rows if not row.wins]
    if never:
        yield text(f"Nobody gets these on top: {', '.join(never)}.", "yellow")
    rarest = ", ".join(f"{roles[row.role].name} {100 * row.wins:.1f} %" for row in rows[:RAREST])
    commonest = ", ".join(f"{roles[row.role].name} {100 * row.wins:.1f} %" for row in rows[: -RAREST - 1 : -1])
    yield text(f"Least often on top: {rarest}. Most often: {commonest}. Even shares: {100 / len(roles):.1f} %.")


def _careless(study: Study) -> RenderableType:
    grid = table(("Kind", "left"), ("flagged", "right"), ("by answers alone", "right"))
    for kind, part in zip(KINDS, study.careless, strict=True):
        grid.add_row(text(kind.what), f"{100 * part.flagged.mean():.1f}", f"{100 * part.by_answers.mean():.1f}")
    return grid
