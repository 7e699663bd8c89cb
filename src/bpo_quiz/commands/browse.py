"""`bpo-quiz roles`, `paths`, `skills` and `guide`: look around without a quiz."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bpo_quiz.catalogue.find import find_page, find_path, find_roles, find_skill, path_for
from bpo_quiz.commands import completing, output
from bpo_quiz.commands.shared import the_catalogue, the_guide
from bpo_quiz.errors import UsageError
from bpo_quiz.records import cards
from bpo_quiz.records.guide import guide_list, guide_pages

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue, Path
    from bpo_quiz.document import Document


def roles(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ROLE]...",
            help="Names or ids of roles, or one career path; a part will do.",
            show_default=False,
            autocompletion=completing.roles,
        ),
    ] = None,
    form: output.HandedOption = None,
    plain: output.PlainOption = False,
    file: output.OutputOption = None,
    force: output.ForceOption = False,
    paper: output.PaperOption = "a4",
) -> None:
    """Show all roles, one, or several."""
    wanted = output.wanted("roles", output.Handed, form, plain=plain, file=file, force=force, paper=paper)
    catalogue = the_catalogue(ctx)
    if names and (path := path_for(catalogue, names)):
        output.write(ctx, _path(catalogue, path), wanted)
        return
    chosen = find_roles(catalogue, names or [])

    def document() -> Document:
        from bpo_quiz.pages import roles as pages

        if not chosen:
            return pages.all_roles(catalogue)
        return pages.card(catalogue, chosen[0]) if len(chosen) == 1 else pages.side_by_side(catalogue, chosen)

    def record() -> dict[str, Any]:
        if not chosen:
            return {"roles": [cards.role_row(role) for role in catalogue.roles.values()]}
        found = [cards.role_card(role) for role in chosen]
        return found[0] if len(found) == 1 else {"roles": found}

    name = f"role-{chosen[0].id}" if len(chosen) == 1 else "roles"
    output.write(ctx, output.Page(name, document, record), wanted)


def paths(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]",
            help="A name or an id; a part will do.",
            show_default=False,
            autocompletion=completing.paths,
        ),
    ] = None,
    form: output.HandedOption = None,
    plain: output.PlainOption = False,
    file: output.OutputOption = None,
    force: output.ForceOption = False,
    paper: output.PaperOption = "a4",
) -> None:
    """Show all career paths, or one."""
    wanted = output.wanted("paths", output.Handed, form, plain=plain, file=file, force=force, paper=paper)
    catalogue = the_catalogue(ctx)
    output.write(ctx, _path(catalogue, find_path(catalogue, " ".join(words)) if words else None), wanted)


def _path(catalogue: Catalogue, path: Path | None) -> output.Page:
    from bpo_quiz.results.paths import career_path

    def document() -> Document:
        from bpo_quiz.pages import paths as pages

        return pages.card(catalogue, career_path(catalogue, path)) if path else pages.all_paths(catalogue)

    def record() -> dict[str, Any]:
        if path:
            return cards.path_card(career_path(catalogue, path))
        return {"paths": [cards.path_row(one) for one in catalogue.paths.values()]}

    return output.Page(f"path-{path.id}" if path else "paths", document, record)


def skills(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SKILL]", help="A name or an id.", show_default=False, autocompletion=completing.skills
        ),
    ] = None,
    form: output.ShownOption = "table",
    plain: output.PlainOption = False,
) -> None:
    """Show all skills, or one."""
    catalogue = the_catalogue(ctx)
    skill = find_skill(catalogue, " ".join(words)) if words else None

    def document() -> Document:
        from bpo_quiz.pages import skills as pages

        return pages.card(catalogue, skill) if skill else pages.all_skills(catalogue)

    def record() -> dict[str, Any]:
        if skill:
            return cards.skill_card(catalogue, skill)
        return {"skills": [cards.skill_row(one) for one in catalogue.skills.values()]}

    output.write(ctx, output.Page("skills", document, record), output.wanted("skills", output.Shown, form, plain=plain))


def guide(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC]", help="A topic or a measure.", show_default=False, autocompletion=completing.topics
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show every topic.")] = False,
    form: output.HandedOption = None,
    plain: output.PlainOption = False,
    file: output.OutputOption = None,
    force: output.ForceOption = False,
    paper: output.PaperOption = "a4",
) -> None:
    """Show the topics, one page, or all."""
    wanted = output.wanted("guide", output.Handed, form, plain=plain, file=file, force=force, paper=paper)
    topic = " ".join(words or [])
    if every and topic:
        raise UsageError("guide: --all shows every topic already; leave TOPIC or --all out")
    catalogue = the_catalogue(ctx)
    found = the_guide(ctx, catalogue)
    if found is None:
        raise UsageError("this catalogue has no guide (no guide.yaml); without --data you read the shipped one")
    shown = find_page(catalogue, found, topic) if topic else None

    def document() -> Document:
        from bpo_quiz.pages import guide as pages

        if shown is not None:
            return pages.page(found, shown)
        return pages.everything(found) if every else pages.contents(found)

    def record() -> dict[str, Any]:
        if shown is not None:
            return guide_pages(found, [shown])
        return guide_pages(found, list(found.topics.values())) if every else guide_list(found)

    output.write(ctx, output.Page(f"guide-{shown.id}" if shown else "guide", document, record), wanted)
