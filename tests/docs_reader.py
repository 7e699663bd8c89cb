"""Reads the pages of docs/, and names the keys of a record as their tables do."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from conftest import ROOT

from bpo_quiz.records.text import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

FREE_KEYS = {
    "answers": "ITEM",
    "times": "ITEM",
    "interests": "INTEREST",
    "honest[].rules": "RULE",
    "careless[].rules": "RULE",
    "unread": "REASON",
    "groups[].reach": "REACH",
    "groups[].certainty": "WORD",
    "groups[].flags": "SIGN",
}
"""Object whose keys are ids or words -> what stands for each of them in a table."""


def page(name: str) -> str:
    """The text of a page of docs/."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands below a `##` heading."""
    return re.split(r"^## ", text.split(f"\n## {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def rows(text: str) -> Iterator[list[str]]:
    """The cells of every table row but heads and rules."""
    shown = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).splitlines()
    for line, below in zip(shown, [*shown[1:], ""], strict=True):
        if line.startswith("| ") and not line.startswith("| ---") and not below.startswith("| ---"):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def described(text: str) -> dict[str, str]:
    """Key -> the rest of its row; no key may stand twice."""
    found: dict[str, str] = {}
    for key, *rest in rows(text):
        name = key.strip("`")
        assert name not in found, f"{name} is described twice"
        found[name] = " | ".join(rest)
    return found


def words_in_code(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def values_of(record: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a JSON record, with its key as the tables write it, such as `roles[].costs[].skill`."""
    if isinstance(record, list):
        for entry in record:
            yield f"{above}[]", entry
            yield from values_of(entry, f"{above}[]")
    elif isinstance(record, dict):
        for name, value in record.items():
            key = f"{above}.{FREE_KEYS.get(above, name)}".lstrip(".")
            yield key, value
            yield from values_of(value, key)


def keys_of(record: Any) -> set[str]:
    return {key for key, _ in values_of(record) if not key.endswith("[]")}


def nulls_of(record: Any) -> set[str]:
    return {key for key, value in values_of(record) if value is None}


def as_json(record: Any) -> Any:
    """The record as a program reads it."""
    return json.loads(json_text(record))
