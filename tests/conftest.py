"""What all tests share: a clean environment, the shipped catalogue, and our program as a real process."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import forked
import pytest
from hypothesis import HealthCheck, settings
from snapshots import Snapshots

from bpo_quiz.catalogue.load import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from bpo_quiz.catalogue.model import Catalogue

ROOT = Path(__file__).parents[1]

# A slow machine is no fault, and a fixture that a test's examples share is meant so.
settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.load_profile("ours")

# What asks at a terminal as Unix has them, kills, or fills a disk, cannot be tried without.
collect_ignore = (
    [] if find_spec("termios") else ["commands", "store", "terminal", "forms/test_form.py", "test_start_imports.py"]
)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The person's own settings must not decide a test; HOME is a folder of the test's own."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "BPO_QUIZ_HOME", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="write the stored texts anew; look at the diff")


@pytest.fixture(scope="session", autouse=True)
def _packed_catalogue(tmp_path_factory: pytest.TempPathFactory) -> None:
    forked.use_packed_catalogue(tmp_path_factory.mktemp("catalogue"))


@pytest.fixture
def snapshots(request: pytest.FixtureRequest) -> Snapshots:
    """The stored texts next to the test."""
    return Snapshots(request.path.parent / "snapshots", request.config.getoption("--update-snapshots"))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The shipped catalogue."""
    return load()


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a wheel, unpacked: put it on PYTHONPATH to run what people install."""
    place = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (file,) = place.glob("*.whl")
    with zipfile.ZipFile(file) as packed:
        packed.extractall(place / "unpacked")
    return place / "unpacked"


@pytest.fixture
def bpo_quiz() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run our program as a process of its own: `bpo_quiz("roles", "team_lead", input="", env={...})`."""

    def run(
        *words: str, input: str = "", env: dict[str, str] | None = None, timeout: float = 60
    ) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, **(env or {})}
        return forked.run(words, input, environment, timeout) or subprocess.run(
            [sys.executable, "-m", "bpo_quiz", *words],
            input=input,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
            check=False,
        )

    return run
