"""Gates and conditions: met, not met or unknown, and what each is called. They never change a number."""

from __future__ import annotations

from collections.abc import Mapping
from operator import le
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bpo_quiz.catalogue.model import EDUCATION_LEVELS, ENGLISH_LEVELS, SITES
from bpo_quiz.wording import listed, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bpo_quiz.answers.model import About
    from bpo_quiz.catalogue.model import Role

State = Literal["met", "not met", "unknown"]
Value = str | float | bool | tuple[str, ...] | Mapping[str, str] | None

EDUCATION = {
    "basic": "10 years of school",
    "secondary": "secondary school (12 years)",
    "vocational": "a vocational certificate or diploma",
    "bachelor": "a bachelor's degree",
    "master": "a master's degree",
}
CHANNEL = {"voice": "on the phone", "writing": "in writing"}
SITE = {"office": "in an office", "home": "at home"}


class Check(NamedTuple):
    """One gate or condition: what the role needs, what the person told, and how the two go together."""

    name: str
    needs: Value
    has: Value
    state: State

    @property
    def in_question(self) -> Value:
        """What is to be named: of several things that are not all met those that are missing, else all it needs."""
        if self.state == "not met" and isinstance(self.needs, tuple) and isinstance(self.has, tuple):
            return tuple(one for one in self.needs if one not in self.has)
        return self.needs


def check_gates(role: Role, about: About) -> tuple[Check, ...]:
    """What one usually must have to be hired. Only what the role asks for is listed."""
    asked = role.gates
    checks = (
        _check("english", asked.english, about.english, at_least(ENGLISH_LEVELS)),
        _check("education", asked.education, about.education, at_least(EDUCATION_LEVELS)),
        _check("experience", asked.experience, about.years, le),
        _check("licence", asked.licence, about.licences, has_one_of),
        _check("typing", asked.typing, about.typing, le),
    )
    return tuple(check for check in checks if check.needs is not None)


def check_conditions(role: Role, about: About) -> tuple[Check, ...]:
    """How the work is done, against what the person can or would do. Only what the role asks for is listed."""
    asked = role.conditions
    site = asked.site if len(asked.site) < len(SITES) else ()  # offered everywhere: nothing is asked
    checks = (
        _check("shifts", tuple(asked.shifts), about.shifts, _all_of),
        _check("channel", tuple(asked.channel), about.channel, _all_of),
        _check("site", site, about.site, lambda needs, has: not set(needs).isdisjoint(has)),
        _check("targets", asked.targets is not None, about.targets, le),
    )
    return tuple(check for check in checks if check.needs)


def _check(name: str, needs: Value, has: Value, is_met: Callable[[Any, Any], bool]) -> Check:
    if needs is None or has is None:
        return Check(name, needs, has, "unknown")
    return Check(name, needs, has, "met" if is_met(needs, has) else "not met")


def at_least(ladder: Sequence[str]) -> Callable[[str, str], bool]:
    """Whether what somebody has stands as high on a ladder as what is needed."""
    return lambda needs, has: ladder.index(needs) <= ladder.index(has)


def _all_of(needs: Sequence[str], has: Sequence[str]) -> bool:
    return set(needs) <= set(has)


def has_one_of(needs: str, has: Sequence[str]) -> bool:
    """A licence gate names its choices in one text ("CPC or CPC-A")."""
    choices = {choice.strip().casefold() for choice in needs.replace(",", " or ").split(" or ")}
    return not choices.isdisjoint(one.strip().casefold() for one in has)


def years(span: tuple[float, float]) -> str:
    """`1-3 years`, `1 year`, `up to 1 year`."""
    low, high = span
    if low == high:
        return f"{low:g} {plural(low, 'year')}"
    if low == 0:
        return f"up to {high:g} {plural(high, 'year')}"
    return f"{low:g}-{high:g} years"


def gate(check: Check) -> str:
    """What a gate or condition asks for, in a few words; where it is not met, only what is missing."""
    return _ASKED[check.name](check.in_question)


_ASKED: dict[str, Callable[[Any], str]] = {
    "english": lambda level: f"English {level}",
    "education": lambda level: EDUCATION[level],
    "experience": lambda time: f"{years((time, time))} of experience",
    "licence": str,
    "typing": lambda speed: f"typing {speed:g} words a minute",
    "language": lambda level: f"a language beside English ({level})",
    "shifts": lambda shifts: f"{listed(shifts)} shifts",
    "channel": lambda channels: f"contact {listed([CHANNEL[channel] for channel in channels])}",
    "site": lambda sites: f"work {' or '.join(SITE[site] for site in sites)}",
    "targets": lambda _: "a personal sales or collection target",
}
