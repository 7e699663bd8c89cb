"""What is said on top is true of anybody, with any catalogue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from guidance.test_standing import people, stood, totals_of
from hypothesis import assume, given
from strategies import a_catalogue, a_role, often

from bpo_quiz.answers.model import About
from bpo_quiz.catalogue.model import NO_ROLE, Gates
from bpo_quiz.guidance.doors import doors
from bpo_quiz.guidance.standing import ifs, in_the_way
from bpo_quiz.guidance.statements import Advice, Known, advice
from bpo_quiz.guidance.ways import Ways
from bpo_quiz.scoring.certainty import certainty
from bpo_quiz.scoring.profile import score

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bpo_quiz.catalogue.model import Catalogue


def known_of(catalogue: Catalogue, answers: Mapping[str, int | None], about: About, flags: int = 0) -> Known:
    ranked, found = stood(catalogue, answers, about)
    profile = score(catalogue, answers)
    sure = certainty(catalogue, profile, about.works_as)
    opened = doors(catalogue, ranked, found, totals_of(ranked))
    ways = Ways(catalogue, about.works_as, found, opened.roles, (fit.role for fit in ranked), profile.levels())
    return Known(catalogue, ranked, found, opened, ways, sure, about.works_as, flags)


def told(known: Known) -> tuple[Advice, str]:
    found = advice(known)
    return found, " ".join(found.lines)


@often
@given(people())
def test_every_statement_is_true(person: tuple[Catalogue, dict[str, int | None], About]) -> None:
    catalogue, answers, about = person
    known = known_of(catalogue, answers, about)
    assume(any(fit.total is not None and fit.role != about.works_as for fit in known.ranked))
    found, text = told(known)
    first = known.outlooks[found.role]
    assert all(found.lines)
    assert catalogue.roles[found.role].name in found.lines[0]
    assert ("Nothing that you told stands in the way" in text) == (first.state == "open")
    startable = [one for one in known.outlooks.values() if one.is_startable]
    assert ("nothing in this list is open" in text) == (not startable)
    others = [role for role in found.doors.roles if role != found.role]
    named = others[:2] if first.is_startable else others
    for role in (*([found.role] if first.is_startable else []), *named):
        assert all(one in text for one in ifs(catalogue, known.outlooks[role]))
    nearest = known.doors.nearest
    for role in (found.role, *([nearest] if nearest else [])):
        assert all(
            one in text or one.capitalize()[:1] + one[1:] in text for one in in_the_way(catalogue, known.outlooks[role])
        )
    spoken = {found.role, *named, *([nearest] if nearest else []), *([found.way.first] if found.way else [])}
    assert ("step down" in text) == any(known.outlooks[role].is_step_down for role in spoken)
    assert not re.search(r"\(\)|: \.|  |, \.", text)


@often
@given(people())
def test_a_word_has_its_own_chance(person: tuple[Catalogue, dict[str, int | None], About]) -> None:
    catalogue, answers, about = person
    known = known_of(catalogue, answers, about)
    assume(any(fit.total is not None and fit.role != about.works_as for fit in known.ranked))
    found, text = told(known)
    share = sum(chance for role, chance in known.certainty.p_new.items() if catalogue.roles[role].path == found.path)
    assert found.path_word != "clearly" or share >= 0.9 - 1e-9
    assert found.path_word == "none" or share >= 0.5 - 1e-9
    assert found.role_word != "clearly" or known.certainty.p_new[found.role] >= 0.9
    assert "clearly" not in told(known._replace(flags=2))[1]
    if "clearly fits you best" in text:
        assert known.certainty.p_first[str(about.works_as)] >= 0.9


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("B2", "Nothing that you told stands in the way of A: you could apply today."),
        (None, "You could apply for A today if your English is B2."),
        ("A1", "In the way of A: it usually asks for English B2, which you do not have yet."),
    ],
)
def test_the_standing_of_the_first_role_follows_what_fits(english: str | None, said: str) -> None:
    catalogue = a_catalogue(
        a_role("a", {"one": (5, 100), "two": (1, 0)}, gates=Gates(english="B2")),
        a_role("b", {"one": (1, 0), "two": (5, 100)}),
    )
    answers = {"one-1": 4, "one-2": 4, "two-1": 0, "two-2": 0}
    _, text = told(known_of(catalogue, answers, About(current_role=NO_ROLE, english=english)))
    assert text.startswith(f"Your answers clearly point to the career path Only, and in it to the role of A. {said}")
