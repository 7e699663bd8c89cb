from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import a_catalogue, a_role, abouts, catalogues, often

from bpo_quiz.answers.model import About
from bpo_quiz.catalogue.model import Conditions, Gates
from bpo_quiz.guidance.gates import Check, gate, years
from bpo_quiz.guidance.standing import hurdles

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue

BOTH = ("voice", "writing")


@pytest.mark.parametrize(
    ("name", "needs", "told", "state"),
    [
        ("english", "B2", {"english": "B2"}, "met"),
        ("english", "B2", {"english": "C1"}, "met"),
        ("english", "B2", {"english": "B1"}, "not met"),
        ("english", "B2", {"education": "master"}, "unknown"),
        ("education", "bachelor", {"education": "master"}, "met"),
        ("education", "bachelor", {"education": "vocational"}, "not met"),
        ("education", "bachelor", {}, "unknown"),
        ("experience", 2, {"years": 2}, "met"),
        ("experience", 2, {"years": 1.5}, "not met"),
        ("experience", 2, {"years": 0}, "not met"),
        ("experience", 0, {"years": 0}, "met"),
        ("experience", 2, {}, "unknown"),
        ("typing", 40, {"typing": 40}, "met"),
        ("typing", 40, {"typing": 39.5}, "not met"),
        ("licence", "CPC", {"licences": ("cpc ",)}, "met"),
        ("licence", "CPC, CCS or CPC-A", {"licences": ("Notary", "CCS")}, "met"),
        ("licence", "CPC", {"licences": ("CPC-A",)}, "not met"),
        ("licence", "CPC", {"licences": ()}, "not met"),
        ("licence", "CPC", {}, "unknown"),
        ("shifts", ("night", "weekend"), {"shifts": ("day", "night", "weekend")}, "met"),
        ("shifts", ("night", "weekend"), {"shifts": ("night",)}, "not met"),
        ("shifts", ("night",), {"shifts": ()}, "not met"),
        ("shifts", ("night",), {}, "unknown"),
        ("channel", ("voice", "writing"), {"channel": ("writing",)}, "not met"),
        ("channel", ("voice",), {"channel": ("voice", "writing")}, "met"),
        ("site", ("office",), {"site": ("office", "home")}, "met"),
        ("site", ("office",), {"site": ("home",)}, "not met"),
        ("targets", True, {"targets": True}, "met"),
        ("targets", True, {"targets": False}, "not met"),
        ("targets", True, {}, "unknown"),
    ],
)
def test_a_gate_or_condition_is_met_or_not_or_unknown(name: str, needs: Any, told: dict[str, Any], state: str) -> None:
    asked: dict[str, Any] = {name: needs}
    if name in ("shifts", "channel", "targets"):
        asked[name] = "usually" if needs is True else dict.fromkeys(needs, "usually")
    record = {"gates": Gates(**asked)} if name in Gates._fields else {"conditions": Conditions(**asked)}
    catalogue = a_catalogue(a_role("a", **record))
    told = {"fields": ("only",), **told}  # where the years were worked, does not matter here
    (found,) = hurdles(catalogue, catalogue.roles["a"], About(**told))
    assert (found.check.name, found.check.needs, found.check.state) == (name, needs, state)


def test_only_what_a_role_asks_for_is_listed_and_work_offered_everywhere_asks_for_nothing() -> None:
    catalogue = a_catalogue(a_role("a", conditions=Conditions(site=("office", "home"))))
    about = About(english="A1", shifts=(), site=("home",), targets=False)
    assert hurdles(catalogue, catalogue.roles["a"], about) == ()


@often
@given(catalogues(), st.data())
def test_what_was_told_and_nothing_else_is_known(catalogue: Catalogue, data: st.DataObject) -> None:
    about = data.draw(st.just(About()) | abouts(catalogue))
    for role in catalogue.roles.values():
        for check in (one.check for one in hurdles(catalogue, role, about) if one.check.name != "experience"):
            assert (check.state == "unknown") == (check.has is None)


# --- in words ---


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        ((1, 3), "1-3 years"),
        ((1, 1), "1 year"),
        ((2, 2), "2 years"),
        ((0, 1), "up to 1 year"),
        ((0, 2), "up to 2 years"),
        ((0.5, 1.5), "0.5-1.5 years"),
    ],
)
def test_years_read_as_people_say_them(span: tuple[float, float], shown: str) -> None:
    assert years(span) == shown


@pytest.mark.parametrize(
    ("check", "shown"),
    [
        (Check("english", "B2", None, "unknown"), "English B2"),
        (Check("education", "bachelor", None, "unknown"), "a bachelor's degree"),
        (Check("experience", 1, None, "unknown"), "1 year of experience"),
        (Check("experience", 2.5, None, "unknown"), "2.5 years of experience"),
        (Check("licence", "CPC or CPC-A", ("CCS",), "not met"), "CPC or CPC-A"),
        (Check("typing", 40.0, None, "unknown"), "typing 40 words a minute"),
        (Check("targets", True, False, "not met"), "a personal sales or collection target"),
        (Check("shifts", ("night", "weekend"), None, "unknown"), "night and weekend shifts"),
        (Check("shifts", ("evening", "night"), ("evening", "night"), "met"), "evening and night shifts"),
        (Check("shifts", ("evening", "night", "weekend"), ("night",), "not met"), "evening and weekend shifts"),
        (Check("shifts", ("evening", "night"), (), "not met"), "evening and night shifts"),
        (Check("channel", BOTH, BOTH, "met"), "contact on the phone and in writing"),
        (Check("channel", BOTH, ("writing",), "not met"), "contact on the phone"),
        (Check("site", ("office",), ("home",), "not met"), "work in an office"),
    ],
)
def test_a_gate_reads_as_what_is_asked_or_as_the_part_of_it_that_is_missing(check: Check, shown: str) -> None:
    assert gate(check) == shown
