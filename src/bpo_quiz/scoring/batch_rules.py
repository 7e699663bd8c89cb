"""Names from before `many.py`, for who still imports them."""

from bpo_quiz.scoring.many import RULES

__all__ = ["RULES"]
