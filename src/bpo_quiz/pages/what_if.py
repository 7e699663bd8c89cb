"""The ranking with other levels of some skills, beside the ranking as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.document import Bullets, Column, Document, Paragraph, Row, Section, Table, Toned
from bpo_quiz.pages.phrases import BY_TOTAL_AFTER_QUICK, NO_FORECAST, NOTICED, SILENT, TODAY
from bpo_quiz.pages.told import LABELS, in_words
from bpo_quiz.scoring.rounding import whole
from bpo_quiz.wording import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.document import Cell
    from bpo_quiz.guidance.what_if import Change, Moved, WhatIf

_COLUMNS = (
    Column("Then", "number", "then place {}"),
    Column("Now", "number", "now place {}"),
    Column("Role", "name"),
    Column("Total", "number"),
    Column("Match", "number"),
    Column("Ready", "number", "Readiness {}"),
    Column("Today", told="{}"),
)
_NUMBERS = "Total, Match and Ready: as they would be, and the change from now."


def page(catalogue: Catalogue, found: WhatIf, top: int, facts: tuple[tuple[str, str], ...] = ()) -> Document:
    """The whole page; `top`: how many roles are listed, the first then or now. `facts`: of the session."""
    told, then = in_words(catalogue, found.told), in_words(catalogue, found.then)
    others = [f"your {LABELS[key]} were {then[key]} (now {told[key]})" for key in found.facts]
    title = f"If {listed([*(_changed(catalogue, one) for one in found.changes), *others])}"
    return Document(title, tuple(_sections(found, top)), facts=facts)


def _changed(catalogue: Catalogue, change: Change) -> str:
    now = "no answer so far" if change.before is None else f"now {whole(change.before)}"
    return f"{catalogue.skills[change.skill].name} were at {whole(change.after)} ({now})"


def _sections(found: WhatIf, top: int) -> Iterator[Section]:
    if found.all_alike or all(one.rank_after is None for one in found.roles):
        unknown = all(one.rank_after is None for one in found.roles)
        sentence, helps = SILENT["too few answers" if unknown else "all alike"]
        yield Section("changes", "", (Paragraph(sentence, "lead"), Bullets(helps)))
        return
    shown = [one for one in found.roles if any(place and place <= top for place in (one.rank_after, one.rank_before))]
    lead, *more = _sentences(found, shown)
    yield Section("changes", "", (Paragraph(lead, "lead"), Paragraph(" ".join(more))))
    table = Table("", _COLUMNS, tuple(Row(_cells(one)) for one in shown), names=2)
    yield Section("roles", f"Roles, the first {top} then or now", (table, Paragraph(_NUMBERS, "small")))


def _sentences(found: WhatIf, shown: list[Moved]) -> Iterator[str]:
    then = found.roles[0].role
    now = next((one.role for one in found.roles if one.rank_before == 1), None)
    if now is None:
        yield f"{then.name} would stand first by Total; now there are too few answers for a ranking."
    elif then == now:
        yield f"{then.name} would stay first by Total."
    else:
        yield f"{then.name} would stand first by Total; now it is {now.name}."
    if _changes_nothing(found):
        yield _nothing(found)
    elif now is not None:
        yield from _movements(found)
    yield from _openings(found)
    yield NO_FORECAST
    if found.form == "quick":
        yield BY_TOTAL_AFTER_QUICK


def _openings(found: WhatIf) -> Iterator[str]:
    opens = [one.role.name for one in found.roles if one.stands.is_startable and not one.stood.is_startable]
    closes = [one.role.name for one in found.roles if one.stood.is_startable and not one.stands.is_startable]
    if opens:
        yield f"That opens {listed(opens)}."
    if closes:
        yield f"That closes {listed(closes)}."
    if not opens and not closes:
        yield "No role opens or closes by it."


def _numbers(moved: Moved) -> tuple[tuple[float | None, float | None], ...]:
    """(before, after) of Total, Match and Readiness."""
    before, after = moved.before, moved.after
    return (before.total, after.total), (before.match, after.match), (before.readiness, after.readiness)


def _changes_nothing(found: WhatIf) -> bool:
    """Whether every role would keep its place, and no number would move so much that it is told."""
    return all(
        one.rank_before == one.rank_after
        and all(abs((after or 0.0) - (before or 0.0)) < NOTICED for before, after in _numbers(one))
        for one in found.roles
    )


def _nothing(found: WhatIf) -> str:
    if found.facts and not found.changes:
        return "What you tell about yourself changes no place and no number; it only opens or closes roles."
    if any(one.before is None or whole(one.before) != whole(one.after) for one in found.changes):
        return "Nothing would change: every role would keep its place, and its numbers would move by less than a point."
    what = "that is your level" if len(found.changes) == 1 else "these are your levels"
    return f"Nothing would change: {what} of today."


def _movements(found: WhatIf) -> Iterator[str]:
    """Match can fall by a raise, and Readiness cannot; a reader must not be surprised by either."""
    known = [one for one in found.roles if one.rank_before is not None and one.rank_after is not None]
    _, match, readiness = zip(*map(_numbers, known), strict=True)
    falling = _risen_and_fallen(match)[1]
    is_raise = any(one.before is not None and one.after > one.before for one in found.changes)
    why = ": what a role does not use so much takes from its Match" if falling and is_raise else ""
    for name, pairs, because in (("Match", match, why), ("Readiness", readiness, "")):
        risen, fallen = _risen_and_fallen(pairs)
        roles = counted(risen, "role") if risen else "no roles"
        yield f"{name} would rise for {roles} and fall for {fallen or 'none'}{because}."


def _risen_and_fallen(pairs: tuple[tuple[float | None, float | None], ...]) -> tuple[int, int]:
    changes = [(after or 0.0) - (before or 0.0) for before, after in pairs]
    return sum(change >= NOTICED for change in changes), sum(change <= -NOTICED for change in changes)


def _cells(moved: Moved) -> tuple[Cell, ...]:
    return (
        _place(moved.rank_after),
        _place(moved.rank_before),
        f"{moved.role.name} (today)" if moved.is_today else moved.role.name,
        *(_then(before, after) for before, after in _numbers(moved)),
        _today(moved),
    )


def _today(moved: Moved) -> Cell:
    now, then = TODAY[moved.stood.state], TODAY[moved.stands.state]
    if moved.stands.is_startable and not moved.stood.is_startable:
        return Toned(f"{then} (now {now})", "good")
    return then if then == now else f"{then} (now {now})"


def _place(rank: int | None) -> str:
    return "-" if rank is None else str(rank)


def _then(before: float | None, after: float | None) -> str:
    """`86 +3`: the whole number then, and its change from the whole number now."""
    if after is None:
        return "-"
    change = 0 if before is None else whole(after) - whole(before)
    return f"{whole(after)} {change:+d}" if change else str(whole(after))
