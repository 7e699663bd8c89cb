"""A study of simulated people: the goals first, then what to do about the roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.document import Bullets, Column, Document, Level, Paragraph, Row, Section, Table, Toned
from bpo_quiz.scoring.match import NEAR_TWINS, TWINS
from bpo_quiz.study.careless import KINDS
from bpo_quiz.study.goals import confused_pairs, goals, role_rows, worlds
from bpo_quiz.study.worlds import WORLDS
from bpo_quiz.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.document import Block
    from bpo_quiz.study.goals import Goal, RoleRow, Unit
    from bpo_quiz.study.simulate import Study

LIMITS = (
    "This shows that the arithmetic finds again what the profiles say. It cannot show whether the profiles are right, "
    "or whether a good match makes a good career."
)
_WORLDS_EXPLAINED = (
    "top, first 3: the role that a person was drawn from; best: what nobody could better with the same answers. "
    "true: the role that would be on top if answers had no error."
)
_SHARPEN = "set apart the levels of the roles that are hardest to tell apart (below), or merge them"
_ASK_MORE = "ask more: a second or third item a skill, or one skill more that tells these roles apart"
REMEDIES: dict[int, str] = {
    1: _SHARPEN,
    2: _SHARPEN,
    3: _ASK_MORE,
    4: "with few roles this says little; else ask more items a skill",
    5: "set quick_stop lower to lose less, or higher to save more (roles.yaml, settings)",
    6: _ASK_MORE,
    8: "careless answers show in many items: with fewer than 30, read the times",
    9: "give a role that never comes first a high level where others are low; lower one that comes first too often",
    10: "use the whole range: roles with all levels high, or all low, depend on how one speaks of oneself",
    12: _SHARPEN,
}
"""Number of a goal -> what an author can do where it is off."""

_MOST_PAIRS = 8
_RAREST = 3
_GOALS = (
    Column("", "number", "row {}"), Column("Goal"), Column("at", "number", "at {}"),
    Column("reached", "number", "reached {}"), Column("+-", "number", "+- {}"), Column("", "name", "{}"),
)  # fmt: skip
_WORLDS = (
    Column("", "name"), Column("A person is", told="a person is {}"),
    Column("top", "number", "on top {} %"), Column("best", "number", "at best {} %"),
    Column("first 3", "number", "among the first 3 {} %"), Column("best", "number", "at best {} %"),
    Column("true top", "number", "truly on top {} %"), Column("first 3", "number", "truly among the first 3 {} %"),
)  # fmt: skip
_PAIRS = (
    Column("Role"), Column("and", told="and {}"), Column("mixed up", "number", "mixed up {}"),
    Column("apart", "number", "apart {}"), Column("", told="{}"),
)  # fmt: skip
_CARELESS = (
    Column("Kind"), Column("flagged", "number", "flagged {} %"),
    Column("by answers alone", "number", "by answers alone {} %"),
)  # fmt: skip


def page(study: Study) -> Document:
    """The whole study."""
    catalogue, total = study.catalogue, study.people * len(study.recoveries)
    how = (
        f"{study.people:,} in each of five worlds, {study.quick_people:,} of them also with the quick form; "
        f"{study.people:,} careless sheets of each kind. +-: margin of error, 95 %."
    )
    table = goals(study)
    reached = Table("", _GOALS, tuple(map(_goal, table)), names=1)
    off = dict.fromkeys(REMEDIES[goal.row] for goal in table if not goal.is_met)
    remedies = Section("remedies", "What to do about what is off", (Bullets(tuple(map(sentence, off))),))
    found = (Table("", _WORLDS, tuple(_worlds(study))), Paragraph(_WORLDS_EXPLAINED, "small"))
    alike: tuple[Block, ...] = (Table("", _PAIRS, tuple(_pairs(study))), *_rare(study))
    careless = Table("", _CARELESS, tuple(_careless(study)))
    return Document(
        title=f"{catalogue.name} {catalogue.version}: {total:,} simulated people, seed {study.seed}",
        sections=(
            Section("goals", "", (Paragraph(how), reached)),
            *((remedies,) if off else ()),
            Section("worlds", "Worlds: how often a person's role is found, %", found),
            Section("pairs", "Roles that are hardest to tell apart", alike),
            Section("careless", "Careless sheets, % flagged", (careless,)),
            Section("limits", "What this shows", (Paragraph(LIMITS),)),
        ),
    )


def _goal(goal: Goal) -> Row:
    sign, limit = ("<=", goal.at_most) if goal.at_least is None else (">=", goal.at_least)
    at, reached, distance = (_value(one, goal.unit) for one in (limit or 0.0, goal.reached, goal.distance))
    margin = "" if goal.margin is None else _value(goal.margin, goal.unit)
    found = Toned("met", "good") if goal.is_met else Toned(f"{distance} off", "warning")
    return Row((str(goal.row), goal.what, f"{sign} {at}", reached, margin, found))


def _value(value: float, unit: Unit) -> str:
    if unit == "share":
        return f"{100 * value:.1f} %"
    return f"{value:.0f}" if unit == "count" else f"{value:.2f}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _worlds(study: Study) -> Iterator[Row]:
    what = {world.id: world.what for world in WORLDS}
    for row in worlds(study):
        shares = (row.top1, row.best_top1, row.top3, row.best_top3, row.true_first, row.true_top3)
        yield Row((row.world, what[row.world], *map(_percent, shares)))


def _pairs(study: Study) -> Iterator[Row]:
    roles = study.catalogue.roles
    for pair in confused_pairs(study)[:_MOST_PAIRS]:
        said = "near twins" if pair.apart < NEAR_TWINS else ""
        if pair.apart < TWINS:
            said = "twins: merge them"
        mixed = f"{_percent(pair.confused)} %"
        yield Row((roles[pair.one].name, roles[pair.other].name, mixed, f"{pair.apart:.1f}", said))


def _rare(study: Study) -> Iterator[Paragraph]:
    rows, roles = role_rows(study), study.catalogue.roles

    def said(row: RoleRow) -> str:
        return f"{roles[row.role].name} {_percent(row.wins)} %"

    never = [roles[row.role].name for row in rows if not row.wins]
    if never:
        yield Paragraph(f"Nobody gets these on top: {', '.join(never)}.", "warning")
    rarest, commonest = rows[:_RAREST], rows[: -_RAREST - 1 : -1]
    yield Paragraph(
        f"Least often on top: {', '.join(map(said, rarest))}. Most often: {', '.join(map(said, commonest))}. "
        f"Even shares: {_percent(1 / len(roles))} %."
    )


def _careless(study: Study) -> Iterator[Row]:
    for kind, part in zip(KINDS, study.careless, strict=True):
        yield Row((kind.what, _flagged(float(part.flagged.mean())), _flagged(float(part.by_answers.mean()))))


def _flagged(share: float) -> Level:
    return Level(_percent(share), 100 * share)
