"""`bpo-quiz doctor`: where everything lives, and whether it is sound."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.clean import clean
from bpo_quiz.commands.output import Page, PlainOption, Shown, ShownOption, wanted, write
from bpo_quiz.commands.shared import options, tell, write_json
from bpo_quiz.errors import INVALID_INPUT, STORAGE, StorageError, UsageError
from bpo_quiz.wording import counted

if TYPE_CHECKING:
    from bpo_quiz.commands.output import Output
    from bpo_quiz.document import Document
    from bpo_quiz.results.doctor import Finding


def doctor(
    ctx: typer.Context,
    form: ShownOption = "table",
    plain: PlainOption = False,
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
    file = backup or restore
    if file is not None:
        (_restore if backup is None else _back_up)(home, _whole(file), force, form == "json")
    elif force:
        raise UsageError("doctor: --force goes with --backup or --restore; alone it means nothing")
    else:
        _look(ctx, home, wanted("doctor", Shown, form, plain=plain))


def _look(ctx: typer.Context, home: Path, output: Output) -> None:
    from bpo_quiz.files.faults import told
    from bpo_quiz.files.safe import clear_left_behind
    from bpo_quiz.records.doctor import doctor as record
    from bpo_quiz.results.doctor import findings
    from bpo_quiz.store.diagnosis import diagnose
    from bpo_quiz.store.removal import finish_waiting

    cleared = tuple(str(file) for file in clear_left_behind(Path()))  # results were written here, perhaps
    with told(home):
        found = diagnose(home, options(ctx).data)._replace(cleared=cleared)
        if found.soundness.unfinished:
            waits = finish_waiting(home)
            found = diagnose(home, options(ctx).data)._replace(cleared=cleared, waits=waits)
    all_findings = findings(found)
    write(ctx, Page("doctor", lambda: _page(all_findings), lambda: record(found, all_findings)), output)
    broken = [one.what for one in all_findings if one.state == "broken"]
    if broken:
        only_catalogues = all(what.startswith("catalogue") for what in broken)
        raise typer.Exit(INVALID_INPUT if only_catalogues else STORAGE)


def _page(findings: tuple[Finding, ...]) -> Document:
    from bpo_quiz.pages.doctor import page

    return page(findings)


def _whole(file: Path) -> Path:
    """The path from the root, which SQLite needs."""
    try:
        return Path(os.path.abspath(file.expanduser()))  # noqa: PTH100 - Path.absolute keeps `..`
    except (OSError, RuntimeError, ValueError):
        raise StorageError(f"{clean(str(file), 300)}: cannot be found from here; give its whole path") from None


def _back_up(home: Path, file: Path, force: bool, as_json: bool) -> None:
    from bpo_quiz.files.faults import shown
    from bpo_quiz.results.doctor import size
    from bpo_quiz.store import backups

    written = backups.make_at(home, file, force=force)
    if as_json:
        store = str(home / backups.FILE)
        write_json({"format": "bpo-quiz/backup@1", "store": store, "backup": str(file), "bytes": written})
    else:
        tell(f"Backed up to {shown(file)}, {size(written)}. Keep it as safe as the store: it holds the same.")


def _restore(home: Path, file: Path, force: bool, as_json: bool) -> None:
    from bpo_quiz.files.faults import shown
    from bpo_quiz.store import backups

    done = backups.restore(home, file, force=force)
    if as_json:
        record = {
            "format": "bpo-quiz/restore@1",
            "store": str(home / backups.FILE),
            "backup": str(file),
            "sessions": done.sessions,
            "clients": done.clients,
            "before": None if done.before is None else str(done.before),
            "set_aside": [str(aside) for aside in done.set_aside],
        }
        write_json(record)
        if done.warning:
            tell(done.warning, to_errors=True)
        return
    people = f"{counted(done.sessions, 'session')} and {counted(done.clients, 'client')}"
    tell(f"Restored {people} from {shown(file)}.")
    if done.warning:
        tell(done.warning)
    if done.before is not None:
        tell(f"What was there before is in the backup {shown(done.before)}.")
    for aside in done.set_aside:
        tell(f"What was there before was damaged, and was kept as {shown(aside)}.")
