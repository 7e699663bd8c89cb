"""Catalogues that are nearly right: every one is taken, or refused with its faults; never a traceback, never a wait."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from effort import times
from store.desk import SMALL

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.load import parse_files
from bpo_quiz.errors import CatalogueError
from bpo_quiz.results.result import build

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bpo_quiz.errors import Fault

CATALOGUES = times(1000, 10_000)
NONSENSE = [
    b"", b"no", b"~", b"null", b"-1", b"101", b"1e308", b".nan", b".inf", b"010", b"1_000", b"12:30", b'"80"', b"[]",
    b"{}", b"- x", b"&a 1", b"*a", b"<<: *a", b"!!python/object:os.system", b"!!binary aGk=", b"\x00", b"\xff\xfe",
    b"\t", b"\xc2\x85", b"[" * 200, b"{a: " * 50, b"? x", b"%YAML 1.1", b"---", b"...", b"'", b'"', b": ", b"#", b"|",
    b">", b"\r", "ü\u202e".encode(),
]  # fmt: skip


def lines_of(chance: random.Random, content: bytes) -> tuple[list[bytes], int]:
    lines = content.split(b"\n")
    return lines, chance.randrange(len(lines))


def without_a_line(chance: random.Random, content: bytes) -> bytes:
    lines, at = lines_of(chance, content)
    return b"\n".join(lines[:at] + lines[at + 1 :])


def with_a_line_twice(chance: random.Random, content: bytes) -> bytes:
    lines, at = lines_of(chance, content)
    return b"\n".join([*lines[:at], lines[at], *lines[at:]])


def with_a_line_moved(chance: random.Random, content: bytes) -> bytes:
    lines, at = lines_of(chance, content)
    line = lines.pop(at)
    lines.insert(chance.randrange(len(lines)), line)
    return b"\n".join(lines)


def with_another_value(chance: random.Random, content: bytes) -> bytes:
    lines, at = lines_of(chance, content)
    key, colon, _ = lines[at].partition(b": ")
    lines[at] = key + colon + chance.choice(NONSENSE)
    return b"\n".join(lines)


def with_another_number(chance: random.Random, content: bytes) -> bytes:
    digits = [n for n, byte in enumerate(content) if chr(byte).isdigit()] or [0]
    at = chance.choice(digits)
    return content[:at] + chance.choice((b"-1", b"9999", b"0", b".5", b"x", b"1e9", b"6")) + content[at + 1 :]


def with_other_indentation(chance: random.Random, content: bytes) -> bytes:
    lines, at = lines_of(chance, content)
    lines[at] = b" " * chance.randrange(6) + lines[at].lstrip()
    return b"\n".join(lines)


def with_nonsense_inside(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.choice(NONSENSE) + content[at:]


def cut_off(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content))]


MUTATIONS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    without_a_line, with_a_line_twice, with_a_line_moved, with_another_value, with_another_number,
    with_other_indentation, with_nonsense_inside, cut_off,
)  # fmt: skip


def faults_of(roles: bytes, skills: bytes, chance: random.Random) -> Sequence[Fault]:
    """Why a catalogue is refused; none when it is taken, and then a sheet can be scored with it."""
    try:
        catalogue = parse_files(roles, skills)
    except CatalogueError as error:
        return error.faults
    build(catalogue, Answers({item.id: chance.randrange(5) for item in catalogue.items()}, About()))
    return ()


def test_p04_p07_p08_p09_a_catalogue_that_is_nearly_right_is_taken_or_refused_in_words(
    record_property: Callable[[str, object], None],
) -> None:
    chance = random.Random(7)
    originals = [(SMALL / name).read_bytes() for name in ("roles.yaml", "skills.yaml")]
    taken = refused = 0
    for _ in range(CATALOGUES):
        files = list(originals)
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            which = chance.randrange(2)
            files[which] = chance.choice(MUTATIONS)(chance, files[which] or b"x: 1")
        faults = faults_of(files[0], files[1], chance)
        assert all(fault.what and fault.file in ("roles.yaml", "skills.yaml") for fault in faults)
        refused += bool(faults)
        taken += not faults
    assert taken > CATALOGUES / 20
    assert refused > CATALOGUES / 4
    record_property("catalogues", CATALOGUES)
