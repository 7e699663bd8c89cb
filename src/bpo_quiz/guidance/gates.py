"""Gates and conditions: met, not met or unknown, and what each is called. They never change a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bpo_quiz.catalogue.model import EDUCATION_LEVELS, ENGLISH_LEVELS, SITES
from bpo_quiz.wording import listed, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bpo_quiz.answers.model import About
    from bpo_quiz.catalogue.model import Role

State = Literal["met", "not met", "unknown"]
Value = str | float | bool | tuple[str, ...] | None

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
    gates = role.gates
    checks = (
        Check("english", gates.english, about.english, _at_least(gates.english, about.english, ENGLISH_LEVELS)),
        Check(
            "education", gates.education, about.education, _at_least(gates.education, about.education, EDUCATION_LEVELS)
        ),
        Check("experience", gates.experience, about.years, _number(gates.experience, about.years)),
        Check("licence", gates.licence, about.licences, _licence(gates.licence, about.licences)),
        Check("typing", gates.typing, about.typing, _number(gates.typing, about.typing)),
    )
    return tuple(check for check in checks if check.needs is not None)


def check_conditions(role: Role, about: About) -> tuple[Check, ...]:
    """How the work is done, against what the person can or would do. Only what the role asks for is listed."""
    asked = role.conditions
    site = asked.site if len(asked.site) < len(SITES) else ()  # offered everywhere: nothing is asked
    checks = (
        Check("shifts", asked.shifts, about.shifts, _all_of(asked.shifts, about.shifts)),
        Check("channel", asked.channel, about.channel, _all_of(asked.channel, about.channel)),
        Check("site", site, about.site, _one_of(site, about.site)),
        Check("targets", asked.targets, about.targets, _state(about.targets, about.targets is True)),
    )
    return tuple(check for check in checks if check.needs)


def _state(told: Value, met: bool) -> State:
    if told is None:
        return "unknown"
    return "met" if met else "not met"


def _at_least(needs: str | None, has: str | None, ladder: Sequence[str]) -> State:
    return _state(has, needs is not None and has is not None and ladder.index(has) >= ladder.index(needs))


def _number(needs: float | None, has: float | None) -> State:
    return _state(has, needs is not None and has is not None and has >= needs)


def _licence(needs: str | None, has: tuple[str, ...] | None) -> State:
    """A licence gate names its choices in one text ("CPC or CPC-A")."""
    if needs is None or has is None:
        return "unknown"
    choices = {choice.strip().casefold() for choice in needs.replace(",", " or ").split(" or ")}
    held = {one.strip().casefold() for one in has}
    return "met" if choices & held else "not met"


def _all_of(needs: tuple[str, ...], has: tuple[str, ...] | None) -> State:
    return _state(has, has is not None and set(needs) <= set(has))


def _one_of(needs: tuple[str, ...], has: tuple[str, ...] | None) -> State:
    return _state(has, has is not None and bool(set(needs) & set(has)))


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
    "shifts": lambda shifts: f"{listed(shifts)} shifts",
    "channel": lambda channels: f"contact {listed([CHANNEL[channel] for channel in channels])}",
    "site": lambda sites: f"work {' or '.join(SITE[site] for site in sites)}",
    "targets": lambda _: "a personal sales or collection target",
}
