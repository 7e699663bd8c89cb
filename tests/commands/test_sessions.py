from __future__ import annotations

import contextlib
import itertools
import json
import os
import random
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import termios
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from effort import times
from store.desk import answer as enter
from store.desk import begin, opened
from terminal.driver import BAKERY, CTRL_C, CTRL_D, ENTER, LEFT_WELL, MODES, PROMPT, Terminal
from typer.testing import CliRunner

from bpo_quiz.catalogue.load import load
from bpo_quiz.commands.app import app
from bpo_quiz.sitting.full_form import full_order
from bpo_quiz.store.sessions import Sessions

from .desk import Desk
from .test_every_command import EVERY

if TYPE_CHECKING:
    from collections.abc import Callable

    from bpo_quiz.store.records import StoredSession

    from .desk import Done, Run

KEPT = re.compile(r"Kept on this computer as ([0-9A-Z]{3}-[0-9A-Z]{3})\. ")
CHANGED = "This session began with another catalogue"

SIGNALS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
WAYS: dict[str | signal.Signals, int] = {"q": 130, CTRL_C: 130, CTRL_D: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


class Bakery(Desk):
    """A desk with a small catalogue in a folder of its own."""

    def __init__(self, run: Run, home: Path, data: Path) -> None:
        super().__init__(run, home)
        self.data = data

    @property
    def items(self) -> list[str]:
        """The ids of its items in the order of the full form."""
        return [item.id for item in full_order(load(self.data))]

    def started(self, *words: str, **more: Any) -> Terminal:
        return self.terminal("start", "--data", str(self.data), *words, **more)

    def resumed(self, *words: str, **more: Any) -> Terminal:
        return self.terminal("resume", "--data", str(self.data), *words, **more)

    def scored(self, *words: str, values: str = "341255") -> Done:
        """A sheet with these answers is scored."""
        return self("start", "--answers", "-", "--data", str(self.data), *words, input=self.sheet(values))

    def only(self) -> StoredSession:
        (session,) = self.stored().values()
        return session

    def answered(self, values: str) -> dict[str, int | None]:
        """What must be stored when the first items were answered with these keys."""
        return {item: int(key) - 1 for item, key in zip(self.items, values, strict=False)}

    def sheet(self, values: str = "341255") -> str:
        record = {"format": "bpo-quiz/answers@1", "answers": self.answered(values)}
        return json.dumps({**record, "about": {"years": 3, "english": "B2", "shifts": ["day"]}, "times": {}})


@pytest.fixture
def desk(tmp_path: Path, home: Path, bpo_quiz: Run) -> Bakery:
    return Bakery(bpo_quiz, home, Path(shutil.copytree(BAKERY, tmp_path / "bakery")))


def answer_first(terminal: Terminal, keys: str) -> None:
    """Skip what is about the person, answer the first questions, and wait for the next one."""
    terminal.skip_about()
    terminal.answer(1, keys)
    at_question(terminal, 1 + len(keys))


def at_question(terminal: Terminal, number: int) -> str:
    """What stands there once the question can be answered; after the last one, the review."""
    return terminal.at_review() if number > 6 else terminal.at(f"Question {number} of ")


def change_second_answer(terminal: Terminal) -> None:
    """To 1, on the review page; then the result."""
    terminal.at_review()
    terminal.type("2" if terminal.linear else f"2{ENTER}")
    terminal.reply("Question 2 of ", "1")
    if terminal.linear:
        terminal.reply("Your answer: 1", "")
    else:
        terminal.wait_for("Your answers: ", re.compile(r"» +2\. .*\| 1 "))
        terminal.press("r")


def finish(terminal: Terminal) -> None:
    """From the review to the result."""
    terminal.at_review()
    terminal.press("\r")
    assert terminal.end() == 0


def session_in(said: str) -> str:
    """The code of the session that a last line names."""
    found = LEFT_WELL.fullmatch(said)
    assert found
    assert found[1]
    return found[1]


# --- leaving ---


@MODES
def test_f03_t01_t02_t03_every_way_to_leave_at_every_question_saves_and_names_the_code(
    desk: Bakery, plain: bool
) -> None:
    ways = itertools.cycle(WAYS.items())
    terminal = desk.started(plain=plain)
    answer_first(terminal, "3")
    codes = set()
    for number in range(2, 8):
        for way, status in itertools.islice(ways, 2):
            terminal.leave(way)
            code = session_in(terminal.left_well(status))
            codes.add(code)
            assert desk.only().responses == desk.answered("341255"[: number - 1])
            terminal = desk.resumed(code, plain=plain)
            at_question(terminal, number)
        if number < 7:
            terminal.type("341255"[number - 1])
            at_question(terminal, number + 1)
    terminal.press(ENTER)
    assert terminal.end() == 0
    assert codes == {desk.only().code}
    assert desk.only().finished


@MODES
def test_f03_t01_t02_t03_leaving_before_the_first_answer_leaves_nothing_behind(desk: Bakery, plain: bool) -> None:
    terminals = {way: desk.started(plain=plain) for way in WAYS}
    for way, terminal in terminals.items():
        terminal.at("Do you work in")
        terminal.leave(way)
    for way, terminal in terminals.items():
        assert terminal.left_well(WAYS[way]) == "Stopped. There was nothing to keep yet."
    assert desk.stored() == {}


@MODES
def test_f03_a_window_that_closes_saves(desk: Bakery, plain: bool) -> None:
    terminal = desk.started(plain=plain)
    answer_first(terminal, "34")
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), terminal.child.child_fd)  # our end of the terminal was the last one open
    assert terminal.child.wait() == 129
    assert desk.only().responses == desk.answered("34")
    terminal = desk.resumed(plain=plain)
    at_question(terminal, 3)
    terminal.quit()


def test_t01_what_was_told_about_oneself_is_kept_and_what_was_skipped_too(desk: Bakery) -> None:
    terminal = desk.started()
    for start, key in (("Do you work in", "2"), ("Which of these", "2"), ("How many years", "5"), ("What is", "s")):
        terminal.reply(start, key)
    terminal.at("How well do you")
    code = session_in(terminal.quit())
    terminal = desk.resumed(code)
    terminal.at("How well do you")
    terminal.quit()
    about = desk.only().about
    assert (about.current_role, about.years) == ("head_baker", 3)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe with a name")
@pytest.mark.parametrize("way", SIGNALS, ids=lambda way: way.name)
def test_f03_t01_t03_a_signal_while_the_result_is_written_loses_no_answer(
    desk: Bakery, tmp_path: Path, way: signal.Signals
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)  # open, and never read: a pipe takes 64 KiB and no more
    writer = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    try:
        with contextlib.suppress(BlockingIOError):
            while os.write(writer, bytes(4096)):
                pass
        terminal = desk.started("--format", "json", plain=True, output=pipe)
        answer_first(terminal, "341255")
        terminal.press("\r")
        assert terminal.child.pid
        wait_until_stuck(terminal.child.pid)
        terminal.leave(way)
        code = session_in(terminal.left_well(SIGNALS[way]))
        assert (desk.only().code, desk.only().responses) == (code, desk.answered("341255"))
    finally:
        os.close(reader)
        os.close(writer)


def wait_until_stuck(process: int) -> None:
    """Until a process waits for a reader of its pipe; where the system does not say so, until it rests."""
    place = Path(f"/proc/{process}/wchan")
    end = time.monotonic() + 30
    rested = 0
    while rested < 3 and time.monotonic() < end:
        word = place.read_text(encoding="ascii") if place.exists() else "0"
        rested += word == "0"
        if "pipe" in word:
            return
        time.sleep(0.1)


@MODES
def test_f21_a_question_that_was_stopped_stands_there_again_and_takes_its_answer(desk: Bakery, plain: bool) -> None:
    terminal = desk.started(plain=plain)
    answer_first(terminal, "34")
    terminal.pause(0.5)  # its clock runs from the moment after it was drawn
    terminal.child.kill(signal.SIGSTOP)
    terminal.pause(1.2)
    termios.tcsetattr(terminal.child.child_fd, termios.TCSANOW, terminal.settings_before)  # as a shell does
    sent = len(terminal.sent)
    terminal.child.kill(signal.SIGCONT)
    again = PROMPT if plain else re.compile(r"Question 3 of 6")
    terminal.wait_until(lambda _: again.search(terminal.sent, sent) is not None, "the question")
    terminal.type("1")
    at_question(terminal, 4)
    terminal.quit()
    session = desk.only()
    assert session.responses == desk.answered("341")
    assert 1 < session.times[desk.items[2]] < 60


def test_f21_ctrl_z_gives_the_shell_its_terminal_and_fg_brings_the_question_back(desk: Bakery) -> None:
    terminal = desk.started(from_shell=True)
    answer_first(terminal, "34")
    terminal.press("\x1a")
    terminal.wait_for("Stopped")
    assert terminal.sent.count("\x1b[?1049h") == terminal.sent.count("\x1b[?1049l")
    terminal.press("fg\r")
    at_question(terminal, 3)
    terminal.press("1")
    at_question(terminal, 4)
    terminal.leave("q")
    terminal.wait_for("Saved.")
    terminal.press("exit\r")
    terminal.end()
    assert desk.only().responses == desk.answered("341")


# --- going on ---


@MODES
def test_resume_goes_on_at_the_next_question_with_the_same_answers(desk: Bakery, tmp_path: Path, plain: bool) -> None:
    terminal = desk.started(plain=plain)
    answer_first(terminal, "34")
    code = session_in(terminal.quit())
    result = tmp_path / "result.json"
    terminal = desk.resumed("--format", "json", plain=plain, output=result)
    terminal.answer(3, "1255")
    finish(terminal)
    assert CHANGED not in terminal.sent
    kept = KEPT.search(terminal.sent.replace("\r", ""))
    assert kept
    assert kept[1] == code
    assert (desk.only().responses, bool(desk.only().finished)) == (desk.answered("341255"), True)
    shown = result.read_text(encoding="utf-8")
    assert json.loads(shown)["answered"] == 6
    assert desk("result", code, "--format", "json").stdout == shown
    again = desk.resumed(code, "--format", "json", plain=plain, output=result)
    change_second_answer(again)
    assert again.end() == 0
    assert (desk.only().responses, bool(desk.only().finished)) == (desk.answered("311255"), True)
    same = json.loads(desk.scored("--format", "json", values="311255").stdout)
    assert json.loads(result.read_text(encoding="utf-8"))["profile"] == same["profile"]


@pytest.mark.parametrize("later", ["edited", "gone"])
def test_p12_a_session_goes_on_with_the_catalogue_it_began_with(desk: Bakery, later: str) -> None:
    terminal = desk.started(plain=True)
    answer_first(terminal, "34")
    terminal.quit()
    expected = desk.answered("341255")
    if later == "edited":
        edit(desk.data)
    else:
        shutil.rmtree(desk.data)
        desk.data.mkdir()
    terminal = desk.resumed(plain=True)
    shown = terminal.reply("Question 3 of ", "1")
    assert CHANGED in shown
    assert "How far does your" in shown
    terminal.answer(4, "255")
    finish(terminal)
    assert "Kept on this computer as " in terminal.sent
    assert "Roles" in terminal.sent
    assert desk.only().responses == expected


def edit(folder: Path) -> None:
    """Other questions, another level, a role more, and the next version."""
    skills = (folder / "skills.yaml").read_text(encoding="utf-8")
    (folder / "skills.yaml").write_text(skills.replace("How far does", "How good is"), encoding="utf-8")
    roles = (folder / "roles.yaml").read_text(encoding="utf-8")
    changed = roles.replace('version: "1"', 'version: "2"').replace("level: 80}", "level: 20}", 1)
    more = "  taster:\n    name: Taster\n    path: shop\n    rung: 2\n    summary: What it says.\n    skills:\n"
    more += "".join(f"      {skill}: {{importance: 3, level: 10}}\n" for skill in ("kneading", "planning", "selling"))
    (folder / "roles.yaml").write_text(changed + more, encoding="utf-8")


def test_p12_a_result_is_that_of_the_catalogue_of_the_day_until_another_is_named(desk: Bakery) -> None:
    first = desk.scored("--tag", "x").stdout
    assert "nothing changes" in desk("result", "--data", str(desk.data)).stderr
    edit(desk.data)
    again = desk("result")
    assert (again.stdout, again.stderr) == (first, "")
    other = desk("result", "--data", str(desk.data))
    assert "Taster" not in first
    assert "Taster" in other.stdout
    assert "Compared with the catalogue of that day (Bakery careers 1):" in other.stderr
    assert "- Roles that are new: Taster." in other.stderr
    assert re.search(r"^- .*Kneading 80 to 20", other.stderr, re.MULTILINE)


@pytest.mark.parametrize("shape", [("--format", "table"), ("--format", "json"), ("--plain",)], ids=" ".join)
def test_a_result_that_is_shown_again_is_the_same_byte_for_byte(desk: Bakery, shape: tuple[str, ...]) -> None:
    first = desk.scored("--tag", "x", *shape)
    kept = KEPT.search(first.stderr)
    assert kept
    again = desk("result", kept[1].lower().replace("-", " "), *shape)
    assert (again.stdout, again.stderr) == (first.stdout, "")
    assert len(again.stdout) > 500


@MODES
def test_t11_t03_after_kill_9_the_last_confirmed_answer_is_stored_and_the_session_goes_on(
    desk: Bakery, plain: bool
) -> None:
    terminal = desk.started(plain=plain)
    answer_first(terminal, "341")
    for key, number in (("b", 3), ("b", 2), ("5", 3)):
        terminal.type(key)
        at_question(terminal, number)
    terminal.leave(signal.SIGKILL)
    with contextlib.suppress(AssertionError):  # it says that a signal ended it
        terminal.end()
    assert terminal.child.signalstatus == signal.SIGKILL
    if plain:
        assert terminal.settings_after == terminal.settings_before
        assert "\x1b" not in terminal.sent
    assert desk.only().responses == desk.answered("351")
    terminal = desk.resumed(plain=plain)
    at_question(terminal, 4)
    terminal.quit()
    assert desk.only().responses == desk.answered("351")


def test_f09_a_session_that_another_window_has_is_refused_until_it_is_left(desk: Bakery) -> None:
    first = desk.started()
    answer_first(first, "34")
    second = desk.resumed()
    assert second.end() == 4
    (said,) = second.sent.strip().splitlines()
    assert str(first.child.pid) in said
    assert desk.only().code in said
    first.answer(3, "1")
    at_question(first, 4)
    first.quit()
    assert desk.only().responses == desk.answered("341")
    third = desk.resumed()
    at_question(third, 4)
    third.quit()


@MODES
@pytest.mark.parametrize("what", ["removed", "replaced", "full"])
def test_f28_an_error_in_the_middle_names_the_session_and_how_to_go_on(desk: Bakery, plain: bool, what: str) -> None:
    terminal = desk.started(plain=plain)
    answer_first(terminal, "34")
    code = desk.only().code
    store, aside = desk.home / "bpo-quiz.db", desk.home / "aside"
    if what == "full":
        assert terminal.child.pid
        resource.prlimit(terminal.child.pid, resource.RLIMIT_FSIZE, (0, 0))
    else:
        store.rename(aside)
        if what == "replaced":
            shutil.copy(aside, store)
    terminal.type("1")
    assert terminal.end() == 4
    *_, said = terminal.sent.strip().splitlines()
    assert said.endswith(f" resume {code}")
    assert ("no space" if what == "full" else "was removed or replaced") in said
    assert terminal.settings_after == terminal.settings_before
    if what != "full":
        aside.replace(store)
    assert desk.only().responses == desk.answered("34")
    terminal = desk.resumed(code, plain=plain)
    at_question(terminal, 3)
    terminal.quit()


# --- what is kept, and what is not ---


def every_file(folder: Path) -> set[Path]:
    return {file for file in folder.rglob("*") if not file.is_dir()}


def test_no_save_leaves_no_file(desk: Bakery, tmp_path: Path) -> None:
    before = every_file(tmp_path)
    whole, left = (desk.started("--no-save", plain=True) for _ in range(2))
    answer_first(left, "34")
    assert left.quit() == "Stopped. Nothing was kept, as you asked (--no-save)."
    whole.skip_about()
    whole.answer(1, "341255")
    finish(whole)
    assert "Nothing was kept, as you asked (--no-save)." in whole.sent
    assert every_file(tmp_path) == before
    assert not desk.home.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--no-save", "--client", "Ana"), ("--no-save", "--tag", "course"), ("--enter", "--quick"),
        ("--enter", "--answers", "-"), ("--quick", "--answers", "-"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_options_that_make_no_sense_together_are_refused(desk: Bakery, words: tuple[str, ...]) -> None:
    said = desk.refused(2, "start", *words, input=desk.sheet())
    assert "sense with" in said
    assert all(word in said for word in words if word.startswith("--"))
    assert not desk.home.exists()


def test_an_unknown_client_is_told_before_the_first_word(desk: Bakery) -> None:
    desk.add("Ana")
    terminal = desk.started("--client", "Anna Nobody")
    assert terminal.end() == 5
    assert "Anna Nobody" in terminal.sent
    assert "a career quiz" not in terminal.sent
    done = desk.scored("--client", "Anna Nobody")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (5, "", 1)
    assert desk.stored() == {}


def test_answers_from_a_file_are_kept_for_a_client_and_otherwise_not(desk: Bakery) -> None:
    loose = desk.scored()
    assert (loose.returncode, loose.stderr) == (0, "")
    assert not desk.home.exists()
    desk.add("Ana")
    kept = desk.scored("--client", "ana")
    assert kept.stdout == loose.stdout
    session = desk.only()
    assert KEPT.search(kept.stderr)
    assert (session.client, session.responses) == ("Ana", desk.answered("341255"))
    assert (session.about.english, bool(session.finished)) == ("B2", True)


def test_list_shows_what_was_kept_newest_first(desk: Bakery) -> None:
    desk.refused(5, "list")
    desk.add("Ana")
    for more in (("--client", "Ana"), ("--tag", "course"), ("--client", "Ana", "--tag", "again")):
        desk.scored(*more)
    terminal = desk.started()
    answer_first(terminal, "34")
    terminal.quit()
    rows = desk.record("list")["sessions"]
    assert [(row["client"], row["tag"], row["answered"]) for row in rows] == [
        (None, None, 2), ("Ana", "again", 6), (None, "course", 6), ("Ana", None, 6),
    ]  # fmt: skip
    shown = desk("list").stdout
    assert [row["code"] for row in rows] == re.findall(r"^(\w{3}-\w{3}) ", shown, re.MULTILINE)
    assert shown.count("can go on") == 1
    assert shown.count("finished") == 3
    for more, codes in (
        (("--client", "Ana"), (1, 3)), (("--search", "cour"), (2,)), (("--limit", "1"), (0,)), (("--search", "%"), ()),
    ):  # fmt: skip
        assert [row["code"] for row in desk.record("list", *more)["sessions"]] == [rows[n]["code"] for n in codes], more


def test_what_is_not_there_is_exit_5_and_one_line(desk: Bakery) -> None:
    desk.add("Anastasia")
    for words in (("result",), ("result", "K7M-P3D"), ("list", "--client", "Ana")):
        desk.refused(5, *words)


# --- a hostile machine ---


@MODES
def test_a_home_that_cannot_be_made_is_refused_before_the_first_question(
    desk: Bakery, tmp_path: Path, plain: bool
) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    terminal = desk.started("--home", str(tmp_path / "file" / "home"), plain=plain)
    assert terminal.end() == 4
    assert terminal.settings_after == terminal.settings_before
    said = terminal.sent.replace("\r\n", "")
    assert str(tmp_path / "file") in said
    assert "Do you work in" not in said


NO_SOCKETS = """
import socket

class Refused(socket.socket):
    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        if fileno is None or not PAIRS:
            raise RuntimeError("a socket was asked for")
        super().__init__(family, type, proto, fileno)

    def connect(self, *words):
        raise RuntimeError("a connection was asked for")

    connect_ex = bind = sendto = connect

socket.socket = Refused
"""


def no_sockets(folder: Path, *, pairs: bool) -> dict[str, str]:
    """An environment in which every Python refuses sockets.

    `pairs`: allow the two unnamed ends with which an event loop wakes itself; they lead nowhere else.
    """
    (folder / "sitecustomize.py").write_text(f"PAIRS = {pairs}\n{NO_SOCKETS}", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(folder), "HOME": "/proc"}
    ask = [sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"]
    tried = subprocess.run(ask, env=environment, capture_output=True, text=True, check=False)
    assert "a socket was asked for" in tried.stderr
    return environment


@MODES
def test_s06_a_whole_sitting_opens_no_socket(desk: Bakery, tmp_path: Path, plain: bool) -> None:
    environment = no_sockets(tmp_path, pairs=not plain)
    terminal = desk.started(plain=plain, environment=environment, rows=100)
    terminal.skip_about()
    terminal.answer(1, "341255")
    finish(terminal)
    assert "Kept on this computer as " in terminal.sent
    assert desk.only().responses == desk.answered("341255")
    assert desk.record("result", env=environment)["answered"] == 6


WATCHED = "Zenobia Quill"


def test_s08_debug_tells_nothing_of_a_client_on_standard_error(desk: Bakery, tmp_path: Path) -> None:
    desk.add(WATCHED)
    first = desk.scored("--client", WATCHED, "--tag", "Whitby", "--debug")
    assert first.returncode == 0
    with desk.opened() as (clients, _):
        clients.note(WATCHED, "fears the telephone")
    before = every_file(tmp_path)
    of_her = f"result --client '{WATCHED}'"  # without a client it is said whose it is
    lines = ("list", of_her, "result 222-222", "result K7M-P3D", "resume", "list --search Zen")
    told = [first.stderr, *(desk(*shlex.split(words), "--debug").stderr for words in lines)]
    said = re.sub(r"\b[0-9A-Z]{3}-[0-9A-Z]{3}\b", "CODE", "\n".join(told))  # a code may happen to hold "B2"
    for private in (*WATCHED.split(), "Whitby", "telephone", "B2", *desk.items):
        assert private not in said
    assert every_file(tmp_path) == before
    assert not [file for file in before if file.suffix in (".log", ".txt", ".tmp")]


# --- S-05: any command line ---

LINES = times(200, 2000)
SLOW = ("catalogue simulate",)  # a study of thousands of people; its options are tried in tests/study
ALLOWED = (0, 2, 3, 4, 5)


@dataclass
class Fuzzer:
    """Writes command lines from what the program itself declares, and from nonsense."""

    chance: random.Random
    folder: Path
    values: list[str]

    def line(self) -> list[str]:
        name, command = self.chance.choice([one for one in EVERY.items() if one[0] not in SLOW])
        words = name.split()
        for parameter in command.params:
            if parameter.param_type_name == "argument":
                words += [self.value() for _ in range(self.chance.choice((0, 1, 1, 1, 2)))]
            elif self.chance.random() < 0.4:
                words += self.option(parameter)
        if self.chance.random() < 0.15:
            words.insert(
                self.chance.randint(0, len(words)), self.chance.choice(("--nonsense", "-x", "--", "--top=", ""))
            )
        where = ["--data", str(self.folder / "bakery")] if self.chance.random() < 0.8 else ["--data", self.value()]
        return [*words, *where, "--home", str(self.folder / self.chance.choice(("home", "empty", "file")))]

    def option(self, option: Any) -> list[str]:
        name = self.chance.choice(option.opts)
        if getattr(option, "is_flag", False):
            return [name]
        if hasattr(option.type, "choices") and self.chance.random() < 0.8:
            return [name, str(getattr(value := self.chance.choice(list(option.type.choices)), "value", value))]
        return [name, self.value()]

    def value(self) -> str:
        return self.chance.choice(self.values)


def test_s05_no_command_line_ends_in_a_traceback(
    desk: Bakery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    (tmp_path / "answers.json").write_text(desk.sheet(), encoding="utf-8")
    workplace = tmp_path / "work"
    workplace.mkdir()
    monkeypatch.chdir(workplace)
    desk.add("Ana")
    code = KEPT.search(desk.scored("--client", "Ana").stderr)
    assert code
    values = [
        code[1], "222-222", "Ana", "baker", "kneading", "at the oven", "-", "", " ", "0", "-1", "3", "1e99", "ü",
        "[/b]", "\x1b[2J", "../x", "a" * 300, "%s{0}", "12m", "=1+1", str(tmp_path / "answers.json"), str(tmp_path),
        "yes", "table", "--help",
    ]  # fmt: skip
    fuzzer = Fuzzer(random.Random(5), tmp_path, values)
    runner = CliRunner()
    seen = set()
    for _ in range(LINES):
        line = fuzzer.line()
        done = runner.invoke(app, line, input=desk.sheet())
        assert done.exit_code in ALLOWED, (line, done.output, done.exception)
        assert "Traceback" not in done.output, line
        seen.add(done.exit_code)
    assert seen == set(ALLOWED), "the lines do not try everything"
    record_property("command_lines", LINES)
    written = [file for file in every_file(workplace) if not file.name.endswith((".yaml", ".schema.json"))]
    assert {file.parent for file in written} <= {workplace}, "only a catalogue gets a folder of its own"


# --- the session of a client ---


@pytest.fixture
def two_clients(here: Run, home: Path) -> tuple[Desk, dict[str, str]]:
    """The code that each client's latest finished session has; a later one of Ana's is not finished, Cleo has none."""
    desk = Desk(here, home)
    desk.add("Ana", "Ben", "Cleo")
    codes: dict[str | None, str] = {}
    with opened(home) as database:
        for alias, values in (("Ana", "203143"), ("Ana", "440000"), ("Ben", "004400"), (None, "312204")):
            codes[alias] = begin(database, alias)
            for number, value in enumerate(values):
                enter(database, codes[alias], number, int(value))
            Sessions(database).finish(codes[alias])
        enter(database, begin(database, "Ana"), 0, 4)
    return desk, {str(alias): code for alias, code in codes.items()}


about_a_session = pytest.mark.parametrize(
    "words",
    [
        ("result",), ("why", "head_baker"), ("path",), ("path", "head_baker"), ("what-if", "dough=90"),
        ("what-if", "--reach", "head_baker"),
    ],
    ids=" ".join,
)  # fmt: skip


@about_a_session
def test_s04_a_page_is_the_same_bytes_again_and_changes_nothing(
    two_clients: tuple[Desk, dict[str, str]], bpo_quiz: Run, words: tuple[str, ...]
) -> None:
    desk, codes = two_clients
    kept = {file: file.read_bytes() for file in every_file(desk.home)}
    for form in ("json", "table", "plain")[: times(1, 3)]:
        one, other = (
            Desk(bpo_quiz, desk.home).done(*words, codes["Ana"], "--format", form, env=environment)
            for environment in ({"PYTHONHASHSEED": "0", "TZ": "UTC"}, {"PYTHONHASHSEED": "99", "TZ": "Asia/Tokyo"})
        )
        assert one == other != ""
    assert {file: file.read_bytes() for file in every_file(desk.home)} == kept


@about_a_session
def test_without_a_session_one_line_says_so(here: Run, home: Path, words: tuple[str, ...]) -> None:
    assert " start" in Desk(here, home).refused(5, *words)


@about_a_session
def test_a_client_stands_for_their_latest_finished_session(
    two_clients: tuple[Desk, dict[str, str]], words: tuple[str, ...]
) -> None:
    desk, codes = two_clients
    ana, ben = (desk.record(*words, "--client", alias) for alias in ("ANA", "BEN"))
    assert [ana, ben] == [desk.record(*words, codes[alias]) for alias in ("Ana", "Ben")]
    assert ana != ben
    for alias in ("Cleo", "Dan"):
        desk.refused(5, *words, "--client", alias)
    desk.refused(2, *words, codes["Ana"], "--client", "Ben")
