"""The way in: `bpo-quiz`, or `python -m bpo_quiz`."""

import contextlib
import os
import signal
import sys

STORAGE = 4
INTERRUPTED = 130


def main() -> None:
    """Run the command line; what fails before a command has begun ends here."""
    if {"--version", "--help"} & set(sys.argv) and hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # these only print; a reader that has gone ends them
    try:
        _run()
        sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        _end_interrupted()
    except SystemExit as end:
        if end.code == INTERRUPTED:
            _end_interrupted()
        raise
    except OSError as error:
        if "--debug" in sys.argv:
            raise
        sys.stderr.write(f"standard output: {error.strerror or 'cannot be written'}; free space, or choose a file\n")
        sys.exit(STORAGE)


def _end_interrupted() -> None:
    """Python would end itself by SIGINT, whatever the exit code, where Ctrl-C came while it compiled a class."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(INTERRUPTED)


def _run() -> None:
    """`--version` is answered before anything slow is imported."""
    if sys.argv[1:] == ["--version"]:
        from bpo_quiz import __version__

        sys.stdout.write(f"bpo-quiz {__version__}\n")
    else:
        from bpo_quiz.commands.app import run

        run()


if __name__ == "__main__":
    main()
