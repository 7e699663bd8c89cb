"""What the pages of `what-if` mean: nobody is surprised by a number, and silence ranks nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from strategies import a_catalogue, a_role, abouts, answers_by_turns, at_times, cases

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.model import Gates
from bpo_quiz.guidance.least_raises import GOALS, LeastRaises, least_raises
from bpo_quiz.guidance.what_if import what_if
from bpo_quiz.pages import reach
from bpo_quiz.pages import what_if as pages
from bpo_quiz.pages.phrases import SILENT
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.rounding import whole
from bpo_quiz.writers.plain import plain
from pages.pages import on_screen

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue

Case = tuple["Catalogue", "Responses"]


def changed(case: Case, levels: dict[str, float], **about: object) -> str:
    found = what_if(case[0], Answers(case[1], About(**about)), levels)  # type: ignore[arg-type]
    return "\n".join(plain(pages.page(case[0], found, 10)))


def test_a_lowering_is_not_spoken_of_as_a_raise() -> None:
    catalogue = a_catalogue(a_role("a", gates=Gates(english="C1")), a_role("b", {"one": (1, 25), "two": (5, 75)}))
    case: Case = (catalogue, {"one-1": 4, "two-1": 0})
    lowered = changed(case, {"one": 60}, english="B1")
    assert "raise" not in lowered
    assert "No role opens or closes by it." in lowered
    assert "That opens B." in changed(case, {"one": 60, "two": 100}, english="B1")


def test_a_level_that_is_that_of_today_changes_nothing(catalogue: Catalogue) -> None:
    case = (catalogue, answers_by_turns(catalogue))
    levels = score(*case).levels()
    for same in ({"coaching": levels["coaching"]}, {"coaching": float(whole(levels["coaching"]))}):
        page = changed(case, same, english="A2")
        assert "Nothing would change: that is your level of today." in page
        assert "would rise" not in page
        assert "raise" not in page
    assert "Nothing would change: these are your levels of today." in changed(case, levels, english="A2")


def test_a_change_too_small_to_be_seen_is_told_as_that() -> None:
    catalogue = a_catalogue(*(a_role(name, {"one": (0, 50), "two": (5, two), "three": (5, 80)})
                              for name, two in (("a", 10), ("b", 90))))  # fmt: skip
    case: Case = (catalogue, {"one-1": 2, "two-1": 4, "three-1": 3})
    page = changed(case, {"one": score(*case).levels()["one"] + 1})
    assert "Nothing would change: every role would keep its place, and its numbers would move by less than" in page
    assert "would rise" not in page


def test_s02_a_what_if_of_a_sheet_that_says_nothing_ranks_nothing(catalogue: Catalogue) -> None:
    alike: Responses = {item.id: 3 for item in catalogue.items()}
    few: Responses = {"coaching-1": 3}
    for sheet in (alike, few):
        page = changed((catalogue, sheet), {"coaching": 90})
        assert any(sentence in page for sentence, _ in SILENT.values())
        assert "Trainer" not in page


def reached(case: Case, role: str, **about: object) -> str:
    answers = Answers(case[1], About(**about))  # type: ignore[arg-type]
    found = [least_raises(case[0], answers, role, goal) for goal in GOALS]
    return reached_page(case[0], *found)


def reached_page(catalogue: Catalogue, *found: LeastRaises) -> str:
    return "\n".join(plain(reach.page(catalogue, found, "full", "K7M-P3D")))


def test_what_it_takes_is_told_with_the_command_that_shows_it() -> None:
    role = a_role("a", {"one": (5, 80), "two": (0, 80), "three": (0, 80)})
    catalogue = a_catalogue(role, a_role("b", {"one": (0, 9), "two": (5, 9), "three": (0, 9)}))
    told: Responses = {f"{skill}-{n}": 1 + n for skill in ("one", "two", "three") for n in (1, 2)}
    page = reached((catalogue, told), "a")
    assert "One skill would have to rise, by 13 points in all." in page
    assert "One: from 63 to 76, +13 points, the role asks 80." in page
    assert "bpo-quiz what-if one=76 K7M-P3D" in page
    assert "No fewer skills would do" in page


def test_a_first_place_out_of_reach_is_told_with_its_reasons() -> None:
    easy = a_role("easy", {"one": (5, 20), "two": (5, 30), "three": (5, 10)})
    hard = a_role("hard", {"one": (5, 90), "two": (5, 99), "three": (5, 80)})
    told: Responses = {"one-1": 4, "one-2": 4, "two-1": 4, "two-2": 3, "three-1": 3, "three-2": 3}
    page = reached((a_catalogue(easy, hard), told), "easy")
    assert re.search(r"Not within four skills, whichever.* Hard would stay at least \d+ points ahead\.", page)
    assert "By what you say it is already so" in page


def test_a_first_place_by_pushing_others_back_is_no_plan(catalogue: Catalogue) -> None:
    answers = Answers(answers_by_turns(catalogue), About())
    found = least_raises(catalogue, answers, "trainer", "ready")
    beyond = found._replace(raises=tuple(one._replace(level=100.0, asked=50.0) for one in found.raises))
    assert "beyond what the role asks" in reached_page(catalogue, beyond)
    fallen = found._replace(after=found.after._replace(after=found.after.before))
    assert "That is no plan." in reached_page(catalogue, fallen)


@at_times
@given(cases().flatmap(lambda case: abouts(case[0]).map(lambda about: (*case, about))))
def test_s02_any_sheet_of_any_catalogue_can_be_shown(case: tuple[Catalogue, Responses, About]) -> None:
    catalogue, responses, about = case
    answers, role = Answers(responses, about, "quick"), min(catalogue.roles)
    found = [least_raises(catalogue, answers, role, goal) for goal in GOALS]
    for page in (
        pages.page(catalogue, what_if(catalogue, answers, {min(catalogue.skills): 80.0}), 5),
        reach.page(catalogue, found, "quick", "K7M-P3D"),
    ):
        assert page.title in " ".join(on_screen(page).split())
        assert next(plain(page)) == f"{page.title}."
