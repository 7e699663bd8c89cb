"""Every page of the program, made of the same people and catalogues; `test_every_page.py` tries each in each format."""

from __future__ import annotations

import functools
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.console import Console  # noqa: TID253 - what is tested is Rich output

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.as_dict import fields_of
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import Certificate, Gates, Kpi, Preview
from bpo_quiz.document import Document, cleaned
from bpo_quiz.guidance.explain import explain
from bpo_quiz.guidance.least_raises import GOALS, least_raises
from bpo_quiz.guidance.what_if import what_if as changed
from bpo_quiz.pages import reach, roles, skills, what_if, why
from bpo_quiz.writers.screen import screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import RenderableType

    from bpo_quiz.catalogue.model import Catalogue, Role

SMALL = Path(__file__).parents[1] / "data" / "small"

_KEPT = frozenset({"id", "group", "path", "measures", "onet", "role", "sha256", "conditions", "gates"})
"""What nobody reads, and what stands for a word of ours."""


class Subject(NamedTuple):
    """What a page is made of.

    Attributes:
        answers: one person's. typed: what a person wrote: an alias, a tag, a note.
    """

    catalogue: Catalogue
    answers: Answers
    typed: str = "Ana M."

    def role(self, place: int = 0) -> Role:
        """A role by its place in the catalogue."""
        return list(self.catalogue.roles.values())[place]


NOBODY = Answers({}, About())


def _why(one: Subject, role: Role, form: str) -> Document:
    return why.page(one.catalogue, explain(one.catalogue, one.answers._replace(form=form), role.id))


def _levels(one: Subject) -> dict[str, float]:
    return dict.fromkeys(list(one.catalogue.skills)[:2], 100.0)


def _reach(one: Subject) -> Document:
    found = [least_raises(one.catalogue, one.answers, one.role(1).id, goal) for goal in GOALS]
    return reach.page(one.catalogue, found, "quick", "K7M-P3D")


PAGES: dict[str, Callable[[Subject], Document]] = {
    "why": lambda one: _why(one, one.role(), "full"),
    "why-not": lambda one: _why(one, one.role(-1), "quick"),
    "why-unknown": lambda one: _why(one._replace(answers=NOBODY), one.role(), "full"),
    "what-if": lambda one: what_if.page(one.catalogue, changed(one.catalogue, one.answers, _levels(one)), 10),
    "what-if-unknown": lambda one: what_if.page(one.catalogue, changed(one.catalogue, NOBODY, _levels(one)), 10),
    "reach": _reach,
    "roles": lambda one: roles.all_roles(one.catalogue),
    "role": lambda one: roles.card(one.catalogue, one.role()),
    "roles-side-by-side": lambda one: roles.side_by_side(one.catalogue, [one.role(n) for n in range(3)]),
    "roles-many": lambda one: roles.side_by_side(one.catalogue, [one.role(n % 4) for n in range(14)]),
    "skills": lambda one: skills.all_skills(one.catalogue),
    "skill": lambda one: skills.card(one.catalogue, next(iter(one.catalogue.skills.values()))),
}
"""Name -> how the page is made."""


@functools.cache
def shipped(name: str) -> Document:
    """The page of somebody who skipped some questions of the shipped catalogue."""
    return cleaned(PAGES[name](_somebody(load())))


@functools.cache
def small(name: str) -> Document:
    """The same of a small catalogue."""
    return cleaned(PAGES[name](_somebody(load(SMALL))))


@functools.cache
def foreign(name: str, text: str) -> Document:
    """The same with every text that anybody wrote replaced by this one."""
    catalogue = _replaced(load(SMALL), text)
    strange = {
        "preview": Preview(text, (text, text), (text,)),
        "gates": Gates(licence=text),
        "kpis": (Kpi(text, text, text, 2020, "low"),),
        "certificates": (Certificate(text, text),),
        "this_month": text,
        "sources": (text,),
    }
    roles = {role.id: role._replace(**strange) for role in catalogue.roles.values()}
    return cleaned(PAGES[name](_somebody(catalogue._replace(roles=roles), text)))


def _somebody(catalogue: Catalogue, typed: str = "Ana M.") -> Subject:
    values = (4, 3, 0, 1, 2, None, 4)
    given = {item.id: values[n % len(values)] for n, item in enumerate(catalogue.items())}
    return Subject(catalogue, Answers(given, About(english="B1", shifts=("day",), licences=(typed,))), typed)


def _replaced(part: Any, text: str) -> Any:
    if names := fields_of(part):
        return part._replace(**{name: _replaced(getattr(part, name), text) for name in names if name not in _KEPT})
    if isinstance(part, dict):
        return {key: _replaced(value, text) for key, value in part.items()}
    if isinstance(part, tuple):
        return tuple(_replaced(one, text) for one in part)
    return text if isinstance(part, str) else part


def drawn(parts: Iterable[RenderableType], width: int = 80, encoding: str = "utf-8") -> str:
    """What Rich renderables look like on a screen without colours."""
    page = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    console = Console(file=page, width=width, color_system=None, legacy_windows=False, highlight=False)
    for part in parts:
        console.print(part)
    page.seek(0)
    return page.read()


def on_screen(page: Document, width: int = 80, encoding: str = "utf-8") -> str:
    """What a page looks like on a screen without colours."""
    return drawn(screen(page), width, encoding)
