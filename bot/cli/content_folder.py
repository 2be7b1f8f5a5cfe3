"""The content folder a command works on: the one in use, or another that is named."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.ending import fail

InFolder = Annotated[Path | None, typer.Option("--content", help="A content folder; without it, the one in use.")]


def folder_of(path: Path | None) -> Path:
    """The folder named, or the one in use."""
    if path is not None:
        return path
    from bot.cli.settings import settings

    return settings().content


def writable_folder_of(path: Path | None) -> Path:
    """The same, to be written to: never the content inside an installed package, which the next update replaces."""
    folder = folder_of(path)
    if folder.name == "_content":
        fail(
            f"{folder} belongs to the installed Studybot, and an update replaces it.\n"
            "Copy the folder, name the copy in STUDYBOT_CONTENT_DIR, and run this again.",
            2,
        )
    return folder
