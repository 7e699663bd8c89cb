"""Hostile text, into everything that shows text: nothing that could steer a terminal comes out."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from effort import times

from bpo_quiz.document import cleaned
from bpo_quiz.records.cards import role_card
from bpo_quiz.records.result import result_record
from bpo_quiz.records.text import json_text
from bpo_quiz.results.result import build
from bpo_quiz.writers.markdown import markdown
from bpo_quiz.writers.plain import plain
from pages.pages import PAGES, foreign_catalogue, on_screen, somebody
from pages.test_every_page import STEERING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pages.pages import Subject

STRINGS = times(600, 10_000)
HOSTILE = [
    "\x1b[31m", "\x1b]0;t\x07", "\x1b]8;;http://e\x1b\\", "\x1b]52;c;aGk=\x07", "\x9b2J", "\x90", "\x07", "\r", "\b",
    "\x00", "\x7f", "\u202e", "\u2066", "\u2028", "\u2029", "\u200b", "\ufeff", "[bold]", "[/]", "[link=http://e]",
    ":bomb:", "\\", "%s", "{0}", "<script>", "`", "|", "=1+1", "山", "e\u0301", "👩\u200d💻", "שלום", "\t", "\n",
    "\U000e0041",
]  # fmt: skip


class Texts:
    """Hostile texts, counted; each differs from the others, since names must."""

    def __init__(self) -> None:
        self.chance = random.Random(3)
        self.made = 0

    def one(self) -> str:
        self.made += 1
        parts = [self.chance.choice(HOSTILE) if self.chance.random() < 0.6 else "word" for _ in range(4)]
        return f"{''.join(parts)} {self.made}"


def shown(subject: Subject) -> Iterator[str]:
    """Everything that shows text of a catalogue."""
    for make in PAGES.values():
        page = cleaned(make(subject))
        yield from (on_screen(page), "\n".join(plain(page)), markdown(page))
    yield json_text(result_record(build(subject.catalogue, subject.answers)))
    yield json_text(role_card(subject.role()))


def test_u01_u02_no_text_of_a_catalogue_steers_whatever_shows_it(
    record_property: Callable[[str, object], None],
) -> None:
    texts = Texts()
    while texts.made < STRINGS:
        for page in shown(somebody(foreign_catalogue(texts.one), typed=texts.one())):
            assert not STEERING.search(page)
    record_property("hostile_texts", texts.made)
