"""The way in: `bpo-quiz`, or `python -m bpo_quiz`.

Nothing but `sys` and `os`, which Python has loaded anyway, is imported before it is needed: `--version` is to answer as
soon as Python can.
"""

import os
import sys

STORAGE = 4
INTERRUPTED = 130
ENDED_AS_SAID = (STORAGE, INTERRUPTED, 143, 129)


def main() -> None:
    """Run the command line; what fails before a command has begun ends here."""
    try:
        _run()
        sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        _end(INTERRUPTED)
    except SystemExit as end:
        if end.code in ENDED_AS_SAID:
            _end(int(end.code or 0))
        raise
    except BrokenPipeError:  # the reader has gone, and needs no more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        if "--debug" in sys.argv:
            raise
        sys.stderr.write(f"standard output: {error.strerror or 'cannot be written'}; free space, or choose a file\n")
        _end(STORAGE)


def _run() -> None:
    if sys.argv[1:] == ["--version"]:
        from bpo_quiz import __version__

        sys.stdout.write(f"bpo-quiz {__version__}\n")
    else:
        from bpo_quiz.commands.app import run

        try:
            run()
        except SystemExit as end:
            if end.code not in (0, None):  # else what is still to be written may fail
                raise


def _end(code: int) -> None:
    """End with this code, which Python itself would not always do.

    It ends by SIGINT where Ctrl-C came while it compiled a class, and with 120 where its last words have no window
    or no disk.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # the window may be gone
            continue
    os._exit(code)


if __name__ == "__main__":
    main()
