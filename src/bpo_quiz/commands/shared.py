"""What all commands share: global options, the catalogue, and ways to write a result."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from bpo_quiz.clean import clean
from bpo_quiz.terminal.streams import can_ask, console
from bpo_quiz.wording import as_called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from rich.console import RenderableType

    from bpo_quiz.catalogue.guide_model import Guide
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.store.connection import Database


class Options(NamedTuple):
    """The global options; `asks`: asks the person at the terminal for a yes."""

    data: Path | None
    home: Path | None
    no_color: bool
    asks: Callable[[str], bool] | None = None


def options(ctx: typer.Context) -> Options:
    """The global options of this call."""
    found = ctx.obj
    if not isinstance(found, Options):
        raise TypeError(found)
    return found


def the_catalogue(ctx: typer.Context) -> Catalogue:
    """The catalogue that this call is about.

    Raises:
        CatalogueError: with every fault.
    """
    from bpo_quiz.catalogue.load import load

    return load(options(ctx).data)


def the_guide(ctx: typer.Context, catalogue: Catalogue) -> Guide | None:
    """The guide that lies beside the catalogue of this call; None where there is none.

    Raises:
        CatalogueError: with every fault.
    """
    from bpo_quiz.catalogue.read_guide import load_guide

    return load_guide(catalogue, options(ctx).data)


@contextlib.contextmanager
def the_store(ctx: typer.Context, *, read_only: bool = False) -> Iterator[Database]:
    """The store of this call, open as long as the block lasts.

    Raises:
        NoSuchRecord: there is none yet, and it is only to be read.
        StorageError: it cannot be used.
    """
    from bpo_quiz.store.database import open_database
    from bpo_quiz.store.locations import home_folder

    with contextlib.closing(open_database(home_folder(options(ctx).home), read_only=read_only)) as database:
        if can_ask():
            database.asks = options(ctx).asks
        yield database


def show(ctx: typer.Context, parts: Iterable[RenderableType]) -> None:
    """Write Rich renderables to standard output."""
    screen = console(options(ctx).no_color)
    for part in parts:
        screen.print(part)


def tell(*lines: str, to_errors: bool = False) -> None:
    """Say lines on standard output, whoever their words are from."""
    for line in lines:
        typer.echo(as_called(clean(line)), err=to_errors)


def put_out(made: bytes) -> None:
    """Write bytes to standard output as they are, with the same line ends on every system."""
    typer.echo(made, nl=False)


def write_json(record: Any) -> None:
    """Write a JSON record to standard output."""
    from bpo_quiz.records.text import json_text

    put_out(json_text(record).encode("ascii"))
