"""A home of a test's own, and our program called there."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from store.desk import opened
from terminal.driver import Terminal

from bpo_quiz.store.clients import Clients
from bpo_quiz.store.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bpo_quiz.store.records import StoredSession

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


class Desk:
    """Calls that all begin with `--home` and the same words.

    Args:
        run: `bpo_quiz` or `here`: a process each, or this one.
        home: need not be there yet.
        words: `"client"` where all is about `bpo-quiz client`.
    """

    def __init__(self, run: Run, home: Path, *words: str) -> None:
        self._run = run
        self.home = home
        self.words = ("--home", str(home), *words)

    def __call__(self, *words: str, **more: Any) -> Done:
        done = self._run(*self.words, *words, **more)
        assert "Traceback" not in done.stderr or "--debug" in words, done.stderr
        return done

    def done(self, *words: str, **more: Any) -> str:
        """Standard output of a call that must succeed."""
        done = self(*words, **more)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def record(self, *words: str, **more: Any) -> Any:
        return json.loads(self.done(*words, "--format", "json", **more))

    def refused(self, code: int, *words: str, **more: Any) -> str:
        """The one harmless line of a call that must fail with this exit code."""
        done = self(*words, **more)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (code, "", 1), done.stderr
        assert not STEERING.search(done.stderr)
        return done.stderr

    def terminal(self, *words: str, **more: Any) -> Terminal:
        return Terminal(*self.words, *words, **more)

    @contextlib.contextmanager
    def opened(self) -> Iterator[tuple[Clients, Sessions]]:
        with opened(self.home) as database:
            yield Clients(database), Sessions(database)

    def stored(self) -> dict[str, StoredSession]:
        """The sessions by their codes."""
        with opened(self.home, read_only=True) as database:
            return {session.code: session for session in Sessions(database).each()}

    def add(self, *aliases: str) -> None:
        """Clients who are there already; what `client add` itself does has tests of its own."""
        with self.opened() as (clients, _):
            for alias in aliases:
                clients.add(alias, "Agreed.")

    def holding(self, *texts: str) -> list[str]:
        """Files whose bytes hold any of the texts, in UTF-8 or UTF-16, whatever their case."""
        wanted = [text.lower().encode(form) for text in texts for form in ("utf-8", "utf-16-le")]
        files = [file for file in self.home.rglob("*") if file.is_file()]
        assert files
        return [file.name for file in files if any(one in file.read_bytes().lower() for one in wanted)]
