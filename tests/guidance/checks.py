"""What is false in the statements on top of a result: from the catalogue, by no function that they were made with."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from bpo_quiz.catalogue.model import EDUCATION_LEVELS, ENGLISH_LEVELS, OFTEN
from bpo_quiz.guidance.gates import CHANNEL, EDUCATION, SITE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bpo_quiz.answers.model import About
    from bpo_quiz.catalogue.model import Catalogue, Edge, Role
    from bpo_quiz.guidance.statements import Advice
    from bpo_quiz.results.result import Report
    from bpo_quiz.scoring.match import Fit

STARTABLE = ("open", "open_if")


class Asked(NamedTuple):
    """A gate or condition: how often it is so, what is known of it, and what must be said where it is in question."""

    often: str
    state: str
    words: Sequence[str]
    is_gate: bool = True

    @property
    def is_closed(self) -> bool:
        return self.often == "always" and self.state == "not met"

    @property
    def is_a_question(self) -> bool:
        return self.often != "sometimes" and self.state != "met" and not self.is_closed


def told(is_met: bool | None) -> str:
    return "unknown" if is_met is None else "met" if is_met else "not met"


def moves(role: Role) -> tuple[Edge, ...]:
    return (*role.leads_to, *role.lateral)


def asked_of(catalogue: Catalogue, role: Role, about: About) -> Iterator[Asked]:
    """Everything that a role asks beside skills."""
    gates, spoken = role.gates, about.languages

    def reaches(ladder: Sequence[str], needs: str | None, has: str | None) -> bool | None:
        return None if has is None or needs is None else ladder.index(has) >= ladder.index(needs)

    def a_gate(name: str, is_met: bool | None, say: str, has: object = None) -> Asked:
        often = "usually" if name in gates.usually else "always"
        named: Any = has if often == "usually" and is_met is False and has is not None else getattr(gates, name)
        return Asked(often, told(is_met), say.format(EDUCATION.get(named, named)).split("|"))

    if gates.english is not None:
        yield a_gate("english", reaches(ENGLISH_LEVELS, gates.english, about.english), "English|{}", about.english)
    if gates.education is not None:
        yield a_gate("education", reaches(EDUCATION_LEVELS, gates.education, about.education), "{}", about.education)
    if gates.typing is not None:
        is_met = None if about.typing is None else about.typing >= gates.typing
        yield a_gate("typing", is_met, "{:g} words a minute", about.typing)
    if gates.licence is not None:
        held = None if about.licences is None else {one.casefold() for one in about.licences}
        choices = re.split(", | or ", gates.licence.casefold())
        yield a_gate("licence", None if held is None else not held.isdisjoint(choices), "{}")
    if gates.language is not None:
        speaks = [reaches(ENGLISH_LEVELS, gates.language, one) for one in (spoken or {}).values()]
        yield a_gate("language", None if spoken is None else any(speaks), "a language beside English ({})")
    if gates.experience is not None:
        yield a_gate("experience", has_worked(catalogue, role, about), "{:g} year")
    yield from conditions_of(role, about)


def conditions_of(role: Role, about: About) -> Iterator[Asked]:
    work = role.conditions
    kinds: Any = ((work.shifts, about.shifts, {}), (work.channel, about.channel, CHANNEL))
    for often in OFTEN:
        for words, accepted, say in kinds:
            these = [word for word, how in words.items() if how == often]
            refused = [word for word in these if word not in (accepted or ())]
            if these:
                is_met = None if accepted is None else not refused
                yield Asked(often, told(is_met), [say.get(word, word) for word in refused], is_gate=False)
    if len(work.site) == 1:
        is_met = None if about.site is None else work.site[0] in about.site
        yield Asked("always", told(is_met), [f"work {SITE[work.site[0]]}"], is_gate=False)
    if work.targets is not None:
        yield Asked(work.targets, told(about.targets), ["a personal sales or collection target"], is_gate=False)


def counting(catalogue: Catalogue, role: Role, about: About) -> set[str]:
    """The paths whose years count."""
    if role.gates.experience_in:
        return set(role.gates.experience_in)
    before = {one.path for one in catalogue.roles.values() for edge in moves(one) if edge.role == role.id}
    return {role.path, *(before if about.works_as else ())}


def has_worked(catalogue: Catalogue, role: Role, about: About) -> bool | None:
    """Whether the years that a role asks were worked."""
    needs = role.gates.experience or 0
    if needs == 0 or about.years is None or about.years < needs:
        return True if needs == 0 else None if about.years is None else False
    if about.works_as is None and about.fields is None:
        return None
    worked = {*(about.fields or ()), *([catalogue.roles[about.works_as].path] if about.works_as else ())}
    return bool(worked & counting(catalogue, role, about))


def is_near(catalogue: Catalogue, role: Role, about: About) -> bool:
    """Whether a role is within reach."""
    if role.rung == 1:
        return True
    if about.works_as is None:
        return role.rung <= 3 and role.gates.experience is not None and has_worked(catalogue, role, about) is not False
    today = catalogue.roles[about.works_as]
    if role.rung - today.rung <= 1:
        return role.gates.experience is not None or today.path in counting(catalogue, role, about)
    least = [edge.years[0] for edge in today.leads_to if edge.role == role.id]
    return role.rung == 3 == today.rung + 2 and about.years is not None and any(low <= about.years for low in least)


def short_of(catalogue: Catalogue, role: Role, readiness: float | None, levels: Mapping[str, float]) -> str:
    """What must be said of skills that are in the way; empty where none is."""
    core = [skill for skill, asked in role.skills.items() if asked.importance == 5 and skill in levels]
    gaps = {skill: max(0.0, role.skills[skill].level - levels[skill]) for skill in core}
    mean, most = (50, 80) if role.rung == 1 else (20, 45)
    if gaps and (math.fsum(gaps.values()) / len(gaps) > mean or max(gaps.values()) > most):
        return f"less {catalogue.skills[max(gaps, key=lambda skill: gaps[skill])].name} than it asks"
    return "less of its skills" if role.rung > 1 and readiness is not None and readiness < 75 else ""


def least(roles: Mapping[str, Role], starts: Mapping[str, float], today: str | None) -> dict[str, float]:
    """The least years and moves to every role from these, with what each costs; each move is tried until none gains."""
    best = {role: starts.get(role, math.inf) if role != today else math.inf for role in roles}
    for _ in best:
        for here in roles.values():
            for edge in moves(here):
                if edge.role != today:
                    best[edge.role] = min(best[edge.role], best[here.id] + sum(edge.years) / 2 + 1)
    return best


class Checked(NamedTuple):
    """How a role stands, and what must be said of it: where it can be started, and where it cannot."""

    state: str
    ifs: list[str]
    in_the_way: list[str]


def checked(catalogue: Catalogue, role: Role, fit: Fit, levels: Mapping[str, float], about: About) -> Checked:
    """How a role stands for somebody."""
    asked = list(asked_of(catalogue, role, about))
    closed, short = [one for one in asked if one.is_closed], short_of(catalogue, role, fit.readiness, levels)
    unknown = [skill for skill, one in role.skills.items() if one.importance == 5 and skill not in levels]
    ifs = [word for one in asked if one.is_a_question for word in one.words]
    ifs += [catalogue.skills[skill].name for skill in unknown]
    ways = [word for one in closed for word in one.words] + [short] * bool(short)
    states = {
        "today": role.id == about.works_as,
        "not_known": fit.match is None,
        "further_on": not is_near(catalogue, role, about),
        "not_yet": bool(short) or any(one.is_gate for one in closed),
        "unwanted": bool(closed),
        "open_if": bool(unknown) or any(one.is_a_question for one in asked),
    }
    return Checked(next((state for state, holds in states.items() if holds), "open"), ifs, ways)


def false_statements(report: Report) -> Iterator[str]:
    """What of the statements is false; empty where all is as it should be."""
    catalogue, about, found = report.catalogue, report.about, report.advice
    if found is None:
        yield from [] if report.silence else ["nothing is said"]
        return
    levels = report.profile.levels()
    every = {one.role.id: checked(catalogue, one.role, one.fit, levels, about) for one in report.roles}
    yield from (
        f"{one.role.id} is {one.outlook.state}" for one in report.roles if one.outlook.state != every[one.role.id].state
    )
    yield from (f"{what} is false: {found.lines}" for what, holds in claims(report, found, every) if not holds)


def claims(report: Report, found: Advice, every: Mapping[str, Checked]) -> Iterator[tuple[str, bool]]:
    """Each claim and whether it holds."""
    roles, today, text = report.catalogue.roles, report.about.works_as, " ".join(found.lines)
    first, opened = every[found.role], [role for role, one in every.items() if one.state in STARTABLE]
    place = {one.role.id: n for n, one in enumerate(report.roles)}

    def is_below(role: str) -> bool:
        return today is not None and roles[role].rung < roles[today].rung

    def says(line: str, words: Sequence[str]) -> bool:
        return all(word.casefold() in line.casefold() for word in words)

    yield "every line says something", all(found.lines) and not re.search(r"\(\)|: \.|  |, \.", text)
    yield "the first line names the role", roles[found.role].name in found.lines[0]
    yield "nothing stands in the way", ("Nothing that you told stands in the way" in text) == (first.state == "open")
    yield (
        "what has to hold, or is in the way",
        says(found.lines[0], first.ifs if first.state in STARTABLE else first.in_the_way),
    )
    doors, nearest = found.doors.roles, found.doors.nearest
    others = [role for role in doors if role != found.role][: 2 if first.state in STARTABLE else 3]
    line = next((line for line in found.lines if re.match("Open to|Also open|What is open|As things", line)), "")
    yield "doors can be started", set(doors) <= set(opened) and len(doors) <= 3
    yield "doors are in order", list(doors) == sorted(doors, key=lambda role: (is_below(role), place[role]))
    yield "doors are named", all(says(line, [roles[role].name, *every[role].ifs]) for role in others)
    off = [max(report.totals.values()) - report.totals[role] for role in opened]
    yield "how near doors are", not others or ("fits your answers less well" in line) == (min(off) > 15)
    yield "nothing is open", ("nothing in this list is open" in text) == (not opened) == (nearest is not None)
    yield (
        "the nearest is named",
        nearest is None
        or (says(line, [roles[nearest].name]) and says(f"{found.lines[0]}{line}", every[nearest].in_the_way)),
    )
    named = {found.role, *others, *([nearest] if nearest else []), *([found.way.first] if found.way else [])}
    yield "a step down", ("step down" in text) == any(map(is_below, named))
    yield "today's role is new", today not in named
    yield from _way_claims(report, found, every)
    new = report.certainty.p_new
    on_path = math.fsum(chance for role, chance in new.items() if roles[role].path == found.path)
    least = {"clearly": 0.9, "most": 0.5, "none": 0.0}[found.path_word]
    yield "the word for the path", on_path >= least or math.isclose(on_path, least)
    yield "the word for the role", found.role_word != "clearly" or new[found.role] >= 0.9


def _way_claims(report: Report, found: Advice, every: Mapping[str, Checked]) -> Iterator[tuple[str, bool]]:
    roles, today, way = report.catalogue.roles, report.about.works_as, found.way
    first = every[found.role]
    refused = [one for one in asked_of(report.catalogue, roles[found.role], report.about) if one.is_closed]
    if way is None or first.state in STARTABLE or not all(one.is_gate for one in refused):
        yield "nobody is led to what is open or refused", way is None
        return
    stops = [*([today] if today and not way.applies else []), *(step.role for step in way.steps)]
    known = all(there in {edge.role for edge in moves(roles[here])} for here, there in pairwise(stops))
    yield "a way is of known moves", known and stops[-1] == found.role and today not in stops[-len(way.steps) :]
    line = next((line for line in found.lines if line.startswith("A way there")), "")
    yield "each stop is named", len(way.steps) == 1 or roles[way.first].name in line
    can_start = every[way.first].state in STARTABLE
    lacks = [
        word for word in every[way.first].in_the_way if word.casefold() not in f"{found.lines[0]}{line}".casefold()
    ]
    yield "the first step can be made, or what it lacks is said", can_start or not lacks
    waiting = {role: 1.0 for role, one in every.items() if one.state in ("not_yet", "unwanted")}
    shorter = way.length - least(roles, waiting, today)[found.role] >= 2
    yield "a shorter way", shorter or "Shorter, once" not in " ".join(found.lines)
    yield "an open first step is a door", not can_start or way.first in found.doors.roles
