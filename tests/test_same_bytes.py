"""The same bytes on every Python: nothing that a result depends on adds or draws as only some versions do.

Python 3.12 adds floats more exactly than 3.11 in the built-in `sum`, and `statistics` changes too; `random` promises
the same numbers of `random()` alone. `tools/same_bytes.py` compares results on the Pythons that are there.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[1] / "src" / "bpo_quiz"

WHOLE_NUMBERS = {
    "pages/cohort.py": ["sum((people for _, people in counts))"],
    "pages/reach.py": ["sum(_points(found))", "sum(counts)"],
    "results/small_counts.py": ["sum(counts.values())", "sum(shown.values())", "sum(shown.values())"],
    "scoring/answer_quality.py": [
        "sum((one * other for one, other in zip(ones, others, strict=True)))", "sum(ones)", "sum(others)",
    ],
    "scoring/many.py": ["sum((1 << bit for bit, rule in enumerate(RULES) if rule in fired))"],
    "scoring/profile.py": ["sum(values)"],
    "scoring/rounding.py": ["sum(floors)"],
    "sitting/paper.py": ["sum(digits)"],
    "store/diagnosis.py": ["sum((one.st_size for one in inside if stat.S_ISREG(one.st_mode)))"],
    "store/names.py": ["sum((weight * value for weight, value in enumerate(values, 1)))"],
    "study/optimum.py": ["sum((table[which[block]] for table, which in tables))"],
    "writers/screen.py": ["sum(least)", "sum(capped)"],
}  # fmt: skip
"""Sums that were looked at: of whole numbers, or (in the study) of arrays, which are added one by one everywhere."""

PROMISED = {"random": {"Random"}, "statistics": {"median"}}
"""Of these modules, what every version computes alike."""

BETTER_ADDED = {"sumprod", "dist"}
"""Of `math`: what later versions do more exactly."""

DRAWS = {
    "betavariate", "binomialvariate", "choice", "choices", "expovariate", "gammavariate", "gauss", "lognormvariate",
    "normalvariate", "paretovariate", "randint", "randrange", "sample", "shuffle", "triangular", "uniform",
    "vonmisesvariate", "weibullvariate",
}  # fmt: skip
"""Methods of a `Random`, looked for where `random` is imported: numpy's generator has some of these names too."""

COUNTS = {"len", "int", "bool", "ord", "isinstance", "any", "all"}
WHOLE = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod, ast.LShift, ast.RShift, ast.BitAnd, ast.BitOr)
"""Operations that keep whole numbers whole."""


def offenders(source: str) -> Iterator[str]:
    """What only some versions of Python compute so, or what cannot be seen to be otherwise."""
    nodes = list(ast.walk(ast.parse(source)))
    calls = {id(node.func): node for node in nodes if isinstance(node, ast.Call)}
    imported = {one.name for node in nodes if isinstance(node, ast.Import) for one in node.names}
    imported |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    better = BETTER_ADDED | (DRAWS if "random" in imported else set())
    for node in nodes:
        match node:
            case ast.Name("sum", ast.Load()):
                call = calls.get(id(node))
                if call is None or not adds_whole_numbers(call):
                    yield ast.unparse(call or node)
            case ast.Attribute(ast.Name(module), name) if module in PROMISED and name not in PROMISED[module]:
                yield f"{module}.{name}"
            case ast.Attribute(_, name) if name in better:
                yield ast.unparse(node)
            case ast.Import(names):
                yield from (ast.unparse(node) for one in names if one.name == "builtins" or hidden(one))
            case ast.ImportFrom(module, names) if module in PROMISED or module in {"math", "builtins"}:
                known = PROMISED.get(module or "", {one.name for one in names} - BETTER_ADDED - {"sum"})
                yield from (ast.unparse(node) for one in names if one.name not in known or one.asname)


def hidden(module: ast.alias) -> bool:
    """Whether a module that is looked at has got another name."""
    return module.name in {"math", *PROMISED} and module.asname is not None


def adds_whole_numbers(call: ast.Call) -> bool:
    """Whether what a `sum` adds are evidently whole numbers."""
    match call.args:
        case [ast.GeneratorExp(one) | ast.ListComp(one), *start]:
            return is_whole(one) and all(map(is_whole, start)) and not call.keywords
        case [ast.Call(ast.Name("map"), [ast.Name(function), *_])]:
            return function in COUNTS and not call.keywords
    return False


def is_whole(node: ast.expr) -> bool:
    """Whether this is a whole number, or true or false, whatever its names stand for."""
    match node:
        case ast.Compare() | ast.UnaryOp(ast.Not()):
            return True
        case ast.Constant(value):
            return isinstance(value, int)
        case ast.BinOp(left, operation, right):
            return isinstance(operation, WHOLE) and is_whole(left) and is_whole(right)
        case ast.Call(ast.Name(function)):
            return function in COUNTS
        case ast.Attribute(_, name) | ast.Call(ast.Attribute(_, name)):
            return name.startswith("is_") or name == "count"
    return False


@pytest.mark.parametrize(
    "source",
    [
        "sum(numbers)",
        "sum(one.points for one in parts)",
        "sum(one.points > 0 and one.points for one in parts)",
        "sum([weight * level for weight in weights])",
        "sum((one > 2 for one in numbers), start)",
        "sum((one > 2 for one in numbers), start=0.5)",
        "sum(len(one) / 2 for one in parts)",
        "sum(map(float, numbers))",
        "add = sum",
        "list(map(sum, rows))",
        "import builtins",
        "from builtins import sum as add",
        "import math as m",
        "from math import sumprod",
        "math.sumprod(ones, others)",
        "math.dist(ones, others)",
        "from statistics import fmean",
        "statistics.correlation(ones, others)",
        "import statistics as numbers",
        "random.gauss()",
        "from random import Random\ndef draw(dice: Random): return dice.choices(roles, chances)",
        "import math, random\nrandom.Random(1).shuffle(roles)",
        "from random import choice",
    ],
)
def test_the_check_sees(source: str) -> None:
    assert list(offenders(source))


@pytest.mark.parametrize(
    "source",
    [
        "math.fsum(one.points for one in parts)",
        "sum(one.points > 0 for one in parts)",
        "sum(not one.is_there + 2 * len(one.parts) for one in parts)",
        "sum(one.is_there for one in parts)",
        "sum(map(len, rows))",
        "values.sum(axis=0)",
        "import math, random\nfrom random import Random\nfrom math import sqrt\nrandom.Random(1).random()",
        "import statistics\nstatistics.median(times)",
    ],
)
def test_the_check_lets_be(source: str) -> None:
    assert not list(offenders(source))


def test_nothing_in_the_program_depends_on_how_a_python_adds_or_draws() -> None:
    found = {}
    for module in sorted(SOURCE.rglob("*.py")):
        name = module.relative_to(SOURCE).as_posix()
        found[name] = list(offenders(module.read_text(encoding="utf-8")))
    assert {name: calls for name, calls in found.items() if calls} == WHOLE_NUMBERS
