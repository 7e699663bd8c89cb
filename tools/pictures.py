"""Draws the pictures of the README and the docs from the current program: `python tools/pictures.py`.

The example person is docs/example-answers.json. `--check` only says whether the pictures are current.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

from bpo_quiz.catalogue.load import load
from bpo_quiz.report import tables
from bpo_quiz.report.build import build
from bpo_quiz.sitting.answer_file import read_answers

DOCS = Path(__file__).parents[1] / "docs"
EXAMPLE = DOCS / "example-answers.json"
PICTURE = DOCS / "pictures" / "result.svg"
ROLES_SHOWN = 5

# Rich's template names a web font; a picture here loads nothing from anywhere.
_SVG = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def result_svg() -> str:
    """The result of the example person, as a picture of an 80-column terminal."""
    catalogue = load()
    report = build(catalogue, read_answers(str(EXAMPLE), catalogue))
    console = Console(
        record=True, width=80, file=io.StringIO(), force_terminal=True, color_system="truecolor", legacy_windows=False
    )
    for part in tables.result(report, ROLES_SHOWN):
        console.print(part)
    return console.export_svg(title="bpo-quiz start", code_format=_SVG, unique_id="bpo-quiz") + "\n"


def main() -> int:
    """Draw, or check; 1 when a picture is out of date."""
    current = result_svg()
    if "--check" in sys.argv:
        if PICTURE.read_text(encoding="utf-8") == current:
            return 0
        sys.stderr.write(f"{PICTURE.name} is out of date; run: python tools/pictures.py\n")
        return 1
    PICTURE.write_text(current, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
