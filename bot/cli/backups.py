"""The commands that copy the database and put a copy back."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.ending import explained

if TYPE_CHECKING:
    from bot.storage.restore import Restored

Database = Annotated[
    str | None, typer.Option(help="Another database than STUDYBOT_DATABASE_URL, such as studybot-chat.db.")
]


def backup(
    path: Annotated[Path, typer.Argument(help="The file to write; it must not exist yet.")], database: Database = None
) -> None:
    """Copy the database to a file, while the bot runs or not, and check the copy.

    Example: studybot backup backups/monday.db
    """
    from bot.storage.backup import backup as copy

    with explained():
        copy(_url(database), path)
    typer.echo(f"Backed up to {path} and checked. To go back to it, stop the bot and run `{_command(database, path)}`.")


def restore(
    path: Annotated[Path, typer.Argument(help="The backup to go back to; it stays as it is.", metavar="BACKUP")],
    database: Database = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check and say what would be done; change nothing.")
    ] = False,
) -> None:
    """Put a backup in the database's place. The bot must be stopped; the old database is kept under another name.

    Example: studybot restore --dry-run backups/monday.db
    """
    from bot.config import packaged
    from bot.storage.restore import restore as put_back

    with explained():
        done = put_back(_url(database), path, packaged("migrations"), now=datetime.now(UTC), rehearse=dry_run)
    for line in _told(done, path, database, dry_run):
        typer.echo(line)


def _url(database: str | None) -> str:
    if database is None:
        from bot.cli.settings import settings

        return settings(warn=True).database_url
    return database if "://" in database else f"sqlite:///{database}"


def _command(database: str | None, path: Path) -> str:
    return shlex.join(["studybot", "restore", *(() if database is None else ("--database", database)), str(path)])


def _told(done: Restored, path: Path, database: str | None, dry_run: bool) -> list[str]:
    newest = f", the newest of {done.newest}" if done.newest else ""
    rounds = "1 round" if done.rounds == 1 else f"{done.rounds} rounds"
    lines = [f"{path} is whole: {rounds}{newest}."]
    if done.older_schema:
        lines.append("It is of an older version: the next start backs it up and brings it up to date.")
    if done.set_aside is not None and not done.read_what_stood:
        lines.append(f"{done.database} cannot be read, so nobody can tell what was posted since the backup.")
    if not done.read_what_stood:
        lines.append("A question that was posted since the backup may be asked again.")
    if dry_run:
        kept = "" if done.set_aside is None else f", and keep the present database as {done.set_aside}"
        return [
            *lines,
            f"A rehearsal: nothing was changed. Without --dry-run, this would put it in the place of "
            f"{done.database}{kept}.",
        ]
    lines.append(f"Restored {done.database} from {path}. Start the bot again.")
    if done.set_aside is not None:
        lines.append(
            f"The database it replaced is kept as {done.set_aside}. To go back to that, stop the bot and run "
            f"`{_command(database, done.set_aside)}`."
        )
    return lines
