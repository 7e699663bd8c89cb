"""The sentences of a result, the same in every format. Returns text from the catalogue uncleaned: renderers clean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.scoring.match import CLOSE, READY_NOW

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.guidance.gates import Check
    from bpo_quiz.report.build import Report, RoleStanding

EDUCATION = {
    "basic": "10 years of school",
    "secondary": "secondary school (12 years)",
    "vocational": "a vocational certificate or diploma",
    "bachelor": "a bachelor's degree",
    "master": "a master's degree",
}
CHANNEL = {"voice": "on the phone", "writing": "in writing"}
SITE = {"office": "in an office", "home": "at home"}
RUNG = {1: "entry", 2: "experienced", 3: "lead or senior specialist", 4: "manager", 5: "senior manager"}
REACH = {"now": "now", "next": "next", "later": "later", None: "not known"}

NOT_A_VERDICT = (
    "What this is not: a test, or a verdict. It compares what you say you do with what typical roles ask for. "
    "What people say of their own skills agrees only loosely with what tests measure (a correlation of about .3), so "
    "take it as the start of a talk. It is not made for choosing people for jobs."
)
REACH_EXPLAINED = (
    "Reach: now = no known gate in the way and Readiness 75 or more; next = one step from today's role or from an "
    "entry role; later = the rest. The order is that of Total; reach never changes it."
)
NUMBERS_EXPLAINED = (
    "Match: is the pattern of your skills the pattern of the role? Readiness: how much of the level that the role asks "
    "for do you say you have? Total: Match with your interests in it; it makes the order."
)


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
    """What a gate or condition asks for, in a few words."""
    return _ASKED[check.name](check.needs)


_ASKED = {
    "english": lambda level: f"English {level}",
    "education": lambda level: EDUCATION[level],
    "experience": lambda time: f"{years((time, time))} of experience",
    "licence": lambda name: str(name),
    "typing": lambda speed: f"typing {speed:g} words a minute",
    "shifts": lambda shifts: f"{and_list(shifts)} shifts",
    "channel": lambda channels: f"contact {and_list([CHANNEL[channel] for channel in channels])}",
    "site": lambda sites: f"work {' or '.join(SITE[site] for site in sites)}",
    "targets": lambda _: "a personal sales or collection target",
}


def checks(standing: RoleStanding) -> list[tuple[str, str]]:
    """(`not met` | `to check` | `met`, what is asked), the ones in the way first."""
    every = (*standing.gates, *standing.conditions)
    shown = {"not met": "not met", "unknown": "to check", "met": "met"}
    return [(shown[state], gate(check)) for state in shown for check in every if check.state == state]


def band(readiness: float) -> str:
    """What a Readiness, 0-100, means."""
    if readiness >= READY_NOW:
        return "ready now"
    return "close" if readiness >= CLOSE else "later"


def headline(report: Report) -> str:
    """The one sentence (or three short ones) on top."""
    if report.silence or report.headline is None:
        return SILENT[report.silence or "too few answers"][0]
    new = report.headline
    path = report.catalogue.paths[report.paths[0].path]
    first = report.roles[0]
    if first.is_today:
        fits = f"Your role today, {first.role.name}, fits you best; of the roles new to you, {new.role.name} does."
    else:
        fits = f"Your answers fit the career path {path.name} best, and in it the role of {new.role.name}."
    return f"{fits} {_entry(report, new)}{_leads_to(report.catalogue, new.role)}"


def _entry(report: Report, new: RoleStanding) -> str:
    way, name = report.way, new.role.name
    if way.start is None:
        return ""
    if not way.steps:
        return "It is an entry role, so you could start there directly. "
    if report.about.works_as == way.start.id:
        first = report.catalogue.roles[way.steps[0].role].name
        if first == name:
            return "It is one step from your role today. "
        return f"Your next step from today's role would be {first}. "
    return f"You would usually enter as {way.start.name}. "


def _leads_to(catalogue: Catalogue, role: Role) -> str:
    targets = [catalogue.roles[edge.role].name for edge in role.leads_to][:3]
    return f"{role.name} can lead on to {and_list(targets)}." if targets else f"{role.name} is the top of its ladder."


SILENT = {
    "too few answers": (
        "There are too few answers to say which roles fit you.",
        (
            "A role is only ranked when the answers cover at least 60 % of what it asks for.",
            "Answer more of the questions. A rough answer says more than none; skip only what you never had a chance "
            "to do.",
            "Look around without a quiz: bpo-quiz roles lists every role, bpo-quiz roles ROLE shows one day of it, "
            "the good and the hard.",
        ),
    ),
    "all alike": (
        "Your answers are nearly all the same, so they do not show which roles fit you better than others.",
        (
            "The ranking looks at what you do more and what you do less. When everything is alike there is nothing to "
            "rank, and any order would be chance.",
            "Take it again when you have ten minutes: think of one example for each question, and use the whole range "
            "from 1 to 5.",
            "Or ask somebody who works with you which two or three things they would come to you for, and begin there.",
            "Look around without a quiz: bpo-quiz roles lists every role, bpo-quiz roles ROLE shows one day of it, "
            "the good and the hard.",
        ),
    ),
}
"""Why there is no ranking: the sentence on top, and what helps."""


def titles(roles: Iterable[str], catalogue: Catalogue) -> str:
    """Names of roles, as a list in words."""
    return and_list([catalogue.roles[role].name for role in roles])
