"""The shipped catalogue as it was read once, when the wheel was built: reading its YAML takes long.

It is found by the fingerprint of the two YAML files, so a file that was edited after the installation is read anew.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bpo_quiz import __version__
from bpo_quiz.catalogue.files import shipped_folder
from bpo_quiz.catalogue.model import (
    Catalogue,
    Certificate,
    Conditions,
    Edge,
    Gates,
    GrowthTarget,
    Interest,
    Item,
    Kpi,
    Path,
    Preview,
    Requirement,
    Role,
    Settings,
    Skill,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Row = list[Any]
"""A record as JSON keeps it: its fields in their order."""


def find(sha256: str) -> Catalogue | None:
    """What was compiled of the files with this fingerprint; None where nothing was, or it cannot be used."""
    try:
        content = (shipped_folder() / file_name(sha256)).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return restored(content, sha256)


def file_name(sha256: str) -> str:
    """What the file beside the YAML is called."""
    return f"compiled-{sha256[:16]}.json"


def written(catalogue: Catalogue) -> str:
    """The catalogue as JSON; `restored` gives it back."""
    return json.dumps({"version": __version__, "sha256": catalogue.sha256, "catalogue": catalogue}, ensure_ascii=False)


def restored(content: str, sha256: str) -> Catalogue | None:
    """The catalogue that was written; None if this program did not write it, or of other files."""
    try:
        record = json.loads(content)
        if (record["version"], record["sha256"]) != (__version__, sha256):
            return None
        return _catalogue(record["catalogue"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _catalogue(row: Row) -> Catalogue:
    found = Catalogue(*row)
    return found._replace(
        settings=Settings(*found.settings),
        skills=_each(_skill, found.skills),
        interests=_each(_interest, found.interests),
        paths=_each(_path, found.paths),
        roles=_each(_role, found.roles),
    )


def _each(restore: Callable[[Any], Any], rows: Any) -> dict[str, Any]:
    return {name: restore(row) for name, row in rows.items()}


def _skill(row: Row) -> Skill:
    found = Skill(*row)
    return found._replace(grow=tuple(found.grow), levels=tuple(found.levels), items=_items(found.items))


def _interest(row: Row) -> Interest:
    found = Interest(*row)
    return found._replace(items=_items(found.items))


def _items(rows: Sequence[Any]) -> tuple[Item, ...]:
    return tuple(found._replace(options=tuple(found.options)) for found in (Item(*row) for row in rows))


def _path(row: Row) -> Path:
    found = Path(*row)
    return found._replace(growth=tuple(GrowthTarget(*target) for target in found.growth))


def _role(row: Row) -> Role:
    found = Role(*row)
    day, good, hard = found.preview
    shifts, channel, site, targets = found.conditions
    return found._replace(
        also=tuple(found.also),
        preview=Preview(day, tuple(good), tuple(hard)),
        skills={skill: Requirement(*asked) for skill, asked in found.skills.items()},
        gates=Gates(*found.gates),
        conditions=Conditions(tuple(shifts), tuple(channel), tuple(site), targets),
        kpis=tuple(Kpi(*kpi) for kpi in found.kpis),
        certificates=tuple(Certificate(*certificate) for certificate in found.certificates),
        leads_to=_edges(found.leads_to),
        lateral=_edges(found.lateral),
        sources=tuple(found.sources),
    )


def _edges(rows: Sequence[Any]) -> tuple[Edge, ...]:
    return tuple(Edge(role, tuple(years)) for role, years in rows)
