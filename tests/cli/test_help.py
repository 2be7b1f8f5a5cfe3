"""The help of every command teaches with an example of that very command."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import typer
from typer.testing import CliRunner

from bot.cli.main import app


def commands(of: object, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    under = getattr(of, "commands", None)
    if under is None:
        yield path
        return
    for name, command in under.items():
        yield from commands(command, (*path, name))


EVERY = sorted(commands(typer.main.get_command(app), ()))


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_an_example_is_shown(path: tuple[str, ...]) -> None:

    told = CliRunner().invoke(app, [*path, "--help"], env={"COLUMNS": "200"})
    assert told.exit_code == 0
    assert f"Example: studybot {' '.join(path)}" in " ".join(told.output.split())
