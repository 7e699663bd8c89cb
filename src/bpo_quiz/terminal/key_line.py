"""The line of keys below a page: one key chooses what comes next; in plain lines a number does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.clean import clean
from bpo_quiz.terminal.lines import ask, number_of, packed, wrap, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

LEAVE, BACK = "q", "b"
_SETTLED = 0.3
"""Seconds without a key after which one counts where a key may still be held down, as Enter may at the review."""


class Key(NamedTuple):
    """A key, a digit or `b`; the word beside it; what it does, in a sentence."""

    key: str
    word: str
    means: str


def hints(keys: Sequence[Key], about: str) -> list[str]:
    """What stands on the line; `about`: before all else."""
    return [*filter(None, (clean(about),)), *(f"{key.key} {key.word}" for key in keys), "? q leave"]


def by_number(keys: Sequence[Key]) -> str:
    """Ask in lines which key it is to be; `LEAVE` where the person leaves.

    Raises:
        Interrupted: Ctrl-C, or a signal.
    """
    write("", "What next?", *(f"{key.key}. {key.means}" for key in keys), "q. Leave.")
    while True:
        line = ask("Number (q leaves): ", q_answers=True)
        chosen = str(number_of(line) or line)
        if chosen == LEAVE or any(key.key == chosen for key in keys):
            return chosen
        write(f"Please type one of {', '.join(key.key for key in keys)}, or q.")


def by_key(keys: Sequence[Key], no_color: bool, *, about: str = "", settle: bool = False) -> str:
    """Wait for a key; `LEAVE` where the person leaves. Nothing of the line stays on the screen.

    Args:
        keys: those that count; Enter is the first.
        no_color: whether colours are not wanted.
        about: what the keys are about, if that is not plain.
        settle: whether a key may be held down still.

    Raises:
        Interrupted: Ctrl-C, or a signal.
    """
    return _Line(keys, about, settle).run(no_color)


class _Line:
    def __init__(self, keys: Sequence[Key], about: str, settle: bool) -> None:
        self._about = about
        self._keys = {key.key: key for key in keys}
        self._shows_help = False
        self._drawn_at: float | None = None
        self._quiet_for = _SETTLED if settle else 0.0

    def run(self, no_color: bool) -> str:
        from prompt_toolkit.application import Application
        from prompt_toolkit.layout import FormattedTextControl, Layout, Window

        from bpo_quiz.terminal.application import run, standard_error

        text = FormattedTextControl(self._render, show_cursor=False)
        application: Application[str] = Application(
            layout=Layout(Window(text, wrap_lines=True, dont_extend_height=True)),
            key_bindings=self._bindings(),
            erase_when_done=True,
            after_render=lambda _: self._was_drawn(),
            output=standard_error(),
        )
        return run(application, no_color, leaving=("c-c",))

    def _was_drawn(self) -> None:
        self._drawn_at = self._drawn_at or time.monotonic()

    def _bindings(self) -> KeyBindings:
        from prompt_toolkit.key_binding import KeyBindings
        from prompt_toolkit.keys import Keys

        keys = KeyBindings()
        for key in (LEAVE, "c-d"):
            keys.add(key, eager=True)(lambda event: self._choose(event, LEAVE))
        keys.add("enter", eager=True)(lambda event: self._choose(event, next(iter(self._keys))))
        keys.add("escape", eager=True)(lambda event: None)
        keys.add(Keys.BracketedPaste, eager=True)(lambda event: None)
        keys.add(Keys.Any)(lambda event: self._choose(event, event.data))
        return keys

    def _choose(self, event: KeyPressEvent, key: str) -> None:
        now = time.monotonic()
        if self._drawn_at is None or event.app.is_done:
            return
        if key != LEAVE and now - self._drawn_at < self._quiet_for:
            self._drawn_at = now
            return
        self._quiet_for = 0.0
        chosen = str(number_of(key) or key)
        if chosen == "?":
            self._shows_help = not self._shows_help
        elif chosen == LEAVE or chosen in self._keys:
            event.app.exit(result=chosen)

    def _render(self) -> StyleAndTextTuples:
        from prompt_toolkit.application import get_app

        width = get_app().output.get_size().columns - 1
        lines: list[str] = []
        if self._shows_help:
            for key in self._keys.values():
                first, *others = wrap(key.means, width - 4)
                lines += [f" {key.key}  {first}", *(f"    {line}" for line in others)]
            lines += [""]
        lines += packed(hints(list(self._keys.values()), self._about), width, gap="  ")
        return [("class:keys", "\n".join(lines))]
