"""A cohort as Rich renderables, 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report.desk.small_counts import FEWEST
from bpo_quiz.report.pieces import heading, table, text
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from bpo_quiz.report.desk.cohort import Cohort, Group, SkillLine
    from bpo_quiz.report.desk.small_counts import Kinds, Share

MOST_SKILLS = 5
TOO_FEW = f"There are fewer than {FEWEST} finished sessions to count (one a client), so nothing is shown."
_EXPLAINED = (
    f"One session a client counts, the latest that is finished. Counts under {FEWEST} are never shown: small ones are "
    "put together, with others where needed, so that none can be worked out. Comparing two such lists can still tell "
    "of single people; give away one only. Means are rounded; 90 stands for 90 or more, 10 for 10 or less."
)
_SHARE = {"few": f"under {FEWEST}", "most": f"all but under {FEWEST}", "too few people": "-"}
_REACH = {"now": "now", "next": "one step away", "later": "later"}


def cohort(found: Cohort) -> Iterator[RenderableType]:
    """Every group, one after the other."""
    if not found.groups:
        yield text(TOO_FEW)
        return
    for group in found.groups:
        yield heading(f"{_title(found, group)}: {group.people} people")
        yield _divided(group, found.path_names)
        yield from _skills(group)
        yield from signs_table(group.signs)
    for why, people in found.unread.items():
        if people is not None:
            yield text(f"Not counted in, because the answers cannot be read ({why}): {people}.")
    yield text(_EXPLAINED, "dim")


def _title(found: Cohort, group: Group) -> str:
    about = "" if found.tag is None else f", tag {found.tag}"
    about += "" if found.since is None else f", since {found.since}"
    if found.by is None:
        return f"Everyone{about}"
    if group.is_rest:
        return f"All other {found.by}s together{about}"
    return f"{group.name or 'No tag'}{about}"


def _divided(group: Group, path_names: Mapping[str, str]) -> RenderableType:
    grid = table(("", "left"), ("", "left"), ("People", "right"), ("%", "right"))
    for title, kinds, names in (
        ("Career path first", group.paths, path_names),
        ("First role in reach", group.reach, _REACH),
        ("How sure", group.words, {}),
    ):
        for number, (label, people) in enumerate(kind_rows(kinds, names)):
            percent = whole(100 * people / group.people)
            grid.add_row(text("" if number else title), text(label), str(people), str(percent))
    return grid


def kind_rows(kinds: Kinds, names: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Labels and counts, the small ones together."""
    yield from ((names.get(kind, kind), people) for kind, people in kinds.shown.items())
    if kinds.rest:
        yield "all others together" if kinds.shown else "too few each to be shown", kinds.rest


def _skills(group: Group) -> Iterator[RenderableType]:
    known = [line for line in group.skills if line.mean is not None]
    yield heading("Common strengths")
    yield _lines(known[:MOST_SKILLS])
    yield heading("Common gaps")
    yield _lines(sorted(known[MOST_SKILLS:] or known, key=_gap_first)[:MOST_SKILLS])


def _gap_first(line: SkillLine) -> tuple[int, int, int, str]:
    """Most often a gap first; where that is not shown, the lowest mean first."""
    return (line.gap.word != "most", -(line.gap.people or 0), line.mean or 0, line.skill)


def _lines(lines: Sequence[SkillLine]) -> RenderableType:
    grid = table(("Skill", "left"), ("Mean", "right"), ("Among a person's 5 largest gaps", "right"))
    for line in lines:
        grid.add_row(text(line.name), str(line.mean), _number(line.gap))
    return grid


def signs_table(signs: Mapping[str, Share]) -> Iterator[RenderableType]:
    """How many have which sign."""
    yield heading("Signs that answers may not describe the person")
    grid = table(("Sign", "left"), ("People", "right"))
    for sign, number in signs.items():
        grid.add_row(text(sign), _number(number))
    yield grid


def _number(share: Share) -> str:
    return _SHARE[share.word] if share.people is None else str(share.people)
