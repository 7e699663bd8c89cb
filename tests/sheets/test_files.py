"""Sheets as people have them: what spreadsheets, form services and pages write is read as it was meant, or not."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import at_times

from bpo_quiz.catalogue.find import folded
from bpo_quiz.errors import InputError
from bpo_quiz.sheets.files import files_of, sheets_of
from bpo_quiz.sheets.lines import LineFault, opened
from bpo_quiz.sheets.read_csv import reading

from .test_run import CATALOGUE, HEADER, ITEMS, both, sheet

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Sequence
    from pathlib import Path

    Program = Callable[..., subprocess.CompletedProcess[str]]

PEOPLE: dict[str, list[int | None]] = {
    "Ana, B": [n % 5 for n in range(64)],
    "P2": [None if n % 7 == 0 else n * n % 5 for n in range(64)],
}


def table(head: Sequence[str], cell: Callable[[int, int | None], str], **dialect: Any) -> str:
    out = io.StringIO(newline="")
    rows = ([name, *(cell(n, value) for n, value in enumerate(values))] for name, values in PEOPLE.items())
    csv.writer(out, **{"lineterminator": "\n", **dialect}).writerows([head, *rows])
    return out.getvalue()


def plain(value: int | None, higher: int = 0) -> str:
    return "" if value is None else str(value + higher)


def words(n: int, value: int | None) -> str:
    text = "" if value is None else CATALOGUE.items()[n].options[value]
    return f" {text.upper()}".replace("'", "\u2019").replace("-", "\u2010")


COMMAS = table(("id", *ITEMS), lambda _, value: plain(value))
PROMPTS = ["id", *(f"\u201c{item.prompt.replace(' ', '  ')}\u201d" for item in CATALOGUE.items())]
ONE_TO_FIVE = table(("id", *ITEMS), lambda _, value: plain(value, 1))

AS_PEOPLE_HAVE_THEM = {
    "commas": COMMAS,
    "semicolons": "\ufeff" + table(HEADER, lambda _, value: plain(value), delimiter=";", lineterminator="\r\n"),
    "tabs": table(HEADER, lambda _, value: plain(value), delimiter="\t"),
    "every cell in quotes": table(HEADER, lambda _, value: plain(value), quoting=csv.QUOTE_ALL),
    "carriage returns": COMMAS.replace("\n", "\r"),
    "a line for other spreadsheets": f"sep=,\n{COMMAS}",
    "rows of separators": COMMAS + ("," * 64 + "\n") * 3 + '"",' + "," * 63 + "\n",
    "decimals": table(("id", *ITEMS), lambda _, value: plain(value) and f"{value}.0"),
    "decimal commas": table(("id", *ITEMS), lambda _, value: plain(value) and f"{value},0", delimiter=";"),
    "NA": table(("id", *ITEMS), lambda n, value: plain(value) or ("NA", "n/a")[n % 2]),
    "1 to 5, as its first column says": table(("id (answers 1-5)", *ITEMS), lambda _, value: plain(value, 1) or "0"),
    "questions and options": table(PROMPTS, words),
}  # fmt: skip


def read(file: Path, *how: Any) -> dict[str, list[int | None]]:
    with opened(str(file)) as source:
        found = list(sheets_of(source, CATALOGUE, reading(*(how or (None, None)))))
    assert not any(isinstance(one, LineFault) for _, one in found), found
    return {one.id: [one.answers.responses.get(item) for item in ITEMS] for _, one in found}  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", AS_PEOPLE_HAVE_THEM)
def test_the_same_people_are_read_from_every_kind_of_file(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "sheet.csv"
    file.write_bytes(AS_PEOPLE_HAVE_THEM[kind].encode())
    assert read(file) == PEOPLE


def test_a_form_services_columns_are_named_once_and_passed_over_on_demand(bpo_quiz: Program, tmp_path: Path) -> None:
    file = tmp_path / "form.csv"
    lines = COMMAS.splitlines()
    file.write_text("\n".join(["Timestamp,Consent," + lines[0], *(f"2025-11-03,Yes,{one}" for one in lines[1:])]))
    done = bpo_quiz("score", str(file))
    assert (done.returncode, done.stdout, done.stderr.count("Timestamp")) == (3, "", 1)
    assert "add --ignore COLUMN to pass over a column, or --ignore others" in " ".join(done.stderr.split())
    for how in (["others"], ["timestamp", "Consent"]):
        assert read(file, None, how) == PEOPLE
    assert (
        "Columns that are passed over: Timestamp, Consent." in bpo_quiz("score", str(file), "--ignore", "others").stderr
    )


UNSURE, FIVE, PARTS = (
    "does not show whether 1 is the first",
    "is 5, and sheets have 0 to 4",
    "stands beside other decimals",
)


@pytest.mark.parametrize(
    ("text", "codes", "words"),
    [
        (ONE_TO_FIVE, None, FIVE),
        (ONE_TO_FIVE.replace(",,", ",0,"), None, FIVE),
        (ONE_TO_FIVE.replace("5", "4"), None, UNSURE),
        (COMMAS.replace("0", "0.0").replace(",1", ",1.5"), None, PARTS),
        (COMMAS.replace(",1", ",1.5").replace("3", "3.0"), "0-4", PARTS),
        (COMMAS.replace("id,", "id (answers 0-4),"), "1-5", "its first line says answers 0-4, and --codes 1-5"),
        (json.dumps({"format": "bpo-quiz/answers@1", "id": "a", "answers": {}}), "1-5", "answers in JSON are 0 to 4"),
        (ONE_TO_FIVE, "1-5", None),
        (ONE_TO_FIVE.replace(",,", ",0,"), "1-5", None),
        (COMMAS, "0-4", None),
    ],
)
def test_numbers_that_could_mean_something_else_are_not_scored(
    bpo_quiz: Program, tmp_path: Path, text: str, codes: str | None, words: str | None
) -> None:
    """Neither to a file nor to standard output, nor what came before in the same run."""
    file, first, out = tmp_path / "sheet.csv", tmp_path / "first.csv", tmp_path / "out.csv"
    file.write_text(text)
    first.write_text(COMMAS.replace("id,", "id (answers 0-4),"))
    more = ["--codes", codes] if codes else []
    if words is None:
        assert read(file, codes, None) == PEOPLE
        return
    for names in ([str(file)], [str(first), str(file)]):
        for place in ("-", str(out)):
            done = bpo_quiz("score", *names, "-o", place, *more)
            assert (done.returncode, done.stdout, out.exists()) == (3, "", False)
            assert words in " ".join(done.stderr.split()) or len(names) == 2


# --- Many files ---


def record(values: Sequence[int | None], **more: str) -> dict[str, Any]:
    return {"format": "bpo-quiz/answers@1", "answers": dict(zip(ITEMS, values, strict=True)), **more}


def test_folders_files_and_arrays_make_one_run(bpo_quiz: Program, tmp_path: Path) -> None:
    """A single answer file is called by its name; one that cannot be used is told, and all others are scored."""
    folder = tmp_path / "class"
    folder.mkdir()
    one, two = PEOPLE.values()
    (folder / "ana.json").write_text(json.dumps(record(one)))
    (folder / "ben.json").write_text(json.dumps(record(two, id="Ben"), indent=2))
    (folder / "cut.json").write_text(json.dumps(record(two), indent=2)[:-2])
    (folder / "photo.png").write_bytes(b"\x89PNG")
    array = tmp_path / "array.json"
    sheets = tmp_path / "sheets.csv"
    sheets.write_text(COMMAS.replace("P2", "c") + COMMAS.splitlines()[1])
    array.write_text(json.dumps([record(one, id="c"), record(two, id="d"), record(two), record(one, id="ana")]))
    assert files_of([str(folder), str(array)]) == (
        [str(folder / f"{name}.json") for name in ("ana", "ben", "cut")] + [str(array)], ["photo.png"],
    )  # fmt: skip
    done = bpo_quiz("score", str(folder), str(array), str(sheets), "--top", "1")
    scored = [row[0] for row in csv.reader(io.StringIO(done.stdout))][1:]
    assert scored == ["ana", "Ben", "c", "d", "ana", "Ana, B", "c", "Ana, B"]
    assert done.returncode == 3
    told = done.stderr.splitlines()
    assert any(line.startswith(f"{folder / 'cut.json'}: is not JSON") for line in told)
    assert f'{array}: record 3: id: should be a text; write "id": "..."' in told
    assert f"{array}: record 4: has the id of {folder / 'ana.json'}" in told
    assert f"{sheets}:3: has the id of {array}: record 1" in told
    assert f"{sheets}:4: has the id of line 2" in told
    assert "Passed over: photo.png." in told


# --- Files of another kind ---

SCORED = "id,rank,role,path,total,match,readiness,interest,flags\na,1,x,insight,1,1,1,1,\n"


@pytest.mark.parametrize(
    ("command", "content", "words"),
    [
        (["score"], b"PK\x03\x04\x14\0", "is a workbook (.xlsx or .ods); save it as CSV UTF-8"),
        (["score"], b"\xd0\xcf\x11\xe0\xa1\xb1", "is a workbook (.xls); save it as CSV UTF-8"),
        (["score"], b"%PDF-1.7\n", "is a PDF; bpo-quiz start --enter keys in"),
        (["score"], b"<!doctype html>\n", "is a web page; if it is the form, open it"),
        (["score"], ",".join(HEADER).encode(), "is a blank sheet; fill in a line for each person"),
        (["score"], SCORED.encode(), "is what bpo-quiz score wrote, no sheets"),
        (["start", "--answers"], COMMAS.encode(), "is a sheet, no answer file; bpo-quiz score FILE scores it"),
        (["start", "--answers"], b"PK\x03\x04\x14\0", "is a workbook (.xlsx or .ods)"),
        (["start", "--answers"], b"", "is empty; name a file that the form has saved"),
        (["cohort", "--from"], SCORED.replace(",", ";").encode(), "but saved again by another program"),
        (["cohort", "--from"], COMMAS.encode(), "is a file of sheets; bpo-quiz score FILE -o RESULTS.csv first"),
        (["cohort", "--from"], b'{"format":"bpo-quiz/answers@1"}', "is a file of sheets"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_called_by_its_name(
    bpo_quiz: Program, tmp_path: Path, command: list[str], content: bytes, words: str
) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    done = bpo_quiz(*command, str(file))
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith(str(file))
    assert words in " ".join(done.stderr.split())


def test_a_cohort_counts_people_by_their_latest_sheet(bpo_quiz: Program, tmp_path: Path) -> None:
    out, paths = tmp_path / "scored.csv", ["insight"] * 4 + ["back_office"] * 10
    rows = [f"p{n},1,x,{path},1,1,1,1," for n, path in enumerate(paths)]
    again = [f"p{n},1,x,insight,1,1,1,1," for n in (4, 4, 5)]
    for chosen, people, insight in ((rows + again, 14, 6), (rows[:4] * 2, None, None)):
        out.write_text("\n".join([SCORED.splitlines()[0], *chosen]))
        done = bpo_quiz("cohort", "--from", str(out), "--format", "json")
        found = json.loads(done.stdout)
        assert (found["people"], next((one["people"] for one in found["paths"] if one["path"] == "insight"), None)) == (
            people, insight,
        )  # fmt: skip
        assert "Ids stand twice: of each the latest sheet counts." in done.stderr


# --- Broken sheets ---


Kind = Callable[[str, str], str]
GOOD: list[Kind] = [
    lambda name, values: f"{name},{values}",
    lambda name, values: f'"{name}",{values}',
    lambda name, values: f'"{name}\n{name}, ""x""\r\n",{values}',
    lambda name, values: f'"{name}\n0{sheet(name, 7)}\n",{values}',
]
BROKEN: list[Kind] = [
    lambda name, values: f'{name[:1]}"{name},{values}',
    lambda name, values: f"{name},{values[:-9]}",
    lambda name, values: f"{name},x{values[1:]}",
    lambda name, values: f"{name},,{values}",
    lambda name, values: f"{name},{values[:40]}\n{values[40:]}",
    lambda name, values: f"{name},{values[:40]}\r{values[40:]}",
]
WITHOUT_END: list[Kind] = [
    lambda name, values: f'"{name},{values}',
    lambda name, values: f'"{name}" x,{values}',
    lambda name, values: f'"{name} "B"\nMonday",{values}',
    lambda name, values: f'{name[:1]}"{name},"{values}',
]


@at_times
@given(
    st.lists(st.sampled_from([*GOOD, *BROKEN]), max_size=8),
    st.lists(st.sampled_from(WITHOUT_END), max_size=1),
    st.sampled_from(["\n", "\r\n"]),
    st.randoms(use_true_random=False),
)
def test_broken_sheets_never_make_a_wrong_person_and_lose_no_line(
    kinds: list[Kind], fatal: list[Kind], end: str, dice: Any
) -> None:
    """Who is scored is a whole record of the file; every other line is told and kept; or nothing is scored at all."""
    kinds += fatal
    dice.shuffle(kinds)
    texts, people = [], {}
    for n, kind in enumerate(kinds):
        values = sheet("", dice.randrange(10**6))[1:]
        texts.append(kind(f"p{n}", values))
        if kind in GOOD:
            (cells,) = csv.reader(io.StringIO(texts[-1] + "\n", newline=""), strict=True)
            people[cells[0].replace("\r", "\\x0d").replace("\n", "\\x0a")] = (texts[-1], values)
    content = (end.join(texts) + end).encode()
    if fatal:
        with pytest.raises(InputError, match="does not"):
            both(content)
        return
    found = both(content)
    rows = list(csv.reader(io.StringIO(found.rows, newline="")))
    assert {row[0] for row in rows} == set(people)
    for name, (_, values) in people.items():
        alone = csv.reader(io.StringIO(both(f"x,{values}\n".encode()).rows, newline=""))
        assert [row[1:] for row in rows if row[0] == name] == [row[1:] for row in alone]
    broken = [text for kind, text in zip(kinds, texts, strict=True) if kind in BROKEN]
    assert found.rejected.decode().splitlines() == "\n".join(broken).splitlines()
    assert len(found.told) == sum(1 + text.count("\n") for text in broken)


@pytest.mark.parametrize("before", ["", "x" * 2**20])
def test_a_quote_that_never_closes_ends_a_long_file_as_a_whole(before: str) -> None:
    content = f'"{before}\n' + f"{sheet()}\n" * 9_000
    with pytest.raises(InputError, match="2: has a quote that does not close within 1 MiB"):
        both(content.encode())


def test_the_option_that_a_cell_nearly_has_is_named_for_the_first_cell_of_a_line() -> None:
    """Not for all of them: to look for it takes long, and an export with other options has it in every cell."""
    options = [CATALOGUE.items()[n].options[0] for n in range(64)]
    found = both(f"a,{','.join(f'{chr(34)}{option}!{chr(34)}' for option in options)}\n".encode())
    ((_, why),) = found.told
    assert why.endswith(f' (did you mean "{folded(options[0])}"?) (and 63 more)')
