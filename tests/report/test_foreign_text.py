"""Hostile text from a catalogue, into everything that shows text: nothing that could steer a terminal comes out."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from effort import times
from store.desk import CATALOGUE as SMALL

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.model import Certificate, Gates, Kpi
from bpo_quiz.records.cards import role_card
from bpo_quiz.records.result import result_record
from bpo_quiz.records.text import json_text
from bpo_quiz.report import plain, tables
from bpo_quiz.results.result import build
from bpo_quiz.terminal.streams import as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue

STRINGS = times(600, 10_000)
HOSTILE = [
    "\x1b[31m", "\x1b]0;t\x07", "\x1b]8;;http://e\x1b\\", "\x1b]52;c;aGk=\x07", "\x9b2J", "\x90", "\x07", "\r", "\b",
    "\x00", "\x7f", "\u202e", "\u2066", "\u2028", "\u2029", "\u200b", "\ufeff", "[bold]", "[/]", "[link=http://e]",
    ":bomb:", "\\", "%s", "{0}", "<script>", "`", "|", "=1+1", "山", "e\u0301", "👩\u200d💻", "שלום", "\t", "\n",
    "\U000e0041",
]  # fmt: skip
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\U000e0041]")


class Texts:
    """Hostile texts, counted; each differs from the others, since names must."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.made = 0

    def one(self) -> str:
        self.made += 1
        parts = [self.chance.choice(HOSTILE) if self.chance.random() < 0.6 else "word" for _ in range(4)]
        return f"{''.join(parts)} {self.made}"

    def some(self) -> tuple[str, ...]:
        return self.one(), self.one()


def poisoned(texts: Texts) -> Catalogue:
    """The small catalogue with a hostile text wherever an author writes one."""
    roles = {
        role.id: role._replace(
            name=texts.one(),
            also=texts.some(),
            summary=texts.one(),
            basis=texts.one(),
            preview=role.preview._replace(day=texts.one(), good=texts.some(), hard=texts.some()),
            gates=Gates(licence=texts.one()),
            kpis=(Kpi(texts.one(), texts.one(), texts.one(), 2026, "low"),),
            certificates=(Certificate(texts.one(), texts.one()),),
            this_month=texts.one(),
            sources=texts.some(),
        )
        for role in SMALL.roles.values()
    }
    skills = {
        skill.id: skill._replace(
            name=texts.one(), meaning=texts.one(), grow=texts.some(), levels=tuple(texts.one() for _ in range(5))
        )
        for skill in SMALL.skills.values()
    }
    paths = {path.id: path._replace(name=texts.one(), summary=texts.one()) for path in SMALL.paths.values()}
    return SMALL._replace(name=texts.one(), trade=texts.one(), roles=roles, skills=skills, paths=paths)


def shown(catalogue: Catalogue, chance: random.Random) -> Iterator[str]:
    """Everything that shows text of a catalogue."""
    sheet: Responses = {item.id: chance.randrange(5) for item in catalogue.items()}
    report = build(catalogue, Answers(sheet, About(licences=("x",))))
    role = next(iter(catalogue.roles.values()))
    yield as_text(tables.result(report, 9))
    yield "\n".join(plain.result(report, 9))
    yield json_text(result_record(report))
    yield json_text(role_card(role))


def test_u01_u02_no_text_of_a_catalogue_steers_whatever_shows_it(
    record_property: Callable[[str, object], None],
) -> None:
    chance = random.Random(3)
    texts = Texts(chance)
    sinks = 0
    while texts.made < STRINGS:
        for page in shown(poisoned(texts), chance):
            assert not STEERING.search(page)
            sinks += 1
    assert sinks > 20
    record_property("hostile_texts", texts.made)
