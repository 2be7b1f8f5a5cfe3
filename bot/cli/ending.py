"""End a command with a sentence about what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from bot.domain.explained import Explained


def fail(sentence: str, code: int = 1) -> NoReturn:
    """Say what went wrong and what to do, and end."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code)


@contextmanager
def explained(code: int = 1) -> Iterator[None]:
    """End with an error's own sentence where it has one."""
    try:
        yield
    except Explained as error:
        fail(error.sentence, code)
