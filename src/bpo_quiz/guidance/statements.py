"""What is said on top of a result: what fits, what is in the way of it, and what is open today.

A word rests on the chance of the very claim that it stands in. Pages and records only place these texts.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.guidance.doors import Doors, with_door
from bpo_quiz.guidance.gates import gate, years
from bpo_quiz.guidance.standing import ifs, in_the_way, once
from bpo_quiz.scoring.certainty import ABOUT_EQUAL, MOST, Certainty, Word, word
from bpo_quiz.wording import listed, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.standing import Outlook
    from bpo_quiz.guidance.ways import Way, Ways
    from bpo_quiz.scoring.match import Fit

MOST_NAMED = 4
MANY_FLAGS = 2
"""So many signs that the answers may not describe the person take the word "clearly" away."""

WORTH_WAITING = 2.0
"""Years and moves that a way must save to be told although its first role is not open yet."""

_BEST_FIRST = ("open", "open_if", "not_yet", "unwanted", "further_on", "not_known", "today")

RoleWord = Literal["clearly", "first", "equal"]


class Known(NamedTuple):
    """What the statements are made from.

    Attributes:
        catalogue: the roles.
        ranked: the fits, best first.
        outlooks: role id -> how it stands.
        doors: what is open today.
        ways: of the person, from these doors.
        certainty: how sure the order is.
        today: id of today's role; None from outside the trade.
        flags: how many signs there are that the answers may not describe the person.
    """

    catalogue: Catalogue
    ranked: Sequence[Fit]
    outlooks: Mapping[str, Outlook]
    doors: Doors
    ways: Ways
    certainty: Certainty
    today: str | None
    flags: int


class Advice(NamedTuple):
    """The statements, and what they speak of.

    Attributes:
        role: id of the role that is spoken of first.
        path: id of the career path that is pointed to; None: no single one.
        path_word: of the chance that the first new role is on that path.
        role_word: clearly: its own chance allows it; first: alone at the top; equal: one of several.
        about_equal: ids of the roles new to the person that stand about equal at the top, in their order.
        doors: what is open today; the first step of the way is among them where it is open.
        way: to the role, where it is told: it is neither open nor refused.
        lines: the statements, none of them empty.
    """

    role: str
    path: str | None
    path_word: Word
    role_word: RoleWord
    about_equal: tuple[str, ...]
    doors: Doors
    way: Way | None
    lines: tuple[str, ...]


def advice(known: Known) -> Advice:
    """The statements for one person; at least one role new to them must have a Total."""
    order, p_new = [fit.role for fit in known.ranked if fit.role != known.today], known.certainty.p_new
    is_clear = with_flags(word(p_new.get(order[0], 0.0)), known.flags) == "clearly"
    least = ABOUT_EQUAL * max(p_new.values())
    equal = tuple(role for role in order if role == order[0] or p_new.get(role, 0.0) >= least)
    equal = equal[:1] if is_clear else equal
    path, path_word = _path(known, order[0])
    role = min(equal, key=lambda one: _speaks_for(known, one))
    way, opened = _way_to(known, role), known.doors
    if way is not None and known.outlooks[way.first].is_startable:
        opened = with_door(opened, way.first, known.ranked, known.outlooks)
    role_word: RoleWord = "clearly" if is_clear else "equal" if equal[1:] else "first"
    found = Advice(role, path, path_word, role_word, equal, opened, way, ())
    lines = (_fit(known, found), _doors(known, found), _way(known, found))
    return found._replace(lines=tuple(line for line in lines if line))


def with_flags(said: Word, flags: int) -> Word:
    """How surely it may be said: answers that may not describe the person, by so many flags, say nothing clearly."""
    return "most" if said == "clearly" and flags >= MANY_FLAGS else said


def _path(known: Known, first: str) -> tuple[str | None, Word]:
    """The career path of the first role, where it is likely enough to be the one."""
    path = known.catalogue.roles[first].path
    p_new = known.certainty.p_new
    said = word(math.fsum(chance for role, chance in p_new.items() if known.catalogue.roles[role].path == path))
    return None if said == "none" else path, with_flags(said, known.flags)


def _way_to(known: Known, role: str) -> Way | None:
    """The way to a role that is neither open nor refused; nobody is led to what they refuse."""
    found = known.outlooks[role]
    return None if found.is_startable or found.clashes else known.ways.to(role)


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
    chance = known.certainty.p_first.get(known.today, 0.0)
    is_clear = with_flags(word(chance), known.flags) == "clearly"
    said = "clearly fits you best" if is_clear else "comes first" if chance >= MOST else "comes first by a little"
    return f"Your role today, {_name(known, known.today)}, {said}. Of the roles new to you, your answers "


def _pointed(known: Known, found: Advice) -> str:
    others = [role for role in found.about_equal if role != found.role]
    if found.path is None:
        told = _with_paths(known, [found.role, *others])
        return f"do not single out one career path: {told} {_stand(others)}."
    pointed = "clearly point" if found.path_word == "clearly" else "point most"
    point, name = f"{pointed} to the career path {known.catalogue.paths[found.path].name}", _name(known, found.role)
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
        return " ".join([_later(known, found.role, name), *(f"{sentence(one)}." for one in (*ways, *down))])
    return f"In the way of {name}: {'; '.join([*ways, *down])}."


def _later(known: Known, role: str, name: str) -> str:
    edges = known.catalogue.roles[known.today].leads_to if known.today else ()
    for edge in edges:
        if edge.role == role:
            return _one_step(name, edge.years)
    return f"{name} comes later, by way of other roles."


# --- What is open today ---


def _doors(known: Known, found: Advice) -> str:
    """The doors; two others where the role that was told is one itself."""
    if not found.doors.roles:
        return " ".join(_nothing_open(known, found.role))
    is_told = known.outlooks[found.role].is_startable
    others = [role for role in found.doors.roles if role != found.role]
    named = "; ".join(_door(known, role) for role in (others[:2] if is_told else others))
    if not named:
        return ""
    if not found.doors.are_near:
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


# --- The way ---


def _way(known: Known, found: Advice) -> str:
    way = found.way
    if way is None:
        return ""
    if len(way.steps) == 1:  # what is in the way was told, and one step on was told of a role further on
        at_once = way.applies or known.outlooks[found.role].state == "further_on"
        told = "" if at_once else _one_step(_name(known, found.role), way.steps[0].years)
    else:
        spans = [step.years for step in way.steps[way.applies :]]
        span = (math.fsum(low for low, _ in spans), math.fsum(high for _, high in spans))
        told = f"A way there: {_stops(known, way)}{f' ({years(span)} in all)' if span[1] else ''}."
    return " ".join(line for line in (told, _shorter(known, found.role, way) if len(way.steps) > 1 else "") if line)


def _stops(known: Known, way: Way) -> str:
    names = [_name(known, step.role) for step in way.steps]
    notes = "; ".join(_of_first(known, way))
    return ", then ".join([f"{names[0]} ({notes})" if notes else names[0], *names[1:]])


def _of_first(known: Known, way: Way) -> Iterator[str]:
    """What kind of step the first is, and what it lacks."""
    first = known.outlooks[way.first]
    if first.is_step_down:
        yield "a step down"
    elif known.today and known.catalogue.roles[way.first].rung == known.catalogue.roles[known.today].rung:
        yield "a move across"
    if not first.is_startable:
        yield from in_the_way(known.catalogue, first)


def _shorter(known: Known, role: str, way: Way) -> str:
    """A way that would be much shorter, were its first role open."""
    waiting = known.ways.once_open(role)
    if not way.is_open or waiting is None or way.length - waiting.length < WORTH_WAITING:
        return ""
    holds = once(known.outlooks[waiting.first])
    names = [_name(known, step.role) for step in waiting.steps]
    return f"Shorter, once {listed(holds)}: {', then '.join(names)}." if holds else ""


def _one_step(name: str, span: tuple[float, float]) -> str:
    return f"{name} is one step from your role today, usually after {years(span)} in it."


def _name(known: Known, role: str) -> str:
    return known.catalogue.roles[role].name
