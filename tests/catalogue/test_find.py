from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bpo_quiz.catalogue.find import find_page, find_path, find_role, find_roles, find_skill, path_for
from bpo_quiz.catalogue.guide_model import Guide
from bpo_quiz.catalogue.load import load
from bpo_quiz.errors import UsageError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from bpo_quiz.catalogue.model import Catalogue


@pytest.fixture(scope="module")
def small() -> Catalogue:
    return load(Path(__file__).parents[1] / "data" / "small")


@pytest.mark.parametrize(
    "word",
    [
        "head_baker", "HEAD_BAKER", "head-baker", "head baker", "  Head   baker ", "Head baker", "Master baker",
        "master BAKER", "\uff28ead\u3000b\uff41ker",
    ],
)  # fmt: skip
def test_a_role_is_found_by_id_name_or_other_title_however_written(small: Catalogue, word: str) -> None:
    assert find_role(small, word).id == "head_baker"


@pytest.mark.parametrize("word", ["ovens", "OVENS", "Oven work", "oven-work", "oven_work"])
def test_a_skill_is_found_by_id_or_name_however_written(small: Catalogue, word: str) -> None:
    assert find_skill(small, word).id == "ovens"


def test_every_title_of_the_shipped_catalogue_leads_to_its_own_role_or_skill(catalogue: Catalogue) -> None:
    for role in catalogue.roles.values():
        for title in (role.id, role.name, *role.also):
            assert find_role(catalogue, title.upper()) is role
    for skill in catalogue.skills.values():
        assert find_skill(catalogue, skill.id) is find_skill(catalogue, skill.name.upper()) is skill


@pytest.mark.parametrize("word", ["agent", "Call center agent", "call-centre agent"])
def test_the_commonest_words_of_the_trade_lead_to_its_commonest_role(catalogue: Catalogue, word: str) -> None:
    assert find_role(catalogue, word).id == "customer_service_rep"


def test_an_id_leads_to_its_own_even_when_another_is_named_like_it_and_a_skill_goes_before_an_interest(
    small: Catalogue,
) -> None:
    manager, serving = small.roles["shop_manager"], small.skills["serving"]
    roles = {**small.roles, "shop_manager": manager._replace(name="Head_baker")}
    assert find_role(small._replace(roles=roles), "head_baker").id == "head_baker"
    skills = {**small.skills, "serving": serving._replace(name="Dough")}
    assert find_skill(small._replace(skills=skills), "dough").id == "dough"
    skills = {**small.skills, "serving": serving._replace(name="Making things")}
    assert find_skill(small._replace(skills=skills), "making things").id == "serving"


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("hed_baker", '"hed_baker" is no role of this catalogue (did you mean "head_baker"?)'),
        ("Mastr baker", '"Mastr baker" is no role of this catalogue (did you mean "Master baker"?)'),
        ("astronaut", '"astronaut" is no role of this catalogue; bpo-quiz roles lists them all'),
        ("", '"" is no role of this catalogue; bpo-quiz roles lists them all'),
    ],
)
def test_an_unknown_role_suggests_the_nearest_or_says_where_they_are(small: Catalogue, word: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        find_role(small, word)
    assert str(caught.value) == message


def test_an_unknown_skill_suggests_the_nearest_or_says_where_they_are(small: Catalogue) -> None:
    with pytest.raises(UsageError, match=r'^"planing" is no skill of this catalogue \(did you mean "planning"\?\)$'):
        find_skill(small, "planing")
    with pytest.raises(UsageError, match=r"; bpo-quiz skills lists them all$"):
        find_skill(small, "xyzzy")


@pytest.mark.parametrize("word", ["making", "Making things", "making-THINGS"])
def test_an_interest_is_told_to_be_none_of_the_skills(small: Catalogue, word: str) -> None:
    with pytest.raises(UsageError) as caught:
        find_skill(small, word)
    told = '"Making things" is an interest, no skill: it has no card and no level; bpo-quiz skills tells what it means'
    assert str(caught.value) == told


def test_the_program_says_so_in_one_line_with_exit_2_and_skills_tells_what_an_interest_means(
    bpo_quiz: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    run = bpo_quiz("roles", "team_laed")
    told = '"team_laed" is no role of this catalogue (did you mean "team_lead"?)\n'
    assert (run.returncode, run.stdout, run.stderr) == (2, "", told)
    run = bpo_quiz("skills", "Hands-on")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith('"Hands-on" is an interest, no skill: ')
    assert "Working with devices, equipment and set-ups" in " ".join(bpo_quiz("skills").stdout.split())


def test_a_word_that_could_steer_a_terminal_is_shown_harmless_and_short(small: Catalogue) -> None:
    with pytest.raises(UsageError) as caught:
        find_role(small, "\x1b[2J\u202e" + "x" * 10_000)
    assert "\\x1b[2J\\u202e" in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["content"], ["content_moderator"]),
        (["content", "moderator"], ["content_moderator"]),
        (["site", "dir"], ["site_director"]),
        (["team_lead", "trainer"], ["team_lead", "trainer"]),
        (["Team lead", "content"], ["team_lead", "content_moderator"]),
    ],
)
def test_a_part_of_a_name_will_do_and_several_words_are_one_name_first(
    catalogue: Catalogue, words: list[str], ids: list[str]
) -> None:
    assert [role.id for role in find_roles(catalogue, words)] == ids


@pytest.mark.parametrize("word", ["back_office", "Back office", "BACK-OFFICE", "admin", "administration"])
def test_a_path_is_found_by_id_name_or_other_name_however_written_or_a_part(catalogue: Catalogue, word: str) -> None:
    assert find_path(catalogue, word) is path_for(catalogue, [word]) is catalogue.paths["back_office"]


def test_every_name_of_a_shipped_path_leads_to_it_also_where_roles_are_asked_for(catalogue: Catalogue) -> None:
    for path in catalogue.paths.values():
        for name in (path.id, path.name, *path.also):
            assert find_path(catalogue, name) is path_for(catalogue, name.split()) is path


@pytest.mark.parametrize(
    ("word", "path"),
    [("shop", "shop"), ("Shop assistant", None), ("assistant", None), ("bake", None), ("bakeh", "bakehouse")],
)
def test_a_role_that_is_called_so_goes_before_a_path_and_a_path_before_a_part(
    small: Catalogue, word: str, path: str | None
) -> None:
    found = path_for(small, [word])
    assert (found.id if found else None) == path


@pytest.mark.parametrize(
    ("find", "word", "message"),
    [
        (find_role, "leadership", '"Leadership" is a career path, no role; bpo-quiz paths leadership shows it'),
        (
            find_path,
            "CSR",
            '"Customer service rep" is a role, no career path; bpo-quiz roles customer_service_rep shows it',
        ),
        (
            find_skill,
            "insight",
            '"Insight and improvement" is a career path, no skill; bpo-quiz paths insight shows it',
        ),
        (find_page, "coaching", '"Coaching" is a skill, no topic; bpo-quiz skills coaching shows it'),
    ],
)
def test_what_is_of_another_kind_is_told_where_it_is(
    catalogue: Catalogue, find: Callable[..., object], word: str, message: str
) -> None:
    guide = Guide("", "", {}, {}, {})
    with pytest.raises(UsageError) as caught:
        find(catalogue, *([guide] if find is find_page else []), word)
    assert str(caught.value) == message


def test_a_part_of_several_names_names_them_or_says_how_many(small: Catalogue, catalogue: Catalogue) -> None:
    with pytest.raises(UsageError, match=r'^"baker" could be "baker_assistant" or "head_baker"; say which$'):
        find_role(small, "baker")
    with pytest.raises(UsageError, match=r'^"c" is a part of \d+ names; bpo-quiz roles lists them all$'):
        find_role(catalogue, "c")
