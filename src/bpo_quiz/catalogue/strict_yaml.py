"""YAML read strictly: plain trees with line numbers, and nothing that YAML can do beyond that.

No anchors, aliases, merge keys or tags; no key twice; limited depth and size; every scalar stays text until the schema
asks for a number, so that `no`, `12:30` and `010` mean what they look like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bpo_quiz.clean import clean
from bpo_quiz.errors import CatalogueError, Fault

DEEPEST = 20
MOST_VALUES = 500_000
"""Keys, values and brackets of a file; 1,200 roles have so many, and more would take long to read."""

_PARSER_TOO_DEEP = "maximum nesting depth"
"""Some libyamls read ahead, and give up at a depth of their own before the first bracket is told of."""

_QUOTE_OPENED = "while scanning a quoted scalar"
_REMEDIES = {
    "mapping values are not allowed": "put a text with a colon in double quotes, or mend the indent",
    "expected ',' or": "put a text with a colon or a comma in double quotes, and close every bracket",
    "expected key": "look here and above for a quote that is missing or too many, and at the indent",
    "expected <block end>": "look here and above for a quote that is missing or too many, and at the indent",
}
"""What to do about the likeliest slips of an author, by what libyaml, or PyYAML without it, says of them."""

_SLIPS = {
    re.compile("[\u00a0\u2007\u202f\u3000]"): "has a no-break space; type an ordinary one",
    re.compile("[\u201c\u201d\u201e\u00ab]"): 'has a curly quote; type a straight one: "',
    re.compile(r"^\s*(- )?[\w-]+:[^\s/]"): "put a space after the colon",
    re.compile(r"(^|: |- |[\[{,] ?)[@`%]"): "put a text that begins with @, ` or % in double quotes",
}
"""What tells a slip in a line at which no YAML can be read, or in the one above, and what to do about it."""

_CUT = re.compile(r"\s+#\S.*")


class Scalar(NamedTuple):
    """Text, and whether it stood without quotes; `cut`: what follows it as a remark, but looks like more of it."""

    text: str
    plain: bool
    line: int
    cut: str = ""


@dataclass(slots=True)
class Sequence:
    """A list of nodes."""

    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys in the order of the file; `key_lines` says where each stands."""

    line: int
    entries: dict[str, Node] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


def parse(content: bytes, file_name: str) -> Mapping:
    """Turn a file's bytes into a tree.

    Raises:
        CatalogueError: not UTF-8, not YAML, more than YAML's plain part, or no mapping at the top.
    """
    root = _Tree(file_name).build(_decode(content, file_name))
    if not isinstance(root, Mapping):
        line = root.line if root else 0
        raise CatalogueError([Fault(file_name, line, "", "should be a mapping: `key: value` lines")])
    return root


def _decode(content: bytes, file_name: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CatalogueError([Fault(file_name, line, "", "is not UTF-8 text; save it as UTF-8")]) from None
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise CatalogueError([Fault(file_name, line, "", "has a NUL character; save it as UTF-8 text")])
    return text


class _Tree:
    """Builds the tree from parser events with a stack, so that no depth of nesting can exhaust Python's own."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.open: list[Sequence | Mapping] = []
        self.keys: list[Scalar | None] = []  # per open collection: the key that waits for its value
        self.root: Node | None = None
        self.lines: list[str] = []
        self.values = 0

    def build(self, text: str) -> Node | None:
        import yaml

        self.lines = text.split("\n")

        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            for event in yaml.parse(text, Loader=loader):
                self._take(event, yaml)
        except yaml.MarkedYAMLError as error:
            raise self._not_yaml(error) from None
        except yaml.reader.ReaderError:
            found = yaml.reader.Reader.NON_PRINTABLE.search(text)  # the error's own position counts bytes
            line = text.count("\n", 0, found.start()) + 1 if found else 0
            raise self._error(line, "has a character that YAML does not allow") from None
        except yaml.YAMLError:
            raise self._error(0, "is not YAML") from None
        return self.root

    def _take(self, event: Any, yaml: Any) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 0
        self.values += 1
        if self.values > MOST_VALUES:
            raise self._error(line, f"has more than {MOST_VALUES:,} keys and values; split the catalogue or shorten it")
        if isinstance(event, yaml.NodeEvent):
            self._refuse_extras(event, line)
        if isinstance(event, yaml.ScalarEvent):
            is_plain = event.style in (None, "")
            self._place(Scalar(event.value, is_plain, line, self._cut(event.end_mark) if is_plain else ""))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(Mapping(line) if isinstance(event, yaml.MappingStartEvent) else Sequence(line))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
            self.keys.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise self._error(line, "has a second document; keep one a file")

    def _cut(self, end: Any) -> str:
        found = _CUT.match(self.lines[end.line], end.column) if end.line < len(self.lines) else None
        return found[0].strip() if found else ""

    def _refuse_extras(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            raise self._error(line, "anchors and aliases (& and *) are not allowed; write the value out")
        if getattr(event, "tag", None) is not None:
            raise self._error(line, "tags (!) are not allowed; write a plain value")

    def _start(self, collection: Sequence | Mapping) -> None:
        self._place(collection)
        self.open.append(collection)
        self.keys.append(None)
        if len(self.open) > DEEPEST:
            raise self._too_deep(collection.line)

    def _place(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif (key := self.keys[-1]) is None:
            self.keys[-1] = self._new_key(parent, node)
        else:
            parent.entries[key.text] = node
            self.keys[-1] = None

    def _new_key(self, parent: Mapping, node: Node) -> Scalar:
        if not isinstance(node, Scalar):
            raise self._error(node.line, "a key should be a single word")
        if node.plain and node.text == "<<":
            raise self._error(node.line, "merge keys (<<) are not allowed; write the values out")
        if node.text in parent.key_lines:
            first = parent.key_lines[node.text]
            raise self._error(node.line, f'the key "{clean(node.text, 80)}" stands twice, first on line {first}')
        parent.key_lines[node.text] = node.line
        return node

    def _not_yaml(self, error: Any) -> CatalogueError:
        mark = error.problem_mark or error.context_mark
        line, problem = mark.line + 1 if mark else 0, error.problem or "syntax"
        if _PARSER_TOO_DEEP in problem:
            return self._too_deep(line)
        if error.context == _QUOTE_OPENED and error.context_mark and "end of stream" in problem:
            line = error.context_mark.line + 1  # where it should have ended, nobody can tell
            return self._error(line, "has a quote that is not closed; add the other one at the end of the text")
        for near in (line, line - 1):
            for slip, what in _SLIPS.items():
                if 0 < near <= len(self.lines) and slip.search(self.lines[near - 1]):
                    return self._error(near, f"is not YAML: {what}")
        remedy = next((f"; {what}" for said, what in _REMEDIES.items() if said in problem), "")
        return self._error(line, f"is not YAML: {clean(problem, 80)}{remedy}")

    def _too_deep(self, line: int) -> CatalogueError:
        return self._error(line, f"is nested deeper than {DEEPEST} levels")

    def _error(self, line: int, what: str) -> CatalogueError:
        return CatalogueError([Fault(self.file_name, line, "", what)])
