"""The domain imports the standard library, itself, and two named exceptions; it reads no clock and throws no dice."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

DOMAIN = Path(__file__).parents[2] / "bot" / "domain"
FILES = sorted(DOMAIN.rglob("*.py"))
ALLOWED = {"bot", "fsrs", "rapidfuzz"}
FORBIDDEN = {"os", "io", "time", "socket", "sqlite3", "subprocess", "threading", "asyncio", "logging", "secrets"}
CLOCKS_AND_DICE = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("random", "random")}


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DOMAIN).as_posix())
def test_domain_stays_pure(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for module in imported(tree):
        room = module.partition(".")[0]
        assert room in ALLOWED or (room in sys.stdlib_module_names and room not in FORBIDDEN), module
        assert room != "bot" or module.startswith("bot.domain"), module
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in CLOCKS_AND_DICE, f"line {node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("open", "print", "input"), f"line {node.lineno}"
