from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from report.drawing import drawn
from rich.cells import cell_len  # noqa: TID253 - what is tested is Rich output
from strategies import (
    FOREIGN,
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
from bpo_quiz.guidance.explain import Explanation, explain
from bpo_quiz.guidance.least_raises import GOALS, least_raises
from bpo_quiz.guidance.what_if import what_if
from bpo_quiz.report import json_record, words
from bpo_quiz.report.why import (
    what_if_json,
    what_if_plain,
    what_if_tables,
    what_if_words,
    why_json,
    why_plain,
    why_tables,
    why_words,
)
from bpo_quiz.report.why.why_points import interest_points, lead_points, match_points, total_points
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue

Case = tuple["Catalogue", "Responses"]

SILENT = re.compile("|".join(re.escape(sentence) for sentence, _ in words.SILENT.values()))


def why(case: Case, role: str, form: str = "full", **about: object) -> Explanation:
    return explain(case[0], Answers(case[1], About(**about), form), role)  # type: ignore[arg-type]


def explained(case: Case) -> list[Explanation]:
    found = [one for one in (why(case, role) for role in case[0].roles) if why_words.is_explained(one)]
    assume(found)
    return found


# --- whole points ---


@at_times
@given(cases())
def test_s03_all_shown_points_add_up(case: Case) -> None:
    for one in explained(case):
        match, total = match_points(one), total_points(one)
        assert match.match == whole(one.fit.match or 0)
        assert match.match + sum(match.points) + match.other + match.level == 100
        assert min(*match.points, match.other, match.level, 1) >= 0
        assert total.from_match + total.from_interest == total.total == whole(one.fit.total or 0)
        if one.interests:
            interest, parts = interest_points(one)
            assert interest + sum(parts) == 100
        if one.against is not None:
            lead = lead_points(one, one.against)
            assert sum(points for _, points in (*lead.for_it, *lead.against_it)) + lead.other == lead.lead
            assert lead.lead == whole(one.fit.total or 0) - whole(one.against.fit.total or 0)


@pytest.mark.parametrize("role", ["trainer", "accountant", "customer_service_rep"])
def test_s03_the_points_of_the_plain_page_add_up(catalogue: Catalogue, role: str) -> None:
    page = "\n".join(why_plain.page(catalogue, why((catalogue, answers_by_turns(catalogue)), role)))
    match = page[page.index("Where the 100") : page.index("weaker: compared")]
    assert sum(map(int, re.findall(r": (\d+) points?[.;]", match))) == 100
    *beside, together = map(int, re.findall(r"[,:] ([+-]?\d+)\.$", page, re.MULTILINE))
    assert sum(beside) == together


# --- words ---


@pytest.mark.parametrize(
    ("place", "shown"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"),
     (22, "22nd"), (111, "111th"), (101, "101st")],
)  # fmt: skip
def test_places_in_words(place: int, shown: str) -> None:
    assert why_words.ordinal(place) == shown


@pytest.mark.parametrize(
    ("number", "shown"), [(0.3, "less than 1 point"), (-0.7, "1 point"), (1.2, "1 point"), (-2.5, "3 points")]
)
def test_points_in_words(number: float, shown: str) -> None:
    assert why_words.points(number) == shown


def paragraph(case: Case, role: str, form: str = "full", **about: object) -> str:
    return why_words.paragraph(case[0], why(case, role, form, **about))


def test_the_first_is_told_why_and_a_late_one_why_not(catalogue: Catalogue) -> None:
    case = (catalogue, answers_by_turns(catalogue))
    order = report_of(*case).roles
    first, second, last = (paragraph(case, order[place].role.id) for place in (0, 1, -1))
    assert f"{order[0].role.name} stands 1st of 38 roles by Total" in first
    assert f"What speaks most for it, compared with {order[1].role.name}:" in first
    assert f"{order[0].role.name}, the first" in second
    assert f"{order[-1].role.name} stands 38th of 38 roles" in last
    assert f"What costs it most, compared with {order[0].role.name}:" in last
    assert "could be the other way round" in second
    assert "clearly more than the error" in last


def test_each_size_of_a_lead_is_told_as_what_it_means(catalogue: Catalogue) -> None:
    case = (catalogue, answers_by_turns(catalogue))
    found = why(case, report_of(*case).roles[1].role.id)
    assert found.against is not None
    told = []
    for times in (0.5, 1.5, 2.5):
        against = found.against._replace(lead=-times * found.against.error)
        told.append(why_words.paragraph(catalogue, found._replace(against=against)))
    within, ahead, clearly = told
    assert "That is within the error of your answers: another day" in within
    assert "more than the usual error of your answers, but not so much more that it is sure: another day" in ahead
    assert "That is clearly more than the error of your answers." in clearly


def test_todays_role_is_called_so(catalogue: Catalogue) -> None:
    case = (catalogue, answers_by_turns(catalogue))
    assert paragraph(case, "trainer", current_role="trainer").startswith("Trainer, your role today, stands ")
    assert "today" not in paragraph(case, "trainer", current_role="team_lead")


def test_after_a_quick_form_the_order_is_told_apart(catalogue: Catalogue) -> None:
    case = (catalogue, answers_by_turns(catalogue))
    assert why_words.BY_TOTAL_AFTER_QUICK in paragraph(case, "trainer", "quick")
    assert why_words.BY_TOTAL_AFTER_QUICK not in paragraph(case, "trainer")


def test_what_is_not_met_and_to_check_is_told_and_changes_nothing() -> None:
    role = a_role("a", gates=Gates(english="C1", typing=40), conditions=Conditions(shifts=("night",)))
    case: Case = (a_catalogue(role, a_role("b", {"one": (1, 25), "two": (5, 75)})), {"one-1": 3, "two-1": 1})
    told = paragraph(case, "a", english="B1", shifts=("night",))
    assert "Not met: English C1. To check: typing 40 words a minute. That changes no number." in told
    assert "is met" in paragraph(case, "a", english="C2", shifts=("night",), typing=50)


def test_s02_a_sheet_that_says_nothing_is_not_explained(catalogue: Catalogue) -> None:
    alike: Responses = {item.id: 3 for item in catalogue.items()}
    few: Responses = {"coaching-1": 3}
    for sheet, sentence in (
        (alike, words.SILENT["all alike"][0]),
        (few, "too few answers to give Trainer a place"),
    ):
        one = why((catalogue, sheet), "trainer")
        for page in ("\n".join(why_plain.page(catalogue, one)), drawn(why_tables.page(catalogue, one), 400)):
            assert sentence in page
            assert "points" not in page


def test_s02_too_few_answers_name_what_would_be_enough(catalogue: Catalogue) -> None:
    told: Responses = {item.id: 3 for item in list(catalogue.items())[:20]}
    page = paragraph((catalogue, told), "accountant")
    assert re.search(r"They cover \d\d % of what it asks for, and a Match needs 60 %\.", page)
    assert re.search(r"Answers about .+ and .+ would be enough\.", page)


def test_interests_that_lift_are_told_with_the_place_without_them() -> None:
    roles = [a_role(name, interests={"art": level, "craft": 100 - level}) for name, level in (("a", 20), ("b", 90))]
    catalogue = a_catalogue(*roles, interests=[an_interest("art"), an_interest("craft")])
    told = {"interest-art-1": 4, "interest-art-2": 4, "interest-craft-1": 0, "interest-craft-2": 0}
    case: Case = (catalogue, {"one-1": 2, "one-2": 3, "two-1": 1, "two-2": 2, **told})
    assert "by Match alone it would stand 2nd" in paragraph(case, "b")
    no_interest: Case = (catalogue, {"one-1": 2, "one-2": 3, "two-1": 1, "two-2": 2})
    assert "There are no answers about interests" in paragraph(no_interest, "b")


def test_an_answer_is_told_with_the_words_of_its_options() -> None:
    options = ("never", "rarely", "at times", "often", "always")
    asked = [an_item("one", 1)._replace(prompt="How often?", options=options)]
    other = a_role("b", {"one": (1, 25), "two": (5, 75)})
    catalogue = a_catalogue(a_role("a"), other, skills=[a_skill("one", asked), a_skill("two")])
    case: Case = (catalogue, {"one-1": 3, "two-1": 1, "two-2": 2})
    (answer, steps), *_ = why_words.moves(catalogue, why(case, "b"))
    assert answer == 'One: "How often?" You chose 4 of 5, "often".'
    assert re.fullmatch(r'One step lower, 3 of 5, "at times": \d+ points nearer to A, .+\.', steps[0])
    assert re.fullmatch(r'One step higher, 5 of 5, "always": \d+ points further behind A, still 2nd\.', steps[1])


def test_questions_without_an_answer_are_named_as_what_could_move_it(catalogue: Catalogue) -> None:
    told = {
        **answers_by_turns(catalogue),
        "coaching-1": None,
        "empathy-2": None,
        "teamwork-1": None,
        "patience-1": None,
    }
    lines = why_words.still_open(catalogue, why((catalogue, told), "trainer"))
    assert len(lines) == 4
    assert any(line.startswith("Coaching: ") for line in lines)
    assert lines[-1] == "1 more question has no answer; they could move it less."


@at_times
@given(cases())
def test_an_open_question_is_told_with_every_place_that_an_answer_could_give(case: Case) -> None:
    for one in explained(case)[:3]:
        now = one.rank or 0
        moving = [question for question in one.still_open if question.size > 0 or question.places != (now, now)]
        lines = why_words.still_open(case[0], one)
        for question, line in zip(moving[: why_words.MOST_NAMED], lines, strict=False):
            sheets = ({**case[1], question.item.id: value} for value in range(5))
            places = sorted({why((case[0], sheet), one.role.id).rank or 0 for sheet in sheets})
            low, high = why_words.ordinal(places[0]), why_words.ordinal(places[-1])
            if low != high:
                assert line.endswith(f"; {low} to {high}.")
            elif places[0] == now:
                assert line.endswith(f"; still {low}, with any answer.")
            else:
                assert line.endswith(f"; {low} with any answer, {why_words.ordinal(now)} without one.")


def test_a_place_that_any_answer_would_change_is_not_called_still() -> None:
    one = a_role("a", {"one": (0, 100), "two": (3, 0), "three": (0, 0)})
    other = a_role("b", {"one": (0, 75), "two": (0, 50), "three": (1, 50)})
    catalogue = a_catalogue(one, other, skills=[a_skill(name, [an_item(name, 1)]) for name in ("one", "two", "three")])
    found = why((catalogue, {"one-1": 0, "two-1": 4}), "a")
    (line,) = why_words.still_open(catalogue, found)
    assert found.rank == 1
    assert line.endswith("; 2nd with any answer, 1st without one.")


# --- what-if in words ---


def changed(case: Case, levels: dict[str, float], **about: object) -> str:
    found = what_if(case[0], Answers(case[1], About(**about)), levels)  # type: ignore[arg-type]
    return "\n".join(what_if_plain.what_if(case[0], found, 10))


def test_a_match_that_falls_by_a_raise_is_explained(catalogue: Catalogue) -> None:
    page = changed((catalogue, answers_by_turns(catalogue)), {"data_analysis": 100})
    assert "what a role does not use so much takes from its Match" in page
    assert "fall for none." in page


def test_gates_that_stay_in_the_way_are_marked() -> None:
    catalogue = a_catalogue(a_role("a", gates=Gates(english="C1")), a_role("b", {"one": (1, 25), "two": (5, 75)}))
    page = changed((catalogue, {"one-1": 0, "two-1": 3}), {"one": 100}, english="B1")
    assert "A raise opens no gate: 1 role below has one in the way." in page
    assert "   not met: English C1." in page


def test_a_lowering_is_not_spoken_of_as_a_raise() -> None:
    catalogue = a_catalogue(a_role("a", gates=Gates(english="C1")), a_role("b", {"one": (1, 25), "two": (5, 75)}))
    case: Case = (catalogue, {"one-1": 4, "two-1": 0})
    lowered = changed(case, {"one": 60}, english="B1")
    assert "raise" not in lowered
    assert "   not met: English C1." in lowered
    assert "A raise opens no gate" in changed(case, {"one": 60, "two": 100}, english="B1")


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
        assert SILENT.search(page)
        assert "Trainer" not in page


def reached(case: Case, role: str, **about: object) -> str:
    answers = Answers(case[1], About(**about))  # type: ignore[arg-type]
    found = [least_raises(case[0], answers, role, goal) for goal in GOALS]
    return "\n".join(what_if_plain.reach(case[0], found, "full", "K7M-P3D"))


def test_what_it_takes_is_told_with_the_command_that_shows_it() -> None:
    role = a_role("a", {"one": (5, 80), "two": (0, 80), "three": (0, 80)})
    catalogue = a_catalogue(role, a_role("b", {"one": (0, 9), "two": (5, 9), "three": (0, 9)}))
    told: Responses = {f"{skill}-{n}": 1 + n for skill in ("one", "two", "three") for n in (1, 2)}
    page = reached((catalogue, told), "a")
    assert "One skill would have to rise, by 13 points in all." in page
    assert "   One: from 63 to 76, +13. The role asks 80." in page
    assert "bpo-quiz what-if one=76 K7M-P3D" in page
    assert "No fewer skills would do" in page


def test_a_first_place_out_of_reach_is_told_with_its_reasons() -> None:
    easy = a_role("easy", {"one": (5, 20), "two": (5, 30), "three": (5, 10)})
    hard = a_role("hard", {"one": (5, 90), "two": (5, 99), "three": (5, 80)})
    told: Responses = {"one-1": 4, "one-2": 4, "two-1": 4, "two-2": 3, "three-1": 3, "three-2": 3}
    page = reached((a_catalogue(easy, hard), told), "easy")
    assert re.search(r"It cannot come first by raising skills.* Hard would stay at least \d+ points ahead\.", page)
    assert "By what you say it is already so" in page


def test_a_first_place_by_pushing_others_back_is_no_plan(catalogue: Catalogue) -> None:
    answers = Answers(answers_by_turns(catalogue), About())
    found = least_raises(catalogue, answers, "trainer", "ready")
    beyond = found._replace(raises=tuple(one._replace(level=100.0, asked=50.0) for one in found.raises))
    assert any("beyond what the role asks" in line for line in what_if_words.goal_end(beyond, None))
    fallen = found._replace(after=found.after._replace(after=found.after.before))
    assert any("That is no plan." in line for line in what_if_words.goal_end(fallen, None))


# --- every format ---


@at_times
@given(cases().flatmap(lambda case: abouts(case[0]).map(lambda about: (*case, about))))
def test_s02_any_sheet_of_any_catalogue_can_be_shown(case: tuple[Catalogue, Responses, About]) -> None:
    catalogue, responses, about = case
    answers, role = Answers(responses, about, "quick"), min(catalogue.roles)
    levels = {min(catalogue.skills): 80.0}
    one, then = explain(catalogue, answers, role), what_if(catalogue, answers, levels)
    found = [least_raises(catalogue, answers, role, goal) for goal in GOALS]
    pages = [
        (drawn(why_tables.page(catalogue, one), 80), why_plain.page(catalogue, one)),
        (drawn(what_if_tables.what_if(catalogue, then, 5), 80), what_if_plain.what_if(catalogue, then, 5)),
        (drawn(what_if_tables.reach(catalogue, found, "quick", None), 80),
         what_if_plain.reach(catalogue, found, "quick", None)),
    ]  # fmt: skip
    for page, lines in pages:
        assert max(cell_len(line) for line in page.splitlines()) <= 80
        assert next(iter(lines)).rstrip(".") in " ".join(page.split())
    for record in (why_json.why(catalogue, one), what_if_json.what_if(catalogue, then),
                   what_if_json.reach(catalogue, found, "quick")):  # fmt: skip
        assert json.loads(json_record.dump(record))["format"].startswith("bpo-quiz/")


def foreign_catalogue() -> Catalogue:
    gates = Gates(licence=FOREIGN)
    roles = [
        a_role("a", name=f"A {FOREIGN}", gates=gates, interests={"art": 20}),
        a_role("b", {"one": (1, 25), "two": (5, 75)}, name=f"B {FOREIGN}", gates=gates, interests={"art": 60}),
    ]
    items = [an_item(name, 1)._replace(prompt=FOREIGN, options=(FOREIGN,) * 5) for name in ("one", "two", "art")]
    skills = [a_skill(item.measures, [item])._replace(name=f"{item.measures} {FOREIGN}") for item in items[:2]]
    return a_catalogue(*roles, skills=skills, interests=[an_interest("art", items[2:])._replace(name=FOREIGN)])


def foreign_pages() -> Iterator[str]:
    catalogue = foreign_catalogue()
    sheets: tuple[Responses, ...] = ({"one-1": 4, "two-1": 1, "art-1": 3}, {"one-1": 4, "two-1": 1}, {"one-1": 1})
    for told in sheets:
        answers = Answers(told, About(licences=()))
        one, then = explain(catalogue, answers, "b"), what_if(catalogue, answers, {"one": 90})
        found = [least_raises(catalogue, answers, "b", goal) for goal in GOALS]
        yield drawn(why_tables.page(catalogue, one), 160)
        yield drawn(what_if_tables.what_if(catalogue, then, 5), 160)
        yield drawn(what_if_tables.reach(catalogue, found, "full", FOREIGN), 160)
        yield "\n".join(why_plain.page(catalogue, one))
        yield "\n".join(what_if_plain.what_if(catalogue, then, 5))
        yield "\n".join(what_if_plain.reach(catalogue, found, "full", FOREIGN))


def test_u01_u02_u07_foreign_text_is_shown_as_it_is_and_steers_nothing() -> None:
    for page in foreign_pages():
        assert not set(page) & set("\x1b\x9b\u202e")
        assert "[bold]x[/]" in page
        assert "\\x1b[31m" in page
        assert "{0}" in page


@pytest.mark.parametrize("width", [40, 48, 60, 72, 80])
def test_t08_no_word_is_broken_in_a_narrow_terminal(catalogue: Catalogue, width: int) -> None:
    told = {**answers_by_turns(catalogue), "coaching-1": None}
    answers = Answers(told, About(english="A2", shifts=("day",)))
    one, then = explain(catalogue, answers, "content_moderator"), what_if(catalogue, answers, {"coaching": 90})
    found = [least_raises(catalogue, answers, "content_moderator", goal) for goal in GOALS]

    def pages(size: int) -> str:
        parts = (
            why_tables.page(catalogue, one),
            what_if_tables.what_if(catalogue, then, 10),
            what_if_tables.reach(catalogue, found, "full", None),
        )
        return "".join(drawn(part, size) for part in parts)

    lines = (
        why_plain.page(catalogue, one),
        what_if_plain.what_if(catalogue, then, 10),
        what_if_plain.reach(catalogue, found, "full", None),
    )
    known = {*pages(300).split(), *(word for page in lines for line in page for word in line.split())}
    shown = {word for word in pages(width).split() if any(map(str.isalnum, word))}
    assert shown <= known, shown - known


def test_t09_the_tables_are_plain_signs_where_the_output_has_no_boxes(catalogue: Catalogue) -> None:
    one = why((catalogue, answers_by_turns(catalogue)), "trainer")
    assert drawn(why_tables.page(catalogue, one), 80, "ascii").isascii()


def test_the_plain_page_reads_like_this() -> None:
    role = a_role("b", {"one": (1, 25), "two": (5, 75)}, gates=Gates(english="C1"), interests={"art": 80, "craft": 20})
    catalogue = a_catalogue(
        a_role("a", interests={"art": 20, "craft": 60}), role, interests=[an_interest("art"), an_interest("craft")]
    )
    told: Responses = {"one-1": 3, "one-2": 3, "two-1": 1, "two-2": 2, "interest-art-1": 3, "interest-craft-1": 2}
    page = "\n".join(why_plain.page(catalogue, why((catalogue, told), "b", english="B1")))
    assert page + "\n" == (Path(__file__).parent / "snapshots" / "why.txt").read_text(encoding="utf-8")
