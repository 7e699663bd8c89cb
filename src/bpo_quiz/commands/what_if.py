"""`bpo-quiz what-if`: the ranking with other levels of skills, and what it would take to reach a role."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.commands.browse import FormatOption  # noqa: TC001 - Typer reads it
from bpo_quiz.commands.sessions import ClientsOption, answers_of, code_wanted
from bpo_quiz.commands.shared import Format, show, the_store, write_json
from bpo_quiz.commands.start import PlainOption, TopOption  # noqa: TC001 - Typer reads them
from bpo_quiz.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue


class GoalChoice(enum.StrEnum):
    """What is to be reached."""

    ready = "ready"
    first = "first"
    both = "both"


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
    form: FormatOption = Format.table,
    plain: PlainOption = False,
    top: TopOption = 10,
) -> None:
    """Show the ranking at other levels, or the raises that would do."""
    from bpo_quiz.commands.raises import sorted_out

    levels, code = sorted_out(words or ())
    _refuse_contradictions(levels, reach, goal)
    catalogue, answers, code = _answers(ctx, code, client)
    if reach is None:
        _ranking(ctx, catalogue, answers, levels, form, plain=plain, top=top)
    else:
        _reach(ctx, catalogue, answers, reach, goal or GoalChoice.both, code, form, plain=plain)


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


def _ranking(
    ctx: typer.Context,
    catalogue: Catalogue,
    answers: Answers,
    words: Sequence[str],
    form: Format,
    *,
    plain: bool,
    top: int,
) -> None:
    from bpo_quiz.commands.raises import read_levels
    from bpo_quiz.guidance.what_if import what_if as rank_with
    from bpo_quiz.scoring.profile import score

    found = rank_with(catalogue, answers, read_levels(catalogue, words, score(catalogue, answers.responses).levels()))
    if form is Format.json:
        from bpo_quiz.records.why import what_if_record

        write_json(what_if_record(catalogue, found))
    elif plain:
        from bpo_quiz.report.why import what_if_plain

        for line in what_if_plain.what_if(catalogue, found, top):
            typer.echo(line)
    else:
        from bpo_quiz.report.why import what_if_tables

        show(ctx, what_if_tables.what_if(catalogue, found, top))


def _reach(
    ctx: typer.Context,
    catalogue: Catalogue,
    answers: Answers,
    role: str,
    goal: GoalChoice,
    code: str | None,
    form: Format,
    *,
    plain: bool,
) -> None:
    from bpo_quiz.catalogue.find import find_role
    from bpo_quiz.guidance.least_raises import GOALS, least_raises

    wanted = find_role(catalogue, role).id
    goals = [one for one in GOALS if goal in (GoalChoice.both, one)]
    found = [least_raises(catalogue, answers, wanted, one) for one in goals]
    if form is Format.json:
        from bpo_quiz.records.why import reach_record

        write_json(reach_record(catalogue, found, answers.form))
    elif plain:
        from bpo_quiz.report.why import what_if_plain

        for line in what_if_plain.reach(catalogue, found, answers.form, code):
            typer.echo(line)
    else:
        from bpo_quiz.report.why import what_if_tables

        show(ctx, what_if_tables.reach(catalogue, found, answers.form, code))
