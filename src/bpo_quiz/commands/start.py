"""`bpo-quiz start`: ask, score, show."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from bpo_quiz.clean import clean
from bpo_quiz.commands.shared import Format, options, show, the_catalogue, write_json
from bpo_quiz.errors import Interrupted, UsageError
from bpo_quiz.terminal.streams import can_ask, can_show_screens

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.report.build import Report
    from bpo_quiz.sitting.about_form import AboutForm
    from bpo_quiz.sitting.answer_file import Answers
    from bpo_quiz.sitting.form import Form
    from bpo_quiz.sitting.sitting import Sitting
    from bpo_quiz.terminal.progress import AfterReview


class Asker(Protocol):
    """A way to ask: screens or plain lines. `items` is False when the person goes back before the first."""

    def about(self, form: AboutForm) -> None:
        """Ask about the person."""

    def items(self, sitting: Sitting) -> bool:
        """Ask the items."""

    def review(self, sitting: Sitting) -> AfterReview:
        """Let the person look over the answers."""


def start(
    ctx: typer.Context,
    answers: Annotated[
        str | None,
        typer.Option(
            "--answers", metavar="FILE", help="Score an answer file instead of asking; - reads it from standard input."
        ),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How the result is written.")] = Format.table,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer questions, chosen by your answers.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Ordinary lines: no boxes, no screens, no colours.")] = False,
    top: Annotated[int, typer.Option("--top", min=1, metavar="N", help="How many roles the result lists.")] = 10,
) -> None:
    """Take the quiz: some questions about you, then about what you do; then your ranked career paths."""
    if answers is None and not can_ask():
        raise UsageError(
            "start: asking needs a terminal, and there is none here; --answers FILE (or --answers -) scores answers"
        )
    catalogue = the_catalogue(ctx)
    given = _read(answers, catalogue) if answers is not None else _ask(catalogue, quick, plain, options(ctx).no_color)
    _write(ctx, catalogue, given, form, plain, top)


def _read(source: str, catalogue: Catalogue) -> Answers:
    from bpo_quiz.sitting.answer_file import read_answers

    return read_answers(source, catalogue)


def _ask(catalogue: Catalogue, quick: bool, plain: bool, no_color: bool) -> Answers:
    from bpo_quiz.sitting.about_form import AboutForm
    from bpo_quiz.sitting.answer_file import Answers

    form = _form(catalogue, quick)
    _welcome(catalogue, form)
    about = AboutForm(catalogue)
    try:
        sitting = _hold(_asker(catalogue, plain, no_color), about, form, catalogue)
    except Interrupted:
        raise Interrupted("Stopped. Nothing was kept, and nothing has left this computer.") from None
    return Answers(sitting.responses, about.about(), sitting.form.name, sitting.times)


def _form(catalogue: Catalogue, quick: bool) -> Form:
    if quick:
        from bpo_quiz.sitting.quick import QuickForm

        return QuickForm(catalogue)
    from bpo_quiz.sitting.form import FullForm

    return FullForm(catalogue)


def _hold(asker: Asker, about: AboutForm, form: Form, catalogue: Catalogue) -> Sitting:
    """The whole conversation: about the person, the items, the review; back works across all three."""
    from bpo_quiz.sitting.sitting import Sitting

    asker.about(about)
    sitting = Sitting(form)
    while True:
        if not asker.items(sitting):
            about.go_to_last()
            asker.about(about)
            continue
        following = asker.review(sitting)
        if following == "result":
            return sitting
        if following == "rest":
            sitting.ask_on_with(_form(catalogue, quick=False))


def _asker(catalogue: Catalogue, plain: bool, no_color: bool) -> Asker:
    if plain or not can_show_screens():
        from bpo_quiz.terminal.plain import PlainLines

        return PlainLines(catalogue)
    from bpo_quiz.terminal.prompts import Screens

    return Screens(catalogue, no_color)


def _welcome(catalogue: Catalogue, form: Form) -> None:
    """Say what is coming before anything slow is loaded."""
    items = form.expected(0)
    length = f"{items} questions" if form.name == "full" else f"About {items} questions"
    minutes = catalogue.minutes(items)
    width = min(max(20, shutil.get_terminal_size().columns), 80) - 1
    for paragraph in (
        f"{catalogue.name}: a career quiz",
        f"{length}, about {minutes} minutes, after a few about you. Nothing you say leaves this computer.",
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
