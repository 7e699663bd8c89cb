"""A catalogue out of the YAML of its two files, or everything that is wrong with them.

The tables say which keys a mapping takes; what no table can say is checked by the functions below them.
"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from bpo_quiz.catalogue import model
from bpo_quiz.catalogue.fields import (
    A_FORMAT,
    TEXT,
    TEXTS,
    YEAR,
    Checked,
    Choice,
    Each,
    Flag,
    Key,
    Listed,
    Number,
    OftenEach,
    OftenOne,
    OrUsually,
    Reader,
    Record,
    Spot,
    Table,
)
from bpo_quiz.catalogue.files import ROLES_FILE, SKILLS_FILE, fingerprint
from bpo_quiz.catalogue.find import nearest
from bpo_quiz.catalogue.strict_yaml import parse
from bpo_quiz.errors import CatalogueError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEVELS = 5
_HIGHEST_RUNG = 5
_HIGHEST_IMPORTANCE = 5
_MOST_YEARS = 40
_SHOWN_OF_A_CIRCLE = 12


def read_catalogue(roles: bytes, skills: bytes) -> model.Catalogue:
    """The catalogue that two files' bytes describe.

    Raises:
        CatalogueError: with every fault of both files, each with its line.
    """
    faults: list[Fault] = []
    roles_top, skills_top = _top(roles, ROLES_FILE, faults), _top(skills, SKILLS_FILE, faults)
    catalogue = None
    if skills_top is not None:  # without it, every id in roles.yaml would look unknown
        reader = Reader(SKILLS_FILE, faults)
        asked = reader.file(SKILLS, skills_top)
        _check_skills(reader, skills_top, asked)
        if roles_top is not None:
            _tell_misspelt(reader, skills_top, roles_top)
            reader = Reader(ROLES_FILE, faults, reader.ids)
            told = reader.file(ROLES, roles_top)
            _check_roles(reader, roles_top, told)
            catalogue = model.Catalogue(
                **told["catalogue"],
                sha256=fingerprint(roles, skills),
                settings=told["settings"],
                groups=asked["groups"],
                skills=asked["skills"],
                interests=asked["interests"],
                paths=told["paths"],
                roles=told["roles"],
            )
    if faults or catalogue is None:
        raise CatalogueError(faults)
    return catalogue


def _top(content: bytes, name: str, faults: list[Fault]) -> Spot | None:
    try:
        return Spot(parse(content, name), "", 0)
    except CatalogueError as error:
        faults.extend(error.faults)
        return None


# --- skills.yaml ---


def _item(key: str, **rest: Any) -> model.Item:
    return model.Item(key, "", **rest)  # the skill or interest says what it measures


def _skill(key: str, items: dict[str, model.Item], **rest: Any) -> model.Skill:
    return model.Skill(key, items=_measuring(key, items), **rest)


def _interest(key: str, items: dict[str, model.Item], **rest: Any) -> model.Interest:
    return model.Interest(key, items=_measuring(key, items), **rest)


def _measuring(measures: str, items: dict[str, model.Item]) -> tuple[model.Item, ...]:
    return tuple(item._replace(measures=measures) for item in items.values())


def _with_different_options(reader: Reader, spot: Spot, item: model.Item) -> model.Item:
    if len(set(item.options)) < len(item.options):
        reader.fault(spot.at("options"), "two options have the same wording")
    return item


_ITEM = Record(
    _item,
    {
        "prompt": Key(TEXT),
        "options": Key(Listed(TEXT, model.HIGHEST_VALUE + 1, model.HIGHEST_VALUE + 1)),
        "help": Key(TEXT, ""),
        "reversed": Key(Flag(), False),
    },
    has_id=True,
)
_ITEMS = Table("item", Checked(_ITEM, _with_different_options))
_SKILL = Record(
    _skill,
    {
        "name": Key(TEXT),
        "group": Key(Choice("a group", "group")),
        "meaning": Key(TEXT),
        "items": Key(_ITEMS),
        "grow": Key(TEXTS, ()),
        "levels": Key(Listed(TEXT, _LEVELS, _LEVELS), ()),
        "evidence": Key(TEXT, ""),
        "road": Key(TEXTS, ()),
    },
    has_id=True,
)
_INTEREST = Record(_interest, {"name": Key(TEXT), "meaning": Key(TEXT), "items": Key(_ITEMS)}, has_id=True)
SKILLS = Record(
    dict,
    {
        "format": Key(Choice(A_FORMAT, ("bpo-quiz/skills@1",))),
        "groups": Key(Table("group", TEXT)),
        "skills": Key(Table("skill", _SKILL)),
        "interests": Key(Table("interest", _INTEREST), {}),
    },
)


def _check_skills(reader: Reader, top: Spot, found: dict[str, Any]) -> None:
    spots = top.at("skills").below()
    if top.has("skills") and not found["skills"]:
        reader.fault(top.at("skills"), "a catalogue needs at least one skill")
    reader.distinct(((skill.id, skill.name) for skill in found["skills"].values()), spots, "name")
    first: dict[str, int] = {}
    for key in ("skills", "interests"):
        spots = top.at(key).below()
        for measured in found[key].values():
            _check_items(reader, spots[measured.id], measured, first)
            if key == "interests" and measured.id in found["skills"]:
                reader.fault(spots[measured.id], f'"{measured.id}" is also the id of a skill; choose another one')


def _check_items(reader: Reader, spot: Spot, measured: model.Skill | model.Interest, first: dict[str, int]) -> None:
    """Refuse items without any, and an item that another skill or interest has; `first` says where each stands."""
    if spot.has("items") and not measured.items:
        reader.fault(spot.at("items"), f'"{measured.id}" has no items, so nobody could be asked about it')
    spots = spot.at("items").below()
    for item in measured.items:
        if item.id in first:
            reader.fault(spots[item.id], f'the item "{item.id}" stands twice, first on line {first[item.id]}')
        first.setdefault(item.id, spots[item.id].line)


def _tell_misspelt(reader: Reader, skills_top: Spot, roles_top: Spot) -> None:
    """An id that no role names where all name one much like it: told once, here, and then taken for what they name."""
    for what, key in (("skill", "skills"), ("interest", "interests")):
        ids, described = reader.ids[what], skills_top.at(key).below()
        named = [set(role.at(key).below()) for role in roles_top.at("roles").below().values()]
        unknown = set.intersection(*named) - ids.keys() if named else set()
        for one in ids.keys() - set().union(*named):
            if (meant := nearest(one, unknown)) is not None:
                told = f'no role names it, and every role names "{meant}"; write it the same in both files'
                reader.fault(described[one], told)
                reader.ids[what] = ids = {meant if known == one else known: name for known, name in ids.items()}


# --- roles.yaml ---


def _ascending(reader: Reader, spot: Spot, edge: model.Edge) -> model.Edge:
    if list(edge.years) != sorted(edge.years):
        reader.fault(spot.at("years"), "should be [fewest, most]")
    return edge


def _checked_role(reader: Reader, spot: Spot, role: model.Role) -> model.Role:
    if role.skills and not any(asked.importance for asked in role.skills.values()):
        reader.fault(spot.at("skills"), "every importance is 0; say which skills matter")
    if not spot.has("interests") and reader.ids.get("interest"):
        reader.fault(spot, 'the key "interests" is missing; skills.yaml asks about interests')
    for key, edges in (("leads_to", role.leads_to), ("lateral", role.lateral)):
        moves = [(entry, edge.role) for entry, edge in zip(spot.at(key).entries(), edges, strict=False)]
        reader.once(moves)
        for entry, target in moves:
            if target == role.id:
                reader.fault(entry, "a role cannot lead to itself")
    return role


_CATALOGUE = {
    "name": Key(TEXT),
    "version": Key(TEXT),
    "trade": Key(TEXT, "this trade"),
    "trade_means": Key(TEXT, ""),
    "years_basis": Key(TEXT, ""),
}
_USUAL = model.Settings()
_SETTINGS = {
    "interest_weight": Key(Number(0, 1), _USUAL.interest_weight),
    "seconds_per_item": Key(Number(1, 120), _USUAL.seconds_per_item),
    "quick_items": Key(Number(1, 1000, is_whole=True), _USUAL.quick_items),
    "quick_stop": Key(Number(0, 100), _USUAL.quick_stop),
}
_A_ROLE = Choice("a role", "role")
_GROWTH = Record(model.GrowthTarget, {"title": Key(TEXT), "role": Key(_A_ROLE)})
_PATH = Record(
    model.Path,
    {
        "name": Key(TEXT),
        "also": Key(TEXTS, ()),
        "summary": Key(TEXT),
        "work": Key(TEXT, ""),
        "growth": Key(Listed(_GROWTH), ()),
    },
    has_id=True,
)
_REQUIREMENT = Record(
    model.Requirement, {"importance": Key(Number(0, _HIGHEST_IMPORTANCE)), "level": Key(Number(0, 100))}
)
_CEFR = OrUsually(Choice("a CEFR level", model.ENGLISH_LEVELS))
_GATES = {
    "english": Key(_CEFR, None),
    "education": Key(OrUsually(Choice("a level of education", model.EDUCATION_LEVELS)), None),
    "experience": Key(OrUsually(Number(0, _MOST_YEARS)), None),
    "experience_in": Key(Listed(Choice("a career path", "path"), 1, once=True), ()),
    "licence": Key(OrUsually(TEXT), None),
    "typing": Key(OrUsually(Number(1, 200)), None),
    "language": Key(_CEFR, None),
}


def _gates(experience_in: tuple[str, ...], **asked: tuple[Any, str] | None) -> model.Gates:
    told = {name: one for name, one in asked.items() if one is not None}
    usually = tuple(name for name, (_, often) in told.items() if often == "usually")
    levels = {name: level for name, (level, _) in told.items()}
    return model.Gates(**levels, experience_in=experience_in, usually=usually)


def _with_years(reader: Reader, spot: Spot, gates: model.Gates) -> model.Gates:
    if gates.experience_in and gates.experience is None:
        reader.fault(spot.at("experience_in"), 'says nothing without "experience"')
    return gates


_CONDITIONS = {
    "shifts": Key(OftenEach(Choice("a shift", model.SHIFTS), ("usually",)), model.NOTHING),
    "channel": Key(OftenEach(Choice("a channel", model.CHANNELS), ("always", "usually")), model.NOTHING),
    "site": Key(Listed(Choice("a site", model.SITES), once=True), ()),
    "targets": Key(OftenOne(), None),
    "hours": Key(OftenEach(Choice("hours", model.HOURS), ("sometimes",)), model.NOTHING),
}
_KPI = Record(
    model.Kpi,
    {
        "name": Key(TEXT),
        "target": Key(TEXT),
        "source": Key(TEXT),
        "year": Key(YEAR),
        "confidence": Key(Choice("a confidence", model.CONFIDENCES)),
    },
)
_EDGE = Record(model.Edge, {"role": Key(_A_ROLE), "years": Key(Listed(Number(0, _MOST_YEARS), 2, 2))})
_EDGES = Listed(Checked(_EDGE, _ascending))
_ROLE = Record(
    model.Role,
    {
        "name": Key(TEXT),
        "also": Key(TEXTS, ()),
        "path": Key(Choice("a career path", "path")),
        "rung": Key(Number(1, _HIGHEST_RUNG, is_whole=True)),
        "onet": Key(TEXT, None),
        "basis": Key(TEXT, ""),
        "summary": Key(TEXT),
        "preview": Key(
            Record(model.Preview, {"day": Key(TEXT), "good": Key(TEXTS), "hard": Key(TEXTS)}), model.Preview("", (), ())
        ),
        "skills": Key(Each("skill", _REQUIREMENT, "; every role needs all of them")),
        "interests": Key(Each("interest", Number(0, 100)), {}),
        "gates": Key(Checked(Record(_gates, _GATES), _with_years), model.Gates()),
        "conditions": Key(Record(model.Conditions, _CONDITIONS), model.Conditions()),
        "kpis": Key(Listed(_KPI), ()),
        "certificates": Key(Listed(Record(model.Certificate, {"name": Key(TEXT), "note": Key(TEXT, "")})), ()),
        "this_month": Key(TEXT, ""),
        "ai": Key(TEXT, ""),
        "hazard": Key(TEXT, ""),
        "leads_to": Key(_EDGES, ()),
        "lateral": Key(_EDGES, ()),
        "sources": Key(TEXTS, ()),
        "languages": Key(Choice("what a language can be here", ("plus",)), ""),
    },
    has_id=True,
)
ROLES = Record(
    dict,
    {
        "format": Key(Choice(A_FORMAT, ("bpo-quiz/roles@1",))),
        "catalogue": Key(Record(dict, _CATALOGUE)),
        "settings": Key(Record(model.Settings, _SETTINGS), _USUAL),
        "paths": Key(Table("path", _PATH)),
        "roles": Key(Table("role", Checked(_ROLE, _checked_role))),
    },
)


def _check_roles(reader: Reader, top: Spot, found: dict[str, Any]) -> None:
    paths, roles = found["paths"].values(), found["roles"].values()
    spots = top.at("roles").below()
    if top.has("roles") and len(roles) < 2:
        reader.fault(top.at("roles"), "a catalogue needs at least two roles")
    if model.NO_ROLE in found["roles"]:
        reader.fault(spots[model.NO_ROLE], f'"{model.NO_ROLE}" means that somebody has no role; choose another id')
    names = ((path.id, name) for path in paths for name in (path.name, *path.also))
    reader.distinct(names, top.at("paths").below(), "name")
    reader.distinct(((role.id, title) for role in roles for title in (role.name, *role.also)), spots, "title")
    circle = find_circle(roles)
    if circle:
        first = spots[circle[0]]
        reader.fault(first._replace(where=f"{first.where}.leads_to"), f"goes in a circle: {_chain(circle)}")


def find_circle(roles: Iterable[model.Role]) -> list[str]:
    """A chain of `leads_to` that ends where it starts (`[a, b, a]`), from its first role in the file; else nothing."""
    leads_to = {role.id: [edge.role for edge in role.leads_to] for role in roles}
    try:
        TopologicalSorter(leads_to).prepare()
    except CycleError as error:
        *circle, _ = reversed(error.args[1])  # told so that each leads to the one before it
        place = {role: n for n, role in enumerate(leads_to)}
        first = circle.index(min(circle, key=place.__getitem__))
        return [*circle[first:], *circle[: first + 1]]
    return []


def _chain(roles: list[str]) -> str:
    if len(roles) > _SHOWN_OF_A_CIRCLE:
        roles = [*roles[: _SHOWN_OF_A_CIRCLE - 1], "...", roles[-1]]
    return " > ".join(roles)
