"""Reads records as if a stranger had written them: that a checksum holds says nothing about who made it.

Whatever reads a record goes through here, a restored backup as well as a page. `Strange` is what this program never
writes: it could not be shown, or not be gone on with.
"""

from __future__ import annotations

import re
import zlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bpo_quiz.answers import strict_json
from bpo_quiz.answers.answer_file import faults_of
from bpo_quiz.answers.model import FORMS, LONGEST_TIME, Response, facts
from bpo_quiz.catalogue.files import LARGEST_FILE, fingerprint
from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.errors import InputError, UsageError
from bpo_quiz.store.names import LONGEST_NOTE, is_kept_name, read_code

if TYPE_CHECKING:
    from collections.abc import Mapping

Row = tuple[Any, ...]

LARGEST_ANSWERS = 4 * 1024 * 1024
"""Bytes, unpacked; more than the questions of any catalogue can be answered with."""

LONGEST_AGREED = 500
"""Characters of an agreement, or of the reason for a mark."""

AGREEMENT_STATES = ("open", "done", "not yet", "changed")

_HIGHEST_NUMBER = 2**53
_LONGEST_ID = 200
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+00:00")
_MOST_KEYS = 100
_KEY = re.compile(r"[a-z_.]{1,40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ANSWERS = {"about", "about_done", "responses"}


class Strange(Exception):  # noqa: N818 - it is no error of the program's
    """A record that this program never writes."""


def client(row: Row) -> Row:
    """A row of `checksums.CLIENTS`.

    Raises:
        Strange: as for all readers here.
    """
    number, alias, folded, added, words, agreed, _ = row
    _demand(_is_number(number) and is_kept_name(alias, folded) and _is_long_text(words))
    _demand(_is_moment(added) and _is_moment(agreed))
    return row


def note(row: Row) -> Row:
    """A row of `checksums.NOTES`."""
    number, whose, code, written, text, _ = row
    _demand(_is_number(number) and _is_number(whose) and (code is None or _is_code(code)))
    _demand(_is_moment(written) and _is_long_text(text))
    return row


def talk(row: Row) -> Row:
    """A row of `checksums.TALKS` with its record parsed."""
    number, client, session, changed, text, _ = row
    owners = [one for one in (client, session) if one is not None]
    _demand(len(owners) == 1 and all(map(_is_number, (number, *owners))) and _is_moment(changed))
    told = _object(text)
    _demand(told.keys() == {"agreements", "next", "roles"} and (told["next"] is None or _is_day(told["next"])))
    agreements, roles = told["agreements"], told["roles"]
    _demand(isinstance(agreements, list) and isinstance(roles, dict))
    for one in agreements:
        _demand(isinstance(one, list) and len(one) == 5)
        made, what, by, state, at = one
        _demand(_is_moment(made) and _is_short_text(what) and (by is None or _is_day(by)))
        _demand(state in AGREEMENT_STATES and (at is None or _is_moment(at)))
    for role, mark in roles.items():
        _demand(0 < len(role) <= _LONGEST_ID and isinstance(mark, list) and len(mark) == 2)
        _demand(isinstance(mark[0], bool) and (mark[1] == "" or _is_short_text(mark[1])))
    return (*row[:4], told)


def session(row: Row) -> Row:
    """A row of `checksums.SESSIONS` with its answers unpacked: what `records.Record` is made of."""
    sequence, code, whose, catalogue, form, tag, folded, started, finished, touched, packed, _ = row
    _demand(_is_number(sequence) and _is_code(code) and (whose is None or _is_number(whose)))
    _demand(_is_sha256(catalogue) and form in FORMS and _is_number(touched))
    _demand((tag is None and folded is None) or is_kept_name(tag, folded))
    _demand(_is_moment(started) and (finished is None or _is_moment(finished)))
    return (*row[:-2], *_answers(packed))


def frozen(row: Row) -> tuple[bytes, bytes]:
    """The two files of a row of `checksums.CATALOGUES`; that they are a catalogue is for its own reader to say."""
    sha256, *packed = row
    roles, skills = (unpacked(one, LARGEST_FILE) for one in packed)
    _demand(fingerprint(roles, skills) == sha256)
    return roles, skills


def unpacked(packed: Any, most: int) -> bytes:
    """Packed content of at most so many bytes; never more than these are unpacked."""
    reader = zlib.decompressobj()
    try:
        content = reader.decompress(packed, most + 1)
    except (zlib.error, TypeError):
        raise Strange from None
    _demand(len(content) <= most and reader.eof and not reader.unused_data)
    return content


def parsed(packed: Any) -> dict[str, Any] | None:
    """The record of answers, whatever it says; None if it is none."""
    try:
        told = strict_json.parse(unpacked(packed, LARGEST_ANSWERS).decode("ascii"), "")
    except (Strange, InputError, UnicodeDecodeError):
        return None
    return told if isinstance(told, dict) else None


def _answers(packed: Any) -> tuple[Mapping[str, Any], tuple[str, ...] | None, Mapping[str, Response]]:
    told = parsed(packed)
    if told is None or not told.keys() <= _ANSWERS:
        raise Strange
    about: Any = told.get("about")
    given: Any = told.get("responses")
    done = told.get("about_done")  # older records have none
    _demand(isinstance(about, dict) and (done is None or _is_keys(done)) and isinstance(given, list))
    _check_about(about)
    responses = {one.item: one for one in map(_response, given)}
    _demand(len(responses) == len(given))
    return about, None if done is None else tuple(done), responses


def _response(given: Any) -> Response:
    _demand(isinstance(given, list) and len(given) == len(Response._fields))
    item, position, value, seconds = given
    _demand(isinstance(item, str) and 0 < len(item) <= _LONGEST_ID and _is_whole(position, 0, _HIGHEST_NUMBER))
    _demand(value is None or _is_whole(value, 0, HIGHEST_VALUE))
    _demand(seconds is None or (type(seconds) in (int, float) and 0 <= seconds <= LONGEST_TIME))
    return Response(item, value, seconds, position)


def _check_about(told: Mapping[str, Any]) -> None:
    """Which roles and paths there are only its catalogue knows; see `Sessions.catalogue_of`."""
    role, fields = told.get("current_role"), told.get("fields") or []
    _demand(isinstance(fields, list))
    ids = [*fields, *([] if role is None else [role])]
    _demand(all(isinstance(one, str) and len(one) <= _LONGEST_ID for one in ids))
    known = facts(ids, ids)
    _demand(told.keys() <= known.keys())
    _demand(not any(True for key, value in told.items() if value is not None for _ in faults_of(value, known[key])))


def _demand(holds: bool) -> None:
    if not holds:
        raise Strange


def _is_keys(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= _MOST_KEYS
        and all(isinstance(one, str) and _KEY.fullmatch(one) for one in value)
    )


def _is_whole(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _is_number(value: Any) -> bool:
    return _is_whole(value, 1, _HIGHEST_NUMBER)


def _is_long_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_NOTE


def _object(text: Any) -> dict[str, Any]:
    """The JSON object that a text is."""
    try:
        told = strict_json.parse(text, "") if isinstance(text, str) else None
    except InputError:
        raise Strange from None
    if not isinstance(told, dict):
        raise Strange
    return told


def _is_short_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_AGREED


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and _is_moment(f"{value}T00:00:00+00:00")


def _is_sha256(value: Any) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def _is_code(value: Any) -> bool:
    try:
        return isinstance(value, str) and read_code(value) == value
    except UsageError:
        return False


def _is_moment(value: Any) -> bool:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return False
    try:
        return datetime.fromisoformat(value) is not None
    except ValueError:
        return False
