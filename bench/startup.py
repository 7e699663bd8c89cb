"""How long it takes to start, as whole processes: `startup.py [RUNS]` (15).

It installs the wheel and the peers (copier, commitizen, pipx) into environments of their own, since an installation
that can be edited compiles its modules and reads its YAML at each start. Every figure is the median of ratios to
`python -c pass`, run in turn. Copier asks a questionnaire of the same questions. Exit code 1 when a goal is missed.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import time
import timeit
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml
from figures import Figure, at_most, paired, printed, seconds
from watched import Watched

from bpo_quiz.catalogue.load import load
from bpo_quiz.sitting.about_form import AboutForm

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
ANSWERS = str(ROOT / "docs" / "example-answers.json")
RUNS = 15
PEERS = ("copier", "commitizen", "pipx")
FIRST_WORDS, FIRST_QUESTION = "a career quiz", "q quit"
KEYS = 40
_SETTLED = 0.5  # seconds; a key counts only where none is held down
_LINE = "? q leave"
_STEPS = (
    (150, "Enter on the review page to the first page and its keys", "\r", _LINE),
    (100, "a key to its page: why", "2", "Why "),
    (0, "", "q", _LINE),
    (50, "a key to its page: what if", "4", "Nothing here is kept"),
    (20, "a step of what if", "\x1b[C", "C1 *"),
    (0, "", "b", _LINE),
    (50, "a key to its page: roles", "1", "best first"),
    (20, "an arrow in the list of roles", "\x1b[B", "Not yet"),
)
"""Goal in ms, what is measured, the key, and what is shown then; without a name it only leads on."""

_BARE_SCRIPT = "import sys; sys.argv[1:] = ['--version']; from bpo_quiz.__main__ import main; main()"


_FIELDS = "x: int; y: float; name: str; parts: tuple = ()"
_A_DATACLASS = f"from dataclasses import dataclass\n@dataclass(frozen=True, slots=True)\nclass A: {_FIELDS}"
_A_NAMED_TUPLE = f"from typing import NamedTuple\nclass A(NamedTuple): {_FIELDS}"


class Installed(NamedTuple):
    """Folders of the programs of the two environments, and one to work in."""

    ours: Path
    peers: Path
    work: Path

    def program(self, *words: str) -> list[str]:
        """Our command line, with a store of its own."""
        return [str(self.ours / "bpo-quiz"), "--home", str(self.work / "home"), *words]

    def python(self) -> float:
        """What everything is measured in."""
        return seconds([str(self.ours / "python"), "-c", "pass"])


def install(folder: Path) -> Installed:
    """The wheel and the peers, each in a fresh environment."""
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist"))
    (wheel,) = (folder / "dist").glob("*.whl")
    for name, packages in (("ours", [str(wheel)]), ("peers", list(PEERS))):
        _run(sys.executable, "-m", "venv", str(folder / name))
        _run(str(folder / name / "bin" / "pip"), "install", "--quiet", *packages)
    return Installed(folder / "ours" / "bin", folder / "peers" / "bin", folder)


def _run(*words: str) -> None:
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - known programs


def questionnaire(folder: Path) -> Path:
    """Our questions for copier."""
    catalogue = load()
    asked = {
        question.key: {"type": "str", "help": question.prompt, "choices": [one.label for one in question.choices]}
        for question in AboutForm(catalogue).questions
    }
    items = {
        item.id.replace("-", "_"): {"type": "str", "help": item.prompt, "choices": list(item.options)}
        for item in catalogue.items()
    }
    folder.mkdir()
    (folder / "copier.yml").write_text(yaml.safe_dump({**asked, **items}, sort_keys=False), encoding="utf-8")
    return folder


def shown(command: list[str], *wanted: str) -> list[float]:
    """Seconds until each of these texts stands in a terminal."""
    watched = Watched(command)
    found = [watched.until(one) for one in wanted]
    watched.end()
    return found


def whole_commands(installed: Installed, runs: int) -> Iterator[Figure]:
    """Commands that end by themselves."""
    bare = [str(installed.ours / "python"), "-c", _BARE_SCRIPT]
    for what, goal, command in (
        ("`--version`", 1.3, [*installed.program()[:1], "--version"]),
        ("the same without the script of the installer, which imports `re`", 1.3, bare),
        ("`--help`", 15, installed.program("--help")),
        ("`roles`", 12, installed.program("roles")),
        ("`start --answers`, a full result with its certainty", 25, installed.program("start", "--answers", ANSWERS)),
    ):
        yield at_most(what, goal, paired(runs, lambda command=command: seconds(command), installed.python))  # type: ignore[misc]


def first_screens(installed: Installed, runs: int) -> Iterator[Figure]:
    """`start` in a terminal, beside `copier copy`."""
    copier = [str(installed.peers / "copier"), "copy", str(questionnaire(installed.work / "template"))]
    bases, words, questions, copiers = [], [], [], []
    for n in range(runs + 1):
        bases.append(installed.python())
        first, question = shown(installed.program("start"), FIRST_WORDS, FIRST_QUESTION)
        words.append(first)
        questions.append(question)
        copiers += shown([*copier, str(installed.work / f"copy{n}")], "Specialised work")
    yield at_most("`start`: first words", 8, ratio(words, bases), more=_in_milliseconds(words))
    yield at_most("`start`: first question", 17, ratio(questions, bases), more=_in_milliseconds(questions))
    yield at_most("`start`: first question, in times of `copier copy`", 0.45, ratio(questions, copiers))
    yield Figure("peer: `copier copy`, first question", "", f"{ratio(copiers, bases):.1f}")


def _in_milliseconds(taken: list[float]) -> str:
    return f" ({1000 * statistics.median(taken):.0f} ms)"


def ratio(one: list[float], other: list[float]) -> float:
    """The median of ratios, but for the first, which warms up."""
    return statistics.median(a / b for a, b in list(zip(one, other, strict=True))[1:])


def peers(installed: Installed, runs: int) -> Iterator[Figure]:
    """What others of the kind take to say their version and their help."""
    for peer in ("copier", "cz", "pipx"):
        for words in (["version"] if peer == "cz" else ["--version"], ["--help"]):
            ratio = paired(
                runs, lambda peer=peer, words=words: seconds([str(installed.peers / peer), *words]), installed.python
            )  # type: ignore[misc]
            yield Figure(f"peer: `{peer} {words[0]}`", "", f"{ratio:.1f}")


def scale(installed: Installed, runs: int) -> Iterator[Figure]:
    """What the libraries alone take, and two ways to make a record."""
    python = str(installed.ours / "python")
    for module in ("typer", "rich.table", "prompt_toolkit", "questionary"):
        found = paired(runs, lambda module=module: seconds([python, "-c", f"import {module}"]), installed.python)  # type: ignore[misc]
        yield Figure(f"scale: `import {module}` alone", "", f"{found:.1f}")
    times = min(timeit.repeat(_A_DATACLASS, number=50)) / min(timeit.repeat(_A_NAMED_TUPLE, number=50))
    yield Figure("scale: making a frozen dataclass, in times of a `NamedTuple`", "", f"{times:.1f}")


def keys(installed: Installed) -> Iterator[Figure]:
    """From a key to the next question on screen, with the answer saved in between."""
    watched = Watched(installed.program("start"))
    for _ in AboutForm(load()).questions:
        watched.until(FIRST_QUESTION)
        watched.press("s")
    taken = []
    for number in range(2, KEYS + 2):
        watched.until(FIRST_QUESTION)
        pressed = watched.press("3")
        taken.append(watched.until(f"Question {number} of") - pressed)
    watched.end()
    taken.sort()
    late = f" (the slowest of {KEYS}: {1000 * taken[-1]:.0f} ms)"
    yield at_most("key to next question, saved", 20, 1000 * statistics.median(taken), " ms", late)


def way_on(installed: Installed, runs: int) -> Iterator[Figure]:
    """From Enter on the review page to the whole first page, and from a key of its line to what the key shows."""
    subprocess.run(installed.program("start", "--answers", ANSWERS, "--tag", "bench"), check=True, capture_output=True)  # noqa: S603
    (code,) = re.findall(r"[0-9A-Z]{3}-[0-9A-Z]{3}", _said(installed.program("list", "--search", "bench")))
    taken: dict[tuple[str, float], list[float]] = {}
    for _ in range(runs):
        watched = Watched(installed.program("resume", code))
        watched.until("Your answers: ")
        time.sleep(2)  # as somebody takes who looks
        for goal, what, key, shown in _STEPS:
            pressed = watched.press(key)
            found = 1000 * (watched.until(shown) - pressed)
            if what:
                taken.setdefault((what, goal), []).append(found)
            time.sleep(_SETTLED)
        watched.end()
    for (what, goal), found in taken.items():
        yield at_most(what, goal, statistics.median(found), " ms")


def _said(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - known programs


def measured(runs: int = RUNS) -> Iterator[Figure]:
    """Everything, in times of `python -c pass` where no unit is named."""
    with tempfile.TemporaryDirectory() as folder:
        installed = install(Path(folder))
        yield from whole_commands(installed, runs)
        yield from first_screens(installed, runs)
        yield from keys(installed)
        yield from way_on(installed, max(3, runs // 3))
        yield from peers(installed, max(3, runs // 3))
        yield from scale(installed, max(3, runs // 3))


if __name__ == "__main__":
    raise SystemExit(printed(measured(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)))
