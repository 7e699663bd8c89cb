"""Keeps docs/catalogue.md true."""

from __future__ import annotations

import copy
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from docs_reader import blocks, described, page, rows, section, words_in_code

from bpo_quiz.catalogue.files import ROLES_FILE, SKILLS_FILE, shipped_folder
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.read_roles import read_roles
from bpo_quiz.catalogue.read_skills import read_skills
from bpo_quiz.catalogue.reader import Place, Reader
from bpo_quiz.catalogue.strict_yaml import Node, parse
from bpo_quiz.study.lint import lint

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Collection
    from pathlib import Path

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.errors import Fault

    Run = Callable[..., subprocess.CompletedProcess[str]]

CATALOGUE = page("catalogue.md")


# --- The small catalogue ---


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


# --- Every key that the reader knows ---


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


# --- Every finding ---


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
