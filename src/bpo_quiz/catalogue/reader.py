"""Reads typed values out of a strict tree and notes every fault with its line, instead of stopping at the first.

A reader that has noted a fault goes on with a harmless stand-in; nobody uses a catalogue with faults.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bpo_quiz.catalogue.find import folded
from bpo_quiz.catalogue.strict_yaml import Mapping, Node, Scalar, Sequence
from bpo_quiz.clean import clean
from bpo_quiz.errors import Fault
from bpo_quiz.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,9})?")
_ID = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
_EMPTY = frozenset({"", "~", "null"})
LONGEST_TEXT = 1000
MOST_SUGGESTIONS = 50


@dataclass(slots=True)
class Place:
    """A node, and the way to it from the top of its file (`roles.team_lead.skills`)."""

    node: Node
    where: str
    line: int

    def of(self, key: str, node: Node, line: int) -> Place:
        """The place of a value below this one."""
        return Place(node, f"{self.where}.{key}" if self.where else key, line)


class Reader:
    """Typed values out of one file; `faults` collects what is wrong."""

    def __init__(self, file_name: str, faults: list[Fault]) -> None:
        self.file_name = file_name
        self.faults = faults

    def did_you_mean(self, word: str, known: Collection[str]) -> str:
        """A suggestion; none after many faults, since comparing words takes time and nobody reads so far."""
        return did_you_mean(word, known) if len(self.faults) < MOST_SUGGESTIONS else ""

    def distinct(self, names: Iterable[tuple[str, str]], places: dict[str, Place], what: str) -> None:
        """Refuse a name that leads to two records, however it is written.

        Args:
            names: (id of a record, a name of it).
            places: id -> where the record stands.
            what: what such a name is called, such as `title`.
        """
        owner: dict[str, str] = {}
        for identity, name in names:
            first = owner.setdefault(folded(name), identity)
            if first != identity:
                other = places[first]
                self.fault(places[identity], f'the {what} "{name}" is also that of {other.where}, line {other.line}')

    def fault(self, place: Place, what: str) -> None:
        """Note a fault at a place."""
        self.faults.append(Fault(self.file_name, place.line, clean(place.where, 80), what))

    def record(self, place: Place, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Place]:
        """A mapping with known keys; unknown and missing ones are faults."""
        known = (*required, *optional)
        found: dict[str, Place] = {}
        for key, value in self._entries(place):
            if key in known:
                found[key] = value
            else:
                self.fault(value, f"not a known key{self.did_you_mean(key, known)}")
        if isinstance(place.node, Mapping):
            for key in required:
                if key not in found:
                    self.fault(place, f'the key "{key}" is missing')
        return found

    def table(self, place: Place, what: str) -> dict[str, Place]:
        """A mapping from ids that the author chose to values."""
        found: dict[str, Place] = {}
        for key, value in self._entries(place):
            if _ID.fullmatch(key) and len(key) <= 64:
                found[key] = value
            else:
                self.fault(value, f"{what} ids are lower-case letters, digits and _ or -, such as team_lead")
        return found

    def _entries(self, place: Place) -> Iterator[tuple[str, Place]]:
        if not isinstance(place.node, Mapping):
            self.fault(place, "should be a mapping: `key: value` lines")
            return
        lines = place.node.key_lines
        for key, node in place.node.entries.items():
            yield key, place.of(key, node, lines[key])

    def listed(self, place: Place | None, fewest: int = 0, most: int = 200) -> list[Place]:
        """A list's values, each with its place."""
        if place is None:
            return []
        if not isinstance(place.node, Sequence):
            self.fault(place, "should be a list")
            return []
        nodes = place.node.items
        if not fewest <= len(nodes) <= most:
            expected = str(fewest) if fewest == most else f"{fewest} to {most}"
            self.fault(place, f"should have {expected} entries, not {len(nodes)}")
        return [Place(node, f"{place.where}[{n}]", node.line) for n, node in enumerate(nodes, 1)]

    def text(self, place: Place | None, default: str = "") -> str:
        """A text of one line or folded lines, not empty."""
        if place is None:
            return default
        node = place.node
        if not isinstance(node, Scalar):
            self.fault(place, "should be text")
            return default
        value = " ".join(node.text.split())
        if not value or (node.plain and node.text in _EMPTY):
            self.fault(place, "is empty; write the text, or leave the key out")
        elif len(value) > LONGEST_TEXT:
            self.fault(place, f"is longer than {LONGEST_TEXT} characters")
        return value

    def texts(self, place: Place | None, fewest: int = 0, most: int = 200) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(self.text(entry) for entry in self.listed(place, fewest, most))

    def number(self, place: Place | None, low: float, high: float, default: float = 0.0) -> float:
        """A number in a range, written without quotes."""
        if place is None:
            return default
        node = place.node
        if isinstance(node, Scalar) and node.plain and _NUMBER.fullmatch(node.text):
            value = float(node.text)
            if low <= value <= high:
                return value
        self.fault(place, f"should be a number from {low:g} to {high:g}{self._instead_of(node)}")
        return default

    def whole(self, place: Place | None, low: int, high: int, default: int = 0) -> int:
        """A whole number in a range."""
        value = self.number(place, low, high, default)
        if place is not None and value != int(value):
            self.fault(place, "should be a whole number")
        return int(value)

    def flag(self, place: Place | None) -> bool:
        """`true` or `false`; false where the key is left out."""
        if place is None:
            return False
        node = place.node
        if isinstance(node, Scalar) and node.plain and node.text in ("true", "false"):
            return node.text == "true"
        self.fault(place, f"should be true or false{self._instead_of(node)}")
        return False

    def choice(self, place: Place | None, known: Collection[str], what: str, default: str = "") -> str:
        """One of a set of words or ids."""
        if place is None:
            return default
        node = place.node
        word = node.text if isinstance(node, Scalar) else ""
        if word in known:
            return word
        hint = self.did_you_mean(word, known)
        if not hint and 0 < len(known) <= 8:
            hint = f" (one of: {', '.join(known)})"
        self.fault(place, f"{self._quoted(node)} is not {what}{hint}")
        return default

    def choices(self, place: Place | None, known: Collection[str], what: str) -> tuple[str, ...]:
        """A list of words or ids, none twice."""
        chosen: list[str] = []
        for entry in self.listed(place):
            word = self.choice(entry, known, what)
            if word in chosen:
                self.fault(entry, f'"{word}" stands twice')
            elif word:
                chosen.append(word)
        return tuple(chosen)

    def _instead_of(self, node: Node) -> str:
        if isinstance(node, Scalar) and not node.plain and _NUMBER.fullmatch(node.text):
            return ", without quotes"
        return f", not {self._quoted(node)}"

    @staticmethod
    def _quoted(node: Node) -> str:
        if isinstance(node, Scalar):
            return f'"{clean(node.text, 60)}"' if node.text else "nothing"
        return "a list" if isinstance(node, Sequence) else "a mapping"
