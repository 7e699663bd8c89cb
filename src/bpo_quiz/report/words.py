"""The sentences of a result, the same in every format. Returns text from the catalogue uncleaned: renderers clean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.guidance.gates import CHANNEL as CHANNEL
from bpo_quiz.guidance.gates import EDUCATION as EDUCATION
from bpo_quiz.guidance.gates import SITE as SITE
from bpo_quiz.guidance.gates import gate as gate
from bpo_quiz.guidance.gates import years as years
from bpo_quiz.pages.phrases import RUNG as RUNG
from bpo_quiz.pages.phrases import SILENT as SILENT
from bpo_quiz.pages.phrases import band as band
from bpo_quiz.pages.phrases import chance as chance
from bpo_quiz.pages.phrases import flags as flags
from bpo_quiz.pages.phrases import ordered as ordered
from bpo_quiz.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.results.result import Report, RoleStanding

and_list = listed

REACH = {"now": "now", "next": "next", "later": "later", None: "not known"}

NOT_A_VERDICT = (
    "What this is not: a test, or a verdict. It compares what you say you do with what typical roles ask for. "
    "What people say of their own skills agrees only loosely with what tests measure (a correlation of about .3), so "
    "take it as the start of a talk. It is not made for choosing people for jobs."
)
REACH_EXPLAINED = (
    "Reach: now = no known gate in the way and Readiness 75 or more; next = one step from today's role or from a "
    "role to enter by; later = the rest. Reach never changes the order."
)
NUMBERS_EXPLAINED = (
    "Match: is the pattern of your skills the pattern of the role? Ready: how much of the level that the role asks "
    "for do you say you have? Total: Match with your interests in it. First: the chance that the role would come first "
    "if your answers had no error; = stands about equal at the top."
)
ORDER = {
    "full": "The order is that of Total.",
    "quick": "After the quick form the order is that of First, since much was not asked.",
}


def checks(standing: RoleStanding) -> list[tuple[str, str]]:
    """(`not met` | `to check` | `met`, what is asked), the ones in the way first."""
    return ordered((*standing.gates, *standing.conditions))


def headline(report: Report) -> str:
    """The one sentence (or three short ones) on top."""
    if report.silence or report.headline is None:
        return SILENT[report.silence or "too few answers"][0]
    new = report.headline
    path = report.catalogue.paths[report.paths[0].path]
    first = report.roles[0]
    word = report.certainty.word
    if first.is_today:
        today = _TODAY[word].format(role=first.role.name)
        fits = f"{today} Of the roles new to you, {new.role.name} is first."
    else:
        fits = _FITS[word].format(path=path.name, role=new.role.name)
    return f"{fits} {about_equal(report)}{_entry(report, new)}{_leads_to(report.catalogue, new.role)}"


_FITS = {
    "clear": "Your answers clearly point to the career path {path}, and in it to the role of {role}.",
    "likely": "Your answers probably fit the career path {path} best, and in it the role of {role}.",
    "one of several": "Several roles fit your answers; {role}, on the career path {path}, is one of the best.",
    "open": "Your answers do not single out a role. {role}, on the career path {path}, comes first by a little.",
}
_TODAY = {
    "clear": "Your role today, {role}, clearly fits you.",
    "likely": "Your role today, {role}, probably fits you best.",
    "one of several": "Several roles fit your answers; your role today, {role}, is one of the best.",
    "open": "Your answers do not single out a role; your role today, {role}, comes first by a little.",
}
_MOST_NAMED = 4


def about_equal(report: Report) -> str:
    """The roles that stand about equal with the first, as a sentence; empty when it stands alone."""
    others = [role for role in report.certainty.about_equal if role != report.roles[0].role.id]
    if not others:
        return ""
    named = titles(others[:_MOST_NAMED], report.catalogue)
    more = len(others) - _MOST_NAMED
    return f"About equal: {named}{f' and {more} more' if more > 0 else ''}. "


_OPEN_MEANS = (
    "What this means: several roles lie so close together that small changes in your answers change the order. "
    "That is common, and it says nothing bad about you; it often means that many roles would suit you."
)


def open_page(report: Report) -> list[str]:
    """What an open result means and what helps; never a verdict."""
    lines = [_OPEN_MEANS]
    if report.answered < report.asked:
        lines.append(f"Answer more: {report.answered} of {report.asked} questions have an answer; each one more helps.")
    if report.deciding:
        skills = and_list([report.catalogue.skills[skill].name for skill in report.deciding])
        lines.append(f"Talk about {skills} with someone who has seen you work: they decide most between these roles.")
    names = " ".join(report.certainty.about_equal[:3])
    lines.append(f"Read what a day is really like: bpo-quiz roles {names}")
    return lines


def _entry(report: Report, new: RoleStanding) -> str:
    way, name = report.way, new.role.name
    if way.start is None:
        return ""
    if not way.steps:
        why = "It is an entry role, so" if way.start.is_entry else "With your experience"
        return f"{why} you could start there directly. "
    if report.about.works_as == way.start.id:
        first = report.catalogue.roles[way.steps[0].role].name
        if first == name:
            return "It is one step from your role today. "
        return f"Your next step from today's role would be {first}. "
    who = "You would usually" if way.start.is_entry else "With your experience you could"
    return f"{who} enter in the role {way.start.name}. "


def _leads_to(catalogue: Catalogue, role: Role) -> str:
    targets = [catalogue.roles[edge.role].name for edge in role.leads_to][:3]
    return f"{role.name} can lead on to {and_list(targets)}." if targets else f"{role.name} is the top of its ladder."


def titles(roles: Iterable[str], catalogue: Catalogue) -> str:
    """Names of roles, as a list in words."""
    return and_list([catalogue.roles[role].name for role in roles])
