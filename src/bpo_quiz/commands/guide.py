"""`bpo-quiz guide`: what the trade is, how people grow in it, and what its measures mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bpo_quiz.catalogue.find import find_page
from bpo_quiz.commands import output
from bpo_quiz.commands.shared import the_catalogue, the_guide
from bpo_quiz.errors import UsageError
from bpo_quiz.records.guide import guide_list, guide_pages

if TYPE_CHECKING:
    from bpo_quiz.document import Document


def guide(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[TOPIC]", help="A topic or a measure.", show_default=False)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show every topic.")] = False,
    form: output.HandedOption = None,
    plain: output.PlainOption = False,
    file: output.OutputOption = None,
    force: output.ForceOption = False,
    paper: output.PaperOption = "a4",
) -> None:
    """Read what BPO is, how people grow in it, and what its measures mean; alone, it lists the topics."""
    wanted = output.wanted("guide", output.Handed, form, plain=plain, file=file, force=force, paper=paper)
    topic = " ".join(words or [])
    if every and topic:
        raise UsageError("guide: --all shows every topic already; leave TOPIC or --all out")
    found = the_guide(ctx, the_catalogue(ctx))
    if found is None:
        raise UsageError("this catalogue has no guide (no guide.yaml); without --data you read the shipped one")
    shown = find_page(found, topic) if topic else None

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
