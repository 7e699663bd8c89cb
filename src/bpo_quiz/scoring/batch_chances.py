"""Names from before `many.py`, for who still imports them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.scoring.many import Chances

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.profile import Profile


class BatchChances:
    """Chances of one sheet after the other."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._chances = Chances(catalogue)
        self.word = self._chances.word

    def __call__(self, profile: Profile, responses: Responses) -> Mapping[str, float]:
        """Role id -> chance to be first."""
        return self._chances(profile, responses).p_first
