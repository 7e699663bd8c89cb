"""Sentences that more than one page says, and the words in them. Texts are uncleaned: the document is cleaned whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.document import Column, Level, Row, Table, Toned
from bpo_quiz.guidance.gates import gate
from bpo_quiz.scoring.match import CLOSE, FEWEST_KNOWN, READY_NOW
from bpo_quiz.scoring.rounding import whole
from bpo_quiz.wording import day, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bpo_quiz.catalogue.model import Catalogue, Requirement
    from bpo_quiz.guidance.gates import State
    from bpo_quiz.guidance.standing import Hurdle
    from bpo_quiz.results.result import Report
    from bpo_quiz.store.records import StoredSession

RUNG = {1: "entry", 2: "experienced", 3: "lead or senior specialist", 4: "manager", 5: "senior manager"}

BY_TOTAL_AFTER_QUICK = (
    "After the quick form a result is ordered by the chance to be first; the places here are those of Total, so they "
    "can differ."
)

NO_FORECAST = (
    "This is arithmetic with your answers: it says where the ranking would go, not how hard the way is. Interests stay "
    "as they are."
)
NO_GATE = "A raise opens no gate"
NOTICED = 0.5
"""Points; a smaller change is not told."""

AVERAGE = "A level of 50 is that of the average role."
ASKED = (Column("Importance", "number", "importance {}"), Column("Level", "number", "level {}"))
"""What a role asks of a skill."""

_LOOK_AROUND = (
    "Look around without a quiz: bpo-quiz roles lists every role, bpo-quiz roles ROLE shows one day of it, "
    "the good and the hard."
)
_TOO_FEW = (
    f"A role is only ranked when the answers cover at least {whole(100 * FEWEST_KNOWN)} % of what it asks for.",
    "Answer more of the questions. A rough answer says more than none; skip only what you never had a chance to do.",
    _LOOK_AROUND,
)
_ALL_ALIKE = (
    "The ranking looks at what you do more and what you do less. When all is alike, any order would be chance.",
    "Take it again when you have ten minutes: think of an example for each question, and use the range from 1 to 5.",
    "Or ask somebody who works with you which two or three things they would come to you for, and begin there.",
    _LOOK_AROUND,
)
SILENT = {
    "too few answers": ("There are too few answers to say which roles fit you.", _TOO_FEW),
    "all alike": (
        "Your answers are nearly all the same, so they do not show which roles fit you better than others.",
        _ALL_ALIKE,
    ),
}
"""Why there is no ranking: the sentence on top, and what helps."""

TODAY: Mapping[str, str] = {
    "today": "your role",
    "open": "open",
    "open_if": "open if",
    "not_yet": "not yet",
    "unwanted": "you said no",
    "further_on": "later",
    "not_known": "-",
}
"""Standing -> how a role stands today, in a column."""

TODAY_EXPLAINED = (
    "Today: open = nothing that you told stands in the way; open if = one or more things must hold, named beside it; "
    "not yet = something that is always asked is missing; you said no = it means what you say does not suit you; "
    "later = by way of other roles. It never changes the order."
)

STATES: dict[State, str] = {"not met": "not met", "unknown": "to check", "met": "met"}
"""What is said of a gate or a condition, what is in the way first."""


_FLAGGED = {
    "long run": "{value:.0f} answers in a row were at the same place in the list.",
    "no spread": "Nearly all answers are alike.",
    "pairs disagree": "Two questions about the same skill were often answered as if they had nothing in common.",
    "fast answers": "{percent} of the answers took less than 2 seconds.",
}


def band(readiness: float) -> str:
    """What a Readiness, 0-100, means."""
    if readiness >= READY_NOW:
        return "ready now"
    return "close" if readiness >= CLOSE else "later"


def named(catalogue: Catalogue) -> str:
    """A catalogue's name and version."""
    return f"{catalogue.name} {catalogue.version}"


def session_facts(catalogue: Catalogue, session: StoredSession) -> tuple[tuple[str, str], ...]:
    """(label, value) of the session that a page is about, without whose it is."""
    told = f"{session.code}, {day(session.finished or session.started)}, {session.form} form"
    return ("Session", told), ("Catalogue", named(catalogue))


def chance(share: float | None) -> str:
    """A chance, 0-1, rounded to 5 %: its error does not allow more."""
    if share is None:
        return "-"
    rounded = 5 * whole(share * 20)
    if rounded == 0:
        return "<5%"
    return ">95%" if rounded == 100 else f"{rounded}%"


def number(value: float | None) -> str:
    """A whole number, or a dash where nothing is known."""
    return "-" if value is None else str(whole(value))


def points(number: float) -> str:
    """`3 points`, `1 point`, `less than 1 point`; the sign is left out."""
    shown = whole(abs(number))
    return f"{shown} {plural(shown, 'point')}" if shown else "less than 1 point"


def signed(number: int) -> str:
    """`+3`, `-3`, `0`."""
    return f"{number:+d}" if number else "0"


def asked_row(name: str, asked: Requirement) -> Row:
    """A row of a table whose last columns are `ASKED`."""
    return Row((name, f"{asked.importance:.2g} of 5", Level(str(whole(asked.level)), asked.level)))


def stated(hurdle: Hurdle) -> Toned:
    """What a gate or a condition asks for, and how it goes together with what was told; red only where it is firm."""
    if hurdle.check.state == "met":
        return Toned(STATES["met"], "good")
    if hurdle.is_in_the_way:
        return Toned(STATES[hurdle.check.state], "bad")
    often = "" if hurdle.often == "always" else f", {hurdle.often}"
    return Toned(f"{STATES[hurdle.check.state]}{often}", "warning")


def ordered(hurdles: Iterable[Hurdle]) -> list[Hurdle]:
    """Gates and conditions, the ones in the way first."""
    states = list(STATES)
    return sorted(hurdles, key=lambda one: (not one.is_in_the_way, states.index(one.check.state)))


def in_question(hurdles: Iterable[Hurdle]) -> tuple[Toned, ...]:
    """What is not met or not known, a line a kind, the firmest first; what is only sometimes so is for the talk."""
    kinds: dict[str, list[Hurdle]] = {"not met": [], "usually, not met": [], "to check": []}
    for one in hurdles:
        if one.is_in_the_way:
            kinds["not met"].append(one)
        elif one.is_open_question:
            kinds["to check" if one.check.state == "unknown" else "usually, not met"].append(one)
    return tuple(
        Toned(f"{kind}: {'; '.join(gate(one.check) for one in found)}", "bad" if kind == "not met" else "warning")
        for kind, found in kinds.items()
        if found
    )


def hurdles_table(hurdles: Iterable[Hurdle]) -> Table:
    """Gates and conditions, the ones in the way first."""
    rows = [Row((gate(one.check), stated(one))) for one in ordered(hurdles)]
    return Table("", (Column("Asked for"), Column("You", "name")), tuple(rows))


def on_top(report: Report) -> tuple[str, ...]:
    """The statements of a result; where there is silence, that."""
    return report.advice.lines if report.advice else (SILENT[report.silence or "too few answers"][0],)


def sureness(report: Report) -> str:
    """The chances of the role that stands first."""
    first = report.roles[0]
    return (
        f"How sure this is: if your answers had no error, {first.role.name} would come first in "
        f"{_about(first.p_first)} of cases, and among the first three in {_about(first.p_top3)}."
    )


def _about(share: float | None) -> str:
    said = chance(share)
    if said.startswith(("<", ">")):
        return {"<": "under ", ">": "over "}[said[0]] + said[1:]
    return f"about {said}"


def flags(report: Report) -> list[str]:
    """Friendly words for the signs that the answers may not describe the person; empty without any."""
    if not report.flags:
        return []
    fired = [
        _FLAGGED[flag.rule].format(value=flag.value, percent=f"{whole(100 * flag.value)} %")
        for flag in report.flags
        if flag.rule != "median time"  # where it fires, the share of fast answers says the same with a number
    ]
    if len(report.flags) == 1:
        return [*fired, "Please look over your answers; if they are as you meant them, all is well."]
    return [*fired, "The answers may not describe you. Talk about them before you use this result."]
