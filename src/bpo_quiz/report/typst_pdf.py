"""PDF by Typst. Data travels as JSON, so no text of a person or a catalogue is ever markup."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bpo_quiz.errors import UsageError

TEMPLATES = Path(__file__).parent / "templates"


def compile(template: str, data: Any) -> bytes:  # noqa: A001 - what Typst itself calls it
    """The PDF that a template of `templates/` makes of data, which it reads by `json(bytes(sys.inputs.data))`.

    The same data give the same bytes, as long as the fonts that Typst brings along have all its characters; for other
    scripts the fonts of the computer are used.

    Raises:
        UsageError: the typst package is not installed.
    """
    try:
        import typst
    except ImportError:
        raise UsageError(
            "PDF: this needs typst, which is not installed; get it by: pip install 'bpo-quiz[pdf]'"
        ) from None
    made = typst.compile(TEMPLATES / template, root=TEMPLATES, format="pdf", sys_inputs={"data": json.dumps(data)})
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made
