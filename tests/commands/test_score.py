"""`bpo-quiz score` and `cohort --from`, as processes with real files."""

from __future__ import annotations

import contextlib
import csv
import functools
import gzip
import io
import itertools
import json
import os
import random
import re
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bpo_quiz.catalogue.load import load
from bpo_quiz.sheets.rows import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .desk import Run

ITEMS = [item.id for item in load().items()]
HEADER = ",".join(["id (answers 0-4)", *ITEMS])
MANY = 2_000
PROGRAM = [sys.executable, "-m", "bpo_quiz"]


def line(identifier: str, seed: int, missing: float = 0.0) -> str:
    dice = random.Random(seed)
    return ",".join([identifier, *("" if dice.random() < missing else dice.choice("01234") for _ in ITEMS)])


def write(file: Path, lines: list[str]) -> Path:
    file.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def few(tmp_path: Path) -> Path:
    return write(tmp_path / "few.csv", [line("a", 1), line("b", 2, 0.2), line("c", 3, 0.9), line("d", 4)])


@pytest.fixture
def unread(tmp_path: Path) -> Path:
    """Sheets that cannot be read as a profile, and one that can."""
    alike, empty = (",".join([name, *[value] * 64]) for name, value in (("alike", "2"), ("empty", "")))
    few = ",".join(["two", "2", "2", *[""] * 62])
    return write(tmp_path / "unread.csv", [alike, line("a", 1), empty, few])


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def names_in(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


def answers(sheet: str) -> dict[str, Any]:
    values = sheet.split(",")[1:]
    told = {item: int(value) for item, value in zip(ITEMS, values, strict=True) if value}
    return {"format": "bpo-quiz/answers@1", "answers": told}


def alone(here: Run, record: dict[str, Any]) -> Any:
    """What `start` says of a single sheet."""
    return json.loads(here("start", "--answers", "-", "--format", "json", input=json.dumps(record)).stdout)


def test_a_file_is_scored_as_one_by_one(bpo_quiz: Run, here: Run, few: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    done = bpo_quiz("score", str(few), "-o", str(out), "--top", "4")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.split() == f"4 sheets scored, in {out}.".split()
    assert out.read_bytes().startswith((",".join(COLUMNS) + "\r\n").encode())
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert names_in(tmp_path) == {few.name, out.name}
    for sheet in few.read_text().splitlines()[1:]:
        assert_as_alone(sheet, alone(here, answers(sheet)), out.read_text(), 4)


def test_sheets_that_start_does_not_rank_get_no_ranks(here: Run, unread: Path) -> None:
    text = here("score", str(unread), "--top", "4").stdout
    for sheet in unread.read_text().splitlines()[1:]:
        assert_as_alone(sheet, alone(here, answers(sheet)), text, 4)
    assert [row["flags"] for row in rows(text) if not row["rank"]] == [
        "all alike;long run;no spread", "too few answers;incomplete", "too few answers;no spread;incomplete",
    ]  # fmt: skip


def assert_as_alone(sheet: str, told: dict[str, Any], text: str, top: int) -> None:
    """A whole sheet is ranked as `start` ranks it; another one has the same numbers, by Total, and says so."""
    found = [row for row in rows(text) if row["id"] == sheet.split(",")[0]]
    flags = ";".join([*(flag["rule"] for flag in told["flags"]), *["incomplete"] * told["by_belief"]])
    known = [role for role in told["roles"] if role["total"] is not None]
    wanted = sorted(known, key=lambda role: (-role["total"], -role["readiness"], role["role"]))[:top]
    assert told["by_belief"] or wanted == told["roles"][:top]
    if not wanted or told["silence"] == "all alike":
        (row,) = found
        assert list(row.values())[1:] == [""] * 7 + [";".join(filter(None, (told["silence"], flags)))]
        return
    assert [(row["rank"], row["role"], row["path"]) for row in found] == [
        (str(n), role["role"], role["path"]) for n, role in enumerate(wanted, 1)
    ]
    for row, role in zip(found, wanted, strict=True):
        assert row["flags"] == flags
        for number in ("total", "match", "readiness"):
            assert float(row[number]) == pytest.approx(role[number], abs=1e-9)
        assert (float(row["interest"]) if row["interest"] else None) == pytest.approx(role["interest"], abs=1e-9)


def test_sheets_come_from_standard_input_and_gzip_and_results_go_to_standard_output(
    bpo_quiz: Run, here: Run, few: Path, tmp_path: Path
) -> None:
    packed = tmp_path / "few.csv.gz"
    packed.write_bytes(gzip.compress(few.read_bytes()))
    done = here("score", str(few))
    assert len(rows(done.stdout)) == 16
    assert done.stderr == "4 sheets scored.\n"
    assert here("score", str(packed)).stdout == done.stdout
    for words in ((), ("-o", "-")):
        assert bpo_quiz("score", "-", *words, input=few.read_text()).stdout == done.stdout.replace("\r\n", "\n")


def test_json_lines_in_and_out(here: Run, few: Path, tmp_path: Path) -> None:
    file = tmp_path / "few.jsonl"
    sheets = few.read_text().splitlines()[1:]
    file.write_text("".join(json.dumps({**answers(one), "id": one[0]}) + "\n" for one in sheets))
    assert here("score", str(file)).stdout == here("score", str(few)).stdout
    records = [json.loads(one) for one in here("score", str(file), "--format", "jsonl").stdout.splitlines()]
    assert [one["id"] for one in records] == ["a", "b", "c", "d"]
    first = alone(here, answers(sheets[0]))["roles"][0]
    assert records[0]["roles"][0]["total"] == pytest.approx(first["total"], abs=1e-12)


def quick_form(answer: Callable[[int], int]) -> dict[str, Any]:
    told = {item: answer(n) % 5 for n, item in enumerate(ITEMS[:30])}
    return {"format": "bpo-quiz/answers@1", "form": "quick", "answers": told}


def test_a_quick_form_is_ranked_as_start_ranks_it(here: Run) -> None:
    """By its chances, not by Total, as far as enough is known."""
    quick = quick_form(lambda n: n * n)
    ranked = list(itertools.takewhile(lambda role: role["total"] is not None, alone(here, quick)["roles"][:9]))
    found = rows(here("score", "-", "--certainty", "--top", "9", input=json.dumps(quick | {"id": "a"})).stdout)
    assert [(row["role"], float(row["p_first"])) for row in found] == [(one["role"], one["p_first"]) for one in ranked]
    totals = [float(row["total"]) for row in found]
    assert totals != sorted(totals, reverse=True)


def test_a_quick_form_whose_likeliest_role_is_not_known_gets_no_ranks(here: Run) -> None:
    """As in `start`, also where there is a role of which more is known."""
    quick = quick_form(lambda n: 4 * n + n // 3)
    told = alone(here, quick)
    assert [role["total"] is None for role in told["roles"][:2]] == [True, False]
    (row,) = rows(here("score", "-", input=json.dumps(quick | {"id": "a"})).stdout)
    assert (told["silence"], row["rank"], row["flags"].split(";")[0]) == ("too few answers", "", "too few answers")


NO_NUMPY = "import sys; sys.modules['numpy'] = None; from bpo_quiz.commands.app import app; app()"


def test_the_same_bytes_however_it_is_done_and_what_would_be_faster_is_told_once(bpo_quiz: Run, tmp_path: Path) -> None:
    """Under 1,000 sheets numpy is not used."""
    sheets = [line(f"p{n}", n, 0.1 if n % 3 else 0.0) for n in range(600)]
    part, whole = write(tmp_path / "part.csv", sheets), write(tmp_path / "whole.csv", [*sheets, *sheets])
    with_numpy = bpo_quiz("score", str(whole), "--top", "1")
    without = subprocess.run([sys.executable, "-c", NO_NUMPY, "score", str(whole), "--top", "1"],
                             capture_output=True, encoding="utf-8", check=False)  # fmt: skip
    assert with_numpy.stdout.startswith(bpo_quiz("score", str(part), "--top", "1").stdout)
    assert without.stdout == with_numpy.stdout
    assert (with_numpy.stderr.count("numpy"), without.stderr.count("pip install numpy")) == (0, 1)
    assert without.stderr.endswith(with_numpy.stderr)


def test_numpy_is_not_loaded_for_a_class(few: Path) -> None:
    code = "import sys; sys.argv = ['bpo-quiz', 'score', sys.argv[1]]\nfrom bpo_quiz.commands.app import app\n"
    code += "try: app()\nfinally: print('numpy' in sys.modules, 'rich' in sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, str(few)], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "False False"


def test_bad_lines_are_told_counted_and_kept(here: Run, tmp_path: Path) -> None:
    bad = [line("b", 2)[:-1] + "7", "c,1", line("e", 5).replace(",", ";")]
    file = write(tmp_path / "in.csv", [line("a", 1), *bad[:2], line("d", 4), bad[2]])
    out, rejects = tmp_path / "out.csv", tmp_path / "rejects.csv"
    done = here("score", str(file), "-o", str(out), "--rejects", str(rejects))
    assert done.returncode == 3
    told = [one for one in done.stderr.splitlines() if one.startswith(f"{file}:")]
    assert told[:3] == [
        f'{file}:3: {ITEMS[-1]}: should be 0 to 4, or empty, not "7"',
        f"{file}:4: has 2 cells, and the first line 65",
        f"{file}:6: has 1 cells, and the first line 65",
    ]
    assert told[3] == f"{file}: 3 lines could not be used, all others are scored; they are kept in {rejects}"
    assert {row["id"] for row in rows(out.read_text())} == {"a", "d"}
    assert rejects.read_text() == "\n".join([HEADER, *bad]) + "\n"
    assert stat.S_IMODE(rejects.stat().st_mode) == 0o600
    mended = [line("b", 2), line("c", 1), line("e", 5)]
    rejects.write_text(rejects.read_text().replace("\n".join(bad), "\n".join(mended)))
    assert [row["id"] for row in rows(here("score", str(rejects), "--top", "1").stdout)] == ["b", "c", "e"]


def test_many_bad_lines_are_told_by_twenty_and_a_count(here: Run, tmp_path: Path) -> None:
    done = here("score", str(write(tmp_path / "in.csv", ["x"] * 3_000)))
    assert done.returncode == 3
    told = done.stderr.splitlines()
    assert sum("has 1 cells" in one for one in told) == 20
    assert "and 2,980 more lines" in told
    assert any("3,000 lines could not be used" in one for one in told)


def test_ids_that_stand_twice_are_told_and_every_sheet_is_scored(here: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "in.csv", [line("a", 1), line("b", 2), line("a", 3), '"a"' + line("", 4)])
    done = here("score", str(file), "--top", "1")
    assert done.returncode == 3
    assert f"{file}:4: has the id of line 2\n{file}:5: has the id of line 2\n" in done.stderr
    assert [row["id"] for row in rows(done.stdout)] == ["a", "b", "a", "a"]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", 3, "is empty"),
        (b"\n\n", 3, "is empty"),
        (b"\xef\xbb\xbf", 3, "is empty"),
        ("id\n".encode("utf-16"), 3, "is not UTF-8 text"),
        (f"{HEADER}\n".encode(), 3, "is a blank sheet"),
        (HEADER.encode(), 3, "is a blank sheet"),
        (f"\ufeff{HEADER}\r\n{line('a', 1)}\r\n".encode(), 0, "1 sheet scored"),
        (f'"id",{",".join(ITEMS)}\n{line("a", 1)}'.encode(), 0, "1 sheet scored"),
        (f"{HEADER},{ITEMS[0]}\n".encode(), 3, "stands twice"),
        (b"id,comunication-1\n", 3, 'no such column (did you mean "communication-1"?)'),
        (b"\x1f\x8bxxxx", 3, "damaged gzip"),
        (b"x" * (2 * 2**20), 3, "is longer than 1 MiB"),
        (b"\0" * 100, 3, "holds a NUL byte"),
        (b"\x89PNG\r\n\x1a\n", 3, "is not UTF-8 text"),
    ],
)
def test_what_a_file_can_be(here: Run, tmp_path: Path, content: bytes, code: int, words: str) -> None:
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_bytes(content)
    done = here("score", str(file), "-o", str(out))
    assert done.returncode == code, done.stderr
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert names_in(tmp_path) == ({"in.csv", "out.csv"} if code == 0 else {"in.csv"})


def test_gzip_that_ends_early_leaves_nothing(here: Run, tmp_path: Path) -> None:
    packed = gzip.compress(write(tmp_path / "in.csv", [line(f"p{n}", n) for n in range(MANY)]).read_bytes())
    file = tmp_path / "in.csv.gz"
    file.write_bytes(packed[: len(packed) // 2])
    done = here("score", str(file), "-o", str(tmp_path / "out.csv"), "--rejects", str(tmp_path / "rejects.csv"))
    assert done.returncode == 3
    assert "is damaged gzip" in done.stderr
    assert names_in(tmp_path) == {"in.csv", "in.csv.gz"}


def test_files_are_never_replaced_by_accident(here: Run, few: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("mine")
    done = here("score", str(few), "-o", str(out))
    assert (done.returncode, out.read_text()) == (2, "mine")
    assert "add --force" in done.stderr
    assert here("score", str(few), "-o", str(out), "--force").returncode == 0
    assert out.read_text().startswith("id,rank")


@pytest.mark.parametrize(
    "words",
    [
        ["-o", "IN"],
        ["-o", "IN", "--force"],
        ["-o", "out.csv", "--rejects", "out.csv"],
        ["--rejects", "IN", "--force"],
        ["-o", "out.csv.gz"],
        ["-o", ""],
        ["--continue"],
        ["--top", "0"],
    ],
)
def test_calls_that_make_no_sense(here: Run, few: Path, words: list[str]) -> None:
    before = few.read_bytes()
    os.chdir(few.parent)
    done = here("score", str(few), *(str(few) if word == "IN" else word for word in words))
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert few.read_bytes() == before


def test_a_file_that_cannot_be_read(here: Run, tmp_path: Path) -> None:
    for place, code in (("missing.csv", 3), (str(tmp_path), 3), ("", 2)):
        done = here("score", place)
        assert done.returncode == code, (place, done.stderr)
        assert "Traceback" not in done.stderr


def test_p01_a_named_pipe_is_read_and_one_that_nobody_writes_is_told(bpo_quiz: Run, few: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    done = bpo_quiz("score", str(pipe))
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith(f"{pipe}: nobody writes to this pipe; ")
    with subprocess.Popen(["sh", "-c", f"sleep 0.5; cat {few} > {pipe}"]):
        assert bpo_quiz("score", str(pipe)).stdout == bpo_quiz("score", str(few)).stdout
    shell = f"{' '.join(PROGRAM)} score <(sleep 0.5; cat {few})"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True)
    assert done.stderr == "4 sheets scored.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_f05_a_full_disk_ends_it_with_4(few: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bpo_quiz", "score", str(few)], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 4
    assert b"Traceback" not in done.stderr


def test_a_folder_that_is_not_there_is_what_is_named(here: Run, few: Path, tmp_path: Path) -> None:
    done = here("score", str(few), "-o", str(tmp_path / "nowhere" / "out.csv"))
    assert done.returncode == 4
    assert done.stderr == f"{tmp_path / 'nowhere'}: there is no such place; create the folder first\n"


def test_t06_a_reader_that_has_enough(tmp_path: Path) -> None:
    file = write(tmp_path / "in.csv", [line(f"p{n}", n) for n in range(MANY)])
    command = f"{sys.executable} -m bpo_quiz score {file} | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)  # noqa: S602
    assert (done.stdout, done.stderr) == (",".join(COLUMNS) + "\n", "")


# --- Stopping ---


@pytest.fixture(scope="module")
def long_text() -> bytes:
    """Sheets for more than 2 MiB; every 1,000th cannot be used."""
    tails = [line("", n) for n in range(200)]
    sheets = ["x,1" if n % 1000 == 7 else f"p{n}{tails[n % 200]}" for n in range(20_000)]
    return "\n".join([HEADER, *sheets, ""]).encode()


def largest(folder: Path) -> int:
    """Bytes of the largest file there."""
    return max((one.stat().st_size for one in folder.iterdir()), default=-1)


@contextlib.contextmanager
def waiting_run(words: list[str], content: bytes, folder: Path, least: int) -> Iterator[subprocess.Popen[bytes]]:
    """A run that has read what comes through a pipe, has written so many bytes, and waits for more."""
    with subprocess.Popen([*PROGRAM, *words], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            assert process.stdin is not None
            process.stdin.write(content)
            process.stdin.flush()
            deadline = time.monotonic() + 60
            while largest(folder) < least and time.monotonic() < deadline:
                time.sleep(0.001)
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGKILL, -9)]
)
def test_f03_a_stopped_run_leaves_nothing(
    bpo_quiz: Run, long_text: bytes, tmp_path: Path, sign: signal.Signals, code: int
) -> None:
    """When it is killed a temporary file is left, which the next run takes away."""
    out, rejects = tmp_path / "out.csv", tmp_path / "rejects.csv"
    words = ["score", "-", "-o", str(out), "--rejects", str(rejects), "--top", "1"]
    with waiting_run(words, long_text[: 2 * 2**20], tmp_path, 100_000) as process:
        process.send_signal(sign)
        assert process.stderr is not None
        told = process.stderr.read().decode()
        assert process.wait(60) == code
    if sign is signal.SIGKILL:
        assert all(name.startswith(".bpo-quiz-") for name in names_in(tmp_path))
    else:
        assert re.fullmatch(r"\s*Stopped after [\d,]+ sheets; nothing is kept\.\n", told)
        assert names_in(tmp_path) == set()
    done = bpo_quiz(*words, input=long_text.decode())
    assert done.returncode == 3, done.stderr
    assert "20 lines could not be used" in done.stderr
    assert out.read_text().count("\n") == 19_981
    assert rejects.read_text() == HEADER + "\n" + "x,1\n" * 20
    assert names_in(tmp_path) == {"out.csv", "rejects.csv"}


@pytest.mark.parametrize("pause", [0, 0.0001, 0.001, 0.01])
def test_who_stops_before_the_first_sheets_leaves_nothing(tmp_path: Path, pause: float) -> None:
    """Also at the very moment in which the files are made."""
    words = ["score", "-", "-o", str(tmp_path / "out.csv")]
    with waiting_run(words, (HEADER + "\n").encode() + b"x" * 1000, tmp_path, 0) as process:
        time.sleep(pause)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert b"Stopped before" in process.stderr.read()
        assert process.wait(60) == 130
    assert names_in(tmp_path) == set()


def test_f04_a_full_disk_leaves_nothing(long_text: bytes, tmp_path: Path) -> None:
    limit = functools.partial(resource.setrlimit, resource.RLIMIT_FSIZE, (2**20, 2**20))
    words = [*PROGRAM, "score", "-", "-o", str(tmp_path / "out.csv"), "--rejects", str(tmp_path / "rejects.csv")]
    full = subprocess.run(words, input=long_text, capture_output=True, preexec_fn=limit, check=False)
    assert full.returncode == 4
    assert b"no space is left" in b" ".join(full.stderr.split())
    assert b"Traceback" not in full.stderr
    assert names_in(tmp_path) == set()


def test_f09_two_runs_for_one_file_do_not_mix(bpo_quiz: Run, few: Path, long_text: bytes, tmp_path: Path) -> None:
    """The one that is whole first has the name; the other is told, and leaves nothing."""
    out = tmp_path / "out.csv"
    with waiting_run(["score", "-", "-o", str(out)], long_text, tmp_path, 100_000) as first:
        assert bpo_quiz("score", str(few), "-o", str(out)).returncode == 0
        before = out.read_bytes()
        assert first.stdin is not None
        assert first.stderr is not None
        first.stdin.close()
        assert b"is there already" in first.stderr.read()
        assert first.wait(60) == 2
    assert out.read_bytes() == before
    assert names_in(tmp_path) == {few.name, out.name}


# --- cohort --from ---


@pytest.fixture
def scored(here: Run, tmp_path: Path) -> Path:
    sheets = [line(f"p{n}", n) for n in range(60)]
    sheets += [",".join([f"alike{n}", *["2"] * 64]) for n in range(6)] + [
        ",".join([f"empty{n}", *[""] * 64]) for n in range(3)
    ]
    file = tmp_path / "scored.csv"
    assert here("score", str(write(tmp_path / "in.csv", sheets)), "-o", str(file)).returncode == 0
    return file


def cohort(bpo_quiz: Run, file: Path, *words: str) -> dict[str, Any]:
    done = bpo_quiz("cohort", "--from", str(file), "--format", "json", *words)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_scored_file_is_summed_up(here: Run, scored: Path) -> None:
    found = cohort(here, scored)
    assert found["people"] == 60
    assert found["unread"] == {"too few answers": None, "all alike": 6}
    assert sum(path["people"] for path in found["paths"]) + found["other_paths"] == 60
    assert all(path["people"] >= 5 for path in found["paths"])
    assert found["other_paths"] == 0 or found["other_paths"] >= 5


def test_json_lines_gzip_and_standard_input_sum_up_the_same(bpo_quiz: Run, scored: Path, tmp_path: Path) -> None:
    wanted = cohort(bpo_quiz, scored)
    records = tmp_path / "scored.jsonl"
    assert bpo_quiz("score", str(tmp_path / "in.csv"), "-o", str(records), "--format", "jsonl").returncode == 0
    assert cohort(bpo_quiz, records) == wanted
    packed = tmp_path / "scored.csv.gz"
    packed.write_bytes(gzip.compress(scored.read_bytes()))
    assert cohort(bpo_quiz, packed) == wanted
    done = bpo_quiz("cohort", "--from", "-", "--format", "json", input=scored.read_text())
    assert json.loads(done.stdout) == wanted


def test_few_answers_that_are_alike_count_as_too_few_in_both_formats(here: Run, tmp_path: Path) -> None:
    sheets = [",".join([f"two{n}", "2", "2", *[""] * 62]) for n in range(5)]
    sheets += [",".join([f"alike{n}", *["2"] * 64]) for n in range(6)]
    file = write(tmp_path / "in.csv", sheets)
    for form in ("csv", "jsonl"):
        out = tmp_path / f"scored.{form}"
        assert here("score", str(file), "-o", str(out), "--format", form).returncode == 0
        assert cohort(here, out)["unread"] == {"too few answers": 5, "all alike": 6}


def test_a_file_of_the_time_when_alike_sheets_had_ranks_is_read(here: Run, tmp_path: Path) -> None:
    row = "1,project_manager,insight,91,91,91,91,long run;no spread"
    file = tmp_path / "scored.csv"
    file.write_text("\r\n".join([",".join(COLUMNS), *(f"p{n},{row}" for n in range(5)), ""]))
    assert cohort(here, file)["unread"] == {"too few answers": None, "all alike": 5}


def test_a_summary_says_what_a_scored_file_does_not_hold(here: Run, scored: Path) -> None:
    words = " ".join(here("cohort", "--from", str(scored)).stdout.split())
    assert "Everyone: 60 people" in words
    assert "A scored file does not hold skill scores" in words
    assert "Not counted in, because the answers cannot be read (all alike): 6." in words
    assert "too few answers" not in words
    table = here("cohort", "--from", str(scored), "--format", "csv").stdout
    assert {row["part"] for row in rows(table)} == {"people", "path", "flag", "unread"}


def test_too_few_sheets_are_not_shown(here: Run, few: Path, tmp_path: Path) -> None:
    file = tmp_path / "scored.csv"
    here("score", str(few), "-o", str(file))
    assert "fewer than 5" in here("cohort", "--from", str(file)).stdout
    found = cohort(here, file)
    assert (found["people"], found["paths"], found["flags"]) == (None, [], {})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("id,rank\n", ":1: is not a file that bpo-quiz score wrote"),
        (",".join(COLUMNS) + "\na,1,x,nowhere,1,1,1,1,\n", ':2: "nowhere" is no career path of this catalogue'),
        (",".join(COLUMNS) + "\na,1\n", ":2: is not a file"),
        ('{"format":"bpo-quiz/scored@1"}\n', ":1: is not a file"),
        ('{"format":"bpo-quiz/scored@1","roles":5,"flags":[]}\n', ":1: is not a file"),
        ("{\n", ":1: is not a file"),
        ("", ": is empty"),
    ],
)
def test_other_files_are_refused(here: Run, tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "other"
    file.write_text(content)
    done = here("cohort", "--from", str(file))
    assert (done.returncode, done.stdout) == (3, "")
    assert f"{file}{words}" in done.stderr


def test_a_scored_file_has_no_tags_and_months(here: Run, scored: Path) -> None:
    for words in (["--tag", "x"], ["--by", "month"], ["--since", "2026-01"]):
        assert here("cohort", "--from", str(scored), *words).returncode == 2
