"""The content folder a command works on: the one in use, or another that is named."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.ending import settings

InFolder = Annotated[Path | None, typer.Option("--content", help="A content folder; without it, the one in use.")]


def folder_of(path: Path | None) -> Path:
    """The folder named, or the one in use."""
    return path or settings().content
