"""What a person tells about themselves beside the items; all of it may be left out."""

from __future__ import annotations

from typing import NamedTuple

from bpo_quiz.catalogue.model import NO_ROLE


class About(NamedTuple):
    """None means: not told.

    Attributes:
        current_role: id of today's role; `none` when the person works outside the trade.
        years: of relevant work.
        english: CEFR level. education: one of `EDUCATION_LEVELS`.
        shifts: shifts that the person can work. channel: contact that they are glad to have all day.
        site: where they could work. targets: whether a personal sales target is all right.
        licences: certificates that they hold. typing: words a minute.
    """

    current_role: str | None = None
    years: float | None = None
    english: str | None = None
    education: str | None = None
    shifts: tuple[str, ...] | None = None
    channel: tuple[str, ...] | None = None
    site: tuple[str, ...] | None = None
    targets: bool | None = None
    licences: tuple[str, ...] | None = None
    typing: float | None = None

    @property
    def works_as(self) -> str | None:
        """Id of today's role, None where there is none or none was told."""
        return None if self.current_role == NO_ROLE else self.current_role
