"""Imports point down: a walk over every import of the program, also those inside functions."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[1] / "src"
MODULES = sorted((SOURCE / "bpo_quiz").rglob("*.py"))
LAYERS = (
    {"clean", "errors", "records", "suggest", ""},
    {"catalogue"},
    {"scoring"},
    {"guidance", "sitting", "study"},
    {"terminal", "report", "store"},
    {"sheets"},
    {"commands"},
    {"__main__"},
)
SAME_LAYER = {
    ("study", "guidance"), ("study", "sitting"), ("guidance", "sitting"), ("suggest", "clean"), ("errors", "clean"),
}  # fmt: skip
NETWORK = {"socket", "ssl", "http", "urllib", "requests", "httpx", "ftplib", "smtplib", "xmlrpc", "socketserver"}


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
    return module.relative_to(SOURCE).as_posix()


def package_of(dotted: str) -> str:
    """The first part below `bpo_quiz`; empty for the package itself."""
    part = dotted.removeprefix("bpo_quiz").lstrip(".").split(".")[0]
    return part if any(part in layer for layer in LAYERS) else ""


def layer_of(package: str) -> int:
    return next(n for n, layer in enumerate(LAYERS) if package in layer)


def points_up(importer: str, imported: str) -> bool:
    """Whether one package may not import the other."""
    if importer == imported or (importer, imported) in SAME_LAYER:
        return False
    return layer_of(imported) >= layer_of(importer)


def top_level(names: Iterator[str]) -> set[str]:
    return {name.split(".")[0] for name in names}


def test_the_walk_sees_imports_inside_functions_and_for_types() -> None:
    source = """
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from rich.table import Table
def ask():
    if True:
        import questionary.prompts
"""
    assert top_level(imports(source)) == {"typing", "rich", "questionary"}
    assert top_level(imports(source, at_run_time=True)) == {"typing", "questionary"}


def test_the_rule_knows_up_from_down() -> None:
    assert points_up("scoring", "report")
    assert points_up("report", "terminal")
    assert points_up("guidance", "study")
    assert points_up("sitting", "guidance")
    assert not points_up("commands", "scoring")
    assert not points_up("study", "guidance")


def test_every_package_has_a_layer() -> None:
    packages = {name_of(module).split("/")[1].removesuffix(".py") for module in MODULES}
    assert packages - {"__init__"} <= set.union(*LAYERS)
    assert len(MODULES) > 30


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_imports_point_only_down(module: Path) -> None:
    importer = package_of(".".join(module.relative_to(SOURCE).with_suffix("").parts))
    ours = [name for name in imports(module.read_text(encoding="utf-8")) if name.split(".")[0] == "bpo_quiz"]
    assert [name for name in ours if points_up(importer, package_of(name))] == []


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_only_the_terminal_asks(module: Path) -> None:
    asking = top_level(imports(module.read_text(encoding="utf-8"))) & {"questionary", "prompt_toolkit"}
    assert not asking or name_of(module).startswith("bpo_quiz/terminal/")


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_only_tables_cards_and_the_terminal_draw(module: Path) -> None:
    draws = "rich" in top_level(imports(module.read_text(encoding="utf-8"), at_run_time=True))
    drawing = {f"bpo_quiz/report/{page}.py" for page in ("pieces", "tables", "cards", "guide/guide_page")}
    assert not draws or name_of(module) in drawing or name_of(module).startswith("bpo_quiz/terminal/")


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_s06_no_module_can_reach_a_network(module: Path) -> None:
    assert not top_level(imports(module.read_text(encoding="utf-8"))) & NETWORK
