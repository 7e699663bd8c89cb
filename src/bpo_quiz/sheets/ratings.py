"""A rating sheet of a role as CSV: what an expert fills in, and what is read of it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from bpo_quiz.clean import clean
from bpo_quiz.errors import InputError
from bpo_quiz.records.text import csv_text
from bpo_quiz.results.ratings import A_LEVEL, PARTS, Rating
from bpo_quiz.sheets.lines import LineFault, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.sheets.lines import Source

COLUMNS = ("about", "id", "what", *PARTS, "remark")
_TAKEN = {"importance": tuple(map(str, range(6))), "level": tuple(str(n * A_LEVEL) for n in range(5))}


def rating_sheet(catalogue: Catalogue, role: Role, statements: Sequence[str]) -> str:
    """The empty sheet; `statements`: what the card says of gates, conditions and ways."""
    levels = [str(level) for level in _TAKEN["level"]]
    skills = (
        ["skill", skill.id, f"{skill.name}: {skill.meaning}", None, None, None, *skill.levels]
        for skill in catalogue.skills.values()
    )
    return csv_text(
        [
            [*COLUMNS, *levels],
            ["role", role.id, role.name],
            ["rater", None, "In the column remark: who you are, an alias"],
            *skills,
            *(["card", str(n), said] for n, said in enumerate(statements, 1)),
            ["card", None, "What else is wrong or missing on the card?"],
        ]
    )


def read_rating(source: Source, catalogue: Catalogue) -> Rating:
    """A filled-in sheet; a skill may be left out.

    Raises:
        InputError: with a line for each fault.
    """
    try:
        head = text_of(source.first_line())
        rest = text_of(b"".join(block.content for block in source.blocks()))
    except LineFault as fault:
        raise InputError(f"{source.name}: {fault}") from None
    separator = max(",;\t", key=head.count)
    if next(csv.reader([head], delimiter=separator))[: len(COLUMNS)] != [*COLUMNS]:
        raise InputError(
            f"{source.name}:1: is no rating sheet; write one by: bpo-quiz catalogue rate --sheet ROLE -o FILE"
        )
    table = csv.reader(io.StringIO(rest, newline=""), delimiter=separator)
    rows = [(table.line_num + 1, dict(zip(COLUMNS, map(str.strip, row), strict=False))) for row in table if any(row)]
    faults = [f"{source.name}:{line}: {fault}" for line, row in rows for fault in _faults(row, catalogue)]
    skills = [row for _, row in rows if row["about"] == "skill"]
    role = next((row["id"] for _, row in rows if row["about"] == "role"), "")
    rater = next((row.get("remark", "") for _, row in rows if row["about"] == "rater"), "")
    if not role or not rater:
        faults.append(f'{source.name}: needs its line "role", and in the remark of its line "rater" an alias')
    elif not any(row.get(part) for row in skills for part in PARTS):
        faults.append(f"{source.name}: rates no skill; fill in importance and level")
    if faults:
        raise InputError("\n".join(faults))
    return Rating(
        rater,
        role,
        {part: {row["id"]: float(row[part]) for row in skills if row.get(part)} for part in PARTS},
        tuple((row["what"], row["remark"]) for _, row in rows if row["about"] != "rater" and row.get("remark")),
    )


def _faults(row: dict[str, str], catalogue: Catalogue) -> Iterator[str]:
    known = {"role": catalogue.roles, "skill": catalogue.skills}.get(row["about"])
    if known is not None and row.get("id") not in known:
        yield f'"{clean(row.get("id", ""), 60)}" is no {row["about"]} of this catalogue; name its folder by --data'
    for part in PARTS:
        if (value := row.get(part)) and value not in _TAKEN[part]:
            yield f'{part}: should be {", ".join(_TAKEN[part])} or empty, not "{clean(value, 40)}"'
