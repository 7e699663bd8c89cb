"""What is said on top is true of anybody, with any catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from guidance.checks import false_statements
from guidance.test_standing import people, stood, totals_of
from hypothesis import assume, given
from strategies import a_catalogue, a_role, at_times, often

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.model import NO_ROLE, Gates
from bpo_quiz.guidance.doors import doors
from bpo_quiz.guidance.statements import Advice, Known, advice
from bpo_quiz.guidance.ways import Ways
from bpo_quiz.results.result import build
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


@at_times
@given(people())
def test_every_statement_is_true(person: tuple[Catalogue, dict[str, int | None], About]) -> None:
    catalogue, answers, about = person
    assert list(false_statements(build(catalogue, Answers(answers, about)))) == []


@often
@given(people())
def test_today_fits_clearly_by_its_own_chance_and_nothing_does_with_two_flags(
    person: tuple[Catalogue, dict[str, int | None], About],
) -> None:
    catalogue, answers, about = person
    known = known_of(catalogue, answers, about)
    assume(any(fit.total is not None and fit.role != about.works_as for fit in known.ranked))
    assert "clearly" not in told(known._replace(flags=2))[1]
    if "clearly fits you best" in told(known)[1]:
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
