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

    from bot.config import Settings

    try:
        return Settings()
    except ValidationError as error:
        lines = [f"  STUDYBOT_{str(e['loc'][0]).upper()}: {_reason(str(e['msg']))}" for e in error.errors()]
        fail("These settings are wrong; mend them in the environment or in .env:\n" + "\n".join(lines), 2)


def _reason(message: str) -> str:
    return message.removeprefix("Value error, ")
