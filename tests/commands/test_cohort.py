from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from store.desk import CATALOGUE, CONSENT, FILES, ITEMS, chance, opened
from whole_reports import person_of, somebody

from bpo_quiz.answers.model import Response
from bpo_quiz.catalogue.load import parse_files
from bpo_quiz.document import cleaned
from bpo_quiz.pages.cohort import TOO_FEW, cohort
from bpo_quiz.records.cohort import cohort_csv, cohort_record
from bpo_quiz.records.text import json_text
from bpo_quiz.results.cohort import Names, summarise
from bpo_quiz.store import records
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.sessions import Sessions
from bpo_quiz.terminal.streams import as_text
from bpo_quiz.writers.screen import screen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bpo_quiz.store.connection import Database
    from bpo_quiz.store.records import StoredSession

    Run = Callable[..., subprocess.CompletedProcess[str]]

LATER_FILES = (FILES[0].replace(b"name: Bakehouse", b"name: Bakery"), FILES[1])
BAKER, SELLER = "baker", "seller"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def values_of(kind: str) -> list[int]:
    """Answers of somebody who bakes, or who sells; 4 and 0 show a skill most, or least."""
    strong = {BAKER: ("dough", "ovens", "making"), SELLER: ("serving", "planning", "helping")}[kind]
    items = CATALOGUE.items()
    return [item.keyed(4 if any(word in item.measures for word in strong) else 1) for item in items]


def session(
    database: Database,
    kind: str = BAKER,
    client: str | None = None,
    tag: str | None = None,
    *,
    finished: bool = True,
    files: tuple[bytes, bytes] = FILES,
) -> str:
    sessions = Sessions(database)
    code = sessions.start(parse_files(*files), files, "full", client, tag).code
    for position, (item, value) in enumerate(zip(ITEMS, values_of(kind), strict=True)):
        sessions.save_response(code, Response(item, value, 5.0, position))
    if finished:
        sessions.finish(code)
    return code


def many(home: Path, **kinds: int) -> None:
    with opened(home) as database, database.change():
        for kind, number in kinds.items():
            for _ in range(number):
                session(database, kind)


def record(bpo_quiz: Run, home: Path, *words: str) -> dict[str, Any]:
    done = bpo_quiz("--home", str(home), "cohort", *words, "--format", "json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def stored(home: Path) -> list[StoredSession]:
    with opened(home, read_only=True) as database:
        return list(Sessions(database).each())


def of_all_kinds(database: Database, number: int) -> None:
    sessions, dice = Sessions(database), chance(3)
    for _ in range(number):
        answers = somebody(CATALOGUE, dice)
        code = sessions.start(CATALOGUE, FILES, answers.form, None, dice.choice("AB")).code
        for position, (item, value) in enumerate(answers.responses.items()):
            sessions.save_response(code, Response(item, value, answers.times[item], position))
        sessions.save_about(code, answers.about)
        sessions.finish(code)


def without_numpy(home: Path, *words: str) -> str:
    """What the program prints where numpy is not installed."""
    code = "import sys; sys.modules['numpy'] = None; from bpo_quiz.commands.app import app; app()"
    program = [sys.executable, "-c", code, "--home", str(home), "cohort", *words]
    return subprocess.run(program, capture_output=True, encoding="utf-8", check=True).stdout


@pytest.mark.parametrize("number", [12, 40])
def test_a_cohort_is_to_the_byte_what_whole_reports_add_up_to(bpo_quiz: Run, home: Path, number: int) -> None:
    """From 20 sessions on numpy helps where it is installed."""
    with opened(home) as database, database.change():
        of_all_kinds(database, number)
    names = Names(
        {path.id: path.name for path in CATALOGUE.paths.values()},
        {skill.id: skill.name for skill in CATALOGUE.skills.values()},
    )
    people = [person_of(CATALOGUE, one.answers, one.tag) for one in stored(home)]
    found = summarise(people, names, by="tag")
    wanted = {
        "table": as_text(screen(cleaned(cohort(found)))),
        "json": json_text(cohort_record(found)),
        "csv": cohort_csv(found),
    }
    for form, text in wanted.items():
        words, read = ("--by", "tag", "--format", form), text.replace("\r\n", "\n")  # as Python reads a pipe
        assert bpo_quiz("--home", str(home), "cohort", *words).stdout == without_numpy(home, *words) == read


def test_a_small_count_is_not_shown_in_any_format(bpo_quiz: Run, home: Path) -> None:
    many(home, baker=11, seller=3)
    (group,) = record(bpo_quiz, home)["groups"]
    assert group["paths"] == []
    assert group["other_paths"] == group["people"] == 14
    rows = list(csv.DictReader(io.StringIO(bpo_quiz("--home", str(home), "cohort", "--format", "csv").stdout)))
    assert {int(row["people"]) for row in rows if row["people"]} <= set(range(5, 100))
    page = bpo_quiz("--home", str(home), "cohort").stdout
    assert "too few each to be shown" in page
    assert not {"3", "11"} & set(page.split())


@pytest.mark.parametrize("number", [0, 4])
def test_under_five_sessions_one_line_says_so(bpo_quiz: Run, home: Path, number: int) -> None:
    many(home, baker=number)
    done, table = (bpo_quiz("--home", str(home), "cohort", "--format", form) for form in ("plain", "csv"))
    assert (done.returncode, done.stdout.splitlines()[1:]) == (0, [TOO_FEW])
    assert (len(table.stdout.splitlines()), table.stderr.split()) == (1, TOO_FEW.split())
    found = record(bpo_quiz, home)
    assert (found["groups"], found["people"]) == ([], None)


def test_a_client_counts_once_with_the_latest_finished_session_and_is_not_named(bpo_quiz: Run, home: Path) -> None:
    with opened(home) as database, database.change():
        for number in range(6):
            Clients(database).add(f"Ana {number}", CONSENT)
            for kind, finished in ((SELLER, True), (BAKER, True), (SELLER, False)):
                session(database, kind, f"Ana {number}", finished=finished)
    (group,) = record(bpo_quiz, home)["groups"]
    assert [(row["path"], row["people"]) for row in group["paths"]] == [("bakehouse", 6)]
    names = {"Ana", *(one.code for one in stored(home))}
    for form in ("table", "plain", "json", "csv", "md"):
        done = bpo_quiz("--home", str(home), "cohort", "--format", form)
        assert done.returncode == 0
        assert not [name for name in names if name in done.stdout + done.stderr]


def test_a_tag_is_found_however_it_is_typed(bpo_quiz: Run, home: Path) -> None:
    with opened(home) as database, database.change():
        for number in range(12):
            session(database, BAKER if number < 6 else SELLER, tag="Course A" if number < 6 else "B")
    found = record(bpo_quiz, home, "--tag", "course a")
    assert found["people"] == 6
    assert found["groups"][0]["paths"][0]["path"] == "bakehouse"
    assert record(bpo_quiz, home, "--tag", "nobody has it")["people"] is None


def test_u05_small_tags_are_put_together_and_not_named_and_no_tag_is_a_formula(bpo_quiz: Run, home: Path) -> None:
    tags = ["A"] * 8 + ["a"] * 2 + ["=1+1"] * 6 + ["C"] * 3 + ["D"] * 3
    with opened(home) as database, database.change():
        for tag in tags:
            session(database, tag=tag)
    found = record(bpo_quiz, home, "--by", "tag")
    assert [(one["group"], one["is_rest"], one["people"]) for one in found["groups"]] == [
        ("=1+1", False, 6),
        ("a", False, 10),
        (None, True, 6),
    ]
    page, table = (
        bpo_quiz("--home", str(home), "cohort", "--by", "tag", "--format", form).stdout for form in ("table", "csv")
    )
    assert "All other tags together: 6 people" in page
    assert not {"C", "D"} & set(page.split())
    assert {row["group"] for row in csv.DictReader(io.StringIO(table))} == {"'=1+1", "a", ""}


def test_months_and_since_go_by_the_day_a_session_was_finished(
    bpo_quiz: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(home) as database, database.change():
        for month, number in (("2026-08", 5), ("2026-09", 6), ("2026-10", 7)):
            monkeypatch.setattr(records, "now", lambda month=month: f"{month}-15T12:00:00+00:00")
            for _ in range(number):
                session(database)
    groups = record(bpo_quiz, home, "--by", "month")["groups"]
    assert [(one["group"], one["people"]) for one in groups] == [("2026-08", 5), ("2026-09", 6), ("2026-10", 7)]
    assert record(bpo_quiz, home, "--since", "2026-09")["people"] == 13
    assert record(bpo_quiz, home, "--since", "2026-11")["people"] is None


@pytest.mark.parametrize("month", ["2026", "2026-13", "2026-1", "last", "2026-11-01", "\x1b[31m"])
def test_what_is_no_month_is_refused(bpo_quiz: Run, home: Path, month: str) -> None:
    done = bpo_quiz("--home", str(home), "cohort", "--since", month)
    assert done.returncode == 2
    assert "\x1b" not in done.stderr


def test_each_session_is_counted_with_its_own_catalogue(bpo_quiz: Run, home: Path) -> None:
    with opened(home) as database, database.change():
        for number in range(10):
            session(database, files=FILES if number < 5 else LATER_FILES)
    assert {one.catalogue_sha256 for one in stored(home)} == {
        parse_files(*files).sha256 for files in (FILES, LATER_FILES)
    }
    ((path,),) = (group["paths"] for group in record(bpo_quiz, home)["groups"])
    assert (path["name"], path["people"]) == ("Bakery", 10)
