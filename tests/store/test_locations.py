from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bpo_quiz.errors import StorageError
from bpo_quiz.store.locations import home_folder, synced_by

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the places of Linux; other systems have their own")


@pytest.fixture(autouse=True)
def known_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder to stand in, and nothing told."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for name in ("XDG_DATA_HOME", "BPO_QUIZ_HOME", "SUDO_UID"):
        monkeypatch.delenv(name, raising=False)


def test_the_usual_place_is_that_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home_folder() == tmp_path / ".local/share/bpo-quiz"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert home_folder() == tmp_path / "data/bpo-quiz"


def test_what_is_told_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BPO_QUIZ_HOME", str(tmp_path / "told"))
    assert home_folder() == tmp_path / "told"
    assert home_folder(tmp_path / "override") == tmp_path / "override"
    monkeypatch.setenv("BPO_QUIZ_HOME", "~/desk")
    assert home_folder() == tmp_path / "desk"
    assert home_folder(Path("sub/../desk")) == tmp_path / "here" / "desk"


def test_f22_a_relative_xdg_data_home_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for relative in ("data", ".", "./x", "../x"):
        monkeypatch.setenv("XDG_DATA_HOME", relative)
        assert home_folder() == tmp_path / ".local/share/bpo-quiz"


@pytest.mark.parametrize("home", [None, ""])
def test_f22_without_home_the_account_is_asked(monkeypatch: pytest.MonkeyPatch, home: str | None) -> None:
    import pwd

    if home is None:
        monkeypatch.delenv("HOME")
    else:
        monkeypatch.setenv("HOME", home)
    account = Path(pwd.getpwuid(os.geteuid()).pw_dir)
    assert home_folder() == account / ".local/share/bpo-quiz"


def test_f22_an_account_without_a_home_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    import pwd

    def nobody(_: int) -> None:
        raise KeyError

    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    with pytest.raises(StorageError, match="--home or BPO_QUIZ_HOME"):
        home_folder()


@pytest.mark.parametrize("home", ["/", "//", "relative", "."])
def test_f22_a_home_that_is_nobodys_is_refused(monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.setenv("HOME", home)
    with pytest.raises(StorageError) as caught:
        home_folder()
    assert caught.value.exit_code == 4
    assert home_folder(Path("/named")) == Path("/named")


@pytest.mark.skipif(os.geteuid() != 0 if hasattr(os, "geteuid") else True, reason="only root can be under sudo")
def test_f22_under_sudo_no_file_of_root_is_left_in_another_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUDO_UID", "65534")
    assert home_folder() == tmp_path / ".local/share/bpo-quiz"
    os.chown(tmp_path, 65534, 65534)
    with pytest.raises(StorageError, match="sudo"):
        home_folder()
    assert home_folder(tmp_path / "named") == tmp_path / "named"
    monkeypatch.delenv("SUDO_UID")
    assert home_folder() == tmp_path / ".local/share/bpo-quiz"


def test_f22_asking_for_the_place_leaves_nothing_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("XDG_DATA_HOME", "data"), ("BPO_QUIZ_HOME", "desk"), ("HOME", "relative")):
        monkeypatch.setenv(name, value)
        home_folder()
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "here"]


def test_f22_a_folder_that_is_gone_is_no_place_to_start_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").rmdir()
    with pytest.raises(StorageError, match="whole path"):
        home_folder(Path("desk"))
    assert home_folder() == tmp_path / ".local/share/bpo-quiz"


@pytest.mark.parametrize(
    ("place", "service"),
    [
        ("OneDrive/desk", "OneDrive"),
        ("OneDrive - Bright Ltd/desk", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Personal)/a/b", "Dropbox"),
        ("Library/Mobile Documents/com~apple~CloudDocs/desk", "iCloud"),
        ("Library/CloudStorage/GoogleDrive-ana@example.org/My Drive", "Google Drive"),
        ("Library/CloudStorage/OneDrive-Bright", "OneDrive"),
        ("Nextcloud/desk", "Nextcloud"),
        ("Documents/desk", None),
        ("dropboxes/desk", None),
        ("with .dropbox.cache/desk", "Dropbox"),
        ("with .sync_0a1b2c.db/desk/below", "Nextcloud"),
        ("with ._sync_0a1b2c.db", "Nextcloud"),
        ("with x.db", None),
    ],
)
def test_a_folder_of_a_cloud_service_is_known_by_its_name_and_its_marks(
    tmp_path: Path, place: str, service: str | None
) -> None:
    folder, _, _ = place.partition("/")
    if folder.startswith("with "):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / folder.removeprefix("with ")).touch()
    assert synced_by(tmp_path / place) == service


def test_a_link_into_the_folder_of_a_cloud_service_is_followed(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "desk").symlink_to(tmp_path / "OneDrive")
    assert synced_by(tmp_path / "desk") == "OneDrive"
