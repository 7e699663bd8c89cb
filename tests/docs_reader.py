"""Reads the pages of docs/: their tables, their examples, and what they say of each key of a record."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


class Told(NamedTuple):
    """What a table says of a key: what its value can be, and what it means."""

    value: str
    meaning: str


if TYPE_CHECKING:
    Table = Mapping[str, Told]


# --- Pages ---


@cache
def page(name: str) -> str:
    """The text of a page of docs/."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands below a heading, up to the next one of its rank or above; `# ` may be a comment in an example."""
    hashes, below = re.findall(rf"^(##+) {re.escape(heading)}\n(.*)", text, re.MULTILINE | re.DOTALL)[0]
    return re.split(rf"^#{{2,{len(hashes)}}} ", below, maxsplit=1, flags=re.MULTILINE)[0]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def anchor(heading: str) -> str:
    """What leads to a heading."""
    return re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")


def rows(text: str) -> Iterator[list[str]]:
    """The cells of every table row but heads and rules."""
    shown = text.splitlines()
    for line, below in zip(shown, [*shown[1:], ""], strict=True):
        if line.startswith("| ") and not line.startswith("| ---") and not below.startswith("| ---"):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def words_in_code(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL))


# --- What is said of a key ---


def table(text: str) -> dict[str, Told]:
    """Key -> what the tables below a heading say of it; a row may name several keys, and none may stand twice."""
    found: dict[str, Told] = {}
    for keys, *rest in rows(text):
        for name in keys.replace("`", "").split(", "):
            assert name not in found, f"{name} is described twice"
            found[name] = Told(rest[0], rest[-1])
    return found


@cache
def everywhere() -> Table:
    """What is said of the last word of a key, of whatever record."""
    return table(section(page("formats.md"), "Keys that mean the same everywhere")) | table(
        section(page("desk-formats.md"), "Keys of the desk")
    )


@cache
def parts() -> Mapping[str, Table]:
    """What several records hold: what leads to it -> its keys."""
    texts = (section(page(name), "Shared parts") for name in ("formats.md", "desk-formats.md"))
    headings = {heading: text for text in texts for heading in re.findall(r"^### (.+)$", text, re.MULTILINE)}
    return {anchor(heading): table(section(text, heading)) for heading, text in headings.items()}


def told(of: Table, key: str) -> Told | None:
    """What is said of a key: in its own row, in the part that the row above it leads to, or for all records."""
    if key in of:
        return of[key]
    above, _, last = key.rpartition(".")
    owner = told(of, above.removesuffix("[]")) if above else None
    for part in re.findall(r"#([\w-]+)\)", owner.value) if owner else ():
        if last in parts().get(part, {}):
            return parts()[part][last]
    return everywhere().get(last)


def is_in_a_part(of: Table, key: str) -> bool:
    """Whether a key stands below one that leads to a part."""
    owners = [key[: found.start()].removesuffix("[]") for found in re.finditer(r"\.", key)]
    return any(owner and "](" in owner.value for owner in (told(of, one) for one in owners))


# --- Records ---


def values_of(record: Any, of: Table, above: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a record, with its key as the tables write it, such as `roles[].costs[].skill`.

    Where a table has a word in capitals (`answers.ITEM`), that stands for every key of the object.
    """
    if isinstance(record, list):
        for entry in record:
            yield from values_of(entry, of, f"{above}[]")
    elif isinstance(record, dict):
        free = next((key for key in of if re.fullmatch(rf"{re.escape(above)}\.?[A-Z]+", key)), None)
        for name, value in record.items():
            key = free or f"{above}.{name}".lstrip(".")
            yield key, value
            yield from values_of(value, of, key)


def keys_of(records: list[Any], of: Table) -> set[str]:
    return {key for record in records for key, _ in values_of(record, of)}


def _text(value: Any, limits: str) -> bool:
    found = re.search(r"of (\d+)-(\d+) characters", limits)
    return isinstance(value, str) and (not found or int(found[1]) <= len(value) <= int(found[2]))


def _matches(pattern: str) -> Callable[[Any, str], bool]:
    return lambda value, _: isinstance(value, str) and bool(re.fullmatch(pattern, value))


def _list_of(check: Callable[[Any, str], bool]) -> Callable[[Any, str], bool]:
    return lambda value, told: isinstance(value, list) and all(check(one, told) for one in value)


def _is_number(value: Any, _: str = "") -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_path(value: Any, _: str) -> bool:
    return isinstance(value, str) and Path(value).is_absolute()


def _in_range(value: Any, told: str) -> bool:
    low, high = re.findall(r"(-?\d+)(?:-| to )(\d+)", told)[0]
    is_whole = _is_number(value) and value == int(value)
    return _is_number(value) and int(low) <= value <= int(high) and (is_whole or not told.startswith("whole"))


_ID = _matches(r"[a-z][a-z0-9_-]*")
KINDS: dict[str, Callable[[Any, str], bool]] = {
    "flag": lambda value, _: isinstance(value, bool),
    "count": lambda value, _: isinstance(value, int) and value >= 0,
    "place": lambda value, _: isinstance(value, int) and value >= 1,
    "from": lambda value, told: isinstance(value, int) and value >= int(told.split()[1]),
    "points": _is_number,
    "number": _is_number,
    "two numbers": lambda value, _: isinstance(value, list) and len(value) == 2 and all(map(_is_number, value)),
    "id": _ID,
    "ids": _list_of(_ID),
    "text": _text,
    "texts": _list_of(_text),
    "moment": _matches(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\+00:00|Z)"),
    "day": _matches(r"\d{4}-\d\d-\d\d"),
    "month": _matches(r"\d{4}-\d\d"),
    "code": _matches(r"[0-9A-Z]{3}-[0-9A-Z]{3}"),
    "64 hexadecimal digits": _matches(r"[0-9a-f]{64}"),
    "four octal digits": _matches(r"[0-7]{4}"),
    "file": _is_path,
    "files": _list_of(_is_path),
    "list": lambda value, _: isinstance(value, list),
    "object": lambda value, _: isinstance(value, dict),
    "[": lambda value, _: isinstance(value, dict),
}
"""How the cell of a value begins -> whether a value, and the cell, agree."""


def fits(value: Any, cell: str) -> bool:
    """Whether a value is one of those that a cell names, such as ``0-100 or `null` ``."""
    return any(_fits_one(value, one) for one in re.split(r", or |, | or ", cell))


def _fits_one(value: Any, told: str) -> bool:
    if told.startswith("`"):
        return told.strip("`") in (value, json.dumps(value))
    if re.match(r"(whole number )?-?\d+(-| to )\d+", told):
        return _in_range(value, told)
    if re.fullmatch(r"\d+", told):
        return _is_number(value) and value == int(told)
    checks = (check for start, check in KINDS.items() if re.match(rf"{re.escape(start)}(\W|\b)", told))
    return any(check(value, told) for check in checks)
