"""`bpo-quiz roles` and `bpo-quiz skills`: look around without a quiz."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.catalogue.find import find_role, find_skill
from bpo_quiz.commands.shared import Format, show, the_catalogue, write_json

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue, Role

FormatOption = Annotated[Format, typer.Option("--format", help="How it is written.")]


def roles(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[ROLE]...", help="Names or ids.", show_default=False)
    ] = None,
    form: FormatOption = Format.table,
) -> None:
    """List all roles, show one whole, or set several side by side."""
    catalogue = the_catalogue(ctx)
    chosen = [find_role(catalogue, name) for name in names or []]
    if form is Format.json:
        _write_roles(catalogue, chosen)
        return
    from bpo_quiz.report import cards

    if not chosen:
        show(ctx, cards.role_list(catalogue))
    elif len(chosen) == 1:
        show(ctx, cards.role_card(catalogue, chosen[0]))
    else:
        show(ctx, cards.side_by_side(catalogue, chosen))


def _write_roles(catalogue: Catalogue, chosen: list[Role]) -> None:
    from bpo_quiz.report import json_record

    if len(chosen) == 1:
        write_json(json_record.role_card(chosen[0]))
    elif chosen:
        write_json({"roles": [json_record.role_card(role) for role in chosen]})
    else:
        write_json({"roles": [json_record.role_row(role) for role in catalogue.roles.values()]})


def skills(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[SKILL]", help="A name or an id.", show_default=False)] = None,
    form: FormatOption = Format.table,
) -> None:
    """List all skills, or show one whole: its levels, how to grow it, the roles that ask for it."""
    catalogue = the_catalogue(ctx)
    skill = find_skill(catalogue, name) if name is not None else None
    if form is Format.json:
        from bpo_quiz.report import json_record

        every = [json_record.skill_row(one) for one in catalogue.skills.values()]
        write_json(json_record.skill_card(catalogue, skill) if skill else {"skills": every})
        return
    from bpo_quiz.report import cards

    show(ctx, cards.skill_card(catalogue, skill) if skill else cards.skill_list(catalogue))
