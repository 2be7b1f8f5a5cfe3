"""A copy of a SQLite database, made while it is in use and checked before anyone relies on it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.storage import engine
from bot.storage.faults import CannotOpen, Damaged, in_words


def backup(url: str, target: Path) -> None:
    """Copy the database to a file that must not exist yet."""
    source = engine.sqlite_file(url)
    if source is None:
        raise CannotOpen("PostgreSQL is backed up with its own tools, such as pg_dump.")
    if not source.exists():
        raise CannotOpen(f"There is no database {source} to back up.")
    if target.exists():
        raise CannotOpen(f"{target} is there already and was left alone. Name a new file for the backup.")
    if not target.parent.is_dir():
        raise CannotOpen(f"There is no folder {target.parent} to write the backup to. Make it first.")
    with in_words(str(source)), closing(sqlite3.connect(source, timeout=engine.BUSY_SECONDS)) as connection:
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        except BaseException:
            # Half a copy must not be taken for a backup.
            target.unlink(missing_ok=True)
            raise
    _check(target)


def _check(target: Path) -> None:
    try:
        with closing(sqlite3.connect(target)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        whole = False
    if not whole:
        target.unlink()
        raise Damaged(
            f"The copy {target} did not hold together and was not kept. The database or the disk may be "
            "damaged: keep the backups there are, and try another disk."
        )
