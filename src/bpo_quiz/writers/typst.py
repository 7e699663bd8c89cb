"""PDF by the `typst` package: a template and data in, the file out. What people wrote is data, never markup."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bpo_quiz.extras import missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Tell = Callable[[str], object]

TEMPLATES = Path(__file__).parent / "templates"

_STANDARD = "ua-1"  # for screen readers; it also refuses a character that no font can show
_NO_TIME = 0
"""No page says when it was made; typst would look at the clock all the same, and breaks where it stands before 1970."""

_NO_FONT = "could not be displayed"
_MOST_NAMED = 12
_PROBE = "probe.typ"
_LAST_LATIN, _SIGNS = "\u024f", frozenset("\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026")  # dashes, quotes, dots


def compile(template: Path, data: dict[str, Any], tell: Tell | None = None) -> bytes:  # noqa: A001 - as typst calls it
    r"""Make a PDF that is accessible (PDF/UA-1) and the same bytes for the same data.

    Only the fonts that typst brings are used, as long as they have every character (Latin, Greek, Cyrillic, Hebrew,
    Arabic, Devanagari); else those of this computer too. What no font can show is written as `\u6f22`, and the key
    `unshown` of the data, else false, is then true.

    Args:
        template: the file; it reads the data with `json(bytes(sys.inputs.data))`.
        data: anything that JSON can hold.
        tell: is told in a sentence which characters no font can show, if any.

    Raises:
        UsageError: the package `typst` is not installed.
    """
    data = {**data, "unshown": False}
    for use_system_fonts in (False, True):
        made = _try(template, data, use_system_fonts)
        if made is not None:
            return made
    for characters in (_unshowable(data), _beyond_latin(data)):
        made = _try(template, {**_escaped(data, characters), "unshown": True}, use_system_fonts=True)
        if made is not None:
            named = " ".join(sorted(characters)[:_MOST_NAMED])
            if tell:
                tell(f"No font of this computer shows {named}: they stand as codes in the PDF; HTML shows them.")
            return made
    raise AssertionError("a letter of Latin cannot be shown")


def _try(template: Path, data: dict[str, Any], use_system_fonts: bool) -> bytes | None:
    """The PDF; None when a character has no font."""
    typst = _typst()
    try:
        made = typst.compile(
            template,
            root=template.parent,
            ignore_system_fonts=not use_system_fonts,
            sys_inputs={"data": json.dumps(data)},
            pdf_standards=_STANDARD,
            timestamp=_NO_TIME,
        )
    except typst.TypstError as error:
        if _NO_FONT in str(error):
            return None
        raise
    return bytes(made)


def _unshowable(data: Any) -> set[str]:
    """The characters for which this computer has no font."""
    typst = _typst()
    compiler = typst.Compiler(TEMPLATES / _PROBE, root=TEMPLATES)  # one of bytes in place of a file works only once
    found = set()
    for character in sorted({one for text in _texts(data) for one in text if not one.isascii()}):
        try:
            compiler.compile(sys_inputs={"data": character}, format="pdf", pdf_standards=_STANDARD, timestamp=_NO_TIME)
        except typst.TypstError as error:
            if _NO_FONT not in str(error):
                raise
            found.add(character)
    return found


def _beyond_latin(data: Any) -> set[str]:
    """Every letter that is not Latin, and every mark: some that have a font alone have none side by side."""
    return {one for text in _texts(data) for one in text if one > _LAST_LATIN and one not in _SIGNS}


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list | tuple):
        for part in data.values() if isinstance(data, dict) else data:
            yield from _texts(part)


def _escaped(data: Any, characters: set[str]) -> Any:
    if isinstance(data, str):
        return "".join(_escape(one) if one in characters else one for one in data)
    if isinstance(data, dict):
        return {key: _escaped(part, characters) for key, part in data.items()}
    return [_escaped(part, characters) for part in data] if isinstance(data, list | tuple) else data


def _escape(character: str) -> str:
    return character.encode("ascii", "backslashreplace").decode("ascii")


def _typst() -> Any:
    try:
        import typst
    except ImportError:
        raise missing("--format pdf", "typst") from None
    return typst
