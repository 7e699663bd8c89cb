from __future__ import annotations

import errno
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bpo_quiz.errors import StorageError, UsageError
from bpo_quiz.files.safe import safe_name, write_file

from .desk import files_in

CODE = "K7M-P3D"
NAMES = [
    "../../etc/x",
    "/abs",
    "C:\\x",
    "CON",
    "nul.txt",
    "a/b",
    ".",
    "..",
    "",
    "trailing. ",
    "x" * 300,
    "Ana María",
    "中文",
]


@pytest.mark.parametrize("name", NAMES)
def test_u04_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    file = tmp_path / f"{safe_name(name, CODE)}.json"
    write_file(file, b"{}")
    assert file.resolve().parent == tmp_path.resolve()
    assert files_in(tmp_path) == {file.name}


@given(st.text(st.characters(exclude_categories=())), st.text(st.characters(exclude_categories=()), max_size=9))
@example("a" * 39 + "-b", CODE)
def test_u04_a_name_is_a_slug_and_a_short_id_whatever_the_text(text: str, identifier: str) -> None:
    words, _, mark = safe_name(text, identifier).rpartition("-")
    assert re.fullmatch(r"[a-z0-9-]{1,40}", words)
    assert re.fullmatch(r"[a-z0-9]+", mark)
    assert words.strip("-") == words


def test_u04_two_names_that_look_alike_are_told_apart() -> None:
    assert safe_name("Ana", "K7M-P3D") != safe_name("ANA!", "ABC-DEF")
    assert safe_name("Ana María", CODE) == "ana-maria-k7mp3d"


@pytest.mark.parametrize("there", ["file", "link", "link to nowhere"])
def test_u04_nothing_is_overwritten_without_force_and_no_link_is_followed(tmp_path: Path, there: str) -> None:
    folder, outside = tmp_path / "exports", tmp_path / "outside"
    folder.mkdir()
    file = folder / "result.json"
    if there == "file":
        file.write_text("mine")
    else:
        file.symlink_to(outside)
    if there == "link":
        outside.write_text("mine")
    with pytest.raises(UsageError, match="--force") as caught:
        write_file(file, b"new")
    assert caught.value.exit_code == 2
    write_file(file, b"new", force=True)
    assert file.read_bytes() == b"new"
    assert not file.is_symlink()
    assert outside.exists() == (there == "link")
    assert not outside.exists() or outside.read_text() == "mine"
    assert files_in(folder) == {"result.json"}


def test_u04_a_folder_or_a_device_is_never_replaced(tmp_path: Path) -> None:
    for place in (tmp_path, Path(os.devnull)):
        for force in (False, True):
            with pytest.raises(StorageError, match="ordinary file"):
                write_file(place, b"new", force=force)


@pytest.mark.parametrize("name", ["missing/x.json", "x" * 300, "nul\0inside"])
def test_f05_a_place_that_cannot_be_written_is_said_in_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError) as caught:
        write_file(tmp_path / name, b"new")
    assert caught.value.exit_code == 4
    assert len(str(caught.value).splitlines()) == 1
    assert files_in(tmp_path) == set()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_f05_a_full_device_is_refused_and_left_alone() -> None:
    with pytest.raises(StorageError):
        write_file(Path("/dev/full"), b"new", force=True)
    assert not Path("/dev/full").is_file()


REFUSING = """
import ctypes, platform, struct, sys
from pathlib import Path
from bpo_quiz.errors import StorageError
from bpo_quiz.files.faults import told
from bpo_quiz.files.safe import sync_folder

folder, refusal = Path(sys.argv[1]), int(sys.argv[2])
fsync = {"x86_64": 74, "aarch64": 82}[platform.machine()]
steps = ((0x20, 0, 0, 0), (0x15, 0, 1, fsync), (0x06, 0, 0, 0x50000 | refusal), (0x06, 0, 0, 0x7FFF0000))

class Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))

code = Filter(len(steps), b"".join(struct.pack("HBBI", *step) for step in steps))
control = ctypes.CDLL(None).prctl
assert control(38, 1, 0, 0, 0) == 0 and control(22, 2, ctypes.byref(code)) == 0
try:
    with told(folder):
        sync_folder(folder)
    print("kept")
except StorageError as error:
    print(error.exit_code, error)
"""
"""From the filter on (number of the call; is it fsync; refuse it; else allow it), the kernel refuses every fsync."""


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"),
    reason="only the kernel of Linux refuses a call when it is asked to",
)
@pytest.mark.parametrize(
    ("refusal", "said"),
    [(errno.EIO, "4 "), (errno.ENOSPC, "4 "), (errno.EINVAL, "kept"), (errno.ENOTSUP, "kept")],
    ids=["a fault", "a full disk", "no folder can be synced", "not supported"],
)
def test_f02_a_folder_that_the_disk_refuses_to_sync_is_a_fault_unless_it_never_can(
    tmp_path: Path, refusal: int, said: str
) -> None:
    program = [sys.executable, "-c", REFUSING, str(tmp_path), str(refusal)]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.stdout.startswith(said), done.stderr


@settings(max_examples=30)
@given(st.binary())
def test_what_is_written_is_what_was_given(tmp_path: Path, content: bytes) -> None:
    write_file(tmp_path / "file", content, force=True)
    assert (tmp_path / "file").read_bytes() == content
