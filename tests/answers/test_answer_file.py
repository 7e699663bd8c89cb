from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpo_quiz.answers import strict_json
from bpo_quiz.answers.answer_file import from_record, read_answers, to_record
from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.load import load
from bpo_quiz.clean import clean
from bpo_quiz.errors import InputError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from bpo_quiz.catalogue.model import Catalogue

    Program = Callable[..., subprocess.CompletedProcess[str]]

FORMAT = "bpo-quiz/answers@1"
SHIPPED = load()
ITEMS = sorted(item.id for item in SHIPPED.items())
ABOUT: dict[str, Any] = {
    "current_role": "customer_service_rep", "years": 2, "english": "B2", "education": "bachelor",
    "shifts": ["day", "night"], "channel": ["voice"], "site": ["office", "home"],
    "targets": True, "licences": ["PMP"], "typing": 45.5,
}  # fmt: skip


def sheet(answers: str = "{}", about: str = "{}") -> str:
    return f'{{"format": "{FORMAT}", "form": "full", "answers": {answers}, "about": {about}}}'


def read(text: str | bytes, folder: Path, catalogue: Catalogue) -> Answers:
    file = folder / "answers.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_answers(str(file), catalogue)


def refusal(text: str | bytes, folder: Path, catalogue: Catalogue) -> str:
    with pytest.raises(InputError) as caught:
        read(text, folder, catalogue)
    line = str(caught.value)
    assert line == clean(line)  # one line, and nothing that could steer a terminal
    start = f"{folder / 'answers.json'}:"
    assert line.startswith(start)
    return line.removeprefix(start).strip()


def test_a_sheet_holds_values_skips_and_what_was_told(tmp_path: Path, catalogue: Catalogue) -> None:
    answers = read(sheet('{"communication-1": 3, "communication-2": null}', json.dumps(ABOUT)), tmp_path, catalogue)
    assert answers.responses == {"communication-1": 3, "communication-2": None}
    assert answers.form == "full"
    assert answers.about == About(
        current_role="customer_service_rep", years=2, english="B2", education="bachelor", shifts=("day", "night"),
        channel=("voice",), site=("office", "home"), targets=True, licences=("PMP",), typing=45.5,
    )  # fmt: skip


def test_only_format_and_answers_are_needed(tmp_path: Path, catalogue: Catalogue) -> None:
    assert read(f'{{"format": "{FORMAT}", "answers": {{}}}}', tmp_path, catalogue) == Answers({}, About())


def test_null_in_about_is_the_same_as_not_told(tmp_path: Path, catalogue: Catalogue) -> None:
    assert read(sheet(about=json.dumps(dict.fromkeys(ABOUT))), tmp_path, catalogue).about == About()


def test_several_choices_are_kept_once_and_in_one_order(tmp_path: Path, catalogue: Catalogue) -> None:
    about = read(sheet(about='{"shifts": ["weekend", "day", "weekend"], "site": []}'), tmp_path, catalogue).about
    assert (about.shifts, about.site) == (("day", "weekend"), ())


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_byte_order_mark_and_line_endings_of_other_systems_are_fine(
    tmp_path: Path, catalogue: Catalogue, ending: str
) -> None:
    text = sheet('{"communication-1": 0}').replace(", ", f",{ending}")
    assert read(b"\xef\xbb\xbf" + text.encode(), tmp_path, catalogue).responses == {"communication-1": 0}


def test_s01_answers_to_another_catalogue_are_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    def asked(given: str) -> str:
        return f'{{"format": "{FORMAT}", "catalogue": {given}, "answers": {{"long-gone": 1}}}}'

    other = "0123456789ab" + "0" * 52
    line = refusal(asked(f'"{other}"'), tmp_path, catalogue)
    assert line.startswith("catalogue: these questions were of another catalogue (0123456789ab) than this one (")
    assert line.endswith("(and 1 more)")
    assert "--data" in line
    for odd in ("1", '"short"', '"' + "A" * 64 + '"', "[]"):
        assert refusal(asked(odd), tmp_path, catalogue).startswith("catalogue: should be 64 hexadecimal digits, not ")


def test_answers_to_this_catalogue_may_say_so(tmp_path: Path, catalogue: Catalogue) -> None:
    text = f'{{"format": "{FORMAT}", "catalogue": "{catalogue.sha256}", "answers": {{}}}}'
    assert read(text, tmp_path, catalogue).catalogue == catalogue.sha256
    assert read(text.replace(f'"{catalogue.sha256}"', "null"), tmp_path, catalogue).catalogue is None


def test_times_are_read_and_checked(tmp_path: Path, catalogue: Catalogue) -> None:
    def times(text: str) -> str:
        return f'{{"format": "{FORMAT}", "answers": {{}}, "times": {text}}}'

    assert read(times('{"communication-1": 3.5}'), tmp_path, catalogue).times == {"communication-1": 3.5}
    assert read(sheet(), tmp_path, catalogue).times == {}
    assert refusal(times("[]"), tmp_path, catalogue) == "times: should be an object of item ids and seconds"
    assert refusal(times('{"comunication-1": 1}'), tmp_path, catalogue).startswith("times.comunication-1: no such item")
    for seconds in ("-1", "121", '"3"', "true", "1e999"):
        assert "should be seconds, 0 to 120" in refusal(times(f'{{"communication-1": {seconds}}}'), tmp_path, catalogue)


@settings(deadline=None)
@given(
    responses=st.dictionaries(st.sampled_from(ITEMS), st.none() | st.integers(0, 4)),
    told=st.sets(st.sampled_from(sorted(ABOUT))),
    form=st.sampled_from(["full", "quick"]),
    times=st.dictionaries(st.sampled_from(ITEMS), st.floats(0, 120)),
    asked=st.sampled_from([None, SHIPPED.sha256]),
)
def test_what_is_written_is_read_back_equal(
    responses: dict[str, int | None], told: set[str], form: str, times: dict[str, float], asked: str | None
) -> None:
    about: dict[str, Any] = {key: value for key, value in ABOUT.items() if key in told}
    about |= {key: tuple(value) for key, value in about.items() if isinstance(value, list)}
    answers = Answers(responses, About(**about), form, times, asked)
    text = json.dumps(to_record(answers))
    assert from_record(strict_json.parse(text, "x"), SHIPPED, "x") == answers


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("5", "5"), ("-1", "-1"), ('"3"', '"3"'), ("3.0", "3.0"), ("true", "true"), ("false", "false"),
        ("[1]", "a list"), ("{}", "an object"), ("1e0", "1.0"), ("-0.0", "-0.0"), ("9" * 4_000, "9" * 20 + "..."),
    ],
)  # fmt: skip
def test_s01_a_value_that_is_not_0_to_4_is_refused_with_its_item(
    tmp_path: Path, catalogue: Catalogue, value: str, shown: str
) -> None:
    told = refusal(sheet(f'{{"communication-1": {value}}}'), tmp_path, catalogue)
    assert told == f"answers.communication-1: should be a whole number 0 to 4, or null, not {shown}"


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_s01_nan_and_infinity_are_refused(tmp_path: Path, catalogue: Catalogue, word: str) -> None:
    told = refusal(sheet(f'{{"communication-1": {word}}}'), tmp_path, catalogue)
    assert told == f"{word} is not a number that can be used; write a value from 0 to 4, or null"


def test_s01_a_number_too_large_for_any_float_is_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    assert "whole number 0 to 4" in refusal(sheet('{"communication-1": 1e999}'), tmp_path, catalogue)
    assert "should be a number from 0 to 70" in refusal(sheet(about='{"years": 1e999}'), tmp_path, catalogue)


@pytest.mark.parametrize("place", ['{"communication-1": %s}', '{"x": %s}'])
def test_s01_an_integer_of_5000_digits_is_refused_in_words_for_people(
    tmp_path: Path, catalogue: Catalogue, place: str
) -> None:
    told = refusal(sheet(place % ("1" * 5_000)), tmp_path, catalogue)
    assert "sys.set_int_max_str_digits" not in told
    assert len(told) < 160


def test_s01_an_unknown_item_suggests_the_nearest(tmp_path: Path, catalogue: Catalogue) -> None:
    told = refusal(sheet('{"comunication-1": 3}'), tmp_path, catalogue)
    assert told == 'answers.comunication-1: no such item (did you mean "communication-1"?)'


def test_s01_the_first_fault_is_told_and_the_others_are_counted(tmp_path: Path, catalogue: Catalogue) -> None:
    told = refusal(sheet('{"communication-1": 7, "communication-2": 8}', '{"years": -1}'), tmp_path, catalogue)
    assert told == "answers.communication-1: should be a whole number 0 to 4, or null, not 7 (and 2 more)"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (sheet('{"communication-1": 1, "communication-1": 1}'), "communication-1"),
        (sheet(about='{"years": 1, "years": 2}'), "years"),
        (sheet().replace('"form": "full"', '"answers": {}'), "answers"),
        (sheet('{"\\u0063ommunication-1": 1, "communication-1": 2}'), "communication-1"),
    ],
)
def test_s01_a_key_twice_is_refused(tmp_path: Path, catalogue: Catalogue, text: str, key: str) -> None:
    assert refusal(text, tmp_path, catalogue) == f'the key "{key}" stands twice; keep one of them'


@pytest.mark.parametrize(
    ("text", "line"),
    [("", 1), ("hello", 1), ("{\n'format': 1}", 2), (sheet()[:-1], 1), (sheet() + "\n{}", 2), ("[\n\n1,]", 3)],
)
def test_s01_what_is_not_json_is_refused_with_its_line(
    tmp_path: Path, catalogue: Catalogue, text: str, line: int
) -> None:
    assert refusal(text, tmp_path, catalogue).startswith(f"{line}: is not JSON: ")


@pytest.mark.parametrize("bracket", ["[", '{"a":', '{"format": "bpo-quiz/answers@1", "answers": ['])
def test_s01_a_deep_nest_is_refused(tmp_path: Path, catalogue: Catalogue, bracket: str) -> None:
    assert refusal(bracket + "[" * 200_000, tmp_path, catalogue) == "is nested too deep"
    closed = '{"answers": ' + "[" * 200_000 + "]" * 200_000 + "}"
    assert refusal(closed, tmp_path, catalogue) == "is nested too deep"


@pytest.mark.parametrize(
    "text",
    ["[]", "3", "null", '"bpo-quiz/answers@1"', "{}", '{"answers": {}}', sheet().replace("@1", "@2"), '{"format": 1}'],
)
def test_s01_another_format_is_refused(tmp_path: Path, catalogue: Catalogue, text: str) -> None:
    told = refusal(text, tmp_path, catalogue)
    assert told == 'is not an answer file; it should begin {"format": "bpo-quiz/answers@1", ...'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f'{{"format": "{FORMAT}"}}', "answers: should be an object of item ids and values 0 to 4, or null"),
        (sheet("[]"), "answers: should be an object of item ids and values 0 to 4, or null"),
        (sheet(about="[]"), "about: should be an object, such as {}"),
        (sheet(about="null"), "about: should be an object, such as {}"),
        (sheet().replace('"full"', '"ful"'), 'form: should be full or quick, not "ful"'),
        (sheet().replace('"full"', "null"), "form: should be full or quick, not null"),
        (sheet().replace('"full"', '["full"]'), "form: should be full or quick, not a list"),
        (sheet().replace('"form"', '"from"'), 'from: not a known key (did you mean "form"?)'),
    ],
)
def test_s01_a_sheet_of_the_wrong_shape_is_refused(tmp_path: Path, catalogue: Catalogue, text: str, fault: str) -> None:
    assert refusal(text, tmp_path, catalogue) == fault


@pytest.mark.parametrize(
    ("about", "fault"),
    [
        ('{"current_role": "ceo"}', 'about.current_role: "ceo" is not known'),
        ('{"current_role": "team_laed"}', 'about.current_role: "team_laed" is not known (did you mean "team_lead"?)'),
        ('{"current_role": ["team_lead"]}', "about.current_role: a list is not known"),
        ('{"current_role": false}', "about.current_role: false is not known"),
        ('{"years": -1}', "about.years: should be a number from 0 to 70, not -1"),
        ('{"years": 71}', "about.years: should be a number from 0 to 70, not 71"),
        ('{"years": "2"}', 'about.years: should be a number from 0 to 70, not "2"'),
        ('{"years": true}', "about.years: should be a number from 0 to 70, not true"),
        ('{"english": "b2"}', 'about.english: "b2" is not known (did you mean "B2"?)'),
        ('{"english": "D1"}', 'about.english: "D1" is not known (one of: A1, A2, B1, B2, C1, C2)'),
        (
            '{"education": 3}',
            "about.education: 3 is not known (one of: basic, secondary, vocational, bachelor, master)",
        ),
        ('{"shifts": "night"}', 'about.shifts: should be a list of day, evening, night, weekend, not "night"'),
        ('{"channel": {"voice": true}}', "about.channel: should be a list of voice, writing, not an object"),
        ('{"targets": "yes"}', 'about.targets: should be true or false, not "yes"'),
        ('{"targets": 1}', "about.targets: should be true or false, not 1"),
        ('{"licences": "PMP"}', "about.licences: should be a list of short texts"),
        ('{"licences": [""]}', "about.licences: should be a list of short texts"),
        ('{"licences": [1]}', "about.licences: should be a list of short texts"),
        ('{"typing": 301}', "about.typing: should be a number from 0 to 300, not 301"),
        ('{"yeers": 2}', 'about.yeers: not a known key (did you mean "years"?)'),
    ],
)
def test_s01_a_fault_in_about_is_told_with_its_place(
    tmp_path: Path, catalogue: Catalogue, about: str, fault: str
) -> None:
    assert refusal(sheet(about=about), tmp_path, catalogue) == fault


@pytest.mark.parametrize("words", ['["nite"]', '["day", 3]', '[["day"]]'])
def test_s01_an_unknown_word_in_a_list_is_not_called_a_list(tmp_path: Path, catalogue: Catalogue, words: str) -> None:
    told = refusal(sheet(about=f'{{"shifts": {words}}}'), tmp_path, catalogue)
    assert told.startswith("about.shifts")
    assert not told.endswith("should be a list of day, evening, night, weekend, not a list")


@pytest.mark.parametrize("count", [51, 10_000])
def test_s01_more_or_longer_licences_than_anyone_holds_are_refused(
    tmp_path: Path, catalogue: Catalogue, count: int
) -> None:
    for licences in (["PMP"] * count, ["P" * 201]):
        told = refusal(sheet(about=json.dumps({"licences": licences})), tmp_path, catalogue)
        assert told == "about.licences: should be a list of short texts"


@pytest.mark.parametrize(
    "content", [sheet().encode("utf-16"), sheet().replace("full", "é").encode("latin-1"), b"\x80", b"\xff\xfe"]
)
def test_s01_what_is_not_utf8_is_refused(tmp_path: Path, catalogue: Catalogue, content: bytes) -> None:
    assert refusal(content, tmp_path, catalogue) == "is not UTF-8 text; save it as UTF-8"


def test_s01_one_byte_over_1_mib_is_refused_and_1_mib_is_read(tmp_path: Path, catalogue: Catalogue) -> None:
    text = sheet().encode()
    assert read(text.ljust(strict_json.LARGEST_FILE), tmp_path, catalogue) == Answers({}, About())
    told = refusal(text.ljust(strict_json.LARGEST_FILE + 1), tmp_path, catalogue)
    assert told == "is larger than 1 MiB; an answer file has a few KB"


def test_s01_words_of_the_file_are_shown_harmless_and_short(tmp_path: Path, catalogue: Catalogue) -> None:
    told = refusal(sheet('{"\\u001b[2J\\u202e[/]%s": 3}' % ("x" * 9_000)), tmp_path, catalogue)
    assert told.startswith("answers.\\x1b[2J\\u202e[/]xxx")
    assert len(told) < 200
    assert refusal(sheet('{"\\ud800": 3}'), tmp_path, catalogue) == "answers.\\ud800: no such item"
    assert "\\x9b" in refusal(sheet(about='{"english": "\\u009b31m"}'), tmp_path, catalogue)


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


@pytest.mark.parametrize("source", ["file", "-"])
def test_s01_50_mb_are_refused_by_the_program(tmp_path: Path, bpo_quiz: Program, source: str) -> None:
    file = tmp_path / "answers.json"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)
    run = (
        bpo_quiz("start", "--answers", "-", input="x" * 50_000_000)
        if source == "-"
        else bpo_quiz("start", "--answers", str(file))
    )
    name = "standard input" if source == "-" else str(file)
    assert (run.returncode, run.stdout) == (3, "")
    assert run.stderr == f"{name}: is larger than 1 MiB; an answer file has a few KB\n"


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[" * 100_000, sheet('{"comunication-1": 3}'), sheet('{"communication-1": NaN}'),
        sheet('{"communication-1": %s}' % ("1" * 5_000)), sheet('{"a\\nb": 1, "\\ud800": 2}'),
        sheet(about='{"years": "2"}'),
    ],
)  # fmt: skip
def test_s01_a_bad_sheet_is_one_line_on_standard_error_and_exit_3(bpo_quiz: Program, text: str) -> None:
    run = bpo_quiz("start", "--answers", "-", input=text)
    assert (run.returncode, run.stdout) == (3, "")
    assert len(run.stderr.splitlines()) == 1
    assert run.stderr.startswith("standard input:")
    assert "Traceback" not in run.stderr


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


@settings(deadline=None)
@given(record=JSON_LIKE, answers=JSON_LIKE, about=JSON_LIKE, times=JSON_LIKE)
def test_s01_whatever_the_record_it_is_read_or_refused_in_one_line(
    record: object, answers: object, about: object, times: object
) -> None:
    for given_record in (record, {"format": FORMAT, "answers": answers, "about": about, "times": times}):
        text = json.dumps(given_record)
        told = complaint(lambda text=text: from_record(strict_json.parse(text, "x"), SHIPPED, "x"))  # type: ignore[misc]
        assert told == clean(told)


@settings(deadline=None)
@given(st.binary(max_size=100))
def test_s01_whatever_the_text_it_is_json_or_refused_in_one_line(content: bytes) -> None:
    told = complaint(lambda: strict_json.parse(content.decode(errors="ignore"), "x"))
    assert told == clean(told)
