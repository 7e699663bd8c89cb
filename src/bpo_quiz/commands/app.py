"""Puts the commands together, and turns every error into one line and its exit code."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path  # noqa: TC003 - Typer reads the annotation
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from bpo_quiz import __version__
from bpo_quiz.clean import clean
from bpo_quiz.commands import (
    browse,
    catalogue,
    client,
    cohort,
    doctor,
    form,
    guide,
    path,
    result,
    score,
    sessions,
    start,
    what_if,
    why,
)
from bpo_quiz.commands.shared import Options
from bpo_quiz.errors import Interrupted, QuizError, StorageError
from bpo_quiz.terminal.streams import never_fail_on_encoding, stop_writing

if TYPE_CHECKING:
    from collections.abc import Callable

UNEXPECTED = 1
_GLOBAL_WITH_VALUE = ("--data", "--home")
_GLOBAL_FLAGS = ("--no-color", "--debug")


class Group(TyperGroup):
    """Lets global options stand anywhere on the line, and knows how errors end."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Move global options to the front, where they are declared."""
        return super().parse_args(ctx, globals_first(args))

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a fault that a person can mend becomes words and an exit code."""
        never_fail_on_encoding()
        debug = "--debug" in sys.argv
        try:
            return super().invoke(ctx)
        except QuizError as error:
            if debug:
                raise
            _say(error)
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            typer.echo("\nStopped.", err=True)
            raise typer.Exit(Interrupted.exit_code) from None
        except BrokenPipeError:
            stop_writing()
            raise typer.Exit(0) from None
        except (typer.Exit, typer.Abort):
            raise
        except OSError as error:
            if debug:
                raise
            _say(
                StorageError(f"standard output: {error.strerror or 'cannot be written'}; free space, or choose a file")
            )
            raise typer.Exit(StorageError.exit_code) from None
        except Exception as error:
            if debug or type(error).__module__.startswith("typer."):
                raise
            kind = type(error).__name__
            typer.echo(f"bpo-quiz: something went wrong that should not ({kind}). Add --debug to see where.", err=True)
            raise typer.Exit(UNEXPECTED) from None


def globals_first(args: list[str]) -> list[str]:
    """The same words with global options in front; nothing after `--` is touched."""
    front: list[str] = []
    rest: list[str] = []
    waiting = list(args)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            rest += [word, *waiting]
            break
        if word in _GLOBAL_FLAGS or word.startswith(tuple(f"{name}=" for name in _GLOBAL_WITH_VALUE)):
            front.append(word)
        elif word in _GLOBAL_WITH_VALUE and waiting:
            front += [word, waiting.pop(0)]
        else:
            rest.append(word)
    return front + rest


def _say(error: QuizError) -> None:
    with contextlib.suppress(OSError):  # the window may be gone
        for line in str(error).splitlines() or [""]:
            typer.echo(clean(line), err=True)


app = typer.Typer(
    cls=Group,
    name="bpo-quiz",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="A career quiz for Business Process Outsourcing (BPO). Offline: nothing leaves this computer.",
    epilog="The options above may stand anywhere on the line.",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"bpo-quiz {__version__}")
        raise typer.Exit


@app.callback()
def _global(
    ctx: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help="Use another catalogue: the YAML files in DIR."),
    ] = None,
    home: Annotated[
        Path | None,
        typer.Option("--home", metavar="DIR", help="Keep sessions and clients in DIR; BPO_QUIZ_HOME does the same."),
    ] = None,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours; NO_COLOR does the same.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error comes from.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    ctx.obj = Options(data=data, home=home, no_color=no_color)


def _add(command: Callable[..., None], name: str) -> None:
    app.command(name)(command)


_add(start.start, "start")
_add(start.resume, "resume")
_add(result.result, "result")
_add(why.why, "why")
_add(what_if.what_if, "what-if")
_add(path.path, "path")
_add(sessions.listed, "list")
_add(browse.roles, "roles")
_add(browse.skills, "skills")
_add(guide.guide, "guide")
app.add_typer(client.app, name="client")
_add(cohort.cohort, "cohort")
_add(form.form, "form")
_add(score.score, "score")
app.add_typer(catalogue.app, name="catalogue")
_add(doctor.doctor, "doctor")


def run() -> None:
    """Run the program."""
    app()
