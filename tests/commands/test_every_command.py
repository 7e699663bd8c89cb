"""Every command over a catalogue, a store and words full of escapes: none of them comes out, piped or on a terminal.

The commands, their options and the texts of a catalogue are asked for by name from the program itself, so that a new
one cannot be forgotten.
"""

from __future__ import annotations

import itertools
import json
import re
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
import yaml  # noqa: TID253 - a test's own
from store.desk import SMALL, opened, store_of
from terminal.driver import Terminal
from test_layers import MODULES

from bpo_quiz.catalogue import read_guide
from bpo_quiz.catalogue.fields import Checked, Choice, Each, Listed, Record, Table, Text
from bpo_quiz.catalogue.files import template_folder
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.read import ROLES, SKILLS
from bpo_quiz.commands.app import COMMANDS
from bpo_quiz.store import checksums
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.sessions import Sessions
from bpo_quiz.store.talks import Mark, with_client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .desk import Run

EVIL = "\\$(id)`id`'[/x]\"\x1b]52;c;aGk=\x07\x1b]0;title\x07\x1b[7;35;45m\x9b2J\u202e\u200b\u2066\u2028"
"""Runs what a shell evaluates, writes the clipboard and the title, colours, clears, turns the direction, hides, breaks
a line."""

HIDDEN = "\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\u2028\u2029"
IN_A_PIPE = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f{HIDDEN}]|\r(?!\n)")
ON_A_TERMINAL = re.compile(rf"\x1b\]|\x1b\[7;35;45m|[\x00\x07{HIDDEN}]")
ASKING = ("start", "resume")
NO_STORE = ("roles", "paths", "skills", "guide", "form", "score", "catalogue")
FILES = {"skills.yaml": (SKILLS, SMALL), "roles.yaml": (ROLES, SMALL), "guide.yaml": (read_guide.GUIDE, SMALL.parent)}

LINES = {
    "start": ["--answers sheet.json"],
    "resume": [""],
    "result": ["--client Ana"],
    "why": ["head_baker --client Ana"],
    "what-if": ["dough=90 --client Ana", "--reach head_baker --client Ana"],
    "path": ["head_baker --client Ana", "--client Ana"],
    "list": [""],
    "remove": ["CODE --yes"],
    "move": ["CODE Ana"],
    "roles": ["", "head_baker", "head_baker shop_manager"],
    "paths": ["", "shop"],
    "skills": ["", "dough"],
    "guide": ["", "morning", "crumbs", "--all"],
    "desk": [""],
    "client agree": ["Ana --next 2026-12-20"],
    "client agreed": ["Ana 1 --not-yet"],
    "client roles": ["Ana --keep head_baker --why Bread."],
    "client take": ["sheet.json --yes"],
    "client add": ["Zoe --consent-given"],
    "client list": [""],
    "client show": ["Ana"],
    "client note": ["Ana Called.", "Ana --edit 1 Anew."],
    "client rename": ["Ana ANA"],
    "client compare": ["Ana"],
    "client export": ["Ana"],
    "client forget": ["Ana --yes"],
    "client purge": ["--older-than 12m --yes"],
    "cohort": [""],
    "form": ["--format csv", "--format csv --legend"],
    "score": ["sheets.csv"],
    "catalogue check": [""],
    "catalogue simulate": ["--people 20"],
    "catalogue items": ["", "many.csv"],
    "catalogue rate": ["--sheet head_baker", "rating.csv"],
    "catalogue new": ["written"],
    "catalogue schema": ["-o written"],
    "catalogue diff": ["catalogue template"],
    "doctor": [""],
}
"""What each command can do, so that it shows as much as it can."""


def leaves(commands: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Every command that can be called, by all of its words."""
    for command in commands:
        loaded = command.load() if hasattr(command, "load") else command
        name = f"{above} {command.name}".strip()
        if getattr(loaded, "commands", None):
            yield from leaves(loaded.commands.values(), name)
        else:
            yield name, loaded


EVERY = dict(leaves(COMMANDS))
CALLS = [f"{name} {words}".strip() for name, lines in LINES.items() for words in lines]


def test_every_command_is_tried() -> None:
    assert list(LINES) == list(EVERY)


# --- what is hostile ---


def poisoned(kind: Any, value: Any) -> Any:
    """The value of a kind, with `EVIL` after each of its texts."""
    match kind:
        case Text() | Choice(words="kpi"):
            return f"{value} {EVIL}"
        case Checked(like=like, make=make):
            return value if make is read_guide._address else poisoned(like, value)
        case Listed(of=of):
            return [poisoned(of, one) for one in value]
        case Record(keys=keys):
            return {name: poisoned(keys[name].kind, one) for name, one in value.items()}
        case Table(of=of) | Each(of=of):
            return {name: poisoned(of, one) for name, one in value.items()}
    return value


def write(folder: Path, files: dict[str, Any]) -> None:
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")


def read(name: str) -> Any:
    folder, file = FILES[name][1], "small-guide.yaml" if name == "guide.yaml" else name
    return yaml.safe_load((folder / file).read_text(encoding="utf-8"))


def poison_store(home: Path) -> None:
    """What people wrote, as no window of ours would have stored it, under checksums that fit."""
    kinds = (("clients", checksums.CLIENTS, "alias"), ("sessions", checksums.SESSIONS, "tag"))
    with closing(sqlite3.connect(store_of(home))) as raw, raw:
        for table, select, column in (*kinds, ("notes", checksums.NOTES, "text")):
            raw.execute(f"UPDATE {table} SET {column} = {column} || ?", (EVIL,))  # noqa: S608 - words of ours
            for row in raw.execute(select).fetchall():
                sealed = (checksums.digest(row[:-1]), row[0])
                key = "sequence" if table == "sessions" else "id"
                raw.execute(f"UPDATE {table} SET checksum = ? WHERE {key} = ?", sealed)  # noqa: S608


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a hostile catalogue, a home that knows it, sheets, and the same with a hostile store."""
    place = tmp_path_factory.mktemp("hostile")
    folder = place / "catalogue"
    folder.mkdir()
    write(folder, {name: poisoned(kind, read(name)) for name, (kind, _) in FILES.items()})
    catalogue = load(folder)
    values = {item.id: n % 5 for n, item in enumerate(catalogue.items())}
    files = ((folder / "roles.yaml").read_bytes(), (folder / "skills.yaml").read_bytes())
    with opened(place / "home") as database:
        sessions, clients = Sessions(database), Clients(database)
        for alias in ("Ana", "Ben", "Cleo", "Dan", "Eva", "Fay"):
            clients.add(alias, f"Agreed. {EVIL}")
            clients.note(alias, f"Note. {EVIL}")
            with_client(database, alias).agree(f"Agreement. {EVIL}")
            with_client(database, alias).mark({"head_baker": Mark(False, f"Why. {EVIL}")})
        for owner in ("Ana", "Ana", "Ben", "Cleo", "Dan", "Eva", "Fay", None):
            code = sessions.start(catalogue, files, "full", owner, "\x1b]0;t\x07\u202e\u200b").code
            for response in _responses(values):
                sessions.save_response(code, response)
            if owner is not None:
                sessions.finish(code)
    (place / "sheet.json").write_text(json.dumps({"format": "bpo-quiz/answers@1", "answers": values}), "utf-8")
    evil = EVIL[:-1].replace('"', '""')
    sheets = [",".join(["id", *values]), ",".join([f'"x{evil}"', *map(str, values.values())]), f'"y{evil}",7']
    (place / "sheets.csv").write_text("\n".join(sheets), encoding="utf-8")
    shutil.copytree(template_folder(), place / "template")
    rating = f'about,id,what,importance,level,remark\nrole,head_baker\nrater,,,,,"x{evil}"\nskill,dough,,5,75,"{evil}"'
    (place / "rating.csv").write_text(rating, encoding="utf-8")
    (place / "many.csv").write_text(
        "\n".join([sheets[0], *(f'"{n}{sheets[1][1:]}' for n in range(30))]), encoding="utf-8"
    )
    shutil.copytree(place / "home", place / "evil-home")
    poison_store(place / "evil-home")
    return place


def _responses(values: dict[str, int]) -> Iterator[Any]:
    from bpo_quiz.answers.model import Response

    return (Response(item, value, 4.5, n) for n, (item, value) in enumerate(values.items()))


@pytest.fixture
def there(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder, where the program is called."""
    copy = shutil.copytree(place, tmp_path / "there")
    monkeypatch.chdir(copy)
    return copy


def words_of(call: str, home: str, there: Path) -> list[str]:
    with closing(sqlite3.connect(store_of(there / home))) as raw:
        ((code,),) = raw.execute("SELECT code FROM sessions WHERE finished IS NULL")
    return ["--data", "catalogue", "--home", home, *call.replace("CODE", code).split()]


def formats(name: str) -> list[list[str]]:
    """Each format that a command can write to standard output."""
    choices = [option.type.choices for option in EVERY[name].params if "--format" in option.opts]
    every = [str(getattr(one, "value", one)) for one in itertools.chain(*choices)]
    return [["--format", one] for one in every if one not in ("html", "pdf")]


# --- what comes out ---


@pytest.mark.parametrize(
    ("call", "home"),
    [
        (call, home)
        for call in CALLS
        for home in ("home", "evil-home")
        if home == "home" or not call.startswith(NO_STORE)
    ],
)
def test_u02_p13_no_escape_of_a_catalogue_or_a_store_comes_out_of_a_pipe(
    call: str, home: str, there: Path, here: Run
) -> None:
    name = max((name for name in EVERY if call.startswith(name)), key=len)
    for form in [[], *([] if "--format" in call else formats(name))]:
        done = here(*words_of(call, home, there), *form)
        assert not IN_A_PIPE.search(done.stdout + done.stderr), (call, form)
        assert home == "evil-home" or done.returncode in (
            0,
            2 if name in ASKING else 0,
            3 if name in ("score", "client take") else 0,
        )
        assert done.stdout or done.stderr


@pytest.mark.parametrize("call", [*CALLS, "start", "start --plain", "start --quick", "resume --plain"])
def test_u02_p13_no_escape_of_a_catalogue_or_a_store_comes_to_a_terminal(call: str, there: Path) -> None:
    terminal = Terminal(*words_of(call, "home", there))
    if call.startswith(ASKING) and "--answers" not in call:
        terminal.pause(2)
        terminal.press("s\r" * 9 if "--plain" in call else "s" * 9)
        terminal.pause(1)
        terminal.press("q\r" if "--plain" in call else "q")
    elif call.startswith("catalogue new"):
        terminal.wait_for("Which trade")
        terminal.press("\r")
    terminal.end()
    assert terminal.sent
    assert not ON_A_TERMINAL.search(terminal.sent), ON_A_TERMINAL.findall(terminal.sent)


@pytest.mark.parametrize("name", EVERY)
def test_u02_no_escape_of_an_argument_comes_back(name: str, there: Path, here: Run) -> None:
    """Each option and argument gets one, and there is one too many."""
    ours = ["--home", "home", *name.split(), *(["--people", "20"] if name == "catalogue simulate" else [])]
    given = [[one.opts[0], EVIL] for one in EVERY[name].params if one.opts[0].startswith("-")]
    for words in (*given, [EVIL], [EVIL] * 4, [f"--{EVIL}"], [f"-{EVIL}"], ["--data", EVIL]):
        done = here(*ours, *words)
        assert not IN_A_PIPE.search(done.stdout + done.stderr), words


def test_u02_no_escape_of_an_argument_comes_to_a_terminal(there: Path) -> None:
    for words in (["roles", EVIL], ["roles", f"--{EVIL}"], ["doctor", EVIL], [EVIL], ["--debug", "roles", EVIL]):
        terminal = Terminal(*words)
        assert terminal.end() == (1 if "--debug" in words else 2)
        assert not ON_A_TERMINAL.search(terminal.sent), words


@pytest.mark.parametrize(("shell", "between"), [("bash", ""), ("zsh", '":"'), ("fish", "\t"), ("powershell", ":::")])
def test_u09_what_a_shell_is_offered_at_tab_steers_and_runs_nothing(
    shell: str, between: str, there: Path, here: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words, offer in (
        ("roles", "head_baker"), ("paths", "shop"), ("skills", "dough"), ("guide", "morning"), ("remove", "-"),
    ):  # fmt: skip
        line = f"bpo-quiz --data catalogue --home evil-home {words} "
        for name, value in (
            ("_BPO_QUIZ_COMPLETE", f"complete_{shell}"), ("_TYPER_COMPLETE_ARGS", line), ("COMP_WORDS", line),
            ("COMP_CWORD", str(len(line.split()))), ("_TYPER_COMPLETE_FISH_ACTION", "get-args"),
            ("_TYPER_COMPLETE_WORD_TO_COMPLETE", ""),
        ):  # fmt: skip
            monkeypatch.setenv(name, value)
        offered = here().stdout
        assert offer in offered
        assert not IN_A_PIPE.search(offered), offered
        assert not set(offered) & set("\\$`"), offered
        assert offered.count("'") == (2 if shell == "zsh" else 0)  # zsh takes all between two
        assert all(between in line for line in offered.splitlines())


def broken(value: Any) -> Any:
    """What does not fit, with `EVIL` in it: a key more in every mapping, another end to every word, wrong kinds."""
    match value:
        case dict():
            return {name: broken(one) for name, one in value.items()} | {f"x{EVIL}": EVIL}
        case list():
            return [*map(broken, value), {EVIL: EVIL}]
        case str():
            return f"{value}{EVIL}"
    return EVIL


@pytest.mark.parametrize("name", FILES)
def test_u02_p13_no_escape_of_a_bad_catalogue_comes_out(name: str, there: Path, here: Run) -> None:
    good = read(name)
    for bad in (broken(good), *(good | {key: broken(one)} for key, one in good.items())):
        write(there / "catalogue", {one: read(one) for one in FILES} | {name: bad})
        done = here("--data", "catalogue", "catalogue", "check")
        assert not IN_A_PIPE.search(done.stdout + done.stderr)
        assert done.returncode == 3


def test_nothing_is_said_past_the_one_place_that_cleans() -> None:
    """Whoever writes to a terminal does it there, or shows a page or a screen, which tests of their own look at."""
    said = {
        name: re.findall(r"typer\.echo|sys\.std\w+\.write|(?<!\.)\bprint\(", source) for name, source in MODULES.items()
    }
    pages = {"commands.afterwards", "terminal.pager", "terminal.streams"}
    assert {name for name, found in said.items() if found} == {"__main__", "commands.shared", "terminal.lines", *pages}
