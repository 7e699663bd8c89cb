"""Keeps docs/formats.md and docs/catalogue.md true."""

from __future__ import annotations

import copy
import inspect
import json
import math
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest

from bpo_quiz import errors
from bpo_quiz.catalogue.load import ROLES_FILE, SKILLS_FILE, load
from bpo_quiz.catalogue.location import shipped_folder
from bpo_quiz.catalogue.model import CHANNELS, EDUCATION_LEVELS, ENGLISH_LEVELS, SHIFTS, SITES, Conditions, Gates
from bpo_quiz.catalogue.read_roles import read_roles
from bpo_quiz.catalogue.read_skills import read_skills
from bpo_quiz.catalogue.reader import Place, Reader
from bpo_quiz.catalogue.strict_yaml import Node, parse
from bpo_quiz.guidance.gates import State
from bpo_quiz.guidance.growth_step import StepKind
from bpo_quiz.guidance.pathway import BestAt, Kind, NoWay
from bpo_quiz.guidance.reach import Reach
from bpo_quiz.report import json_record
from bpo_quiz.report.build import Silence
from bpo_quiz.report.form_csv import empty_sheet
from bpo_quiz.scoring.answer_quality import Rule
from bpo_quiz.scoring.certainty import Word
from bpo_quiz.sitting.about import About
from bpo_quiz.sitting.answer_file import FORMS, Answers, from_record, to_record
from bpo_quiz.sitting.form import full_order
from bpo_quiz.sitting.paper import check_digit
from bpo_quiz.study.lint import lint

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.errors import Fault

    Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[1]
FORMATS = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
CATALOGUE = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")
FREE_IDS = {"answers": "ITEM", "times": "ITEM", "interests": "INTEREST"}
CARDS = ("Role card", "Role list", "Skill card", "Skill list")


# --- Reading the pages ---


def section(page: str, heading: str) -> str:
    """What stands below a `##` heading."""
    return re.split(r"^## ", page.split(f"\n## {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def rows(text: str) -> Iterator[list[str]]:
    """The cells of every table row but heads and rules."""
    shown = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).splitlines()
    for line, below in zip(shown, [*shown[1:], ""], strict=True):
        if line.startswith("| ") and not line.startswith("| ---") and not below.startswith("| ---"):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def described(text: str) -> dict[str, str]:
    """Key -> the rest of its row; no key may stand twice."""
    found: dict[str, str] = {}
    for key, *rest in rows(text):
        name = key.strip("`")
        assert name not in found, f"{name} is described twice"
        found[name] = " | ".join(rest)
    return found


def words_in_code(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def keys_of(record: Any, prefix: str = "") -> set[str]:
    """Every key of a JSON record as the tables write them, such as `roles[].costs[].skill`."""
    if isinstance(record, list):
        return set().union(*(keys_of(entry, f"{prefix}[]") for entry in record))
    if not isinstance(record, dict):
        return set()
    found: set[str] = set()
    for key, value in record.items():
        name = FREE_IDS.get(prefix, str(key))
        path = f"{prefix}.{name}" if prefix else name
        found |= {path} | keys_of(value, path)
    return found


def as_json(record: Any) -> Any:
    return json.loads(json_record.dump(record))


@pytest.mark.parametrize("page", ["formats.md", "catalogue.md"])
def test_every_link_leads_somewhere(page: str) -> None:
    for file, anchor in re.findall(r"\]\(([^)#]*)#?([^)]*)\)", (ROOT / "docs" / page).read_text(encoding="utf-8")):
        target = (ROOT / "docs" / (file or page)).read_text(encoding="utf-8")
        headings = re.findall(r"^#+ (.+)$", target, re.MULTILINE)
        anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
        assert not anchor or anchor in anchors, f"{page}: {file}#{anchor}"


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
    assert parts == {"format"} | {"answers" if name == "responses" else name for name in Answers.__dataclass_fields__}


def test_every_key_of_about_is_described() -> None:
    about = {key.removeprefix("about.") for key in described(ANSWERS) if key.startswith("about.")}
    assert about == set(About.__dataclass_fields__)


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
        ("roles[].gates[].gate", tuple(Gates.__dataclass_fields__)),
        ("roles[].gates[].state", get_args(State)),
        ("roles[].conditions[].condition", tuple(Conditions.__dataclass_fields__)),
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


def nulls_of(record: Any, prefix: str = "") -> set[str]:
    if isinstance(record, list):
        return set().union(*(nulls_of(entry, f"{prefix}[]") for entry in record))
    if isinstance(record, dict):
        return set().union(*(nulls_of(value, f"{prefix}.{key}".lstrip(".")) for key, value in record.items()))
    return {prefix} if record is None else set()


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
    assert tuple(words_in_code(result["pathways[].steps[].kind"].split(" | ")[0])) == get_args(Kind)
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
        "Role card": [json_record.role_card(role) for role in roles],
        "Role list": [{"roles": [json_record.role_row(role) for role in roles]}],
        "Skill card": [json_record.skill_card(catalogue, skill) for skill in skills],
        "Skill list": [{"skills": [json_record.skill_row(skill) for skill in skills]}],
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
    assert set(described(section(FORMATS, "Exit codes"))) == {"0", "1"} | {str(kind.exit_code) for kind in kinds}


def test_exit_codes_are_what_is_described(bpo_quiz: Run) -> None:
    assert bpo_quiz("roles", "--format", "json").returncode == 0
    assert bpo_quiz("roles", "no such role").returncode == 2
    assert bpo_quiz("start").returncode == 2
    assert bpo_quiz("start", "--answers", "-", input="{}").returncode == 3


# --- catalogue.md: the small catalogue ---


def small_files() -> dict[str, str]:
    named = {text.split("\n", 1)[0].removeprefix("# "): text for text in blocks(CATALOGUE, "yaml")}
    return {name: named[name] for name in (SKILLS_FILE, ROLES_FILE)}


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def checks() -> list[tuple[str, str]]:
    """Each `catalogue check` that the page shows, and what it prints."""
    shown = [text.partition("\n") for text in blocks(CATALOGUE, "console")]
    return [(command.removeprefix("$ "), output) for command, _, output in shown if output]


def test_the_small_catalogue_passes_its_check(bpo_quiz: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "my-catalogue", small_files())
    done = bpo_quiz("catalogue", "check", "--data", str(folder))
    assert (done.returncode, done.stdout, done.stderr) == (0, checks()[0][1], "")


def test_the_small_catalogue_ranks_its_roles(bpo_quiz: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "my-catalogue", small_files())
    like_a_room_attendant = {"hosting-1": 2, "hosting-2": 1, "tidiness-1": 4, "tidiness-2": 3, "planning-1": 1}
    answers = json.dumps({"format": "bpo-quiz/answers@1", "answers": like_a_room_attendant})
    done = bpo_quiz("start", "--answers", "-", "--format", "json", "--data", str(folder), input=answers)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["roles"][0]["role"] == "room_attendant"


def test_the_fault_that_is_shown_is_what_is_printed(bpo_quiz: Run, tmp_path: Path) -> None:
    files = small_files()
    files[ROLES_FILE] = files[ROLES_FILE].replace("    summary: Checks guests", "    sumary: Checks guests")
    done = bpo_quiz("catalogue", "check", "--data", str(write(tmp_path / "my-catalogue", files)))
    assert (done.returncode, done.stdout, done.stderr) == (3, "", checks()[1][1])


def small_trees() -> dict[str, Any]:
    import yaml

    return {name: yaml.safe_load(text) for name, text in small_files().items()}


def load_trees(folder: Path, trees: dict[str, Any]) -> Catalogue:
    import yaml

    texts = {name: yaml.safe_dump(tree, sort_keys=False) for name, tree in trees.items()}
    return load(write(folder, texts))


def test_every_snippet_fits_the_small_catalogue(tmp_path: Path) -> None:
    import yaml

    trees = small_trees()
    skills, roles = trees[SKILLS_FILE], trees[ROLES_FILE]
    parts: dict[str, list[dict[str, Any]]] = {
        SKILLS_FILE: [skills],
        ROLES_FILE: [roles],
        "a skill": [skills["skills"]["hosting"]],
        "a role": [roles["roles"]["receptionist"]],
        "every role": list(roles["roles"].values()),
    }
    for text in blocks(CATALOGUE, "yaml"):
        place = text.split("\n", 1)[0].removeprefix("# ")
        if not place.endswith(".yaml") or place.startswith("part of "):
            for target in parts[place.removeprefix("part of ")]:
                target.update(copy.deepcopy(yaml.safe_load(text)))
    loaded = load_trees(tmp_path / "with-snippets", trees)
    assert loaded.settings.seconds_per_item == 8
    assert loaded.roles["receptionist"].gates.english == "B1"
    assert not [finding for finding in lint(loaded) if finding.is_error]


# --- catalogue.md: every key that the reader knows ---


@dataclass
class Known:
    """What the reader asked for at one key."""

    required: bool = False
    ranges: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    default: float = 0.0


class ListeningReader(Reader):
    """Reads as ever, and notes every key that it knows."""

    def __init__(self, file_name: str, faults: list[Fault]) -> None:
        super().__init__(file_name, faults)
        self.known: dict[str, Known] = {}
        self.names = {"": ""}  # place in the file -> key as the tables write it

    def _name(self, place: Place) -> str:
        if place.where in self.names:
            return self.names[place.where]
        return self.names[re.sub(r"\[\d+\]$", "", place.where)] + "[]"

    def _note(self, place: Place, key: str, word: str, required: bool = False) -> None:
        above = self._name(place)
        name = f"{above}.{word}" if above else word
        self.names[f"{place.where}.{key}" if place.where else key] = name
        known = self.known.setdefault(name, Known())
        known.required = required

    def record(self, place: Place, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Place]:
        ids = {"skills": "SKILL", "interests": "INTEREST"}.get(place.where.rpartition(".")[2], "")
        is_profile = bool(ids) and not required
        for key in (*required, *optional):
            self._note(place, key, ids if is_profile else key, key in required)
        return super().record(place, required, optional)

    def table(self, place: Place, what: str) -> dict[str, Place]:
        found = super().table(place, what)
        for key in found:
            self._note(place, key, what.upper())
        return found

    def number(self, place: Place | None, low: float, high: float, default: float = 0.0) -> float:
        if place is not None:
            known = self.known[self._name(place).removesuffix("[]")]
            known.ranges.add(f"{low:g} to {high:g}")
            known.default = default
        return super().number(place, low, high, default)

    def choice(self, place: Place | None, known: Collection[str], what: str, default: str = "") -> str:
        if place is not None and isinstance(known, tuple):  # a fixed vocabulary; ids come as a mapping
            self.known[self._name(place).removesuffix("[]")].words.update(known)
        return super().choice(place, known, what, default)


def tree(folder: Path, name: str) -> Node:
    return parse((folder / name).read_bytes(), name)


@pytest.fixture(scope="module")
def readers() -> dict[str, ListeningReader]:
    """Both readers after they have read the shipped catalogue."""
    folder = shipped_folder()
    found = {name: ListeningReader(name, []) for name in (SKILLS_FILE, ROLES_FILE)}
    skills = read_skills(found[SKILLS_FILE], Place(tree(folder, SKILLS_FILE), "", 0))
    read_roles(found[ROLES_FILE], Place(tree(folder, ROLES_FILE), "", 0), skills)
    assert [reader.faults for reader in found.values()] == [[], []]
    return found


@pytest.mark.parametrize("name", [SKILLS_FILE, ROLES_FILE])
def test_exactly_the_keys_that_the_reader_knows_are_described(readers: dict[str, ListeningReader], name: str) -> None:
    def without_ids(keys: Collection[str]) -> set[str]:
        return {key for key in keys if not key.rpartition(".")[2].isupper()}

    assert without_ids(described(section(CATALOGUE, name))) == without_ids(readers[name].known)


@pytest.mark.parametrize("name", [SKILLS_FILE, ROLES_FILE])
def test_needed_ranges_words_and_defaults_are_described(readers: dict[str, ListeningReader], name: str) -> None:
    page = described(section(CATALOGUE, name))
    for key, known in readers[name].known.items():
        if key not in page:
            continue
        needed, value, _ = page[key].split(" | ")
        if not key.rpartition(".")[2].isupper():
            assert (needed == "yes") == known.required, key
        assert all(limits in value for limits in known.ranges), (key, known.ranges)
        assert known.words <= set(words_in_code(value)), (key, known.words)
        assert known.required or not known.default or f"default {known.default:g}" in value, (key, known.default)


# --- catalogue.md: every finding ---


def no_role_in_a_path(roles: dict[str, Any]) -> None:
    roles["paths"]["kitchen"] = {"name": "Kitchen", "summary": "Cooking."}


def a_path_without_a_way_in(roles: dict[str, Any]) -> None:
    roles["paths"]["offices"] = {"name": "Offices", "summary": "Deciding."}
    roles["roles"]["duty_manager"]["path"] = "offices"
    del roles["roles"]["receptionist"]["leads_to"]


def a_move_down(roles: dict[str, Any]) -> None:
    roles["roles"]["receptionist"]["leads_to"].append({"role": "room_attendant", "years": [1, 2]})
    del roles["roles"]["room_attendant"]["lateral"]


def a_goal_out_of_reach(roles: dict[str, Any]) -> None:
    del roles["roles"]["room_attendant"]["lateral"]
    roles["paths"]["housekeeping"]["growth"] = [{"title": "Running a house", "role": "duty_manager"}]


def a_flat_role(roles: dict[str, Any]) -> None:
    for asked in roles["roles"]["duty_manager"]["skills"].values():
        asked["level"] = 50


def twins(roles: dict[str, Any]) -> None:
    roles["roles"]["duty_manager"]["skills"] = copy.deepcopy(roles["roles"]["receptionist"]["skills"])
    roles["roles"]["duty_manager"]["skills"]["planning"]["level"] = 42


def near_twins(roles: dict[str, Any]) -> None:
    roles["roles"]["duty_manager"]["skills"] = copy.deepcopy(roles["roles"]["receptionist"]["skills"])
    roles["roles"]["duty_manager"]["skills"]["planning"]["level"] = 55


CHANGES = (
    no_role_in_a_path,
    a_path_without_a_way_in,
    a_move_down,
    a_goal_out_of_reach,
    a_flat_role,
    twins,
    near_twins,
)


def patterns() -> dict[tuple[str, str], re.Pattern[str]]:
    """(kind, finding) of the table -> what a printed finding looks like."""
    found = {}
    for kind, finding, *_ in rows(section(CATALOGUE, "Checking")):
        text = re.sub(r"\b(ROLE|TITLE|NUMBER)\b", "@", finding.strip("`"))
        found[kind, finding] = re.compile(rf"{kind}: \S+: {re.escape(text).replace('@', '.+')}")
    return found


def test_the_described_findings_are_the_ones_that_are_printed(tmp_path: Path) -> None:
    seen = set()
    for change in CHANGES:
        trees = small_trees()
        change(trees[ROLES_FILE])
        for finding in lint(load_trees(tmp_path / change.__name__, trees)):
            matching = [row for row, pattern in patterns().items() if pattern.fullmatch(str(finding))]
            assert len(matching) == 1, str(finding)
            seen.add(matching[0])
    assert seen == set(patterns())
