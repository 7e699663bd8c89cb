"""How a role stands for one person: open today, open if something holds, or what is in the way.

It tells, and never reorders. Unknown is never met and never not met.
"""

from __future__ import annotations

import math
from operator import le
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bpo_quiz.catalogue.model import EDUCATION_LEVELS, ENGLISH_LEVELS, OFTEN, SITES
from bpo_quiz.guidance.gates import EDUCATION, Check, at_least, gate, has_one_of
from bpo_quiz.guidance.moves import neighbours
from bpo_quiz.scoring.match import CLOSE
from bpo_quiz.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bpo_quiz.answers.model import About
    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.guidance.gates import State
    from bpo_quiz.scoring.match import Fit

Openness = Literal["today", "not_known", "further_on", "not_yet", "unwanted", "open_if", "open"]
STARTABLE = ("open", "open_if")

CORE = 5
"""Importance of the skills that can be in the way."""

ENTRY_SHORT, ENTRY_WORST = 50.0, 80.0
SHORT, WORST = 20.0, 45.0
"""Points that the core skills may fall short by, on average and at most; entry roles train people."""

MUCH_TO_LEARN = 60.0
"""Readiness, 0-100, under which somebody would have much to learn in an entry role."""

LEAD = 3
"""The highest rung that is open from outside, or from two rungs below."""


class Hurdle(NamedTuple):
    """A gate or condition, how often it is so, and how it goes together with what was told."""

    check: Check
    often: str
    is_gate: bool

    @property
    def is_in_the_way(self) -> bool:
        """A gate that is always asked and not met, or a condition of the work itself that was refused."""
        return self.check.state == "not met" and self.often == "always"

    @property
    def is_open_question(self) -> bool:
        """Whether the role is open only if this holds: it is not known, or some do without it."""
        return self.often != "sometimes" and self.check.state != "met" and not self.is_in_the_way

    @property
    def is_for_the_talk(self) -> bool:
        """Whether it is true of some places only, and not accepted."""
        return self.often == "sometimes" and self.check.state != "met"


class Outlook(NamedTuple):
    """How a role stands for a person.

    Attributes:
        role: its id.
        hurdles: gates, then conditions, one for each frequency.
        short_of: the core skill that is furthest below what the role asks, where that is in the way.
        is_unready: Readiness is in the way.
        unknown_core: ids of core skills of which nothing is known.
        is_step_down: its rung is below today's.
        much_to_learn: an entry role whose Readiness is low.
    """

    role: str
    state: Openness
    hurdles: tuple[Hurdle, ...]
    short_of: str | None
    is_unready: bool
    unknown_core: tuple[str, ...]
    is_step_down: bool
    much_to_learn: bool

    @property
    def is_startable(self) -> bool:
        """Whether one could apply today."""
        return self.state in STARTABLE

    @property
    def unmet(self) -> tuple[Check, ...]:
        """Gates that are always asked, and not met."""
        return tuple(one.check for one in self.hurdles if one.is_gate and one.is_in_the_way)

    @property
    def clashes(self) -> tuple[Check, ...]:
        """Conditions that are part of the work, and refused."""
        return tuple(one.check for one in self.hurdles if not one.is_gate and one.is_in_the_way)

    @property
    def things_in_the_way(self) -> int:
        """How many unmet gates, clashes and missing skills there are."""
        return len(self.unmet) + len(self.clashes) + (self.short_of is not None or self.is_unready)


def outlooks(
    catalogue: Catalogue, fits: Mapping[str, Fit], levels: Mapping[str, float], about: About
) -> dict[str, Outlook]:
    """How every role stands; role id -> its outlook.

    Args:
        catalogue: the roles.
        fits: role id -> its fit.
        levels: known skill scores, 0-100.
        about: what the person told about themselves.
    """
    return {role.id: outlook(catalogue, role, fits[role.id], levels, about) for role in catalogue.roles.values()}


def outlook(catalogue: Catalogue, role: Role, fit: Fit, levels: Mapping[str, float], about: About) -> Outlook:
    """How one role stands."""
    today = catalogue.roles[about.works_as] if about.works_as else None
    short_of, is_unready = _core(role, fit, levels)
    found = Outlook(
        role=role.id,
        state="open",
        hurdles=hurdles(catalogue, role, about),
        short_of=short_of,
        is_unready=is_unready,
        unknown_core=tuple(skill for skill in _core_skills(role) if skill not in levels),
        is_step_down=today is not None and role.rung < today.rung,
        much_to_learn=role.is_entry and fit.readiness is not None and fit.readiness < MUCH_TO_LEARN,
    )
    if about.works_as == role.id:
        return found._replace(state="today")
    if fit.match is None:
        return found._replace(state="not_known")
    return found._replace(state=_state(found, is_near=_is_within_reach(catalogue, role, today, about)))


def _state(found: Outlook, *, is_near: bool) -> Openness:
    if not is_near:
        return "further_on"
    if found.unmet or found.short_of or found.is_unready:
        return "not_yet"
    if found.clashes:
        return "unwanted"
    return "open_if" if found.unknown_core or any(one.is_open_question for one in found.hurdles) else "open"


# --- Gates ---


def hurdles(catalogue: Catalogue, role: Role, about: About) -> tuple[Hurdle, ...]:
    """Everything that a role asks beside skills: gates, then conditions, one for each frequency."""
    return (*_gates(catalogue, role, about), *_conditions(role, about))


def _gates(catalogue: Catalogue, role: Role, about: About) -> Iterator[Hurdle]:
    asked = role.gates
    asks: tuple[tuple[str, Any, Callable[[Any, Any], bool]], ...] = (
        ("english", about.english, at_least(ENGLISH_LEVELS)),
        ("education", about.education, at_least(EDUCATION_LEVELS)),
        ("licence", about.licences, has_one_of),
        ("typing", about.typing, le),
        ("language", about.languages, _speaks_one),
    )
    for name, has, is_met in asks:
        if (needs := getattr(asked, name)) is not None:
            state: State = "unknown" if has is None else "met" if is_met(needs, has) else "not met"
            yield _gate(role, Check(name, needs, has, state))
    if asked.experience is not None:
        state = _experience(catalogue, role, asked.experience, about)
        yield _gate(role, Check("experience", asked.experience, about.years, state))


def _gate(role: Role, check: Check) -> Hurdle:
    return Hurdle(check, "usually" if check.name in role.gates.usually else "always", is_gate=True)


def _speaks_one(needs: str, has: Mapping[str, str]) -> bool:
    return any(ENGLISH_LEVELS.index(needs) <= ENGLISH_LEVELS.index(level) for level in has.values())


def _experience(catalogue: Catalogue, role: Role, needs: float, about: About) -> State:
    """Years count where they were worked in a kind of work that counts."""
    if needs == 0:
        return "met"
    if about.years is None or about.years < needs:
        return "unknown" if about.years is None else "not met"
    if about.works_as is None and about.fields is None:
        return "unknown"
    today = {catalogue.roles[about.works_as].path} if about.works_as else set()
    worked = {*(about.fields or ()), *today}
    return "not met" if worked.isdisjoint(_counting(catalogue, role, in_trade=bool(today))) else "met"


def _counting(catalogue: Catalogue, role: Role, *, in_trade: bool) -> set[str]:
    """The career paths whose years count for a role."""
    if role.gates.experience_in:
        return set(role.gates.experience_in)
    before = (one.path for one in catalogue.roles.values() if any(step.role == role.id for step in neighbours(one)))
    return {role.path, *(before if in_trade else ())}


# --- Conditions ---


def _conditions(role: Role, about: About) -> Iterator[Hurdle]:
    asked = role.conditions
    for name, words, accepted in (("shifts", asked.shifts, about.shifts), ("channel", asked.channel, about.channel)):
        for often in OFTEN:
            if needs := tuple(word for word, one in words.items() if one == often):
                is_met = accepted is not None and set(needs) <= set(accepted)
                yield _condition(Check(name, needs, accepted, _told(accepted, is_met=is_met)), often)
    if asked.site and len(asked.site) < len(SITES):  # offered everywhere: nothing is asked
        is_met = not set(asked.site).isdisjoint(about.site or ())
        yield _condition(Check("site", asked.site, about.site, _told(about.site, is_met=is_met)), "always")
    if asked.targets is not None:
        state = _told(about.targets, is_met=bool(about.targets))
        yield _condition(Check("targets", needs=True, has=about.targets, state=state), asked.targets)


def _condition(check: Check, often: str) -> Hurdle:
    return Hurdle(check, often, is_gate=False)


def _told(has: object, *, is_met: bool) -> State:
    if has is None:
        return "unknown"
    return "met" if is_met else "not met"


# --- Skills, and how far a role is away ---


def _core_skills(role: Role) -> list[str]:
    return [skill for skill, asked in role.skills.items() if asked.importance >= CORE]


def _core(role: Role, fit: Fit, levels: Mapping[str, float]) -> tuple[str | None, bool]:
    """The worst core skill where it is in the way, and whether Readiness is.

    The largest of several noisy gaps is too large by chance, so their mean counts as well.
    """
    gaps = {
        skill: max(0.0, role.skills[skill].level - levels[skill]) for skill in _core_skills(role) if skill in levels
    }
    if gaps:
        worst = max(gaps, key=lambda skill: gaps[skill])
        most, furthest = (ENTRY_SHORT, ENTRY_WORST) if role.is_entry else (SHORT, WORST)
        if math.fsum(gaps.values()) / len(gaps) > most or gaps[worst] > furthest:
            return worst, False
    return None, not role.is_entry and fit.readiness is not None and fit.readiness < CLOSE


def _is_within_reach(catalogue: Catalogue, role: Role, today: Role | None, about: About) -> bool:
    if role.is_entry:
        return True
    needs = role.gates.experience
    if today is None:
        has_worked = needs is not None and _experience(catalogue, role, needs, about) != "not met"
        return has_worked and role.rung <= LEAD
    if role.rung <= today.rung + 1:
        return needs is not None or today.path in _counting(catalogue, role, in_trade=True)
    if role.rung > min(today.rung + 2, LEAD) or about.years is None:
        return False
    return any(edge.role == role.id and edge.years[0] <= about.years for edge in today.leads_to)


# --- In words ---


def ifs(catalogue: Catalogue, found: Outlook) -> tuple[str, ...]:
    """What would have to hold; each goes on after "open if"."""
    skills = listed([catalogue.skills[skill].name for skill in found.unknown_core])
    questions = [one for one in found.hurdles if one.is_open_question]
    conditions = [one.check for one in questions if not one.is_gate]
    refused = [gate(check) for check in conditions if check.state != "unknown"]
    return (
        *(_if(one.check) for one in questions if one.is_gate),
        *([f"you find a place without {' and without '.join(refused)}"] if refused else ()),
        *(f"{gate(check)} would suit you" for check in conditions if check.state == "unknown"),
        *([f"you are good at {skills}, of which nothing is known yet"] if found.unknown_core else ()),
    )


def in_the_way(catalogue: Catalogue, found: Outlook) -> tuple[str, ...]:
    """Everything that is in the way, each as a part of a sentence about the role."""
    texts = []
    if found.unmet:
        texts.append(
            f"it usually asks for {listed([_asked(check) for check in found.unmet])}, which you do not have yet"
        )
    if found.short_of is not None:
        texts.append(f"your answers show less {catalogue.skills[found.short_of].name} than it asks")
    elif found.is_unready:
        texts.append("your answers show less of its skills, taken together, than it asks")
    if found.clashes:
        texts.append(f"it means {listed(list(map(gate, found.clashes)))}, which you say does not suit you")
    return tuple(texts)


def once(found: Outlook) -> tuple[str, ...]:
    """What would have to come true for a role that gates alone keep closed; each goes on after "once".

    Empty where something else is in the way, or years are, which come by themselves or never.
    """
    is_by_gates = found.state == "not_yet" and found.short_of is None and not (found.is_unready or found.clashes)
    if not is_by_gates or any(check.name == "experience" for check in found.unmet):
        return ()
    return tuple(_UNKNOWN[check.name](check) for check in found.unmet)


def _if(check: Check) -> str:
    if check.state == "unknown":
        return _UNKNOWN[check.name](check)
    return _WITH[check.name](check) if check.name in _WITH else f"an employer takes you without {_asked(check)}"


_UNKNOWN: dict[str, Callable[[Check], str]] = {
    "english": lambda check: f"your English is {check.needs}",
    "education": lambda check: f"you have {EDUCATION[str(check.needs)]}",
    "experience": lambda check: f"{_time(check)} of your work were of this kind",
    "licence": lambda check: f"you hold {check.needs}",
    "typing": lambda check: f"you type {check.needs:g} words a minute",
    "language": lambda check: f"you could work in a language beside English ({check.needs})",
}
_WITH: dict[str, Callable[[Check], str]] = {
    "english": lambda check: f"an employer takes you with English {check.has}",
    "education": lambda check: f"an employer takes you with {EDUCATION[str(check.has)]}",
    "typing": lambda check: f"an employer takes you with {check.has:g} words a minute",
}


def _asked(check: Check) -> str:
    return f"{_time(check)} of this kind of work" if check.name == "experience" else gate(check)


def _time(check: Check) -> str:
    return "1 year" if check.needs == 1 else f"{check.needs:g} years"
