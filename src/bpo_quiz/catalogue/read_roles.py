"""`roles.yaml`: the catalogue's name and settings, career paths and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.catalogue.model import (
    CHANNELS,
    CONFIDENCES,
    EDUCATION_LEVELS,
    ENGLISH_LEVELS,
    NO_ROLE,
    SHIFTS,
    SITES,
    Certificate,
    Conditions,
    Edge,
    Gates,
    GrowthTarget,
    Kpi,
    Path,
    Preview,
    Requirement,
    Role,
    Settings,
)

if TYPE_CHECKING:
    from bpo_quiz.catalogue.read_skills import SkillsFile
    from bpo_quiz.catalogue.reader import Place, Reader

FORMAT = "bpo-quiz/roles@1"
HIGHEST_RUNG = 5
HIGHEST_IMPORTANCE = 5
MOST_YEARS = 40

_ROLE_KEYS = ("name", "path", "rung", "summary", "skills")
_ROLE_KEYS_OPTIONAL = (
    "also", "onet", "basis", "preview", "interests", "gates", "conditions", "kpis", "certificates",
    "this_month", "leads_to", "lateral", "sources",
)  # fmt: skip


class RolesFile(NamedTuple):
    """What `roles.yaml` says."""

    name: str
    version: str
    trade: str
    years_basis: str
    settings: Settings
    paths: dict[str, Path]
    roles: dict[str, Role]


def read_roles(reader: Reader, top: Place, skills: SkillsFile) -> RolesFile:
    """Read the whole file; faults go to the reader."""
    found = reader.record(top, ("format", "catalogue", "paths", "roles"), ("settings",))
    reader.choice(found.get("format"), (FORMAT,), "a format that is known here")
    about: dict[str, Place] = {}
    if "catalogue" in found:
        about = reader.record(found["catalogue"], ("name", "version"), ("trade", "years_basis"))
    path_places = reader.table(found["paths"], "path") if "paths" in found else {}
    role_places = reader.table(found["roles"], "role") if "roles" in found else {}
    if "roles" in found and len(role_places) < 2:
        reader.fault(found["roles"], "a catalogue needs at least two roles")
    if NO_ROLE in role_places:
        reader.fault(role_places[NO_ROLE], f'"{NO_ROLE}" means that somebody has no role; choose another id')
    paths = {key: _path(reader, key, place, role_places) for key, place in path_places.items()}
    sheet = _RoleReader(reader, paths, role_places, skills)
    roles = {key: sheet.role(key, place) for key, place in role_places.items()}
    reader.distinct(((path.id, path.name) for path in paths.values()), path_places, "name")
    titles = ((role.id, title) for role in roles.values() for title in (role.name, *role.also))
    reader.distinct(titles, role_places, "title")
    return RolesFile(
        name=reader.text(about.get("name")),
        version=reader.text(about.get("version")),
        trade=reader.text(about.get("trade"), "this trade"),
        years_basis=reader.text(about.get("years_basis")),
        settings=_settings(reader, found.get("settings")),
        paths=paths,
        roles=roles,
    )


def _settings(reader: Reader, place: Place | None) -> Settings:
    if place is None:
        return Settings()
    found = reader.record(place, (), ("interest_weight", "seconds_per_item", "quick_items", "quick_stop"))
    usual = Settings()
    return Settings(
        interest_weight=reader.number(found.get("interest_weight"), 0, 1, usual.interest_weight),
        seconds_per_item=reader.number(found.get("seconds_per_item"), 1, 120, usual.seconds_per_item),
        quick_items=reader.whole(found.get("quick_items"), 1, 1000, usual.quick_items),
        quick_stop=reader.number(found["quick_stop"], 0, 100) if "quick_stop" in found else None,
    )


def _path(reader: Reader, key: str, place: Place, roles: dict[str, Place]) -> Path:
    found = reader.record(place, ("name", "summary"), ("growth",))
    growth = []
    for entry in reader.listed(found.get("growth")):
        target = reader.record(entry, ("title", "role"))
        role = reader.choice(target.get("role"), roles, "a role")
        growth.append(GrowthTarget(reader.text(target.get("title")), role))
    return Path(key, reader.text(found.get("name"), key), reader.text(found.get("summary")), tuple(growth))


class _RoleReader:
    """Reads roles; knows which paths, roles, skills and interests there are."""

    def __init__(self, reader: Reader, paths: dict[str, Path], roles: dict[str, Place], skills: SkillsFile) -> None:
        self.reader = reader
        self.paths = paths
        self.roles = roles
        self.skills = skills.skills
        self.interests = skills.interests

    def role(self, key: str, place: Place) -> Role:
        reader = self.reader
        found = reader.record(place, _ROLE_KEYS, _ROLE_KEYS_OPTIONAL)
        return Role(
            id=key,
            name=reader.text(found.get("name"), key),
            also=reader.texts(found.get("also")),
            path=reader.choice(found.get("path"), self.paths, "a career path"),
            rung=reader.whole(found.get("rung"), 1, HIGHEST_RUNG, 1),
            onet=reader.text(found["onet"]) if "onet" in found else None,
            basis=reader.text(found.get("basis")),
            summary=reader.text(found.get("summary")),
            preview=self._preview(found.get("preview")),
            skills=self._skills(found.get("skills")),
            interests=self._interests(found.get("interests"), place),
            gates=self._gates(found.get("gates")),
            conditions=self._conditions(found.get("conditions")),
            kpis=tuple(self._kpi(entry) for entry in reader.listed(found.get("kpis"))),
            certificates=tuple(self._certificate(entry) for entry in reader.listed(found.get("certificates"))),
            this_month=reader.text(found.get("this_month")),
            leads_to=self._edges(found.get("leads_to"), key),
            lateral=self._edges(found.get("lateral"), key),
            sources=reader.texts(found.get("sources")),
        )

    def _preview(self, place: Place | None) -> Preview:
        if place is None:
            return Preview("", (), ())
        found = self.reader.record(place, ("day", "good", "hard"))
        return Preview(
            self.reader.text(found.get("day")),
            self.reader.texts(found.get("good")),
            self.reader.texts(found.get("hard")),
        )

    def _skills(self, place: Place | None) -> dict[str, Requirement]:
        if place is None:
            return {}
        reader = self.reader
        found = reader.record(place, (), tuple(self.skills))
        required = {}
        for skill in self.skills:
            if skill not in found:
                reader.fault(place, f'the skill "{skill}" is missing; every role needs all of them')
                continue
            values = reader.record(found[skill], ("importance", "level"))
            required[skill] = Requirement(
                importance=reader.number(values.get("importance"), 0, HIGHEST_IMPORTANCE),
                level=reader.number(values.get("level"), 0, 100),
            )
        if required and not any(requirement.importance for requirement in required.values()):
            reader.fault(place, "every importance is 0; say which skills matter")
        return required

    def _interests(self, place: Place | None, role: Place) -> dict[str, float]:
        if place is None:
            if self.interests:
                self.reader.fault(role, 'the key "interests" is missing; skills.yaml asks about interests')
            return {}
        found = self.reader.record(place, (), tuple(self.interests))
        for interest in self.interests:
            if interest not in found:
                self.reader.fault(place, f'the interest "{interest}" is missing')
        return {key: self.reader.number(found[key], 0, 100) for key in self.interests if key in found}

    def _gates(self, place: Place | None) -> Gates:
        if place is None:
            return Gates()
        reader = self.reader
        found = reader.record(place, (), ("english", "education", "experience", "licence", "typing"))
        return Gates(
            english=reader.choice(found.get("english"), ENGLISH_LEVELS, "a CEFR level") or None,
            education=reader.choice(found.get("education"), EDUCATION_LEVELS, "a level of education") or None,
            experience=reader.number(found["experience"], 0, MOST_YEARS) if "experience" in found else None,
            licence=reader.text(found["licence"]) if "licence" in found else None,
            typing=reader.number(found["typing"], 1, 200) if "typing" in found else None,
        )

    def _conditions(self, place: Place | None) -> Conditions:
        if place is None:
            return Conditions()
        reader = self.reader
        found = reader.record(place, (), ("shifts", "channel", "site", "targets"))
        return Conditions(
            shifts=reader.choices(found.get("shifts"), SHIFTS, "a shift"),
            channel=reader.choices(found.get("channel"), CHANNELS, "a channel"),
            site=reader.choices(found.get("site"), SITES, "a site"),
            targets=reader.flag(found.get("targets")),
        )

    def _kpi(self, place: Place) -> Kpi:
        reader = self.reader
        found = reader.record(place, ("name", "target", "source", "year", "confidence"))
        return Kpi(
            name=reader.text(found.get("name")),
            target=reader.text(found.get("target")),
            source=reader.text(found.get("source")),
            year=reader.whole(found.get("year"), 1950, 2100, 2000),
            confidence=reader.choice(found.get("confidence"), CONFIDENCES, "a confidence"),
        )

    def _certificate(self, place: Place) -> Certificate:
        found = self.reader.record(place, ("name",), ("note",))
        return Certificate(self.reader.text(found.get("name")), self.reader.text(found.get("note")))

    def _edges(self, place: Place | None, origin: str) -> tuple[Edge, ...]:
        edges: dict[str, Edge] = {}
        for entry in self.reader.listed(place):
            edge = self._edge(entry, origin)
            if edge.role and edge.role in edges:
                self.reader.fault(entry, f'"{edge.role}" stands twice')
            edges[edge.role] = edge
        return tuple(edges.values())

    def _edge(self, place: Place, origin: str) -> Edge:
        reader = self.reader
        found = reader.record(place, ("role", "years"))
        role = reader.choice(found.get("role"), self.roles, "a role")
        if role == origin:
            reader.fault(place, "a role cannot lead to itself")
        years = [reader.number(entry, 0, MOST_YEARS) for entry in reader.listed(found.get("years"), 2, 2)]
        low, high = (years[0], years[1]) if len(years) == 2 else (0.0, 0.0)
        if low > high:
            reader.fault(found["years"], "should be [fewest, most]")
        return Edge(role, (low, high))
