"""What is said on top of a result: what fits, what is in the way of it, and what is open today.

A word rests on the chance of the very claim that it stands in. Pages and records only place these texts.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.guidance.gates import gate, years
from bpo_quiz.guidance.standing import ifs, in_the_way
from bpo_quiz.scoring.certainty import ABOUT_EQUAL
from bpo_quiz.wording import listed, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.doors import Doors
    from bpo_quiz.guidance.standing import Outlook
    from bpo_quiz.scoring.match import Fit

CLEARLY, MOST = 0.90, 0.50
"""Chance of a claim from which it is said clearly, and at all."""

MOST_NAMED = 4
MANY_FLAGS = 2
"""So many signs that the answers may not describe the person take the word "clearly" away."""

_BEST_FIRST = ("open", "open_if", "not_yet", "unwanted", "further_on", "not_known", "today")

PathWord = Literal["clearly", "most", "none"]
RoleWord = Literal["clearly", "first", "equal"]


class Known(NamedTuple):
    """What the statements are made from.

    Attributes:
        catalogue: the roles.
        ranked: the fits, best first.
        outlooks: role id -> how it stands.
        doors: what is open today.
        p_first: role id -> chance to be first of all, 0-1.
        p_new: role id -> chance to be first among the roles new to the person, 0-1.
        today: id of today's role; None from outside the trade.
        flags: how many signs there are that the answers may not describe the person.
    """

    catalogue: Catalogue
    ranked: Sequence[Fit]
    outlooks: Mapping[str, Outlook]
    doors: Doors
    p_first: Mapping[str, float]
    p_new: Mapping[str, float]
    today: str | None
    flags: int


class Advice(NamedTuple):
    """The statements, and what they speak of.

    Attributes:
        role: id of the role that is spoken of first.
        path: id of the career path that is pointed to; None: no single one.
        about_equal: ids of the roles new to the person that stand about equal at the top, in their order.
        lines: the statements, none of them empty.
    """

    role: str
    path: str | None
    path_word: PathWord
    role_word: RoleWord
    about_equal: tuple[str, ...]
    lines: tuple[str, ...]


def advice(known: Known) -> Advice:
    """The statements for one person; at least one role new to them must have a Total."""
    order = [fit.role for fit in known.ranked if fit.role != known.today and fit.total is not None]
    can_be_clear = known.flags < MANY_FLAGS
    is_clear = can_be_clear and known.p_new.get(order[0], 0.0) >= CLEARLY
    least = ABOUT_EQUAL * max(known.p_new.get(role, 0.0) for role in order)
    equal = tuple(role for role in order if role == order[0] or known.p_new.get(role, 0.0) >= least)
    equal = equal[:1] if is_clear else equal
    path, path_word = _path(known, order[0], can_be_clear=can_be_clear)
    role = min(equal, key=lambda one: _speaks_for(known, one))
    found = Advice(role, path, path_word, "clearly" if is_clear else "equal" if equal[1:] else "first", equal, ())
    return found._replace(lines=tuple(line for line in (_fit(known, found), _doors(known, role)) if line))


def _path(known: Known, first: str, *, can_be_clear: bool) -> tuple[str | None, PathWord]:
    """The career path of the first role, where it is likely enough to be the one."""
    path = known.catalogue.roles[first].path
    share = math.fsum(chance for role, chance in known.p_new.items() if known.catalogue.roles[role].path == path)
    if share < MOST:
        return None, "none"
    return path, "clearly" if can_be_clear and share >= CLEARLY else "most"


def _speaks_for(known: Known, role: str) -> tuple[int, bool, int]:
    """Of roles about equal, the one with the best standing is spoken of first; then the one with the best rank."""
    found = known.outlooks[role]
    rung = known.catalogue.roles[role].rung if found.state == "further_on" else 0
    return _BEST_FIRST.index(found.state), bool(found.clashes), rung


# --- What fits, and what is in the way of it ---


def _fit(known: Known, found: Advice) -> str:
    fits = f"{_today(known)}{_pointed(known, found)}"
    return f"{fits} {_standing(known, known.outlooks[found.role])}"


def _today(known: Known) -> str:
    """Today's role, where it ranks first."""
    if known.today is None or known.ranked[0].role != known.today:
        return "Your answers "
    chance = known.p_first.get(known.today, 0.0)
    is_clear = chance >= CLEARLY and known.flags < MANY_FLAGS
    word = "clearly fits you best" if is_clear else "comes first" if chance >= MOST else "comes first by a little"
    return f"Your role today, {_name(known, known.today)}, {word}. Of the roles new to you, your answers "


def _pointed(known: Known, found: Advice) -> str:
    others = [role for role in found.about_equal if role != found.role]
    if found.path is None:
        told = _with_paths(known, [found.role, *others])
        return f"do not single out one career path: {told} {_stand(others)}."
    word = "clearly point" if found.path_word == "clearly" else "point most"
    point, name = f"{word} to the career path {known.catalogue.paths[found.path].name}", _name(known, found.role)
    if found.role_word == "clearly":
        return f"{point}, and in it to the role of {name}."
    if known.catalogue.roles[found.role].path != found.path:
        return f"{point}. About equal at the top: {_with_paths(known, [found.role, *others])}."
    inside = [role for role in others if known.catalogue.roles[role].path == found.path]
    outside = [role for role in others if role not in inside]
    if not inside and outside:
        return f"{point}; {name} in it and {_with_paths(known, outside)} stand about equal."
    told = _limited([name, *(_name(known, role) for role in inside)])
    also = f"; {_with_paths(known, outside)} too" if outside else ""
    return f"{point}; in it, {told} {_stand(inside)}{also}."


def _stand(others: Sequence[str]) -> str:
    return "stand about equal" if others else "comes first by a little"


def _with_paths(known: Known, roles: Sequence[str]) -> str:
    paths = (known.catalogue.paths[known.catalogue.roles[role].path].name for role in roles)
    return _limited([f"{_name(known, role)} ({path})" for role, path in zip(roles, paths, strict=True)])


def _limited(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return listed([*names[:MOST_NAMED], f"{more} more"] if more > 0 else names)


def _standing(known: Known, found: Outlook) -> str:
    name, ways = _name(known, found.role), in_the_way(known.catalogue, found)
    if found.is_startable:
        down = ["it would be a step down from your role today"] if found.is_step_down else []
        much = ["by your answers you would have much to learn in it"] if found.much_to_learn else []
        could = f"Nothing that you told stands in the way of {name}: you could apply today"
        if found.state == "open_if":
            could = f"You could apply for {name} today if {listed(ifs(known.catalogue, found))}"
        return f"{'; '.join([could, *down, *much])}."
    down = ["it would be a step down from your role today"] if found.is_step_down else []
    if found.state == "unwanted":
        means = f"{name} would be open to you, but it means {listed(map(gate, found.clashes))}"
        return f"{'; '.join([f'{means}, which you say does not suit you', *down])}."
    if found.state == "further_on":
        return " ".join([f"{_later(known, found.role, name)}.", *(f"{sentence(one)}." for one in (*ways, *down))])
    return f"In the way of {name}: {'; '.join([*ways, *down])}."


def _later(known: Known, role: str, name: str) -> str:
    edges = known.catalogue.roles[known.today].leads_to if known.today else ()
    for edge in edges:
        if edge.role == role:
            return f"{name} is one step from your role today, usually after {years(edge.years)} in it"
    return f"{name} comes later, by way of other roles"


# --- What is open today ---


def _doors(known: Known, told: str) -> str:
    """The doors; two others where the role that was told is one itself."""
    if not known.doors.roles:
        return " ".join(_nothing_open(known, told))
    is_told = known.outlooks[told].is_startable
    others = [role for role in known.doors.roles if role != told]
    named = "; ".join(_door(known, role) for role in (others[:2] if is_told else others))
    if not named:
        return ""
    if not known.doors.are_near:
        return f"What is open to you today fits your answers less well: {named}."
    return f"{'Also open to you' if is_told else 'Open to you today'}: {named}."


def _door(known: Known, role: str) -> str:
    found = known.outlooks[role]
    holds = ifs(known.catalogue, found)
    return "".join((
        _name(known, role),
        " (a step down)" if found.is_step_down else "",
        " (with much to learn)" if found.much_to_learn else "",
        f", if {listed(holds)}" if holds else "",
    ))  # fmt: skip


def _nothing_open(known: Known, told: str) -> Iterator[str]:
    yield "As things stand, nothing in this list is open to you today."
    if (shared := known.doors.shared) is not None:
        entries = (one for one in known.outlooks.values() if known.catalogue.roles[one.role].is_entry)
        check = next(check for one in entries for check in one.unmet if check.name == shared)
        yield f"Every entry role here usually asks for {gate(check)}."
    nearest = known.doors.nearest
    if nearest == told:
        yield f"{_name(known, told)} is the nearest."
    elif nearest is not None:
        found = known.outlooks[nearest]
        down = " (a step down)" if found.is_step_down else ""
        ways = in_the_way(known.catalogue, found)
        yield f"The nearest is {_name(known, nearest)}{down}{': ' if ways else ''}{'; '.join(ways)}."


def _name(known: Known, role: str) -> str:
    return known.catalogue.roles[role].name
