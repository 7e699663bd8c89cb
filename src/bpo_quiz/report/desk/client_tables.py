"""Clients as Rich renderables, 80 columns. Foreign text is cleaned and never markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report.pieces import bullets, heading, nested, table, text
from bpo_quiz.wording import note_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from bpo_quiz.report.desk.clients import ClientCard, ClientLine, NoteLine, SessionLine

NOTES_ARE_SEPARATE = "For the counsellor. No result or report that a client gets holds them; client export does."


def listing(clients: Sequence[ClientLine], more: bool) -> Iterator[RenderableType]:
    """Clients in a list; `more`: whether there are others that the list leaves out."""
    if not clients:
        yield text("No such clients. bpo-quiz client add ALIAS adds one.")
        return
    grid = table(("Client", "left"), ("Added", "left"), ("Sessions", "right"), ("Latest", "left"))
    for client in clients:
        grid.add_row(text(client.alias), day(client.added), str(client.sessions), day(client.latest))
    yield grid
    if more:
        yield text("There are more; --search TEXT narrows the list, --limit N makes it longer.", "dim")


def card(client: ClientCard) -> Iterator[RenderableType]:
    """One client."""
    yield heading(client.alias)
    yield text(f"Added {moment(client.added)}.")
    yield heading(f"Consent, given {moment(client.consent_at)}")
    yield from bullets(client.consent_words.splitlines())
    yield heading("Sessions")
    yield _sessions(client.sessions) if client.sessions else text("None yet.")
    yield heading("Notes")
    yield text(NOTES_ARE_SEPARATE, "dim")
    yield from notes(client.notes)


def notes(lines: Sequence[NoteLine]) -> Iterator[RenderableType]:
    """Notes in the order they were written."""
    if not lines:
        yield text("None.")
    for note in lines:
        about = f", about {note.code}" if note.code else ""
        yield text(f"{moment(note.written)}{about}:")
        first, *rest = note_lines(note.text)
        yield nested([(first, rest)])


def _sessions(lines: Sequence[SessionLine]) -> RenderableType:
    grid = table(
        ("Code", "left"), ("Date", "left"), ("Form", "left"), ("Answered", "right"), ("First career path", "left"),
        ("First role", "left"),
    )  # fmt: skip
    for line in lines:
        report = line.report
        grid.add_row(
            line.code,
            day(line.started) if line.finished else f"{day(line.started)} (open)",
            report.form,
            f"{report.answered} of {report.asked}",
            *map(text, _first(line)),
        )
    return grid


def _first(line: SessionLine) -> tuple[str, str]:
    report = line.report
    if report.silence is not None:
        return "-", "-"
    return report.catalogue.paths[report.paths[0].path].name, report.roles[0].role.name


def day(written: str | None) -> str:
    """The day of a stored moment, UTC; a dash for None."""
    return written[:10] if written else "-"


def moment(written: str) -> str:
    """A stored moment for people, to the minute."""
    return f"{written[:10]} {written[11:16]} UTC"
