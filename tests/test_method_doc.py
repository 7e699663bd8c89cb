"""Keeps docs/method.md true."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from typing import TYPE_CHECKING, get_args

import pytest
from conftest import ROOT
from docs_reader import page, section, table
from effort import THOROUGH

from bpo_quiz.guidance import doors, standing
from bpo_quiz.pages.phrases import TODAY
from bpo_quiz.results.result import build
from bpo_quiz.scoring import answer_quality, certainty
from bpo_quiz.scoring.match import CLOSE
from bpo_quiz.scoring.profile import INCOMPLETE
from bpo_quiz.sitting import quick_form

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue

METHOD = page("method.md")
PAGE = " ".join(METHOD.split())
TABLE = METHOD.partition("<!-- measured: begin")[2].partition("<!-- measured: end -->")[0]


def test_the_table_was_measured_on_the_shipped_catalogue(catalogue: Catalogue) -> None:
    named = f"{catalogue.name} {catalogue.version}, sha256 `{catalogue.sha256[:12]}`"
    assert named in TABLE, "run: python tools/measured_table.py"


@pytest.mark.timeout(1200)
def test_the_table_is_what_a_fresh_run_measures() -> None:
    """Usually of a few people, whose numbers are stored with the table: all take minutes."""
    words = [sys.executable, str(ROOT / "tools" / "measured_table.py"), "--check", "whole" if THOROUGH else "few"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_roles_of_judgement_alone_are_counted(catalogue: Catalogue) -> None:
    alone = sum(role.onet is None for role in catalogue.roles.values())
    assert f"{alone} of the {len(catalogue.roles)} roles have no O*NET occupation" in PAGE


def test_the_limits_of_answer_quality_are_the_ones_in_force() -> None:
    rules = section(METHOD, "Answer quality")
    assert set(get_args(answer_quality.Rule)) <= set(table(rules))
    assert f"one option position {answer_quality.LONGSTRING} times" in rules
    assert f"SD of all values < {answer_quality.LEAST_SPREAD:.2f}" in rules
    assert f"< {answer_quality.LEAST_AGREEMENT:.2f}; {answer_quality.FEWEST_PAIRS} skills".replace("0.", ".") in rules
    assert f"{answer_quality.MOST_FAST:.0%}".replace("%", " %") in rules
    assert f"median < {answer_quality.FAST:g} s" in rules


def test_the_settings_of_certainty_are_the_ones_in_force() -> None:
    text = section(METHOD, "Certainty")
    assert f"{certainty.DRAWS} profiles" in text
    assert f"({certainty.STILL_UNKNOWN} · SE_k)²" in text
    limits = [f"{limit:.2f}"[1:] for limit in (certainty.CLEARLY, certainty.MOST)]
    assert re.findall(r"≥ (\.\d\d)", text) == limits
    assert f"flags them `{INCOMPLETE}`" in text


def test_the_limits_of_what_is_open_are_the_ones_in_force() -> None:
    text = " ".join(section(METHOD, "What is open today").split())
    assert f"importance {standing.CORE}" in text
    assert f"above {standing.ENTRY_SHORT:g} on average or above {standing.ENTRY_WORST:g} for one" in text
    assert (
        f"above rung 1, above {standing.SHORT:g} or {standing.WORST:g}, or where Readiness is below {CLOSE:g}" in text
    )
    assert f"at most {doors.NEAR:g} points of Total behind" in text
    assert set(TODAY.values()) - table(section(METHOD, "What is open today")).keys() == {"your role", "-"}


def test_the_settings_of_the_adaptive_form_are_the_ones_in_force(catalogue: Catalogue) -> None:
    text = " ".join(section(METHOD, "The adaptive form").split())
    assert f"From {quick_form.FEWEST_ITEMS} items on" in text
    assert f"{quick_form.STOP_DRAWS} people are drawn" in text
    assert f"({quick_form.stop_value(catalogue):g} as shipped; otherwise {quick_form.USUAL_STOP}" in text


def test_what_readers_did_is_told_as_their_sheets_say(catalogue: Catalogue) -> None:
    """The rest of the table takes the quick form, and minutes: `python tools/described_people.py`."""
    sys.path.insert(0, str(ROOT / "tools"))
    described_people = importlib.import_module("described_people")
    known = described_people.people()
    found = [(person, build(catalogue, given)) for person, _, given in described_people.answers(catalogue, known)]
    right = [one.paths[0].path in known[person].paths for person, one in found]
    assert f"| a path that a counsellor called right comes first, % | {100 * sum(right) / len(right):.2f} |" in METHOD
    assert f"{len(found)} sheets: {len(known)} described people" in METHOD


def test_what_the_advice_claims_was_measured_with_these_profiles_gates_and_moves(catalogue: Catalogue) -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    text = METHOD.partition("<!-- advice: begin")[2].partition("<!-- advice: end -->")[0]
    assert f"`{importlib.import_module('advice_table').what_counts(catalogue)}`" in text, (
        "run: python tools/advice_table.py --write"
    )
    assert "something false is said | 0 of" in text
