"""Debian's Chromium, driven by keys: it opens files only, and notes every request, error and console line."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PROGRAM = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
needs_chromium = pytest.mark.skipif(PROGRAM is None, reason="there is no chromium here (Debian: apt install chromium)")


@contextlib.contextmanager
def running() -> Iterator[Browser]:
    """A headless browser for one module's tests."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra dev)")
    with playwright.sync_playwright() as driver:
        # Root, as in many containers, may not use the sandbox; only our own files are opened.
        browser = driver.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Watch:
    """What a page did that it should not."""

    def __init__(self, page: Page, file: Path) -> None:
        self.complaints: list[str] = []
        own = file.as_uri()
        page.on("console", lambda line: self.complaints.append(f"console: {line.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", lambda request: self._note(request.url, own))

    def _note(self, url: str, own: str) -> None:
        if url != own and not url.startswith(f"blob:{own.split('/', 3)[0]}"):
            self.complaints.append(f"request: {url}")
