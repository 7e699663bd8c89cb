"""Blocks of whole lines, fingerprints of ids, and files that grow."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import random
import stat
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpo_quiz.errors import InputError, StorageError, UsageError
from bpo_quiz.sheets import prints
from bpo_quiz.sheets.blocks import Source, opened
from bpo_quiz.sheets.sheet import LONGEST_LINE
from bpo_quiz.store.growing_file import GrowingFile

if TYPE_CHECKING:
    from pathlib import Path

LONG = b"x" * (LONGEST_LINE + 1)


def source(content: bytes) -> Source:
    return Source(io.BytesIO(content), "sheets.csv")


lines = st.lists(
    st.binary(max_size=30).map(lambda line: line.replace(b"\n", b"").replace(b"\x1f\x8b", b"")), max_size=40
)


@settings(deadline=None)
@given(lines, st.integers(1, 60), st.booleans())
def test_blocks_are_whole_lines_and_nothing_is_lost(parts: list[bytes], size: int, ends: bool) -> None:
    content = b"id\n" + b"\n".join(parts) + b"\n" * ends
    one = source(content)
    assert one.first_line() == b"id"
    blocks = list(one.blocks(size))
    assert b"id\n" + b"".join(block.content for block in blocks) == content
    assert all(block.content.endswith(b"\n") for block in blocks[:-1])
    assert not any(block.is_too_long for block in blocks)
    before = 2
    for block in blocks:
        assert block.line == before
        before += block.content.count(b"\n")
    assert (one.consumed, one.digest.hexdigest()) == (len(content), hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize("size", [1000, 1 << 20])
@pytest.mark.parametrize("length", [LONGEST_LINE - 1, LONGEST_LINE + 1, 3 * LONGEST_LINE])
@pytest.mark.parametrize("end", [b"\nafter\n", b"\n", b""])
def test_a_line_that_is_too_long_comes_in_parts(size: int, length: int, end: bytes) -> None:
    content = b"id\nbefore\n" + b"y" * length + end
    one = source(content)
    one.first_line()
    blocks = list(one.blocks(size))
    assert b"id\n" + b"".join(block.content for block in blocks) == content
    long = [block for block in blocks if block.is_too_long]
    assert bool(long) is (length > LONGEST_LINE)
    assert [block.begins for block in long] == [True] + [False] * (len(long) - 1) if long else True
    assert [block.goes_on for block in long] == [True] * (len(long) - 1) + [False] if long else True
    assert all(len(block.content) <= LONGEST_LINE + 1 for block in blocks)
    assert all(block.line == 3 for block in long)


def test_gzip_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    file = tmp_path / "sheets"
    file.write_bytes(gzip.compress(b"id,a\n1,2\n") + gzip.compress(b"3,4\n"))
    with opened(str(file)) as one:
        assert one.first_line() == b"id,a"
        assert b"".join(block.content for block in one.blocks()) == b"1,2\n3,4\n"
        assert one.position == file.stat().st_size


def test_going_on_passes_over_what_was_read() -> None:
    one, other = source(b"id\n1\n2\n3\n"), source(b"id\n1\n2\n3\n")
    one.first_line()
    first = next(one.blocks(2))
    other.first_line()
    other.pass_over(one.consumed - other.consumed)
    assert (first.content, other.line, other.digest.hexdigest()) == (b"1\n", one.line, one.digest.hexdigest())
    assert b"".join(block.content for block in other.blocks()) == b"2\n3\n"


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf", b"\xff\xfei\0d\0", LONG, LONG + b"\n"])
def test_what_is_no_file_of_sheets(content: bytes) -> None:
    with pytest.raises(InputError):
        source(content).first_line()


# --- Fingerprints ---


names = st.lists(st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=40), min_size=1)


@given(names)
def test_fingerprints_are_the_same_one_by_one_and_all_at_once(ids: list[str]) -> None:
    encoded = [one.encode() for one in ids]
    width = -(-max(map(len, encoded)) // 8) * 8
    padded = np.frombuffer(b"".join(one.ljust(width, b"\0") for one in encoded), dtype=np.uint8).reshape(-1, width)
    at_once = prints.prints_of(padded, np.arange(len(ids)))
    assert at_once == b"".join(prints.record(prints.print_of(one), n) for n, one in enumerate(encoded))


def test_no_two_of_many_ids_share_a_fingerprint() -> None:
    ids = {f"{prefix}{n}" for prefix in ("", "p", "person-", "x" * 20) for n in range(20_000)}
    assert len({prints.print_of(one.encode()) for one in ids}) == len(ids)


@pytest.mark.parametrize("count", [10, 30_000])
def test_ids_that_stand_twice_are_found(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one look and in several, in plain Python and with numpy."""
    dice = random.Random(1)
    ids = [str(n) for n in range(count)]
    again = sorted(dice.sample(range(5, count), 4))
    for line in again:
        ids[line] = ids[line - 5]
    kept = b"".join(prints.record(prints.print_of(one.encode()), line) for line, one in enumerate(ids))
    wanted = [(line, next(n for n, one in enumerate(ids) if one == ids[line])) for line in again]
    assert sorted(prints.twice(io.BytesIO(kept + b"more"), count)) == wanted
    monkeypatch.setattr(prints, "_MOST_AT_ONCE", 3_000)
    assert sorted(prints.twice(io.BytesIO(kept), count)) == wanted
    monkeypatch.setattr(prints, "_FEW", 10**9)
    assert sorted(prints.twice(io.BytesIO(kept), count)) == wanted


def test_no_ids_at_all() -> None:
    assert list(prints.twice(io.BytesIO(b""), 0)) == []


# --- Files that grow ---


def test_a_growing_file_has_its_name_when_it_is_complete(tmp_path: Path) -> None:
    final = tmp_path / "out"
    os.umask(0o022)
    file = GrowingFile(final)
    assert stat.S_IMODE(file.part.stat().st_mode) == 0o600
    file.append(b"one")
    file.append(b"two")
    assert (file.size, final.exists()) == (6, False)
    file.finish()
    assert (final.read_bytes(), file.part.exists(), stat.S_IMODE(final.stat().st_mode)) == (b"onetwo", False, 0o600)


def test_a_growing_file_goes_on_where_it_is_cut(tmp_path: Path) -> None:
    file = GrowingFile(tmp_path / "out")
    file.append(b"whole, and half")
    file.cut(5)
    file.close()
    again = GrowingFile(tmp_path / "out", keep=5)
    again.append(b"!")
    again.finish()
    assert (tmp_path / "out").read_bytes() == b"whole!"


def test_nothing_that_is_there_is_replaced(tmp_path: Path) -> None:
    final = tmp_path / "out"
    GrowingFile(final).close()
    with pytest.raises(UsageError, match="add --continue"):
        GrowingFile(final)
    with pytest.raises(UsageError, match="is not as it was left"):
        GrowingFile(final, keep=1)
    GrowingFile(final, force=True).remove()
    assert list(tmp_path.iterdir()) == []
    file = GrowingFile(final)
    final.write_bytes(b"mine")
    with pytest.raises(UsageError, match="is there by now"):
        file.finish()
    assert final.read_bytes() == b"mine"


def test_a_part_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"mine")
    (tmp_path / "out.part").symlink_to(tmp_path / "precious")
    with pytest.raises(StorageError):
        GrowingFile(tmp_path / "out", keep=0)
    with pytest.raises(UsageError):
        GrowingFile(tmp_path / "out")
    assert (tmp_path / "precious").read_bytes() == b"mine"
