"""The sentences on top of a result: which role comes first, how sure that is, and what to mind before it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.pages.phrases import SILENT, chance
from bpo_quiz.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.results.result import Report, RoleStanding

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
_OPEN_MEANS = (
    "What this means: several roles lie so close together that small changes in your answers change the order. "
    "That is common, and it says nothing bad about you; it often means that many roles would suit you."
)


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
    return f"{fits} {_about_equal(report)}{_entry(report, new)}{_leads_to(report.catalogue, new.role)}"


def _about_equal(report: Report) -> str:
    """The roles that stand about equal with the first, as a sentence; empty when it stands alone."""
    others = [role for role in report.certainty.about_equal if role != report.roles[0].role.id]
    if not others:
        return ""
    more = len(others) - _MOST_NAMED
    named = _names(report.catalogue, others[:_MOST_NAMED])
    return f"About equal: {named}{f' and {more} more' if more > 0 else ''}. "


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
    targets = [edge.role for edge in role.leads_to][:3]
    if not targets:
        return f"{role.name} is the top of its ladder."
    return f"{role.name} can lead on to {_names(catalogue, targets)}."


def _names(catalogue: Catalogue, roles: Iterable[str]) -> str:
    return listed(catalogue.roles[role].name for role in roles)


def sureness(report: Report) -> str:
    """How sure the first place is, in words and in the chances of the role that stands there."""
    first = report.roles[0]
    return (
        f"How sure this is: {report.certainty.word}. If your answers had no error, {first.role.name} would come first "
        f"in {_about(first.p_first)} of cases, and among the first three in {_about(first.p_top3)}."
    )


def _about(share: float | None) -> str:
    said = chance(share)
    if said.startswith(("<", ">")):
        return {"<": "under ", ">": "over "}[said[0]] + said[1:]
    return f"about {said}"


def what_open_means(report: Report) -> list[str]:
    """What an open result means and what helps; never a verdict."""
    lines = [_OPEN_MEANS]
    if report.answered < report.asked:
        lines.append(f"Answer more: {report.answered} of {report.asked} questions have an answer; each one more helps.")
    if report.deciding:
        skills = listed(report.catalogue.skills[skill].name for skill in report.deciding)
        lines.append(f"Talk about {skills} with someone who has seen you work: they decide most between these roles.")
    names = " ".join(report.certainty.about_equal[:3])
    lines.append(f"Read what a day is really like: bpo-quiz roles {names}")
    return lines
