"""Sessions: what one person answered, saved answer by answer; never what was computed from it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from bpo_quiz.answers.model import LONGEST_TIME
from bpo_quiz.as_dict import as_dict
from bpo_quiz.catalogue.files import fingerprint
from bpo_quiz.catalogue.load import parse_files
from bpo_quiz.files.processes import birth
from bpo_quiz.store import checksums, records
from bpo_quiz.store.connection import refuse_held
from bpo_quiz.store.names import fold, name, new_code
from bpo_quiz.store.records import Record, Session, client_row, in_list, next_number, verified_client

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.answers.model import About, Answers, Response
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.store.connection import Database, Row
    from bpo_quiz.store.records import SessionRow, StoredSession


class Sessions:
    """The sessions of a store. Codes are as `read_code` returns them, `ABC-DEF`.

    Every method may raise `StorageError`; what it was to change is then as before. Where a code is given,
    `NoSuchRecord` says that there is no such session.
    """

    def __init__(self, connection: Database) -> None:
        self._database = connection
        self._catalogues: dict[str, Catalogue] = {}

    def start(
        self,
        catalogue: Catalogue,
        files: tuple[bytes, bytes],
        form: str,
        client: str | None = None,
        tag: str | None = None,
    ) -> Session:
        """Begin a session, and freeze its catalogue.

        Args:
            catalogue: what is asked.
            files: the bytes of its `roles.yaml` and `skills.yaml`.
            form: `full` or `quick`.
            client: alias.
            tag: a word to find a group by, such as a course.

        Raises:
            NoSuchRecord: there is no such client.
            UsageError: the tag is no short text.
        """
        return self._add(catalogue, files, client, tag, form=form)

    def keep(
        self,
        catalogue: Catalogue,
        files: tuple[bytes, bytes],
        answers: Answers,
        client: str | None = None,
        tag: str | None = None,
    ) -> Session:
        """Keep a finished session, all or nothing of it; otherwise as `start`."""
        return self._add(
            catalogue,
            files,
            client,
            tag,
            form=answers.form,
            finished=records.now(),
            about=_told(answers.about),
            about_done=None,
            responses={one.item: one for one in answers.one_by_one()},
        )

    def _add(
        self, catalogue: Catalogue, files: tuple[bytes, bytes], client: str | None, tag: str | None, **content: Any
    ) -> Session:
        if fingerprint(*files) != catalogue.sha256:
            raise ValueError("these files are not the catalogue's")
        kept = None if tag is None else name(tag, "tag")
        with self._database.change():
            self._freeze(catalogue.sha256, files)
            record = Record(
                sequence=next_number(self._database, "sessions"),
                code=self._unused_code(),
                client=None if client is None else client_row(self._database, client)[0],
                catalogue=catalogue.sha256,
                form="",
                tag=kept,
                folded_tag=None if kept is None else fold(kept),
                started=records.now(),
                finished=None,
                touched=0,
                about={},
                about_done=(),
                responses={},
            )
            self._write(record._replace(**content))
        return Session(record.code, record.sequence)

    def save_response(self, code: str, response: Response) -> None:
        """Keep a response; it is on disk when this returns. Without seconds it keeps those that were stored."""
        with self._database.change():
            record = self._record(code)
            before = record.responses.get(response.item)
            seconds = response.seconds
            if seconds is not None:
                seconds = min(LONGEST_TIME, max(0.0, seconds))
            elif before is not None:
                seconds = before.seconds
            kept = response._replace(seconds=seconds)
            self._write(record._replace(responses={**record.responses, kept.item: kept}))

    def save_about(self, code: str, about: About, done: Sequence[str] | None = None) -> None:
        """Keep what the person told about themselves; `done`: keys of the questions that are done; None: all."""
        self._change(code, about=_told(about), about_done=None if done is None else tuple(done))

    def change_form(self, code: str, form: str) -> None:
        """Keep that the session goes on with another form."""
        self._change(code, form=form)

    def finish(self, code: str) -> None:
        """Keep that the person has seen the result."""
        self._change(code, finished=records.now())

    def reopen(self, code: str) -> None:
        """Let a finished session go on."""
        self._change(code, finished=None)

    def latest(self, *, finished: bool = False, client: str | None = None) -> str | None:
        """Code of the session that was changed last among those that can go on, or among the finished ones.

        Args:
            finished: which of the two.
            client: only those of this alias.

        Raises:
            NoSuchRecord: there is no such client.
        """
        whose = () if client is None else (client_row(self._database, client)[0],)
        row = self._database.row(
            f"SELECT code FROM sessions WHERE (finished IS NOT NULL) = ? {'AND client = ?' if whose else ''}"  # noqa: S608 - no text of a person's
            " ORDER BY touched DESC LIMIT 1",
            finished,
            *whose,
        )
        return str(row[0]) if row else None

    def give_to(self, code: str, client: int) -> None:
        """Make a session that of a client, by number; only inside a change."""
        self._write(self._record(code)._replace(client=client))

    def open_ones(self) -> tuple[StoredSession, ...]:
        """Each person's session that can go on and was changed last, the latest first; one for all of nobody's."""
        codes = self._database.rows(
            "SELECT code, max(touched) FROM sessions WHERE finished IS NULL GROUP BY client ORDER BY 2 DESC"
        )
        return tuple(self.get(code) for code, _ in codes)

    def get(self, code: str) -> StoredSession:
        """A session as it was stored, its checksum verified."""
        return self._seen(self._record(code))

    def row(self, code: str) -> SessionRow:
        """A session as it stands in a list, damaged or not."""
        found = self._rows_in_list("code = ?", code, 1)
        if not found:
            raise checksums.no_session(self._database, code)
        return found[0]

    def each(self) -> Iterator[StoredSession]:
        """Every session in the order they began, one at a time, its checksum verified."""
        for (code,) in self._database.rows("SELECT code FROM sessions ORDER BY sequence"):
            yield self.get(code)

    def list(
        self, client: str | None = None, search: str | None = None, limit: int = 20, *, is_open: bool = False
    ) -> tuple[SessionRow, ...]:
        """The newest sessions first.

        Args:
            client: only those of this alias.
            search: only those with this in the client's alias, the tag or the code.
            limit: how many at most.
            is_open: only those that can go on.

        Raises:
            NoSuchRecord: there is no such client.
        """
        conditions: list[str] = ["finished IS NULL"] if is_open else []
        values: list[Any] = []
        if client is not None:
            conditions.append("client = ?")
            values.append(client_row(self._database, client)[0])
        if search is not None:
            words, code = fold(search.strip()), search.strip().upper()
            conditions.append(
                "(instr(folded, ?) OR instr(folded_tag, ?) OR instr(code, ?) OR instr(replace(code, '-', ''), ?))"
            )
            values += [words, words, code, code]
        return self._rows_in_list(" AND ".join(conditions) or "TRUE", *values, limit)

    def count(self) -> int:
        """How many sessions there are."""
        return self._database.count("sessions")

    def frozen_catalogue(self, sha256: str) -> tuple[bytes, bytes]:
        """The bytes of `roles.yaml` and `skills.yaml` as they were when a session began, their hash verified.

        Raises:
            NoSuchRecord: no session has that catalogue.
        """
        row = self._database.row(f"{checksums.CATALOGUES} WHERE sha256 = ?", sha256)
        if row is None:
            raise checksums.absent(self._database, f"{sha256[:12]}: no session has this catalogue")
        roles, skills = checksums.sound("catalogue", row, self._database)
        return roles, skills

    def catalogue_of(self, session: StoredSession) -> Catalogue:
        """What a session was asked, as it was then.

        Raises:
            CatalogueError: this program cannot read it.
        """
        sha256 = session.catalogue_sha256
        if sha256 not in self._catalogues:
            self._catalogues[sha256] = parse_files(*self.frozen_catalogue(sha256))
        if session.answers.as_seen_by(self._catalogues[sha256]) != session.answers:  # items or a role of no catalogue
            raise checksums.damaged(self._database, f"session {session.code}")
        return self._catalogues[sha256]

    def hold(self, code: str, *, take_over: bool = False) -> None:
        """Keep other processes from going on with a session; the hold of a dead process is taken over.

        Args:
            code: the session.
            take_over: as for `refuse_held`.

        Raises:
            StorageError: a living process holds it; the message names it and says since when.
        """
        with self._database.change():
            sequence = self._record(code).sequence
            refuse_held(self._database, "session = ?", sequence, take_over=take_over)
            self._database.rows(
                "INSERT OR REPLACE INTO holds (session, pid, born, since) VALUES (?, ?, ?, ?)",
                sequence,
                os.getpid(),
                birth(os.getpid()),
                records.now(),
            )

    def release(self, code: str) -> None:
        """Let other processes go on with a session that this one holds."""
        with self._database.change():
            self._database.rows(
                "DELETE FROM holds WHERE pid = ? AND session = (SELECT sequence FROM sessions WHERE code = ?)",
                os.getpid(),
                code,
            )

    def _change(self, code: str, **changes: Any) -> None:
        with self._database.change():
            self._write(self._record(code)._replace(**changes))

    def _record(self, code: str) -> Record:
        row = self._database.row(f"{checksums.SESSIONS} WHERE code = ?", code)
        if row is None:
            raise checksums.no_session(self._database, code)
        return Record(*checksums.sound("session", row, self._database))

    def _seen(self, record: Record) -> StoredSession:
        row = self._client(record.client)
        return record.seen(str(verified_client(self._database, row)[1]) if row else None)

    def _client(self, client: int | None) -> Row | None:
        return self._database.row(f"{checksums.CLIENTS} WHERE id = ?", client)

    def _rows_in_list(self, condition: str, *values: Any) -> tuple[SessionRow, ...]:
        # The inner search reads narrow rows only; answers are looked up for the few that are shown.
        found = self._database.rows(
            f"{checksums.SESSIONS} WHERE sequence IN (SELECT sequence FROM sessions LEFT JOIN clients ON id = client"  # noqa: S608 - no text of a person's
            f" WHERE {condition} ORDER BY sequence DESC LIMIT ?) ORDER BY sequence DESC",
            *values,
        )
        return tuple(in_list(row, self._client(row[2])) for row in found)

    def _freeze(self, sha256: str, files: tuple[bytes, bytes]) -> None:
        if self._database.row("SELECT 1 FROM catalogues WHERE sha256 = ?", sha256) is None:
            packed = (checksums.packed(content) for content in files)
            self._database.rows("INSERT INTO catalogues (sha256, roles, skills) VALUES (?, ?, ?)", sha256, *packed)

    def _unused_code(self) -> str:
        while True:
            code = new_code()
            if self._database.row("SELECT 1 FROM sessions WHERE code = ?", code) is None:
                return code

    def _write(self, record: Record) -> None:
        """Store a new or changed record with its checksum; only inside a change."""
        ((touched,),) = self._database.rows("SELECT max(touched) FROM sessions")
        record = record._replace(touched=(touched or 0) + 1)
        columns, packed = record.columns(), record.packed()
        self._database.rows(
            "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sequence) DO UPDATE SET"
            " client = excluded.client, form = excluded.form, finished = excluded.finished, touched = excluded.touched,"
            " checksum = excluded.checksum",
            *columns,
            checksums.digest((*columns, packed)),
        )
        self._database.rows(
            "INSERT INTO answers VALUES (?, ?) ON CONFLICT (session) DO UPDATE SET record = excluded.record",
            record.sequence,
            packed,
        )


def _told(about: About) -> dict[str, Any]:
    return {key: value for key, value in as_dict(about).items() if value is not None}
