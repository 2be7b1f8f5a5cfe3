"""Refuse an empty file where a database was: a copy cut off, or made on a full disk, must not pass for a start.

SQLite takes an empty file for a new database.
"""

from __future__ import annotations

import logging
from pathlib import Path

from bot.storage.faults import EmptyFile, WrongAddress
from bot.storage.foreign_log import was_worked_on

log = logging.getLogger(__name__)


def refuse_empty(database: Path) -> None:
    """Raise ``EmptyFile`` for an empty file with signs of a database that was there, ``WrongAddress`` for a folder."""
    if database.is_dir():
        raise WrongAddress(
            f"{database} is a folder and no file. Nothing was changed; name a file in it, such as "
            f"{database / 'studybot.db'}."
        )
    if not database.is_file() or database.stat().st_size:
        return
    backups = sorted(database.parent.glob(f"{database.name}.backup-*"), key=lambda file: file.stat().st_mtime)
    if not backups and not was_worked_on(database):
        log.warning("%s was an empty file; a new database is made in it.", database)
        return
    latest = backups[-1] if backups else "BACKUP"
    raise EmptyFile(
        f"{database} is empty, and a database was there before. Nothing was changed. To go back to a backup, run "
        f"`studybot restore --database {database} {latest}`; to start with a new database, remove the empty file."
    )
