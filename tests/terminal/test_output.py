from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import rich.progress  # noqa: F401, TID253 - loaded before the system seems to be another
from effort import times

from bpo_quiz.terminal.progress_bar import progress
from bpo_quiz.terminal.streams import can_show_screens, console

from .driver import BAKERY, Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.model import Catalogue

    from .driver import Run

ESCAPE = "\x1b"


@pytest.fixture
def sheet(catalogue: Catalogue, tmp_path: Path) -> Path:
    answers = {item.id: (3 * n + n // 7) % 5 for n, item in enumerate(catalogue.items())}
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"format": "bpo-quiz/answers@1", "answers": answers}), encoding="utf-8")
    return file


@pytest.fixture
def small(tmp_path: Path) -> tuple[str, ...]:
    """The words that score a sheet of the small catalogue: the quickest coloured result."""
    answers = {
        f"{skill}-{n}": value for skill, value in (("kneading", 4), ("planning", 1), ("selling", 3)) for n in (1, 2)
    }
    file = tmp_path / "small.json"
    file.write_text(json.dumps({"format": "bpo-quiz/answers@1", "answers": answers}), encoding="utf-8")
    return ("start", "--answers", str(file), "--data", str(BAKERY))


def raw(
    words: Sequence[str],
    environment: dict[str, str | None] | None = None,
    output: int = subprocess.PIPE,
    program: Sequence[str] = ("-m", "bpo_quiz"),
) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, **(environment or {})}
    return subprocess.run(
        [sys.executable, *program, *words],
        stdin=subprocess.DEVNULL,
        env={name: value for name, value in env.items() if value is not None},
        stdout=output,
        stderr=subprocess.PIPE,
        check=False,
    )


# T-04


@pytest.mark.parametrize(
    ("words", "given"),
    [
        (("start",), ""),
        (("start",), "1\n" * 200),
        (("start",), "s" * 8 + "1" * 64),
        (("start", "--enter"), "0\n" * 200),
        (("start", "--plain"), "1\n" * 200),
        (("start", "--format", "json"), "{}"),
    ],
)
def test_t04_without_a_terminal_nothing_is_asked_or_guessed(bpo_quiz: Run, words: tuple[str, ...], given: str) -> None:
    done = bpo_quiz(*words, input=given)
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert "terminal" in line
    assert "--answers" in line


def test_t04_nothing_is_asked_where_nobody_can_see_the_question(tmp_path: Path) -> None:
    terminal = Terminal("start", errors=tmp_path / "errors.txt")
    assert terminal.end() == 2
    assert terminal.sent == ""
    assert len((tmp_path / "errors.txt").read_text(encoding="utf-8").splitlines()) == 1


def test_t04_a_closed_standard_input_is_no_terminal() -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", '"$0" -m bpo_quiz start <&-', sys.executable], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_t04_answers_from_standard_input_are_scored(bpo_quiz: Run, sheet: Path) -> None:
    done = bpo_quiz("start", "--answers", "-", input=sheet.read_text(encoding="utf-8"))
    assert done.returncode == 0
    assert done.stdout == bpo_quiz("start", "--answers", str(sheet)).stdout
    assert "Career path" in done.stdout


# T-05, T-06

EVERY_OUTPUT = [
    ("start", "--answers", "SHEET"),
    ("start", "--answers", "SHEET", "--plain"),
    ("start", "--answers", "SHEET", "--format", "json"),
    ("roles",),
    ("roles", "team_lead"),
    ("roles", "team_lead", "accountant"),
    ("roles", "--format", "json"),
    ("skills",),
    ("skills", "communication"),
    ("guide",),
    ("guide", "ai"),
    ("catalogue", "check"),
    ("form", "--format", "csv"),
    ("--help",),
]
AS_WINDOWS_ENDS_LINES = (
    "import sys; sys.stdout.reconfigure(newline='\\r\\n'); from bpo_quiz.__main__ import main; main()"
)


def named(words: tuple[str, ...], sheet: Path) -> list[str]:
    return [str(sheet) if word == "SHEET" else word for word in words]


@pytest.mark.parametrize("words", EVERY_OUTPUT, ids=" ".join)
def test_t05_a_pipe_gets_text_alone_80_columns_wide(words: tuple[str, ...], sheet: Path) -> None:
    done = raw(named(words, sheet), program=("-c", AS_WINDOWS_ENDS_LINES))
    text = done.stdout.decode("utf-8")
    if "csv" in words:  # whose lines end by both, everywhere
        text = text.replace("\r\n", "\n")
    assert done.returncode == 0
    assert done.stderr == b""
    assert not set(text) & {ESCAPE, "\r", "\b", "\x07"}
    if not {"json", "csv", "--plain", "check"} & set(words):
        assert max(map(len, text.splitlines())) <= 80


WRITTEN_BY_US = [("start", "--answers", "SHEET", "--plain"), ("roles", "--format", "json"), ("catalogue", "check")]
WRITTEN_BY_RICH = [("start", "--answers", "SHEET"), ("roles",), ("--help",), ("--version",)]


@pytest.mark.parametrize("words", [*WRITTEN_BY_US, *WRITTEN_BY_RICH], ids=" ".join)
def test_t06_a_reader_who_goes_away_is_no_error(words: tuple[str, ...], sheet: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = raw(named(words, sheet), output=writing)
    finally:
        os.close(writing)
    assert done.stderr == b""
    assert done.returncode in (0, 141, -signal.SIGPIPE)


# T-07


COLOURED: list[tuple[tuple[str, ...], dict[str, str | None], bool, bool]] = [
    ((), {}, False, True),
    ((), {"NO_COLOR": "1"}, False, False),
    ((), {"NO_COLOR": ""}, False, True),
    ((), {"FORCE_COLOR": "1"}, True, True),
    ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ((), {"FORCE_COLOR": "1", "NO_COLOR": ""}, True, True),
    ((), {"TERM": "dumb"}, False, False),
    ((), {"TERM": None}, False, True),
    (("--no-color",), {}, False, False),
    (("--no-color",), {"FORCE_COLOR": "1"}, False, False),
]


@pytest.mark.parametrize(("words", "environment", "in_a_pipe", "on_a_terminal"), COLOURED)
def test_t07_a_pipe_gets_colours_only_by_force_and_a_terminal_unless_they_are_unwanted(
    words: tuple[str, ...],
    environment: dict[str, str | None],
    in_a_pipe: bool,
    on_a_terminal: bool,
    small: tuple[str, ...],
) -> None:
    done = raw([*words, *small], environment)
    assert done.returncode == 0
    assert (ESCAPE.encode() in done.stdout) == in_a_pipe
    terminal = Terminal(*words, *small, environment=environment)
    assert terminal.end() == 0
    assert (ESCAPE in terminal.sent) == on_a_terminal


def test_t07_nothing_is_said_by_colour_alone(sheet: Path) -> None:
    coloured = raw(["start", "--answers", str(sheet)], {"FORCE_COLOR": "1"}).stdout.decode("utf-8")
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == raw(["start", "--answers", str(sheet)]).stdout.decode("utf-8")


class Kernel:
    """What Windows says of a console: how it is set, and whether it lets itself be told to take escapes."""

    def __init__(self, *, learns: bool) -> None:
        self._learns = learns

    def GetConsoleMode(self, _handle: Any, mode: Any) -> int:  # noqa: N802 - its name
        mode._obj.value = 3
        return 1

    def SetConsoleMode(self, _handle: Any, mode: int) -> int:  # noqa: N802
        return int(mode == 3 | 4 and self._learns)


@pytest.mark.parametrize("learns", [True, False])
def test_t14_a_console_of_windows_gets_escapes_only_if_it_takes_them(
    learns: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = os.openpty()
    with os.fdopen(ours, "rb", buffering=0) as seen, os.fdopen(theirs, "w", encoding="utf-8") as window:
        monkeypatch.setattr("sys.stdout", window)
        monkeypatch.setattr("sys.stderr", window)
        monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(get_osfhandle=lambda number: number))
        monkeypatch.setattr("ctypes.windll", SimpleNamespace(kernel32=Kernel(learns=learns)), raising=False)
        monkeypatch.setattr("bpo_quiz.terminal.streams.sys.platform", "win32")
        screens = can_show_screens()
        console().print("a result", style="bold red")
        result = seen.read(1000)
        with progress("Scoring", no_color=False) as done:
            done(1, 2)
        window.write("that is all")
        window.flush()
        bar = seen.read(1000)
    assert (screens, ESCAPE.encode() in result, ESCAPE.encode() in bar) == (learns, learns, learns)
    assert b"a result" in result
    assert b"Scoring" not in bar or learns


# T-08


@pytest.mark.parametrize(
    ("words", "columns"),
    [
        *((("start", "--answers", "SHEET"), columns) for columns in (1, 10, 20, 40, 80, 300)),
        (("roles", "team_lead"), 40),
    ],
)
def test_t08_a_result_fits_any_window_from_40_columns_on(words: tuple[str, ...], columns: int, sheet: Path) -> None:
    done = raw(named(words, sheet), {"COLUMNS": str(columns)})
    lines = done.stdout.decode("utf-8").splitlines()
    assert done.returncode == 0
    assert max(map(len, lines)) <= max(40, columns)
    whole = " ".join(" ".join(lines).split())
    assert ("It is not made for choosing people for jobs." if words[0] == "start" else "Team leader") in whole


SENSELESS = [
    (columns, *case)
    for columns in ("99999999999", "9" * 5000, "0", "-5", "many")
    for case in ((("start", "--answers", "SHEET"), 0, b"Career path"), (("--help",), 0, b"start"), (("-x",), 2, b"-x"))
]


@pytest.mark.parametrize(("columns", "words", "code", "told"), SENSELESS[:: times(2, 1)])
def test_t08_a_senseless_width_is_no_error(
    columns: str, words: tuple[str, ...], code: int, told: bytes, sheet: Path
) -> None:
    done = raw(named(words, sheet), {"COLUMNS": columns})
    assert done.returncode == code
    assert told in done.stdout + done.stderr


# T-09

ENCODINGS: list[dict[str, str | None]] = [
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "ascii:strict"},
    {"PYTHONIOENCODING": "cp437"},
    {"PYTHONIOENCODING": "utf-8:strict"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LANG": "C", "LC_ALL": "C"},
]


def test_t09_every_encoding_gets_a_readable_result(small: tuple[str, ...]) -> None:
    utf8 = raw(small, {"PYTHONIOENCODING": "utf-8"}).stdout.decode("utf-8")
    for environment in ENCODINGS:
        done = raw(small, environment)
        assert (done.returncode, done.stderr) == (0, b""), environment
        text = done.stdout.decode((environment.get("PYTHONIOENCODING") or "utf-8").split(":")[0])
        assert text.count("?") == utf8.count("?"), f"a sign was lost with {environment}"
        assert re.findall(r"[^\W_]+", text) == re.findall(r"[^\W_]+", utf8), environment


def test_t09_foreign_signs_of_a_catalogue_never_stop_it(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BAKERY, tmp_path / "bakery"))
    roles = folder / "roles.yaml"
    roles.write_text(
        roles.read_text(encoding="utf-8").replace("name: Baker\n", "name: Bäcker 面包师 🥖\n"), encoding="utf-8"
    )
    for environment in ENCODINGS[:4]:
        done = raw(["roles", "--data", str(folder)], environment)
        assert done.returncode == 0
        assert b"cker" in done.stdout
        assert done.stderr == b""


# F-05


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("words", [*WRITTEN_BY_US, *WRITTEN_BY_RICH], ids=" ".join)
def test_f05_output_onto_a_full_disk_is_one_line_and_exit_code_4(words: tuple[str, ...], sheet: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = raw(named(words, sheet), output=full.fileno())
    assert done.returncode == 4
    (line,) = done.stderr.decode().splitlines()
    assert "No space left" in line
