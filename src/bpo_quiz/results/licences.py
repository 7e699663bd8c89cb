"""Which certificates are worth asking for: those that change how a role stands of which the result may speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.guidance.doors import doors
from bpo_quiz.guidance.gates import licence_choices
from bpo_quiz.guidance.standing import outlooks

if TYPE_CHECKING:
    from bpo_quiz.results.result import Report

FIRST_NEW = 5
"""So many roles, the first that are new to the person, may be spoken of whatever else is open."""


def licences_that_matter(report: Report) -> tuple[str, ...]:
    """Their names, in the order of the roles; none where they were told, or where the answers say too little.

    It matters of a role that is about equal at the top, among the first new ones, or a door to who holds them all.
    """
    catalogue, about = report.catalogue, report.about
    asked = {role.id: role.gates.licence for role in catalogue.roles.values() if role.gates.licence}
    if report.advice is None or about.licences is not None or not asked:
        return ()
    every = [name for needs in asked.values() for name in licence_choices(needs)]
    ranked, levels = [one.fit for one in report.roles], report.profile.levels()
    fits = {fit.role: fit for fit in ranked}
    holding = outlooks(catalogue, fits, levels, about._replace(licences=tuple(every)))
    without = outlooks(catalogue, fits, levels, about._replace(licences=()))
    new = [fit.role for fit in ranked if fit.role != about.works_as]
    spoken_of = {*report.advice.about_equal, *new[:FIRST_NEW], *doors(catalogue, ranked, holding, report.totals).roles}
    changed = [role for role in new if role in spoken_of and holding[role].state != without[role].state]
    return tuple(dict.fromkeys(name for role in changed if role in asked for name in licence_choices(asked[role])))
