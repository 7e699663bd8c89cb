"""A catalogue out of the YAML of its two files, or everything that is wrong with them."""

from __future__ import annotations

from bpo_quiz.catalogue.files import ROLES_FILE, SKILLS_FILE, fingerprint
from bpo_quiz.catalogue.ladder import find_cycle
from bpo_quiz.catalogue.model import Catalogue
from bpo_quiz.catalogue.read_roles import read_roles
from bpo_quiz.catalogue.read_skills import read_skills
from bpo_quiz.catalogue.reader import Place, Reader
from bpo_quiz.catalogue.strict_yaml import Mapping, parse
from bpo_quiz.errors import CatalogueError, Fault


def read_catalogue(roles: bytes, skills: bytes) -> Catalogue:
    """The catalogue that two files' bytes describe.

    Raises:
        CatalogueError: with every fault of both files, each with its line.
    """
    faults: list[Fault] = []
    trees = {ROLES_FILE: _tree(roles, ROLES_FILE, faults), SKILLS_FILE: _tree(skills, SKILLS_FILE, faults)}
    catalogue = _build(trees, faults, fingerprint(roles, skills))
    if faults or catalogue is None:
        raise CatalogueError(faults)
    return catalogue


def _tree(content: bytes, name: str, faults: list[Fault]) -> Mapping | None:
    try:
        return parse(content, name)
    except CatalogueError as error:
        faults.extend(error.faults)
        return None


def _build(trees: dict[str, Mapping | None], faults: list[Fault], sha256: str) -> Catalogue | None:
    skills_tree, roles_tree = trees[SKILLS_FILE], trees[ROLES_FILE]
    if skills_tree is None:
        return None  # every id in roles.yaml would look unknown
    skills = read_skills(Reader(SKILLS_FILE, faults), Place(skills_tree, "", 0))
    if roles_tree is None:
        return None
    roles = read_roles(Reader(ROLES_FILE, faults), Place(roles_tree, "", 0), skills)
    cycle = find_cycle(roles.roles)
    if cycle:
        line = _line(roles_tree, "roles", cycle[0])
        faults.append(Fault(ROLES_FILE, line, f"roles.{cycle[0]}.leads_to", f"goes in a circle: {_chain(cycle)}"))
    return Catalogue(
        name=roles.name,
        version=roles.version,
        sha256=sha256,
        trade=roles.trade,
        settings=roles.settings,
        groups=skills.groups,
        skills=skills.skills,
        interests=skills.interests,
        paths=roles.paths,
        roles=roles.roles,
        years_basis=roles.years_basis,
    )


def _line(tree: Mapping, *keys: str) -> int:
    line, node = tree.line, tree
    for key in keys:
        line = node.key_lines[key]
        below = node.entries[key]
        if not isinstance(below, Mapping):
            break
        node = below
    return line


def _chain(roles: list[str], most: int = 12) -> str:
    shown = roles if len(roles) <= most else [*roles[: most - 1], "...", roles[-1]]
    return " > ".join(shown)
