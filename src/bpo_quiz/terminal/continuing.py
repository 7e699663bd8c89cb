"""After Ctrl-Z and `fg` the shell's own words stand where the question stood."""

from __future__ import annotations

import contextlib
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextlib.contextmanager
def again_after_a_stop(write: Callable[[], None]) -> Iterator[None]:
    """Write something again whenever the process goes on after it was stopped."""
    if not hasattr(signal, "SIGCONT"):  # no such thing on this system
        yield
        return
    before = signal.signal(signal.SIGCONT, lambda *_: write())
    try:
        yield
    finally:
        signal.signal(signal.SIGCONT, before)
