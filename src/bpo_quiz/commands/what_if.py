"""`bpo-quiz what-if`: the ranking with other levels of skills, and what it would take to reach a role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from bpo_quiz.commands import output
from bpo_quiz.commands.output import (  # Typer reads them
    ForceOption,  # noqa: TC001
    HandedOption,  # noqa: TC001
    OutputOption,  # noqa: TC001
    PaperOption,  # noqa: TC001
    PlainOption,  # noqa: TC001
    TopOption,  # noqa: TC001
)
from bpo_quiz.commands.sessions import ClientsOption, answers_of, code_wanted
from bpo_quiz.commands.shared import the_store
from bpo_quiz.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.document import Document

GoalChoice = Literal["ready", "first", "both"]


def what_if(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SKILL=LEVEL]... [CODE]",
            help="coaching=75 or coaching=+10, by id or name; the code left out: the latest that is finished.",
            show_default=False,
        ),
    ] = None,
    client: ClientsOption = None,
    reach: Annotated[
        str | None, typer.Option("--reach", metavar="ROLE", help="Find the smallest raises that reach this role.")
    ] = None,
    goal: Annotated[
        GoalChoice | None,
        typer.Option("--goal", help="What --reach is to find: ready, first by Total, or both.", show_default="both"),
    ] = None,
    form: HandedOption = None,
    plain: PlainOption = False,
    top: TopOption = 10,
    file: OutputOption = None,
    force: ForceOption = False,
    paper: PaperOption = "a4",
) -> None:
    """Show the ranking at other levels, or the raises that would do."""
    wanted = output.wanted("what-if", output.Handed, form, plain=plain, file=file, force=force, paper=paper)
    from bpo_quiz.commands.raises import sorted_out

    levels, code = sorted_out(words or ())
    _refuse_contradictions(levels, reach, goal)
    catalogue, answers, code = _answers(ctx, code, client)
    if reach is None:
        page = _ranking(catalogue, answers, levels, top)
    else:
        page = _reach(catalogue, answers, reach, goal or "both", code)
    output.write(ctx, page, wanted)


def _refuse_contradictions(levels: Sequence[str], reach: str | None, goal: GoalChoice | None) -> None:
    if reach is None and not levels:
        raise UsageError("what-if: say which skill to set, as in SKILL=75 or SKILL=+10, or --reach ROLE")
    if reach is not None and levels:
        raise UsageError("what-if: --reach looks for the levels itself; leave out SKILL=LEVEL, or leave out --reach")
    if reach is None and goal is not None:
        raise UsageError("what-if: --goal says what --reach is to find; add --reach ROLE, or leave out --goal")


def _answers(ctx: typer.Context, code: str | None, client: str | None) -> tuple[Catalogue, Answers, str | None]:
    """The catalogue, the answers, and the code if a session was named."""
    from bpo_quiz.commands.raises import LIKE

    with the_store(ctx, read_only=True) as database:
        code = code_wanted(database, code, client)
        try:
            return *answers_of(ctx, database, code), code
        except UsageError as error:
            raise UsageError(f"{error}; {LIKE}") from None


def _ranking(catalogue: Catalogue, answers: Answers, words: Sequence[str], top: int) -> output.Page:
    from bpo_quiz.commands.raises import read_levels
    from bpo_quiz.guidance.what_if import what_if as rank_with
    from bpo_quiz.scoring.profile import score

    found = rank_with(catalogue, answers, read_levels(catalogue, words, score(catalogue, answers.responses).levels()))

    def document() -> Document:
        from bpo_quiz.pages import what_if as pages

        return pages.page(catalogue, found, top)

    def record() -> dict[str, Any]:
        from bpo_quiz.records.why import what_if_record

        return what_if_record(catalogue, found)

    return output.Page("what-if", document, record)


def _reach(catalogue: Catalogue, answers: Answers, role: str, goal: GoalChoice, code: str | None) -> output.Page:
    from bpo_quiz.catalogue.find import find_role
    from bpo_quiz.guidance.least_raises import GOALS, least_raises

    wanted = find_role(catalogue, role).id
    found = [least_raises(catalogue, answers, wanted, one) for one in GOALS if goal in ("both", one)]

    def document() -> Document:
        from bpo_quiz.pages import reach as pages

        return pages.page(catalogue, found, answers.form, code)

    def record() -> dict[str, Any]:
        from bpo_quiz.records.why import reach_record

        return reach_record(catalogue, found, answers.form)

    return output.Page(f"reach-{wanted}", document, record)
