"""Keeps docs/desk-formats.md true: every record is one that the program printed."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

import pytest
from docs_reader import blocks, described, keys_of, page, section, values_of, words_in_code
from store.desk import CATALOGUE, CONSENT, FILES, ITEMS, one_transaction, opened, store_of
from typer.testing import CliRunner

from bpo_quiz.answers.answer_file import from_record
from bpo_quiz.answers.model import FORMS, Response
from bpo_quiz.commands.app import app
from bpo_quiz.guidance.reach import Reach
from bpo_quiz.results import doctor, small_counts
from bpo_quiz.results.clients import Change
from bpo_quiz.results.cohort import SIGNS, UNREAD, By
from bpo_quiz.results.result import Silence
from bpo_quiz.scoring.certainty import Word
from bpo_quiz.store import diagnosis, soundness
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.sessions import Sessions
from bpo_quiz.store.soundness import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.store.connection import Database

PAGE = page("desk-formats.md")
RECORDS = (
    "Client list", "Client card", "Client export", "Comparison", "Session list", "Cohort", "Doctor", "Backup",
    "Restore",
)  # fmt: skip
TWINS = {"now": "then", "only_now": "only_then"}
"""Objects that are described once, with the keys of the other."""

UNEVEN = [n * n % 5 for n in range(len(ITEMS))]
COURSE = "+course"
"""A spreadsheet would take it for a formula."""


# --- Real records ---


def sit(
    database: Database,
    values: Iterable[int | None],
    client: str | None = None,
    tag: str | None = None,
    *,
    finished: bool = True,
) -> None:
    sessions = Sessions(database)
    code = sessions.start(CATALOGUE, FILES, "full", client, tag).code
    for position, (item, value) in enumerate(zip(ITEMS, values, strict=False)):
        sessions.save_response(code, Response(item, value, 5.0, position))
    if finished:
        sessions.finish(code)


def fill(home: Path) -> None:
    """Ana came three times, and left once; a course of fourteen, six others, and five who answered all alike."""
    with opened(home) as database, one_transaction(database):
        Clients(database).add("Ana", CONSENT)
        Clients(database).add("Zoe", CONSENT)
        sit(database, [4 - value for value in UNEVEN], "Ana", COURSE)
        Clients(database).note("Ana", "Agreed: bake on Sundays.")
        sit(database, UNEVEN[:1], "Ana", finished=False)
        sit(database, UNEVEN, "Ana")
        Clients(database).note("Ana", "She did.", Sessions(database).latest(finished=True))
        for number in range(20):
            sit(database, UNEVEN, tag=COURSE if number < 14 else None)
        for _ in range(5):
            sit(database, [2] * len(ITEMS))


def run(home: Path, *words: str, code: int = 0) -> str:
    command = [sys.executable, "-m", "bpo_quiz", "--home", str(home), *words]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == code, done.stderr
    return done.stdout


def printed_record(home: Path, *words: str, code: int = 0) -> Any:
    return json.loads(run(home, *words, "--format", "json", code=code))


def cut_short(store: Path) -> None:
    store.write_bytes(store.read_bytes()[: store.stat().st_size // 2])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("desk") / "home"
    fill(home)
    return home


@pytest.fixture(scope="module")
def printed(home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """Heading -> records that the program printed."""
    folder = tmp_path_factory.mktemp("copies")
    broken, copy = folder / "broken", folder / "copy.db"
    desk, lost, nobody = (partial(printed_record, place) for place in (home, broken, folder / "nowhere"))
    backed_up = desk("doctor", "--backup", str(copy))
    broken.mkdir(mode=0o700)
    shutil.copy(store_of(home), broken)
    cut_short(store_of(broken))
    restore = ("doctor", "--restore", str(copy), "--force")
    doctor = [lost("doctor", code=4), nobody("doctor", "--data", str(folder), code=3)]
    restored = [lost(*restore), lost(*restore)]
    return {
        "Client list": [desk("client", "list")],
        "Client card": [desk("client", "show", "Ana")],
        "Client export": [json.loads(run(home, "client", "export", "Ana"))],
        "Comparison": [desk("client", "compare", "Ana"), desk("client", "compare", "ana", *codes_of_ana(home))],
        "Session list": [desk("list", "--limit", "100")],
        "Cohort": [desk("cohort", "--by", "tag", "--since", "2020-01"), desk("cohort", "--tag", "none")],
        "Doctor": [*doctor, lost("doctor")],
        "Backup": [backed_up],
        "Restore": restored,
    }


def codes_of_ana(home: Path) -> list[str]:
    """Of her first session, and of the one that she left."""
    with opened(home, read_only=True) as database:
        return [session.code for session in Clients(database).sessions("Ana")][:2]


def plain(record: Any) -> Any:
    """The record without the answer files inside, which have a section of their own."""
    if isinstance(record, dict):
        return {key: {} if key == "answers" and isinstance(value, dict) else plain(value)
                for key, value in record.items()}  # fmt: skip
    return [plain(entry) for entry in record] if isinstance(record, list) else record


def twin(key: str) -> str:
    """The key that describes this one."""
    first, dot, rest = key.partition(".")
    return f"{TWINS.get(first, first)}.{rest}" if dot else key


def example(heading: str) -> Any:
    (text,) = blocks(section(PAGE, heading), "json")
    return json.loads(text)


# --- Keys, values, words ---


@pytest.mark.parametrize("heading", RECORDS)
def test_every_key_of_a_record_is_described_and_shown(printed: dict[str, list[Any]], heading: str) -> None:
    every = set().union(*(keys_of(plain(record)) for record in printed[heading]))
    assert {twin(key) for key in every} == set(described(section(PAGE, heading)))
    assert {key for key in every if twin(key) == key} <= keys_of(plain(example(heading))) <= every


KINDS: dict[str, Callable[[Any], bool]] = {
    "text of 1 to 10,000": lambda value: 1 <= len(value) <= 10_000,
    "text of 1 to 60": lambda value: 1 <= len(value) <= 60,
    "text": lambda value: isinstance(value, str),
    "id": lambda value: bool(re.fullmatch(r"[a-z0-9_]+", value)),
    "moment": lambda value: bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", value)),
    "day": lambda value: bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)),
    "month": lambda value: bool(re.fullmatch(r"\d{4}-\d\d", value)),
    "code": lambda value: bool(re.fullmatch(r"[0-9A-Z]{3}-[0-9A-Z]{3}", value)),
    "64 hexadecimal digits": lambda value: bool(re.fullmatch(r"[0-9a-f]{64}", value)),
    "four octal digits": lambda value: bool(re.fullmatch(r"[0-7]{4}", value)),
    "path of a file": os.path.isabs,
    "list of paths": lambda value: all(map(os.path.isabs, value)),
    "list": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "points above 0": lambda value: value > 0,
}


def fits(value: Any, told: str) -> bool:
    """Whether a value is what the table says of it."""
    if value is None or isinstance(value, bool):
        return json.dumps(value) in words_in_code(told)
    limits = re.match(r"(whole number )?(?:from (\d+)|(-?\d+) to (\d+))", told)
    if limits:
        is_right_kind = isinstance(value, int if limits[1] else int | float)
        return is_right_kind and int(limits[2] or limits[3]) <= value <= float(limits[4] or "inf")
    if told.startswith("`"):
        return value in words_in_code(told)
    return next(check for start, check in KINDS.items() if told.startswith(start))(value)


@pytest.mark.parametrize("heading", RECORDS)
def test_every_value_is_what_is_described(printed: dict[str, list[Any]], heading: str) -> None:
    table = described(section(PAGE, heading))
    for record in (*printed[heading], example(heading)):
        for key, value in values_of(plain(record)):
            if not key.endswith("[]"):
                told = table[twin(key)].split(" | ")[0]
                assert fits(value, told), (key, value, told)


@pytest.mark.parametrize(
    ("heading", "nulls"),
    [
        ("Client list", {"clients[].latest"}),
        ("Client card", {"sessions[].finished", "sessions[].first_role", "notes[].session"}),
        ("Comparison", {"skills[].difference", "skills[].error", "now.silence"}),
        ("Session list", {"sessions[].client", "sessions[].finished"}),
        ("Cohort", {"people", "unread.REASON", "groups[].group", "groups[].skills[].gap.people"}),
        ("Doctor", {"store.state", "backup"}),
        ("Restore", {"before"}),
    ],
)
def test_what_may_be_null_is_null_in_some_record(printed: dict[str, list[Any]], heading: str, nulls: set[str]) -> None:
    found = {key for record in printed[heading] for key, value in values_of(record) if value is None}
    assert nulls <= found


WORDS = [
    ("Client card", "sessions[].form", FORMS),
    ("Client card", "sessions[].silence", get_args(Silence)),
    ("Comparison", "then.form", FORMS),
    ("Comparison", "then.silence", get_args(Silence)),
    ("Comparison", "skills[].change", get_args(Change)),
    ("Session list", "sessions[].form", FORMS),
    ("Cohort", "by", get_args(By)),
    ("Cohort", "groups[].flags.SIGN.word", get_args(small_counts.Word)),
    ("Cohort", "groups[].skills[].gap.word", get_args(small_counts.Word)),
    ("Doctor", "places[].what", get_args(diagnosis.Kind)),
    ("Doctor", "findings[].what", get_args(doctor.What)),
    ("Doctor", "findings[].state", get_args(doctor.Judgement)),
    ("Doctor", "store.state", tuple(state.name for state in State)),
    ("Doctor", "store.records[].kind", get_args(soundness.Kind)),
]


@pytest.mark.parametrize(("heading", "key", "words"), WORDS)
def test_all_words_that_can_stand_there_are_described(heading: str, key: str, words: tuple[str, ...]) -> None:
    told = words_in_code(described(section(PAGE, heading))[key].split(" | ")[0])
    assert [word for word in told if word != "null"] == list(words)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("unread.REASON", UNREAD),
        ("groups[].reach.REACH", get_args(Reach)),
        ("groups[].certainty.WORD", get_args(Word)),
        ("groups[].flags.SIGN", tuple(dict.fromkeys(SIGNS.values()))),
    ],
)
def test_all_keys_that_are_words_are_described(key: str, words: tuple[str, ...]) -> None:
    told = words_in_code(described(section(PAGE, "Cohort"))[key].split(" | ")[1])
    assert [word for word in told if word != "null"] == list(words)


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Comparison", get_args(Change)),
        ("Cohort", get_args(small_counts.Word)),
        ("Doctor", get_args(doctor.Judgement)),
        ("Doctor", [state.name for state in State]),
    ],
)
def test_every_word_is_explained(heading: str, words: Iterable[str]) -> None:
    below = section(PAGE, heading).rpartition("\n| ")[2]
    assert set(words) <= set(words_in_code(below))


# --- What is said besides ---


def test_only_the_described_records_tell_of_aliases_and_notes(printed: dict[str, list[Any]], home: Path) -> None:
    told = [cells.split(" | ") for cells in described(section(PAGE, "Who is in it")).values()]
    of_aliases, of_notes = ([row[column].strip("*").startswith("yes") for row in told] for column in (0, 2))
    order = ("Client list", "Client card", "Client export", "Comparison", "Session list", "Cohort", "Doctor", "Backup")
    texts = [json.dumps(printed[heading]) for heading in order]
    assert of_aliases == ["Ana" in text for text in texts]
    assert of_notes == ["Sundays" in text for text in texts]
    result = run(home, "result", codes_of_ana(home)[0], "--format", "json")
    assert "Ana" not in result
    assert "Sundays" not in result


def test_the_answers_in_an_export_can_be_scored(home: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    shown = example("Client export")["sessions"][0]["answers"]
    assert len(from_record(shown, catalogue, "the example").responses) == 2
    file = tmp_path / "ana.json"
    run(home, "client", "export", "Ana", "-o", str(file))
    for session in json.loads(file.read_text(encoding="utf-8"))["sessions"]:
        assert from_record(session["answers"], CATALOGUE, "the export").responses


def test_a_record_of_too_few_people_is_as_described(printed: dict[str, list[Any]]) -> None:
    (few,) = (record for record in printed["Cohort"] if record["tag"] == "none")
    assert (few["people"], few["groups"]) == (None, [])


def test_without_a_store_the_exit_codes_are_the_described_ones(tmp_path: Path) -> None:
    def exit_code(*words: str) -> int:
        return CliRunner().invoke(app, ["--home", str(tmp_path / "nowhere"), *words]).exit_code

    assert exit_code("client", "list") == 0
    named = re.search(r"The same goes for (.*?)\.", section(PAGE, "Session list"), re.DOTALL)
    assert named
    for words in ("list", *words_in_code(named[1])):
        assert exit_code(*words.split(), *(["Ana"] if "client" in words else [])) == 5


# --- CSV ---

CSV = section(PAGE, "Cohort as CSV")


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_csv_has_the_columns_and_words_that_are_described(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "cohort.csv"
    run(home, "cohort", "--by", "tag", "--format", "csv", "-o", str(file))
    content = file.read_bytes().decode("utf-8")
    assert content.count("\r\n") == content.count("\n") == len(content.splitlines())
    (text,) = blocks(CSV, "csv")
    found, shown, table = lines(content), lines(text), described(CSV)
    assert list(found[0]) == list(shown[0]) == list(table)
    assert {row["group"] for row in found} == {f"'{COURSE}", ""}
    parts, words, rest = (words_in_code(table[column].split(" | ")[0]) for column in ("part", "word", "is_rest"))
    assert list(dict.fromkeys(row["part"] for row in found)) == parts
    assert list(dict.fromkeys(row["part"] for row in shown)) == parts
    assert tuple(words) == get_args(small_counts.Word)
    for row in (*found, *shown):
        assert row["word"] in (*words, "")
        assert row["is_rest"] in (*rest, "")
        assert bool(row["people"]) == (row["word"] == "exact")
        assert bool(row["mean"]) == (row["part"] == "skill_mean")
        assert not row["people"] or int(row["people"]) >= small_counts.FEWEST
