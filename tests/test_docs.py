"""Keeps what docs/formats.md says of answers, forms, files and exit codes true, and the links of every page."""

from __future__ import annotations

import inspect
import json
import re
import shlex
import signal
from typing import TYPE_CHECKING, Any, get_args

import pytest
import typer
from conftest import ROOT
from docs_reader import anchor, blocks, everywhere, keys_of, page, rows, section, table, words_in_code

from bpo_quiz import errors
from bpo_quiz.answers.answer_file import from_record, to_record
from bpo_quiz.answers.model import FORMS, About, Answers
from bpo_quiz.catalogue.model import CHANNELS, EDUCATION_LEVELS, ENGLISH_LEVELS, SHIFTS, SITES
from bpo_quiz.commands.app import app
from bpo_quiz.commands.lazy import LazyCommand
from bpo_quiz.commands.result import ResultFormat
from bpo_quiz.forms.sheet import empty_sheet
from bpo_quiz.records.text import json_text
from bpo_quiz.sheets import rows as scored
from bpo_quiz.sitting.full_form import full_order
from bpo_quiz.sitting.paper import check_digit

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from bpo_quiz.catalogue.model import Catalogue

    Run = Callable[..., subprocess.CompletedProcess[str]]

FORMATS = page("formats.md")
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *(f"docs/{file.name}" for file in (ROOT / "docs").glob("*.md")),
)


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for file, heading in re.findall(r"\]\(([^)#:]*)#?([^)#:]*)\)", text):
        target = (ROOT / name).parent / file if file else ROOT / name
        assert target.exists(), file
        if heading:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in map(anchor, headings), f"{file}#{heading}"


def test_the_table_of_folders_is_that_of_the_house() -> None:
    text, house = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), ROOT / "src" / "bpo_quiz"
    told = {name.strip("/"): words_in_code(idea) for names, idea in rows(text) for name in words_in_code(names)}
    there = {file.parent.name if file.parent != house else file.name for file in house.rglob("[a-z]*.py")}
    assert told.keys() | {"document.py"} == there
    for name, words in told.items():
        for file in (word for word in words if word.endswith(".py")):
            assert any((place / file).is_file() for place in (house / name, house, ROOT)), file


@pytest.mark.parametrize("name", PAGES)
def test_every_command_that_is_named_exists_with_its_options(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for line in re.findall(r"(?:`|^ {4}|^\$ )bpo-quiz\s([^`\n]+)", text, re.MULTILINE):
        words = shlex.split(line)
        named = {word.partition("=")[0] for word in words if word.startswith("-") and word != "-"}
        assert named <= options_of(words), line


def options_of(words: list[str]) -> set[str]:
    """The options of the command that these words call, and those that stand with all; `COMMAND` is any."""
    program = command = typer.main.get_command(app)
    while hasattr(command, "commands") and words and words[0] in command.commands:
        command = command.commands[words.pop(0)]
        command = command.load() if isinstance(command, LazyCommand) else command
    assert not (hasattr(command, "commands") and words and re.match(r"[a-z]", words[0])), words
    return {name for parameter in (*program.params, *command.params) for name in parameter.opts} | {"--help"}


# --- Answers ---

ANSWERS = section(FORMATS, "Answers")
KEYS = table(ANSWERS)
ABOUT = [key for key in KEYS if re.fullmatch(r"about\.\w+", key)]


def told_example() -> dict[str, Any]:
    (text,) = blocks(ANSWERS, "json")
    record: dict[str, Any] = json.loads(text)
    return record


def test_the_answers_example_is_accepted_and_shows_every_key(catalogue: Catalogue) -> None:
    answers = from_record(told_example(), catalogue, "the example")
    assert json.loads(json_text(to_record(answers))) == told_example()
    of_one_catalogue = {"catalogue"}  # the example is to be tried, also after a word of the catalogue has changed
    assert keys_of([told_example()], KEYS) | of_one_catalogue == set(KEYS)


def test_every_part_of_an_answer_file_is_described() -> None:
    parts = {"answers" if name == "responses" else name for name in Answers._fields}
    assert {key for key in KEYS if "." not in key} == {"format"} | parts
    assert [key.removeprefix("about.") for key in ABOUT] == list(About._fields)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("form", FORMS),
        ("about.english", ENGLISH_LEVELS),
        ("about.languages.LANGUAGE", ENGLISH_LEVELS),
        ("about.education", EDUCATION_LEVELS),
        ("about.shifts", SHIFTS),
        ("about.channel", CHANNELS),
        ("about.site", SITES),
    ],
)
def test_the_words_of_an_answer_file_are_all_described(key: str, words: tuple[str, ...]) -> None:
    assert tuple(words_in_code(KEYS[key].value)) == words


@pytest.mark.parametrize("key", ["answers.ITEM", "about.years", "about.typing", "times.ITEM"])
def test_a_number_has_the_range_that_is_described(catalogue: Catalogue, key: str) -> None:
    part, name = key.replace("ITEM", "communication-1").split(".")
    low, high = map(int, re.findall(r"number (\d+)-(\d+)", KEYS[key].value)[0])
    for value in (low, high):
        assert is_accepted(catalogue, part, {name: value})
    for value in (low - 1, high + 1):
        assert not is_accepted(catalogue, part, {name: value})


def test_licences_have_the_limits_that_are_described(catalogue: Catalogue) -> None:
    limits = re.findall(r"up to (\d+) texts of 1-(\d+)", KEYS["about.licences"].value)
    most, longest = map(int, limits[0])
    assert is_accepted(catalogue, "about", {"licences": ["x" * longest] * most})
    for refused in (["x"] * (most + 1), ["x" * (longest + 1)], [""]):
        assert not is_accepted(catalogue, "about", {"licences": refused})


def is_accepted(catalogue: Catalogue, part: str, given: dict[str, Any]) -> bool:
    try:
        from_record({**told_example(), part: given}, catalogue, "the example")
    except errors.InputError:
        return False
    return True


# --- Forms, scored sheets, papers ---


def test_the_columns_of_the_empty_sheet_are_those_that_are_described(catalogue: Catalogue) -> None:
    items = [item.id for item in full_order(catalogue)]
    assert empty_sheet(catalogue).strip().split(",") == ["id (answers 0-4)", *ABOUT, *items]
    assert "`id (answers 0-4)`,\nthen `about.current_role` and the other keys of `about` in the order" in FORMATS


def test_the_example_of_a_check_digit_is_right() -> None:
    text = section(FORMATS, "Forms").replace("\n", " ")
    ((row, total, typed),) = re.findall(r"`(\d{6})` make (\d+), so one types `(\d{7})`", text)
    digits = [int(one) for one in row]
    assert (sum(digits), f"{row}{check_digit(digits)}") == (int(total), typed)


def test_every_column_of_a_scored_file_is_described() -> None:
    text = section(FORMATS, "Scored sheets").split("`--format jsonl`")[0]
    (example,) = blocks(text, "csv")
    assert example.splitlines()[0].split(",") == list(scored.COLUMNS)
    assert {*scored.COLUMNS, scored.CHANCE} <= {*everywhere(), *words_in_code(text)}


def test_every_format_is_described() -> None:
    told = {words_in_code(row[0])[0] for row in rows(section(FORMATS, "Papers").split("A file is")[0])}
    assert told == set(get_args(ResultFormat)) - {"table"}


# --- Exit codes ---


def test_every_exit_code_is_described(bpo_quiz: Run) -> None:
    kinds = (kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.QuizError))
    signals = {errors.Interrupted(number=number).exit_code for number in (signal.SIGTERM, signal.SIGHUP)}
    every = {0, 1} | {kind.exit_code for kind in kinds} | signals
    assert set(table(section(FORMATS, "Exit codes"))) == set(map(str, every))
    assert bpo_quiz("roles", "--format", "json").returncode == 0
    assert bpo_quiz("roles", "no such role").returncode == 2
    assert bpo_quiz("start").returncode == 2
    assert bpo_quiz("start", "--answers", "-", input="{}").returncode == 3
