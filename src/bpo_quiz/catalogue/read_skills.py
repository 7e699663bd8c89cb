"""`skills.yaml`: skills, interests and their items."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.catalogue.model import HIGHEST_VALUE, Interest, Item, Skill

if TYPE_CHECKING:
    from bpo_quiz.catalogue.reader import Place, Reader

FORMAT = "bpo-quiz/skills@1"
_LEVELS = 5


class SkillsFile(NamedTuple):
    """What `skills.yaml` says."""

    groups: dict[str, str]
    skills: dict[str, Skill]
    interests: dict[str, Interest]


def read_skills(reader: Reader, top: Place) -> SkillsFile:
    """Read the whole file; faults go to the reader."""
    found = reader.record(top, ("format", "groups", "skills"), ("interests",))
    reader.choice(found.get("format"), (FORMAT,), "a format that is known here")
    groups = {}
    if "groups" in found:
        groups = {key: reader.text(place) for key, place in reader.table(found["groups"], "group").items()}
    item_lines: dict[str, int] = {}
    skills = {}
    if "skills" in found:
        places = reader.table(found["skills"], "skill")
        skills = {key: _skill(reader, key, place, groups, item_lines) for key, place in places.items()}
        reader.distinct(((skill.id, skill.name) for skill in skills.values()), places, "name")
        if not skills:
            reader.fault(found["skills"], "a catalogue needs at least one skill")
    interests = {}
    if "interests" in found:
        for key, place in reader.table(found["interests"], "interest").items():
            interests[key] = _interest(reader, key, place, item_lines)
    return SkillsFile(groups, skills, interests)


def _skill(reader: Reader, key: str, place: Place, groups: dict[str, str], item_lines: dict[str, int]) -> Skill:
    found = reader.record(place, ("name", "group", "meaning", "items"), ("grow", "levels", "evidence"))
    return Skill(
        id=key,
        name=reader.text(found.get("name"), key),
        group=reader.choice(found.get("group"), groups, "a group"),
        meaning=reader.text(found.get("meaning")),
        grow=reader.texts(found.get("grow")),
        levels=reader.texts(found.get("levels"), _LEVELS, _LEVELS),
        items=_items(reader, key, found.get("items"), item_lines),
        evidence=reader.text(found.get("evidence")),
    )


def _interest(reader: Reader, key: str, place: Place, item_lines: dict[str, int]) -> Interest:
    found = reader.record(place, ("name", "meaning", "items"))
    return Interest(
        id=key,
        name=reader.text(found.get("name"), key),
        meaning=reader.text(found.get("meaning")),
        items=_items(reader, key, found.get("items"), item_lines),
    )


def _items(reader: Reader, measures: str, place: Place | None, item_lines: dict[str, int]) -> tuple[Item, ...]:
    if place is None:
        return ()
    items = []
    for key, item_place in reader.table(place, "item").items():
        if key in item_lines:
            reader.fault(item_place, f'the item "{key}" stands twice, first on line {item_lines[key]}')
            continue
        item_lines[key] = item_place.line
        items.append(_item(reader, key, measures, item_place))
    if not items:
        reader.fault(place, f'"{measures}" has no items, so nobody could be asked about it')
    return tuple(items)


def _item(reader: Reader, key: str, measures: str, place: Place) -> Item:
    found = reader.record(place, ("prompt", "options"), ("help", "reversed"))
    count = HIGHEST_VALUE + 1
    options = reader.texts(found.get("options"), count, count)
    if len(set(options)) < len(options):
        reader.fault(found["options"], "two options have the same wording")
    return Item(
        id=key,
        measures=measures,
        prompt=reader.text(found.get("prompt"), key),
        help=reader.text(found.get("help")) if "help" in found else "",
        options=options,
        reversed=reader.flag(found.get("reversed")),
    )
