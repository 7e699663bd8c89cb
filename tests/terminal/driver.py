"""A person at a real terminal: starts bpo-quiz in a pty, looks at what the screen shows, and presses keys."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import signal
import sys
import termios
import time
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import forked
import pexpect
import pytest
from pexpect.fdpexpect import fdspawn

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Item

    Run = Callable[..., subprocess.CompletedProcess[str]]

ABOUT = (
    "Do you work in", "How many years", "What is the highest", "How well do you", "Which languages", "How many words",
    "Which shifts", "Which contact", "Where could you", "Would you work to",
)  # fmt: skip
BAKERY = Path(__file__).parents[1] / "data" / "bakery"
"""A catalogue of another trade: 3 skills with 2 items each, 2 career paths, 3 roles, no interests."""
MODES = pytest.mark.parametrize("plain", [False, True], ids=["screens", "plain"])
CTRL_C, CTRL_D, UP, DOWN, LEFT, ENTER = "\x03", "\x04", "\x1b[A", "\x1b[B", "\x1b[D", "\r"
PROMPT = re.compile(r"q\s+quit\)?: ")  # the end of every prompt for a line
PATIENCE = 30.0
LEFT_WELL = re.compile(
    r"(?:Stopped\. (?!It is kept)[^.]+\.?|Stopped\."
    r"|(?:Saved\. Go on with|Stopped\. It is kept): bpo-quiz (?:--\S+ \S+ )*res(?:ume|ult) "
    r"(?P<code>[0-9A-Z]{3}-[0-9A-Z]{3})"
    r"(?: --enter)?)$"
)
_CONTROL = re.compile(r"\x1b\[([?>]?)([\d;]*)([A-Za-z])|\x1b\][^\x07]*\x07|\x1b[78=>c]|\x1b\(B")


class Screen:
    """Just enough of a terminal to know what a person sees: prompt_toolkit sends only the cells that change."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self.lines = [[" "] * columns for _ in range(rows)]
        self.row = self.column = 0
        self.cursor_questions = 0
        self._first: tuple[list[list[str]], int, int] | None = None
        self._rest = ""

    def feed(self, text: str) -> None:
        text = self._rest + text
        self._rest = ""
        at = 0
        while at < len(text):
            found = _CONTROL.match(text, at)
            if found:
                self._control(found[1], found[2] or "", found[3] or "")
                at = found.end()
            elif text[at] == "\x1b" and len(text) - at < 40:
                self._rest = text[at:]
                return
            else:
                self._put(text[at])
                at += 1

    def text(self) -> str:
        return "\n".join("".join(line).rstrip() for line in self.lines).strip("\n")

    def _put(self, character: str) -> None:
        if character == "\r":
            self.column = 0
        elif character == "\n":
            self._down()
        elif character == "\b":
            self.column = max(0, self.column - 1)
        elif character.isprintable():
            cells = 2 if unicodedata.east_asian_width(character) in "WF" else 1
            if self.column + cells > self.columns:
                self.column = 0
                self._down()
            self.lines[self.row][self.column] = character
            for n in range(1, min(cells, self.columns - self.column)):
                self.lines[self.row][self.column + n] = ""
            self.column += cells

    def _down(self) -> None:
        if self.row == self.rows - 1:
            self.lines = [*self.lines[1:], [" "] * self.columns]
        self.row = min(self.rows - 1, self.row + 1)

    def _control(self, private: str, arguments: str, final: str) -> None:
        numbers = [int(one) if one else 0 for one in arguments.split(";")]
        by = max(1, numbers[0])
        if private:
            self._mode(numbers, final)
        elif final == "H":
            self.row = min(self.rows, by) - 1
            self.column = min(self.columns, max(1, numbers[1] if len(numbers) > 1 else 1)) - 1
        elif final in "ABCD" and final:
            self.row = min(self.rows - 1, max(0, self.row + {"A": -by, "B": by}.get(final, 0)))
            self.column = min(self.columns - 1, max(0, self.column + {"C": by, "D": -by}.get(final, 0)))
        elif final == "J":
            self._erase(*((0, 0) if numbers[0] == 2 else (self.row, self.column)))
        elif final == "K":
            self.lines[self.row][self.column :] = [" "] * (self.columns - self.column)
        elif final == "n":
            self.cursor_questions += 1

    def _mode(self, numbers: list[int], final: str) -> None:
        """Only the second screen that full-screen programs draw on matters: leaving it brings the first one back."""
        if 1049 in numbers and final == "h":
            self._first = (self.lines, self.row, self.column)
            self.lines = [[" "] * self.columns for _ in range(self.rows)]
        elif 1049 in numbers and self._first is not None:
            self.lines, self.row, self.column = self._first

    def _erase(self, row: int, column: int) -> None:
        self.lines[row][column:] = [" "] * (self.columns - column)
        for n in range(row + 1, self.rows):
            self.lines[n] = [" "] * self.columns


class Forked(fdspawn):  # type: ignore[type-arg]
    """What `pexpect.spawn` is, for a run that is forked.

    Args:
        files: what a standard stream is redirected to, if to anything, by its number.
    """

    exitstatus: int | None = None
    signalstatus: int | None = None

    def __init__(
        self,
        forks: forked.Forks,
        words: Sequence[str],
        environment: Mapping[str, str],
        size: tuple[int, int],
        files: Mapping[int, Path | None],
    ) -> None:
        ours, theirs = os.openpty()
        super().__init__(ours, encoding="utf-8", codec_errors="replace", timeout=PATIENCE)
        self.setwinsize(*size)
        with contextlib.ExitStack() as opened:
            opened.callback(os.close, theirs)
            real = [opened.enter_context(file.open("wb")).fileno() if file else theirs for file in files.values()]
            self._child = forks.born(words, environment, (theirs, *real))
        self.pid = self._child.pid
        self.kill = self._child.kill

    def setwinsize(self, rows: int, columns: int) -> None:
        termios.tcsetwinsize(self.child_fd, (rows, columns))

    def wait(self) -> int:
        code = self._child.wait()
        self.exitstatus, self.signalstatus = (code, None) if code >= 0 else (None, -code)
        return code

    def close(self) -> None:
        super().close()
        self.wait()


class Terminal:
    """bpo-quiz running in a terminal of a given size.

    Args:
        plain: ask with lines, as `--enter` does too.
        output: a file that standard output is redirected to, as a shell's `>` does. errors: likewise standard error.
        from_shell: a person types the command into a shell.
        environment: added to the environment; None takes a variable out. With CI, as it is without a word, a result
            is followed by no line of keys.
    """

    def __init__(
        self,
        *words: str,
        plain: bool = False,
        columns: int = 80,
        rows: int = 30,
        output: Path | None = None,
        errors: Path | None = None,
        from_shell: bool = False,
        environment: Mapping[str, str | None] | None = None,
    ) -> None:
        changed = {**os.environ, "CI": "1", **(environment or {})}
        command = [sys.executable, "-m", "bpo_quiz", *words, *(["--plain"] if plain else [])]
        self.linear = plain or "--enter" in words
        whole = {name: value for name, value in changed.items() if value is not None}
        forks = None if from_shell else forked.forks()
        if forks is not None and forks.can(whole, *command):
            self.child: Forked | pexpect.spawn[str] = Forked(
                forks, command[3:], whole, (rows, columns), {1: output, 2: errors}
            )
        else:
            if output is not None:
                command = ["/bin/sh", "-c", 'exec "$@" > "$0"', str(output), *command]
            elif errors is not None:
                command = ["/bin/sh", "-c", 'exec "$@" 2> "$0"', str(errors), *command]
            elif from_shell:
                typed, command = shlex.join(command), ["/bin/bash", "--norc", "--noprofile", "-i"]
            self.child = pexpect.spawn(
                command[0], command[1:], env=whole, dimensions=(rows, columns), encoding="utf-8",
                codec_errors="replace", timeout=PATIENCE,
            )  # fmt: skip
            self.child.delaybeforesend = None
        self.settings_before = termios.tcgetattr(self.child.child_fd)
        self.screen = Screen(columns, rows)
        self.sent = ""
        self.heard = 0
        self.ended = False
        self.tells_position = True
        if from_shell:
            self.press(f"{typed}\r")

    def look(self) -> str:
        """What the screen shows now, after reading what has come."""
        self._read(0.0)
        return self.screen.text()

    def wait_for(self, *wanted: str | re.Pattern[str]) -> str:
        """Read until the screen shows all of it; the screen's text."""
        return self.wait_until(lambda shown: all(_shows(shown, one) for one in wanted), str(wanted))

    def wait_until(self, holds: Callable[[str], bool], what: str = "") -> str:
        end = time.monotonic() + PATIENCE
        while not holds(shown := self.screen.text()):
            if self.ended or time.monotonic() > end:
                raise AssertionError(
                    f"{what} never came; the screen shows:\n{shown}\nand the last that was sent:\n{self.sent[-500:]!r}"
                )
            self._read(0.2)
        return shown

    def hear(self, wanted: str | re.Pattern[str]) -> str:
        """Read on until this comes after all that was heard before; what came up to it. For linear output."""
        pattern = re.compile(re.escape(wanted)) if isinstance(wanted, str) else wanted
        self.wait_until(lambda _: pattern.search(self.sent, self.heard) is not None, repr(wanted))
        found = pattern.search(self.sent, self.heard)
        start, self.heard = self.heard, found.end() if found else self.heard
        return self.sent[start : self.heard]

    def press(self, keys: str) -> None:
        self.child.send(keys)

    # A person who answers

    def at(self, *wanted: str) -> str:
        """What stands there, once all of this does and can be answered."""
        if self.linear:
            return "".join(map(self.hear, wanted)) + self.hear(PROMPT)
        return self.wait_for(*(f" {one}" for one in wanted), "q quit")

    def at_review(self) -> str:
        return self.at("Look over your answers" if self.linear else "Your answers: ")

    def type(self, keys: str) -> None:
        """Keys, or a line of them."""
        self.press(f"{keys}\r" if self.linear else keys)

    def reply(self, wanted: str, keys: str) -> str:
        shown = self.at(wanted)
        self.type(keys)
        return shown

    def skip_about(self) -> None:
        """Skip all questions about the person."""
        for start in ABOUT:
            self.reply(start, "s")

    def answer(self, first: int, keys: Iterable[str]) -> None:
        """Answer questions with a key each, from a number on."""
        for number, key in enumerate(keys, first):
            self.reply(f"Question {number} of ", key)

    def leave(self, way: str | signal.Signals) -> None:
        if isinstance(way, signal.Signals):
            self.child.kill(way)
        else:
            self.press(f"{way}\r" if self.linear and way == "q" else way)

    def left_well(self, code: int = 130) -> str:
        """The last line of somebody who left: said once, and the terminal is as it was."""
        assert self.end() == code, self.screen.text()
        assert self.settings_after == self.settings_before
        for shown, hidden in (("\x1b[?25h", "\x1b[?25l"), ("\x1b[?2004l", "\x1b[?2004h")):
            assert self.sent.rfind(shown) >= self.sent.rfind(hidden), f"{hidden!r} was not undone"
        assert self.sent.count("\x1b[?1049h") == self.sent.count("\x1b[?1049l")
        assert "Traceback" not in self.sent
        shown = " ".join(_CONTROL.sub("", self.sent).split())
        last = LEFT_WELL.search(shown)
        assert last, self.screen.text()
        assert shown.count(last[0]) == 1
        return last[0]

    def quit(self) -> str:
        """Leave by the key, and well."""
        self.leave("q")
        return self.left_well()

    # What comes

    def pause(self, seconds: float) -> None:
        """Go on reading for a while, whatever comes."""
        end = time.monotonic() + seconds
        while not self.ended and time.monotonic() < end:
            self._read(0.05)

    def resize(self, columns: int, rows: int) -> None:
        self.screen = Screen(columns, rows)
        self.child.setwinsize(rows, columns)

    def end(self) -> int:
        """Read to the end; the exit code."""
        end = time.monotonic() + PATIENCE
        while not self.ended:
            if time.monotonic() > end:
                raise AssertionError(f"did not end; the screen shows:\n{self.screen.text()}")
            self._read(0.2)
        self.settings_after = termios.tcgetattr(self.child.child_fd)
        self.child.close()
        if self.child.exitstatus is None:
            raise AssertionError(f"was ended by signal {self.child.signalstatus}: {self.sent[-500:]!r}")
        return int(self.child.exitstatus)

    def _read(self, patience: float) -> None:
        while not self.ended:
            try:
                text = self.child.read_nonblocking(65536, patience)
            except pexpect.TIMEOUT:
                return
            except pexpect.EOF:
                self.ended = True
                return
            self.sent += text
            self.screen.feed(text)
            for _ in range(self.screen.cursor_questions if self.tells_position else 0):
                self.child.send(f"\x1b[{self.screen.row + 1};{self.screen.column + 1}R")
            self.screen.cursor_questions = 0
            patience = 0.0


def _shows(shown: str, wanted: str | re.Pattern[str]) -> bool:
    return wanted in shown if isinstance(wanted, str) else wanted.search(shown) is not None


def item_on(shown: str, catalogue: Catalogue) -> Item:
    """The item whose prompt stands in the text."""
    flat = " ".join(shown.split())
    (item,) = (item for item in catalogue.items() if item.prompt in flat)
    return item


@dataclass
class Plan:
    """What a careful person does: corrects two answers by going back, skips one, changes one on the review page.

    Attributes:
        seen: which item stood there, by the question's number.
    """

    seen: dict[int, Item] = field(default_factory=dict)
    corrected: tuple[int, int] = (5, 6)
    helped: int = 12
    skipped: int = 15
    by_arrows: int = 20
    reviewed: int = 3

    @property
    def final(self) -> dict[str, int | None]:
        """Item id -> the value that must be scored."""
        return {item.id: self.value(number) for number, item in self.seen.items()}

    def value(self, number: int) -> int | None:
        """The final answer to a question, 0-4."""
        return None if number == self.skipped else (3 * number + number // 7) % 5

    def key(self, number: int) -> str:
        """The key for the final answer."""
        value = self.value(number)
        return "s" if value is None else str(value + 1)

    def first_key(self, number: int) -> str:
        """The key at the first visit: a wrong one where it will be corrected."""
        if number in (*self.corrected, self.reviewed):
            return str(int(self.key(number)) % 5 + 1)
        return self.key(number)


def score_file(bpo_quiz: Run, answers: dict[str, int | None], about: dict[str, Any]) -> str:
    """The JSON of a result of these answers."""
    sheet = json.dumps({"format": "bpo-quiz/answers@1", "answers": answers, "about": about})
    done = bpo_quiz("start", "--answers", "-", "--format", "json", input=sheet)
    assert done.returncode == 0, done.stderr
    return done.stdout
