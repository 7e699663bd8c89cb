"""Catalogues that are nearly right: every one is taken, or refused with its faults; never a traceback, never a wait."""

from __future__ import annotations

import random
import re
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
NUMBERS = (b"-1", b"9999", b"0", b".5", b"x", b"1e9", b"6")


def mutated(chance: random.Random, content: bytes) -> bytes:
    """With one line left out, twice, moved, indented otherwise or with something else in it, or cut off in it."""
    lines = content.split(b"\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    line = lines.pop(at)
    before, after = lines[:at], lines[at:]
    place, key = chance.randrange(len(line) + 1), line.partition(b": ")[0]
    changed = chance.choice(
        (
            [*before, *after],
            [*before, line, line, *after],
            [*lines[:to], line, *lines[to:]],
            [*before, b" " * chance.randrange(6) + line.lstrip(), *after],
            [*before, key + b": " + chance.choice(NONSENSE), *after],
            [*before, line[:place] + chance.choice(NONSENSE) + line[place:], *after],
            [*before, re.sub(rb"\d", chance.choice(NUMBERS), line, count=1), *after],
            [*before, line[:place]],
        )
    )
    return b"\n".join(changed)


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
            files[which] = mutated(chance, files[which])
        faults = faults_of(files[0], files[1], chance)
        assert all(fault.what and fault.file in ("roles.yaml", "skills.yaml") for fault in faults)
        refused += bool(faults)
        taken += not faults
    assert taken > CATALOGUES / 20
    assert refused > CATALOGUES / 4
    record_property("catalogues", CATALOGUES)
