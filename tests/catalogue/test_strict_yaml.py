from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bpo_quiz.catalogue.files import LARGEST_FILE, read_bytes
from bpo_quiz.catalogue.strict_yaml import MOST_VALUES, Mapping, Scalar, Sequence, parse
from bpo_quiz.clean import clean
from bpo_quiz.errors import CatalogueError

if TYPE_CHECKING:
    from pathlib import Path


def refusal(content: bytes) -> str:
    with pytest.raises(CatalogueError) as caught:
        parse(content, "roles.yaml")
    return str(caught.value)


def plain(text: str) -> str:
    value = parse(text.encode(), "roles.yaml").entries["a"]
    assert isinstance(value, Scalar)
    return value.text


def test_a_tree_keeps_the_order_and_the_line_of_every_key() -> None:
    tree = parse(b"b: 1\n\n# a remark\na:\n  - x\n  - {y: z}\n", "roles.yaml")
    assert tree.key_lines == {"b": 1, "a": 4}
    assert list(tree.entries) == ["b", "a"]
    listed = tree.entries["a"]
    assert isinstance(listed, Sequence)
    first, second = listed.items
    assert (first.line, second.line) == (5, 6)
    assert isinstance(second, Mapping)
    assert second.entries["y"] == Scalar("z", plain=True, line=6)


def test_quoted_and_folded_text_is_told_from_plain_text() -> None:
    tree = parse(b"a: '1'\nb: \"1\"\nc: >-\n  1\n  2\nd: 1\n", "roles.yaml")
    found = {key: node for key, node in tree.entries.items() if isinstance(node, Scalar)}
    assert {key: node.plain for key, node in found.items()} == {"a": False, "b": False, "c": False, "d": True}
    assert found["c"].text == "1 2"


@pytest.mark.parametrize(
    "word", ["no", "on", "Yes", "12:30", "010", "0x1F", "1_000", "2024-05-01", "~", "null", ".nan", ".inf", "1e3", "="]
)
def test_p07_a_plain_scalar_stays_the_text_that_was_written_even_none(word: str) -> None:
    assert plain(f"a: {word}") == word
    assert plain("a:") == ""
    assert list(parse(f"{word}: 1".encode(), "roles.yaml").entries) == [word]


NO_ANCHORS = "anchors and aliases (& and *) are not allowed; write the value out"
NO_TAGS = "tags (!) are not allowed; write a plain value"
NO_UTF8 = "is not UTF-8 text; save it as UTF-8"
NO_NUL = "has a NUL character; save it as UTF-8 text"
NO_CHARACTER = "has a character that YAML does not allow"
A_MAPPING = "should be a mapping: `key: value` lines"
A_WORD = "a key should be a single word"
TOO_DEEP = "is nested deeper than 20 levels"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"a: &x 1", f":1: {NO_ANCHORS}"), (b"b: 1\na: *x", f":2: {NO_ANCHORS}"), (b"a: &x [*x]", f":1: {NO_ANCHORS}"),
        (b"&x a: 1", f":1: {NO_ANCHORS}"), (b"&x {a: 1}", f":1: {NO_ANCHORS}"),
        (b"a:\n  <<: {b: 1}", ":2: merge keys (<<) are not allowed; write the values out"),
        (b"[" * 5_000 + b"]" * 5_000, f":1: {TOO_DEEP}"),
        (b"a: 1\nb: 2\na: 3", ':3: the key "a" stands twice, first on line 1'),
        (b"r:\n  a: 1\n  a: 2", ':3: the key "a" stands twice, first on line 2'),
        (b"r:\n  - {x: 1}\n  - {a: 1,\n     a: 2}", ':4: the key "a" stands twice, first on line 3'),
        (b"r: {s: {t: {a: 1}}}\nu: {s: {t: {a: 1, 'a': 2}}}", ':2: the key "a" stands twice, first on line 2'),
        (b'a: !!python/object/apply:os.system ["exit"]', f":1: {NO_TAGS}"), (b"a: !!binary aGk=", f":1: {NO_TAGS}"),
        (b"b: 1\na: !include x", f":2: {NO_TAGS}"), (b"a: !mine x", f":1: {NO_TAGS}"), (b"a: ! x", f":1: {NO_TAGS}"),
        (b"a: !!set {x}", f":1: {NO_TAGS}"), (b"a: !!str 1", f":1: {NO_TAGS}"), (b"!!str a: 1", f":1: {NO_TAGS}"),
        ("a: 1".encode("utf-16"), f":1: {NO_UTF8}"), ("a: 1".encode("utf-32"), f":1: {NO_UTF8}"),
        ("a: 1\nb: é".encode("latin-1"), f":2: {NO_UTF8}"), (b"a: 1\nb: \xed\xa0\x80", f":2: {NO_UTF8}"),
        ("a: 1".encode("utf-16-le"), f":1: {NO_NUL}"), (b"a: 1\n\nb: \0", f":3: {NO_NUL}"),
        (b"a:\n\tb: 1", ":2: is not YAML: found character that cannot start any token"),
        (b"a: 1\nb: \x1b[2J", f":2: {NO_CHARACTER}"), (b"a: 1\nb: \x7f", f":2: {NO_CHARACTER}"),
        ("é: ééééééééééé\nb: 1\nc: \x01\nd: 1\ne: 1\nf: 1\n".encode(), f":3: {NO_CHARACTER}"),  # YAML counts bytes
        (b"", f": {A_MAPPING}"), (b"# only a remark\n", f": {A_MAPPING}"), (b"\n\n- a\n- b\n", f":3: {A_MAPPING}"),
        (b"just words", f":1: {A_MAPPING}"), (b"a: 1\n---\nb: 2\n", ":2: has a second document; keep one a file"),
        (b"? [a, b]\n: 1\n", f":1: {A_WORD}"), (b"{{a: 1}: 2}", f":1: {A_WORD}"),
    ],
)  # fmt: skip
def test_p02_p03_p04_p05_p06_what_is_no_plain_mapping_is_refused_with_its_line(content: bytes, fault: str) -> None:
    assert refusal(content) == f"roles.yaml{fault}"


def test_p02_a_quoted_key_that_looks_like_a_merge_is_only_a_key() -> None:
    assert list(parse(b'"<<": 1', "roles.yaml").entries) == ["<<"]


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- ", "? "])
def test_p03_5000_levels_of_nesting_are_refused(bracket: str) -> None:
    fault = refusal(b"a:\n  " + bracket.encode() * 5_000)
    assert fault in (f"roles.yaml:2: {TOO_DEEP}", f"roles.yaml:2: {A_WORD}")


def test_p03_100_000_keys_are_read_and_the_one_that_stands_twice_is_found() -> None:
    keys = b"".join(b"k%d: 1\n" % n for n in range(100_000))
    assert len(parse(keys, "roles.yaml").entries) == 100_000
    assert refusal(keys + b"k7: 2\n") == 'roles.yaml:100001: the key "k7" stands twice, first on line 8'


def test_p03_a_scalar_of_1_mb_is_read() -> None:
    assert plain("a: " + "x" * 1_000_000) == "x" * 1_000_000


@given(before=st.lists(st.integers(), unique=True, max_size=20), between=st.integers(0, 20), depth=st.integers(0, 8))
def test_p04_a_key_twice_is_found_wherever_it_stands(before: list[int], between: int, depth: int) -> None:
    indent = " " * depth
    parents = "".join(" " * n + f"p{n}:\n" for n in range(depth))
    others = "".join(f"{indent}i{n}: x\n" for n in before)
    middle = "".join(f"{indent}m{n}: x\n" for n in range(between))
    first = depth + len(before) + 1
    content = f"{parents}{others}{indent}a: 1\n{middle}{indent}a: 2\n"
    line = first + between + 1
    assert refusal(content.encode()) == f'roles.yaml:{line}: the key "a" stands twice, first on line {first}'


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbfa: 1\nb: 2\n", b"a: 1\r\nb: 2\r\n", b"a: 1\rb: 2\r", b"a: 1\nb: 2", b"---\na: 1\nb: 2\n...\n"],
)
def test_p06_a_byte_order_mark_and_any_line_ending_change_nothing(content: bytes) -> None:
    found = parse(content, "roles.yaml").entries.values()
    assert [node.text for node in found if isinstance(node, Scalar)] == ["1", "2"]


def test_a_syntax_fault_names_its_line_and_shows_no_snippet() -> None:
    fault = refusal(b"a: [1,\nsecret words: }\n")
    assert fault.startswith("roles.yaml:2: is not YAML: ")
    assert "secret" not in fault


QUOTE_IT = "; put a text with a colon in double quotes, or mend the indent"
CLOSE_IT = "roles.yaml:2: has a quote that is not closed; add the other one at the end of the text"
CHECK_QUOTES = "; look here and above for a quote that is missing or too many, and at the indent"
FLOW = "; put a text with a colon or a comma in double quotes, and close every bracket"


@pytest.mark.parametrize(
    ("content", "beginning", "end"),
    [
        (b"r:\n  a: first: second\n", "roles.yaml:2: is not YAML: mapping values are not allowed", QUOTE_IT),
        (b"r:\n  - a: first: second\n", "roles.yaml:2: is not YAML: mapping values are not allowed", QUOTE_IT),
        (b"r:\n  a: one\n   b: two\n", "roles.yaml:3: is not YAML: mapping values are not allowed", QUOTE_IT),
        (b'r:\n  a: "first\n  b: second\n  c: 3\n', CLOSE_IT, ""),
        (b"r:\n  a: 'first\n  b: second\n  c: 3\n", CLOSE_IT, ""),
        (b'r:\n  a: "first\n  b: "second"\n', "roles.yaml:3: is not YAML: ", CHECK_QUOTES),
        (b"r:\n  a: 'don't'\n", "roles.yaml:2: is not YAML: ", CHECK_QUOTES),
        (b"r:\n  - {a: first: second}\n", "roles.yaml:2: is not YAML: ", FLOW),
        (b"r: [a: b: c]\n", "roles.yaml:1: is not YAML: ", FLOW),
    ],
)
def test_a_slip_of_an_author_is_told_with_its_remedy(content: bytes, beginning: str, end: str) -> None:
    fault = refusal(content)
    assert fault.startswith(beginning)
    assert fault.endswith(end or beginning)


def tree_or_error(content: bytes) -> Mapping | CatalogueError:
    try:
        return parse(content, "roles.yaml")
    except CatalogueError as error:
        return error


YAML_LIKE = st.lists(
    st.sampled_from(
        [
            b"a", b"b", b": ", b":", b"- ", b"\n", b"\n  ", b"\t", b"[", b"]", b"{", b"}", b", ", b"&x ", b"*x", b"!",
            b"!!str ", b"<<", b"'", b'"', b"|", b">-\n", b"# ", b"---", b"\n---\n", b"\n...\n", b"%YAML 1.1\n",
            b"%TAG ! x\n", b"? ", b"\0", b"\r", b"\xef\xbb\xbf", b"\xff", b"\xc3", b"\xc3\xa9", b"\x1b", b"\\", b"\\x",
            b"~", b"@", b"`", b"%", b"\x85", b"\xe2\x80\xa8", b"\xf0\x9f\x98\x80", b"1", b"-", b"\\ud800",
            b"\\U00110000",
        ]
    ),
    max_size=40,
).map(b"".join)  # fmt: skip


@given(
    st.one_of(st.binary(max_size=200), YAML_LIKE, st.text(max_size=200).map(lambda text: text.encode(errors="ignore")))
)
@example(b'a: "\\ud800"')
@example(b'a: "\\U00110000"')
@example(b"%TAG ! tag:x,2000:\n---\na: !b 1")
@example(b"%YAML 9.9\n---\na: 1\n")
def test_whatever_the_bytes_it_is_a_tree_or_one_fault_that_a_terminal_can_show(content: bytes) -> None:
    found = tree_or_error(content)
    if isinstance(found, CatalogueError):
        assert len(found.faults) == 1
        assert str(found) == clean(str(found))
    else:
        assert set(found.entries) == set(found.key_lines)


def test_p01_a_file_of_8_mib_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "roles.yaml"
    file.write_bytes(b"#" * LARGEST_FILE)
    assert len(read_bytes(file)) == LARGEST_FILE == 8 * 1024 * 1024
    file.write_bytes(b"#" * (LARGEST_FILE + 1))
    with pytest.raises(CatalogueError, match=r"^roles\.yaml: is larger than 8 MiB; split the catalogue or shorten it$"):
        read_bytes(file)


def test_p01_a_small_file_of_more_values_than_anybody_writes_is_refused_before_it_takes_long() -> None:
    told = "roles.yaml:1: has more than 500,000 keys and values; split the catalogue or shorten it"
    assert refusal(b"a: [" + b"a," * MOST_VALUES + b"]") == told


@pytest.mark.parametrize("kind", ["directory", "pipe", "device", "dangling link", "link to itself", "missing"])
def test_p01_what_is_no_readable_file_is_refused_without_waiting(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "roles.yaml"
    if kind == "directory":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "device":
        file.symlink_to("/dev/zero")
    elif kind != "missing":
        file.symlink_to("nowhere" if kind == "dangling link" else file)
    with pytest.raises(CatalogueError, match=r"^roles\.yaml: (is not a file|No such file|Too many levels)") as caught:
        read_bytes(file)
    assert len(caught.value.faults) == 1


def test_p01_a_name_with_a_nul_is_refused_as_a_name(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"^roles\.yaml: cannot be read") as caught:
        read_bytes(tmp_path / "a\0b" / "roles.yaml")
    assert "\0" not in str(caught.value)
