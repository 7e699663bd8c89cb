"""JSON Schema of the files: it says no to the keys and values to which the reader says no."""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml  # noqa: TID253 - a test's own

from bpo_quiz.catalogue.files import template_folder
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.read import ROLES, SKILLS, read_catalogue
from bpo_quiz.catalogue.read_guide import GUIDE, parse_guide
from bpo_quiz.catalogue.schema import file_schema
from bpo_quiz.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Iterator

jsonschema: Any = pytest.importorskip("jsonschema")

CATALOGUE = load(template_folder())
TREES = {
    name: yaml.safe_load((template_folder() / f"{name}.yaml").read_text()) for name in ("skills", "roles", "guide")
}
KINDS = {"skills": SKILLS, "roles": ROLES, "guide": GUIDE}


KEYS_AND_KINDS = re.compile(
    r'not a known key|the key "\w+" is missing$|should (be|have) |a (list|mapping) is not ', re.MULTILINE
)
"""What the reader says of a value by itself; of what an id names, and of ids that are missing, only it can say."""


def told(name: str, tree: Any) -> str:
    """What the reader says of this file."""
    files = {one: json.dumps(tree if one == name else TREES[one]).encode() for one in TREES}
    try:
        read_catalogue(files["roles"], files["skills"])
        parse_guide(files["guide"], CATALOGUE)
    except CatalogueError as error:
        return "\n".join(str(fault) for fault in error.faults if fault.file == f"{name}.yaml")
    return ""


def mutants(tree: Any, of: Any = None, place: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """The tree with a key too many, a key too few, or another kind of value at one place."""
    of = tree if of is None else of
    keys = list(of) if isinstance(of, dict) else range(len(of)) if isinstance(of, list) else ()
    if isinstance(of, dict):
        yield (*place, "+"), changed(tree, (*place, "not_known"), {"x": [1]})
    for key in keys:
        yield (*place, key, "-"), changed(tree, (*place, key), None)
        yield (*place, key, "other"), changed(tree, (*place, key), {"x": 1} if isinstance(of[key], list) else [[1]])
        yield from mutants(tree, of[key], (*place, key))


def changed(tree: Any, place: tuple[Any, ...], value: Any) -> Any:
    copied = copy.deepcopy(tree)
    *above, last = place
    inner = copied
    for key in above:
        inner = inner[key]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return copied


@pytest.mark.parametrize("name", TREES)
def test_the_schema_and_the_reader_say_no_to_the_same_keys_and_kinds_of_value(name: str) -> None:
    schema = jsonschema.Draft202012Validator(file_schema(KINDS[name], name))
    assert not list(schema.iter_errors(TREES[name]))
    for place, tree in [*mutants(TREES[name])][::3]:
        said = told(name, tree)
        is_an_id_too_many = name == "roles" and place[-2:] in (("skills", "+"), ("interests", "+"))
        assert bool(list(schema.iter_errors(tree))) == bool(KEYS_AND_KINDS.search(said)) or is_an_id_too_many, place
