"""The way in: `bpo-quiz`, or `python -m bpo_quiz`."""

import signal
import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line; `--version` is answered before anything slow is imported."""
    if {"--version", "--help"} & set(sys.argv) and hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # these only print; a reader that has gone ends them
    if sys.argv[1:] == ["--version"]:
        from bpo_quiz import __version__

        sys.stdout.write(f"bpo-quiz {__version__}\n")
        return
    try:
        from bpo_quiz.commands.app import run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
