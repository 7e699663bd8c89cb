"""`desk.yaml` beside the store: who runs the desk; and the words that a client agrees to, which say so."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.catalogue.fields import Checked, Flag, Key, Reader, Record, Spot, Text
from bpo_quiz.catalogue.files import read_bytes
from bpo_quiz.catalogue.strict_yaml import parse
from bpo_quiz.clean import clean
from bpo_quiz.errors import CatalogueError, Fault, UsageError
from bpo_quiz.store.clients import months_before
from bpo_quiz.wording import counted, day

if TYPE_CHECKING:
    from pathlib import Path

FILE = "desk.yaml"
COMMENTED = """\
# Who runs this desk. The words that clients agree to say it. Take the # away from what you fill in.
# organisation: Harbour Careers Centre
# contact: Ms Reyes, 2nd floor, reyes@harbour.example
# complaints: the data protection office, privacy.example
# period: 24m          # kept so long after a client was last here; also 2y or 90d. client purge goes by it
# hand_over: false     # true: a client's screen is cleared before the first question and before the result
"""
_SPAN = re.compile(r"([1-9][0-9]{0,3})([myd])")
_UNITS = {"m": ("month", 1), "y": ("year", 12), "d": ("day", 0)}


class DeskFile(NamedTuple):
    """What it says; empty where it does not.

    Attributes:
        complaints: where a client can complain. period: how long is kept, such as `24m`.
        hand_over: whether the screen is cleared for a client.
    """

    organisation: str = ""
    contact: str = ""
    complaints: str = ""
    period: str = ""
    hand_over: bool = False


def read_desk(home: Path) -> DeskFile:
    """What `desk.yaml` in this folder says; nothing where there is none.

    Raises:
        CatalogueError: with every fault, each with its line.
    """
    file = home / FILE
    if not file.exists():
        return DeskFile()
    content = read_bytes(file)
    if not re.search(rb"^[^#\s]", content, re.MULTILINE):  # all of it is comments
        return DeskFile()
    faults: list[Fault] = []
    found = _KEYS.read(Reader(FILE, faults), Spot(parse(content, FILE), "", 1))
    if faults:
        raise CatalogueError(faults)
    return DeskFile(*found)


def _period(reader: Reader, spot: Spot, text: str) -> str:
    if not _SPAN.fullmatch(text):
        reader.fault(spot, "is no period; write one like 24m, 2y or 90d")
    return text


_KEYS = Record(
    DeskFile,
    {
        **{key: Key(Text(), "") for key in ("organisation", "contact", "complaints")},
        "period": Key(Checked(Text(), _period), ""),
        "hand_over": Key(Flag(), default=False),
    },
)


def consent(desk: DeskFile) -> tuple[str, ...]:
    """The lines that a client agrees to, and that are stored as they were shown."""
    at, ask = f" of {desk.organisation}" if desk.organisation else "", "ask your counsellor"
    period = f"no time is set; {ask}"
    if desk.period:
        period = f"{in_words(desk.period)} after you were last here; then it is removed"
    text = f"""\
What is kept: your alias (not your name), your answers and how long each took, a word for your group, what we agree, \
and the notes that your counsellor writes.
Where: only on the computer of your counsellor{at}. Nothing is sent anywhere. Who reads it: your counsellor.
How long: {period}.
What for: to work out your results, and to see how you have grown when you come back.
Your rights: you may say no. You may withdraw at any time, without a reason; then all of it is removed. \
You can see all that is kept, and have it as a file.
Whom to ask: {desk.contact or "your counsellor"}. Where to complain: {desk.complaints or ask}."""
    return tuple(text.splitlines())


def version(lines: tuple[str, ...]) -> str:
    """Eight signs that change with every word; printed with the text, so that a paper can be told from another."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]


def agreed_on_paper(words: tuple[str, ...], *, in_these_words: bool = True) -> str:
    """What is stored of a client who agreed on paper."""
    on_paper, today = "Agreed to on paper", day(date.today().isoformat())  # noqa: DTZ011 - where the paper is
    if not in_these_words:
        return f"{on_paper}, as the counsellor stated on {today}, and not in the words of this program."
    return "\n".join((f"{on_paper}, as the counsellor stated on {today}, text {version(words)}:", *words))


def in_words(span: str) -> str:
    """`24m` as `24 months`."""
    number, unit = _read(span)
    return counted(number, _UNITS[unit][0])


def moment_before(moment: str, span: str) -> str:
    """The moment so long before another, both as `records.now` writes them.

    Raises:
        UsageError: that is no span.
    """
    number, unit = _read(span)
    if unit != "d":
        return months_before(moment, number * _UNITS[unit][1])
    return (datetime.fromisoformat(moment) - timedelta(days=number)).isoformat(timespec="seconds")


def _read(span: str) -> tuple[int, str]:
    found = _SPAN.fullmatch(span)
    if found is None:
        raise UsageError(f"--older-than: {clean(span, 40)!r} is not known; give a span such as 24m, 2y or 90d")
    return int(found[1]), found[2]
