from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpo_quiz.answers import strict_json
from bpo_quiz.answers.answer_file import from_record, read_answers, to_record
from bpo_quiz.answers.model import FORMS, About, Answers
from bpo_quiz.catalogue.load import load
from bpo_quiz.clean import clean
from bpo_quiz.errors import InputError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable
    from pathlib import Path

    Program = Callable[..., subprocess.CompletedProcess[str]]

FORMAT = "bpo-quiz/answers@1"
SHIPPED = load()
ITEMS = sorted(item.id for item in SHIPPED.items())
ABOUT: dict[str, Any] = {
    "current_role": "customer_service_rep", "years": 2, "fields": ["back_office"], "english": "B2",
    "languages": {"es": "C1", "ceb": "C2"}, "education": "bachelor",
    "shifts": ["day", "night"], "channel": ["voice"], "site": ["office", "home"],
    "targets": True, "licences": ["PMP"], "typing": 45.5,
}  # fmt: skip


def sheet(answers: str = "{}", about: str = "{}", **more: str) -> str:
    rest = "".join(f', "{key}": {value}' for key, value in more.items())
    return f'{{"format": "{FORMAT}", "form": "full", "answers": {answers}, "about": {about}{rest}}}'


def value(text: str) -> str:
    """A sheet with this as the value of an item."""
    return sheet(f'{{"communication-1": {text}}}')


def told(text: str) -> str:
    """A sheet with this told about the person."""
    return sheet(about=f"{{{text}}}")


def about(keys: Iterable[str]) -> About:
    """What is told under these keys of `ABOUT`."""
    told: dict[str, Any] = {key: tuple(ABOUT[key]) if isinstance(ABOUT[key], list) else ABOUT[key] for key in keys}
    return About(**told)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers.json"


def read(text: str | bytes, file: Path) -> Answers:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_answers(str(file), SHIPPED)


def refusal(text: str | bytes, file: Path) -> str:
    with pytest.raises(InputError) as caught:
        read(text, file)
    line = str(caught.value)
    assert line == clean(line)  # one line, and nothing that could steer a terminal
    assert line.startswith(f"{file}:")
    return line.removeprefix(f"{file}:").strip()


# What is read


def test_a_sheet_holds_values_skips_and_what_was_told(file: Path) -> None:
    answers = read(sheet('{"communication-1": 3, "communication-2": null}', json.dumps(ABOUT)), file)
    responses = {"communication-1": 3, "communication-2": None}
    assert answers == Answers(responses, about(ABOUT), "full")


def test_only_format_and_answers_are_needed_and_null_is_not_told(file: Path) -> None:
    assert read(f'{{"format": "{FORMAT}", "answers": {{}}}}', file) == Answers({}, About())
    assert read(sheet(about=json.dumps(dict.fromkeys(ABOUT)), catalogue="null"), file) == Answers({}, About())


def test_several_choices_are_kept_once_and_in_one_order(file: Path) -> None:
    found = read(told('"shifts": ["weekend", "day", "weekend"], "site": [], "languages": {}'), file).about
    assert (found.shifts, found.site, found.languages) == (("day", "weekend"), (), {})


def test_another_catalogue_sees_the_kinds_of_work_that_it_knows(file: Path) -> None:
    answers = read(told('"fields": ["back_office", "leadership"]'), file)
    fewer = {path: one for path, one in SHIPPED.paths.items() if path != "leadership"}
    assert answers.as_seen_by(SHIPPED._replace(paths=fewer)).about.fields == ("back_office",)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_byte_order_mark_and_line_endings_of_other_systems_are_fine(file: Path, ending: str) -> None:
    text = value("0").replace(", ", f",{ending}")
    assert read(b"\xef\xbb\xbf" + text.encode(), file).responses == {"communication-1": 0}


@given(
    responses=st.dictionaries(st.sampled_from(ITEMS), st.none() | st.integers(0, 4)),
    keys=st.sets(st.sampled_from(sorted(ABOUT))),
    form=st.sampled_from(FORMS),
    times=st.dictionaries(st.sampled_from(ITEMS), st.floats(0, 120)),
    asked=st.sampled_from([None, SHIPPED.sha256]),
)
def test_what_is_written_is_read_back_equal(
    responses: dict[str, int | None], keys: set[str], form: str, times: dict[str, float], asked: str | None
) -> None:
    answers = Answers(responses, about(keys), form, times, asked)
    text = json.dumps(to_record(answers))
    assert from_record(strict_json.parse(text, "x"), SHIPPED, "x") == answers


# What is refused

NO_FORMAT = 'is not an answer file; it should begin {"format": "bpo-quiz/answers@1", ...'
NO_ANSWERS = "answers: should be an object of item ids and values 0 to 4, or null"
NO_TEXTS = "about.licences: should be a list of short texts"
SHIFTS_ARE = "(known: day, evening, night, weekend)"
REFUSED = {
    **{
        value(text): f"answers.communication-1: should be a whole number 0 to 4, or null, not {shown}"
        for text, shown in (
            ("5", "5; the first option is 0"), ("-1", "-1"), ('"3"', '"3"'), ("3.0", "3.0"), ("true", "true"),
            ("false", "false"), ("[1]", "a list"), ("{}", "an object"), ("1e0", "1.0"), ("-0.0", "-0.0"),
            ("1e999", "inf"), ("9" * 4_000, "9" * 20 + "..."),
        )
    },
    **{
        value(word): f"{word} is not a number that can be used; write a value from 0 to 4, or null"
        for word in ("NaN", "Infinity", "-Infinity")
    },
    **{
        place % ("1" * 5_000): "a number has 5000 digits; write a value from 0 to 4, or null"
        for place in (value("%s"), sheet('{"x": %s}'))
    },
    **{
        text: f'the key "{key}" stands twice; keep one of them'
        for text, key in (
            (sheet('{"communication-1": 1, "communication-1": 1}'), "communication-1"),
            (sheet('{"\\u0063ommunication-1": 1, "communication-1": 2}'), "communication-1"),
            (told('"years": 1, "years": 2'), "years"),
            (sheet().replace('"form": "full"', '"answers": {}'), "answers"),
        )
    },
    **dict.fromkeys(
        (bracket + "[" * 200_000 for bracket in ("[", '{"a":', '{"format": "bpo-quiz/answers@1", "answers": [')),
        "is nested too deep",
    ),
    '{"answers": ' + "[" * 200_000 + "]" * 200_000 + "}": "is nested too deep",
    **dict.fromkeys(
        ("[]", "3", "null", '"bpo-quiz/answers@1"', "{}", '{"answers": {}}', sheet().replace("@1", "@2"),
         '{"format": 1}'),
        NO_FORMAT,
    ),
    f'{{"format": "{FORMAT}"}}': NO_ANSWERS,
    sheet("[]"): NO_ANSWERS,
    sheet(about="[]"): "about: should be an object, such as {}",
    sheet(about="null"): "about: should be an object, such as {}",
    sheet().replace('"full"', '"ful"'): 'form: should be full or quick, not "ful"',
    sheet().replace('"full"', "null"): "form: should be full or quick, not null",
    sheet().replace('"full"', '["full"]'): "form: should be full or quick, not a list",
    sheet().replace('"form"', '"from"'): 'from: not a known key (did you mean "form"?)',
    sheet('{"comunication-1": 3}'): 'answers.comunication-1: no such item (did you mean "communication-1"?)',
    sheet('{"\\ud800": 3}'): "answers.\\ud800: no such item",
    sheet('{"communication-1": 7, "communication-2": 8}', '{"years": -1}'): (
        "answers.communication-1: should be a whole number 0 to 4, or null, not 7 (and 2 more)"
    ),
    sheet(times="[]"): "times: should be an object of item ids and seconds",
    sheet(times='{"comunication-1": 1}'): 'times.comunication-1: no such item (did you mean "communication-1"?)',
    **{
        sheet(times=f'{{"patience-1": {text}}}'): f"times.patience-1: should be seconds, 0 to 120, not {shown}"
        for text, shown in (("-1", "-1"), ("121", "121"), ('"3"', '"3"'), ("true", "true"), ("1e999", "inf"))
    },
    sheet('{"long-gone": 1}', catalogue=f'"0123456789ab{"0" * 52}"'): (
        "catalogue: these questions were of another catalogue (0123456789ab) than this one "
        f"({SHIPPED.sha256[:12]}); name that one with --data, or take this line out if they are the same (and 1 more)"
    ),
    **{
        sheet(catalogue=odd): f"catalogue: should be 64 hexadecimal digits, not {shown}"
        for odd, shown in (("1", "1"), ('"short"', '"short"'), ("[]", "a list"), (f'"{"A" * 64}"', f'"{"A" * 40}..."'))
    },
    told('"current_role": "ceo"'): 'about.current_role: "ceo" is not known',
    told('"current_role": "team_laed"'): 'about.current_role: "team_laed" is not known (did you mean "team_lead"?)',
    told('"current_role": ["team_lead"]'): "about.current_role: a list is not known",
    told('"current_role": false'): "about.current_role: false is not known",
    **{
        told(f'"years": {text}'): f"about.years: should be a number from 0 to 70, not {shown}"
        for text, shown in (("-1", "-1"), ("71", "71"), ('"2"', '"2"'), ("true", "true"), ("1e999", "inf"))
    },
    told('"english": "b2"'): 'about.english: "b2" is not known (did you mean "B2"?)',
    told('"english": "D1"'): 'about.english: "D1" is not known (one of: A1, A2, B1, B2, C1, C2)',
    told('"english": "\\u009b31m"'): 'about.english: "\\x9b31m" is not known (one of: A1, A2, B1, B2, C1, C2)',
    told('"languages": ["es"]'): (
        'about.languages: should be an object of languages and levels, such as {"es": "C1"}, not a list'
    ),
    told('"languages": {"es": "c1"}'): 'about.languages: es: "c1" is not known (one of: A1, A2, B1, B2, C1, C2)',
    **{
        told(f'"languages": {{"{code}": "C1"}}'):
            f'about.languages: "{code}" is not a code of a language beside English, such as "es"'
        for code in ("en", "Spanish", "ES", "e", "")
    },
    told('"fields": "back_office"'): (
        f'about.fields: should be a list of {", ".join(SHIPPED.paths)}, not "back_office"'
    ),
    told('"fields": ["teaching"]'): f'about.fields: "teaching" is not known (known: {", ".join(SHIPPED.paths)})',
    told('"education": 3'): "about.education: 3 is not known (one of: basic, secondary, vocational, bachelor, master)",
    told('"shifts": "night"'): 'about.shifts: should be a list of day, evening, night, weekend, not "night"',
    told('"shifts": ["nite"]'): f'about.shifts: "nite" is not known {SHIFTS_ARE}',
    told('"shifts": ["day", 3]'): f"about.shifts: 3 is not known {SHIFTS_ARE}",
    told('"shifts": [["day"]]'): f"about.shifts: a list is not known {SHIFTS_ARE}",
    told('"channel": {"voice": true}'): "about.channel: should be a list of voice, writing, not an object",
    told('"targets": "yes"'): 'about.targets: should be true or false, not "yes"',
    told('"targets": 1'): "about.targets: should be true or false, not 1",
    **{
        told(f'"licences": {json.dumps(texts)}'): NO_TEXTS
        for texts in ("PMP", [""], [1], ["PMP"] * 51, ["PMP"] * 10_000, ["P" * 201])
    },
    told('"typing": 301'): "about.typing: should be a number from 0 to 300, not 301",
    told('"yeers": 2'): 'about.yeers: not a known key (did you mean "years"?)',
}  # fmt: skip


@pytest.mark.parametrize(("text", "fault"), REFUSED.items(), ids=range(len(REFUSED)))
def test_s01_what_cannot_be_used_is_refused_with_its_place(file: Path, text: str, fault: str) -> None:
    assert refusal(text, file) == fault


@pytest.mark.parametrize(
    ("text", "line"),
    [("hello", 1), ("{\n'format': 1}", 2), (sheet()[:-1], 1), (sheet() + "\n{}", 2), ("[\n\n1,]", 3)],
)
def test_s01_what_is_not_json_is_refused_with_its_line(file: Path, text: str, line: int) -> None:
    assert refusal(text, file).startswith(f"{line}: is not JSON: ")


@pytest.mark.parametrize(
    "content", [sheet().encode("utf-16"), sheet().replace("full", "é").encode("latin-1"), b"\x80", b"\xff\xfe"]
)
def test_s01_what_is_not_utf8_is_refused(file: Path, content: bytes) -> None:
    assert refusal(content, file) == "is not UTF-8 text; save it as UTF-8"


def test_s01_one_byte_over_1_mib_is_refused_and_1_mib_is_read(file: Path) -> None:
    text = sheet().encode()
    assert read(text.ljust(strict_json.LARGEST_FILE), file) == Answers({}, About())
    said = refusal(text.ljust(strict_json.LARGEST_FILE + 1), file)
    assert said == "is larger than 1 MiB; an answer file has a few KB"


def test_s01_words_of_the_file_are_shown_harmless_and_short(file: Path) -> None:
    said = refusal(sheet('{"\\u001b[2J\\u202e[/]%s": 3}' % ("x" * 9_000)), file)
    assert said.startswith("answers.\\x1b[2J\\u202e[/]xxx")
    assert len(said) < 200


@pytest.mark.parametrize("kind", ["missing", "directory", "pipe", "device", "unreadable name"])
def test_s01_what_is_no_readable_file_is_refused_by_the_program(tmp_path: Path, bpo_quiz: Program, kind: str) -> None:
    file = tmp_path / ("bad\x1b[2J\nname" if kind == "unreadable name" else "answers.json")
    if kind == "directory":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "device":
        file.symlink_to("/dev/zero")
    run = bpo_quiz("start", "--answers", str(file))
    what = "No such file or directory" if kind in ("missing", "unreadable name") else "is not a file"
    assert (run.returncode, run.stdout) == (3, "")
    assert run.stderr == f"{clean(str(file))}: {what}; check the file's name\n"


@pytest.mark.parametrize("text", ["", sheet('{"a\\nb": 1, "\\ud800": 2}'), "x" * 50_000_000], ids=range(3))
def test_s01_a_bad_sheet_is_one_line_on_standard_error_and_exit_3(bpo_quiz: Program, text: str) -> None:
    run = bpo_quiz("start", "--answers", "-", input=text)
    assert (run.returncode, run.stdout, len(run.stderr.splitlines())) == (3, "", 1)
    assert run.stderr.startswith("standard input:")
    assert ("is larger than 1 MiB" in run.stderr) == (len(text) > strict_json.LARGEST_FILE)


WORDS = ["format", "form", "answers", "about", "times", FORMAT, *ABOUT, *ITEMS[:5]]
JSON_LIKE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | st.sampled_from(WORDS),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def complaint(read_it: Callable[[], object]) -> str:
    try:
        read_it()
    except InputError as error:
        return str(error)
    return ""


@given(record=JSON_LIKE, answers=JSON_LIKE, told_about=JSON_LIKE, times=JSON_LIKE)
def test_s01_whatever_the_record_it_is_read_or_refused_in_one_line(
    record: object, answers: object, told_about: object, times: object
) -> None:
    for given_record in (record, {"format": FORMAT, "answers": answers, "about": told_about, "times": times}):
        text = json.dumps(given_record)
        told = complaint(lambda text=text: from_record(strict_json.parse(text, "x"), SHIPPED, "x"))  # type: ignore[misc]
        assert told == clean(told)


@given(st.binary(max_size=100))
def test_s01_whatever_the_text_it_is_json_or_refused_in_one_line(content: bytes) -> None:
    told = complaint(lambda: strict_json.parse(content.decode(errors="ignore"), "x"))
    assert told == clean(told)
