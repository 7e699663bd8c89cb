"""The desk's pages: what waits, the sessions, the clients, one of them, two sessions of one side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.as_dict import as_dict
from bpo_quiz.document import (
    Bar,
    BarChart,
    BarGroup,
    Bullets,
    Column,
    Detail,
    Document,
    Entries,
    Entry,
    Figure,
    Paragraph,
    Row,
    Section,
    Table,
    Toned,
)
from bpo_quiz.pages import agreed
from bpo_quiz.pages.phrases import SILENT, chance, flags, signed
from bpo_quiz.scoring.rounding import whole
from bpo_quiz.wording import counted, day, listed, local, note_lines, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bpo_quiz.document import Block, Line, Tone
    from bpo_quiz.results.clients import Change, ClientCard, Comparison, PlaceChange, SessionLine, SkillChange
    from bpo_quiz.results.desk import Desk, Kind, Waiting
    from bpo_quiz.store.clients import Client, Note
    from bpo_quiz.store.records import SessionRow, StoredSession
    from bpo_quiz.store.talks import Talk

MOST_ROLES = 5
"""Roles among the first so many, then or now, are shown."""

FOR_COUNSELLOR = "For the counsellor. No result or report that a client gets holds the notes; client export does."
MOVED = "Skills that moved by more than their error"
BY_CHANCE = (
    "A change is listed when it is larger than its error. That happens to about three skills in ten even when nothing "
    "has changed, and to one in twenty where it says clearly. Ask for an example before you build on it."
)
OTHER_QUESTIONS = (
    "*: the questions about this skill are not the same in both catalogues, so the levels compare loosely."
)
_OTHER_FORM = "One session took the quick form, the other the full one: the quick form asks less and knows less."
_OTHER_CATALOGUE = "The catalogue has changed in between; only what both have is compared."
_NOT_RANKED = "Not compared, since one of the sessions does not show which roles fit."
_FIRST = "First: the chance that it would come first if the answers had no error."

_CHANGES: tuple[Change, ...] = ("clearly up", "up", "clearly down", "down")

_CLIENTS = (
    Column("Client"), Column("Added", "name", "added {}"), Column("Sessions", "number", "{} session(s)"),
    Column("Latest", "name", "the latest {}"),
)  # fmt: skip
_KEPT = (
    Column("Code", "name"), Column("Client"), Column("Tag"), Column("Began", told="began {}"),
    Column("Form", told="{} form"), Column("Answered", "number", "{} answered"), Column("State", told="{}"),
)  # fmt: skip
_SESSIONS = (
    Column("Code", "name"), Column("Date", told="{}"), Column("Form", told="{} form"),
    Column("Answered", "number", "{} answered"), Column("First career path"), Column("First role"),
)  # fmt: skip
_SKILLS = (
    Column("Skill"), Column("Then", "number", "then {}"), Column("Now", "number", "now {}"),
    Column("Change", "number", "{}"), Column("Error", "number", "error {}"), Column("", "name", "{}"),
)  # fmt: skip
_PLACES = (
    Column("Then", "number", "place {} then"), Column("Now", "number", "{} now"),
    Column("First then", "number", "chance to be first {} then"), Column("First now", "number", "{} now"),
)  # fmt: skip
_BEST = (Column("Best role then", told="the best role {} then"), Column("Best role now", told="{} now"))


_WAITING = (
    Column("Client"), Column("What waits", told="{}"), Column("Day", "name", "{}"), Column("bpo-quiz ...", told="{}"),
)  # fmt: skip
_SEEN = (Column("Client"), Column("Seen last", "name", "seen last on {}"))


def sessions(rows: Sequence[SessionRow]) -> Document:
    """The sessions that were kept, as they come."""
    if not rows:
        return Document("Sessions", (_part("list", "No session was found.", "bpo-quiz start begins one."),))
    return Document("Sessions", (Section("list", "", (Table("", _KEPT, tuple(map(_kept, rows))),)),))


def _kept(row: SessionRow) -> Row:
    answered = "-" if row.answered is None else str(row.answered)
    state = "damaged" if row.is_damaged else "finished" if row.finished else "can go on"
    began = local(row.started)[:16].replace("T", " ")
    return Row((row.code, row.client or "-", row.tag or "-", began, row.form, answered, state))


def clients(found: Sequence[Client], more: bool) -> Document:
    """Clients in a list; `more`: whether there are others that the list leaves out."""
    if not found:
        return Document("Clients", (_part("list", "No such clients.", "bpo-quiz client add ALIAS adds one."),))
    rows = tuple(
        Row((one.alias, local(one.added)[:10], str(one.sessions), local(one.latest or "-")[:10])) for one in found
    )
    parts = [Section("list", "", (Table("", _CLIENTS, rows),))]
    if more:
        parts.append(_part("more", "There are more.", "--search TEXT narrows the list, --limit N makes it longer."))
    return Document("Clients", tuple(parts))


def waiting(found: Desk) -> Document:
    """What waits, and who was seen last."""
    nothing = Paragraph("Nothing waits: no session was left, and nothing that was agreed is open.")
    table = Table("", _WAITING, tuple(map(_waiting, found.waiting)))
    parts = [Section("waiting", "What waits", (table if found.waiting else nothing,))]
    if found.more:
        said = f"{counted(found.more, 'thing')} more; --limit N makes the list longer."
        parts.append(Section("more", "", (Paragraph(said, "hint"),)))
    if found.seen:
        rows = tuple(Row((one.alias, day(one.seen))) for one in found.seen)
        parts.append(Section("seen", f"Seen last, of {counted(found.clients, 'client')}", (Table("", _SEEN, rows),)))
    return Document("Your desk", tuple(parts))


def _waiting(one: Waiting) -> Row:
    what: dict[Kind, Line] = {
        "overdue": Toned(f"{one.what.rstrip('.')} (its day is over)", "bad"),
        "talk": "talk",
        "left": f"session {one.what}, left after {counted(one.answered or 0, 'answer')}",
    }
    return Row((one.client or "-", what.get(one.kind, one.what), day(one.day) if one.day else "-", one.command))


def taken(sheets: Sequence[tuple[str, str, str]]) -> Document:
    """Answer files: (file, alias, what becomes of it)."""
    columns = (Column("File"), Column("Client", told="{}"), Column("", told="{}"))
    return Document("Answer files", (Section("taken", "", (Table("", columns, tuple(map(Row, sheets))),)),))


def _part(name: str, said: str, hint: str) -> Section:
    return Section(name, "", (Paragraph(said), Paragraph(hint, "hint")))


def card(shown: ClientCard) -> Document:
    """One client."""
    client = shown.client
    facts = (("Added", _moment(client.added)), ("Consent given", _moment(client.consent_at)))
    rows = tuple(map(_session, shown.sessions))
    parts = (
        *_agreed(shown.talk, shown.sessions),
        Section("sessions", "Sessions", (Table("", _SESSIONS, rows) if rows else Paragraph("None yet."),)),
        Section("notes", "Notes", (_notes(shown.notes),)),
        Section("consent", "What was agreed to", (Bullets(tuple(client.consent_words.splitlines())),)),
    )
    return Document(client.alias, parts, facts=facts, notice=FOR_COUNSELLOR)


def everything(shown: ClientCard, sessions: Sequence[StoredSession]) -> Document:
    """All that is kept of a client, for them to read; `sessions`: those of the card, in their order."""
    above = card(shown)
    answers = (_given(line, session) for line, session in zip(shown.sessions, sessions, strict=True))
    return above._replace(sections=(*above.sections, *answers), notice="")


def _given(line: SessionLine, session: StoredSession) -> Section:
    """Every answer of a session in its own words, and the seconds that it took."""
    items = {item.id: item for item in line.report.catalogue.items()}
    about = {key: value for key, value in as_dict(session.about).items() if value is not None}
    told = [
        Row((key, ", ".join(value) if isinstance(value, tuple) else str(value), "")) for key, value in about.items()
    ]
    for item, value in session.responses.items():
        option = "-" if value is None else items[item].options[value]
        seconds = f"{session.times[item]:.0f}" if item in session.times else "-"
        told.append(Row((items[item].prompt, option, seconds)))
    title = f"Answers of session {line.code}{f', group {line.tag}' if line.tag else ''}"
    columns = (Column("Question"), Column("Answer", told="{}"), Column("Seconds", "number", "{} second(s)"))
    return Section(f"answers-{line.code.lower()}", title, (Table("", columns, tuple(told)),))


def _session(line: SessionLine) -> Row:
    report = line.report
    date = f"{local(line.started)[:10]}{'' if line.finished else ' (open)'}"
    path = report.catalogue.paths[line.first_path].name if line.first_path else "-"
    role = report.catalogue.roles[line.first_role].name if line.first_role else "-"
    return Row((line.code, date, report.form, f"{report.answered} of {report.asked}", path, role))


def _agreed(talk: Talk, sessions: Sequence[SessionLine]) -> tuple[Section, ...]:
    """What was agreed, with the names of roles as the latest session knows them."""
    found = agreed.section(talk, sessions[-1].report.catalogue if sessions else None)
    return (found,) if found else ()


def _notes(notes: Sequence[Note]) -> Block:
    """Notes in the order they were written."""
    if not notes:
        return Paragraph("None.")
    return Entries(tuple(map(_note, notes)), numbered=True)


def _note(note: Note) -> Entry:
    about = f", about {note.code}" if note.code else ""
    return Entry(f"{day(note.written)}{about}", (Detail("", note_lines(note.text)),))


def comparison(found: Comparison, *, with_name: bool = False) -> Document:
    """Two sessions side by side, and what was agreed; for the client too. `with_name`: whether the alias is on it."""
    title, codes = "What has changed", f"{found.then.code} and {found.now.code}"
    return Document(
        title=f"{found.alias}: what has changed" if with_name else title,
        sections=tuple(_comparison(found)),
        running=f"{title} · {codes}",
        facts=(("Then", _sitting(found.then)), ("Now", _sitting(found.now))),
    )


def _sitting(line: SessionLine) -> str:
    report = line.report
    return f"{day(line.started)}, session {line.code}, {report.form} form, {report.answered} of {report.asked} answered"


def _comparison(found: Comparison) -> Iterator[Section]:
    cautions = (Paragraph(caution, "warning") for caution in _cautions(found))
    yield Section("short", "", (Paragraph(_in_short(found), "lead"), *cautions))
    yield Section("skills", MOVED, tuple(_skills(found)))
    if found.can_rank:
        yield Section("paths", "Career paths", (_paths(found),))
        title = f"Roles, the first {MOST_ROLES} then or now"
        yield Section("roles", title, (_roles(found), Paragraph(_FIRST, "small")))
    else:
        yield Section("paths", "Career paths and roles", (Paragraph(_NOT_RANKED),))
    yield from _agreed(found.talk, (found.now,))


def _in_short(found: Comparison) -> str:
    moved, every = len(found.moved), counted(len(found.skills), "skill")
    up = sum(one.change in ("up", "clearly up") for one in found.moved)
    ways = [f"{number} {way}" for number, way in ((up, "up"), (moved - up, "down")) if number]
    said = f"{moved or 'None'} of {every} moved by more than {plural(moved, 'its', 'their')} error"
    return f"{said}{f': {listed(ways)}' if ways else ''}.{_first(found)}"


def _first(found: Comparison) -> str:
    if found.then.first_role is None or found.now.first_role is None:
        return ""
    then, now = (line.report.roles[0].role.name for line in (found.then, found.now))
    is_same = found.then.first_role == found.now.first_role
    return f" {now} comes first, then and now." if is_same else f" Then {then} came first, now {now} does."


def _cautions(found: Comparison) -> Iterator[str]:
    for line in (found.then, found.now):
        if line.finished is None:
            yield f"{line.code} is not finished."
        if line.report.silence is not None:
            yield f"{line.code}: {SILENT[line.report.silence][0]}"
        elif line.report.flags:
            yield f"{line.code}: {' '.join(flags(line.report))}"
    if found.then.report.form != found.now.report.form:
        yield _OTHER_FORM
    if not found.same_catalogue:
        yield " ".join((_OTHER_CATALOGUE, *_only(found)))


def _only(found: Comparison) -> Iterator[str]:
    for title, side, line in (("Only then", found.only_then, found.then), ("Only now", found.only_now, found.now)):
        catalogue = line.report.catalogue
        names = [catalogue.skills[one].name for one in side.skills]
        names += [catalogue.roles[one].name for one in side.roles]
        names += [catalogue.paths[one].name for one in side.paths]
        if names:
            yield f"{title}: {', '.join(names)}."


def _skills(found: Comparison) -> Iterator[Block]:
    if found.moved:
        yield Figure(MOVED, _chart(found))
        yield Table(MOVED, _SKILLS, tuple(_moved(found)), is_twin=True)
        if not all(one.same_items for one in found.moved):
            yield Paragraph(OTHER_QUESTIONS, "small")
        yield Paragraph(BY_CHANCE, "small")
    else:
        yield Paragraph("None.")
    stayed, unknown = found.with_change("about the same"), found.with_change("not known")
    if stayed:
        yield Paragraph(f"About the same: {_names(found, stayed)}.")
    if unknown:
        yield Paragraph(f"Not compared, since one of the sessions has no answer: {_names(found, unknown)}.")


def _names(found: Comparison, changes: Iterable[SkillChange]) -> str:
    return ", ".join(found.now.report.catalogue.skills[one.skill].name for one in changes)


def _name(found: Comparison, one: SkillChange) -> str:
    name = found.now.report.catalogue.skills[one.skill].name
    return name if one.same_items else f"{name} *"


def _chart(found: Comparison) -> BarChart:
    groups = tuple(
        BarGroup(change.capitalize(), tuple(_bar(_name(found, one), one) for one in changes))
        for change in _CHANGES
        if (changes := found.with_change(change))
    )
    off = "how far the change may be off"
    return BarChart(groups, "the level now", mark_means="the level then", error_means=off)


def _bar(name: str, one: SkillChange) -> Bar:
    then, now, change, error = _numbers(one)
    told = f"then {then}, now {now}, {one.change}"
    return Bar(name, f"{then} to {now}: {change} ± {error}", told, one.now, mark=one.then, error=one.error)


def _moved(found: Comparison) -> Iterator[Row]:
    for one in found.moved:
        yield Row((_name(found, one), *_numbers(one), Toned(one.change, _tone("up" in one.change))))


def _numbers(one: SkillChange) -> tuple[str, str, str, str]:
    """Then, now, what is between the two as they are shown, and its error."""
    then, now = whole(one.then or 0.0), whole(one.now or 0.0)
    return str(then), str(now), signed(now - then), str(whole(one.error or 0.0))


def _paths(found: Comparison) -> Table:
    then, now = found.then.report.catalogue, found.now.report.catalogue
    rows = tuple(
        Row((now.paths[row.id].name, *_places(row), then.roles[row.then.best].name, now.roles[row.now.best].name))
        for row in found.paths
    )
    return Table("", (Column("Career path"), *_PLACES, *_BEST), rows)


def _roles(found: Comparison) -> Table:
    roles = found.now.report.catalogue.roles
    near = (row for row in found.roles if any(rank and rank <= MOST_ROLES for rank in (row.then.rank, row.now.rank)))
    rows = tuple(Row((roles[row.id].name, *_places(row), _move(row))) for row in near)
    return Table("", (Column("Role"), *_PLACES, Column("", "name", "{}")), rows)


def _places(row: PlaceChange) -> tuple[str, ...]:
    both = (row.then, row.now)
    return (*(str(one.rank or "-") for one in both), *(chance(one.p_first) for one in both))


def _move(row: PlaceChange) -> Line:
    up = (row.then.rank or 0) - (row.now.rank or 0)
    if row.then.rank is None or row.now.rank is None or not up:
        return ""
    return Toned(f"{'up' if up > 0 else 'down'} {abs(up)}", _tone(up > 0))


def _tone(is_up: bool) -> Tone:
    return "good" if is_up else "bad"


def _moment(written: str) -> str:
    """A stored moment for people, to the minute."""
    return f"{day(written)}, {local(written)[11:16]}"
