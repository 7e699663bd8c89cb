"""Reads lines of answer sheets in JSON: the answers format, and an `id`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.answers import strict_json
from bpo_quiz.answers.answer_file import AnswerReader
from bpo_quiz.errors import InputError
from bpo_quiz.sheets.lines import LineFault, Sheet, checked_id, text_of

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue

_NAME = "line"


class JsonLines:
    """Reads the lines.

    Args:
        catalogue: whose questions were asked.
        only_id: the id of the only record, where that has none.
    """

    def __init__(self, catalogue: Catalogue, only_id: str | None = None) -> None:
        self._reader, self._only_id = AnswerReader(catalogue), only_id

    def sheet(self, line: bytes) -> Sheet:
        """Read one line, without its line end.

        Raises:
            LineFault: it cannot be used.
        """
        text = text_of(line)
        try:
            record = strict_json.parse(text, _NAME)
            identifier = record.pop("id", self._only_id) if isinstance(record, dict) else ""
            answers = self._reader.from_record(record, _NAME)
        except InputError as fault:
            raise LineFault(str(fault).partition(": ")[2]) from None
        if not isinstance(identifier, str):
            raise LineFault('id: should be a text; write "id": "..."')
        return Sheet(checked_id(identifier), answers)

    def close(self) -> None:
        """Nothing is left to say at the end."""
