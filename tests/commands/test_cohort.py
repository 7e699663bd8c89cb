from __future__ import annotations

import csv
import io
import json
import os
import random
import stat
from typing import TYPE_CHECKING, Any

import pytest
from store.desk import CATALOGUE, CONSENT, FILES, SMALL, change_of, one_transaction, opened

from bpo_quiz.catalogue.load import parse_files
from bpo_quiz.report.build import build
from bpo_quiz.sitting.answer_file import Answers
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.sessions import Sessions

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.store.connection import Database

    Run = Callable[..., subprocess.CompletedProcess[str]]

CHANGED = (FILES[0].replace(b"name:", b"name:", 1) + b"\n# a later version\n", FILES[1])
