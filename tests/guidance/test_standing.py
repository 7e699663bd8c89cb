"""What is open to somebody: the rules of standing and doors, tried on random people, written from the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from guidance.checks import checked
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import LICENCES, a_catalogue, a_role, abouts, catalogues, often, responses

from bpo_quiz.answers.model import About
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import (
    CHANNELS,
    EDUCATION_LEVELS,
    ENGLISH_LEVELS,
    NO_ROLE,
    SHIFTS,
    SITES,
    Conditions,
    Edge,
    Gates,
)
from bpo_quiz.guidance.doors import MOST_DOORS, NEAR, Doors, doors
from bpo_quiz.guidance.standing import Outlook, ifs, in_the_way, outlooks
from bpo_quiz.scoring.match import fit_all
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import rank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.scoring.match import Fit

SHIPPED = load()


def totals_of(ranked: list[Fit]) -> dict[str, float]:
    return {fit.role: fit.total or 0.0 for fit in ranked}


def stood(
    catalogue: Catalogue, answers: Mapping[str, int | None], about: About
) -> tuple[list[Fit], dict[str, Outlook]]:
    profile = score(catalogue, answers)
    ranked = rank(fit_all(catalogue, profile))
    return ranked, outlooks(catalogue, {fit.role: fit for fit in ranked}, profile.levels(), about)


@st.composite
def people(draw: st.DrawFn) -> tuple[Catalogue, dict[str, int | None], About]:
    """Random people of random catalogues, and now and then of the shipped one."""
    catalogue = draw(st.one_of(catalogues(), catalogues(), catalogues(), st.just(SHIPPED)))
    return catalogue, draw(responses(catalogue)), draw(abouts(catalogue))


# --- One rule at a time ---


def state(role: Role, *others: Role, levels: int = 3, **about: Any) -> str:
    catalogue = a_catalogue(role, *(others or (a_role("other"),)))
    answers = dict.fromkeys((item.id for item in catalogue.items()), levels)
    return stood(catalogue, answers, About(**about))[1][role.id].state


@pytest.mark.parametrize(
    ("gates", "about", "found"),
    [
        ({"english": "B2"}, {"english": "B2"}, "open"),
        ({"english": "B2"}, {"english": "B1"}, "not_yet"),
        ({"english": "B2"}, {}, "open_if"),
        ({"english": "B2", "usually": ("english",)}, {"english": "B1"}, "open_if"),
        ({"language": "C1"}, {"languages": {"es": "C1"}}, "open"),
        ({"language": "C1"}, {"languages": {"es": "B2", "fr": "A1"}}, "not_yet"),
        ({"language": "C1"}, {"languages": {}}, "not_yet"),
        ({"language": "C1"}, {}, "open_if"),
        ({"licence": "CPC or CPC-A"}, {"licences": ("cpc-a",)}, "open"),
        ({"typing": 40}, {"typing": 39.0}, "not_yet"),
        ({"experience": 2}, {}, "open_if"),
        ({"experience": 2}, {"years": 1.0}, "not_yet"),
        ({"experience": 2}, {"years": 2.0}, "open_if"),
        ({"experience": 2}, {"years": 2.0, "fields": ("only",)}, "open"),
        ({"experience": 2}, {"years": 2.0, "fields": ()}, "not_yet"),
        ({"experience": 2, "experience_in": ("far",)}, {"years": 2.0, "fields": ("only",)}, "not_yet"),
        ({"experience": 2, "experience_in": ("far",)}, {"years": 2.0, "fields": ("far",)}, "open"),
    ],
)
def test_a_gate_opens_or_closes_a_role(gates: dict[str, Any], about: dict[str, Any], found: str) -> None:
    role = a_role("a", gates=Gates(**gates))
    assert state(role, a_role("b", path="far"), current_role=NO_ROLE, **about) == found


@pytest.mark.parametrize(
    ("today", "rung", "edges", "years", "found"),
    [
        (1, 2, (), 0.0, "open"),
        (1, 3, (), 9.0, "further_on"),
        (1, 3, ("goal",), 0.5, "further_on"),
        (1, 3, ("goal",), 1.0, "open"),
        (2, 4, ("goal",), 9.0, "further_on"),
        (3, 4, (), 0.0, "open"),
        (3, 1, (), 0.0, "open"),
    ],
)
def test_one_rung_is_within_reach_and_two_by_a_direct_move_whose_years_are_worked(
    today: int, rung: int, edges: tuple[str, ...], years: float, found: str
) -> None:
    goal, now = a_role("goal", rung=rung), a_role("now", rung=today, leads_to=[Edge(to, (1, 3)) for to in edges])
    assert state(goal, now, current_role="now", years=years) == found


def test_words_say_what_would_have_to_hold_and_what_is_in_the_way() -> None:
    gates = Gates(english="B2", education="secondary", experience=2, typing=40, language="C1", usually=("education",))
    work = Conditions({"night": "usually", "weekend": "always"}, {"voice": "always"}, targets="sometimes")
    catalogue = a_catalogue(a_role("a", gates=gates, conditions=work), a_role("b"))
    answers = dict.fromkeys((item.id for item in catalogue.items()), 3)
    told = About(NO_ROLE, 5.0, None, "B1", None, "basic", ("day",), None, None, False)
    found = stood(catalogue, answers, told)[1]["a"]
    assert found.state == "not_yet"
    assert ifs(catalogue, found) == (
        "an employer takes you with 10 years of school",
        "you type 40 words a minute",
        "you could work in a language beside English (C1)",
        "2 years of your work were of this kind",
        "you find a place without night shifts",
        "contact on the phone would suit you",
    )
    assert in_the_way(catalogue, found) == (
        "it usually asks for English B2, which you do not have yet",
        "it means weekend shifts, which you say does not suit you",
    )


# --- What holds for anybody and any catalogue ---


@often
@given(people())
def test_every_role_stands_as_the_catalogue_has_it(person: tuple[Catalogue, dict[str, int | None], About]) -> None:
    catalogue, answers, about = person
    ranked, found = stood(catalogue, answers, about)
    opened, levels = doors(catalogue, ranked, found, totals_of(ranked)), score(catalogue, answers).levels()
    today = catalogue.roles[about.works_as].rung if about.works_as else 0
    for fit in ranked:
        one, role = found[fit.role], catalogue.roles[fit.role]
        right = checked(catalogue, role, fit, levels, about)
        assert one.state == right.state
        assert one.is_step_down == (role.rung < today)
        assert bool(ifs(catalogue, one)) == bool(right.ifs)
        assert bool(in_the_way(catalogue, one)) == bool(right.in_the_way)
        assert not one.is_startable or role.rung <= max(3, today + 1)  # nobody begins as a manager
    assert about.works_as is None or about.works_as not in (*opened.roles, opened.nearest)


@often
@given(people())
def test_doors_are_few_near_and_sorted_and_without_any_a_nearest_role_is_named(
    person: tuple[Catalogue, dict[str, int | None], About],
) -> None:
    catalogue, answers, about = person
    ranked, found = stood(catalogue, answers, about)
    opened = doors(catalogue, ranked, found, totals_of(ranked))
    place = {fit.role: n for n, fit in enumerate(ranked)}
    keys = [(found[role].is_step_down, place[role]) for role in opened.roles]
    startable = [one.role for one in found.values() if one.is_startable]
    assert keys == sorted(keys)
    assert len(opened.roles) == min(MOST_DOORS, len(startable)) or opened.are_near
    assert bool(opened.roles) == bool(startable)
    totals = {fit.role: fit.total for fit in ranked if fit.total is not None}
    near = [role for role in startable if max(totals.values()) - totals[role] <= NEAR]
    assert opened.are_near == bool(near)
    assert not near or set(opened.roles) <= set(near)
    in_question = [one for one in found.values() if one.state in ("not_yet", "unwanted", "further_on")]
    assert (opened.nearest is not None) == (not startable and bool(in_question))


def changed(about: About, key: str, value: Any) -> About:
    told: dict[str, Any] = {key: value}
    return about._replace(**told)


def better(about: About, catalogue: Catalogue) -> list[About]:
    """The same person, each time with one fact better."""
    found = []
    for key, ladder in (("english", ENGLISH_LEVELS), ("education", EDUCATION_LEVELS)):
        if (has := getattr(about, key)) is not None:
            found.append(changed(about, key, ladder[min(ladder.index(has) + 1, len(ladder) - 1)]))
    words = {"shifts": SHIFTS, "channel": CHANNELS, "site": SITES, "licences": LICENCES}
    for key, known in words.items():
        has = getattr(about, key)
        found += [changed(about, key, (*has, word)) for word in known if has is not None and word not in has]
    found += [about._replace(years=about.years + 1)] if about.years is not None else []
    found += [about._replace(typing=about.typing + 10)] if about.typing is not None else []
    found += [about._replace(targets=True)] if about.targets is False else []
    found += [about._replace(languages={**about.languages, "xx": "C2"})] if about.languages is not None else []
    found += [about._replace(fields=tuple(catalogue.paths))] if about.fields is not None else []
    return found


@often
@given(people())
def test_better_facts_never_close_a_role(person: tuple[Catalogue, dict[str, int | None], About]) -> None:
    catalogue, answers, about = person
    before = {one.role for one in stood(catalogue, answers, about)[1].values() if one.is_startable}
    for told in better(about, catalogue):
        after = stood(catalogue, answers, told)[1]
        assert all(after[role].is_startable for role in before), told


@often
@given(people(), st.data())
def test_to_tell_a_fact_only_moves_what_was_unknown(
    person: tuple[Catalogue, dict[str, int | None], About], data: st.DataObject
) -> None:
    catalogue, answers, _ = person
    full = data.draw(abouts(catalogue))
    hidden = [key for key in About._fields if key != "current_role" and getattr(full, key) is not None]
    assume(hidden)
    if full.works_as is not None and "fields" in hidden:
        hidden.remove("fields")  # within the trade, not told means today's path
    unknown = full._replace(**dict.fromkeys(data.draw(st.sets(st.sampled_from(hidden))) if hidden else (), None))
    before, after = (stood(catalogue, answers, one)[1] for one in (unknown, full))
    for role in catalogue.roles:
        for old, new in zip(before[role].hurdles, after[role].hurdles, strict=True):
            assert old.check.state in ("unknown", new.check.state)


def test_without_any_open_role_the_nearest_and_a_gate_that_all_share_are_named() -> None:
    night = Conditions({"night": "always"})
    school = Gates(education="secondary")
    far, near = a_role("far", gates=school._replace(english="B2"), conditions=night), a_role("near", gates=school)
    catalogue = a_catalogue(far, near, a_role("boss", rung=4))
    answers = dict.fromkeys((item.id for item in catalogue.items()), 3)
    told = About(current_role=NO_ROLE, education="basic", english="A1", shifts=("day",))
    ranked, found = stood(catalogue, answers, told)
    assert doors(catalogue, ranked, found, totals_of(ranked)) == Doors(
        (), are_near=False, nearest="near", shared="education"
    )
