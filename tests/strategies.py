"""Random catalogues, people and answers for hypothesis, and small ones to write by hand."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from hypothesis import settings
from hypothesis import strategies as st

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.model import (
    CHANNELS,
    EDUCATION_LEVELS,
    ENGLISH_LEVELS,
    HIGHEST_VALUE,
    HOURS,
    NO_ROLE,
    OFTEN,
    SHIFTS,
    SITES,
    Catalogue,
    Conditions,
    Edge,
    Gates,
    Interest,
    Item,
    Path,
    Preview,
    Requirement,
    Role,
    Settings,
    Skill,
)
from bpo_quiz.results.result import build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.results.result import Report

often = settings(max_examples=100)
at_times = settings(max_examples=40)
"""How often a property is tried, at times where each try builds a report; a slow machine is no reason to fail."""

FOREIGN = "[bold]x[/] \x1b[31m\u202e \x9b {0}"
"""Text that must never steer a terminal, be markup, or be filled in."""

PATHS = ("north", "south", "west")
LICENCES = ("CPC", "CPC-A", "Notary")


def an_item(measures: str, n: int, turned: bool = False, interest: bool = False) -> Item:
    name = f"interest-{measures}-{n}" if interest else f"{measures}-{n}"
    return Item(name, measures, f"What about {name}?", "It means this.", ("a", "b", "c", "d", "e"), turned)


def a_skill(name: str, items: Sequence[Item] | None = None) -> Skill:
    usual = (an_item(name, 1), an_item(name, 2))
    return Skill(
        name, name.capitalize(), "all", "Doing it.", ("Do it.",), ("0", "1", "2", "3", "4"), items_of(items, usual)
    )


def an_interest(name: str, items: Sequence[Item] | None = None) -> Interest:
    usual = (an_item(name, 1, interest=True), an_item(name, 2, interest=True))
    return Interest(name, name.capitalize(), "Liking it.", items_of(items, usual))


def items_of(items: Sequence[Item] | None, usual: tuple[Item, ...]) -> tuple[Item, ...]:
    return usual if items is None else tuple(items)


def a_role(name: str, skills: dict[str, tuple[float, float]] | None = None, /, **rest: Any) -> Role:
    """A role; `skills` are (importance, level), `leads_to` and `lateral` names or edges."""
    edges = {key: tuple(map(an_edge, rest.pop(key, ()))) for key in ("leads_to", "lateral")}
    usual: dict[str, Any] = {
        "name": name.replace("_", " ").capitalize(), "also": (), "path": "only", "rung": 1, "onet": None, "basis": "",
        "summary": "Does it.", "preview": Preview("", (), ()), "interests": {}, "gates": Gates(),
        "conditions": Conditions(), "kpis": (), "certificates": (), "this_month": "", "sources": (),
    }  # fmt: skip
    required = {key: Requirement(*pair) for key, pair in (skills or {"one": (5, 75), "two": (1, 25)}).items()}
    return Role(id=name, skills=required, **{**usual, **edges, **rest})


def an_edge(to: str | Edge) -> Edge:
    return to if isinstance(to, Edge) else Edge(to, (1, 2))


def a_catalogue(
    *roles: Role, skills: Sequence[Skill] = (), interests: Sequence[Interest] = (), interest_weight: float = 0.25
) -> Catalogue:
    """A catalogue of these roles; the skills and paths that they name are made for them."""
    named = skills or [a_skill(name) for name in roles[0].skills]
    paths = dict.fromkeys(role.path for role in roles)
    return Catalogue(
        name="Small",
        version="1",
        sha256="0" * 64,
        trade="trade",
        settings=Settings(interest_weight=interest_weight),
        groups={"all": "All"},
        skills={skill.id: skill for skill in named},
        interests={interest.id: interest for interest in interests},
        paths={path: Path(path, path.capitalize(), "A path.", ()) for path in paths},
        roles={role.id: role for role in roles},
    )


class _Dice:
    """Chooses; a seed is one draw for hypothesis where every level by itself would be hundreds, and slow."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def one(self, choices: Sequence[Any]) -> Any:
        return self.random.choice(choices)

    def maybe(self, choices: Sequence[Any]) -> Any:
        return self.one((None, self.one(choices)))

    def some(self, words: Sequence[str]) -> tuple[str, ...]:
        return tuple(word for word in words if self.random.random() < 0.5)

    def often(self, words: Sequence[str]) -> dict[str, str]:
        return {word: self.one(OFTEN) for word in self.some(words)}

    def level(self) -> float:
        return float(self.one((0, 1, 25, 50, 75, 99, 100, *(round(self.random.uniform(0, 100), 3) for _ in range(7)))))

    def turned(self) -> list[bool]:
        return [self.random.random() < 0.4 for _ in range(self.one((1, 2, 2, 3)))]


SEEDS = st.integers(0, 2**32 - 1)


def catalogues() -> st.SearchStrategy[Catalogue]:
    """2-8 skills, 0-6 interests, 2-8 roles; ladders without circles, as a file could hold them."""
    return st.builds(_catalogue, SEEDS, st.integers(2, 8), st.integers(0, 6), st.integers(2, 8))


def _catalogue(seed: int, skill_count: int, interest_count: int, role_count: int) -> Catalogue:
    dice = _Dice(seed)
    skills = [a_skill(name, _items(dice, name)) for name in (f"skill{n}" for n in range(skill_count))]
    interests = [
        an_interest(name, _items(dice, name, interest=True)) for name in (f"liking{n}" for n in range(interest_count))
    ]
    names = [f"role{n}" for n in range(role_count)]
    dice.random.shuffle(names)
    roles = [_role(dice, n, names, skills, interests) for n in range(role_count)]
    return a_catalogue(*roles, skills=skills, interests=interests, interest_weight=dice.one((0.25, 0.0, 0.5, 1.0)))


def _items(dice: _Dice, measures: str, interest: bool = False) -> list[Item]:
    return [an_item(measures, n, turned, interest) for n, turned in enumerate(dice.turned(), 1)]


def _role(dice: _Dice, n: int, names: list[str], skills: list[Skill], interests: list[Interest]) -> Role:
    required = {skill.id: (float(dice.one((0, 1, 2, 3, 4, 5, 0.5, 3.25))), dice.level()) for skill in skills}
    if not any(importance for importance, _ in required.values()):
        required[skills[0].id] = (5, dice.level())
    return a_role(
        names[n],
        required,
        path=dice.one(PATHS),
        rung=dice.one((1, 1, 2, 3, 4, 5)),
        interests={interest.id: dice.level() for interest in interests},
        gates=Gates(
            english=dice.maybe(ENGLISH_LEVELS),
            education=dice.maybe(EDUCATION_LEVELS),
            experience=dice.maybe(range(11)),
            licence=dice.maybe((*LICENCES, "CPC or CPC-A")),
            typing=dice.maybe(range(20, 80)),
            language=dice.maybe(ENGLISH_LEVELS),
            experience_in=dice.some(PATHS),
            usually=dice.some(("english", "education", "experience", "licence", "typing", "language")),
        ),
        conditions=Conditions(
            dice.often(SHIFTS), dice.often(CHANNELS), dice.some(SITES), dice.maybe(OFTEN), dice.often(HOURS)
        ),
        leads_to=_edges(dice, names[n + 1 :]),
        lateral=_edges(dice, [name for name in names if name != names[n]]),
    )


def _edges(dice: _Dice, to: list[str]) -> list[Edge]:
    chosen = dice.random.sample(to, min(len(to), dice.one(range(4))))
    return [Edge(name, (dice.one(range(4)), dice.one(range(3, 7)))) for name in chosen]


def abouts(catalogue: Catalogue) -> st.SearchStrategy[About]:
    """What a person could tell, all of it optional."""
    return SEEDS.map(lambda seed: _about(_Dice(seed), catalogue))


def _about(dice: _Dice, catalogue: Catalogue) -> About:
    return About(
        current_role=dice.maybe((NO_ROLE, *catalogue.roles)),
        years=dice.maybe(range(41)),
        fields=dice.one((None, dice.some(tuple(catalogue.paths)))),
        english=dice.maybe(ENGLISH_LEVELS),
        languages=dice.one((None, {code: dice.one(ENGLISH_LEVELS) for code in dice.some(("de", "es", "fr"))})),
        education=dice.maybe(EDUCATION_LEVELS),
        shifts=dice.one((None, dice.some(SHIFTS))),
        channel=dice.one((None, dice.some(CHANNELS))),
        site=dice.one((None, dice.some(SITES))),
        targets=dice.maybe((True, False)),
        licences=dice.one((None, dice.some(LICENCES))),
        typing=dice.maybe(range(120)),
    )


def responses(catalogue: Catalogue) -> st.SearchStrategy[Responses]:
    """Values for all, many, some or none of the items; the others are None or left out."""
    return st.builds(lambda *drawn: _responses(catalogue, *drawn), SEEDS, st.sampled_from((1.0, 0.8, 0.4, 0.0)))


def _responses(catalogue: Catalogue, seed: int, answered: float) -> Responses:
    dice = _Dice(seed)
    given: Responses = {}
    for item in catalogue.items():
        if dice.random.random() < answered:
            given[item.id] = dice.one(range(HIGHEST_VALUE + 1))
        elif dice.random.random() < 0.5:
            given[item.id] = None
    return given


def cases() -> st.SearchStrategy[tuple[Catalogue, Responses]]:
    """A catalogue, and somebody's answers to it."""
    return catalogues().flatmap(lambda catalogue: st.tuples(st.just(catalogue), responses(catalogue)))


def a_person(seed: int) -> tuple[Catalogue, Answers]:
    """Somebody with a catalogue of their own, for who draws without hypothesis."""
    dice = _Dice(seed)
    catalogue = _catalogue(seed, dice.one(range(2, 9)), dice.one(range(7)), dice.one(range(2, 9)))
    return catalogue, Answers(_responses(catalogue, seed, dice.one((1.0, 0.8, 0.4))), _about(dice, catalogue))


def report_of(catalogue: Catalogue, responses: Responses, **about: Any) -> Report:
    return build(catalogue, Answers(responses, About(**about)))


def answers_by_turns(catalogue: Catalogue, start: int = 0) -> Responses:
    """An answer to every item, with enough difference between them to say something."""
    return {item.id: (7 * n + n // 5 + start) % 5 for n, item in enumerate(catalogue.items())}
