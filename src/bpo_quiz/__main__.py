"""The way in: `bpo-quiz`, or `python -m bpo_quiz`."""

import sys


def main() -> None:
    """Run the command line; `--version` is answered before anything slow is imported."""
    if sys.argv[1:] == ["--version"]:
        from bpo_quiz import __version__

        sys.stdout.write(f"bpo-quiz {__version__}\n")
        return
    from bpo_quiz.commands.app import run

    run()


if __name__ == "__main__":
    main()
