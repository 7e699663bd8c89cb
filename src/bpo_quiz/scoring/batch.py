"""Names from before `many.py`, for who still imports them."""

from bpo_quiz.scoring.many import NO_ANSWER, Ranked
from bpo_quiz.scoring.many import SheetScorer as BatchScorer

__all__ = ["NO_ANSWER", "BatchScorer", "Ranked"]
