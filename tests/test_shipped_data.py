from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bpo_quiz.catalogue.find import find_role
from bpo_quiz.catalogue.load import load
from bpo_quiz.study.lint import lint

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Item, Role, Skill

SHIPPED = load()
SKILLS = [
    "communication", "written_communication", "adaptability", "tech_savvy", "problem_solving", "teamwork",
    "time_management", "customer_focus", "empathy", "patience", "conflict_resolution", "persuasion", "coaching",
    "attention_to_detail", "data_management", "confidentiality", "compliance", "technical_knowledge",
    "data_analysis", "leadership", "performance_management", "strategic_thinking", "healthcare_knowledge",
    "finance_knowledge", "legal_knowledge", "people_operations",
]  # fmt: skip
INTERESTS = ["realistic", "investigative", "artistic", "social", "enterprising", "conventional"]
# What the article says of each path: the skills that it asks for, and where it can lead.
SKILLS_OF_THE_ARTICLE = {
    "customer_service": ["communication", "empathy", "problem_solving", "time_management"],
    "technical_support": ["technical_knowledge", "patience", "communication"],
    "back_office": ["attention_to_detail", "time_management", "data_management", "confidentiality"],
    "quality_training": ["attention_to_detail", "communication", "performance_management", "coaching"],
    "leadership": [
        "leadership",
        "communication",
        "conflict_resolution",
        "performance_management",
        "strategic_thinking",
    ],
    "specialised": ["attention_to_detail", "compliance"],
}
PATHS = [*SKILLS_OF_THE_ARTICLE, "insight"]
TARGETS_OF_THE_ARTICLE = {
    "customer_service": ["Team lead", "Supervisor", "Operations manager"],
    "technical_support": ["Technical support engineer", "IT service manager", "Cybersecurity analyst"],
    "back_office": ["HR manager", "Accountant", "Data analyst", "Process improvement lead"],
    "quality_training": ["QA manager", "Training manager", "Operations manager"],
    "leadership": ["Senior operations manager", "Service delivery manager", "Vice president of operations"],
    "specialised": ["Health domain lead", "Project manager", "Business process consultant"],
}

role_by_role = pytest.mark.parametrize("role", SHIPPED.roles.values(), ids=list(SHIPPED.roles))
item_by_item = pytest.mark.parametrize("item", SHIPPED.items(), ids=[item.id for item in SHIPPED.items()])


def members(path: str) -> list[Role]:
    return [role for role in SHIPPED.roles.values() if role.path == path]


def test_the_26_skills_6_interests_and_7_paths_have_their_fixed_ids() -> None:
    assert sorted(SHIPPED.skills) == sorted(SKILLS)
    assert list(SHIPPED.interests) == INTERESTS
    assert list(SHIPPED.paths) == PATHS


def test_the_64_items_have_their_fixed_ids() -> None:
    measures = [*SHIPPED.skills, *(f"interest-{interest}" for interest in INTERESTS)]
    assert [item.id for item in SHIPPED.items()] == [f"{measure}-{n}" for measure in measures for n in (1, 2)]


def test_there_are_30_roles_or_more_and_every_path_has_some() -> None:
    assert len(SHIPPED.roles) >= 30
    assert all(len(members(path)) >= 2 for path in PATHS)
    assert {role.rung for role in SHIPPED.roles.values()} == {1, 2, 3, 4, 5}


def test_lint_finds_nothing() -> None:
    assert [str(finding) for finding in lint(SHIPPED)] == []


@role_by_role
def test_a_role_has_a_whole_profile(role: Role) -> None:
    assert max(asked.importance for asked in role.skills.values()) == 5
    assert len({asked.level for asked in role.skills.values()}) > 5
    assert len(set(role.interests.values())) > 1


@role_by_role
def test_a_role_has_a_realistic_preview(role: Role) -> None:
    assert len(role.preview.day) > 100
    assert len(role.preview.good) >= 2
    assert len(role.preview.hard) >= 2
    assert role.summary
    assert role.this_month
    assert role.ai.endswith(".")


@role_by_role
def test_a_role_says_what_it_asks_for_and_where_the_work_is_done(role: Role) -> None:
    assert role.gates.english is not None
    assert role.gates.education is not None
    assert role.conditions.site
    assert role.rung == 1 or role.gates.experience


@role_by_role
def test_a_role_has_measures_each_with_source_year_and_a_confidence_that_fits(
    role: Role,
) -> None:
    assert len(role.kpis) >= 3
    for kpi in role.kpis:
        assert kpi.name
        assert kpi.target
        assert kpi.source
        assert 2000 <= kpi.year <= 2100
        assert kpi.confidence in (("low",) if "general knowledge" in kpi.source.lower() else ("high", "medium", "low"))
    assert len({kpi.name for kpi in role.kpis}) == len(role.kpis)


@role_by_role
def test_a_role_says_where_its_levels_come_from(role: Role) -> None:
    assert role.sources
    if role.onet is None:
        assert "judgement" in role.basis.lower()
    else:
        assert re.fullmatch(r"\d\d-\d{4}\.\d\d", role.onet)
        assert role.onet in role.basis
        assert any(role.onet in source for source in role.sources)


@role_by_role
def test_a_role_is_joined_to_others_by_moves_that_go_up_or_not_far_across(role: Role) -> None:
    assert role.leads_to or role.rung >= 4
    assert all(abs(SHIPPED.roles[edge.role].rung - role.rung) <= 1 for edge in role.lateral)
    assert role.rung > 1 or all(SHIPPED.roles[edge.role].rung <= 3 for edge in role.leads_to)  # managers need a record
    assert all(high <= 10 for _, high in (edge.years for edge in (*role.leads_to, *role.lateral)))


@role_by_role
def test_certificates_and_titles_stand_once(role: Role) -> None:
    assert len({certificate.name for certificate in role.certificates}) == len(role.certificates)
    assert len({title.casefold() for title in (role.name, *role.also)}) == 1 + len(role.also)


@pytest.mark.parametrize(
    ("path", "title"), [(path, title) for path, titles in TARGETS_OF_THE_ARTICLE.items() for title in titles]
)
def test_a_growth_target_of_the_article_is_a_role_that_its_path_leads_to(path: str, title: str) -> None:
    role = find_role(SHIPPED, title)
    assert role.id in {target.role for target in SHIPPED.paths[path].growth}
    assert role.rung >= 2


@pytest.mark.parametrize(
    ("path", "skill"), [(path, skill) for path, skills in SKILLS_OF_THE_ARTICLE.items() for skill in skills]
)
def test_a_skill_that_the_article_names_for_a_path_matters_to_its_roles(path: str, skill: str) -> None:
    asked = [role.skills[skill] for role in members(path)]
    assert max(one.importance for one in asked) >= 4
    assert max(one.level for one in asked) >= 60


def test_no_two_items_share_a_prompt_or_a_set_of_options() -> None:
    assert len({item.prompt for item in SHIPPED.items()}) == 64
    assert len({item.options for item in SHIPPED.items()}) == 64


AGREEMENT = re.compile(
    r"(strongly|fully|partly|somewhat|slightly|mostly|neither|i)?\s*(dis)?agree\b|(not )?(very |quite )?true\b",
    re.IGNORECASE,
)


@item_by_item
def test_an_item_asks_what_one_does_and_never_whether_one_agrees(item: Item) -> None:
    assert not any(AGREEMENT.match(option) for option in item.options)
    assert not re.search(r"how (much|far|strongly) do you (dis)?agree|are you a ", item.prompt, re.IGNORECASE)


@item_by_item
def test_an_item_is_one_question(item: Item) -> None:
    assert item.prompt.endswith("?")
    assert item.prompt.count("?") == 1
    assert 20 <= len(item.prompt) <= 120


@item_by_item
def test_an_items_texts_are_short_and_can_be_typed_on_any_keyboard(item: Item) -> None:
    for text in (item.prompt, item.help, *item.options):
        assert text.isascii()
        assert text.isprintable()
    assert all(3 <= len(option) <= 70 for option in item.options)
    assert 20 <= len(item.help) <= 240


@item_by_item
def test_an_interest_is_asked_in_one_way_and_a_skill_in_others(item: Item) -> None:
    is_interest = item.measures in SHIPPED.interests
    assert item.prompt.startswith("How much would you like to ") == is_interest


def syllables(word: str) -> int:
    groups = re.findall(r"[aeiouy]+", re.sub(r"(?<=[^aeioul])e$|(?<=[^td])ed$|es$", "", word.lower()))
    return max(1, len(groups))


def grade(texts: list[str]) -> float:
    """Flesch-Kincaid grade level (Kincaid et al. 1975)."""
    words = [word for text in texts for word in re.findall(r"[A-Za-z]+", text)]
    sentences = sum(max(1, len(re.findall(r"[.?!](?=\s|$)", text))) for text in texts)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_the_questions_read_at_grade_8_or_easier() -> None:
    assert grade([item.prompt for item in SHIPPED.items()]) <= 8
    assert grade([option for item in SHIPPED.items() for option in item.options]) <= 8
    assert grade([item.help for item in SHIPPED.items()]) <= 8


@pytest.mark.parametrize("skill", SHIPPED.skills.values(), ids=list(SHIPPED.skills))
def test_a_skill_says_what_it_means_how_it_grows_and_what_its_levels_are(skill: Skill) -> None:
    assert len(skill.items) == 2
    assert skill.meaning
    assert len(skill.grow) >= 2
    assert len(set(skill.levels)) == 5
    assert 60 < len(skill.evidence) < 220
    assert skill.evidence.endswith("?")


def test_skills_are_asked_about_in_different_ways() -> None:
    assert len({skill.evidence[:20] for skill in SHIPPED.skills.values()}) > 20
