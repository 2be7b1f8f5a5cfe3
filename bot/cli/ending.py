"""End a command with a sentence about what went wrong."""

from __future__ import annotations

from typing import NoReturn

import typer


def fail(sentence: str, code: int = 1) -> NoReturn:
    """Say what went wrong and what to do, and end."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code)
