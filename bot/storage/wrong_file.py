"""Refuse a SQLite file that is not the database it passes for: empty, or beside the write-ahead log of another one.

SQLite takes an empty file for a new database, also where it is a copy that was cut off, or made on a full disk.

SQLite applies a ``-wal`` to whatever file lies beside it, which ruins a backup put in a killed bot's place. So every
start gives the file a fresh number (its ``user_version``) and writes that into the lock file, and every copy we make
gets a number of its own. A log belongs to the file only if the lock file names the file's number.

What this cannot tell: a lock file that was deleted says nothing, nor does a plain copy that was made while this very
start was running.
"""

from __future__ import annotations

import logging
import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.storage.faults import EmptyFile, ForeignLog, WrongAddress
from bot.storage.lock import lock_file

_log = logging.getLogger(__name__)

_MAGIC = b"SQLite format 3\0"
_NUMBER = slice(60, 64)
_HEADER_BYTES = 32
"""A log of no more than its header holds nothing."""
_WIDTH = 11
_KEPT = 4


def log_file(database: Path) -> Path:
    """Name the write-ahead log that SQLite looks for beside a file, whatever links lead to it."""
    database = database.resolve()
    return database.with_name(f"{database.name}-wal")


def refuse_foreign_log(database: Path) -> None:
    """Raise ``ForeignLog`` if the log beside a file certainly belongs to another one. Changes nothing."""
    noted = _noted(database) if _has_log(database) else ()
    if noted and _number_in(database) not in noted:
        raise ForeignLog(
            f"{database} was replaced while the log of another database, {log_file(database).name}, lay beside it. "
            "To open it now would mix the two and could ruin both, so nothing was opened or changed. To go back to a "
            "backup, run "
            f"`studybot restore --database {database} BACKUP`: it keeps what is there and puts the backup in place."
        )


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
    if not (backups or _noted(database) or _has_log(database)):
        _log.warning("%s was an empty file; a new database is made in it.", database)
        return
    latest = backups[-1] if backups else "BACKUP"
    raise EmptyFile(
        f"{database} is empty, and a database was there before. Nothing was changed. To go back to a backup, run "
        f"`studybot restore --database {database} {latest}`; to start with a new database, remove the empty file."
    )


def _has_log(database: Path) -> bool:
    log = log_file(database)
    return log.exists() and log.stat().st_size > _HEADER_BYTES


def renew(database: Path, busy_seconds: float) -> None:
    """Give the file a fresh number, before it is worked on; the caller holds its lock."""
    fresh = fresh_number()
    before = _number_in(database)
    # Until the log is written back, the file itself may carry any of these.
    _note(database, (fresh, *_noted(database), *(() if before is None else (before,))))
    with closing(sqlite3.connect(database, timeout=busy_seconds, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA user_version = {fresh}")
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if not busy:
        _note(database, (fresh,))


def note_fresh(database: Path) -> None:
    """Write the number of a file that was just put in place into its lock file; the caller holds the lock."""
    number = _number_in(database)
    _note(database, () if number is None else (number,))


def fresh_number() -> int:
    """Make a number no other copy has; never 0, which stands for a file never opened by a version that does this."""
    return secrets.randbelow(2**31 - 1) + 1


def _number_in(database: Path) -> int | None:
    try:
        with database.open("rb") as file:
            header = file.read(100)
    except OSError:
        return None
    return int.from_bytes(header[_NUMBER], "big") if header.startswith(_MAGIC) and len(header) == 100 else None


def _noted(database: Path) -> tuple[int, ...]:
    try:
        words = lock_file(database.resolve()).read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        return ()
    return tuple(int(word) for word in words if word.isdigit())


def _note(database: Path, numbers: tuple[int, ...]) -> None:
    # One short write over the old one: a process that dies here leaves the one or the other.
    line = "".join(f"{number:>{_WIDTH}}" for number in numbers[:_KEPT]).ljust(_WIDTH * _KEPT) + "\n"
    file = os.open(lock_file(database.resolve()), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.write(file, line.encode("ascii"))
        os.fsync(file)
    finally:
        os.close(file)
