"""Colours and marks that all screens share; nothing is said by colour alone."""

from __future__ import annotations

from prompt_toolkit.output import ColorDepth  # noqa: TID253 - imported only when somebody is asked
from prompt_toolkit.styles import Style  # noqa: TID253

from bpo_quiz.terminal.streams import colour_wanted

STYLE = Style.from_dict(
    {
        "progress": "bold",
        "bar": "ansicyan",
        "prompt": "bold",
        "pointed": "ansicyan",
        "help": "ansigreen",
        "notice": "ansiyellow",
        "keys": "italic",
        # questionary's names
        "qmark": "ansicyan",
        "question": "bold",
        "answer": "ansicyan",
        "pointer": "ansicyan",
        "highlighted": "ansicyan",
        "selected": "ansicyan",
        "instruction": "italic",
    }
)


def colour_depth(no_color: bool) -> ColorDepth | None:
    """One bit where colour is not wanted; None: as the terminal can."""
    return None if colour_wanted(no_color) else ColorDepth.DEPTH_1_BIT


def bar(share: float, width: int) -> str:
    """A progress bar, `share` 0-1."""
    done = round(share * width)
    return "█" * done + "░" * (width - done)
