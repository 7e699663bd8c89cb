"""Questions that must be answered before something is kept or removed."""

from __future__ import annotations

import shutil
import textwrap

import typer

from bpo_quiz.clean import clean
from bpo_quiz.commands.shared import options
from bpo_quiz.commands.signals import leaving_on_signals
from bpo_quiz.errors import Interrupted, UsageError
from bpo_quiz.terminal.streams import can_ask


def refuse_without_terminal(ctx: typer.Context, remedy: str) -> None:
    """End a call that would have to ask where nobody can be asked.

    Raises:
        UsageError: there is no terminal.
    """
    if not can_ask():
        command = ctx.command_path.removeprefix(ctx.find_root().command_path).strip()
        raise UsageError(f"{command}: asking needs a terminal, and there is none here; {remedy}")


def confirmed(ctx: typer.Context, question: str, when_left: str) -> bool:
    """Whether the person at the terminal says yes.

    Args:
        ctx: of the call.
        question: to be answered by y or n.
        when_left: what to tell a person who leaves instead.

    Raises:
        Interrupted: the person left.
    """
    from bpo_quiz.terminal.confirm import confirm

    try:
        with leaving_on_signals():
            return confirm(question, no_color=options(ctx).no_color)
    except KeyboardInterrupt:
        raise Interrupted(when_left) from None
    except Interrupted as left:
        raise Interrupted(when_left, number=left.number) from None


def say_wrapped(*paragraphs: str) -> None:
    """Tell the person something longer, on standard error, in lines that fit the terminal."""
    width = min(max(20, shutil.get_terminal_size().columns), 80) - 1
    for paragraph in paragraphs:
        typer.echo("\n".join(textwrap.wrap(clean(paragraph), width)), err=True)
