"""`bpo-quiz guide`: what the trade is, how people grow in it, and what its measures mean."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.catalogue.find import find_page
from bpo_quiz.commands.shared import show, the_catalogue, the_guide, write_json
from bpo_quiz.errors import UsageError

if TYPE_CHECKING:
    from bpo_quiz.catalogue.guide_model import Guide, Metric, Topic


class GuideFormat(enum.StrEnum):
    """How the guide is written."""

    table = "table"
    md = "md"
    json = "json"


def guide(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[TOPIC]", help="A topic or a measure.", show_default=False)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show every topic.")] = False,
    form: Annotated[GuideFormat, typer.Option("--format", help="How it is written.")] = GuideFormat.table,
    plain: Annotated[bool, typer.Option("--plain", help="Ordinary lines, for a screen reader.")] = False,
) -> None:
    """Show a topic of the guide, or the list."""
    topic = " ".join(words or [])
    if every and topic:
        raise UsageError("guide: --all shows every topic already; leave TOPIC or --all out")
    found = the_guide(ctx, the_catalogue(ctx))
    if found is None:
        raise UsageError("this catalogue has no guide (no guide.yaml); without --data you read the shipped one")
    pages = _pages(found, topic, every)
    if form is GuideFormat.json:
        from bpo_quiz.records.guide import guide_list, guide_pages

        write_json(guide_pages(found, pages) if pages else guide_list(found))
    elif form is GuideFormat.md:
        from bpo_quiz.report.guide import guide_markdown

        typer.echo(guide_markdown.pages(found, pages), nl=False)
    elif plain:
        from bpo_quiz.report.guide import guide_plain

        for line in guide_plain.pages(found, pages):
            typer.echo(line)
    else:
        from bpo_quiz.report.guide import guide_page

        show(ctx, guide_page.pages(found, pages))


def _pages(found: Guide, topic: str, every: bool) -> list[Topic | Metric]:
    if every:
        return list(found.topics.values())
    return [find_page(found, topic)] if topic else []
