"""What Rich renderables look like on a page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console  # noqa: TID253 - what is tested is Rich output

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType


def drawn(parts: Iterable[RenderableType], width: int = 80, encoding: str = "utf-8") -> str:
    page = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    console = Console(file=page, width=width, color_system=None, legacy_windows=False, highlight=False)
    for part in parts:
        console.print(part)
    page.seek(0)
    return page.read()
