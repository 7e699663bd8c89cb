"""Line by line and with numpy, the same lines make the same bytes; every line is taken for what it is."""

from __future__ import annotations

import io
import json
import random
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import at_times

from bpo_quiz.catalogue.load import load
from bpo_quiz.errors import InputError
from bpo_quiz.sheets.lines import LONGEST_LINE, Source
from bpo_quiz.sheets.read_csv import CsvLines, read_header
from bpo_quiz.sheets.read_json import JsonLines
from bpo_quiz.sheets.run import Job, Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.sheets.read_csv import Columns

CATALOGUE = load()
ITEMS = [item.id for item in CATALOGUE.items()]
HEADER = ("id (answers 0-4)", *ITEMS)
WITH_ABOUT = ("about.years", *ITEMS[:40], "id (answers 0-4)", "about.english", *ITEMS[40:], "about.shifts")


class Found(NamedTuple):
    """What became of some lines."""

    rows: str
    rejected: bytes
    sheets: int
    faults: int
    told: list[tuple[int, str]]
    twice: list[tuple[int, int]]


def columns(names: Sequence[str]) -> Columns:
    return read_header(",".join(names).encode(), CATALOGUE, "sheets.csv")


def run(content: bytes, names: Sequence[str] | None, as_json: bool, with_chance: bool, numpy_from: int) -> Found:
    """Lines below a header, or JSON lines; results without their first line."""
    header = None if names is None else ",".join(names).encode()
    source = Source(io.BytesIO(content if header is None else header + b"\n" + content), "sheets.csv")  # type: ignore[arg-type]
    if header is not None:
        source.first_line()
    rows, rejected = io.BytesIO(), io.BytesIO()
    one = Run(Job(CATALOGUE, 3, as_json, with_chance), rows.write, rejected.write, numpy_from)
    reader = JsonLines(CATALOGUE) if names is None else CsvLines(columns(names), CATALOGUE)
    for _ in one.over(source, reader, None):
        pass
    text = rows.getvalue().decode()
    written = text if as_json else text.partition("\r\n")[2]
    return Found(written, rejected.getvalue(), one.sheets, one.faults, one.told, one.ids.twice(9))


def both(
    content: bytes, names: Sequence[str] | None = HEADER, *, as_json: bool = False, with_chance: bool = False
) -> Found:
    plain, quick = (run(content, names, as_json, with_chance, numpy_from) for numpy_from in (10**9, 0))
    assert quick == plain
    return plain


def sheet(identifier: str = "p1", seed: int = 1, changed: dict[str, str] | None = None) -> str:
    dice = random.Random(seed)
    values = {item: dice.choice("01234") for item in ITEMS} | (changed or {})
    return ",".join([identifier, *values.values()])


def one_line(line: str | bytes) -> Found:
    content = line if isinstance(line, bytes) else line.encode()
    return both(content + b"\n")


FIRST = "communication-1"

FAULTS = [
    (sheet(changed={FIRST: "5"}), 'communication-1: should be 0 to 4, or empty, not "5"'),
    (sheet(changed={FIRST: "-1"}), 'communication-1: should be 0 to 4, or empty, not "-1"'),
    (sheet(changed={FIRST: "x"}), 'communication-1: should be 0 to 4, or empty, not "x"'),
    (sheet(changed={FIRST: "7.0"}), 'communication-1: should be 0 to 4, or empty, not "7.0"'),
    (sheet(changed={FIRST: " 3"}), 'communication-1: should be 0 to 4, or empty, not " 3"; write 3'),
    (sheet(changed={FIRST: "3 "}), 'communication-1: should be 0 to 4, or empty, not "3 "; write 3'),
    (sheet(changed={FIRST: "03"}), 'communication-1: should be 0 to 4, or empty, not "03"'),
    (sheet(changed={FIRST: "1.5"}), 'communication-1: should be 0 to 4, or empty, not "1.5"'),
    (sheet(changed={FIRST: "\uff13"}), 'communication-1: should be 0 to 4, or empty, not "\uff13"'),
    (sheet(changed={FIRST: "٣"}), 'communication-1: should be 0 to 4, or empty, not "٣"'),
    (sheet(changed={FIRST: "\x1b[31m"}), 'communication-1: should be 0 to 4, or empty, not "\\x1b[31m"'),
    (
        sheet(changed={FIRST: "7", "communication-2": "8"}),
        'communication-1: should be 0 to 4, or empty, not "7" (and 1 more)',
    ),
    (sheet(""), "id: is empty; give every sheet an id of its own"),
    (sheet("x" * 201), "id: has 201 characters; 200 at most"),
    (sheet() + ",1", "has 66 cells, and the first line 65"),
    (sheet().rpartition(",")[0], "has 64 cells, and the first line 65"),
    ("p1", "has 1 cells, and the first line 65"),
    (sheet("a,b"), "has 66 cells, and the first line 65"),
    (sheet('a"b'), "has a quote amid a cell; write a quote within a cell twice, and the cell in quotes"),
    (sheet("a\rb"), "has a line break within a cell; take it out"),
    (sheet("a\0b"), "holds a NUL byte; export the file again as UTF-8 text"),
    (sheet().encode() + b"\0", "holds a NUL byte; export the file again as UTF-8 text"),
    (sheet("Jos\xe9").encode("latin-1"), "is not UTF-8 text; save the file as UTF-8"),
]


@pytest.mark.parametrize(("line", "why"), FAULTS, ids=[why[:40] for _, why in FAULTS])
def test_a_line_that_cannot_be_used(line: str | bytes, why: str) -> None:
    content = line if isinstance(line, bytes) else line.encode()
    found = both(sheet("before").encode() + b"\n" + content + b"\n" + sheet("after").encode() + b"\n")
    assert (found.told, found.faults, found.rejected) == ([(3, why)], 1, content + b"\n")
    assert found.sheets == 2
    assert ids_of(found) == ["before", "after"]


def ids_of(found: Found) -> list[str]:
    return list(dict.fromkeys(row.split(",")[0] for row in found.rows.split("\r\n")[:-1]))


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("p1", "p1"),
        ("p 1", "p 1"),
        ('"p1"', "p1"),
        ('"a,b"', '"a,b"'),
        ('"say ""hi"""', '"say ""hi"""'),
        ("José", "José"),
        ("李", "李"),
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("a;=1+cmd", "a;'=1+cmd"),
        ("a; @x;b", "a;' @x;b"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("-5", "'-5"),
        (" p1", "' p1"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("x" * 65, "x" * 65),
        ("\u202ep1", "\\u202ep1"),
        ("ü" * 200, "ü" * 200),
        ("é" * 32, "é" * 32),
        ("{0} %s ${HOME}", "{0} %s ${HOME}"),
    ],
)
def test_u05_an_id_is_kept_and_is_never_a_formula(written: str, cell: str) -> None:
    found = both(f"{sheet(written)}\n{sheet('other')}\n".encode())
    assert found.sheets == 2
    assert found.rows.startswith(f"{cell},1,")
    assert both(f"{sheet(written)}\n".encode(), as_json=True).sheets == 1


def test_an_answer_in_quotes_is_an_answer() -> None:
    assert one_line(sheet(changed={FIRST: '"3"'})).rows == one_line(sheet(changed={FIRST: "3"})).rows


@pytest.mark.parametrize("content", ["{0}\n{1}\n", "{0}\n{1}", "{0}\r\n{1}\r\n", "{0}\r\n{1}\r", "{0}\n\n\r\n{1}\n\n"])
def test_line_ends_of_every_kind_and_empty_lines(content: str) -> None:
    found = both(content.format(sheet("a", 1), sheet("b", 2)).encode())
    assert found.rows == both(f"{sheet('a', 1)}\n{sheet('b', 2)}\n".encode()).rows
    assert (found.sheets, found.faults) == (2, 0)


def test_rejects_keep_their_line_ends_and_the_last_gets_one() -> None:
    bad = sheet(changed={FIRST: "9"})
    assert both(f"{bad}\r\n{bad}\n{bad}".encode()).rejected == f"{bad}\r\n{bad}\n{bad}\n".encode()


def test_only_the_first_faults_are_told_and_all_are_counted() -> None:
    found = both((sheet(changed={FIRST: "9"}) + "\n").encode() * 50)
    assert (len(found.told), found.faults, found.told[-1][0]) == (20, 50, 21)


def test_a_line_that_is_too_long_is_kept_whole_and_told_once() -> None:
    long = b"x" * (4 * LONGEST_LINE)
    for end in (b"\n", b"\r\n" + sheet("b").encode() + b"\n", b""):
        found = both(sheet("a").encode() + b"\n" + long + end)
        assert found.told == [(3, "is longer than 1 MiB; a sheet has a few hundred bytes")]
        assert found.rejected.rstrip(b"\r\n") == long
        assert found.rejected.endswith(b"\n")
        assert ids_of(found) == (["a", "b"] if b"b" in end else ["a"])


ALIKE = ["3"] * 64


@pytest.mark.parametrize(
    ("values", "silence", "flags"),
    [
        ([""] * 64, "too few answers", ["incomplete"]),
        (["3", "3", *[""] * 62], "too few answers", ["no spread", "incomplete"]),
        (ALIKE, "all alike", ["long run", "no spread"]),
    ],
)
def test_a_sheet_that_says_too_little_gets_no_ranks(values: list[str], silence: str, flags: list[str]) -> None:
    line = ",".join(["p1", *values])
    row = f"p1,,,,,,,,{';'.join([silence, *flags])}"
    assert one_line(line).rows == f"{row}\r\n"
    assert both(line.encode(), with_chance=True).rows == f"{row},\r\n"
    wanted = {"format": "bpo-quiz/scored@1", "id": "p1", "silence": silence, "flags": flags, "roles": []}
    assert json.loads(both(line.encode(), as_json=True).rows) == wanted


def test_a_sheet_between_two_that_are_alike_keeps_its_ranks() -> None:
    alike, usual = ",".join(["a", *ALIKE]), sheet("b", 2)
    rows = both(f"{alike}\n{usual}\n{alike}\n".encode()).rows
    assert rows == one_line(alike).rows + one_line(usual).rows + one_line(alike).rows


def test_a_quick_form_whose_answers_are_all_alike_gets_no_ranks() -> None:
    quick = record("quick", form="quick", answers=dict.fromkeys(ITEMS[:30], 2))
    assert both(f"{quick}\n".encode(), None).rows.startswith("quick,,,,,,,,all alike;")


def test_without_interest_answers_the_cell_is_empty() -> None:
    values = dict.fromkeys((item for item in ITEMS if item.startswith("interest")), "")
    cells = one_line(sheet(changed=values)).rows.split("\r\n")[0].split(",")
    assert cells[7] == ""
    assert cells[8].endswith("incomplete")
    assert cells[4] == cells[5]


def test_ids_that_stand_twice_are_found_however_they_were_read() -> None:
    lines = [sheet("a"), sheet("é"), sheet(""), sheet('"a"', 2), sheet('"é"', 3), sheet("a", 4)]
    assert both("\n".join(lines).encode()).twice == [(5, 2), (6, 3), (7, 2)]


@pytest.mark.parametrize("about", [("2.5", "B2", "day night"), ("", "", ""), ("3", '"C1"', "none")])
def test_what_is_told_about_a_person_is_checked_and_changes_nothing(about: tuple[str, str, str]) -> None:
    _, *values = sheet().split(",")
    line = ",".join([about[0], *values[:40], "p1", about[1], *values[40:], about[2]])
    assert both(line.encode(), WITH_ABOUT).rows == one_line(sheet()).rows


@pytest.mark.parametrize(
    ("about", "why"),
    [
        (("x", "", ""), 'about.years: should be a number from 0 to 70, not "x"'),
        (("71", "", ""), "about.years: should be a number from 0 to 70, not 71.0"),
        (("", "B3", ""), 'about.english: "B3" is not known (did you mean "B1"?)'),
        (("", "", "day noon"), 'about.shifts: "noon" is not known (known: day, evening, night, weekend)'),
        (("", "x" * 90, ""), "about.english: "),
    ],
)
def test_what_is_told_wrongly_is_refused(about: tuple[str, str, str], why: str) -> None:
    _, *values = sheet().split(",")
    line = ",".join([about[0], *values[:40], "p1", about[1], *values[40:], about[2]])
    ((number, told),) = both(line.encode(), WITH_ABOUT).told
    assert number == 2
    assert told.startswith(why) if why.endswith(" ") else "did you mean" in why or told == why


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("none", None),
        ("es:C1 fil:C2", None),
        ("", None),
        ("es", 'about.languages: es: "" is not known (one of: A1, A2, B1, B2, C1, C2)'),
        ("es:C9", 'about.languages: es: "C9" is not known (one of: A1, A2, B1, B2, C1, C2)'),
        ("Spanish:C1", 'about.languages: "Spanish" is not a code of a language beside English, such as "es"'),
    ],
)
def test_languages_stand_in_a_cell_with_their_levels(cell: str, why: str | None) -> None:
    columns = ("id", "about.languages", *ITEMS)
    identifier, values = sheet().split(",", 1)
    found = both(f"{identifier},{cell},{values}".encode(), columns)
    assert [told for _, told in found.told] == ([why] if why else [])


def some_line() -> st.SearchStrategy[str]:
    cell = st.sampled_from(["0", "1", "2", "3", "4", "", '"1"', "5", " 1", "x"])
    good = st.lists(st.sampled_from("01234"), min_size=64, max_size=64)
    mixed = st.lists(cell, min_size=63, max_size=65)
    alike = st.builds(lambda one, n, other: [*[one] * n, other, *[one] * (63 - n)], cell, st.integers(0, 63), cell)
    text = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=70)
    name = text.filter(lambda one: ',"' not in f",{one}")  # a quote that does not close ends everything
    usual = st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True)
    return st.builds(
        lambda one, values: ",".join([one, *values]), st.one_of(usual, usual, name), st.one_of(good, mixed, alike)
    )


@at_times
@given(st.lists(some_line(), max_size=6), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_lines_make_the_same_bytes_with_both(lines: list[str], end: str, as_json: bool) -> None:
    both(end.join(lines).encode(), as_json=as_json)


# --- JSON lines ---


def record(identifier: object = "p1", **more: object) -> str:
    answers = {item: n % 5 for n, item in enumerate(ITEMS)}
    return json.dumps({"format": "bpo-quiz/answers@1", "id": identifier, "answers": answers, **more})


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "is not JSON: "),
        ("[]", "is not an answer file; "),
        (record(), None),
        (record(5), 'id: should be a text; write "id": "..."'),
        (record(None), 'id: should be a text; write "id": "..."'),
        (record(""), "id: is empty; "),
        (record("\ud800"), "id: "),
        (
            record(answers={"communication-1": 5}),
            "answers.communication-1: should be a whole number 0 to 4, or null, not 5; the first option is 0",
        ),
        (record(answers={"communication-1": 3.0}), "answers.communication-1: should be a whole number"),
        (
            record(answers={"comunication-1": 3}),
            'answers.comunication-1: no such item (did you mean "communication-1"?)',
        ),
        (record(extra=1), "extra: not a known key"),
        (record(about={"english": "Z9"}), 'about.english: "Z9" is not known'),
        ('{"id": "a", "id": "b"}', 'the key "id" stands twice; keep one of them'),
        ('{"id": NaN}', "NaN is not a number that can be used"),
        ("[" * 100_000, "is nested too deep"),
        ('{"id": ' + "9" * 5000 + "}", "a number has 5000 digits"),
    ],
)
def test_a_json_line(line: str, why: str | None) -> None:
    found = both(f"{line}\n{record('other')}\n".encode(), None)
    told = [words for _, words in found.told]
    assert told == [] if why is None else told[0].startswith(why)
    assert found.sheets + found.faults == 2


def test_times_and_the_quick_form_are_heeded() -> None:
    times = dict.fromkeys(ITEMS, 0.5)
    quick = {"form": "quick", "answers": {item: n % 4 for n, item in enumerate(ITEMS[:14])}}
    found = both(f"{record('fast', times=times)}\n{record('quick', **quick)}\n".encode(), None)
    rows = found.rows.split("\r\n")
    assert rows[0].endswith("median time;fast answers")
    assert [row.split(",")[0] for row in rows[:-1]].count("quick") == 3 or "quick,,,,,,,,too few answers" in rows[3]


def test_chances_are_the_last_cell() -> None:
    rows = [row.split(",") for row in both(f"{sheet()}\n".encode(), with_chance=True).rows.split("\r\n")[:-1]]
    assert len(rows) == 3
    assert 0 < sum(float(row[-1]) for row in rows) <= 1


# --- Headers ---


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (["id", "comunication-1"], 'comunication-1: no such column (did you mean "communication-1"?)'),
        (["id", "communication-1", "communication-1"], "communication-1: stands twice; keep one of them"),
        (["id", "id", "communication-1"], "id: stands twice; keep one of them"),
        (["communication-1"], 'has no column "id"'),
        (["ID", "communication-1"], 'ID: no such column (did you mean "id"?)\nsheets.csv:1: has no column "id"; '),
        (["id"], "names no item"),
        (["id", "about.english"], "names no item"),
        (["id", "communication-1", ""], "column 3 has no name"),
        (["id|communication-1"], "has | between its columns"),
        (["id", "communication-1", "about.englsh"], 'about.englsh: no such column (did you mean "about.english"?)'),
        (["id", "communication-1", "x\x1b"], "x\\x1b: no such column"),
        (["id", "communication-1", '"a'], "a cell begins with a quote and does not end with one, "),
    ],
)
def test_a_header_that_cannot_be_used(names: list[str], why: str) -> None:
    with pytest.raises(InputError) as raised:
        columns(names)
    assert str(raised.value).startswith(f"sheets.csv:1: {why}")


@pytest.mark.parametrize(("bad", "more"), [(2, None), (5, None), (6, "and 1 more"), (60, "and 55 more")])
def test_what_is_wrong_with_a_header_is_named_five_at_most(bad: int, more: str | None) -> None:
    with pytest.raises(InputError) as raised:
        columns(["id", FIRST, *(f"zz{n}" for n in range(bad))])
    wanted = [f"sheets.csv:1: zz{n}: no such column" for n in range(min(bad, 5))]
    wanted += [f"sheets.csv:1: {more}; mend these first"] if more else []
    assert str(raised.value).splitlines()[:-1] == wanted


def test_items_may_come_in_any_order_and_some_may_be_missing() -> None:
    few = [*ITEMS[::-2], HEADER[0]]
    found = both((",".join("3" if n % 3 else "1" for n in range(32)) + ",p1").encode(), few)
    values = dict.fromkeys(ITEMS, "") | {item: "3" if n % 3 else "1" for n, item in enumerate(few[:-1])}
    assert found.rows == one_line(",".join(["p1", *values.values()])).rows
    assert len(columns(few).items) == 32
