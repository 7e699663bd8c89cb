"""What gates, conditions and years are called, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bpo_quiz.guidance.gates import Check

EDUCATION = {
    "basic": "10 years of school",
    "secondary": "secondary school (12 years)",
    "vocational": "a vocational certificate or diploma",
    "bachelor": "a bachelor's degree",
    "master": "a master's degree",
}
CHANNEL = {"voice": "on the phone", "writing": "in writing"}
SITE = {"office": "in an office", "home": "at home"}


def and_list(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))


def years(span: tuple[float, float]) -> str:
    """`1-3 years`, `1 year`, `up to 1 year`."""
    low, high = span
    if low == high:
        return f"{low:g} year" if low == 1 else f"{low:g} years"
    if low == 0:
        return f"up to {high:g} year" if high == 1 else f"up to {high:g} years"
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
    "shifts": lambda shifts: f"{and_list(shifts)} shifts",
    "channel": lambda channels: f"contact {and_list([CHANNEL[channel] for channel in channels])}",
    "site": lambda sites: f"work {' or '.join(SITE[site] for site in sites)}",
    "targets": lambda _: "a personal sales or collection target",
}
