from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bpo_quiz.guidance.articles import with_article

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue


@pytest.mark.parametrize(
    "shown",
    [
        "a Customer service rep", "an Accountant", "an Operations manager", "a Quality analyst",
        "an HR associate", "an IT service manager", "an SEO writer", "a UX designer", "a QA lead", "a B2B seller",
        "an L1 agent", "an X-ray clerk", "a user researcher", "a Unit head", "a European lead", "an Unusual job",
        "an underwriter", "an uninsured loss clerk", "a One-stop clerk", "an hourly worker", "a Human resources clerk",
        "a TRAINER", "an OPERATOR", "an Übersetzer", "an 8-hour clerk", "an 11th-hour clerk", "a 24/7 agent",
        "a 110-volt tester", 'an "expert"', "a 客服", "a ---",
    ],
)  # fmt: skip
def test_the_article_is_that_of_the_sound(shown: str) -> None:
    assert with_article(shown.split(" ", 1)[1]) == shown


@pytest.mark.parametrize("name", ["The boss", "a helper", "An agent"])
def test_a_name_with_an_article_gets_no_second_one(name: str) -> None:
    assert with_article(name) == name


def test_of_the_shipped_roles_those_that_begin_with_a_vowel_sound_have_an(catalogue: Catalogue) -> None:
    names = {role.name.split()[0] for role in catalogue.roles.values() if with_article(role.name).startswith("an ")}
    assert names == {"Accountant", "Accounts", "HR", "IT", "Operations"}
