"""Ending a command: with a sentence about what went wrong, or because the settings are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from bot.config import Settings


def fail(sentence: str, code: int = 1) -> NoReturn:
    """Say what went wrong and what to do, and end."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code)


def settings() -> Settings:
    """The settings, or the end with a sentence for each that is wrong."""
    from pydantic import ValidationError

    from bot.config import Settings, wrong_settings

    try:
        return Settings()
    except ValidationError as error:
        lines = [f"  {name}: {told}" for name, told in wrong_settings(error)]
        fail("These settings are wrong; mend them in the environment or in .env:\n" + "\n".join(lines), 2)
