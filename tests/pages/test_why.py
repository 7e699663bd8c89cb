"""What the page of `why` means: its points add up, its sentences say what is true, and silence explains nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from strategies import (
    a_catalogue,
    a_role,
    a_skill,
    abouts,
    an_interest,
    an_item,
    answers_by_turns,
    at_times,
    cases,
    report_of,
)

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.model import Conditions, Gates
from bpo_quiz.document import Table, cell_text
from bpo_quiz.guidance.explain import Explanation, explain
from bpo_quiz.pages import why as pages
from bpo_quiz.pages.phrases import BY_TOTAL_AFTER_QUICK, SILENT, points
from bpo_quiz.results.points import interest_points, lead_points, match_points, total_points
from bpo_quiz.scoring.match import fit_all
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import rank
from bpo_quiz.scoring.rounding import whole
from bpo_quiz.wording import ordinal
from bpo_quiz.writers.plain import plain, sections
from pages.pages import on_screen

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue

Case = tuple["Catalogue", "Responses"]


def why(case: Case, role: str, **about: object) -> Explanation:
    return explain(case[0], Answers(case[1], About(**about)), role)  # type: ignore[arg-type]


def explained(case: Case) -> list[Explanation]:
    found = [one for one in (why(case, role) for role in case[0].roles) if one.rank is not None and not one.all_alike]
    assume(found)
    return found


def part(catalogue: Catalogue, explanation: Explanation, name: str) -> str:
    """One section of the page as lines."""
    found = [one for one in pages.page(catalogue, explanation).sections if one.id == name]
    return "\n".join(sections(found)).strip()


def told(case: Case, role: str, **about: object) -> str:
    return part(case[0], why(case, role, **about), "place")


@at_times
@given(cases())
def test_s03_all_shown_points_add_up(case: Case) -> None:
    for one in explained(case):
        match, (total, from_match, from_interest) = match_points(one), total_points(one)
        interest, of_interests = interest_points(one)
        counts = [points for _, points in match.costs]
        assert match.match == whole(one.fit.match or 0)
        assert match.match + sum(counts) + match.other + match.level == 100
        assert min(*counts, match.other, match.level, 1) >= 0
        assert from_match + from_interest == total == whole(one.fit.total or 0)
        assert interest + sum(of_interests) == 100 or not one.interests
        if one.against is not None:
            lead = lead_points(one, one.against)
            assert sum(points for _, points in (*lead.for_it, *lead.against_it)) + lead.other == lead.lead
            assert lead.lead == whole(one.fit.total or 0) - whole(one.against.fit.total or 0)


@pytest.mark.parametrize("role", ["trainer", "accountant", "customer_service_rep"])
def test_s03_every_table_of_the_page_adds_up(catalogue: Catalogue, role: str) -> None:
    page = pages.page(catalogue, why((catalogue, answers_by_turns(catalogue)), role))
    adding = [section for section in page.sections if section.id in ("match", "total", "interests", "beside")]
    for rows in (block.rows for section in adding for block in section.blocks if isinstance(block, Table)):
        *counts, total = [int(cell_text(row.cells[-1])) for row in rows]
        assert sum(counts) == total
        assert [row.is_sum for row in rows] == [False] * len(counts) + [True]


@pytest.mark.parametrize(
    ("number", "shown"), [(0.3, "less than 1 point"), (-0.7, "1 point"), (1.2, "1 point"), (-2.5, "3 points")]
)
def test_points_in_words(number: float, shown: str) -> None:
    assert points(number) == shown


def test_each_size_of_a_lead_is_told_as_what_it_means(catalogue: Catalogue) -> None:
    case = (catalogue, answers_by_turns(catalogue))
    found = why(case, report_of(*case).roles[1].role.id)
    assert found.against is not None
    for times, sentence in (
        (0.5, "That is within the error of your answers: another day"),
        (1.5, "more than the usual error of your answers, but not so much more that it is sure: another day"),
        (2.5, "That is clearly more than the error of your answers."),
    ):
        against = found.against._replace(lead=-times * found.against.error)
        assert sentence in part(catalogue, found._replace(against=against), "place")


def test_todays_role_is_called_so(catalogue: Catalogue) -> None:
    case = (catalogue, answers_by_turns(catalogue))
    assert told(case, "trainer", current_role="trainer").startswith("Trainer, your role today, stands ")
    assert "today" not in told(case, "trainer", current_role="team_lead")
    assert BY_TOTAL_AFTER_QUICK not in told(case, "trainer")


def test_what_is_not_met_and_to_check_is_told_and_changes_nothing() -> None:
    role = a_role("a", gates=Gates(english="C1", typing=40), conditions=Conditions(shifts={"night": "usually"}))
    case: Case = (a_catalogue(role, a_role("b", {"one": (1, 25), "two": (5, 75)})), {"one-1": 3, "two-1": 1})
    page = told(case, "a", english="B1", shifts=("night",))
    assert "Not met: English C1. To check: typing 40 words a minute. That changes no number." in page
    assert "is met" in told(case, "a", english="C2", shifts=("night",), typing=50)


def test_s02_a_sheet_that_says_nothing_is_not_explained(catalogue: Catalogue) -> None:
    alike: Responses = {item.id: 3 for item in catalogue.items()}
    few: Responses = {"coaching-1": 3}
    for sheet, sentence in (
        (alike, SILENT["all alike"][0]),
        (few, "too few answers to give Trainer a place"),
    ):
        page = "\n".join(plain(pages.page(catalogue, why((catalogue, sheet), "trainer"))))
        assert sentence in page
        assert "points" not in page


def test_s02_too_few_answers_name_what_would_be_enough(catalogue: Catalogue) -> None:
    few: Responses = {item.id: 3 for item in list(catalogue.items())[:20]}
    page = told((catalogue, few), "accountant")
    assert re.search(r"They cover \d\d % of what it asks for, and a Match needs 60 %\.", page)
    assert re.search(r"Answers about .+ and .+ would be enough\.", page)


def test_interests_that_lift_are_told_with_the_place_without_them() -> None:
    roles = [a_role(name, interests={"art": level, "craft": 100 - level}) for name, level in (("a", 20), ("b", 90))]
    catalogue = a_catalogue(*roles, interests=[an_interest("art"), an_interest("craft")])
    skills: Responses = {"one-1": 2, "one-2": 3, "two-1": 1, "two-2": 2}
    likes: Responses = {"interest-art-1": 4, "interest-art-2": 4, "interest-craft-1": 0, "interest-craft-2": 0}
    assert "by Match alone it would stand 2nd" in told((catalogue, {**skills, **likes}), "b")
    assert "There are no answers about interests" in told((catalogue, skills), "b")


def test_questions_without_an_answer_are_named_as_what_could_move_it(catalogue: Catalogue) -> None:
    skipped = dict.fromkeys(("coaching-1", "empathy-2", "teamwork-1", "patience-1"))
    found = why((catalogue, {**answers_by_turns(catalogue), **skipped}), "trainer")
    _, *lines = part(catalogue, found, "open").splitlines()
    assert len(lines) == 4
    assert any(line.startswith("- Coaching: ") for line in lines)
    assert lines[-1] == "- 1 more question has no answer; they could move it less."


def place_in(case: Case, role: str) -> int:
    fits = rank(fit_all(case[0], score(*case)))
    return [one.role for one in fits].index(role) + 1


@at_times
@given(cases())
def test_an_open_question_is_told_with_every_place_that_an_answer_could_give(case: Case) -> None:
    for one in explained(case)[:3]:
        now = one.rank or 0
        moving = [question for question in one.still_open if question.size > 0 or question.places != (now, now)]
        _, *lines = (part(case[0], one, "open") or "none").splitlines()
        for question, line in zip(moving[: pages.MOST_NAMED], lines, strict=False):
            sheets = ({**case[1], question.item.id: value} for value in range(5))
            places = sorted({place_in((case[0], sheet), one.role.id) for sheet in sheets})
            low, high = ordinal(places[0]), ordinal(places[-1])
            if low != high:
                assert line.endswith(f"; {low} to {high}.")
            elif places[0] == now:
                assert line.endswith(f"; still {low}, with any answer.")
            else:
                assert line.endswith(f"; {low} with any answer, {ordinal(now)} without one.")


def test_a_place_that_any_answer_would_change_is_not_called_still() -> None:
    one = a_role("a", {"one": (0, 100), "two": (3, 0), "three": (0, 0)})
    other = a_role("b", {"one": (0, 75), "two": (0, 50), "three": (1, 50)})
    catalogue = a_catalogue(one, other, skills=[a_skill(name, [an_item(name, 1)]) for name in ("one", "two", "three")])
    found = why((catalogue, {"one-1": 0, "two-1": 4}), "a")
    assert found.rank == 1
    assert part(catalogue, found, "open").endswith("; 2nd with any answer, 1st without one.")


@at_times
@given(cases().flatmap(lambda case: abouts(case[0]).map(lambda about: (*case, about))))
def test_s02_any_sheet_of_any_catalogue_can_be_shown(case: tuple[Catalogue, Responses, About]) -> None:
    catalogue, responses, about = case
    page = pages.page(catalogue, explain(catalogue, Answers(responses, about, "quick"), min(catalogue.roles)))
    assert page.title in " ".join(on_screen(page).split())
    assert next(plain(page)) == f"{page.title}."
