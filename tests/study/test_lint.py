from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import Catalogue, Edge, GrowthTarget, Item, Requirement, Role, Skill
from bpo_quiz.scoring.match import NEAR_TWINS, TWINS, distance, fit_all
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import rank
from bpo_quiz.study.lint import answers_like, lint

if TYPE_CHECKING:
    from collections.abc import Mapping

SMALL = load(Path(__file__).parents[1] / "data" / "small")


def with_roles(**changed: Role) -> Catalogue:
    return SMALL._replace(roles={**SMALL.roles, **changed})


def with_levels(role: Role, *levels: float) -> Role:
    asked = zip(role.skills.items(), levels, strict=True)
    return role._replace(skills={skill: one._replace(level=level) for (skill, one), level in asked})


def with_edges(role: str, *targets: str) -> Role:
    return SMALL.roles[role]._replace(leads_to=tuple(Edge(target, (1, 2)) for target in targets), lateral=())


def findings(catalogue: Catalogue) -> list[str]:
    return [str(finding) for finding in lint(catalogue)]


def test_a_sound_catalogue_has_no_findings() -> None:
    assert findings(SMALL) == []


def test_p11_two_identical_roles_are_an_error_and_neither_is_said_to_lose() -> None:
    twin = SMALL.roles["head_baker"]._replace(
        skills=SMALL.roles["baker_assistant"].skills,
        interests={"making": 100, "helping": 25},
    )
    told = findings(with_roles(head_baker=twin))
    (finding,) = told
    assert finding.startswith("error: roles.baker_assistant: lies 0.0 points from head_baker: answers cannot tell")


def test_p11_identical_roles_are_ordered_by_id() -> None:
    one = SMALL.roles["baker_assistant"]
    catalogue = with_roles(head_baker=one._replace(id="head_baker"))
    first, second, *_ = rank(fit_all(catalogue, score(catalogue, answers_like(catalogue, one))))
    assert (first.role, second.role) == ("baker_assistant", "head_baker")
    assert first.total == second.total


@pytest.mark.parametrize(
    ("limit", "is_error", "told"), [(TWINS, True, "cannot tell"), (NEAR_TWINS, False, "can hardly tell")]
)
def test_p11_roles_nearer_than_the_limit_are_told_and_at_the_limit_they_are_not(
    limit: float, is_error: bool, told: str
) -> None:
    one = SMALL.roles["baker_assistant"]
    even = one._replace(
        skills={skill: Requirement(importance=3, level=asked.level) for skill, asked in one.skills.items()}
    )
    for step, found in ((limit - 0.1, True), (limit, False)):
        other = with_levels(even, 75 + step, 50 - step, step, 25 - step)._replace(id="head_baker")
        assert distance(even, other) == pytest.approx(step)
        about = [
            one for one in lint(with_roles(baker_assistant=even, head_baker=other)) if f"answers {told}" in one.what
        ]
        assert [one.is_error for one in about] == ([is_error] if found else [])


def with_a_loser() -> Catalogue:
    """A catalogue in which rounding to five options always turns baker_assistant into head_baker."""
    even = {skill: Requirement(importance=3, level=50) for skill in SMALL.skills}
    likes = {"making": 75.0, "helping": 50.0}
    assistant, head = (
        SMALL.roles[role]._replace(skills=even, interests=likes) for role in ("baker_assistant", "head_baker")
    )
    return with_roles(
        baker_assistant=with_levels(assistant, 56, 44, 56, 44), head_baker=with_levels(head, 45.5, 54.5, 45.5, 54.5)
    )


def test_a_role_that_another_beats_at_its_own_profile_can_never_come_first() -> None:
    assert findings(with_a_loser()) == [
        "error: roles.baker_assistant: comes after head_baker even for a person who answers as its own profile"
    ]


SHOP_ASSISTANT = SMALL.roles["shop_assistant"]._replace(rung=2)
MILL = SMALL.paths["shop"]._replace(id="mill", growth=())


def with_growth(path: str, title: str, role: str) -> Catalogue:
    grown = SMALL.paths[path]._replace(growth=(GrowthTarget(title, role),))
    return SMALL._replace(paths={**SMALL.paths, path: grown})


def with_steps_up(to: int) -> Catalogue:
    assistant = with_edges("baker_assistant", "head_baker", "shop_assistant")._replace(rung=1)
    return with_roles(head_baker=SMALL.roles["head_baker"]._replace(rung=to), baker_assistant=assistant)


NO_HIGHER = "is no higher rung; a move across belongs to lateral"
WAYS = {
    "no entry role leads into a path": (
        with_roles(baker_assistant=with_edges("baker_assistant", "head_baker"), shop_assistant=SHOP_ASSISTANT),
        [
            "error: paths.shop: no entry role (rung 1) leads into it; nobody could start there",
            "warning: roles.shop_assistant: no way from an entry role (rung 1) leads to it",
            "warning: roles.shop_manager: no way from an entry role (rung 1) leads to it",
        ],
    ),
    "entered from another path": (with_roles(shop_assistant=SHOP_ASSISTANT), []),
    "a path without roles": (
        SMALL._replace(paths={**SMALL.paths, "mill": MILL}),
        ["warning: paths.mill: no role belongs to it, so it is never shown"],
    ),
    "two steps to no higher rung": (
        with_steps_up(to=1),
        [f"warning: roles.baker_assistant.leads_to: {role} {NO_HIGHER}" for role in ("head_baker", "shop_assistant")],
    ),
    "a step to no higher rung": (
        with_steps_up(to=2),
        [f"warning: roles.baker_assistant.leads_to: shop_assistant {NO_HIGHER}"],
    ),
    "growth that nothing leads to": (
        with_growth("shop", "Master baker", "head_baker"),
        ["error: paths.shop.growth: no way leads from its roles to head_baker (Master baker)"],
    ),
    "growth over another path": (with_growth("bakehouse", "Shop manager", "shop_manager"), []),
}


@pytest.mark.parametrize("case", WAYS)
def test_ways_that_lead_nowhere_are_told(case: str) -> None:
    catalogue, told = WAYS[case]
    assert findings(catalogue) == told


@pytest.mark.parametrize("level", [0, 50, 100])
def test_levels_that_are_all_the_same_are_an_error(level: float) -> None:
    flat = with_levels(SMALL.roles["baker_assistant"], *[level] * 4)
    told = findings(with_roles(baker_assistant=flat))
    assert (
        f"error: roles.baker_assistant.skills: every level is {level:g}; a role without a pattern matches nobody"
        in told
    )


def test_a_catalogue_of_one_skill_is_not_called_flat() -> None:
    skills = {"dough": SMALL.skills["dough"]}
    roles = {role.id: role._replace(skills={"dough": role.skills["dough"]}) for role in SMALL.roles.values()}
    assert not any("every level" in one for one in findings(SMALL._replace(skills=skills, roles=roles)))


def test_errors_come_before_warnings() -> None:
    flat = with_levels(SMALL.roles["baker_assistant"], 50, 50, 50, 50)
    found = lint(with_roles(baker_assistant=flat)._replace(paths={"mill": MILL, **SMALL.paths}))
    assert [finding.is_error for finding in found] == [True, False]


def test_answers_like_a_role_have_the_levels_of_the_role() -> None:
    for role in SMALL.roles.values():
        profile = score(SMALL, answers_like(SMALL, role))
        assert profile.levels() == {skill: asked.level for skill, asked in role.skills.items()}
        assert profile.interest_levels() == role.interests


@given(levels=st.lists(st.floats(0, 100), min_size=4, max_size=4))
def test_answers_like_a_role_are_as_near_as_two_items_allow(levels: list[float]) -> None:
    role = with_levels(SMALL.roles["head_baker"], *levels)
    catalogue = with_roles(head_baker=role)
    answers = answers_like(catalogue, role)
    assert set(answers) == {item.id for item in catalogue.items()}
    assert all(value in range(5) for value in answers.values())
    given_levels = score(catalogue, answers).levels()
    assert all(abs(given_levels[skill] - asked.level) <= 6.25 + 1e-9 for skill, asked in role.skills.items())


def turned(skills: Mapping[str, Skill]) -> dict[str, Skill]:
    def second_reversed(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return (items[0], items[1]._replace(reversed=True))

    return {key: skill._replace(items=second_reversed(skill.items)) for key, skill in skills.items()}


def test_p11_items_turned_round_on_half_the_questions_change_answers_but_no_result() -> None:
    other = SMALL._replace(skills=turned(SMALL.skills))
    assert findings(other) == []
    for role in SMALL.roles.values():
        usual, turned_round = answers_like(SMALL, role), answers_like(other, role)
        assert usual != turned_round
        assert score(SMALL, usual) == score(other, turned_round)


@settings(max_examples=30)
@given(st.permutations(list(SMALL.roles)))
def test_the_findings_do_not_depend_on_the_order_of_the_file(order: list[str]) -> None:
    catalogue = with_a_loser()
    found = findings(catalogue._replace(roles={role: catalogue.roles[role] for role in order}))
    assert [one.split(":")[1] for one in found] == [" roles.baker_assistant"]
