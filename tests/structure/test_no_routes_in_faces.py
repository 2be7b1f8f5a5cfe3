"""The target of a button is the core's: faces learn from the choice what stands out, and name no route."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app.features import all_commands

FACES = sorted(Path("bot/adapters").rglob("*.py"))
ALSO_WORDS = {
    "away": "a flag of Slack's answers",
    "edit": "what is done to a post, in the log",
    "next": "a word of the terminal",
    "practise": "what that word does",
}
"""Names of presses and forms that are ordinary words where faces write them."""


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


@pytest.mark.parametrize("path", FACES, ids=str)
def test_a_face_names_no_route(path: Path) -> None:
    registry = all_commands()
    routes = (registry.presses.keys() | registry.forms.keys() | {"run"}) - registry.commands.keys() - ALSO_WORDS.keys()
    assert not [f"{path}:{line}: {text!r}" for line, text in _texts(path) if text in routes]
