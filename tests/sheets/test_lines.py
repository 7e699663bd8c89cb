"""Blocks of whole lines, and ids that stand twice."""

from __future__ import annotations

import gzip
import io
import random
import re
import sys
from typing import TYPE_CHECKING

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpo_quiz.errors import InputError
from bpo_quiz.sheets.duplicates import Ids
from bpo_quiz.sheets.lines import LONGEST_LINE, Source, opened

if TYPE_CHECKING:
    from pathlib import Path

LONG = b"x" * (LONGEST_LINE + 1)


def source(content: bytes) -> Source:
    return Source(io.BytesIO(content), "sheets.csv")  # type: ignore[arg-type]


lines = st.lists(st.binary(max_size=30).map(lambda line: re.sub(rb'[\n"]', b"", line)), max_size=40)


@settings(deadline=None)
@given(lines, st.integers(1, 60), st.booleans())
def test_blocks_are_whole_lines_and_nothing_is_lost(parts: list[bytes], size: int, ends: bool) -> None:
    content = b"id\n" + b"\n".join(parts) + b"\n" * ends
    one = source(content)
    assert one.first_line() == b"id"
    blocks = list(one.blocks(size))
    assert b"id\n" + b"".join(block.content for block in blocks) == content
    assert all(block.content.endswith(b"\n") for block in blocks[:-1])
    assert not any(block.is_rest for block in blocks)
    numbered = [pair for block in blocks for pair in block.lines()]
    assert numbered == list(enumerate(content.splitlines(keepends=True)[1:], 2)) or b"\r" in content
    assert [number for number, _ in numbered] == list(range(2, len(numbered) + 2))


@pytest.mark.parametrize("size", [1000, 1 << 20])
@pytest.mark.parametrize("length", [LONGEST_LINE - 1, LONGEST_LINE + 1, 4 * LONGEST_LINE])
@pytest.mark.parametrize("end", [b"\nafter\n", b"\n", b""])
def test_a_line_that_is_too_long_comes_in_parts(size: int, length: int, end: bytes) -> None:
    content = b"id\nbefore\n" + b"y" * length + end
    one = source(content)
    one.first_line()
    blocks = list(one.blocks(size))
    assert b"id\n" + b"".join(block.content for block in blocks) == content
    assert any(block.is_rest for block in blocks) is (length > 3 * LONGEST_LINE)
    assert all(block.line == 3 for block in blocks if block.is_rest)
    assert all(len(block.content) <= size + LONGEST_LINE + 2 for block in blocks)
    seen = [(number, len(line)) for block in blocks if not block.is_rest for number, line in block.lines()]
    (long,) = (long for number, long in seen if number == 3)
    assert (long > LONGEST_LINE) is (length > LONGEST_LINE)
    assert [number for number, _ in seen] == [2, 3, 4][: 3 if end == b"\nafter\n" else 2]


def test_gzip_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    file = tmp_path / "sheets"
    file.write_bytes(gzip.compress(b"id,a\n1,2\n") + gzip.compress(b"3,4\n"))
    with opened(str(file)) as one:
        assert one.first_line() == b"id,a"
        assert b"".join(block.content for block in one.blocks()) == b"1,2\n3,4\n"
        assert one.position == one.size == file.stat().st_size


@pytest.mark.parametrize(("content", "is_json"), [(b'\n \r\n {"a": 1}\n{}', True), (b"\n{}", True), (b"id\n{", False)])
def test_json_may_begin_after_empty_lines(content: bytes, is_json: bool) -> None:
    one = source(b"\xef\xbb\xbf" + content)
    assert one.is_json is is_json
    assert b"".join(block.content for block in one.blocks(2)) == content


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf", b"\xff\xfei\0d\0", LONG, LONG + b"\n"])
def test_what_is_no_file_of_sheets(content: bytes) -> None:
    with pytest.raises(InputError):
        source(content).first_line()


# --- Ids that stand twice ---


@pytest.mark.parametrize("numpy", [numpy, None])
@pytest.mark.parametrize("count", [0, 10, 30_000])
def test_ids_that_stand_twice_are_found(count: int, numpy: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also more often, and at once or in parts; the first of them in the order of their lines."""
    monkeypatch.setitem(sys.modules, "numpy", numpy)
    dice = random.Random(1)
    names = [str(n) for n in range(count)]
    for line in dice.sample(range(5, count), min(4, max(0, count - 5))):
        names[line] = names[line - 5]
    first: dict[str, int] = {}
    wanted = [(line, first[one]) for line, one in enumerate(names) if first.setdefault(one, line) != line]
    ids = Ids()
    ids.add(map(str.encode, names), range(count))
    assert ids.twice(10) == wanted
    assert ids.twice(2) == wanted[:2]
