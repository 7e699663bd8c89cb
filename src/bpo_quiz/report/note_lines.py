"""The lines of what a counsellor wrote."""

from __future__ import annotations


def note_lines(text: str) -> tuple[str, ...]:
    """The lines that say something; only a line feed ends one, so that other signs are still seen where it is shown."""
    lines = (line.removesuffix("\r").rstrip(" ") for line in text.split("\n"))
    return tuple(line for line in lines if line.strip()) or ("",)
