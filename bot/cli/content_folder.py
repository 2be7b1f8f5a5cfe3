"""The bank a command works on: the one in use, or another that is named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.ending import fail

if TYPE_CHECKING:
    from bot.domain.common_fields import Topic
    from bot.domain.content import ContentFiles

InFolder = Annotated[
    Path | None, typer.Option("--content", help="A bank's folder, or one of banks; without it, the one in use.")
]


def content_of(path: Path | None) -> Path:
    """The content folder named, or the one in use."""
    if path is not None:
        return path
    from bot.cli.settings import settings

    return settings().content


def folder_of(path: Path | None) -> Path:
    """The folder of the bank: of several, the default's."""
    from bot.catalog.banks import banks_in

    return banks_in(content_of(path))[0].path


def writable_folder_of(path: Path | None) -> Path:
    """The same, to be written to: never the content inside an installed package, which the next update replaces."""
    folder = folder_of(path)
    refuse_installed(folder)
    return folder


def topic_of(folder: Path, files: ContentFiles, id: str) -> Topic:
    """The topic of that id; where a bank lists none, it is declared by being named."""
    from bot.catalog.nearest import instead
    from bot.catalog.shelves import declared
    from bot.domain.identifiers import TopicId

    found = next((one for one in files.topics if one.id == id), None)
    if found is None and not (folder / "topics.yaml").exists():
        found = declared(TopicId(id))
    if found is None:
        fail(f"No topic has the id {id!r}: {instead(id, [one.id for one in files.topics])}", 2)
    return found


def refuse_installed(folder: Path) -> None:
    """End with a sentence if the folder lies inside an installed package."""
    if "_content" in (folder.name, folder.absolute().parent.name):
        fail(
            f"{folder} belongs to the installed Studybot, and an update replaces it.\n"
            "Copy the folder, name the copy in STUDYBOT_CONTENT_DIR, and run this again.",
            2,
        )
