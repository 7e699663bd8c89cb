"""Which folder the store lies in, and whether a cloud service copies that folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bpo_quiz.clean import clean
from bpo_quiz.errors import StorageError

VARIABLE = "BPO_QUIZ_HOME"
_NAME = "bpo-quiz"
_REMEDY = f"name a folder with --home or {VARIABLE}"
_SERVICES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
}
_MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".tmp.drivedownload": "Google Drive",
}
_MARKER_STARTS = {".sync_": "Nextcloud", "._sync_": "Nextcloud"}


def home_folder(override: Path | None = None) -> Path:
    """The folder of the store, as an absolute path; nothing is created.

    The first of these that is told: `override` (`--home`), `BPO_QUIZ_HOME`, the place for data of the operating system.
    A relative XDG_DATA_HOME is ignored, as its standard says, and an empty HOME is looked up among the accounts.

    Raises:
        StorageError: no home folder is known, HOME is `/`, or sudo would leave files of root in another person's home.
    """
    told = override or _from_environment()
    if told is not None:
        return _absolute(told)
    folder = _usual_folder()
    _refuse_anothers_home(folder)
    return folder


def synced_by(folder: Path) -> str | None:
    """Name of the cloud service whose folder this lies in, going by names and marks; None without a sign."""
    places = {folder, Path(os.path.realpath(folder))}
    above = [place for start in places for place in (start, *start.parents)]
    return next(filter(None, (_service(place) for place in above)), None)


def _from_environment() -> Path | None:
    told = os.environ.get(VARIABLE)
    return Path(told) if told else None


def _absolute(folder: Path) -> Path:
    try:
        return Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100 - Path.absolute keeps `..`
    except (OSError, RuntimeError):
        shown = clean(str(folder), 200)
        raise StorageError(f"{shown}: this folder cannot be found from here; give its whole path") from None


def _usual_folder() -> Path:
    """Our own rules, so that no other version of a library ever looks for a store in another place."""
    if sys.platform == "win32":
        told = os.environ.get("LOCALAPPDATA")
        return (Path(told) if told else Path.home() / "AppData" / "Local") / _NAME
    told = os.environ.get("XDG_DATA_HOME", "").strip()
    if Path(told).is_absolute():
        return Path(told) / _NAME
    return _own_home() / ("Library/Application Support" if sys.platform == "darwin" else ".local/share") / _NAME


def _own_home() -> Path:
    """HOME, or what the accounts say where it is not set."""
    told = os.environ.get("HOME") or _home_of_account()
    if not told or not Path(told).is_absolute():
        raise StorageError(f"HOME: no home folder is known; {_REMEDY}")
    if not Path(told).name:
        raise StorageError(f"HOME: is {clean(told, 80)}, which is nobody's own folder; {_REMEDY}")
    return Path(told)


def _home_of_account() -> str | None:
    if sys.platform == "win32":
        return None
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_dir
    except KeyError:
        return None


def _refuse_anothers_home(folder: Path) -> None:
    """Under sudo with the HOME of the caller, files of root would lock the caller out."""
    if sys.platform == "win32" or os.geteuid() != 0 or os.environ.get("SUDO_UID", "0") == "0":
        return
    there = next((place for place in (folder, *folder.parents) if place.exists()), None)
    if there is not None and there.stat().st_uid != 0:
        shown = clean(str(folder), 200)
        raise StorageError(f"{shown}: belongs to another account, and this is sudo; run without sudo, or {_REMEDY}")


def _service(place: Path) -> str | None:
    name = place.name.casefold()
    for start, service in _SERVICES.items():
        if name == start or name.startswith((f"{start} ", f"{start}-", f"{start}~")):
            return service
    try:
        inside = os.listdir(place) if place.name else []  # noqa: PTH208 - names are enough
    except OSError:
        return None
    return next(filter(None, (_marked(entry.casefold()) for entry in inside)), None)


def _marked(name: str) -> str | None:
    if name in _MARKERS:
        return _MARKERS[name]
    if not name.endswith((".db", ".sync.db")):
        return None
    return next((service for start, service in _MARKER_STARTS.items() if name.startswith(start)), None)
