"""Puts the commands together, and turns every error into one line and its exit code."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path  # noqa: TC003 - Typer reads the annotation
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from bpo_quiz import __version__
from bpo_quiz.clean import clean
from bpo_quiz.commands.lazy import LazyCommand
from bpo_quiz.commands.shared import Options, tell
from bpo_quiz.errors import Interrupted, QuizError, StorageError
from bpo_quiz.terminal.streams import bound_width, stop_writing, write_alike_everywhere
from bpo_quiz.wording import call_it

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

UNEXPECTED = 1
_GLOBAL_WITH_VALUE = ("--data", "--home")
_GLOBAL_FLAGS = ("--no-color", "--debug")


_HELP = {
    "start": "Take the quiz: some questions about you, then about what you do; then your ranked career paths.",
    "resume": "Go on where a session was left; a finished one opens on its answers, so that any can be changed.",
    "result": "Show a result again, or write it to hand over; with --data, as another catalogue sees the same answers.",
    "why": "Say why a role stands where it stands, or why not: points that add up, and the answers that moved it.",
    "what-if": "Show the ranking as if skills were at other levels; or the smallest raises that reach a role.",
    "path": "Show the way to a role, step by step: what each step asks beyond what you have, how long, which gates.",
    "list": "List the sessions that were kept, newest first.",
    "remove": "Remove one session for good, with the notes about it, also from the backups that still knew it.",
    "move": "Give a session to the client whose it is, also in the backups.",
    "roles": "List all roles, show one whole, or set several side by side.",
    "paths": "List the career paths, or show one whole: its work and skills, how to come in, where it leads.",
    "skills": "List all skills, or show one whole: its levels, how to grow it, the roles that ask for it.",
    "guide": "Read what BPO is, how people grow in it, and what its measures mean; alone, it lists the topics.",
    "desk": "What waits for you: agreements that are due, talks, sessions that were left.",
    "client": "Your clients, each by an alias: consent, notes, comparing, export, forgetting.",
    "cohort": "Show what a group of clients looks like: paths, strengths, gaps. No names, and no count under 5.",
    "form": "Write the blank questionnaire: a page that a client fills in offline, a form on paper, or an empty sheet.",
    "score": "Score many answer sheets at once: one line a sheet in, its first roles out.",
    "catalogue": "For authors: check a catalogue, simulate people, look at real answers to its questions.",
    "doctor": "Say where everything lives and whether it is sound; back it up, or bring a backup back.",
}
"""What the list says of each command, in its order, and what the command says of itself."""

_PLACES = {
    "resume": "start:resume",
    "list": "sessions:listed",
    "desk": "sessions:desk",
    "move": "remove:move",
    "roles": "browse:roles",
    "paths": "browse:paths",
    "skills": "browse:skills",
    "guide": "browse:guide",
    "client": "client:app",
    "catalogue": "catalogue:app",
}
"""Where a command is, if not in a module of its own name."""

COMMANDS = tuple(
    LazyCommand(name, _PLACES.get(name, "{0}:{0}".format(name.replace("-", "_"))), told) for name, told in _HELP.items()
)


class Group(TyperGroup):
    """Lets global options stand anywhere on the line, and knows how errors end."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{**settings, "commands": COMMANDS})

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Move global options to the front, where they are declared."""
        words = globals_first(args)
        if "help" in words[:1]:  # such as `help client add`
            words = [*words[1:], "--help"]
        with _harmless_usage_errors():
            return super().parse_args(ctx, words)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a fault that a person can mend becomes words and an exit code."""
        debug = "--debug" in sys.argv
        if debug:
            sys.excepthook = _show_traceback
        try:
            with _harmless_usage_errors():
                return super().invoke(ctx)
        except KeyboardInterrupt:
            tell("", "Stopped.", to_errors=True)
            raise typer.Exit(Interrupted.exit_code) from None
        except BrokenPipeError:
            stop_writing()
            raise typer.Exit(0) from None
        except (QuizError, OSError) as error:
            if debug:
                raise
            raise typer.Exit(_say(error)) from None
        except Exception as error:
            if debug or _is_typers(error):
                raise
            kind = type(error).__name__
            tell(f"bpo-quiz: something went wrong that should not ({kind}). Add --debug to see where.", to_errors=True)
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


@contextlib.contextmanager
def _harmless_usage_errors() -> Iterator[None]:
    """Typer repeats words of the command line in its errors."""
    try:
        yield
    except Exception as error:
        if _is_typers(error) and hasattr(error, "message"):
            error.message = clean(str(error.message))
        raise


def _is_typers(error: Exception) -> bool:
    return type(error).__module__.startswith("typer.")


def _show_traceback(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What Python itself shows, but for the words of others in it."""
    import traceback

    tell(*"".join(traceback.format_exception(kind, error, trace)).splitlines(), to_errors=True)


def _say(error: QuizError | OSError) -> int:
    """Say an error, with its exit code; what the disk says without more is about standard output."""
    if not isinstance(error, QuizError):
        error = StorageError(f"standard output: {error.strerror or 'cannot be written'}; free space, or choose a file")
    with contextlib.suppress(OSError):  # the window may be gone
        tell(*(str(error).splitlines() or [""]), to_errors=True)
    return error.exit_code


app = typer.Typer(
    cls=Group,
    name="bpo-quiz",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    help="A career quiz for Business Process Outsourcing (BPO). Offline: nothing leaves this computer.",
    epilog="The options above may stand anywhere on the line. help COMMAND, or COMMAND -h, says more of one.",
)


_FIRST_WORDS = (
    "A career quiz for Business Process Outsourcing (BPO). Nothing you say leaves this computer.",
    "",
    "bpo-quiz start: take the quiz; with --quick fewer questions.",
    "bpo-quiz resume: go on where you left.",
    "bpo-quiz result: see the latest result again, and go on from it.",
    "bpo-quiz roles: look around without a quiz; paths, skills and guide do too.",
    "bpo-quiz help: every command, also for counsellors and groups.",
)
"""What the program says of itself where it is called without a command."""


def _print_version(wanted: bool) -> None:
    if wanted:
        tell(f"bpo-quiz {__version__}")
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
    def asks(question: str) -> bool:
        from bpo_quiz.commands.confirming import confirmed

        return confirmed(ctx, question, "Stopped. Nothing was changed.")

    ctx.obj = Options(data, home, no_color, asks)
    call_it(_as_called(data, home))
    if ctx.invoked_subcommand is None:
        tell(*_FIRST_WORDS)


def _as_called(data: Path | None, home: Path | None) -> str:
    """The words by which the program is called here, so that a command that is named runs as it is printed."""
    import shlex
    import shutil

    called = sys.argv[0]
    name = os.path.basename(called)  # noqa: PTH119 - a text
    words = ["bpo-quiz"]
    script = shutil.which("bpo-quiz")
    if name == "__main__.py" and (script is None or os.path.dirname(script) != os.path.dirname(sys.executable)):  # noqa: PTH120
        words = [sys.executable, "-m", "bpo_quiz"]
    elif name.startswith("bpo-quiz") and (script is None or os.path.realpath(script) != os.path.realpath(called)):
        words = [called]
    for option, value in (("--home", home), ("--data", data)):
        words += [] if value is None else [option, str(value)]
    return shlex.join(words)


def run() -> None:
    """Run the program."""
    bound_width()
    write_alike_everywhere()
    if "--help" in sys.argv and hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # it only prints; a reader that has gone ends it
    app()
