"""What a file's keys hold: one table a mapping says it, and checks a file against it.

A reader that has noted a fault goes on with a harmless stand-in; nobody uses a catalogue with faults.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from bpo_quiz.catalogue.find import did_you_mean, folded, nearest, suggested
from bpo_quiz.catalogue.model import OFTEN
from bpo_quiz.catalogue.strict_yaml import Mapping, Node, Scalar, Sequence
from bpo_quiz.clean import clean
from bpo_quiz.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,9})?")
_WITH_COMMA = re.compile("[0-9]+,[0-9]+")
ID = "[a-z][a-z0-9]*([_-][a-z0-9]+)*"
LONGEST_ID = 64
_EMPTY = frozenset({"", "~", "null"})
_FEW = 8
"""So many words are listed in full where none of them is near."""

LONGEST_TEXT = 1000
MOST_ENTRIES = 200
MOST_SUGGESTIONS = 50


class Spot(NamedTuple):
    """A node, and the way to it from the top of its file (`roles.team_lead.skills`)."""

    node: Node
    where: str
    line: int

    def below(self) -> dict[str, Spot]:
        """The values of a mapping by their keys; none where it is something else."""
        return {key: self.at(key) for key in self.node.entries} if isinstance(self.node, Mapping) else {}

    def at(self, key: str) -> Spot:
        """The value of a key; the mapping itself where it is left out."""
        if not isinstance(self.node, Mapping) or key not in self.node.entries:
            return self
        where = f"{self.where}.{key}" if self.where else key
        return Spot(self.node.entries[key], where, self.node.key_lines[key])

    def has(self, key: str) -> bool:
        """Whether it is a mapping with this key."""
        return isinstance(self.node, Mapping) and key in self.node.entries

    def entries(self) -> list[Spot]:
        """The values of a list; none where it is something else."""
        nodes = self.node.items if isinstance(self.node, Sequence) else []
        return [Spot(node, f"{self.where}[{n}]", node.line) for n, node in enumerate(nodes, 1)]


_NOTHING = Spot(Scalar("", plain=True, line=0), "", 0)


class _Untold(dict[str, str]):
    """The ids of a table that is missing, empty or has a wrong id: that is told, and not what follows from it."""

    def __contains__(self, word: object) -> bool:
        return True

    def __missing__(self, word: str) -> str:
        return word


UNTOLD = _Untold()


class Reader:
    """Reads one file.

    Attributes:
        faults: what is wrong.
        ids: what a table is called -> its ids, each with its name.
    """

    def __init__(self, file_name: str, faults: list[Fault], ids: dict[str, dict[str, str]] | None = None) -> None:
        self.file_name = file_name
        self.faults = faults
        self.ids = dict(ids or {})

    def file(self, kind: Record, top: Spot) -> Any:
        """A whole file. The ids of its tables are known before anything is read."""
        for name, key in kind.keys.items():
            if isinstance(key.kind, Table):
                spots = top.at(name).below() if top.has(name) else {}
                is_told = all(map(_is_id, spots)) if spots else key.default is not NEEDED and _may_lack(top, name, kind)
                self.ids[key.kind.what] = {one: _name(spot, one) for one, spot in spots.items()} if is_told else UNTOLD
        return kind.read(self, top)

    def fault(self, spot: Spot, what: str) -> None:
        """Note a fault at a spot."""
        self.faults.append(Fault(self.file_name, spot.line, clean(spot.where, 80), what))

    def did_you_mean(self, word: str, known: Collection[str]) -> str:
        """A suggestion; none after many faults, since comparing words takes time and nobody reads so far."""
        return did_you_mean(word, known) if len(self.faults) < MOST_SUGGESTIONS else ""

    def mapping(self, spot: Spot) -> dict[str, Spot]:
        """The values of a mapping by their keys; what is no mapping is a fault."""
        if not isinstance(spot.node, Mapping):
            self.fault(spot, "should be a mapping: `key: value` lines")
        return spot.below()

    def unknown(self, found: dict[str, Spot], known: Collection[str]) -> set[str]:
        """Refuse keys that are not known; which ones were probably meant, so that none is told to be missing too."""
        meant, before = set(), None
        for key, spot in found.items():
            word, colon, value = key.partition(":")
            if key in known:
                before = spot.node
            elif colon and word in known:
                self.fault(spot, f"put a space after the colon: {word}: {clean(value, 60)}")
                meant.add(word)
            elif key.isdecimal() and isinstance(before, Scalar) and before.text.isdecimal():
                self.fault(spot, f"not a known key; for a decimal number write {before.text}.{key}")
            else:
                near = nearest(key, known) if len(self.faults) < MOST_SUGGESTIONS else None
                self.fault(spot, f"not a known key{suggested(near)}")
                meant.add(near or "")
        return meant

    def once(self, values: Iterable[tuple[Spot, str]]) -> None:
        """Refuse a value that stood at an earlier spot."""
        seen: set[str] = set()
        for spot, value in values:
            if value and value in seen:
                self.fault(spot, f'"{value}" stands twice')
            seen.add(value)

    def distinct(self, names: Iterable[tuple[str, str]], spots: dict[str, Spot], what: str) -> None:
        """Refuse a name that leads to two records, however it is written.

        Args:
            names: (id of a record, a name of it).
            spots: id -> where the record stands.
            what: what such a name is called, such as `title`.
        """
        owner: dict[str, str] = {}
        for identity, name in names:
            first = owner.setdefault(folded(name), identity) if name else identity
            if first != identity:
                other = spots[first]
                self.fault(spots[identity], f'the {what} "{name}" is also that of {other.where}, line {other.line}')


class Kind(Protocol):
    """What a value can be."""

    def read(self, reader: Reader, spot: Spot) -> Any:
        """The value at a spot; where it does not fit, a fault is noted, and a stand-in returned."""


class Text(NamedTuple):
    """A text of one line or folded lines, not empty, of at most `LONGEST_TEXT` characters."""

    def read(self, reader: Reader, spot: Spot) -> str:
        """The text, on one line."""
        node = spot.node
        if not isinstance(node, Scalar):
            reader.fault(spot, "should be text")
            return ""
        value = " ".join(node.text.split())
        if not value or (node.plain and node.text in _EMPTY):
            reader.fault(spot, "is empty; write the text, or leave the key out")
        elif len(value) > LONGEST_TEXT:
            reader.fault(spot, f"is longer than {LONGEST_TEXT} characters")
        return value


class Number(NamedTuple):
    """A number in a range, written without quotes."""

    low: float
    high: float
    is_whole: bool = False

    def read(self, reader: Reader, spot: Spot) -> float:
        """The number; an `int` where only whole ones fit."""
        node = spot.node
        is_number = isinstance(node, Scalar) and _NUMBER.fullmatch(node.text) is not None
        if isinstance(node, Scalar) and node.plain and is_number and self.low <= float(node.text) <= self.high:
            value = float(node.text)
            if self.is_whole and value != int(value):
                reader.fault(spot, "should be a whole number")
            return int(value) if self.is_whole else value
        in_quotes = isinstance(node, Scalar) and not node.plain and is_number
        instead = "without quotes" if in_quotes else f"not {_quoted(node)}"
        if isinstance(node, Scalar) and _WITH_COMMA.fullmatch(node.text):
            instead += f"; write {node.text.replace(',', '.')}"
        reader.fault(spot, f"should be a number from {self.low:g} to {self.high:g}, {instead}")
        return self.low


class Flag(NamedTuple):
    """`true` or `false`."""

    def read(self, reader: Reader, spot: Spot) -> bool:
        """Which of the two."""
        node = spot.node
        if not (isinstance(node, Scalar) and node.plain and node.text in ("true", "false")):
            reader.fault(spot, f"should be true or false, not {_quoted(node)}")
        return isinstance(node, Scalar) and node.text == "true"


class Choice(NamedTuple):
    """One of some words.

    Attributes:
        what: what such a word is called, such as `a group`.
        words: those that fit; a text: the ids of the table that is called so.
    """

    what: str
    words: tuple[str, ...] | str

    def read(self, reader: Reader, spot: Spot) -> str:
        """The word; empty where it does not fit."""
        known = reader.ids.get(self.words, {}) if isinstance(self.words, str) else self.words
        word = spot.node.text if isinstance(spot.node, Scalar) else ""
        if word in known:
            return word
        hint = reader.did_you_mean(word, known)
        if not hint and 0 < len(known) <= _FEW:
            hint = f" (one of: {', '.join(known)})"
        reader.fault(spot, f"{_quoted(spot.node)} is not {self.what}{hint}")
        return ""


class Listed(NamedTuple):
    """A list; `once`: no value twice."""

    of: Kind
    fewest: int = 0
    most: int = MOST_ENTRIES
    once: bool = False

    def read(self, reader: Reader, spot: Spot) -> tuple[Any, ...]:
        """Its values."""
        entries = spot.entries()
        if not isinstance(spot.node, Sequence):
            reader.fault(spot, "should be a list, such as [one, another]")
        elif not self.fewest <= len(entries) <= self.most:
            expected = str(self.fewest) if self.fewest == self.most else f"{self.fewest} to {self.most}"
            reader.fault(spot, f"should have {expected} entries, not {len(entries)}")
        values = tuple(self.of.read(reader, entry) for entry in entries)
        if self.once:
            reader.once(zip(entries, values, strict=True))
        return values


NEEDED: Any = object()
"""Stands for the default of a key that must be there."""


class Key(NamedTuple):
    """What a key holds, and what stands for it where it is left out."""

    kind: Kind
    default: Any = NEEDED


class Record(NamedTuple):
    """A mapping with known keys; `make` gets what they hold, by name, and in a table its id first."""

    make: Callable[..., Any]
    keys: dict[str, Key]
    has_id: bool = False

    def read(self, reader: Reader, spot: Spot) -> Any:
        """What was made."""
        found = reader.mapping(spot)
        meant = reader.unknown(found, self.keys)
        values = {}
        for name, (kind, default) in self.keys.items():
            if name in found or default is not NEEDED:
                values[name] = kind.read(reader, found[name]) if name in found else default
                continue
            values[name] = kind.read(Reader(reader.file_name, []), _NOTHING)
            if isinstance(spot.node, Mapping) and name not in meant:
                reader.fault(spot, f'the key "{name}" is missing')
        return self.make(spot.where.rpartition(".")[2], **values) if self.has_id else self.make(**values)


class Checked(NamedTuple):
    """Like another kind; `make` gets what was read, notes what else is wrong, and returns what it becomes."""

    like: Kind
    make: Callable[[Reader, Spot, Any], Any]

    def read(self, reader: Reader, spot: Spot) -> Any:
        """What it becomes."""
        return self.make(reader, spot, self.like.read(reader, spot))


class Table(NamedTuple):
    """A mapping from ids that the author chose; `what` names one entry."""

    what: str
    of: Kind

    def read(self, reader: Reader, spot: Spot) -> dict[str, Any]:
        """Id -> what it holds."""
        found = reader.mapping(spot)
        for identity, entry in found.items():
            if not _is_id(identity):
                reader.fault(entry, f"{self.what} ids are lower-case letters, digits and _ or -, such as team_lead")
        return {identity: self.of.read(reader, entry) for identity, entry in found.items() if _is_id(identity)}


class Each(NamedTuple):
    """A mapping with a value for every id of a table.

    Attributes:
        what: what the table is called.
        missing: ends the fault for an id that is left out.
    """

    what: str
    of: Kind
    missing: str = ""

    def read(self, reader: Reader, spot: Spot) -> dict[str, Any]:
        """Id -> its value, in the order of the table."""
        known = reader.ids.get(self.what, {})
        found = reader.mapping(spot)
        if known is UNTOLD:
            return {}
        meant = reader.unknown(found, known)
        for one in known:
            if one not in found and one not in meant:
                reader.fault(spot, f'the {self.what} "{one}" is missing{self.missing}')
        return {one: self.of.read(reader, found[one]) for one in known if one in found}


class OftenEach(NamedTuple):
    """Words, each with how often it is so: a mapping; or a list, which stands for a mapping.

    Attributes:
        of: the words.
        listed: how often the words of a list are so, by how many they are; of more than that, the last.
    """

    of: Choice
    listed: tuple[str, ...]

    def read(self, reader: Reader, spot: Spot) -> dict[str, str]:
        """Word -> how often."""
        if isinstance(spot.node, Sequence):
            words = Listed(self.of, once=True).read(reader, spot)
            return dict.fromkeys(words, self.listed[min(len(words), len(self.listed)) - 1])
        if not isinstance(spot.node, Mapping):
            reader.fault(spot, "should be a list, or a mapping of each to how often")
        found = spot.below()
        reader.unknown(found, self.of.words)
        return {word: HOW_OFTEN.read(reader, entry) for word, entry in found.items()}


class OftenOne(NamedTuple):
    """How often something is so; `true` stands for always, and `false` for never."""

    def read(self, reader: Reader, spot: Spot) -> str | None:
        """How often; None: never."""
        if isinstance(spot.node, Scalar) and spot.node.text in OFTEN:
            return spot.node.text
        if isinstance(spot.node, Scalar) and spot.node.plain and spot.node.text in ("true", "false"):
            return "always" if spot.node.text == "true" else None
        reader.fault(spot, f"should be true, false, {', '.join(OFTEN[:-1])} or {OFTEN[-1]}, not {_quoted(spot.node)}")
        return None


class OrUsually(NamedTuple):
    """A level; or a mapping of it and how often it is asked, `{level: ..., often: usually}`."""

    of: Kind

    def read(self, reader: Reader, spot: Spot) -> tuple[Any, str]:
        """The level, and how often."""
        if not isinstance(spot.node, Mapping):
            return self.of.read(reader, spot), "always"
        keys = {"level": Key(self.of), "often": Key(Choice("how often a gate is asked", OFTEN[:2]))}
        told = Record(dict, keys).read(reader, spot)
        return told["level"], told["often"]


TEXT = Text()
HOW_OFTEN = Choice("how often", OFTEN)
TEXTS = Listed(TEXT)
A_FORMAT = "a format that is known here"
YEAR = Number(1950, 2100, is_whole=True)
"""In which something was said or measured."""


def _may_lack(top: Spot, name: str, kind: Record) -> bool:
    """Whether a table that may be left out is, or is empty; not where it may stand under a mistyped key."""
    if top.has(name):
        return isinstance(top.at(name).node, Mapping)
    return not top.below().keys() - kind.keys.keys()


def _is_id(word: str) -> bool:
    return len(word) <= LONGEST_ID and re.fullmatch(ID, word) is not None


def _name(spot: Spot, identity: str) -> str:
    """The name or title of a record that is not read yet; its id where it has none."""
    for key in ("name", "title"):
        node = spot.at(key).node
        if isinstance(node, Scalar) and node.text:
            return " ".join(node.text.split())
    return identity


def _quoted(node: Node) -> str:
    if isinstance(node, Scalar):
        return f'"{clean(node.text, 60)}"' if node.text else "nothing"
    return "a list" if isinstance(node, Sequence) else "a mapping"
