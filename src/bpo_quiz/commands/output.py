"""Where and how a page is written: the one place for `--format`, `--plain`, `-o`, `--force` and `--paper`."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, cast, get_args

import typer

from bpo_quiz.clean import clean
from bpo_quiz.commands.shared import options, put_out, show, tell, write_json
from bpo_quiz.errors import StorageError, UsageError
from bpo_quiz.terminal.lines import fitted
from bpo_quiz.terminal.streams import can_ask, is_terminal, wants_lines
from bpo_quiz.wording import as_called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import RenderableType

    from bpo_quiz.document import Document

Shown = Literal["table", "plain", "json", "md"]
Handed = Literal["table", "plain", "json", "md", "html", "pdf"]
HandedRows = Literal["table", "plain", "json", "md", "html", "pdf", "csv"]
Format = HandedRows
PaperSize = Literal["a4", "letter"]

BY_ENDING = "by the ending of -o, else table"
"""What the help says of a format that is left out."""

_FORMAT = typer.Option("--format", help="How it is written; html and pdf need -o.", show_default=BY_ENDING)
ShownOption = Annotated[Shown, typer.Option("--format", help="How it is written.")]
HandedOption = Annotated[Handed | None, _FORMAT]
HandedRowsOption = Annotated[HandedRows | None, _FORMAT]
ToldOption = Annotated[Literal["plain", "json"], typer.Option("--format", help="How it is told.")]
PlainOption = Annotated[bool, typer.Option("--plain", help="Ordinary lines: no boxes, no screens, no colours.")]
TopOption = Annotated[int, typer.Option("--top", min=1, metavar="N", help="How many roles the result lists.")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file, or into a folder.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="With -o: replace a file that is there.")]
PaperOption = Annotated[PaperSize, typer.Option("--paper", help="With --format pdf: the size of the page.")]

PrintOption = Annotated[bool, typer.Option("--print", help="Print the whole result, and offer nothing more.")]
_LOOKING_AROUND = re.compile("bpo-quiz (?=(guide|paths|roles|skills)\\b)")
_ONLY_FILES = ("html", "pdf")
_LINES = ("table", "plain")
_ENDINGS = {"htm": "html", "txt": "table", "": "table"}


class Page(NamedTuple):
    """A page in each form that it can be written in, worked out when it is asked for.

    Attributes:
        name: what a file of it is called in a folder, without its ending.
        document: the page. record: the same for programs. rows: the same as CSV, where there are rows.
        on_terminal: the page as tables and plain lines, where those say less than paper.
    """

    name: str
    document: Callable[[], Document]
    record: Callable[[], Any]
    rows: Callable[[], str] | None = None
    on_terminal: Callable[[], Document] | None = None


class Output(NamedTuple):
    """How and where a page is to be written; without a file to standard output."""

    format: Format
    file: Path | None = None
    force: bool = False
    paper: PaperSize = "a4"


def wanted(
    command: str,
    formats: Any,
    form: Format | None,
    *,
    plain: bool = False,
    file: Path | None = None,
    force: bool = False,
    paper: PaperSize = "a4",
) -> Output:
    """What was asked for, checked before any work is done.

    Args:
        command: the words that name the command in a fault.
        formats: the `Literal` of what it can write.
        form: `--format`; None: by the ending of the file, else the terminal's.
        plain: `--plain`, which makes lines of what would be tables.
        file: `-o`.
        force: `--force`.
        paper: `--paper`.

    Raises:
        UsageError: this format needs a file, no format has that ending, or there is nothing to replace.
    """
    found = form or _by_ending(command, formats, file)
    if found in _ONLY_FILES and file is None:
        raise UsageError(f"--format {found}: is for a file; add -o FILE")
    if force and file is None:
        raise UsageError("--force: replaces a file, and there is none; add -o FILE")
    is_plain = plain or (wants_lines() and file is None)
    return Output("plain" if is_plain and found == "table" else found, file, force, paper)


def _by_ending(command: str, formats: Any, file: Path | None) -> Format:
    if file is None:
        return "table"
    from bpo_quiz.files.faults import told

    with told(file):
        is_folder = file.is_dir()
    ending = file.suffix.lower().removeprefix(".")
    known = [one for one in get_args(formats) if one not in _LINES]
    found = "table" if is_folder else _ENDINGS.get(ending, ending)
    if found != "table" and found not in known:
        raise UsageError(
            f"{command}: {clean(file.name, 80)}: nothing is written as .{clean(ending, 20)}; "
            f"end it in {', '.join(f'.{one}' for one in known)} or .txt, or say which with --format"
        )
    return cast("Format", found)


def has_way_on(form: Format | None, *, file: Path | None = None, printed: bool) -> bool:
    """Whether a person sits before a result that is shown on a terminal, and can choose what comes next."""
    shown_by_itself = form in (None, "table") and file is None and not printed
    return shown_by_itself and can_ask() and is_terminal(sys.stdout) and not os.environ.get("CI")


def write(ctx: typer.Context, page: Page, output: Output) -> None:
    """Write a page to standard output or to a file, and say where.

    Raises:
        UsageError: there is a file already, or something that PDF needs is not installed.
        StorageError: it cannot be written.
    """
    if (data := options(ctx).data) and (output.file is not None or not is_terminal(sys.stdout)):
        page = _with_data(page, shlex.quote(str(data)))
    if output.file is not None:
        name = f"{page.name}.{'txt' if output.format in _LINES else output.format}"
        put(ctx, output.file, content(page, output), name, force=output.force)
    elif output.format == "table":
        show(ctx, _drawn(page))
    elif output.format == "plain" and is_terminal(sys.stdout):
        put_out("".join(f"{line}\n" for line in fitted(_lines(page))).encode())
    else:
        put_out(content(page, output))


def _with_data(page: Page, data: str) -> Page:
    """The page whose hints to look around lead into the same catalogue."""
    from bpo_quiz.document import changed

    def kept(made: Callable[[], Document]) -> Callable[[], Document]:
        return lambda: changed(made(), lambda text: _LOOKING_AROUND.sub(lambda _: f"bpo-quiz --data {data} ", text))

    return page._replace(document=kept(page.document), on_terminal=page.on_terminal and kept(page.on_terminal))


def tell_done(form: Literal["plain", "json"], record: Any, *lines: str) -> None:
    """Tell what was done, to a person or to a program."""
    if form == "json":
        write_json(record)
    else:
        tell(*lines)


def put(ctx: typer.Context, file: Path, made: bytes, name: str, *, force: bool, more: str = "") -> None:
    """Write a whole file, and say where.

    Args:
        ctx: the call.
        file: where; in a folder it gets its `name`.
        made: what is written.
        name: see `file`.
        force: whether a file that is there is replaced.
        more: what is said beside where.

    Raises:
        UsageError: there is a file already, or it is the store or something of it.
        StorageError: it cannot be written.
    """
    from bpo_quiz.files.faults import told
    from bpo_quiz.files.safe import write_file
    from bpo_quiz.terminal.lines import say

    with told(file):
        file = file / name if file.is_dir() else file
    refuse_store(ctx, file)
    write_file(file, made, force=force)
    say(f"Written to {file}. {more}".rstrip())


def refuse_store(ctx: typer.Context, file: Path) -> None:
    """Keep stores, and the journal and backups of this one, from being replaced, by whatever name or link.

    Raises:
        UsageError: the file is one of them.
    """
    from bpo_quiz.files.faults import shown, told
    from bpo_quiz.files.safe import journal_of
    from bpo_quiz.store.backups import FILE, FOLDER
    from bpo_quiz.store.locations import home_folder
    from bpo_quiz.store.soundness import is_store

    ours, folder = list[Path](), ""
    with told(file), contextlib.suppress(StorageError):  # where no home is known, there is no store of this one
        home = home_folder(options(ctx).home)
        ours = [home / FILE, journal_of(home / FILE), *(home / FOLDER).glob("*")]
        folder = os.path.realpath(home / FOLDER)
    with told(file):
        same = any(file.exists() and one.exists() and file.samefile(one) for one in ours)
        whole = os.path.realpath(file)  # Path.resolve fails where links lead in a circle
        in_folder = os.path.dirname(whole) == folder  # noqa: PTH120 - a text
        if same or in_folder or whole in map(os.path.realpath, ours) or is_store(file):
            raise UsageError(f"{shown(file)}: is a store of bpo-quiz, or belongs to one; choose another file")


def content(page: Page, output: Output) -> bytes:
    """The page in one format, complete."""
    match output.format:
        case "table":
            from bpo_quiz.terminal.streams import as_text

            return as_text(_drawn(page)).encode()
        case "plain":
            return "".join(f"{line}\n" for line in _lines(page)).encode()
        case "json":
            from bpo_quiz.records.text import json_text

            return json_text(page.record()).encode()
        case "csv":
            if page.rows is None:
                raise AssertionError("a page without rows offers no csv")
            return page.rows().encode()
        case "md":
            from bpo_quiz.writers.markdown import markdown

            return markdown(_harmless(page.document)).encode()
        case "html":
            from bpo_quiz.writers.html import html

            return html(_harmless(page.document)).encode()
        case "pdf":
            from bpo_quiz.terminal.lines import say
            from bpo_quiz.writers.pdf import pdf

            return pdf(_harmless(page.document), output.paper, say)


def _drawn(page: Page) -> Iterable[RenderableType]:
    from bpo_quiz.writers.screen import screen

    return screen(_harmless(page.on_terminal or page.document, as_called if is_terminal(sys.stdout) else None))


def _lines(page: Page) -> Iterable[str]:
    from bpo_quiz.writers.plain import plain

    return plain(_harmless(page.on_terminal or page.document, as_called if is_terminal(sys.stdout) else None))


def _harmless(made: Callable[[], Document], more: Callable[[str], str] | None = None) -> Document:
    from bpo_quiz.document import cleaned

    return cleaned(made(), more)
