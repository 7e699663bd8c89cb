"""`bpo-quiz doctor`: where everything lives, and whether it is sound."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.clean import clean
from bpo_quiz.commands.removing import several
from bpo_quiz.commands.shared import Format, options, show, write_json
from bpo_quiz.errors import INVALID_INPUT, STORAGE, NoSuchRecord, StorageError, UsageError

if TYPE_CHECKING:
    from bpo_quiz.store.backups import Restored


def doctor(
    ctx: typer.Context,
    form: Annotated[Format, typer.Option("--format", help="json: for programs.")] = Format.table,
    backup: Annotated[
        Path | None, typer.Option("--backup", metavar="FILE", help="Copy all that is kept to FILE.")
    ] = None,
    restore: Annotated[
        Path | None, typer.Option("--restore", metavar="FILE", help="Bring back all that a backup holds.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there already.")] = False,
) -> None:
    """Show what was found, back up, or restore."""
    from bpo_quiz.store.locations import home_folder

    home = home_folder(options(ctx).home)
    if backup is not None and restore is not None:
        raise UsageError("doctor: --backup and --restore exclude each other; give one")
    if backup is not None:
        _back_up(home, _whole(backup), form, force)
    elif restore is not None:
        _restore(home, _whole(restore), form, force)
    elif force:
        raise UsageError("doctor: --force goes with --backup or --restore; alone it means nothing")
    else:
        _look(ctx, home, form)


def _look(ctx: typer.Context, home: Path, form: Format) -> None:
    from bpo_quiz.files.faults import told
    from bpo_quiz.store.diagnosis import diagnose

    with told(home):
        found = diagnose(home, options(ctx).data)
    if form is Format.json:
        write_json(found.record())
    else:
        from bpo_quiz.report.desk.diagnosis_tables import diagnosis

        show(ctx, diagnosis(found.findings))
    if found.is_broken(catalogue=False):
        raise typer.Exit(STORAGE)
    if found.is_broken(catalogue=True):
        raise typer.Exit(INVALID_INPUT)


def _whole(file: Path) -> Path:
    """The path from the root, which SQLite needs."""
    try:
        return Path(os.path.abspath(file.expanduser()))  # noqa: PTH100 - Path.absolute keeps `..`
    except (OSError, RuntimeError, ValueError):
        raise StorageError(f"{clean(str(file), 300)}: cannot be found from here; give its whole path") from None


def _back_up(home: Path, file: Path, form: Format, force: bool) -> None:
    from bpo_quiz.files.faults import shown, told
    from bpo_quiz.store import backups
    from bpo_quiz.store.diagnosis import size

    store = home / backups.FILE
    _refuse_store_itself(home, file)
    _refuse_unsound(home)
    backups.make_at(home, file, force=force)
    with told(file):
        written = file.stat().st_size
    if form is Format.json:
        write_json({"format": "bpo-quiz/backup@1", "store": str(store), "backup": str(file), "bytes": written})
    else:
        typer.echo(f"Backed up to {shown(file)}, {size(written)}. Keep it as safe as the store: it holds the same.")


def _refuse_store_itself(home: Path, file: Path) -> None:
    from bpo_quiz.files.faults import shown
    from bpo_quiz.store import backups

    store = home / backups.FILE
    if os.path.realpath(file) in (os.path.realpath(store), os.path.realpath(store) + "-journal"):
        raise UsageError(f"{shown(file)}: is the store itself; name another file")


def _refuse_unsound(home: Path) -> None:
    """A backup is only worth something if all in it is as it was written.

    Raises:
        NoSuchRecord: there is no store.
        StorageError: it, or a record in it, is damaged.
    """
    from bpo_quiz.files.faults import shown, told
    from bpo_quiz.files.safe import refuse_strange
    from bpo_quiz.store import backups
    from bpo_quiz.store.examine import fault_of

    store = home / backups.FILE
    with told(store):
        is_there = refuse_strange(store)
    if not is_there:
        raise NoSuchRecord(f"{shown(home)}: no session is stored here yet, so there is nothing to back up")
    fault = fault_of(store)
    if fault is not None:
        raise StorageError(f"{shown(store)}: {fault}, so no backup was made; bpo-quiz doctor says what to do")


def _restore(home: Path, file: Path, form: Format, force: bool) -> None:
    from bpo_quiz.files.faults import shown
    from bpo_quiz.store import backups

    _refuse_store_itself(home, file)
    earlier = _set_aside(home)
    done = backups.restore(home, file, force=force)
    aside = sorted(_set_aside(home) - earlier)
    if form is Format.json:
        write_json(_restored(home, file, done, aside))
        if done.warning:
            typer.echo(done.warning, err=True)
        return
    people = f"{several(done.sessions, 'session')} and {several(done.clients, 'client')}"
    typer.echo(f"Restored {people} from {shown(file)}.")
    if done.warning:
        typer.echo(done.warning)
    if done.before is not None:
        typer.echo(f"What was there before is in the backup {shown(done.before)}.")
    for name in aside:
        typer.echo(f"What was there before was damaged, and was kept as {clean(name, 300)}.")


def _restored(home: Path, file: Path, done: Restored, aside: list[str]) -> dict[str, object]:
    from bpo_quiz.store import backups

    return {
        "format": "bpo-quiz/restore@1",
        "store": str(home / backups.FILE),
        "backup": str(file),
        "sessions": done.sessions,
        "clients": done.clients,
        "before": None if done.before is None else str(done.before),
        "set_aside": aside,
    }


def _set_aside(home: Path) -> set[str]:
    from bpo_quiz.files.faults import told
    from bpo_quiz.store import backups

    with told(home):
        return {str(file) for file in home.glob(f"{backups.FILE}.damaged-*")} if home.is_dir() else set()
