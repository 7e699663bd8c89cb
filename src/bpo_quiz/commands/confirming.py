"""Asks a person before something is kept or removed, and for what is to be kept."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bpo_quiz.clean import clean
from bpo_quiz.commands.shared import options as options_of
from bpo_quiz.commands.signals import telling_who_leaves
from bpo_quiz.errors import UsageError
from bpo_quiz.terminal.lines import ask, ask_text, number_of, say, yes_or_no
from bpo_quiz.terminal.streams import can_ask, can_show_screens

if TYPE_CHECKING:
    from collections.abc import Sequence

    import typer

_ENOUGH = 100_000  # characters; more than any text may have, so that what is too long is found so


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
    asked = clean(question)
    with telling_who_leaves(lambda: when_left):
        if not can_show_screens():
            return yes_or_no(f"{asked} (y or n; q quit): ", enter=False)
        from bpo_quiz.terminal import prompts

        return prompts.yes_or_no(asked, options_of(ctx).no_color)


def choice_of_person(ctx: typer.Context, question: str, options: Sequence[str], when_left: str) -> int:
    """The index of what the person at the terminal takes; otherwise as `confirmed`."""
    shown = [clean(option) for option in options]
    with telling_who_leaves(lambda: when_left):
        if can_show_screens():
            from bpo_quiz.terminal import prompts

            return prompts.choose(clean(question), shown, options_of(ctx).no_color)
        say(question, *(f"{n}. {option}" for n, option in enumerate(shown, 1)))
        while not 1 <= (number := number_of(ask(f"1 to {len(shown)} (q quit): "))) <= len(shown):
            pass
        return number - 1


def text_from_person(heading: str, when_left: str) -> str:
    """A text of some lines: from the person at the terminal, or else all of standard input.

    Args:
        heading: what to tell a person at a terminal.
        when_left: what to tell a person who leaves instead.

    Raises:
        Interrupted: the person left.
        UsageError: it is no text.
    """
    if can_ask():
        with telling_who_leaves(lambda: when_left):
            return ask_text(clean(heading))
    try:
        return sys.stdin.read(_ENOUGH)
    except UnicodeDecodeError:
        raise UsageError("standard input: is not UTF-8 text; save it as UTF-8") from None
