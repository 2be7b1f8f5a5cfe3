"""A copy of a SQLite database, made while it is in use and checked before anyone relies on it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.storage import engine
from bot.storage.faults import CannotOpen, Damaged, in_words
from bot.storage.transaction import Transaction
from bot.storage.whole_file import put_new, whole_file
from bot.storage.wrong_file import fresh_number, refuse_foreign_log


def backup(url: str, target: Path) -> None:
    """Copy the database to a file that must not exist yet; it appears there only when whole and checked."""
    source = engine.sqlite_file(url)
    if source is None:
        raise CannotOpen("PostgreSQL is backed up with its own tools, such as pg_dump.")
    if not source.exists():
        raise CannotOpen(f"There is no database {source} to back up.")
    if target.exists() or target.is_symlink():
        raise CannotOpen(f"{target} is there already and was left alone. Name a new file for the backup.")
    if not target.parent.is_dir():
        raise CannotOpen(f"There is no folder {target.parent} to write the backup to. Make it first.")
    refuse_foreign_log(source)
    with whole_file(target, put_new) as partial:
        with in_words(str(source)), closing(sqlite3.connect(source, timeout=engine.BUSY_SECONDS)) as connection:
            connection.execute("VACUUM INTO ?", (str(partial),))
        _check(partial, target)


def rescue(transaction: Transaction, target: Path) -> None:
    """Copy a database whose file is gone or another's by now, through a connection that still has it."""
    with whole_file(target, put_new) as partial:
        transaction.copy_to(partial)
        _check(partial, target)


def _check(partial: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(partial, isolation_level=None)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            # Its own number: put in the database's place by hand, it is told from the one that stood there.
            connection.execute(f"PRAGMA user_version = {fresh_number()}")
    except sqlite3.DatabaseError:
        whole = False
    if not whole:
        raise Damaged(
            f"The copy {target} did not hold together and was not kept. The database or the disk may be "
            "damaged: keep the backups there are, and try another disk."
        )
