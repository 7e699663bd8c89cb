"""What commands say that remove something for good: how it is confirmed, how many went, and what they cannot reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

YesOption = Annotated[bool, typer.Option("--yes", help="Remove without asking first.")]

YES = "--yes does it without asking"
NOTHING_REMOVED = "Nothing was removed."
ELSEWHERE = (
    "What may remain: files that were exported, reports that were saved or printed, and backups that somebody copied "
    "to another place. This program does not know of them; remove them yourself."
)


def tell_removed(counts: Iterable[str], backups: int, may_remain: Iterable[Path]) -> None:
    """Say what went, and what may still be somewhere.

    Args:
        counts: such as `1 session`.
        backups: how many were replaced by a fresh one.
        may_remain: damaged stores that were set aside.
    """
    typer.echo(f"Removed: {', '.join(counts)}.")
    if backups:
        typer.echo(f"Of the backups, {backups} still knew something; a fresh one has replaced them.")
    for file in may_remain:
        typer.echo(
            f"A damaged store was set aside and may still tell something; look, then remove it: {clean(str(file))}"
        )
    typer.echo(ELSEWHERE)


def several(number: int, what: str) -> str:
    """A number of things, such as `1 note` or `2 notes`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
