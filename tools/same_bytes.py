"""Says whether the wheel computes the same bytes on every Python from 3.11 on that is found: `same_bytes.py WHEEL`.

Python 3.12 adds floats more exactly than 3.11, and correlates them in another way; a result must not show it. Where
only one Python is found, nothing can be compared, and it says so.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

OLDEST, LATEST = 11, 30
EXAMPLE = Path(__file__).parents[1] / "docs" / "example-answers.json"
SHEETS = 6
ROLES = ("trainer", "medical_coder", "team_leader")
WHO = ("--client", "T-1", "--format", "json")


def found_pythons() -> dict[str, str]:
    """Version -> program, one of each minor version: this one, those on the PATH, of pyenv, and of uv."""
    home, minors = Path.home(), range(OLDEST, LATEST)
    programs = [sys.executable, *(shutil.which(f"python3.{minor}") or "" for minor in minors)]
    for folder in (home / ".pyenv" / "versions", home / ".local" / "share" / "uv" / "python"):
        programs += (str(program) for program in sorted(folder.glob("*/bin/python3")))
    if uv := shutil.which("uv"):
        asked = [uv, "python", "find", "--no-python-downloads"]
        programs += (run([*asked, f"3.{minor}"], check=False).strip() for minor in minors)
    ask = "import sys, venv; print(*sys.version_info[:3], sys.implementation.name)"
    found: dict[int, tuple[str, str]] = {}
    for program in filter(None, programs):
        *version, kind = run([program, "-c", ask], check=False).split() or [""]
        if kind == "cpython" and version[0] == "3" and int(version[1]) >= OLDEST:
            found.setdefault(int(version[1]), (".".join(version), program))
    return dict(found[minor] for minor in sorted(found))


def run(words: list[str], *, check: bool = True, cwd: Path | None = None) -> str:
    """What a program writes to standard output; empty where it fails and may."""
    done = subprocess.run(  # noqa: S603 - Pythons that are here, and our own program
        words, capture_output=True, text=True, check=False, cwd=cwd, stdin=subprocess.DEVNULL
    )
    if done.returncode and check:
        raise SystemExit(f"{' '.join(words)}: {done.stdout}{done.stderr}")
    return "" if done.returncode else done.stdout


def installed(python: str, wheel: Path, folder: Path) -> Path | None:
    """The program, from the wheel, in an environment of its own, without numpy; None where it cannot be installed."""
    run([python, "-m", "venv", "--without-pip", str(folder)])
    pip = [sys.executable, "-m", "pip", "--quiet", "--python", str(folder / "bin" / "python")]
    run([*pip, "install", str(wheel)], check=Path(python) == Path(sys.executable))
    program = folder / "bin" / "bpo-quiz"
    return program if program.exists() else None


def write_inputs(folder: Path) -> list[Path]:
    """Answer sheets, made from numbers that depend on a seed alone, and all of them as CSV."""
    example = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    rows = [["id", *example["answers"]]]
    files = [EXAMPLE]
    for seed in range(SHEETS):
        dice = random.Random(seed)  # noqa: S311 - answers, not secrets
        answers = {item: int(dice.random() * 5) if dice.random() < 0.95 else None for item in example["answers"]}
        files.append(folder / f"sheet-{seed}.json")
        files[-1].write_text(json.dumps({**example, "form": ("full", "quick")[seed == 0], "answers": answers}))
        rows.append([f"p{seed}", *("" if value is None else str(value) for value in answers.values())])
    (folder / "sheets.csv").write_text("".join(",".join(row) + "\n" for row in rows))
    return files


def results(program: Path, files: list[Path], folder: Path, home: Path) -> dict[str, str]:
    """Command -> what it writes: whole results, why, path, what-if, and scored sheets."""
    own = shutil.copytree(home, folder / "home")
    inside = [str(program), "--home", str(own)]
    commands = [["start", "--no-save", "--answers", str(file), "--format", "json"] for file in files]
    commands += [[command, role, *WHO] for command in ("why", "path") for role in ROLES]
    commands += [["what-if", "communication=75", "coaching=20", *WHO], ["what-if", "--reach", ROLES[0], *WHO]]
    commands += [["score", str(files[-1].with_name("sheets.csv")), "--format", form] for form in ("csv", "jsonl")]
    commands += [["score", str(files[-1].with_name("sheets.csv")), "--certainty"]]
    return {" ".join(words): run([*inside, *words], cwd=folder) for words in commands}


def main() -> int:
    """0: the same everywhere; 1: not."""
    wheel, pythons = Path(sys.argv[1]).resolve(), found_pythons()
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(2) as two:
        work, home = Path(place), Path(place) / "home"
        made = two.map(lambda name: installed(pythons[name], wheel, work / name), pythons if len(pythons) > 1 else ())
        programs = {name: program for name, program in zip(pythons, made, strict=False) if program}
        for name in [name for name in pythons if name not in programs and len(pythons) > 1]:
            print(f"Python {name}: what the wheel needs cannot be installed")
        if len(programs) < 2:
            print("only one Python is here; nothing to compare it with")
            return 0
        files = write_inputs(work)
        first = [str(next(iter(programs.values()))), "--home", str(home)]
        run([*first, "client", "add", "T-1", "--consent-given"])
        run([*first, "start", "--answers", str(files[-1]), *WHO])
        told = list(two.map(lambda name: results(programs[name], files, work / name, home), programs))
    differ = [command for command in told[0] if len({one[command] for one in told}) > 1]
    for command in differ:
        print(f"other bytes: {command}")
    print(f"{len(told[0])} results compared on Python {', '.join(programs)}: {len(differ)} differ")
    return 1 if differ else 0


if __name__ == "__main__":
    raise SystemExit(main())
