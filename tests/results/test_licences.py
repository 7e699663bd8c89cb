"""Certificates are asked for where, and only where, they change what a result may say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidance.test_standing import people
from hypothesis import given
from strategies import at_times

from bpo_quiz.answers.model import Answers
from bpo_quiz.guidance.gates import licence_choices
from bpo_quiz.results.licences import licences_that_matter
from bpo_quiz.results.result import build

if TYPE_CHECKING:
    from bpo_quiz.answers.model import About
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.results.result import Report


def states(report: Report) -> dict[str, str]:
    return {one.role.id: one.outlook.state for one in report.roles}


@at_times
@given(people())
def test_they_matter_where_an_answer_changes_how_a_role_that_is_spoken_of_stands(
    person: tuple[Catalogue, dict[str, int | None], About],
) -> None:
    catalogue, responses, about = person
    needs = {role.id: licence_choices(role.gates.licence or "") for role in catalogue.roles.values()}
    every = tuple(name for names in needs.values() for name in names)
    untold, none, held = (
        build(catalogue, Answers(responses, about._replace(licences=has))) for has in (None, (), every)
    )
    names = set(licences_that_matter(untold))
    assert not licences_that_matter(held)
    assert not licences_that_matter(none)
    if untold.advice is None or held.advice is None:
        assert not names
        return
    before, after = states(none), states(held)
    changed = {role for role in before if before[role] != after[role]}
    new = [one.role.id for one in untold.roles if not one.is_today]
    doors = [one.role.id for one in held.roles if one.role.id in held.advice.doors.roles]
    spoken_of = changed & {*new[:5], *untold.advice.about_equal, *doors[:2]}
    assert names >= {name for role in spoken_of for name in needs[role]}
    assert names <= {name for role in changed for name in needs[role]}
