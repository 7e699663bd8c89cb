"""Keeps a sitting while it goes on: every answer is in the store before the next question is shown."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.answers.model import About, Answers, Response
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.store.connection import Database
    from bpo_quiz.store.sessions import Sessions

_NOTHING = "Nothing was kept, as you asked (--no-save)."


class Keeper:
    """What happens to answers as they come: nothing is kept (`--no-save`).

    Attributes:
        entered: whether they are keyed in from paper, so that whoever stops can go on with that.
        client: whose they are, an alias. code: of the session that keeps them.
        open_before: code of the latest session that can go on, where this one is new.
    """

    entered = False
    client: str | None = None
    code: str | None = None
    open_before: str | None = None

    def about(self, about: About, done: Sequence[str]) -> None:
        """Keep what the person told about themselves; `done`: keys of the questions that are done."""

    def response(self, response: Response) -> None:
        """Keep a response."""

    def form(self, name: str) -> None:
        """Keep that another form goes on."""

    def whole(self, answers: Answers) -> None:
        """Keep answers that came all at once: all of them, or nothing."""

    def finish(self) -> str:
        """Keep that the result was shown; one line about where it is."""
        return _NOTHING

    def farewell(self) -> str:
        """What a person who leaves early should know."""
        return f"Stopped. {_NOTHING}"


class StoreKeeper(Keeper):
    """Keeps a session in the store; a new one begins with the first answer, so that nobody leaves empty ones."""

    def __init__(self, sessions: Sessions, catalogue: Catalogue, files: tuple[bytes, bytes], form: str) -> None:
        self._sessions = sessions
        self._catalogue = catalogue
        self._files = files
        self._form = form
        self._is_finished = False
        self.tag: str | None = None

    def go_on_with(self, code: str, *, take_over: bool = False) -> None:
        """Take up a session that was begun earlier; `take_over`: as for `Sessions.hold`.

        Raises:
            StorageError: another window has it.
        """
        self._sessions.hold(code, take_over=take_over)
        self.code = code

    def about(self, about: About, done: Sequence[str]) -> None:
        """Keep what the person told about themselves; `done`: keys of the questions that are done."""
        self._sessions.save_about(self._begun(), about, done)

    def response(self, response: Response) -> None:
        """Keep a response."""
        self._sessions.save_response(self._begun(), response)

    def form(self, name: str) -> None:
        """Keep that another form goes on."""
        self._form = name
        if self.code is not None:
            self._sessions.change_form(self.code, name)
            self._sessions.reopen(self.code)

    def whole(self, answers: Answers) -> None:
        """Keep answers that came all at once, as a finished session."""
        self.code = self._sessions.keep(self._catalogue, self._files, answers, self.client, self.tag).code
        self._is_finished = True

    def finish(self) -> str:
        """Keep that the result was shown."""
        code = self._begun()
        if not self._is_finished:
            self._sessions.finish(code)
            self._is_finished = True
        return f"Kept on this computer as {code}. Show it again: bpo-quiz result {code}"

    def farewell(self) -> str:
        """One line."""
        if self.code is None:
            return "Stopped. There was nothing to keep yet."
        if self._is_finished:
            return f"Stopped. It is kept: bpo-quiz result {self.code}"
        return f"Saved. Go on with: bpo-quiz resume {self.code}{' --enter' if self.entered else ''}"

    def release(self) -> None:
        """Let other windows go on with the session."""
        if self.code is not None:
            self._sessions.release(self.code)

    def _begun(self) -> str:
        if self.code is None:
            session = self._sessions.start(self._catalogue, self._files, self._form, self.client, self.tag)
            self.code = session.code
            self._sessions.hold(session.code)
        return self.code


@contextlib.contextmanager
def kept_in(database: Database, catalogue: Catalogue, files: tuple[bytes, bytes], form: str) -> Iterator[StoreKeeper]:
    """A keeper whose session other windows can take up when the block is left, however it is left.

    Raises:
        StorageError: something could not be kept; it says how the session goes on when that is mended.
    """
    from bpo_quiz.errors import StorageError
    from bpo_quiz.store.sessions import Sessions

    keeper = StoreKeeper(Sessions(database), catalogue, files, form)
    try:
        yield keeper
    except StorageError as error:
        if keeper.code is None:
            raise
        raise type(error)(f"{error}; then go on with: bpo-quiz resume {keeper.code}") from error
    finally:
        with contextlib.suppress(StorageError):  # a hold of a dead process holds nothing
            keeper.release()
