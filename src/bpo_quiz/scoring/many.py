"""Many people at once, with numpy (the extra `cohort`). `match.py` holds the definitions; a test keeps these equal.

`SheetScorer` ranks sheets: the same order and flags as the definitions', and the same numbers as they are written, with
nine decimals. Full floats (JSON) differ from the definitions' in the last digit: whoever writes them asks `Ranker`.
`Chances` works out how sure the order of one sheet is: the numbers of `certainty.py`.
"""

from __future__ import annotations

from bpo_quiz.scoring.batch import NO_ANSWER as NO_ANSWER
from bpo_quiz.scoring.batch import BatchScorer as SheetScorer
from bpo_quiz.scoring.batch import Ranked as Ranked
from bpo_quiz.scoring.batch_chances import BatchChances as Chances
from bpo_quiz.scoring.batch_rules import RULES as RULES

__all__ = ["NO_ANSWER", "RULES", "Chances", "Ranked", "SheetScorer"]
