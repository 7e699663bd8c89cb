"""Imports point down: a walk over every import of the program, also those inside functions."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[1] / "src"
LAYERS = """
    __main__
    commands
    terminal
    sheets forms
    records
    pages writers
    results
    store
    study
    guidance
    sitting
    scoring
    answers
    files
    catalogue
    document
    extras
    as_dict errors wording
    clean
"""
"""From top to bottom, each package or module of the program once; neighbours on a line do not know each other."""

LEVEL = {name: -n for n, line in enumerate(LAYERS.split("\n")) for name in line.split()}
ASKING = {"questionary", "prompt_toolkit"}
NETWORK = {"socket", "ssl", "http", "urllib", "requests", "httpx", "ftplib", "smtplib", "xmlrpc", "socketserver"}
DRAW = ("terminal.", "writers.")


def imports(source: str, at_run_time: bool = False) -> Iterator[str]:
    """Dotted names of every import; `at_run_time`: without those that only a type checker sees."""
    waiting: list[ast.AST] = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole way"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        below = ast.iter_child_nodes(node)
        if at_run_time and isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            below = iter(node.orelse)
        waiting.extend(below)


def name_of(module: Path) -> str:
    """Its dotted name below `bpo_quiz`; empty for that itself."""
    return ".".join(module.relative_to(SOURCE / "bpo_quiz").with_suffix("").parts).removesuffix("__init__").rstrip(".")


MODULES = {name_of(module): module.read_text(encoding="utf-8") for module in (SOURCE / "bpo_quiz").rglob("*.py")}


def ours(source: str, at_run_time: bool = False) -> set[str]:
    """The modules of the program that one imports; its version is no module."""
    names = {name.removeprefix("bpo_quiz.") for name in imports(source, at_run_time) if name.startswith("bpo_quiz.")}
    modules = {name if name in MODULES else name.rpartition(".")[0] for name in names}
    return modules - {""}


def package(name: str) -> str:
    return name.partition(".")[0]


def points_up(importer: str, imported: str) -> bool:
    """Whether one package may not import the other."""
    return importer != imported and LEVEL[imported] >= LEVEL[importer]


def reaching(packages: set[str], at_run_time: bool = False) -> set[str]:
    """The modules that import anything of these packages, which are not ours."""
    return {
        name
        for name, source in MODULES.items()
        if {package(found) for found in imports(source, at_run_time)} & packages
    }


def test_the_walk_sees_imports_inside_functions_and_for_types() -> None:
    source = """
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from rich.table import Table
def ask():
    if True:
        import questionary.prompts
"""
    assert set(imports(source)) == {"typing.TYPE_CHECKING", "rich.table.Table", "questionary.prompts"}
    assert set(imports(source, at_run_time=True)) == {"typing.TYPE_CHECKING", "questionary.prompts"}
    assert reaching({"typer"}) >= {"commands.app", "commands.start"}
    assert "commands.start" in ours(MODULES["commands.app"] + "\nimport bpo_quiz.commands.start")
    assert points_up("scoring", "results")
    assert points_up("sitting", "guidance")
    assert points_up("sheets", "forms")
    assert not points_up("commands", "scoring")


def test_imports_point_only_down_and_never_in_a_circle() -> None:
    found = {name: ours(source) for name, source in MODULES.items() if name}
    up = [(name, one) for name, below in found.items() for one in below if points_up(package(name), package(one))]
    assert up == []
    TopologicalSorter({name: ours(source, at_run_time=True) for name, source in MODULES.items()}).prepare()


def test_only_the_terminal_asks() -> None:
    assert [name for name in reaching(ASKING) if package(name) != "terminal"] == []


def test_only_writers_and_the_terminal_draw() -> None:
    assert [name for name in reaching({"rich"}, at_run_time=True) if not name.startswith(DRAW)] == []


def test_s06_no_module_can_reach_a_network() -> None:
    assert reaching(NETWORK) == set()
