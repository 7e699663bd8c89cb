"""Keeps docs/formats.md true, and the links of every page of docs/."""

from __future__ import annotations

import inspect
import json
import math
import re
import shlex
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any, get_args

import pytest
from docs_reader import as_json, blocks, described, keys_of, nulls_of, page, section, words_in_code

from bpo_quiz import errors
from bpo_quiz.answers.answer_file import from_record, to_record
from bpo_quiz.answers.model import FORMS, About, Answers
from bpo_quiz.catalogue.model import CHANNELS, EDUCATION_LEVELS, ENGLISH_LEVELS, SHIFTS, SITES, Conditions, Gates
from bpo_quiz.forms.sheet import empty_sheet
from bpo_quiz.guidance.gates import State
from bpo_quiz.guidance.pathway import BestAt, MoveKind, NoWay
from bpo_quiz.guidance.plan import StepKind
from bpo_quiz.guidance.reach import Reach
from bpo_quiz.records import cards
from bpo_quiz.results.result import Silence
from bpo_quiz.scoring.answer_quality import Rule
from bpo_quiz.scoring.certainty import Word
from bpo_quiz.sitting.full_form import full_order
from bpo_quiz.sitting.paper import check_digit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bpo_quiz.catalogue.model import Catalogue

    Run = Callable[..., subprocess.CompletedProcess[str]]

FORMATS = page("formats.md")
CARDS = ("Role card", "Role list", "Skill card", "Skill list")


@pytest.mark.parametrize("name", ["formats.md", "desk-formats.md", "report-formats.md", "catalogue.md"])
def test_every_link_leads_somewhere(name: str) -> None:
    for file, anchor in re.findall(r"\]\(([^)#]*)#?([^)]*)\)", page(name)):
        headings = re.findall(r"^#+ (.+)$", page(file or name), re.MULTILINE)
        anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
        assert not anchor or anchor in anchors, f"{name}: {file}#{anchor}"


# --- formats.md: answers ---

ANSWERS = section(FORMATS, "Answers")


def told_example() -> dict[str, Any]:
    (text,) = blocks(ANSWERS, "json")
    record: dict[str, Any] = json.loads(text)
    return record


def test_the_answers_example_is_accepted_and_shows_every_key(catalogue: Catalogue) -> None:
    answers = from_record(told_example(), catalogue, "the example")
    assert as_json(to_record(answers)) == told_example()
    of_one_catalogue = {"catalogue"}  # the example is to be tried, also after a word of the catalogue has changed
    assert keys_of(told_example()) | of_one_catalogue == set(described(ANSWERS))


def test_every_part_of_an_answer_file_is_described() -> None:
    parts = {key for key in described(ANSWERS) if "." not in key}
    assert parts == {"format"} | {"answers" if name == "responses" else name for name in Answers._fields}


def test_every_key_of_about_is_described() -> None:
    about = {key.removeprefix("about.") for key in described(ANSWERS) if key.startswith("about.")}
    assert about == set(About._fields)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("form", FORMS),
        ("about.english", ENGLISH_LEVELS),
        ("about.education", EDUCATION_LEVELS),
        ("about.shifts", SHIFTS),
        ("about.channel", CHANNELS),
        ("about.site", SITES),
    ],
)
def test_the_words_of_an_answer_file_are_all_described(key: str, words: tuple[str, ...]) -> None:
    value = described(ANSWERS)[key].split(" | ")[1].split(";")[0]
    assert tuple(words_in_code(value)) == words


@pytest.mark.parametrize("key", ["answers.ITEM", "about.years", "about.typing", "times.ITEM"])
def test_a_number_has_the_range_that_is_described(catalogue: Catalogue, key: str) -> None:
    part, name = key.replace("ITEM", "communication-1").split(".")
    low, high = map(int, re.findall(r"number (\d+) to (\d+)", described(ANSWERS)[key])[0])
    for value in (low, high):
        assert is_accepted(catalogue, part, {name: value})
    for value in (low - 1, high + 1):
        assert not is_accepted(catalogue, part, {name: value})


def test_licences_have_the_limits_that_are_described(catalogue: Catalogue) -> None:
    limits = re.findall(r"up to (\d+) texts of 1 to (\d+)", described(ANSWERS)["about.licences"])
    most, longest = map(int, limits[0])
    assert is_accepted(catalogue, "about", {"licences": ["x" * longest] * most})
    assert not is_accepted(catalogue, "about", {"licences": ["x"] * (most + 1)})
    assert not is_accepted(catalogue, "about", {"licences": ["x" * (longest + 1)]})
    assert not is_accepted(catalogue, "about", {"licences": [""]})


def is_accepted(catalogue: Catalogue, part: str, given: dict[str, Any]) -> bool:
    try:
        from_record({**told_example(), part: given}, catalogue, "the example")
    except errors.InputError:
        return False
    return True


# --- formats.md: forms ---


def test_every_column_of_the_empty_sheet_is_described_in_its_order(catalogue: Catalogue) -> None:
    items = [item.id for item in full_order(catalogue)]
    columns = empty_sheet(catalogue).strip().split(",")
    assert list(described(section(FORMATS, "Forms"))) == [*columns[: -len(items)], "ITEM"]
    assert columns[-len(items) :] == items


def test_the_example_of_a_check_digit_is_right() -> None:
    ((row, total, typed),) = re.findall(
        r"`(\d{6})` make (\d+), so one types `(\d{7})`", section(FORMATS, "Forms").replace("\n", " ")
    )
    digits = [int(one) for one in row]
    assert (sum(digits), f"{row}{check_digit(digits)}") == (int(total), typed)


# --- formats.md: result ---

RESULT = section(FORMATS, "Result")


@pytest.fixture(scope="module")
def printed(catalogue: Catalogue) -> list[Any]:
    """What the program prints for an uneven sheet, one with all answers alike, and the example of the page."""
    items = [item.id for item in catalogue.items()]
    uneven = {**told_example(), "answers": {item: n * n % 5 for n, item in enumerate(items)}}
    alike = {**told_example(), "answers": dict.fromkeys(items, 2), "about": {}}
    return [score(sheet) for sheet in (uneven, alike, told_example())]


def score(sheet: dict[str, Any]) -> Any:
    words = [sys.executable, "-m", "bpo_quiz", "start", "--answers", "-", "--format", "json"]
    return json.loads(subprocess.run(words, input=json.dumps(sheet), capture_output=True, text=True, check=True).stdout)


def test_every_key_of_a_result_is_described_and_shown(printed: list[Any]) -> None:
    (example,) = blocks(RESULT, "json")
    every = set().union(*map(keys_of, printed))
    assert set(described(RESULT)) == every
    assert keys_of(json.loads(example)) == every


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("form", FORMS),
        ("silence", (*get_args(Silence), "null")),
        ("certainty.word", get_args(Word)),
        ("flags[].rule", get_args(Rule)),
        ("roles[].reach", (*get_args(Reach), "null")),
        ("roles[].gates[].gate", tuple(Gates._fields)),
        ("roles[].gates[].state", get_args(State)),
        ("roles[].conditions[].condition", tuple(Conditions._fields)),
        ("roles[].conditions[].state", get_args(State)),
    ],
)
def test_the_words_of_a_result_are_all_described(key: str, words: tuple[str, ...]) -> None:
    assert tuple(words_in_code(described(RESULT)[key].split(" | ")[0])) == words


def test_every_silence_comes_when_it_should(printed: list[Any]) -> None:
    assert [result["silence"] for result in printed] == [None, "all alike", "too few answers"]


def test_the_described_chances_add_up(printed: list[Any]) -> None:
    for result in printed[:2]:
        for kind in ("roles", "paths"):
            assert math.fsum(one["p_first"] or 0 for one in result[kind]) == pytest.approx(1, abs=1e-9)


def test_null_stands_only_where_it_is_described(printed: list[Any]) -> None:
    described_null = {key for key, row in described(RESULT).items() if "`null`" in row.split(" | ")[0]}
    nulls = set().union(*map(nulls_of, printed))
    assert nulls <= described_null
    assert nulls >= {"profile[].score", "profile[].se", "interests[].score", "roles[].match", "roles[].reach"}


def test_both_described_sums_hold(printed: list[Any]) -> None:
    for role in (*printed[0]["roles"], *printed[1]["roles"]):
        costs = math.fsum(cost["points"] for cost in role["costs"])
        missing = math.fsum(one["points"] for one in role["missing"])
        assert role["match"] + costs + role["level_cost"] == pytest.approx(100, abs=1e-9)
        assert role["readiness"] + missing == pytest.approx(100, abs=1e-9)


def test_total_is_what_is_described(catalogue: Catalogue, printed: list[Any]) -> None:
    share = catalogue.settings.interest_weight
    assert f"({share:g} as shipped)" in RESULT
    for role in printed[0]["roles"]:
        assert role["total"] == pytest.approx((1 - share) * role["match"] + share * role["interest"], abs=1e-9)


# --- formats.md: path ---


def test_every_key_of_a_path_is_described_and_shown(bpo_quiz: Run, catalogue: Catalogue, tmp_path: Path) -> None:
    answers = {item.id: n * n % 5 for n, item in enumerate(catalogue.items())}
    sheet = json.dumps({**told_example(), "answers": answers})
    home = ("--home", str(tmp_path))
    assert bpo_quiz("start", "--answers", "-", "--tag", "docs", *home, input=sheet).returncode == 0
    text = section(FORMATS, "Path")
    (to_a_role,) = re.findall(r"`bpo-quiz (path \w+ --format json)`", text)
    every: set[str] = set()
    for command in (to_a_role, "path --format json"):
        every |= keys_of(json.loads(bpo_quiz(*shlex.split(command), *home).stdout))
    (example,) = blocks(text, "json")
    assert keys_of(json.loads(example)) == every
    assert {key for key in every if "[]" not in key} == set(described(text))
    in_result = {key.replace("next_steps[]", "pathways[].steps[]") for key in every if "[]" in key}
    assert in_result <= set(described(RESULT))


def test_the_words_of_a_path_are_all_described() -> None:
    page, result = described(section(FORMATS, "Path")), described(RESULT)
    assert set(words_in_code(page["reason"].split(" | ")[0])) == {*get_args(NoWay), *get_args(Silence), "null"}
    assert tuple(words_in_code(result["pathways[].best_at"].split(" | ")[0])) == get_args(BestAt)
    assert tuple(words_in_code(result["pathways[].steps[].kind"].split(" | ")[0])) == get_args(MoveKind)
    assert tuple(words_in_code(result["plan.steps[].kind"].split(" | ")[0])) == get_args(StepKind)


# --- formats.md: cards, exit codes ---


def card_command(heading: str) -> list[str]:
    found = re.findall(r"`bpo-quiz ([^`]* --format json)`", section(FORMATS, heading))
    return shlex.split(found[0])


@pytest.mark.parametrize("heading", CARDS)
def test_a_cards_example_has_the_keys_that_its_command_prints(bpo_quiz: Run, heading: str) -> None:
    done = bpo_quiz(*card_command(heading))
    assert done.returncode == 0
    (example,) = blocks(section(FORMATS, heading), "json")
    assert keys_of(json.loads(example)) == keys_of(json.loads(done.stdout))


def test_every_key_of_the_cards_is_described(catalogue: Catalogue) -> None:
    roles, skills = catalogue.roles.values(), catalogue.skills.values()
    printed: dict[str, list[Any]] = {
        "Role card": [cards.role_card(role) for role in roles],
        "Role list": [{"roles": [cards.role_row(role) for role in roles]}],
        "Skill card": [cards.skill_card(catalogue, skill) for skill in skills],
        "Skill list": [{"skills": [cards.skill_row(skill) for skill in skills]}],
    }
    for heading in CARDS:
        every = set().union(*(keys_of(as_json(record)) for record in printed[heading]))
        assert set(described(section(FORMATS, heading))) == every, heading


def test_several_roles_are_printed_as_described(bpo_quiz: Run) -> None:
    (command,) = re.findall(r"`bpo-quiz (roles \w+ \w+ --format json)`", FORMATS)
    record = json.loads(bpo_quiz(*shlex.split(command)).stdout)
    assert list(record) == ["roles"]
    assert [card["role"] for card in record["roles"]] == shlex.split(command)[1:3]


def test_every_exit_code_is_described() -> None:
    kinds = (kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.QuizError))
    signals = {errors.Interrupted(number=number).exit_code for number in (signal.SIGTERM, signal.SIGHUP)}
    every = {0, 1} | {kind.exit_code for kind in kinds} | signals
    assert set(described(section(FORMATS, "Exit codes"))) == set(map(str, every))


def test_exit_codes_are_what_is_described(bpo_quiz: Run) -> None:
    assert bpo_quiz("roles", "--format", "json").returncode == 0
    assert bpo_quiz("roles", "no such role").returncode == 2
    assert bpo_quiz("start").returncode == 2
    assert bpo_quiz("start", "--answers", "-", input="{}").returncode == 3
