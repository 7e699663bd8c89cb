"""`bpo-quiz start`: ask, score, show."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from bpo_quiz.clean import clean
from bpo_quiz.commands.shared import Format, options, show, the_catalogue, write_json
from bpo_quiz.errors import Interrupted, UsageError
from bpo_quiz.terminal.streams import can_ask

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.report.build import Report
    from bpo_quiz.sitting.about_form import AboutForm
    from bpo_quiz.sitting.answer_file import Answers
    from bpo_quiz.sitting.sitting import Sitting


class Asker(Protocol):
    """A way to ask: screens or plain lines. `items` and `review` are False when the person goes back."""

    def about(self, form: AboutForm) -> None:
        """Ask about the person."""

    def items(self, sitting: Sitting) -> bool:
        """Ask the items."""

    def review(self, sitting: Sitting) -> bool:
        """Let the person look over the answers."""


def start(
    ctx: typer.Context,
    answers: Annotated[
        str | None, typer.Option("--answers", metavar="FILE", help="Score an answer file instead of asking; - reads it from standard input.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How the result is written.")] = Format.table,
    plain: Annotated[bool, typer.Option("--plain", help="Ordinary lines: no boxes, no screens, no colours.")] = False,
    top: Annotated[int, typer.Option("--top", min=1, metavar="N", help="How many roles the result lists.")] = 10,
) -> None:
    """Take the quiz: some questions about you, then about what you do; then your ranked career paths."""
    if answers is None and not can_ask():
        raise UsageError(
            "start: asking needs a terminal, and there is none here; use --answers FILE (or --answers -) to score answers"
        )
    catalogue = the_catalogue(ctx)
    given = _read(answers, catalogue) if answers is not None else _ask(catalogue, plain, options(ctx).no_color)
    _write(ctx, catalogue, given, form, plain, top)


def _read(source: str, catalogue: Catalogue) -> Answers:
    from bpo_quiz.sitting.answer_file import read_answers

    return read_answers(source, catalogue)


def _ask(catalogue: Catalogue, plain: bool, no_color: bool) -> Answers:
    from bpo_quiz.sitting.answer_file import Answers
    from bpo_quiz.sitting.form import full_form
    from bpo_quiz.sitting.sitting import Sitting

    sitting = Sitting(full_form(catalogue))
    _welcome(catalogue, len(sitting.items))
    try:
        about = _hold(_asker(catalogue, plain, no_color), sitting)
    except Interrupted:
        raise Interrupted("Stopped. Nothing was kept, and nothing has left this computer.") from None
    return Answers(sitting.responses, about.about())


def _hold(asker: Asker, sitting: Sitting) -> AboutForm:
    """The whole conversation: about the person, the items, the review; back works across all three."""
    from bpo_quiz.sitting.about_form import AboutForm

    form = AboutForm(asker.catalogue)  # type: ignore[attr-defined]
    while True:
        asker.about(form)
        while asker.items(sitting):
            if asker.review(sitting):
                return form
        form.go_to_last()


def _asker(catalogue: Catalogue, plain: bool, no_color: bool) -> Asker:
    if plain:
        from bpo_quiz.terminal.plain import PlainLines

        return PlainLines(catalogue)
    from bpo_quiz.terminal.prompts import Screens

    return Screens(catalogue, no_color)


def _welcome(catalogue: Catalogue, items: int) -> None:
    """Say what is coming before anything slow is loaded."""
    minutes = catalogue.minutes(items)
    width = min(max(20, shutil.get_terminal_size().columns), 80) - 1
    for paragraph in (
        f"{catalogue.name}: a career quiz",
        f"{items} questions, about {minutes} minutes, after a few about you. Nothing that you say leaves this computer.",
        "Answer as you would if someone asked you for an example. There are no right answers.",
        "At every question: b goes back, s skips, q stops.",
    ):
        typer.echo("\n" + "\n".join(textwrap.wrap(clean(paragraph), width)), err=True)
    typer.echo("", err=True)


def _write(ctx: typer.Context, catalogue: Catalogue, given: Answers, form: Format, plain: bool, top: int) -> None:
    from bpo_quiz.report.build import build

    report = build(catalogue, given)
    if form is Format.json:
        from bpo_quiz.report import json_record

        write_json(json_record.result(report))
    elif plain:
        _write_lines(report, top)
    else:
        from bpo_quiz.report import tables

        show(ctx, tables.result(report, top))


def _write_lines(report: Report, top: int) -> None:
    from bpo_quiz.report import plain

    for line in plain.result(report, top):
        typer.echo(line)
