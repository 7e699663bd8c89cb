"""A command that is imported when it is called: a start pays for one command, not for all of them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand


class LazyCommand(TyperCommand):
    """Stands in the list of commands by its name and help; whoever calls it gets the command itself.

    Args:
        name: the word that calls it.
        place: `module:function`, or `module:app` for a group of commands, below `bpo_quiz.commands`.
        help: what the list of commands says of it, and the command of itself.
    """

    def __init__(self, name: str, place: str, help: str) -> None:  # noqa: A002 - Typer's own word
        super().__init__(name, help=help)
        self.place = place

    def load(self) -> Any:
        """The command itself, or the group."""
        module, _, attribute = self.place.partition(":")
        found = getattr(import_module(f"bpo_quiz.commands.{module}"), attribute)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False)
            alone.command(self.name)(found)
            found = alone
        command = typer.main.get_command(found)
        command.help = self.help
        return command

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Where a command line is read, which is also where completion asks for options."""
        return self.load().make_context(info_name, args, parent, **extra)
