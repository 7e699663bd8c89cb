"""Gates and conditions: met, not met or unknown, and what each is called. They never change a number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bpo_quiz.wording import listed, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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


def at_least(ladder: Sequence[str]) -> Callable[[str, str], bool]:
    """Whether what somebody has stands as high on a ladder as what is needed."""
    return lambda needs, has: ladder.index(needs) <= ladder.index(has)


def licence_choices(needs: str) -> tuple[str, ...]:
    """A licence gate names its choices in one text ("CPC or CPC-A")."""
    return tuple(choice for one in needs.replace(",", " or ").split(" or ") if (choice := one.strip()))


def has_one_of(needs: str, has: Sequence[str]) -> bool:
    """Whether one of the choices of a licence gate is held."""
    choices = {choice.casefold() for choice in licence_choices(needs)}
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
