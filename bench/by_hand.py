"""The job of `score` written by hand for one kind of file: complete sheets, two items a skill, nothing checked.

`by_hand.py IN OUT`: two processes, each half of the bytes, numpy, the same rows as `bpo-quiz score` but for the last
digits. It is what bench/batch.py holds `score` against, and nothing to be used.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from bpo_quiz.catalogue.load import load
from bpo_quiz.sitting.full_form import full_order

BLOCK = 1 << 18  # what fits the cache
TOP = 5


class Tables:
    """Everything that does not depend on a sheet."""

    def __init__(self) -> None:
        catalogue = load()
        roles = [catalogue.roles[role] for role in sorted(catalogue.roles)]
        levels = np.array([[role.skills[skill].level - 50 for skill in catalogue.skills] for role in roles])
        weights = np.array([[role.skills[skill].importance + 1 for skill in catalogue.skills] for role in roles])
        weights /= weights.sum(axis=1, keepdims=True)
        wanted = np.array([[role.interests[one] - 50 for one in catalogue.interests] for role in roles])
        wanted -= wanted.mean(axis=1, keepdims=True)
        self.share = catalogue.settings.interest_weight
        self.items, self.skills = len(catalogue.items()), len(catalogue.skills)
        self.weights, self.mean = weights.T.copy(), (weights * levels).sum(axis=1)
        self.cross = np.concatenate([-2 * (weights * levels).T, weights.T])
        self.square = (weights * levels**2).sum(axis=1)
        self.wanted, self.wanted_square = wanted.T / 3, (wanted**2).mean(axis=1)
        scores = np.arange(9) * 12.5
        met = weights[:, :, None] * np.minimum(scores, (levels + 50)[:, :, None])
        met *= 100 / (weights * (levels + 50)).sum(axis=1)[:, None, None]
        pairs = met[:, ::2, :, None] + met[:, 1::2, None, :]
        self.met = pairs.reshape(len(roles), -1, 81).transpose(1, 2, 0).reshape(self.skills // 2, -1).copy()
        self.roles = len(roles)
        number = {item.id: n for n, item in enumerate(catalogue.items())}
        self.asked = np.array([number[item.id] for item in full_order(catalogue)])
        self.middles = words([f",{n},{role.id},{role.path}" for n in range(1, TOP + 1) for role in roles])
        self.middles = self.middles.reshape(TOP, len(roles), -1)
        names = ("long run", "no spread", "pairs disagree")
        self.flags = words(
            [f",{';'.join(name for bit, name in enumerate(names) if n >> bit & 1)}\r\n" for n in range(8)]
        )
        self.tenths = words([f",{n // 10}.{n % 10}" for n in range(1001)])[:, 0]
        self.digits = np.frombuffer("".join(f"{n:04d}" for n in range(10_000)).encode(), np.uint32)


def words(texts: list[str]) -> np.ndarray:
    """Texts as words of 8 bytes."""
    width = -(-max(map(len, texts)) // 8) * 8
    return np.frombuffer(b"".join(one.encode().ljust(width, b"\0") for one in texts), np.uint64).reshape(len(texts), -1)


def rows(tables: Tables, block: bytes) -> bytes:
    """What is written of some whole lines."""
    text = np.frombuffer(block, np.uint8)
    ends = np.flatnonzero(text == 10)
    width = 2 * tables.items
    tails = np.lib.stride_tricks.as_strided(text[:width].view(f"V{width}"), (len(text) - width + 1,), (1,))
    values = tails[ends - width].view(np.uint8).reshape(len(ends), width)[:, 1::2].T - np.uint8(48)
    starts = np.concatenate([[0], ends[:-1] + 1])
    lengths = ends - width - starts
    place = np.arange(-(-lengths.max() // 8) * 8)
    ids = text[starts[:, None] + place] * (place < lengths[:, None])
    sums = values[::2] + values[1::2]
    skills = sums[: tables.skills] * 12.5 - 50
    off = tables.mean - skills.T @ tables.weights
    cost = np.concatenate([skills, skills * skills]).T @ tables.cross
    cost += tables.square
    off *= off
    off *= 0.75
    cost -= off
    match = np.maximum(100 - cost * 0.04, 0)
    likes = sums[tables.skills :] * 12.5
    likes -= likes.mean(axis=0)
    interest = likes.T @ tables.wanted
    interest -= (likes * likes).mean(axis=0)[:, None]
    interest -= tables.wanted_square
    interest *= 0.04
    interest += 100
    np.maximum(interest, 0, out=interest)
    total = (1 - tables.share) * match + tables.share * interest
    keys = total.view(np.int64) & ~63 | np.arange(tables.roles)
    keys.sort(axis=1)
    role = keys[:, : -TOP - 1 : -1] & 63
    readiness = np.zeros(role.shape)
    for pair, table in enumerate(tables.met):
        code = (sums[2 * pair].astype(np.int64) * 9 + sums[2 * pair + 1]) * tables.roles
        readiness += table[code[:, None] + role]
    sheet = np.arange(len(role))[:, None]
    return written(tables, ids, role, (total[sheet, role], match[sheet, role], readiness, interest[sheet, role]),
                   rules(tables, values))  # fmt: skip


def rules(tables: Tables, values: np.ndarray) -> np.ndarray:
    """Bits of the rules that fired."""
    same = values[tables.asked]
    same = same[1:] == same[:-1]
    for step in (1, 2, 4, 1):
        same = same[step:] & same[:-step]
    n = len(values)
    spread = n * (values * values).sum(axis=0, dtype=np.int32) - values.sum(axis=0, dtype=np.int32) ** 2
    one, other = values[: 2 * tables.skills : 2], values[1 : 2 * tables.skills : 2]
    x, y, xx, yy, xy = (
        part.sum(axis=0, dtype=np.int64) for part in (one, other, one * one, other * other, one * other)
    )
    m = tables.skills
    with np.errstate(invalid="ignore", divide="ignore"):
        agreement = (m * xy - x * y) / np.sqrt((m * xx - x * x) * (m * yy - y * y))
    return same.any(axis=0) + 2 * (spread < 0.3025 * n * n) + 4 * (agreement < 0.15)


def written(
    tables: Tables, ids: np.ndarray, role: np.ndarray, numbers: tuple[np.ndarray, ...], bits: np.ndarray
) -> bytes:
    """Rows of CSV."""
    ids = ids.view(np.uint64)
    first, middle, last = ids.shape[1], tables.middles.shape[2], tables.flags.shape[1]
    out = np.empty((*role.shape, first + middle + 8 + last), np.uint64)
    out[:, :, :first] = ids[:, None]
    out[:, :, first : first + middle] = tables.middles[np.arange(TOP), role]
    digits = np.empty((*role.shape, 2), np.uint32)
    for n, column in enumerate(numbers):
        parts = (column * 1e9 + 0.5).astype(np.int64)
        tenths = parts // 100_000_000
        parts -= tenths * 100_000_000
        most = parts // 10_000
        digits[:, :, 0] = tables.digits[most]
        digits[:, :, 1] = tables.digits[parts - most * 10_000]
        out[:, :, first + middle + 2 * n] = tables.tenths[tenths]
        out[:, :, first + middle + 2 * n + 1] = digits.view(np.uint64)[:, :, 0]
    out[:, :, first + middle + 8 :] = tables.flags[bits][:, None]
    return out.tobytes().translate(None, b"\0")


def part(source: str, target: str, start: int, end: int) -> None:
    """Lines that begin between two bytes of the file."""
    tables = Tables()
    with Path(source).open("rb") as file, Path(target).open("wb") as results:
        file.seek(start - 1)
        file.readline()
        while file.tell() < end:
            results.write(rows(tables, file.read(min(BLOCK, end - file.tell())) + file.readline()))


def main() -> None:
    """Both halves; the second goes to `OUT.2`, since putting them together would cost a second writing."""
    if len(sys.argv) > 3:
        part(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
        return
    source, target = sys.argv[1:]
    size = Path(source).stat().st_size
    with Path(source).open("rb") as file:
        begin = len(file.readline())
    middle = (begin + size) // 2
    halves = [(target, begin, middle), (f"{target}.2", middle, size)]
    words = [[sys.executable, __file__, source, one, str(start), str(end)] for one, start, end in halves]
    for process in [subprocess.Popen(one) for one in words]:  # noqa: S603 - this script
        process.wait()


if __name__ == "__main__":
    main()
